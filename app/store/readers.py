"""Reading connections: one per thread, closed only while nothing reads from it.

The bindings don't stand for a connection that is closed while another thread is inside one of its statements: the
process crashes. So a connection counts its cursors. Once it is to end it hands out no more, and whoever gives the last
one back closes it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from app.store.failures import closed
from app.store.sqlite import Connection, Cursor, DatabaseError

_PATIENCE_SECONDS = 0.25  # what `Readers.close` lets statements run on by themselves; nearly all take less
_INTERRUPTED_SECONDS = 1.0  # and what it waits for those that it interrupted then


class Reader(Connection):  # type: ignore[misc]  # the binding has no types
    """A reading connection that can be told, from any thread, to close as soon as nothing reads from it."""

    def __init__(self, *args: Any, **settings: Any) -> None:  # noqa: ANN401  as `connect` passes them on
        """Take what `connect` takes."""
        self._lock = threading.RLock()  # an RLock, as the garbage collector may call ReadCursor.__del__ anywhere
        self._cursors = 0
        self._ending = False
        self.gone = threading.Event()
        super().__init__(*args, **settings)

    def cursor(self, factory: Any = None) -> ReadCursor:  # noqa: ANN401, ARG002  the base's; ours has to count
        """A cursor. Raises ClosedFileError once the connection is to end."""
        with self._lock:
            if self._ending:
                raise closed()
            made: ReadCursor = super().cursor(ReadCursor)
            made.reader = self
            self._cursors += 1
        return made

    def execute(self, sql: str, values: Any = (), /) -> Cursor:  # noqa: ANN401  any that SQLite binds
        """A cursor with the result. Raises ClosedFileError once the connection is to end."""
        try:
            return self.cursor().execute(sql, values)
        except DatabaseError as why:
            if self._ending:
                raise closed() from why
            raise

    def backup(self, target: Connection, **settings: Any) -> None:  # noqa: ANN401  as above
        """Copy the file; see sqlite3.Connection.backup."""
        held = self.cursor()  # counts as reading meanwhile
        super().backup(target, **settings)
        del held

    def close(self) -> None:
        """Close it now. Only for the thread that reads from it; other threads call `end`."""
        with self._lock:
            self._ending = True
            with suppress(DatabaseError):
                super().close()
            self.gone.set()

    def end(self) -> None:
        """Close it as soon as nothing reads from it; sets `gone` then. From any thread."""
        with self._lock:
            self._ending = True
            if not self._cursors and not self.gone.is_set():
                self.close()

    def stop_reading(self) -> None:
        """Interrupt the statement that runs, which fails. From any thread."""
        with self._lock:
            if not self.gone.is_set():
                self.interrupt()

    def give_back(self) -> None:
        """One cursor is gone."""
        with self._lock:
            self._cursors -= 1
            if self._ending:
                self.end()


class ReadCursor(Cursor):  # type: ignore[misc]  # as above
    """A cursor of a Reader; while there is one, its connection stays open."""

    reader: Reader | None = None

    def __del__(self) -> None:
        """Let go of the statement, and only then of the connection."""
        reader, self.reader = self.reader, None
        if reader is not None:
            with suppress(DatabaseError):  # closed by its own thread
                self.close()
            reader.give_back()


class _Held:
    """A thread's hold on its Reader, which ends with the thread."""

    def __init__(self, reader: Reader, generation: int) -> None:
        self.reader, self.generation = reader, generation
        self.is_left = False

    def __del__(self) -> None:
        if not self.is_left:
            self.reader.end()


class Readers:
    """The reading connections of one file."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        """`connect` opens one, a Reader."""
        self._connect = connect
        self._local = threading.local()
        self._all: set[Reader] = set()
        self._generation = 0
        self._lock = threading.RLock()
        self._closed = False

    def mine(self) -> Reader:
        """The calling thread's. Raises ClosedFileError after `close`, DiskError, DamagedFileError."""
        held: _Held | None = getattr(self._local, "held", None)
        return held.reader if held is not None and held.generation == self._generation else self._open(held)

    def _open(self, before: _Held | None) -> Reader:
        with self._lock:  # while the file is being opened it isn't closed and moved away: it would be created anew
            if self._closed:
                raise closed()
            reader: Reader = self._connect()
            self._all = {other for other in self._all if not other.gone.is_set()} | {reader}
            if before is not None:  # who called may still read from it: it closes when nobody has it any more
                before.is_left = True
                self._all.discard(before.reader)
            self._local.held = _Held(reader, self._generation)
        return reader

    def renew(self) -> None:
        """Let every thread open a new one when it reads next; those of now close once nobody has them any more."""
        with self._lock:
            self._generation += 1

    def close(self) -> bool:
        """Close all of them, and refuse new ones. Whoever reads just now may finish, or is interrupted after a while.

        Takes at most _PATIENCE_SECONDS + _INTERRUPTED_SECONDS. Returns whether all are closed; if not, each of the
        others closes when its thread lets go of what it was reading.
        """
        with self._lock:
            self._closed = True
            everyone, self._all = self._all, set()
            own: _Held | None = getattr(self._local, "held", None)
            self._local = threading.local()
        if own is not None:
            own.reader.close()  # this thread is here, so it isn't reading
        for reader in everyone:
            reader.end()
        late = _wait(everyone, _PATIENCE_SECONDS)
        for reader in late:
            reader.stop_reading()
        return not _wait(late, _INTERRUPTED_SECONDS)


def _wait(readers: set[Reader], seconds: float) -> set[Reader]:
    """Those that are not closed after so many seconds."""
    until = time.monotonic() + seconds
    return {reader for reader in readers if not reader.gone.wait(max(0.0, until - time.monotonic()))}
