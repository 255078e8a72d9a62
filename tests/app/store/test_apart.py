"""A file beside which nothing can be made is read with all that was confirmed, and nothing of it changes."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.base.errors import DiskError
from app.store import migrations, networks, obstacles
from app.store.changes import EVERYTHING, Changes
from app.store.connection import open_connection
from app.store.restore import replace_with
from app.store.sqlite import connect, scalar
from app.store.store import Store
from tests.disks import Disk

_NAMES = "SELECT name FROM member ORDER BY id"
_DIES = """
import os, sys
from pathlib import Path
from app.store.store import Store
store = Store(Path(sys.argv[1]))
for name in ("Ana", "Béla"):
    with store.write() as conn:
        conn.execute("INSERT INTO member (name, created_at) VALUES (?, 0)", (name,))
    if name == "Ana":
        store.empty_log()
os._exit(0)
"""


def add(store: Store, name: str) -> None:
    with store.write("Added") as conn:
        conn.execute("INSERT INTO member (name, created_at) VALUES (?, 0)", (name,))


def names(store: Store) -> list[str]:
    return [name for (name,) in store.read.execute(_NAMES)]


def _add_many(store: Store) -> None:
    for number in range(2_000):
        add(store, f"Member {number} {'x' * 500}")


def content(folder: Path) -> dict[str, str]:
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.iterdir()
        if not file.name.endswith("-shm") and file.stat().st_size  # SQLite begins those that it can't fill
    }


@pytest.fixture
def file(disk: Disk) -> Path:
    """A file with Ana in it, closed."""
    path = disk.path / "p" / "community.rapport"
    made = Store(path)
    add(made, "Ana")
    made.close()
    return path


@pytest.fixture
def left(disk: Disk) -> Path:
    """A file with Ana in it, and Béla in the log of a process that died; its shared memory is gone."""
    path = disk.path / "p" / "community.rapport"
    subprocess.run([sys.executable, "-c", _DIES, str(path)], check=True)
    path.with_name(f"{path.name}-shm").unlink()
    assert path.with_name(f"{path.name}-wal").stat().st_size
    return path


def _fill(disk: Disk) -> None:
    disk.fill()


def _seal(disk: Disk) -> None:
    disk.make_read_only()


@pytest.mark.parametrize("hinder", [_fill, _seal])
def test_what_was_confirmed_is_read_and_a_write_says_why_not(
    disk: Disk, file: Path, hinder: Callable[[Disk], None]
) -> None:
    hinder(disk)
    before = content(file.parent)
    with closing(Store(file)) as store:
        assert names(store) == ["Ana"]
        found = store.obstacle()
        assert found is not None
        with pytest.raises(DiskError) as refused:
            add(store, "Béla")
        assert str(refused.value) == found.sentence
        assert names(store) == ["Ana"]
    assert content(file.parent) == before


@pytest.mark.parametrize("hinder", [_fill, _seal])
def test_what_only_stands_in_the_log_is_read_too(disk: Disk, left: Path, hinder: Callable[[Disk], None]) -> None:
    hinder(disk)
    before = content(left.parent)
    with closing(Store(left)) as store:
        assert names(store) == ["Ana", "Béla"]
    assert content(left.parent) == before


def test_once_there_is_room_the_same_store_writes_and_says_so(disk: Disk, left: Path) -> None:
    disk.fill()
    heard: list[Changes] = []
    with closing(Store(left)) as store:
        store.listen(heard.append)
        reader = store.read
        assert not store.poll_other_processes()
        disk.make_room()
        assert store.poll_other_processes()
        assert heard == [EVERYTHING]
        assert store.obstacle() is None
        add(store, "Cyril")
        assert names(store) == ["Ana", "Béla", "Cyril"]
        assert store.read is not reader
        assert not store.poll_other_processes()


def test_a_write_needs_no_look_before_it(disk: Disk, file: Path) -> None:
    disk.fill()
    with closing(Store(file)) as store:
        disk.make_room()
        add(store, "Béla")
        assert names(store) == ["Ana", "Béla"]


def test_what_another_program_writes_meanwhile_is_read_by_whoever_reads_without_locks(disk: Disk, file: Path) -> None:
    disk.fill()
    with closing(Store(file)) as store:
        assert names(store) == ["Ana"]
        disk.make_room()
        with closing(Store(file)) as other:
            add(other, "Béla")
            assert names(store) == ["Ana", "Béla"]
        assert names(store) == ["Ana", "Béla"]  # its log is folded in


def test_a_disk_that_fills_up_while_the_file_is_open_is_told_and_mended(disk: Disk, file: Path) -> None:
    with closing(Store(file)) as store:
        add(store, "Béla")
        disk.fill()
        with pytest.raises(DiskError, match="is full"):
            _add_many(store)
        found = store.obstacle()
        assert found is not None
        assert found.kind == obstacles.FULL
        kept = names(store)
        disk.make_room()
        assert store.obstacle() is None
        add(store, "Cyril")
        assert names(store) == [*kept, "Cyril"]


def test_a_file_of_an_earlier_release_says_what_it_needs(disk: Disk) -> None:
    path = disk.path / "p" / "community.rapport"
    path.parent.mkdir()
    with closing(open_connection(path)) as conn:
        migrations.migrate_to(conn, 13)
    disk.fill()
    with pytest.raises(DiskError, match=r"is full.*has to be brought up to date"):
        Store(path)


def test_a_write_that_was_cut_off_is_not_read_as_confirmed(disk: Disk, file: Path) -> None:
    """A journal has to be rolled back first, which takes writing."""
    with closing(connect(str(file), isolation_level=None)) as conn:
        conn.execute("PRAGMA journal_mode = DELETE")
    file.with_name(f"{file.name}-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(600))
    disk.make_read_only()
    with pytest.raises(DiskError, match="can only be read"):
        Store(file)


def test_on_a_network_drive_the_file_is_only_read(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    add(store, "Ana")
    store.close()
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"40 22 0:45 / {store.path.parent} rw - nfs4 s:/x rw\n", encoding="utf-8")
    monkeypatch.setattr(networks.network_of, "__defaults__", (mounts,))
    before = content(store.path.parent)
    with closing(Store(store.path)) as shared:
        assert names(shared) == ["Ana"]
        found = shared.obstacle()
        assert found is not None
        assert found.kind == obstacles.NETWORK
        assert "network drive (NFS)" in found.sentence
        with pytest.raises(DiskError) as refused:
            add(shared, "Béla")
        assert str(refused.value) == found.sentence
        assert not shared.poll_other_processes()
    assert content(store.path.parent) == before
    assert not store.path.with_name(f"{store.path.name}-shm").exists()
    with pytest.raises(DiskError, match="network drive"):
        replace_with(store.path, lambda part: part.write_bytes(b""))
    with pytest.raises(DiskError, match="network drive"):
        Store(store.path.with_name("other.rapport"))
    assert not store.path.with_name("other.rapport").exists()


def test_reading_without_locks_ends_with_the_store(disk: Disk, left: Path) -> None:
    disk.make_read_only()
    store = Store(left)
    assert scalar(store.read, "SELECT count(*) FROM member") == 2
    store.close()
    with pytest.raises(DiskError):
        add(Store(left), "x")
