"""`export KIND FILE`: every row of a kind, as CSV that survives a spreadsheet; nothing is marked by it.

What is given to teammates and sent off is another thing: `handoff file` and `gift file`, which mark what they wrote.
All commands that write a table share the destination and the options that are here.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from app.base.errors import UserError
from app.base.words import form, tr
from app.cli.answers import Answer
from app.cli.arguments import Commands, Parser
from app.cli.telling import Binary, tell
from app.workbench import Workbench

if TYPE_CHECKING:
    from app.export import Exported, Options

KINDS = ("conversations", "messages", "members", "handoffs", "gifts")
_DAY, _DAY_SECONDS = len("2026-11-23"), 86_400


def add(commands: Commands) -> None:
    """The command."""
    made = commands.add(
        "export", export, "export every row of a kind as CSV, without marking anything as sent or exported"
    )
    made.add_argument("what", choices=KINDS)
    destination(made)
    made.add_argument("--to", metavar="TEAMMATE", help="only this teammate's hand-offs")
    made.add_argument("--since", metavar="DATE", help="only from this date on: 2026-11-01, or with a time")
    made.add_argument("--until", metavar="DATE", help="only up to this date; the whole day is included")
    made.add_argument(
        "--private", action="store_true", help="include e-mail, address and phone in the hand-offs' texts"
    )


def destination(made: Parser) -> None:
    """Where a command writes its table, and how: the file, separator, format, whether a file may be written over."""
    made.add_argument(
        "file",
        metavar="FILE",
        type=_file,
        help="a new file name, ending in .xlsx for Excel; - for standard output",
    )
    made.add_argument(
        "--separator", choices=(",", ";", "tab"), default=",", help="use ; for Excel in many European countries"
    )
    made.add_argument("--xlsx", action="store_true", help="write an Excel file instead of CSV")
    made.add_argument("--force", action="store_true", help="overwrite an existing file")


def _file(typed: str) -> Path | None:
    """The path, None for standard output; ./- is a file of that name."""
    return None if typed == "-" else Path(typed).expanduser()


def export(bench: Workbench, asked: Namespace) -> Answer:
    """What was written."""
    to = None if asked.to is None else bench.teammates.named(asked.to).id
    more = {"to": to, "private": asked.private, "since": _first(asked.since), "until": _last(asked.until)}
    return write(asked, asked.what, lambda path, how: bench.export.write(asked.what, path, how), **more)


def write(asked: Namespace, what: str, do: Callable[[Path, Options], Exported], **more: object) -> Answer:
    """Let `do` write a table where `destination` says, with `more` of the options; what was written.

    `what` is what the rows are, in the plural. On standard output the table is all that is said there.
    """
    from app.csvfile import ExistsError  # noqa: PLC0415  loaded by these commands alone
    from app.export import Options  # noqa: PLC0415  as above

    if asked.file is None and getattr(asked, "json", False):
        msg = "--json and - both use standard output. Choose a file name, or leave out --json."
        raise UserError(msg)
    how = Options(
        separator="\t" if asked.separator == "tab" else asked.separator, xlsx=asked.xlsx, replace=asked.force,
        out=Binary() if asked.file is None else None, **more,  # type: ignore[arg-type]
    )  # fmt: skip
    try:
        done = do(asked.file or Path("-"), how)
    except ExistsError as why:
        msg = tr("{file} already exists. Choose another name, or overwrite it with --force.").format(file=asked.file)
        raise UserError(msg) from why
    said = [f"{done.path}: {done.rows} {form(done.rows, what.removesuffix('s'), what)}.", *done.notes]
    if asked.file is None:
        for note in done.notes:
            tell(note)
        return Answer(None)
    return Answer({"file": str(done.path), "what": what, "rows": done.rows, "notes": list(done.notes)}, said)


def _first(typed: str | None) -> int:
    """The first second of that local day, or that moment; 0 where none is named."""
    return 0 if typed is None else int(_moment(typed).timestamp())


def _last(typed: str | None) -> int:
    """The last second of that local day, or that moment; 0 where none is named."""
    if typed is None:
        return 0
    at = _moment(typed)
    if len(typed.strip()) > _DAY:
        return int(at.timestamp())
    try:
        return int((at + timedelta(days=1)).timestamp()) - 1
    except (ValueError, OverflowError, OSError):  # the last day that there is
        return int(at.timestamp()) + _DAY_SECONDS - 1


def _moment(typed: str) -> datetime:
    """What was typed as a local time, or with the zone that it names; raises UserError where it cannot be read."""
    try:
        at = datetime.fromisoformat(typed.strip())
        at.timestamp()  # not by way of astimezone(), which on Python 3.13 does not know the last day that there is
    except (ValueError, OverflowError, OSError) as why:  # the last two: a year that this system's clock does not reach
        msg = tr("“{typed}” isn't a date. Write it like 2026-11-23.").format(typed=typed)
        raise UserError(msg) from why
    return at
