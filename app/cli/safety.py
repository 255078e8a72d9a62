"""`backup`, `backups`, `restore`, `check`, `undo`: keep the file safe, and undo actions."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from app.actions import Action
from app.base.errors import NotFoundError
from app.base.paths import Profile
from app.base.words import N_, counted, tr
from app.cli.answers import Answer, iso, table, when
from app.cli.arguments import Commands, limit
from app.workbench import Workbench

_DEFAULT_ROWS = 20
_NOTHING = N_("Nothing to undo.")


def add(commands: Commands) -> None:
    """Add the commands."""
    made = commands.add_closed(
        "backup", backup, tr("write a verified copy of the whole file, with its SHA-256 next to it")
    )
    made.add_argument(
        "file",
        metavar=tr("FILE"),
        nargs="?",
        type=Path,
        help=tr("where to write it; default: the profile's folder for backups"),
    )
    limit(commands.add_closed("backups", backups, tr("list the profile's backups, newest first, and check each one")))
    made = commands.add_closed("restore", restore, tr("restore a backup; the current file is kept"))
    made.add_argument("file", metavar=tr("FILE"), type=Path, help=tr("the backup; `backups` lists them"))
    made.add_argument("--dry-run", action="store_true", help=tr("only check it and show what would happen"))
    commands.add_closed("check", check, tr("check whether the file is sound; status 1 if it isn't"))
    made = commands.add(
        "undo",
        undo,
        tr("undo the last action of the last hour; an import or a merge, or an older one, by its number in --list"),
    )
    made.add_argument(
        "number", metavar=tr("N"), nargs="?", type=int, help=tr("undo this action, numbered as in --list")
    )
    made.add_argument(
        "--list", action="store_true", help=tr("only show what was done, and what undoing it would change")
    )
    limit(made, _DEFAULT_ROWS)


def backup(profile: Profile, asked: Namespace) -> Answer:
    """Make a backup and verify it."""
    from app.safety.backup import make  # noqa: PLC0415  loaded by this command alone

    if not profile.file.exists():
        from app.store.migrations import refuse_missing  # noqa: PLC0415  as above

        refuse_missing(profile.file)
        msg = tr("There's no community at {folder} yet, so there's nothing to back up.").format(folder=profile.folder)
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
    return Answer(
        told,
        [
            tr("{file} ({size}), checked; SHA-256 {sha256}").format(
                file=made.file, size=_bytes(made.size), sha256=made.sha256
            )
        ],
    )


def backups(profile: Profile, asked: Namespace) -> Answer:
    """List the backups, each checked."""
    from app.safety.backup import listed  # noqa: PLC0415  as above

    found = listed(profile)[: asked.limit]
    told = [
        {"path": str(one.file), "at": iso(one.at), "size": one.size, "ok": one.ok, "fault": one.fault or None}
        for one in found
    ]
    rows = [(when(one.at), _bytes(one.size), one.fault or tr("sound"), str(one.file)) for one in found]
    return Answer(
        told,
        table(rows)
        or [tr("There are no backups in {backups}. Use `backup` to make one.").format(backups=profile.backups)],
    )


def _bytes(size: int) -> str:
    return counted(size, "{count:,} byte", "{count:,} bytes")


def restore(profile: Profile, asked: Namespace) -> Answer:
    """Put a backup in the file's place; the current file is kept."""
    from app.safety.backup import bring_back, preview_restore  # noqa: PLC0415  as above

    done = preview_restore(profile, asked.file) if asked.dry_run else bring_back(profile, asked.file)
    held = done.content
    told = {
        "restored": str(done.source),
        "file": str(done.file),
        "kept": None if done.kept is None else str(done.kept),
        "at": iso(done.at),
        "messages": held.messages,
        "conversations": held.conversations,
        "members": held.members,
        "dry_run": asked.dry_run,
    }
    what = tr("{file} ({messages}, {conversations}, {members})").format(
        file=done.source,
        messages=counted(held.messages, "{count} message", "{count} messages"),
        conversations=counted(held.conversations, "{count} conversation", "{count} conversations"),
        members=counted(held.members, "{count} member", "{count} members"),
    )
    if asked.dry_run:
        sound = tr("{backup} is sound and can be restored. Nothing was changed.")
        if done.kept:
            sound = tr(
                "{backup} is sound and can be restored. The current {file} would be kept under another name. "
                "Nothing was changed."
            )
        return Answer(told, [sound.format(backup=what, file=done.file)])
    lines = [tr("Restored {backup}.").format(backup=what)]
    lines += [tr("The previous file is kept as {kept}.").format(kept=done.kept)] if done.kept else []
    return Answer(told, [*lines, tr("Nothing is sent or fetched until you say so in the window, or with `go`.")])


def check(profile: Profile, _asked: Namespace) -> Answer:
    """Check the file; exit status 1 if it is not sound."""
    from app.safety.checkup import check_file  # noqa: PLC0415  as above
    from app.safety.optional import weaker  # noqa: PLC0415  as above

    found, less = check_file(profile.file), weaker()
    told = {
        "file": str(found.file),
        "sound": found.sound,
        "checked": list(found.rules),
        "faults": [{"rule": fault.rule, "what": fault.what} for fault in found.faults],
        "messages": found.messages,
        "conversations": found.conversations,
        "members": found.members,
        "weaker": less,
    }
    if not found.sound:
        lines = [f"{fault.rule}: {fault.what}" for fault in found.faults]
        from app.store.wayback import way_back  # noqa: PLC0415  only where something is wrong

        sum_ = counted(
            len(lines),
            "{count} fault. Copy the file before you do anything else. {advice}",
            "{count} faults. Copy the file before you do anything else. {advice}",
            advice=way_back(profile.file),
        )
        return Answer(told, [*lines, sum_, *less], 1)
    messages, talks = (
        counted(found.messages, "{count} message", "{count} messages"),
        counted(found.conversations, "{count} conversation", "{count} conversations"),
    )
    return Answer(
        told,
        [
            tr("The file is sound: {messages}, {talks}, {members}.").format(
                messages=messages, talks=talks, members=counted(found.members, "{count} member", "{count} members")
            ),
            *less,
        ],
    )


def undo(bench: Workbench, asked: Namespace) -> Answer:
    """Undo an action, or list the actions that can be undone."""
    if asked.list:
        return _listed(bench, asked)
    taken = bench.actions.undo_recent() if asked.number is None else bench.actions.undo(asked.number)
    return Answer(
        [_action(taken) | {"said": taken.remark}],
        [tr("Undone: {title}").format(title=taken.title), *filter(None, [taken.remark])],
    )


def _listed(bench: Workbench, asked: Namespace) -> Answer:
    if asked.number is None:
        found = bench.actions.listed(asked.limit)
    else:
        found = bench.actions.listed(1, bench.actions.get(asked.number).id + 1)
    rows = [
        (str(one.action.id), when(one.action.at), one.action.title, one.why or one.words or tr("nothing left to undo"))
        for one in found
    ]
    told = [
        _action(one.action)
        | {
            "undoable": not one.why,
            "why_not": one.why or None,
            "touches": one.words,
            "removes": dict(one.removes),
            "brings_back": dict(one.brings_back),
            "changes_back": dict(one.changes),
            "keeps": dict(one.keeps),
        }
        for one in found
    ]
    return Answer(told, table(rows) or [tr(_NOTHING)])


def _action(one: Action) -> dict[str, object]:
    return {"id": one.id, "at": iso(one.at), "title": one.title, "kind": one.kind}
