"""Whoever waits for another program to end its write holds up nobody else meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from app.base.errors import DiskError
from app.store import turns
from app.store.sqlite import connect, scalar
from app.store.store import Store

_BUSY = "Another program is writing to"


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Another connection, as of another program, is in the middle of a write."""
    with closing(connect(str(path), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def put(store: Store, value: str) -> None:
    with store.write() as conn:
        conn.execute("INSERT INTO setting (key, value) VALUES (?, '1')", (value,))


@pytest.fixture
def hurried(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(turns, "_HURRIED_SECONDS", 0.2)
    store.hurry_here()
    put(store, "first")
    return store


def test_the_window_is_told_soon_and_the_second_time_at_once(hurried: Store) -> None:
    with held(hurried.path):
        for most in (turns._PATIENCE_SECONDS / 2, turns._PATIENCE_SECONDS / 4):
            began = time.monotonic()
            with pytest.raises(DiskError, match=_BUSY):
                put(hurried, "x")
            assert time.monotonic() - began < most
        assert scalar(hurried.read, "SELECT count(*) FROM setting WHERE key = 'first'") == 1
        assert hurried.obstacle() is None
    put(hurried, "second")
    assert not hurried._turn._in_vain


def test_a_worker_that_waits_holds_up_neither_reading_nor_the_window(
    hurried: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = threading.Event()
    monkeypatch.setattr(time, "sleep", lambda _seconds: waits.set())
    worker = threading.Thread(target=put, args=(hurried, "worker"))
    with held(hurried.path):
        worker.start()
        assert waits.wait(10)
        with pytest.raises(DiskError, match=_BUSY):
            put(hurried, "window")
        assert worker.is_alive()
        assert scalar(hurried.read, "SELECT count(*) FROM setting WHERE key = 'first'") == 1
    worker.join(20)
    assert scalar(hurried.read, "SELECT count(*) FROM setting WHERE key = 'worker'") == 1


def test_others_wait_for_as_long_as_before(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, "first")
    monkeypatch.setattr(turns, "_PATIENCE_SECONDS", 0.3)
    with held(store.path), pytest.raises(DiskError, match=_BUSY):
        put(store, "x")
    put(store, "second")


def test_a_write_within_a_write_joins_it(store: Store) -> None:
    with store.write() as conn:
        put(store, "inner")
        assert scalar(conn, "SELECT count(*) FROM setting WHERE key = 'inner'") == 1
