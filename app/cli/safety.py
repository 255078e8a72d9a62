"""`backup`, `backups`, `restore`, `check`, `undo`: keep the file safe, and undo actions."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from app.actions import Action
from app.base.errors import NotFoundError
from app.base.paths import Profile
from app.base.words import N_, counted, tr
from app.cli import broken_off, second_place
from app.cli.arguments import Commands, limit
from app.cli.output import Output, iso, table, when
from app.store.verify import Content
from app.workbench import Workbench

if TYPE_CHECKING:
    from app.imports.underway import BrokenOff
    from app.safety.backup import Restored

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
    second_place.add(commands)
    limit(commands.add_closed("backups", backups, tr("list the profile's backups, newest first, and check each one")))
    made = commands.add_closed(
        "restore", restore, tr("check a backup and show what restoring it would lose; with --yes, restore it")
    )
    made.add_argument("file", metavar=tr("FILE"), type=Path, help=tr("the backup; `backups` lists them"))
    made.add_argument("--yes", action="store_true", help=tr("do it; the current file is kept"))
    made.add_argument(
        "--add", action="store_true",
        help=tr("replace nothing: only bring in what the backup has and the file hasn't, as one action"),
    )  # fmt: skip
    made.add_argument("--dry-run", action="store_true", help=tr("only show it, also with --yes"))
    made.add_argument(
        "--secret-from-stdin", action="store_true",
        help=tr("read the passphrase of an encrypted backup from standard input"),
    )  # fmt: skip
    made = commands.add_closed("check", check, tr("check whether the file is sound; status 1 if it isn't"))
    made.add_argument(
        "--repair",
        action="store_true",
        help=tr("write it anew with all that can be read, the rest from the newest backup; the damaged file is kept"),
    )
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


def backup(profile: Profile, asked: Namespace) -> Output:
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
    shape = {
        "file": str(made.file), "manifest": str(made.manifest), "sha256": made.sha256, "bytes": made.size,
        "at": iso(made.at), "verified": True,
    }  # fmt: skip
    return Output(
        shape,
        [
            tr("{file} ({size}), checked; SHA-256 {sha256}").format(
                file=made.file, size=_bytes(made.size), sha256=made.sha256
            )
        ],
    )


def backups(profile: Profile, asked: Namespace) -> Output:
    """List the backups, each checked, with what is in it."""
    from app.safety.backup import listed  # noqa: PLC0415  as above
    from app.safety.daily import is_automatic  # noqa: PLC0415  as above

    copies = listed(profile, asked.limit)
    shapes = [
        {
            "path": str(copy.file), "at": iso(copy.at), "size": copy.size, "ok": copy.ok, "fault": copy.fault or None,
            "automatic": is_automatic(copy.file), **_content(copy.content),
        }
        for copy in copies
    ]  # fmt: skip
    rows = [
        (when(copy.at), _bytes(copy.size), copy.fault or tr("sound"), _held(copy.content), str(copy.file))
        for copy in copies
    ]
    return Output(
        shapes,
        table(rows)
        or [tr("There are no backups in {backups}. Use `backup` to make one.").format(backups=profile.backups)],
    )


def _content(held: Content | None) -> dict[str, object]:
    if held is None:
        return {"messages": None, "conversations": None, "members": None, "last": None, "last_at": None}
    return {
        "messages": held.messages, "conversations": held.conversations, "members": held.members,
        "last": held.last or None, "last_at": None if held.last_at is None else iso(held.last_at),
    }  # fmt: skip


def _held(held: Content | None) -> str:
    if held is None:
        return ""
    messages = counted(held.messages, "{count} message", "{count} messages")
    return tr("{messages}, last: {title}").format(messages=messages, title=held.last) if held.last else messages


def _bytes(size: int) -> str:
    return counted(size, "{count:,} byte", "{count:,} bytes")


def restore(profile: Profile, asked: Namespace) -> Output:
    """Show what restoring a backup would do, or put it in the file's place; the current file is kept.

    An encrypted one is decrypted among the profile's backups; where it is only shown, it doesn't stay there.
    """
    opened = second_place.decrypted(profile, asked.file, piped=asked.secret_from_stdin)
    only_shown = asked.dry_run or not asked.yes
    if asked.add and not only_shown:
        return _added(profile, asked.file if opened is None else opened)
    try:
        return _restored(profile, asked.file if opened is None else opened, only_shown=only_shown)
    finally:
        if only_shown and opened is not None:
            from app.safety.backup import discard  # noqa: PLC0415  as above

            discard(opened)


def _restored(profile: Profile, file: Path, *, only_shown: bool) -> Output:
    from app.safety.backup import bring_back, preview_restore  # noqa: PLC0415  as above

    done = preview_restore(profile, file) if only_shown else bring_back(profile, file)
    held = done.content
    shape: dict[str, object] = {
        "restored": str(done.source),
        "file": str(done.file),
        "kept": None if done.kept is None else str(done.kept),
        "at": iso(done.at),
        "messages": held.messages,
        "conversations": held.conversations,
        "members": held.members,
        "dry_run": only_shown,
    }
    what = tr("{file} ({messages}, {conversations}, {members})").format(
        file=done.source,
        messages=counted(held.messages, "{count} message", "{count} messages"),
        conversations=counted(held.conversations, "{count} conversation", "{count} conversations"),
        members=counted(held.members, "{count} member", "{count} members"),
    )
    if only_shown:
        return _previewed(done, shape, what)
    lines = [tr("Restored {backup}.").format(backup=what)]
    lines += [tr("The previous file is kept as {kept}.").format(kept=done.kept)] if done.kept else []
    return Output(shape, [*lines, _held_back()])


def _added(profile: Profile, file: Path) -> Output:
    """Bring in what only the backup has."""
    bench = Workbench(profile)
    try:
        came = bench.lending.add(file)
    finally:
        bench.close()
    line = tr("Added: {rows}.").format(rows=came.words()) if came else tr("It has nothing that this file hasn't.")
    return Output({"added": asdict(came)}, [line])


def _previewed(seen: Restored, shape: dict[str, object], what: str) -> Output:
    """What would be lost, and what would come back."""
    from app.safety import copies  # noqa: PLC0415  as above
    from app.safety.differing import Difference, compare  # noqa: PLC0415  as above

    told = compare(seen.file, seen.source) or Difference()
    shape |= {
        "would_lose": asdict(told.lost), "would_bring_back": asdict(told.back), "done_since": told.done,
        "sent_since": [{"to": one.whom, "account": one.account, "at": iso(one.at)} for one in told.last_sent],
        "why_unknown": told.why or None, "conflict_copy_of": copies.synced_by(seen.source) or None,
    }  # fmt: skip
    sound = tr("{backup} is sound and can be restored.")
    if seen.kept:
        sound = tr("{backup} is sound and can be restored. The current {file} would be kept under another name.")
    lines = [sound.format(backup=what, file=seen.file), *filter(None, [copies.explained(seen.source)])]
    if seen.kept:
        lines += [told.why or told.lost_words()]
        sent = [
            tr("sent to {name}, {account}, {when}").format(name=one.whom, account=one.account, when=when(one.at))
            for one in told.last_sent
        ]
        lines += [f"  {line}" for line in sent]
        lines += filter(None, [told.back_words()])
    if told.back and seen.kept:
        lines += [tr("With --add --yes only what comes back is brought in, and nothing is replaced.")]
    return Output(shape, [*lines, tr("Nothing was changed. With --yes it is restored.")])


def check(profile: Profile, asked: Namespace) -> Output:
    """Check the file; exit status 1 if it is not sound."""
    if asked.repair:
        return _repaired(profile)
    from app.safety import copies  # noqa: PLC0415  as above
    from app.safety.checkup import check_file  # noqa: PLC0415  as above
    from app.safety.optional import weaker  # noqa: PLC0415  as above

    checkup, less = check_file(profile.file), [*_unwritable(profile), *weaker()]
    beside = copies.warning(profile)
    shape = {
        "file": str(checkup.file),
        "sound": checkup.sound,
        "checked": list(checkup.rules),
        "faults": [{"rule": fault.rule, "what": fault.what} for fault in checkup.faults],
        "messages": checkup.messages,
        "conversations": checkup.conversations,
        "members": checkup.members,
        "originals": {"letters": checkup.originals.letters, "bytes": checkup.originals.octets},
        "weaker": less,
        "conflict_copies": [str(path) for path in copies.beside(profile)],
    }
    if not checkup.sound:
        lines = [f"{fault.rule}: {fault.what}" for fault in checkup.faults]
        from app.store.wayback import way_back  # noqa: PLC0415  only where something is wrong

        sum_ = counted(
            len(lines),
            "{count} fault. `check --repair` saves what can be read and keeps the file as it is. {advice}",
            "{count} faults. `check --repair` saves what can be read and keeps the file as it is. {advice}",
            advice=way_back(profile.file),
        )
        return Output(shape, [*lines, sum_, *less], 1)
    broken = _broken_off(profile)
    shape["broken_off"] = broken_off.shapes(broken)
    messages, talks = (
        counted(checkup.messages, "{count} message", "{count} messages"),
        counted(checkup.conversations, "{count} conversation", "{count} conversations"),
    )
    return Output(
        shape,
        [
            tr("The file is sound: {messages}, {talks}, {members}.").format(
                messages=messages, talks=talks, members=counted(checkup.members, "{count} member", "{count} members")
            ),
            *([checkup.originals.sentence()] if checkup.originals.letters else []),
            *broken_off.lines(broken),
            *filter(None, [beside]),
            *less,
        ],
    )


def _repaired(profile: Profile) -> Output:
    from app.repair import repair  # noqa: PLC0415  loaded by this command alone

    done = repair(profile)
    shape = {
        "file": str(profile.file), "done": done.way, "kept": None if done.kept is None else str(done.kept),
        "messages_lost": done.lost, "rows_from_backup": done.from_backup, "said": list(done.lines),
    }  # fmt: skip
    return Output(shape, [*done.lines, *([_held_back()] if done.is_on_hold else [])])


def _held_back() -> str:
    return tr("Nothing is sent or fetched until you say so in the window, or with `go`.")


def _unwritable(profile: Profile) -> list[str]:
    """Why the file can't be written to, in a sentence, if something is known to keep it from that."""
    from app.store.obstacles import of_drive, of_network  # noqa: PLC0415  loaded by this command alone

    found = of_network(profile.file) or of_drive(profile.file)
    return [] if found is None else [found.sentence]


