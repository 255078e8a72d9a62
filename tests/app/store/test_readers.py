"""Closing the file while other threads read: no crash, no stall, nothing left beside the file."""

from __future__ import annotations

import gc
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.base.errors import ClosedFileError, UserError
from app.store.backup import copy as copy_file
from app.store.failures import as_sentence
from app.store.readers import Reader
from app.store.sqlite import OperationalError
from app.store.store import Store

HOUSE = Path(__file__).parents[3]
_ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"

# In another process: where SQLite crashes, the whole process ends. Each thread reads in another way, again and again.
CLOSING = """
    import os, sys, threading, time
    from pathlib import Path
    from app.base.errors import ClosedFileError
    from app.store.store import Store

    path = Path(sys.argv[1])

    def all_rows(store):
        store.read.execute("SELECT name FROM label").fetchall()

    def some_rows(store):
        for number, _ in enumerate(store.read.execute("SELECT name FROM label")):
            if number == 70:
                break

    def one_row(store):
        store.read.execute("SELECT count(*) FROM label a, label b WHERE a.name < b.name").fetchone()

    def chunks(store):
        cursor = store.read.cursor()
        cursor.execute("SELECT name FROM label")
        while cursor.fetchmany(50):
            pass

    def write(store):
        all_rows(store)
        with store.write() as conn:
            conn.execute("UPDATE label SET name = name || 'x' WHERE id = 1")

    def work(store, way, ended):
        try:
            while True:
                way(store)
        except ClosedFileError:
            ended.append(way)

    for turn in range(60):
        store = Store(path)
        ended = []
        ways = (all_rows, some_rows, one_row, chunks, write, some_rows, some_rows, chunks)
        threads = [threading.Thread(target=work, args=(store, way, ended)) for way in ways]
        for thread in threads:
            thread.start()
        time.sleep(turn % 10 / 500)
        store.close()
        left = os.listdir(path.parent)
        for thread in threads:
            thread.join()
        assert len(ended) == len(ways), ended
        assert left == [path.name], left
    print("whole")
"""


@pytest.mark.slow
def test_closing_while_others_read_crashes_nothing(store: Store) -> None:
    with store.write() as conn:
        conn.executemany("INSERT INTO label (name) VALUES (?)", [(f"label {number}",) for number in range(300)])
    store.close()
    command = [sys.executable, "-c", textwrap.dedent(CLOSING), str(store.path)]
    ran = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=False, timeout=240)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "whole\n", "")


def _beside(work: Callable[[], object]) -> tuple[threading.Thread, list[BaseException | object]]:
    """Run it on another thread; the thread, and what came of it."""
    outcome: list[BaseException | object] = []

    def run() -> None:
        try:
            outcome.append(work())
        except (UserError, OperationalError) as why:
            outcome.append(why)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, outcome


def test_a_thread_that_ends_closes_its_connection(store: Store) -> None:
    thread, outcome = _beside(lambda: store.read.execute("SELECT 1").fetchone() and store.read)
    thread.join()
    (reader,) = outcome
    assert isinstance(reader, Reader)
    assert reader.gone.is_set()


def test_who_reads_briefly_may_finish(store: Store) -> None:
    """`close` waits for the rest of the rows, and no more statements begin."""
    begun, go = threading.Event(), threading.Event()

    def read() -> list[int]:
        conn = store.read
        rows = conn.execute(f"{_ENDLESS} LIMIT 3")
        first = next(rows)[0]
        begun.set()
        assert go.wait(60)
        found = [first, *(number for (number,) in rows)]
        del rows
        with pytest.raises(ClosedFileError):
            conn.execute("SELECT 1")
        return found

    thread, outcome = _beside(read)
    assert begun.wait(10)
    threading.Timer(0.1, go.set).start()
    store.close()
    thread.join()
    assert outcome == [[1, 2, 3]]
    assert [path.name for path in store.path.parent.iterdir()] == [store.path.name]


@pytest.mark.slow
@pytest.mark.parametrize("many", [True, False])
def test_who_reads_on_and_on_is_interrupted(store: Store, *, many: bool) -> None:
    begun = threading.Event()

    def read() -> object:
        if not many:
            begun.set()
            return store.read.execute(_ENDLESS.replace("SELECT i FROM", "SELECT max(i) FROM")).fetchone()
        for _ in store.read.execute(_ENDLESS):
            begun.set()
        return None

    thread, outcome = _beside(read)
    assert begun.wait(10)
    time.sleep(0.02)
    start = time.monotonic()
    store.close()
    assert time.monotonic() - start < 30
    thread.join(10)
    assert not thread.is_alive()
    (why,) = outcome
    assert isinstance(why, Exception)
    said = why if isinstance(why, UserError) else as_sentence(why, store.path)
    assert isinstance(said, ClosedFileError)
    assert str(said) == "The file has been closed."


@pytest.mark.slow
def test_who_does_not_let_go_is_not_waited_for_and_closes_later(store: Store) -> None:
    begun, go = threading.Event(), threading.Event()

    def read() -> object:
        rows = store.read.execute(f"{_ENDLESS} LIMIT 3")
        next(rows)
        begun.set()
        assert go.wait(60)
        return store

    with store.write() as conn:
        conn.execute("INSERT INTO label (name) VALUES ('kept')")
    thread, outcome = _beside(read)
    assert begun.wait(10)
    start = time.monotonic()
    store.close()
    assert time.monotonic() - start < 30
    log = store.path.with_name(store.path.name + "-wal")
    assert log.exists()
    assert b"kept" in store.path.read_bytes()  # checkpointed all the same
    go.set()
    thread.join(10)
    assert outcome == [store]
    assert not log.exists()


@pytest.mark.slow
def test_own_rows_that_are_half_read_do_not_hold_closing_up(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.store.readers._PATIENCE_SECONDS", 60.0)
    rows = store.read.execute(f"{_ENDLESS} LIMIT 3")
    next(rows)
    start = time.monotonic()
    store.close()
    assert time.monotonic() - start < 5
    del rows
    gc.collect()


def test_who_comes_too_late_is_told_so(store: Store) -> None:
    conn = store.read
    store.close()
    store.close()
    for read in (lambda: store.read, lambda: conn.execute("SELECT 1"), conn.cursor):
        with pytest.raises(ClosedFileError, match=r"The file has been closed\."):
            read()
    with pytest.raises(ClosedFileError), store.write():
        pass
    thread, outcome = _beside(lambda: store.read)
    thread.join()
    assert isinstance(outcome[0], ClosedFileError)
    assert not store.poll_other_processes()


def test_a_copy_that_is_being_made_is_reading(store: Store, tmp_path: Path) -> None:
    copy_file(store.read, tmp_path / "copies" / "copy.rapport")
    copy = Store(tmp_path / "copies" / "copy.rapport")
    assert copy.read.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    copy.close()
