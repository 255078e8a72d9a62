"""`member export` and `member forget`: everything that is held about a member, as a zip or erased for good."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from app.base import ids
from app.base.errors import UserError
from app.base.words import counted, tr
from app.cli.arguments import Commands, limit
from app.cli.output import Output, iso
from app.cli.search import member_of
from app.workbench import Workbench

if TYPE_CHECKING:
    from app.cli.shapes import Shape
    from app.forgetting import Receipt


def add(group: Commands) -> None:
    """Add the command to those of members."""
    made = group.add("export", export, tr("write everything that is held about a member to a zip"))
    made.add_argument("member", metavar=tr("MEMBER"), help=tr("P-..., or words from the name"))
    made.add_argument("file", metavar=tr("FILE"), type=Path, help=tr("a new file name, ending in .zip"))
    made.add_argument("--force", action="store_true", help=tr("overwrite an existing file"))

    made = group.add(
        "forget", forget, tr("erase everything about a member for good; without --yes, say what that does")
    )
    made.add_argument("member", metavar=tr("MEMBER"), help=tr("P-..., or words from the name"))
    made.add_argument("--yes", action="store_true", help=tr("do it; this can't be undone"))
    made = group.add("forgotten", forgotten, tr("list the receipts of members who were forgotten"))
    limit(made)


def forget(bench: Workbench, asked: Namespace) -> Output:
    """Forget a member, or say what that would do; then the exit status is 1."""
    from app.forgetting import telling  # noqa: PLC0415  loaded by this command alone

    one = member_of(bench, asked.member)
    if not asked.yes:
        plan = bench.forgetting.plan(one)
        lines = [*telling.before(plan), tr("Nothing has been done yet. Add --yes to do it.")]
        return Output({"member": ids.display(ids.MEMBER, one), "forgotten": False, "said": lines[:-1]}, lines, 1)
    receipt = bench.forgetting.forget(one)
    return Output({**_receipt(receipt), "said": telling.after(receipt)}, telling.after(receipt))


def forgotten(bench: Workbench, asked: Namespace) -> Output:
    """The receipts, the latest first."""
    from app.forgetting import telling  # noqa: PLC0415  loaded by this command alone

    found = bench.forgetting.receipts()[: asked.limit]
    lines = [line for receipt in found for line in telling.after(receipt)]
    return Output([_receipt(receipt) for receipt in found], lines or [tr("Nobody has been forgotten.")])


def _receipt(receipt: Receipt) -> Shape:
    return {
        "member": ids.display(ids.MEMBER, receipt.member_id), "forgotten": True, "at": iso(receipt.at),
        "messages_of_theirs": receipt.said, "messages_to_them": receipt.told,
        "conversations": receipt.conversations, "files": receipt.files,
        "rows": receipt.rows, "named_by_others": receipt.named,
        "handed_out": [{"file": one.file, "to": one.to, "at": iso(one.at)} for one in receipt.handed],
        "channels": [{"account": name, "messages": count} for name, count in receipt.channels],
        "rewritten": list(receipt.rewritten),
        "cant_be_rewritten": list(receipt.stuck), "elsewhere": list(receipt.away),
        "deleted_files": list(receipt.deleted), "is_left": receipt.left,
    }  # fmt: skip


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