def _broken_off(profile: Profile) -> list[BrokenOff]:
    from app.imports import underway  # noqa: PLC0415  loaded by this command alone
    from app.store.connection import open_reader  # noqa: PLC0415  as above

    with closing(open_reader(profile.file)) as conn:
        return underway.broken_off(conn, profile.folder)


def undo(bench: Workbench, asked: Namespace) -> Output:
    """Undo an action, or list the actions that can be undone."""
    if asked.list:
        return _listed(bench, asked)
    taken = bench.actions.undo_recent() if asked.number is None else bench.actions.undo(asked.number)
    return Output(
        [_action_json(taken) | {"said": taken.remark}],
        [tr("Undone: {title}").format(title=taken.title), *filter(None, [taken.remark])],
    )


def _listed(bench: Workbench, asked: Namespace) -> Output:
    if asked.number is None:
        entries = bench.actions.listed(asked.limit)
    else:
        entries = bench.actions.listed(1, bench.actions.get(asked.number).id + 1)
    rows = [
        (
            str(entry.action.id),
            when(entry.action.at),
            entry.action.title,
            " ".join(filter(None, (entry.told, entry.why or entry.words or tr("nothing left to undo")))),
        )
        for entry in entries
    ]
    shapes = [
        _action_json(entry.action)
        | {
            "undoable": not entry.why,
            "why_not": entry.why or None,
            "touches": entry.words,
            "removes": dict(entry.removes),
            "brings_back": dict(entry.brings_back),
            "changes_back": dict(entry.changes),
            "keeps": dict(entry.keeps),
            "told": entry.told or None,
        }
        for entry in entries
    ]
    return Output(shapes, table(rows) or [tr(_NOTHING)])


def _action_json(action: Action) -> dict[str, object]:
    return {"id": action.id, "at": iso(action.at), "title": action.title, "kind": action.kind}
