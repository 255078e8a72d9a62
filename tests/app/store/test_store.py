"""The file: private, refused untouched when it is not ours to open, whole when the disk refuses, shared with others."""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
import sys
import tempfile
import textwrap
import threading
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from app.base.errors import DamagedFileError, DiskError, NewerFileError, UserError
from app.store.changes import EVERYTHING, Changes
from app.store.header import APPLICATION_ID, LATEST
from app.store.sqlite import DatabaseError, OperationalError, connect
from app.store.store import Store

HOUSE = Path(__file__).parents[3]


def content(folder: Path) -> dict[str, tuple[str, int]]:
    """Everything in a folder: names, what is in them and when it was written."""
    return {
        str(path.relative_to(folder)): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def child(code: str, *given: object) -> subprocess.Popen[str]:
    """Another process of ours, that runs this code."""
    command = [sys.executable, "-c", textwrap.dedent(code), *map(str, given)]
    return subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True)


def labels(store: Store) -> list[str]:
    return [row[0] for row in store.read.execute("SELECT name FROM label ORDER BY id")]


def add_label(store: Store, name: str) -> None:
    with store.write() as conn:
        conn.execute("INSERT INTO label (name) VALUES (?)", (name,))


# --- the file


@pytest.mark.skipif(sys.platform == "win32", reason="has no file modes")
def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    store = Store(tmp_path / "profile" / "community.rapport")
    add_label(store, "a")
    found = {path.name: stat.S_IMODE(path.stat().st_mode) for path in store.path.parent.iterdir()}
    assert set(found) == {"community.rapport", "community.rapport-wal", "community.rapport-shm"}
    assert set(found.values()) == {0o600}
    assert stat.S_IMODE(store.path.parent.stat().st_mode) == 0o700
    store.close()


def test_it_is_marked_as_ours(store: Store) -> None:
    assert store.read.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    assert store.read.execute("PRAGMA user_version").fetchone()[0] == LATEST
    assert store.read.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_opening_again_changes_nothing(store: Store) -> None:
    store.close()
    before = content(store.path.parent)
    Store(store.path).close()
    assert content(store.path.parent) == before


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_a_newer_file_is_refused_untouched(store: Store, mode: str) -> None:
    add_label(store, "a")
    store.close()
    conn = connect(str(store.path))
    conn.execute(f"PRAGMA journal_mode = {mode}")
    conn.execute(f"PRAGMA user_version = {LATEST + 1}")
    conn.close()
    before = content(store.path.parent)
    with pytest.raises(NewerFileError, match="newer Rapport"):
        Store(store.path)
    assert content(store.path.parent) == before


def test_a_newer_file_is_refused_though_its_number_is_still_in_the_log(store: Store) -> None:
    with store.write() as conn:
        conn.execute(f"PRAGMA user_version = {LATEST + 1}")
    with pytest.raises(NewerFileError):
        Store(store.path)


@pytest.mark.parametrize("mark", [0, 4711])
def test_a_file_of_another_program_is_refused_untouched(tmp_path: Path, mark: int) -> None:
    path = tmp_path / "community.rapport"
    conn = connect(str(path))
    conn.execute("CREATE TABLE message (id INTEGER PRIMARY KEY)")
    conn.execute(f"PRAGMA application_id = {mark}")
    conn.close()
    with pytest.raises(DamagedFileError, match="another program"):
        Store(path)
    conn = connect(str(path))
    assert [row[0] for row in conn.execute("SELECT name FROM sqlite_schema")] == ["message"]
    conn.close()


def test_a_file_that_is_none_says_so_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "community.rapport"
    path.write_bytes(b"Dear diary, " * 1000)
    before = content(tmp_path)
    with pytest.raises(
        DamagedFileError, match=r"can't be read as a Rapport file\. `check --repair` saves .* There's no backup"
    ):
        Store(path)
    assert content(tmp_path) == before


def test_a_file_that_lost_all_it_held_is_no_empty_inbox(store: Store) -> None:
    store.close()
    store.path.write_bytes(b"")
    (store.path.parent / "backups").mkdir()
    (store.path.parent / "backups" / "community-2026-11-23-164000.rapport").write_bytes(b"x")
    with pytest.raises(DamagedFileError, match="it wasn't before"):
        Store(store.path)
    assert store.path.stat().st_size == 0


