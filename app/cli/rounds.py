"""`sync --due` and `sync --every`: rounds of sending and fetching without a window, each told in one line."""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NoReturn

from app.accounts.reading import left_in_words
from app.base import clock, locks
from app.base.words import counted, tr
from app.cli.output import Output, document_line, iso, one_line, when
from app.cli.shapes import Shape
from app.cli.telling import say
from app.workbench import Workbench

if TYPE_CHECKING:
    from app.sync import Progress, Pulled, Round

_UNITS = {"s": 1, "m": 60, "h": 3600}
_SOONEST_SECONDS, _LATEST_SECONDS = 60, 24 * 3600


def interval(typed: str) -> int:
    """The seconds of a time such as 90s, 10m or 1h; a bare number is minutes. Raises argparse.ArgumentTypeError."""
    found = re.fullmatch(r"(\d{1,6})\s?([smh]?)", typed.strip().lower(), re.ASCII)
    seconds = int(found[1]) * _UNITS[found[2] or "m"] if found else 0
    if not _SOONEST_SECONDS <= seconds <= _LATEST_SECONDS:
        msg = tr("“{typed}” isn't a time from 1m to 24h, such as 10m or 1h").format(typed=typed)
        raise argparse.ArgumentTypeError(msg)
    return seconds


def go_on(
    bench: Workbench,
    names: Sequence[str],
    seconds: int,
    *,
    as_json: bool,
    pause: Callable[[float], object] = time.sleep,
) -> NoReturn:
    """Do a round every so many seconds, until Ctrl+C or SIGTERM; each is told in one line as soon as it is over.

    A round that takes longer is followed at once by the next. Raises UserError where the file or the disk fails.
    """
    while True:
        began = time.monotonic()
        at = clock.now()
        bench.inbox.wake(at)
        bench.do_what_is_due()
        done = bench.sync.round(names)
        say(document_line(_shape(done, at)) if as_json else f"{when(at)}  {sentence(done)}\n")
        pause(max(0.0, began + seconds - time.monotonic()))


def run_round(bench: Workbench, names: Sequence[str], progress: Progress) -> Output:
    """One round; exit status 1 if an account failed or a reply is failed or undecided."""
    at = clock.now()
    done = bench.sync.round(names, progress)
    return Output(_shape(done, at), [sentence(done)], 1 if any(map(is_bad, done.lines)) else 0)


def _shape(done: Round, at: int) -> Shape:
    left_to = {locks.WINDOW: "window", locks.ROUND: "another sync"}.get(done.left_to)
    return {"at": iso(at), "left_to": left_to, "accounts": shapes(done.lines)}


def shapes(lines: Iterable[Pulled]) -> list[Shape]:
    """Each account's result for JSON."""
    return [
        {
            "account": line.account,
            "new": line.new,
            "known": line.known,
            "changed": line.changed,
            "sent": line.sent,
            "failed": line.failed,
            "undecided": line.undecided,
            "left": line.left,
            "error": line.error or None,
        }
        for line in lines
    ]


def sentence(done: Round) -> str:
    """A round on one line: all counts together, and what failed by its account."""
    if done.left_to == locks.WINDOW:
        return tr("Left to the window that has the file open.")
    if done.left_to == locks.ROUND:
        return tr("Left to another sync that is under way.")
    if not done.lines:
        return tr("no account is due yet")
    errors = [
        tr("{account}: {error}").format(account=line.account, error=line.error) for line in done.lines if line.error
    ]
    return one_line("; ".join([counts(*done.lines), *errors]))


def counts(*lines: Pulled) -> str:
    """What came and went, in words: "3 new, 1 sent"."""
    new, changed, sent, failed, undecided, left = (
        sum(getattr(line, name) for line in lines) for name in ("new", "changed", "sent", "failed", "undecided", "left")
    )
    words = (
        (new, counted(new, "{count} new", "{count} new")),
        (changed, counted(changed, "{count} changed", "{count} changed")),
        (sent, counted(sent, "{count} sent", "{count} sent")),
        (failed, counted(failed, "{count} failed", "{count} failed")),
        (undecided, counted(undecided, "{count} undecided", "{count} undecided")),
    )
    parts = [text for number, text in words if number] or [tr("nothing new")]
    return ", ".join([*parts, *([left_in_words(left)] if left else [])])


def is_bad(line: Pulled) -> bool:
    """Whether an account failed, or a reply is failed or undecided."""
    return bool(line.error or line.failed or line.undecided)
