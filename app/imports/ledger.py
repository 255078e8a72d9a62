"""The record of an import: its row in `import_batch`, and the action that undoes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.base import clock
from app.base.words import tr
from app.store import undo
from app.store.sqlite import Connection


class Ledger:
    """Counts an import's results in the transactions of its rows, so that the counts are right after a crash."""

    def __init__(self, file: str, kind: str, at: int | None = None) -> None:
        """Write nothing until the first chunk; `at` is when, in Unix seconds, if it is not now."""
        self._at = at
        self._file = file
        self._kind = kind
        self._steps = 0
        self.batch: int | None = None
        self.action: int | None = None

    def open(self, conn: Connection, account: int | None = None) -> int:
        """Return the batch's id; creates the row in the open transaction if needed."""
        if self.batch is None:
            made = conn.execute(
                "INSERT INTO import_batch (file, kind, account_id, at) VALUES (?, ?, ?, ?)",
                (self._file, self._kind, account, self._now()),
            )
            self.batch = made.lastrowid
        return int(self.batch or 0)

    def count(self, conn: Connection, new: int, known: int, rejected: int = 0, *, touched: bool = False) -> None:
        """Add to the counts; the first new (or `touched`) row creates the undoable action."""
        conn.execute(
            "UPDATE import_batch SET new = new + ?, known = known + ?, rejected = rejected + ? WHERE id = ?",
            (new, known, rejected, self.open(conn)),
        )
        if (new or touched) and self.action is None:
            self.action = undo.new_action(conn, tr("Imported {file}").format(file=self._file), self._now(), self.batch)

    @contextmanager
    def keeping(self, conn: Connection, *, dry_run: bool = False) -> Iterator[None]:
        """Record the before-images of all rows changed within the block as further steps of the action."""
        if dry_run:
            yield
            return
        undo.begin(conn)
        yield
        kept = undo.finish_recording(conn, self._file, self._now())
        if kept is None:
            return
        self.count(conn, 0, 0, touched=True)
        if self.action is not None:
            self._steps += undo.join(conn, kept, self.action, self._steps)

    def finish(self, conn: Connection) -> None:
        """Mark the file as read to its end."""
        conn.execute("UPDATE import_batch SET finished_at = ? WHERE id = ?", (self._now(), self.batch))

    def _now(self) -> int:
        return clock.now() if self._at is None else self._at
