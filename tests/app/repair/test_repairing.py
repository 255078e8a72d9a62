"""A damaged file is repaired: what can be read is kept, the rest comes from a backup, and nothing is sent by itself.

RAPPORT_DAMAGES sets how many damages are tried with a backup beside the file, and as many without.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.base import clock
from app.base.errors import DamagedFileError, NewerFileError, UserError
from app.base.paths import Profile
from app.demo import build
from app.repair import READ, RESTORED, SOUND, repair
from app.repair.ways import ways
from app.safety import backup, checkup
from app.store import header, salvage, verify
from app.store.sqlite import scalar
from app.workbench import Workbench
from tests.app.repair.damaging import damage, page_of

DAMAGES = int(os.environ.get("RAPPORT_DAMAGES", "21"))
LATER = "Newer than the backup"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's community with a backup, and one member who came after it."""
    folder = tmp_path_factory.mktemp("whole") / "profile"
    build(Profile(folder))
    bench = Workbench(Profile(folder))
    backup.make(bench.store, Profile(folder))
    bench.members.add(LATER)
    bench.store.empty_log()
    bench.close()
    return folder


@pytest.fixture
def profile(whole: Path, tmp_path: Path) -> Profile:
    shutil.copytree(whole, tmp_path / "here")
    return Profile(tmp_path / "here")


def counts(file: Path) -> tuple[int, ...]:
    with closing(sqlite3.connect(file)) as conn:
        tables = ("message", "member", "gift", "template_text", "outbox")
        return tuple(conn.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables)


