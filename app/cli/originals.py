"""`original save|kept`: letters as they came."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from app.base import ids
from app.base.errors import UserError
from app.base.words import counted, tr
from app.cli import secrets
from app.cli.arguments import Commands
from app.cli.output import Output
from app.workbench import Workbench


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("original", tr("letters as they came, with all that Rapport leaves out"))
    made = group.add("save", save, tr("save a letter as an .eml file; fetched from the mailbox if it isn't kept here"))
    made.add_argument("id", metavar=tr("ID"), help=tr("M-..."))
    made.add_argument("file", metavar=tr("FILE"), type=Path, nargs="?", help=tr("default: a name made of its title"))
    made.add_argument(
        "--secret-from-stdin",
        action="store_true",
        help=tr("read the account's password from standard input, for this run and the keyring"),
    )
    made.add_argument("--force", action="store_true", help=tr("overwrite an existing file"))
    group.add("kept", kept, tr("show how many originals are kept, and what they take"))


def save(bench: Workbench, asked: Namespace) -> Output:
    """Save the original of a message. Raises UserError if there is such a file, unless --force."""
    from app.csvfile import ExistsError  # noqa: PLC0415  loaded by this command alone

    number = ids.number("M", asked.id)
    file = asked.file or Path(bench.originals.file_name(number))
    if file.is_dir():
        file /= bench.originals.file_name(number)
    if asked.secret_from_stdin:
        from app.channels.registry import offered  # noqa: PLC0415  imports every channel; most commands need none

        account = bench.accounts.get(bench.originals.account(number))
        bench.accounts.give(account.id, secrets.from_stdin(offered(account.kind), account.fields))
    try:
        size = bench.originals.save(number, file, replace=asked.force)
    except ExistsError as why:
        msg = tr("{file} already exists. Choose another name, or overwrite it with --force.").format(file=file)
        raise UserError(msg) from why
    many = counted(size, "{count:,} byte", "{count:,} bytes")
    return Output(
        {"id": ids.display("M", number), "file": str(file), "bytes": size},
        [tr("{id} is saved as {file}, {size}.").format(id=ids.display("M", number), file=file, size=many)],
    )


def kept(bench: Workbench, _asked: Namespace) -> Output:
    """Show how many originals are kept."""
    there = bench.originals.kept()
    return Output({"letters": there.letters, "bytes": there.octets}, [there.sentence()])
