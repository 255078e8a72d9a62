"""`backup`, `check`, `undo`: the file's safety, and the way back."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from app.actions import Action
from app.cli.answers import Answer, count, iso, table, when
from app.cli.arguments import Commands
from app.errors import NotFoundError, UserError
from app.paths import Profile
from app.workbench import Workbench

_LISTED = 20
_NOTHING = "There is nothing to undo."


def add(commands: Commands) -> None:
    """The commands."""
    made = commands.add_closed("backup", backup, "write a verified copy of the whole file, with its SHA-256 beside it")
    made.add_argument("file", metavar="FILE", nargs="?", type=Path, help="where to; else into the profile's backups")
    commands.add_closed("check", check, "look whether the file is sound; status 1 where it is not")
    made = commands.add("undo", undo, "take back what was done last; --list shows it")
    made.add_argument("count", metavar="N", nargs="?", type=int, default=1, help="how many actions (default: 1)")
    made.add_argument("--list", action="store_true", help="only show the latest actions")


def backup(profile: Profile, asked: Namespace) -> Answer:
    """The backup, made and verified."""
    from app.backup import make  # noqa: PLC0415  loaded by this command alone

    if not profile.file.exists():
        msg = f"There is no community at {profile.folder} yet, so there is nothing to back up."
        raise NotFoundError(msg)
    bench = Workbench(profile)
    try:
        made = make(bench.store, profile, asked.file)
    finally:
        bench.close()
    told = {
        "file": str(made.file), "manifest": str(made.manifest), "sha256": made.sha256, "bytes": made.size,
        "at": iso(made.at), "verified": True,
    }  # fmt: skip
    return Answer(told, [f"{made.file} ({made.size:,} bytes), checked; SHA-256 {made.sha256}"])


def check(profile: Profile, _asked: Namespace) -> Answer:
    """What the check found."""
    from app.checkup import look  # noqa: PLC0415  as above

    found = look(profile.file)
    told = {
        "file": str(found.file), "sound": found.sound, "checked": list(found.rules),
        "faults": [{"rule": fault.rule, "what": fault.what} for fault in found.faults],
        "messages": found.messages, "conversations": found.conversations, "members": found.members,
    }  # fmt: skip
    if not found.sound:
        lines = [f"{fault.rule}: {fault.what}" for fault in found.faults]
        what_now = f"Copy the file before anything else; backups lie in {profile.backups}."
        return Answer(told, [*lines, f"{count(len(lines), 'fault')}. {what_now}"], 1)
    messages, talks = count(found.messages, "message"), count(found.conversations, "conversation")
    return Answer(told, [f"The file is sound: {messages}, {talks}, {count(found.members, 'member')}."])


def undo(bench: Workbench, asked: Namespace) -> Answer:
    """What was taken back, the latest first; where one cannot be, those before it are taken back already."""
    if asked.count < 1:
        msg = "Say how many actions to take back: 1 or more."
        raise UserError(msg)
    if asked.list:
        found = bench.actions.last(max(asked.count, _LISTED))
        return Answer(
            [_action(one) for one in found], table([(when(one.at), one.title) for one in found]) or [_NOTHING]
        )
    taken: list[Action] = []
    for _ in range(asked.count):
        try:
            taken.append(bench.actions.undo())
        except UserError:
            if not taken:
                raise
            break
    return Answer([_action(one) for one in taken], [f"Taken back: {one.title}" for one in taken])


def _action(one: Action) -> dict[str, object]:
    return {"id": one.id, "at": iso(one.at), "title": one.title}
