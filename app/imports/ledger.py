"""The record of an import: its row in `import_batch`, and the action that undoes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.base import clock
from app.base.words import tr
from app.imports.underway import Underway
from app.store import undo
from app.store.sqlite import Connection, scalar


class Ledger:
    """Counts an import's results in the transactions of its rows, so that the counts are right after a crash."""

    def __init__(self, file: str, kind: str, at: int | None = None) -> None:
        """Write nothing until the first chunk; `at` is when, in Unix seconds, if it is not now."""
        self._at = at
        self._file = file
        self._kind = kind
        self._steps = self._came = self._again = 0
        self._anew, self._keeps = False, 1
        self.repeated = 0
        """Rows of an earlier run of the same import that this one has read again."""
        self.mark: Underway | None = None
        self.batch: int | None = None
        self.action: int | None = None

    def resume(self, conn: Connection, batch: int) -> None:
        """Go on with an import that broke off: it stays one, with one action."""
        action = "SELECT id FROM action WHERE batch_id = ? AND undone_at IS NULL"
        steps = "SELECT coalesce(max(step) + 1, 0) FROM action_step WHERE action_id = ?"
        row = conn.execute(action, (batch,)).fetchone()
        self.batch, self.action = batch, None if row is None else int(row["id"])
        self._steps = int(scalar(conn, steps, (self.action,)))
        self._came = int(scalar(conn, "SELECT new FROM import_batch WHERE id = ?", (batch,)))
        self._anew = True  # rows that can't be read are read once more

    def read_again(self) -> None:
        """The rows that an earlier run has counted come once more; what it brought is not known for that."""
        self._keeps, self._again = 0, self._came

    def open(self, conn: Connection, account: int | None = None) -> int:
        """Return the batch's id; creates the row in the open transaction if needed."""
        if self.batch is None:
            made = conn.execute(
                "INSERT INTO import_batch (file, kind, account_id, at) VALUES (?, ?, ?, ?)",
                (self._file, self._kind, account, self._now()),
            )
            self.batch = made.lastrowid
            self._note(conn)
        return int(self.batch or 0)

    def count(self, conn: Connection, new: int, known: int, rejected: int = 0, *, touched: bool = False) -> None:
        """Add to the counts; the first new (or `touched`) row creates the undoable action."""
        if self._anew:
            sql = "UPDATE import_batch SET rejected = 0, known = known * ? WHERE id = ?"
            conn.execute(sql, (self._keeps, self.batch))
            self._anew = False
        again = min(known, self._again)
        self._again -= again
        self.repeated += again
        known -= again
        conn.execute(
            "UPDATE import_batch SET new = new + ?, known = known + ?, rejected = rejected + ? WHERE id = ?",
            (new, known, rejected, self.open(conn)),
        )
        self._note(conn)
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
        if self.mark is not None and self.batch is not None:
            self.mark.end(conn, self.batch)
        conn.execute("UPDATE import_batch SET finished_at = ? WHERE id = ?", (self._now(), self.batch))

    def _note(self, conn: Connection) -> None:
        if self.mark is not None and self.batch is not None:
            self.mark.write(conn, self.batch)

    def _now(self) -> int:
        return clock.now() if self._at is None else self._at
