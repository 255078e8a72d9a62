"""`demo DIR`: write the demo community to a folder, as a profile to try commands on."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from app.base.errors import UserError
from app.base.paths import Profile
from app.base.words import tr
from app.cli.arguments import Commands
from app.cli.output import Output


def add(commands: Commands) -> None:
    """Add the command."""
    made = commands.add_closed("demo", write, tr("write the demo community as a profile to DIR, to try out commands"))
    made.add_argument("dir", metavar=tr("DIR"), type=Path, help=tr("a folder without a community; created if missing"))


def write(_profile: Profile, asked: Namespace) -> Output:
    """Write the profile."""
    from app.demo import build, taken_away_unless_whole  # noqa: PLC0415  reads the demo's texts; only this command needs them

    profile = Profile(asked.dir.expanduser().absolute())
    if profile.file.exists():
        msg = tr("{folder} already contains a community. Choose an empty folder.").format(folder=profile.folder)
        raise UserError(msg)
    with taken_away_unless_whole(profile):
        build(profile)
    sentence = tr("The demo community is in {folder}. Continue with: --profile {dir} list").format(
        folder=profile.folder, dir=asked.dir
    )
    edited = next(iter(sorted(profile.folder.glob("handoffs-*.csv"))), None)
    back = tr("It includes a file that a teammate has edited. To read it back: --profile {dir} merge-back {file}")
    lines = [sentence, back.format(dir=asked.dir, file=edited)] if edited is not None else [sentence]
    shape = {"profile": str(profile.folder), "file": str(profile.file), "edited": str(edited) if edited else None}
    return Output(shape, lines)
