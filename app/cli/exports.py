"""`export KIND FILE`: what teammates and other programs get, as CSV that survives a spreadsheet."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime
from pathlib import Path

from app.cli.answers import Answer, count
from app.cli.arguments import Commands
from app.errors import UserError
from app.workbench import Workbench

KINDS = ("conversations", "messages", "members", "handoffs", "gifts")


def add(commands: Commands) -> None:
    """The command."""
    made = commands.add(
        "export", export, "write a CSV file: hand-offs and gifts for teammates, the rest for other programs"
    )
    made.add_argument("what", choices=KINDS)
    made.add_argument("file", metavar="FILE", type=Path, help="a name that is not taken yet; one in .xlsx is no CSV")
    made.add_argument("--to", default="", metavar="TEAMMATE", help="only this teammate's hand-offs")
    made.add_argument("--since", default="", metavar="DATE", help="only what is as new as this: 2026-11-01")
    made.add_argument(
        "--separator", choices=(",", ";", "tab"), default=",", help="; for Excel in many European countries"
    )
    made.add_argument("--xlsx", action="store_true", help="an Excel file in place of CSV")
    made.add_argument("--private", action="store_true", help="leave e-mail, street and phone in the hand-offs' texts")
    made.add_argument("--force", action="store_true", help="replace a file that is there")


def export(bench: Workbench, asked: Namespace) -> Answer:
    """What was written."""
    from app.export import Options  # noqa: PLC0415  loaded by this command alone

    to = bench.teammates.named(asked.to).id if asked.to else None
    options = Options(
        to=to, since=_day(asked.since), separator="\t" if asked.separator == "tab" else asked.separator,
        xlsx=asked.xlsx, replace=asked.force, private=asked.private,
    )  # fmt: skip
    done = bench.export.write(asked.what, asked.file.expanduser(), options)
    said = f"{done.path}: {count(done.rows, asked.what.removesuffix('s'))}."
    return Answer(
        {"file": str(done.path), "what": asked.what, "rows": done.rows, "notes": list(done.notes)}, [said, *done.notes]
    )


def _day(text: str) -> int:
    """The first second of that local day or moment; 0 where none is named."""
    if not text:
        return 0
    try:
        return int(datetime.fromisoformat(text).astimezone().timestamp())
    except ValueError as why:
        msg = f"“{text}” is no date: write it like 2026-11-23."
        raise UserError(msg) from why
