"""Many rows written a few thousand at a time: others write in between, and together the pieces are one action."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from app.base import clock
from app.store import undo
from app.store.sqlite import Connection, scalar
from app.store.store import Store

Progress = Callable[[int, int], object]
"""Called with how much is done, and of how much."""
PIECE = 2_000
_PAUSE_SECONDS = 0.002  # so that whoever waits for the lock gets it


def nobody(_done: int, _total: int) -> None:
    """The progress that nobody looks at."""


class Pieces:
    """An action made of several transactions: it is undone as one."""

    def __init__(self, store: Store, title: str) -> None:
        """Nothing is written yet."""
        self._store, self._title = store, title
        self._action: int | None = None

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One piece: a transaction of its own, unless another one is open already."""
        if self._action is None:
            with self._store.write(self._title) as conn:
                self._action = undo.next_action(conn)
                yield conn
            return
        with self._store.write() as conn:
            if not self._is_there(conn):  # within a greater transaction, which records or not
                yield conn
                return
            undo.begin(conn)
            yield conn
            more = undo.finish_recording(conn, self._title, clock.now())
            if more is not None:
                last = "SELECT coalesce(max(step), -1) + 1 FROM action_step WHERE action_id = ?"
                undo.join(conn, more, self._action, int(scalar(conn, last, (self._action,))))

    def many(
        self, sql: str, rows: Sequence[tuple[object, ...]], check: Callable[[], object], progress: Progress
    ) -> None:
        """Execute it for each of the rows, a piece after the other; `check` is asked before each, and may raise."""
        for start in range(0, len(rows), PIECE):
            with self.transaction() as conn:
                check()
                conn.executemany(sql, rows[start : start + PIECE])
            progress(min(start + PIECE, len(rows)), len(rows))
            time.sleep(_PAUSE_SECONDS)

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """Take back all of it if the block fails."""
        try:
            yield
        except BaseException:
            self._take_back()
            raise

    def _take_back(self) -> None:
        if self._action is not None and self._is_there(self._store.read):
            self._store.undo_action(self._action)

    def _is_there(self, conn: Connection) -> bool:
        """Whether what was written so far is an action that stands."""
        found = "SELECT 1 FROM action WHERE id = ? AND title = ? AND undone_at IS NULL"
        return conn.execute(found, (self._action, self._title)).fetchone() is not None
