"""`hours`: where a week went, and how long things are estimated to take."""

from __future__ import annotations

from argparse import Namespace
from datetime import date, datetime, time, timedelta

from app.base import clock
from app.base.dates import in_words
from app.base.errors import UserError
from app.base.words import tr
from app.cli.arguments import Commands
from app.cli.output import Output, table
from app.cli.promises import in_time_words
from app.handling import KIND_NAMES, KINDS
from app.handling.words import spent
from app.workbench import Workbench


def add(commands: Commands) -> None:
    """Add the commands."""
    made = commands.add("hours", hours, tr("show where a week's hours went: by kind, by channel, by day"))
    made.add_argument(
        "--week", nargs="?", const="", metavar=tr("DATE"), help=tr("the week of this day; default: this week")
    )
    made.add_argument("--last", action="store_true", help=tr("the week before"))
    made = commands.add("estimate", estimate, tr("show how long each kind of work is estimated to take, or correct it"))
    made.add_argument("kind", metavar=tr("KIND"), nargs="?", choices=KINDS, help=tr("what kind of work"))
    made.add_argument(
        "minutes", metavar=tr("MINUTES"), nargs="?", help=tr("your own estimate; auto: by what was timed")
    )


def hours(bench: Workbench, asked: Namespace) -> Output:
    """Show where a week went. Raises UserError for what is no date."""
    typed = clock.day(asked.week or "")
    day = date.fromisoformat(typed) if typed else clock.local(clock.now()).date()
    found = bench.handling.hours(day - timedelta(days=7) if asked.last else day)
    shape = {
        "week": found.monday.isoformat(), "minutes": _minutes(found.seconds),
        "kinds": {kind: _minutes(seconds) for kind, seconds in found.kinds.items()},
        "channels": {name: _minutes(seconds) for name, seconds in found.accounts.items()},
        "days": {on.isoformat(): _minutes(seconds) for on, seconds in found.days.items()},
    }  # fmt: skip
    since, until = (_midnight(found.monday + timedelta(days=days)) for days in (0, 7))
    kept = bench.promises.in_time(None, since, until)
    shape["promises_in_time"] = {"in_time": kept.in_time, "of": kept.over}
    told = [in_time_words(kept.in_time, kept.over)] if kept.over else []
    if not found.seconds:
        nothing = tr("Nothing was timed in the week of {day}.").format(day=in_words(found.monday))
        return Output(shape, [nothing, *told])
    lines = [
        tr("Week of {day}: {time}").format(day=in_words(found.monday), time=spent(found.seconds)), "",
        *table([(tr(KIND_NAMES[kind]), spent(seconds)) for kind, seconds in found.kinds.items()]), "",
        *table([(name or tr("No channel"), spent(seconds)) for name, seconds in found.accounts.items()]), "",
        *table([(in_words(on), spent(seconds)) for on, seconds in found.days.items() if seconds]),
        *(["", *told] if told else []),
    ]  # fmt: skip
    return Output(shape, lines)


def _midnight(day: date) -> int:
    return clock.at_local(datetime.combine(day, time()))


def _minutes(seconds: int) -> float:
    return round(seconds / 60, 1)


def estimate(bench: Workbench, asked: Namespace) -> Output:
    """Show the estimates, or correct one."""
    if asked.minutes is not None:
        bench.handling.correct(asked.kind, _corrected(asked.minutes))
    found = [one for one in bench.handling.estimated() if asked.kind in (None, one.kind)]
    shapes = [
        {"kind": one.kind, "minutes": one.minutes, "samples": one.samples, "corrected": one.corrected is not None}
        for one in found
    ]
    return Output(
        shapes, table([(one.kind, tr("{minutes} min").format(minutes=one.minutes), one.why) for one in found])
    )


def _corrected(typed: str) -> int | None:
    if typed.casefold() == "auto":
        return None
    if not typed.isascii() or not typed.isdigit():
        msg = tr("“{typed}” isn't a number of minutes; auto goes by what was timed.").format(typed=typed)
        raise UserError(msg)
    return int(typed)
