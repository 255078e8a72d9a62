"""`attachment list|save`: the files of a message; they are saved, and never opened."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from app.base import ids
from app.base.errors import NotFoundError, UserError
from app.base.words import counted, tr
from app.cli.arguments import Commands, limit
from app.cli.output import Output, table
from app.cli.shapes import Shape
from app.workbench import Workbench

if TYPE_CHECKING:
    from app.attachments import File


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("attachment", tr("files that came with messages"))
    made = group.add("list", show_list, tr("list the files of a message or of a conversation"))
    made.add_argument("id", metavar=tr("ID"), nargs="?", default="", help=tr("M-512 or C-12 (default: the latest)"))
    limit(made, 50)
    made = group.add("save", save, tr("save files of a message; nothing is replaced unless you say so"))
    made.add_argument("id", metavar=tr("ID"), help=tr("M-512"))
    made.add_argument(
        "which", metavar=tr("FILE"), nargs="*", help=tr("its number in the list, or its name (default: all of them)")
    )
    made.add_argument(
        "--to", metavar=tr("PATH"), type=Path, default=Path(), help=tr("a folder, or for one file its new name")
    )
    made.add_argument("--force", action="store_true", help=tr("overwrite existing files"))


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List the files of a message, of all of a conversation's, or the latest of all."""
    if not asked.id:
        files = bench.attachments.latest(asked.limit)
    elif ids.parse(asked.id)[0] == ids.CONVERSATION:
        number = ids.number(ids.CONVERSATION, asked.id)
        files = bench.attachments.of_conversation(bench.inbox.row(number).id)
    else:
        files = bench.attachments.of_message(ids.number(ids.MESSAGE, asked.id))
    numbered = list(_numbered(files))[: asked.limit]
    lines = table([_row(number, file) for number, file in numbered]) or [tr("No files.")]
    return Output([_shape(number, file) for number, file in numbered], lines)


def _numbered(files: list[File]) -> list[tuple[int, File]]:
    """Each with its number among those of its message."""
    count: dict[int, int] = {}
    numbered: list[tuple[int, File]] = []
    for file in files:
        count[file.message_id] = count.get(file.message_id, 0) + 1
        numbered.append((count[file.message_id], file))
    return numbered


def _row(number: int, file: File) -> tuple[str, ...]:
    from app.attachments import whereabouts  # noqa: PLC0415  loaded by this command alone

    size = counted(file.size, "{count:,} byte", "{count:,} bytes")
    return ids.display(ids.MESSAGE, file.message_id), str(number), file.name, size, file.type, whereabouts(file)


def _shape(number: int, file: File) -> Shape:
    return {
        "message": ids.display(ids.MESSAGE, file.message_id), "number": number, "name": file.name, "bytes": file.size,
        "type": file.type, "in_the_letter": bool(file.content_id), "here": file.is_here,
        "came_in": file.came_in or None,
    }  # fmt: skip


def save(bench: Workbench, asked: Namespace) -> Output:
    """Save a message's files; the first that can't be saved raises UserError, those before it stay."""
    from app.attachments import free_path, safe_name  # noqa: PLC0415  loaded by this command alone
    from app.csvfile import ExistsError  # noqa: PLC0415  as above

    files = bench.attachments.of_message(ids.number(ids.MESSAGE, asked.id))
    if not files:
        raise NotFoundError(tr("{id} has no files.").format(id=asked.id))
    wanted = [_chosen(files, which) for which in asked.which] or files
    if len(wanted) > 1 and not asked.to.is_dir():
        msg = tr("{path} isn't a folder, and there are several files to save.").format(path=asked.to)
        raise UserError(msg)
    saved: list[Shape] = []
    lines: list[str] = []
    for file in wanted:
        several = asked.to.is_dir() and not asked.force and not asked.which
        target = free_path(asked.to, file) if several else asked.to
        try:
            path = bench.attachments.save(file.id, target, overwrite=asked.force)
        except ExistsError as why:
            raise UserError(_there(target / safe_name(file) if target.is_dir() else target)) from why
        saved.append({"name": file.name, "file": str(path)})
        lines.append(_said(file, path))
    return Output(saved, lines)


def _there(path: Path) -> str:
    return tr("{file} already exists. Choose another name, or overwrite it with --force.").format(file=path)


def _said(file: File, path: Path) -> str:
    if path.name == file.name:
        return tr("Saved {path}.").format(path=path)
    return tr("Saved “{name}” as {path}.").format(name=file.name, path=path)


def _chosen(files: list[File], which: str) -> File:
    """A file by its number or its name."""
    if which.isdecimal() and 0 < int(which) <= len(files):
        return files[int(which) - 1]
    named = [file for file in files if file.name == which]
    if len(named) == 1:
        return named[0]
    names = ", ".join(f"{number} {file.name}" for number, file in enumerate(files, 1))
    msg = tr("There's no file “{which}”. There are: {names}.").format(which=which, names=names)
    raise NotFoundError(msg)