def test_damage_is_a_sentence_or_does_not_matter(store: Store) -> None:
    """Bytes are overwritten anywhere: opening, reading all and writing either works or is refused in one sentence."""
    for number in range(60):
        add_label(store, f"label {number}")
    store.close()
    whole, random = store.path.read_bytes(), Random(7)
    refused = 0
    for _ in range(60):
        damaged = bytearray(whole)
        start = random.randrange(len(damaged))
        damaged[start : start + random.choice((1, 16, 4096))] = random.randbytes(16)
        store.path.write_bytes(damaged[: random.choice((len(damaged), len(damaged) // 2, 700))])
        for ending in ("-wal", "-shm"):
            store.path.with_name(store.path.name + ending).unlink(missing_ok=True)
        try:
            again = Store(store.path)
        except UserError as why:
            assert str(why).endswith(".")  # noqa: PT017  either may happen
            refused += 1
            continue
        try:
            labels(again)
            with again.write() as conn:
                conn.execute("UPDATE label SET name = name || '!'")
        except (UserError, DatabaseError):
            refused += 1
        finally:
            again.close()
    assert refused > 10


# --- the disk


def test_a_folder_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "profile").write_text("")
    with pytest.raises(DiskError, match="isn't allowed to write to"):
        Store(tmp_path / "profile" / "community.rapport")


READ_ONLY = """
    import os, sys
    import tempfile  # nobody may not read where Python lies, if that is root's own
    from pathlib import Path
    import app.store.apart
    from app.base.errors import DiskError
    from app.store.store import Store
    if os.geteuid() == 0:
        os.seteuid(65534)
    try:
        store = Store(Path(sys.argv[1]))
        with store.write() as conn:
            conn.execute("INSERT INTO label (name) VALUES ('b')")
    except DiskError as why:
        print(why)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="has no file modes")
@pytest.mark.parametrize("there", [True, False])
def test_a_folder_that_may_not_be_written_is_one_sentence(tmp_path: Path, *, there: bool) -> None:
    folder = tmp_path / "profile"
    folder.mkdir()
    for place in (folder, *folder.parents):  # as root the child is nobody, who has to get there
        if place.samefile(tempfile.gettempdir()):
            break
        place.chmod(0o755)
    path = folder / "community.rapport"
    if there:
        Store(path).close()
        path.chmod(0o644)
    before = content(folder)
    folder.chmod(0o555)
    try:
        said = child(READ_ONLY, path).communicate()[0]
    finally:
        folder.chmod(0o755)
    assert said == f"Rapport isn't allowed to write to {folder}. Choose another folder or change its permissions.\n"
    assert content(folder) == before


FILLING = """
    import resource, signal, sys
    from pathlib import Path
    from app.base.errors import DiskError
    from app.store.store import Store
    store = Store(Path(sys.argv[1]))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
    number = 0
    try:
        while True:
            with store.write("More") as conn:
                conn.execute("INSERT INTO label (name) VALUES (?)", (f"{number:05}" + "x" * 5000,))
            number += 1
    except DiskError as why:
        print(number, why, flush=True)
    with store.write() as conn:  # a little goes in still, or is refused in a sentence: the store is usable
        conn.execute("SELECT 1")
    print(store.read.execute("SELECT count(*) FROM label").fetchone()[0])
    store.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="has no such limits")
def test_a_disk_that_takes_no_more_loses_nothing(store: Store) -> None:
    store.close()
    running = child(FILLING, store.path, 2_500_000)
    lines = running.communicate()[0].splitlines()
    assert running.returncode == 0
    count, said = lines[0].split(" ", 1)
    assert said.endswith(".")
    assert "isk" in said
    assert int(lines[1]) == int(count) > 20
    again = Store(store.path)
    assert len(labels(again)) == int(count)
    assert again.read.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    again.close()


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="root alone may mount a small disk")
def test_a_full_disk_is_one_sentence_and_nothing_is_lost(tmp_path: Path) -> None:
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("nothing may be mounted here")
    try:
        store = Store(place / "community.rapport")
        kept: list[str] = []
        with pytest.raises(DiskError, match=r"is full\. Free up some space and try again; nothing was lost\."):
            add_for_ever(store, kept)
        assert labels(store) == kept
        assert len(kept) > 20
        assert store.read.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        subprocess.run(["mount", "-o", "remount,size=12m", place], check=True)
        add_label(store, "there is room again")
        assert labels(store)[-1] == "there is room again"
        store.close()
        fill(place / "filler")
        with pytest.raises(DiskError, match="is full"):
            Store(place / "second" / "community.rapport")
    finally:
        subprocess.run(["umount", "-l", place], check=True)


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="root alone may mount a small disk")
@pytest.mark.parametrize("size", ["1m", "2m", "3m"])
def test_a_disk_without_room_for_a_new_file_is_named_and_nothing_is_left_on_it(tmp_path: Path, size: str) -> None:
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("nothing may be mounted here")
    try:
        with pytest.raises(DiskError, match=r"is full\. Free up some space and try again; nothing was lost\."):
            Store(place / "community.rapport")
        assert list(place.iterdir()) == []
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def add_for_ever(store: Store, kept: list[str]) -> None:
    while True:
        name = f"{len(kept):05}" + "x" * 20_000
        add_label(store, name)
        kept.append(name)


def fill(path: Path) -> None:
    with path.open("ab", buffering=0) as filler:
        while True:
            try:
                filler.write(b"x" * 4096)
            except OSError:
                return


def test_our_own_mistake_is_not_called_the_disks(store: Store) -> None:
    with pytest.raises(OperationalError, match="no such table"), store.write() as conn:
        conn.execute("INSERT INTO nowhere VALUES (1)")


# --- writing


