"""What the person did, newest first, and taking it back."""

from __future__ import annotations

from collections.abc import Callable

from app.errors import UserError
from app.records import dataclass
from app.store.store import Store


@dataclass(frozen=True, slots=True)
class Action:
    """One thing done, as its toast says it."""

    id: int
    at: int
    title: str


class Actions:
    """The `action` table: undo that survives a restart."""

    def __init__(self, store: Store) -> None:
        """`undo_import` is set by whoever can take back a whole bringing-in."""
        self._store = store
        self.undo_import: Callable[[int], object] | None = None

    def last(self, count: int = 1) -> list[Action]:
        """The latest actions that still stand, newest first."""
        rows = self._store.read.execute(
            "SELECT id, at, title FROM action WHERE undone_at IS NULL ORDER BY id DESC LIMIT ?", (count,)
        )
        return [Action(*row) for row in rows]

    def undo(self, action_id: int | None = None) -> Action:
        """Take back that action, or the latest; returns what was taken back. UserError where nothing can be."""
        row = self._store.read.execute(
            "SELECT id, at, title, batch_id FROM action WHERE undone_at IS NULL"
            " AND id = coalesce(?, id) ORDER BY id DESC LIMIT 1",
            (action_id,),
        ).fetchone()
        if row is None:
            msg = "There is nothing to undo." if action_id is None else "That has been undone already."
            raise UserError(msg)
        with self._store.write():  # both or neither
            if row[3] is not None and self.undo_import is not None:
                self.undo_import(row[3])
            self._store.take_back(row[0])
        return Action(row[0], row[1], row[2])
