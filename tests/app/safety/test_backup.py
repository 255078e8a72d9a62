"""Backups are whole, private and checked; the check finds what is wrong."""

from __future__ import annotations

import hashlib
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.base.errors import DamagedFileError, DiskError, NotFoundError
from app.base.paths import Profile
from app.safety import backup, checkup
from app.store import header, migrations
from app.store.connection import open_connection
from app.store.header import LATEST
from app.store.store import Store
from app.workbench import Workbench


@pytest.fixture
def bench(demo_profile: Profile) -> Iterator[Workbench]:
    """The demo community, open."""
    made = Workbench(demo_profile)
    yield made
    made.close()


def test_a_backup_is_the_whole_file_at_one_instant(bench: Workbench, tmp_path: Path) -> None:
    made = backup.make(bench.store, bench.profile)
    assert made.file.parent == bench.profile.backups
    assert hashlib.sha256(made.file.read_bytes()).hexdigest() == made.sha256
    assert made.manifest.read_text() == f"{made.sha256}  {made.file.name}\n"
    for file in (made.file, made.manifest):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {path.suffix for path in bench.profile.backups.iterdir()} == {".rapport", ".sha256"}
    again = Profile(tmp_path / "again")
    again.folder.mkdir()
    again.file.write_bytes(made.file.read_bytes())
    other = Workbench(again)
    assert other.inbox.counts() == bench.inbox.counts()
    other.close()


def test_a_backup_under_writes_is_sound(bench: Workbench, tmp_path: Path) -> None:
    with bench.store.write() as conn:
        conn.execute("UPDATE member SET note = 'half done'")
        made = backup.make(bench.store, bench.profile, tmp_path / "copy.rapport")
    found = checkup.check_file(made.file)
    assert found.sound
    conn = open_connection(made.file, writable=False)
    assert conn.execute("SELECT count(*) FROM member WHERE note = 'half done'").fetchone()[0] == 0
    conn.close()


def test_a_backup_does_not_replace_a_file(bench: Workbench, tmp_path: Path) -> None:
    target = tmp_path / "mine"
    target.write_text("precious")
    with pytest.raises(DiskError, match="won't be replaced"):
        backup.make(bench.store, bench.profile, target)
    assert target.read_text() == "precious"


def test_a_backup_to_nowhere_is_one_sentence(bench: Workbench, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DiskError):
        backup.make(bench.store, bench.profile, tmp_path / "file" / "copy.rapport")


def test_two_backups_in_a_second_have_two_names(bench: Workbench) -> None:
    assert backup.make(bench.store, bench.profile).file != backup.make(bench.store, bench.profile).file


def test_a_damaged_file_is_not_copied_as_if_it_were_whole(bench: Workbench, tmp_path: Path) -> None:
    bench.close()
    damage(bench.profile.file)
    store = Store(bench.profile.file)
    with pytest.raises((DamagedFileError, DiskError)):
        backup.make(store, bench.profile, tmp_path / "copy.rapport")
    store.close()
    assert not (tmp_path / "copy.rapport").exists()
    assert [path.name for path in tmp_path.iterdir() if "copy" in path.name] == []


def damage(file: Path) -> None:
    """Overwrite the pages around a message's words: the schema stays whole, so that the file can be opened."""
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as conn:
        (words,) = conn.execute("SELECT text FROM message WHERE length(text) < 500 ORDER BY id DESC LIMIT 1").fetchone()
    content = bytearray(file.read_bytes())
    page = content.index(words.encode()) // 4096 * 4096
    content[page : page + 4096] = b"\xa5" * 4096
    file.write_bytes(bytes(content))


@pytest.mark.usefixtures("demo_profile")
def test_a_verified_copy_stands_before_a_migration(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = LATEST, LATEST + 1
    monkeypatch.setattr(header, "LATEST", after)
    monkeypatch.setattr(migrations, "migrate", lambda conn: conn.execute(f"PRAGMA user_version = {after}"))
    Store(profile.file).close()
    (copy,) = profile.backups.glob("*.rapport")
    conn = open_connection(copy)
    assert migrations.version(conn) == before
    conn.close()
    assert checkup.check_file(copy).sound


def test_a_new_file_needs_no_copy(profile: Profile) -> None:
    Store(profile.file).close()
    assert not profile.backups.exists()


WRONG = {
    "tally": "UPDATE tally SET n = n + 1 WHERE n > 0",
    "conversations": "UPDATE conversation SET messages = messages + 1 WHERE id = (SELECT min(id) FROM conversation)",
    "last message": "UPDATE conversation SET last_out = NOT last_out WHERE id = (SELECT min(id) FROM conversation)",
    "messages": "UPDATE message SET account_id = account_id % 8 + 1 WHERE id = (SELECT min(id) FROM message)",
    "outbox": "INSERT INTO outbox (key, account_id, conversation_id, text, state, created_at, held_until)"
    " SELECT 'k', account_id, id, 'x', 'sent', 1, 1 FROM conversation LIMIT 1",
    "search": "INSERT INTO message_index (rowid, words) VALUES (12, 'nowhere')",
    "gifts": "UPDATE gift SET worth = -1 WHERE id = (SELECT min(id) FROM gift)",
    "file": "PRAGMA foreign_keys = OFF",
}


def test_the_demo_is_sound(bench: Workbench) -> None:
    found = checkup.check_file(bench.profile.file)
    assert found.sound, found.faults
    assert found.messages > 500


@pytest.mark.parametrize("rule", WRONG)
def test_each_rule_finds_its_fault(bench: Workbench, rule: str) -> None:
    conn = open_connection(bench.profile.file)
    conn.execute(WRONG[rule])
    if rule == "file":
        conn.execute("DELETE FROM account WHERE id = 1")
    conn.close()
    found = checkup.check_file(bench.profile.file)
    assert rule in {fault.rule for fault in found.faults}


def test_a_message_that_search_lost_is_found(bench: Workbench) -> None:
    conn = open_connection(bench.profile.file)
    conn.execute("UPDATE message SET id = id + 1000000 WHERE id = (SELECT max(id) FROM message)")
    conn.close()
    assert any("search can't find" in fault.what for fault in checkup.check_file(bench.profile.file).faults)


def test_damaged_pages_are_told_and_not_a_crash(bench: Workbench) -> None:
    bench.close()
    damage(bench.profile.file)
    assert not checkup.check_file(bench.profile.file).sound


def test_a_file_that_others_may_read_is_told(bench: Workbench) -> None:
    bench.profile.file.chmod(0o644)
    assert [fault.rule for fault in checkup.check_file(bench.profile.file).faults] == ["privacy"]


def test_nothing_to_check_is_said(profile: Profile) -> None:
    with pytest.raises(NotFoundError, match="no community"):
        checkup.check_file(profile.file)
