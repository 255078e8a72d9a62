"""`backup`, `backups`, `restore`, `check`, `undo`: the file's safety, and the way back."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from app.actions import Action
from app.cli.answers import Answer, count, iso, table, when
from app.cli.arguments import Commands
from app.errors import NotFoundError, UserError
from app.paths import Profile
from app.workbench import Workbench

_LISTED, _ALL = 20, 1 << 40
_NOTHING = "There is nothing to undo."


def add(commands: Commands) -> None:
    """The commands."""
    made = commands.add_closed("backup", backup, "write a verified copy of the whole file, with its SHA-256 beside it")
    made.add_argument("file", metavar="FILE", nargs="?", type=Path, help="where to; else into the profile's backups")
    commands.add_closed("check", check, "look whether the file is sound; status 1 where it is not")
    made = commands.add("undo", undo, "take back what was done last, within the last hour; --list shows more")
    made.add_argument("number", metavar="N", nargs="?", type=int, help="take back this action of the list, however old")
    made.add_argument(
        "--list", action="store_true", help="only show what was done, and what taking it back would touch"
    )
    made.add_argument("--limit", metavar="COUNT", type=int, default=_LISTED, help="how many to list (0: all)")


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
    """What was taken back, or the list of what can be."""
    if asked.list:
        return _listed(bench, asked)
    taken = bench.actions.undo_recent() if asked.number is None else bench.actions.undo(asked.number)
    return Answer([_action(taken) | {"said": taken.said}], [f"Taken back: {taken.title}", *filter(None, [taken.said])])


def _listed(bench: Workbench, asked: Namespace) -> Answer:
    if asked.limit < 0:
        msg = "Give --limit as a number from 0 (all) upwards."
        raise UserError(msg)
    if asked.number is None:
        found = bench.actions.listed(asked.limit or _ALL)
    else:
        found = bench.actions.listed(1, bench.actions.get(asked.number).id + 1)
    rows = [
        (str(one.action.id), when(one.action.at), one.action.title, one.why or one.words or "nothing any more")
        for one in found
    ]
    told = [
        _action(one.action) | {
            "undoable": not one.why, "why_not": one.why or None, "touches": one.words,
            "removes": dict(one.removes), "brings_back": dict(one.brings_back), "changes_back": dict(one.changes),
            "keeps": dict(one.keeps),
        }
        for one in found
    ]  # fmt: skip
    return Answer(told, table(rows) or [_NOTHING])


def _action(one: Action) -> dict[str, object]:
    return {"id": one.id, "at": iso(one.at), "title": one.title, "kind": one.kind}
