"""`member export`: everything that is held about a member, as a zip."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from app.base.errors import UserError
from app.base.words import counted, tr
from app.cli.arguments import Commands
from app.cli.output import Output
from app.cli.search import member_of
from app.workbench import Workbench


def add(group: Commands) -> None:
    """Add the command to those of members."""
    made = group.add("export", export, tr("write everything that is held about a member to a zip"))
    made.add_argument("member", metavar=tr("MEMBER"), help=tr("P-..., or words from the name"))
    made.add_argument("file", metavar=tr("FILE"), type=Path, help=tr("a new file name, ending in .zip"))
    made.add_argument("--force", action="store_true", help=tr("overwrite an existing file"))


def export(bench: Workbench, asked: Namespace) -> Output:
    """Write the zip."""
    from app.about import write  # noqa: PLC0415  loaded by this command alone
    from app.csvfile import ExistsError  # noqa: PLC0415  as above

    number = member_of(bench, asked.member)
    try:
        made = write(bench, number, asked.file, replace=asked.force)
    except ExistsError as why:
        msg = tr("{file} already exists. Choose another name, or overwrite it with --force.").format(file=asked.file)
        raise UserError(msg) from why
    rows = counted(sum(made.rows.values()), "{count} row", "{count} rows")
    files = counted(made.files, "{count} file", "{count} files")
    lines = [tr("{file}: everything about {name}: {rows}, {files}.").format(
        file=made.path, name=bench.members.get(number).name, rows=rows, files=files)]  # fmt: skip
    if made.missing:
        lines.append(tr("Never fetched from the server, so not in it: {names}.").format(names=", ".join(made.missing)))
    told = {"file": str(made.path), "rows": made.rows, "files": made.files, "missing": list(made.missing)}
    return Output(told, lines)