def test_all_of_a_write_or_nothing(store: Store) -> None:
    with suppress(ZeroDivisionError), store.write("Two") as conn:
        conn.execute("INSERT INTO label (name) VALUES ('a')")
        raise ZeroDivisionError
    assert labels(store) == []
    assert store.last_action is None


def test_a_write_within_a_write_is_part_of_it(store: Store) -> None:
    heard: list[Changes] = []
    store.listen(heard.append)
    with store.write("Outer") as outer:
        outer.execute("INSERT INTO label (name) VALUES ('a')")
        with store.write("Inner") as inner:
            assert inner is outer
            inner.execute("INSERT INTO label (name) VALUES ('b')")
        assert heard == []
    assert len(heard) == 1
    titles = [row[0] for row in store.read.execute("SELECT title FROM action")]
    assert titles == ["Outer"]


def test_reading_connections_refuse_to_write(store: Store) -> None:
    with pytest.raises(OperationalError, match="readonly"):
        store.read.execute("INSERT INTO label (name) VALUES ('a')")


def test_every_thread_reads_by_itself_and_writes_in_turn(store: Store) -> None:
    seen: set[int] = set()

    def work(number: int) -> None:
        seen.add(id(store.read))
        for turn in range(20):
            add_label(store, f"{number}-{turn}")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(labels(store)) == 80
    assert len(seen) == 4


# --- two processes

WRITING = """
    import sys
    from pathlib import Path
    from app.store.store import Store
    store = Store(Path(sys.argv[1]))
    for number in range(int(sys.argv[3])):
        with store.write("From outside") as conn:
            conn.execute("INSERT INTO label (name) VALUES (?)", (f"{sys.argv[2]} {number}",))
    store.close()
"""


def test_two_processes_write_at_once_and_nothing_is_lost(store: Store) -> None:
    running = [child(WRITING, store.path, name, 60) for name in "ab"]
    for number in range(60):
        add_label(store, f"here {number}")
    assert [one.wait() for one in running] == [0, 0]
    for one in running:
        one.communicate()
    assert sorted(labels(store)) == sorted(f"{name} {number}" for name in ("a", "b", "here") for number in range(60))
    assert store.read.execute("SELECT count(*) FROM action").fetchone()[0] == 120


HOLDING = """
    import sys
    from pathlib import Path
    from app.store.store import Store
    with Store(Path(sys.argv[1])).write() as conn:
        print("held", flush=True)
        sys.stdin.read()
"""


def test_who_writes_too_long_is_one_sentence(store: Store) -> None:
    store.read.execute("SELECT 1")
    running = child(HOLDING, store.path)
    assert running.stdout is not None
    assert running.stdout.readline() == "held\n"
    add = store._open_writer()
    add.execute("PRAGMA busy_timeout = 100")
    with pytest.raises(DiskError, match="Another program is writing"):
        add_label(store, "a")
    running.communicate("")
    add_label(store, "b")
    assert labels(store) == ["b"]


def test_what_another_process_wrote_is_noticed_once(store: Store, heard: list[Changes]) -> None:
    child(WRITING, store.path, "a", 1).communicate()
    assert store.poll_other_processes()
    assert heard == [EVERYTHING]
    assert not store.poll_other_processes()
    add_label(store, "our own does not count")
    assert not store.poll_other_processes()
    assert len(heard) == 2
    child(WRITING, store.path, "b", 1).communicate()
    assert store.poll_other_processes()


def test_nobody_looks_around_while_a_write_is_under_way(store: Store) -> None:
    found: list[bool] = []
    with store.write():
        thread = threading.Thread(target=lambda: found.append(store.poll_other_processes()))
        thread.start()
        thread.join()
    assert found == [False]


# --- the write-ahead log


@pytest.mark.slow
def test_a_long_log_is_folded_into_the_file_beside_the_writes(store: Store) -> None:
    for name in range(6):
        with store.write() as conn:
            conn.executemany("INSERT INTO label (name) VALUES (?)", [(f"{name}-{n:0500}",) for n in range(4_000)])
    if folding := store._checkpointing:
        folding.join(10)
    add_label(store, "last")
    if folding := store._checkpointing:
        folding.join(10)
    assert store._checkpointing is None
    _, pages, folded = store.read.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
    assert pages - folded <= 1_000
    assert len(labels(store)) == 24_001
    store.close()
    assert [path.name for path in store.path.parent.iterdir() if path.name.startswith(store.path.name)] == [
        store.path.name
    ]


@pytest.mark.slow
def test_a_log_that_cannot_be_folded_loses_nothing(store: Store) -> None:
    reader = store.read
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM label").fetchone()  # the log may not be folded beyond what is read here
    for name in range(12):
        with store.write() as conn:
            conn.executemany("INSERT INTO label (name) VALUES (?)", [(f"{name}-{n:0500}",) for n in range(4_000)])
    assert reader.execute("SELECT count(*) FROM label").fetchone()[0] == 0
    reader.execute("COMMIT")
    assert reader.execute("SELECT count(*) FROM label").fetchone()[0] == 48_000