def rows(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of a file, but for those that SQLite, the look itself and the search index keep."""
    with closing(verify.reading(file)) as conn:
        tables = [
            name
            for name, sql in conn.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall()
            if "VIRTUAL" not in sql and "_index_" not in name and name not in ("setting", "sqlite_stat1", "seal")
        ]
        return {name: sorted(map(tuple, conn.execute(f"SELECT * FROM {name}")), key=repr) for name in tables}


def overwrite(file: Path, sql: str) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as conn:
        conn.execute(sql)
        conn.execute("PRAGMA journal_mode = DELETE")


def members(profile: Profile) -> set[str]:
    bench = Workbench(profile)
    try:
        return {row.name for row in bench.members.rows(bench.members.find())}
    finally:
        bench.close()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(DAMAGES))
def test_a_damaged_file_with_a_backup_is_whole_again(profile: Profile, seed: int) -> None:
    before, then, held = counts(profile.file), profile.file.read_bytes(), rows(profile.file)
    how = damage(profile.file, seed)
    done = repair(profile)
    assert checkup.check_file(profile.file).sound, how
    after = counts(profile.file)
    if done.way == SOUND:
        assert "bit" in how or rows(profile.file) == held, how  # without seals a letter may have changed
        return
    assert after[0] == before[0], how
    assert after[1] >= before[1] - 1, how  # the one who came after the backup
    assert done.kept is not None
    assert len(done.kept.read_bytes()) == len(then) or how == "cut off"
    bench = Workbench(profile)
    try:
        assert bench.standstill
        assert bench.search is not None
    finally:
        bench.close()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(DAMAGES))
def test_without_a_backup_it_is_sound_or_untouched(profile: Profile, seed: int) -> None:
    shutil.rmtree(profile.backups)
    damage(profile.file, seed)
    damaged = profile.file.read_bytes()
    try:
        done = repair(profile)
    except UserError:
        assert profile.file.read_bytes() == damaged
        assert [path.name for path in profile.folder.glob(".*part*")] == []
    else:
        assert checkup.check_file(profile.file).sound
        assert done.from_backup == 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(DAMAGES))
def test_every_damage_is_noticed_within_one_look(profile: Profile, seed: int) -> None:
    bench = Workbench(profile)
    bench.audit.look(clock.now())
    bench.store.empty_log()
    bench.close()
    before = rows(profile.file)
    how = damage(profile.file, seed)
    try:
        bench = Workbench(profile)
    except UserError:
        return
    try:
        trouble = bench.audit.look(clock.now())
    finally:
        bench.close()
    assert trouble or rows(profile.file) == before, how  # in a page that holds nothing, a bit is of no account


def test_a_broken_index_is_made_anew_and_nothing_is_lost(profile: Profile) -> None:
    before = counts(profile.file)
    overwrite(profile.file, "DELETE FROM message_index_data WHERE id > 10")
    assert not checkup.check_file(profile.file).sound
    done = repair(profile)
    assert (done.way, done.lost, done.from_backup, counts(profile.file)) == (READ, 0, 0, before)
    assert "Nothing was lost." in done.lines
    assert checkup.check_file(profile.file).sound
    bench = Workbench(profile)
    try:
        text = str(scalar(bench.store.read, "SELECT text FROM message WHERE out = 0 ORDER BY id DESC LIMIT 1"))
        word = max(text.split(), key=len).strip(".,!?")
        assert (
            scalar(bench.store.read, "SELECT count(*) FROM message_index WHERE message_index MATCH ?", (f'"{word}"*',))
            or not word.isascii()
        )
    finally:
        bench.close()


def test_how_many_came_from_the_backup_is_what_a_count_gives(profile: Profile) -> None:
    content = bytearray(profile.file.read_bytes())
    at = page_of(profile.file, "conversation")
    content[at : at + 8192] = bytes(8192)
    profile.file.write_bytes(content)
    copy = profile.folder / "copy"
    copy.write_bytes(profile.file.read_bytes())
    found = salvage.salvage(copy, profile.folder / "part")
    done = repair(profile)
    tables = ("conversation", "message", *found.lacking)
    read = sum(found.rows.get(name, 0) for name in set(tables))
    with closing(sqlite3.connect(profile.file)) as conn:
        there = sum(conn.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in set(tables))
    assert done.from_backup == there - read > 0
    assert any(line.startswith("Not everything could be read in: ") for line in done.lines)
    assert "Nothing was lost." not in done.lines


def test_damaged_letters_and_values_are_counted(profile: Profile) -> None:
    shutil.rmtree(profile.backups)
    content = profile.file.read_bytes()
    name = LATER.encode()
    profile.file.write_bytes(content.replace(name, name[:-1] + b"\xff"))
    done = repair(profile)
    assert "2 texts have damaged letters, shown as \ufffd." in done.lines  # the name, and the action that added it
    assert f"{LATER[:-1]}\ufffd" in members(profile)


def test_wrong_counts_are_counted_again(profile: Profile) -> None:
    overwrite(profile.file, "UPDATE conversation SET messages = messages + 3 WHERE id IN (SELECT id FROM conversation"
              " WHERE messages > 0 LIMIT 5)")  # fmt: skip
    overwrite(profile.file, "UPDATE tally SET n = n + 7")
    before = counts(profile.file)
    done = repair(profile)
    assert (done.way, done.lost, counts(profile.file)) == (READ, 0, before)
    assert checkup.check_file(profile.file).sound


def test_words_of_messages_whose_conversation_is_lost_are_kept(profile: Profile) -> None:
    shutil.rmtree(profile.backups)
    before = counts(profile.file)
    with closing(sqlite3.connect(profile.file, isolation_level=None)) as conn:
        conn.execute("DELETE FROM conversation WHERE id = (SELECT conversation_id FROM message LIMIT 1)")
        conn.execute("PRAGMA journal_mode = DELETE")
    done = repair(profile)
    assert done.way == READ
    assert counts(profile.file)[0] == before[0]
    assert checkup.check_file(profile.file).sound


@pytest.mark.parametrize("missing", ["away", "empty"])
def test_what_is_gone_comes_from_the_newest_sound_backup(profile: Profile, missing: str) -> None:
    if missing == "away":
        profile.file.unlink()
    else:
        profile.file.write_bytes(b"")
    done = repair(profile)
    assert done.way == RESTORED
    assert done.is_on_hold
    assert LATER not in members(profile)


def test_a_sound_file_is_left_as_it_is(profile: Profile) -> None:
    before = profile.file.read_bytes()
    done = repair(profile)
    assert (done.way, done.kept, done.is_on_hold) == (SOUND, None, False)
    assert profile.file.read_bytes() == before


def test_a_file_that_others_can_read_is_made_private(profile: Profile) -> None:
    profile.file.chmod(0o644)
    done = repair(profile)
    assert (done.kept, profile.file.stat().st_mode & 0o077) == (None, 0)


def test_another_programs_file_and_a_newer_one_are_refused_untouched(profile: Profile, tmp_path: Path) -> None:
    shutil.rmtree(profile.backups)
    other = Profile(tmp_path / "other")
    other.folder.mkdir()
    overwrite(other.file, "CREATE TABLE song (name TEXT)")
    overwrite(profile.file, f"PRAGMA user_version = {header.LATEST + 1}")
    overwrite(
        profile.file,
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('rapport', '9999_more', '2031')",
    )
    for there, error in ((other, DamagedFileError), (profile, NewerFileError)):
        before = there.file.read_bytes()
        with pytest.raises(error) as why:
            repair(there)
        assert there.file.read_bytes() == before
        found = ways(there, why.value)
        assert (found.repair, found.newest, found.again) == (False, None, True)


def test_a_damaged_number_of_the_version_makes_no_newer_file(profile: Profile) -> None:
    before = counts(profile.file)
    overwrite(profile.file, f"PRAGMA user_version = {header.LATEST + 64}")
    with pytest.raises(NewerFileError) as why:
        Workbench(profile)
    assert ways(profile, why.value).repair
    assert repair(profile).way == READ
    assert counts(profile.file) == before


def test_the_log_of_another_file_is_put_away(profile: Profile, tmp_path: Path) -> None:
    bench = Workbench(Profile(tmp_path / "other"))
    bench.members.add("Of another community")
    log = header.log_of(bench.profile.file)
    shutil.copy(log, header.log_of(profile.file))
    bench.close()
    done = repair(profile)
    assert any("log of another file" in line for line in done.lines)
    assert len(list(profile.folder.glob("*-foreign-*"))) == 1
    assert "Of another community" not in members(profile)


def test_nobody_forgotten_comes_back_with_the_rows_of_a_backup(profile: Profile) -> None:
    bench = Workbench(profile)
    number = int(scalar(bench.store.read, "SELECT member_id FROM identity i JOIN message m ON m.identity_id = i.id"
                                          " WHERE m.out = 0 GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"))  # fmt: skip
    name = bench.members.get(number).name
    old = next(iter(bench.backups.files())).read_bytes()
    path = next(iter(bench.backups.files()))
    bench.forgetting.forget(number)
    bench.store.empty_log()
    bench.close()
    path.write_bytes(old)  # as it was before: the rewriting of backups aside
    path.with_name(f"{path.name}.sha256").unlink(missing_ok=True)
    with closing(sqlite3.connect(profile.file)) as conn:
        root = conn.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'message'").fetchone()[0]
    content = bytearray(profile.file.read_bytes())
    content[(root - 1) * 8192 : root * 8192] = bytes(8192)
    profile.file.write_bytes(content)
    done = repair(profile)
    assert done.from_backup > 0
    assert name not in members(profile)


def test_what_is_known_and_the_ways_are_said(profile: Profile) -> None:
    profile.file.write_bytes(bytes(8192) + profile.file.read_bytes()[8192:])
    with pytest.raises(DamagedFileError) as why:
        Workbench(profile)
    found = ways(profile, why.value)
    assert found.repair
    assert found.newest is not None
    assert not found.again
    assert "restore" not in found.why
    assert any("Its newest sound backup is of" in line for line in found.known)


def test_a_backup_counts_conversations_as_the_check_does(profile: Profile) -> None:
    newest = backup.newest(profile)
    assert newest is not None
    content = backup.seen(newest).content
    assert content is not None
    assert content.conversations == checkup.check_file(profile.file).conversations
    with closing(sqlite3.connect(profile.file)) as conn:
        assert conn.execute("SELECT count(*) FROM conversation WHERE joined_into IS NOT NULL").fetchone()[0] > 0
