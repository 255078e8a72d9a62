"""Repairs a file that is damaged: what can be read goes into a new one, the rest comes from the newest sound backup.

The damaged file is kept, and the new one is on hold, as a restored backup is: what it holds may be older than what was
sent. The search index and the counts are made anew.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from app import settings, tombstones
from app.base import clock
from app.base.errors import DamagedFileError, UserError
from app.base.paths import Profile
from app.base.words import tr
from app.repair import rebuilding, unflipping
from app.repair.telling import SOUND, Made, Repaired, hopeless, restored, sentences_of
from app.safety import audit, backup, checkup, standstill
from app.store import header, holding, migrations, restore, salvage, verify, wayback
from app.store.connection import open_connection
from app.store.making import discard
from app.store.sqlite import scalar

Progress = Callable[[str], object]


def repair(profile: Profile, *, from_window: bool = False, progress: Progress = lambda _said: None) -> Repaired:
    """Repair the profile's file. Raises UserError, with nothing changed, where there is nothing to go by.

    `from_window`: called by the profile's own window, which has closed the file.
    """
    _refuse(profile.file)
    newest = backup.newest(profile)
    if not profile.file.exists() or not profile.file.stat().st_size:
        return _restored(profile, newest, from_window=from_window)
    progress(tr("Checking the file…"))
    aside = _put_log_aside(profile.file)
    rules = _broken_rules(profile.file)
    if rules == {"privacy"}:
        profile.file.chmod(0o600)
        return Repaired(SOUND, (tr("Nobody else on this computer can read the file now. Nothing else was wrong."),))
    if not rules and not aside:
        return Repaired(SOUND, (tr("The file is sound; there was nothing to repair."),))
    made: list[Made] = []

    def fill(part: Path) -> None:
        made.append(_fill(profile.file, part, newest, progress))

    try:
        kept = restore.replace_with(profile.file, fill, from_window=from_window)
    except (*salvage.UNREADABLE, DamagedFileError) as why:
        if newest is None:
            if aside is not None:
                aside.rename(header.log_of(profile.file))  # as it was
            raise hopeless(profile.file) from why
        return _restored(profile, newest, from_window=from_window)
    return sentences_of(made[0], kept, newest, aside)


def _refuse(file: Path) -> None:
    """Leave alone what isn't ours, or was made by a newer Rapport."""
    if file.is_symlink() and not file.exists():
        migrations.refuse_missing(file)
    with suppress(OSError):
        head = header.latest(file)
        if head is None or (head.is_ours and head.version <= header.LATEST):
            return
        if (head.application_id or not head.is_bare) and not _is_ours_with_damage(file):
            migrations.refuse_unopened(file)


def is_ours(file: Path) -> bool:
    """Whether there may be something of ours to repair: neither another program's file nor a newer Rapport's."""
    try:
        _refuse(file)
    except UserError:
        return False
    return file.exists()


def _is_ours_with_damage(file: Path) -> bool:
    """Whether a file whose mark says otherwise has our tables, and no step on record that this Rapport doesn't know."""
    with suppress(OSError, *salvage.UNREADABLE), closing(verify.reading(file)) as conn:
        names = {name for (name,) in conn.execute("SELECT name FROM sqlite_schema")}
        if {"message_index", "conversation_state", "import_batch", "tally"} <= names:
            return int(scalar(conn, "SELECT count(*) FROM _sqlite_migrations")) <= header.LATEST
    return False


def _put_log_aside(file: Path) -> Path | None:
    """Rename a write-ahead log that belongs to another file; its new path, None if there was none."""
    if not header.has_log(file) or not holding.is_alone(file.parent) or not header.has_foreign_log(file):
        return None
    log = header.log_of(file)
    there = file.with_name(f"{file.stem}-foreign-{clock.local(clock.now()):%Y-%m-%d-%H%M%S}.rapport-wal")
    log.rename(there)
    with suppress(OSError):
        file.with_name(f"{file.name}-shm").unlink()
    return there


def _broken_rules(file: Path) -> set[str]:
    """The rules of the check-up that are broken; that of the file where it can't even be checked."""
    try:
        return {fault.rule for fault in checkup.check_file(file).faults}
    except (UserError, *salvage.UNREADABLE):
        return {"file"}


def _fill(file: Path, part: Path, newest: Path | None, progress: Progress) -> Made:
    """Write the new file. Raises DatabaseError or DamagedFileError if it can't be made sound."""
    copy = restore.copy_of(file)
    try:
        progress(tr("Reading what can be read…"))
        changed = unflipping.noticed(copy)
        found = salvage.salvage(copy, part)
    finally:
        discard(copy)
    from_backup = 0
    if newest is not None:
        progress(tr("Looking for the rest in the newest backup…"))
        from_backup = salvage.fill(part, newest, found) + salvage.fill_messages(part, newest)
    right, unsure = unflipping.put_right(part, changed, wayback.listed(file.parent / wayback.FOLDER))
    progress(tr("Making the search index and the counts anew…"))
    with closing(open_connection(part)) as conn:
        migrations.migrate(conn)
        conn.execute("PRAGMA foreign_keys = OFF")
        conn.execute("BEGIN")
        gone = salvage.mend(conn)
        gone += rebuilding.mend_contents(conn, newest)
        rebuilding.mend_states(conn)
        lost = rebuilding.missing(conn) if found.lacks("message") else 0
        rebuilding.count_again(conn)
        rebuilding.index_again(conn)
        standstill.mark(conn, standstill.REPAIRED)
        audit.forget(conn)
        if tombstones.there_are(conn):
            settings.store_value(conn, tombstones.CARRIED, tombstones.packed(conn))
        conn.execute("COMMIT")
        conn.execute("PRAGMA foreign_keys = ON")
        conn.execute("PRAGMA journal_mode = DELETE")
        health = checkup.examine(conn, part)
    held = sum((health.messages, health.members))
    remaining = tuple(fault.what for fault in health.faults)
    if any(fault.rule == "file" for fault in health.faults) or (not held and newest is not None):
        raise DamagedFileError(hopeless(file).args[0])
    return Made(
        health.messages,
        health.conversations,
        health.members,
        lost,
        from_backup,
        found.is_whole,
        gone,
        remaining,
        right,
        unsure,
        found.lacking,
        found.left_out,
        found.letters,
    )


def _restored(profile: Profile, newest: Path | None, *, from_window: bool) -> Repaired:
    if newest is None:
        raise hopeless(profile.file)
    return restored(backup.bring_back(profile, newest, from_window=from_window))
