"""`second-place`: where copies of the backups go, whether they are encrypted, and what is restored from there."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from app.base.paths import Profile
from app.base.words import tr
from app.cli import secrets
from app.cli.arguments import Commands
from app.cli.output import Output, iso, when
from app.workbench import Workbench


def add(commands: Commands) -> None:
    """Add the command."""
    made = commands.add("second-place", show, tr("show or set where copies of the backups go, and encrypt them"))
    made.add_argument("folder", metavar=tr("FOLDER"), nargs="?", help=tr("a folder on a stick or another drive"))
    made.add_argument("--none", action="store_true", help=tr("have no second place any more; what is there stays"))
    how = made.add_mutually_exclusive_group()
    how.add_argument("--encrypt", action="store_true", help=tr("encrypt them from now on; asks for a passphrase"))
    how.add_argument("--no-encrypt", action="store_true", help=tr("encrypt them no longer; those that are, stay so"))
    made.add_argument("--secret-from-stdin", action="store_true", help=tr("read the passphrase from standard input"))


def show(bench: Workbench, asked: Namespace) -> Output:
    """Show how the second place stands, after a change if one is asked for."""
    if asked.none or asked.folder is not None:
        bench.settings.put("backup_folder", "" if asked.none else asked.folder)
    if asked.encrypt:
        bench.backups.refuse_encrypting()
        bench.backups.encrypt_with(secrets.passphrase(piped=asked.secret_from_stdin, again=True))
    elif asked.no_encrypt:
        bench.backups.encrypt_with("")
    place, encrypted = bench.backups.second(), bench.backups.is_encrypted()
    shape = {
        "folder": place.folder or None, "at": None if place.at is None else iso(place.at),
        "missed": place.missed or None, "encrypted": encrypted,
    }  # fmt: skip
    if not place.folder:
        return Output(shape, [tr("There's no second place: what happens to this drive happens to the backups on it.")])
    last = tr("{folder} gets a copy of the next backup that Rapport makes by itself.").format(folder=place.folder)
    if place.at is not None:
        last = tr("The last copy in {folder}: {when}.").format(folder=place.folder, when=when(place.at))
    return Output(shape, [place.missed or last, bench.backups.how_encrypted()])


def decrypted(profile: Profile, file: Path, *, piped: bool) -> Path | None:
    """The ordinary backup that is made of an encrypted one, beside the profile's others; None if it isn't encrypted.

    Asks for the passphrase. Raises UserError if it is wrong.
    """
    from app.safety import encryption  # noqa: PLC0415  loaded where something is restored

    if not encryption.is_encrypted(file):
        return None
    return encryption.decrypt(file, secrets.passphrase(piped=piped, again=False), profile.backups)
