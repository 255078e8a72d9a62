"""`handover DIR`: a folder for whoever takes over, with tables and a page to print."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from app.base.words import counted, tr
from app.cli.arguments import Commands
from app.cli.output import Output
from app.workbench import Workbench


def add(commands: Commands) -> None:
    """Add the command."""
    made = commands.add(
        "handover", hand_over, tr("write a folder for whoever takes over: accounts, what is open, and how we work")
    )
    made.add_argument("folder", metavar=tr("DIR"), type=Path, help=tr("a new folder"))
    made.add_argument("--private", action="store_true", help=tr("include members' e-mail, addresses and phones"))
    made.add_argument("--separator", choices=(",", ";", "tab"), default=",", help=tr("between columns; default: comma"))
    made.add_argument("--xlsx", action="store_true", help=tr("write Excel files instead of CSV"))


def hand_over(bench: Workbench, asked: Namespace) -> Output:
    """Write the pack."""
    from app import handover  # noqa: PLC0415  loaded by this command alone
    from app.export import Options  # noqa: PLC0415  as above
    from app.handover.reading import figures  # noqa: PLC0415  as above

    separator = "\t" if asked.separator == "tab" else asked.separator
    how = Options(separator=separator, xlsx=asked.xlsx, private=asked.private)
    made = handover.write(bench.store, bench.export, asked.folder.expanduser(), how)
    tables = counted(len(made.rows), "{count} table in {folder}.", "{count} tables in {folder}.", folder=made.folder)
    page = tr("Open {page} to read or print it. No password is in it.").format(page=made.page)
    shape = {"folder": str(made.folder), "page": str(made.page), "rows": made.rows}
    return Output(shape, [tables, figures(made.rows), page])
