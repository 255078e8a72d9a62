"""The record of one bringing-in: its row in `import_batch`, and the one action by which it is undone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.base import clock
from app.base.words import tr
from app.store import undo
from app.store.sqlite import Connection


class Ledger:
    """Counts what came of an import, in the transactions of its rows; after a crash it says how far it had come."""

    def __init__(self, file: str, kind: str) -> None:
        """Nothing is written before the first chunk."""
        self._file = file
        self._kind = kind
        self._steps = 0
        self.batch: int | None = None
        self.action: int | None = None

    def open(self, conn: Connection, account: int | None = None) -> int:
        """The batch's number, made in the open transaction when it is not there yet."""
        if self.batch is None:
            made = conn.execute(
                "INSERT INTO import_batch (file, kind, account_id, at) VALUES (?, ?, ?, ?)",
                (self._file, self._kind, account, clock.now()),
            )
            self.batch = made.lastrowid
        return int(self.batch or 0)

    def count(self, conn: Connection, new: int, known: int, rejected: int = 0, *, touched: bool = False) -> None:
        """Add to the counts; the first thing that is new (or `touched`) makes it an action that can be undone."""
        conn.execute(
            "UPDATE import_batch SET new = new + ?, known = known + ?, rejected = rejected + ? WHERE id = ?",
            (new, known, rejected, self.open(conn)),
        )
        if (new or touched) and self.action is None:
            self.action = undo.new_action(conn, tr("Imported {file}").format(file=self._file), clock.now(), self.batch)

    @contextmanager
    def keeping(self, conn: Connection, *, dry_run: bool = False) -> Iterator[None]:
        """Keep every row that the block touches as it was, as further steps of the one action."""
        if dry_run:
            yield
            return
        undo.begin(conn)
        yield
        kept = undo.keep(conn, self._file, clock.now())
        if kept is None:
            return
        self.count(conn, 0, 0, touched=True)
        if self.action is not None:
            self._steps += undo.join(conn, kept, self.action, self._steps)

    def finish(self, conn: Connection) -> None:
        """Say that the file has been read to its end."""
        conn.execute("UPDATE import_batch SET finished_at = ? WHERE id = ?", (clock.now(), self.batch))
