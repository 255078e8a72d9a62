"""`first-week`: its steps and what is proposed. The start line is drawn in the window alone."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence

from app.base import clock
from app.base.errors import UserError
from app.base.language_names import name as language_name
from app.base.words import counted, tr
from app.cli.arguments import Commands
from app.cli.output import Output, iso, one_line, table
from app.cli.shapes import Shape
from app.first_week import STEPS, TEAMMATES, TEMPLATES, TRAITS, Overview, today, words
from app.first_week.colleagues import Colleague
from app.first_week.habits import Habit
from app.first_week.repeats import Repeat
from app.workbench import Workbench

_SAMPLE_CHARS = 100


def add(commands: Commands) -> None:
    """Add the command."""
    says = tr("show the steps of the first week, and teammates, templates and traits proposed from your letters")
    made = commands.add("first-week", run, says)
    made.add_argument("--teammates", nargs="+", metavar=tr("N"), help=tr("add the teammates with these numbers"))
    made.add_argument("--templates", nargs="+", metavar=tr("N"), help=tr("add the templates with these numbers"))
    made.add_argument("--traits", nargs="+", metavar=tr("N"), help=tr("add these habits to the voice guide"))
    made.add_argument("--leave-out", choices=STEPS, help=tr("leave a step out"))
    made.add_argument("--take-back", choices=STEPS, help=tr("bring back a step that was left out"))
    made.add_argument("--hide", action="store_true", help=tr("hide the list on Today"))
    made.add_argument("--show", action="store_true", help=tr("show the list on Today again"))


def run(bench: Workbench, asked: Namespace) -> Output:
    """Do what was asked, and print the steps as they stand then."""
    typed = ((TEAMMATES, asked.teammates), (TEMPLATES, asked.templates), (TRAITS, asked.traits))
    said = [_take(bench, step, numbers) for step, numbers in typed if numbers]
    if asked.leave_out:
        bench.first_week.leave_out(asked.leave_out)
    if asked.take_back:
        bench.first_week.leave_out(asked.take_back, left=False)
    if asked.hide or asked.show:
        bench.first_week.show(shown=asked.show)
    made = bench.first_week.overview()
    return Output(_json(made, shown=bench.first_week.is_listed(made)), [*said, *_lines(made)])


def _take(bench: Workbench, step: str, numbers: Sequence[str]) -> str:
    """Add what is proposed there under these numbers, and say so."""
    made, week = bench.first_week.overview(), bench.first_week
    proposals: dict[str, tuple[Sequence[object], Callable[[], None]]] = {
        TEAMMATES: (made.teammates, lambda: week.add_teammates([made.teammates[at] for at in places])),
        TEMPLATES: (made.templates, lambda: week.add_templates([made.templates[at] for at in places])),
        TRAITS: (made.traits, lambda: week.add_traits([made.traits[at] for at in places])),
    }
    there, take = proposals[step]
    places = _places(numbers, len(there))
    take()
    return counted(len(places), "{count} taken; `undo` takes it back.", "{count} taken; `undo` takes them back.")


def _places(numbers: Iterable[str], many: int) -> list[int]:
    """Places from the numbers as they are shown. Raises UserError for one that is not among them."""
    for number in numbers:
        if not number.isdecimal() or not 1 <= int(number) <= many:
            msg = tr("“{number}” isn't one of the {count} proposed.").format(number=number, count=many)
            raise UserError(msg)
    return sorted({int(number) - 1 for number in numbers})


def _json(made: Overview, *, shown: bool) -> Shape:
    offer = made.offer
    return {
        "shown": shown,
        "steps": [{"step": step.id, "state": step.state, "count": step.many} for step in made.steps],
        "start_line": {
            "drawn_at": iso(made.drawn), "at": iso(offer.at), "closes": offer.closes, "needs_reply": offer.needs_reply,
            "waiting": offer.waiting, "stay_open": offer.newer, "kept_open": offer.kept, "snoozed": offer.snoozed,
            "closed_already": offer.done,
        },
        "teammates": [_colleague_json(one) for one in made.teammates],
        "templates": [_repeat_json(one) for one in made.templates],
        "traits": [_habit_json(one) for one in made.traits],
    }  # fmt: skip


def _colleague_json(one: Colleague) -> Shape:
    return {
        "name": one.name, "email": one.address, "languages": list(one.languages), "own_domain": one.ours,
        "wrote": one.wrote, "letters": one.letters, "copies": one.copies, "forwards": one.forwards,
    }  # fmt: skip


def _repeat_json(one: Repeat) -> Shape:
    return {
        "key": one.key, "name": one.name, "language": one.language, "times": one.times, "whole_reply": one.whole,
        "text": one.body, "examples": list(one.samples),
    }  # fmt: skip


def _habit_json(one: Habit) -> Shape:
    return {
        "key": one.key, "name": one.trait.name, "why": one.trait.why, "times": one.times, "of": one.of,
        "emoji_most": one.emoji_most, "examples": list(one.shown),
    }  # fmt: skip


def _lines(made: Overview) -> list[str]:
    now = clock.now()
    lines = table([tr(step.title), step.id, words.note(step)] for step in made.steps)
    told = [words.closes(made.offer, today(now), today(now)), words.parts(made.offer), *words.stays(made.offer)]
    lines += ["", *filter(None, told)]
    if made.offer.closes and made.drawn is None:
        lines.append(tr("The start line is set in the window: on Today, or with First week in the palette."))
    sections = (
        (TEAMMATES, [[one.name, one.address, words.why(one)] for one in made.teammates]),
        (
            TEMPLATES,
            [[one.name, words.written(one.times, tr(language_name(one.language))), one_line(one.body, _SAMPLE_CHARS)]
             for one in made.templates],
        ),
        (TRAITS, [[one.trait.name, one.trait.why] for one in made.traits]),
    )  # fmt: skip
    for name, rows in sections:
        if rows:
            lines += ["", tr(made.step(name).title)]
            lines += table(([str(at), *row] for at, row in enumerate(rows, 1)), _SAMPLE_CHARS)
    return lines
