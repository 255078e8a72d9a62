"""The `view` table: what the inbox lists, saved under a name, in the order of the rail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.base.errors import NotFoundError, UserError
from app.base.text import fold
from app.base.words import tr
from app.inbox.rows import Query
from app.store.store import Store

VIEW = "view-"
"""Before a view's id, in the name of its row in the rail."""
_MAX_NAME_CHARS = 40
_COLUMNS = (
    "v.id, v.name, v.words, v.state, v.account_id, coalesce((SELECT name FROM label WHERE id = v.label_id), '')"
    " FROM view v"
)


class View(NamedTuple):
    """A saved view: the words of its search ("" for none) and the filter around it."""

    id: int
    name: str
    words: str
    query: Query


class SavedViews:
    """The saved views, in the order of the rail. Each change is one undoable action."""

    def __init__(self, store: Store) -> None:
        """Thread-safe for reading."""
        self._store = store

    def every(self) -> list[View]:
        """All views, from the top."""
        rows = self._store.read.execute(f"SELECT {_COLUMNS} ORDER BY v.place, v.id")
        return [View(number, name, words, Query(state, account, label)) for number, name, words, state, account, label
                in rows]  # fmt: skip

    def get(self, number: int) -> View:
        """The view with this id. Raises NotFoundError."""
        found = next((view for view in self.every() if view.id == number), None)
        if found is None:
            raise NotFoundError(tr("That view is no longer there."))
        return found

    def add(self, typed: str, words: str, query: Query) -> int:
        """Save what the inbox lists under a name, last in the rail; its id.

        Raises UserError without a name, for a second view of that name, and for what cannot be saved.
        """
        name = self._free_name(typed)
        refuse_unsavable(words, query)
        with self._store.write(tr("Saved the view {name}").format(name=name)) as conn:
            made = conn.execute(
                "INSERT INTO view (name, words, state, account_id, label_id, place) VALUES (?, ?, ?, ?,"
                " (SELECT id FROM label WHERE name = ?), (SELECT coalesce(max(place), 0) + 1 FROM view))",
                (name, words.strip(), query.state, query.account_id, query.label),
            )
            return int(made.lastrowid or 0)

    def rename(self, number: int, typed: str) -> None:
        """Call a view something else. Raises UserError as `add` does."""
        view = self.get(number)
        name = self._free_name(typed, but=number)
        title = tr("Renamed the view {before} to {after}").format(before=view.name, after=name)
        with self._store.write(title) as conn:
            conn.execute("UPDATE view SET name = ? WHERE id = ?", (name, number))

    def move(self, number: int, by: int) -> bool:
        """Move a view so many places down (up, if negative); whether it moved."""
        order = [view.id for view in self.every()]
        place = order.index(self.get(number).id)
        there = min(max(place + by, 0), len(order) - 1)
        if there == place:
            return False
        order.insert(there, order.pop(place))
        with self._store.write(tr("Moved the view {name}").format(name=self.get(number).name)) as conn:
            conn.executemany("UPDATE view SET place = ? WHERE id = ?", [(at, one) for at, one in enumerate(order, 1)])
        return True

    def remove(self, number: int) -> View:
        """Remove a view, and nothing that it lists; returns what it was."""
        view = self.get(number)
        with self._store.write(tr("Removed the view {name}").format(name=view.name)) as conn:
            conn.execute("DELETE FROM view WHERE id = ?", (number,))
        return view

    def _free_name(self, typed: str, but: int = 0) -> str:
        name = " ".join(typed.split())
        if not name:
            raise UserError(tr("Give the view a name."))
        if len(name) > _MAX_NAME_CHARS:
            raise UserError(tr("A view's name has at most {count} characters.").format(count=_MAX_NAME_CHARS))
        if any(view.id != but and fold(view.name) == fold(name) for view in self.every()):
            raise UserError(tr("There's already a view “{name}”. Choose another name.").format(name=name))
        return name


def suggested_name(words: str, parts: Sequence[str]) -> str:
    """A name for what is listed: the words that are searched for and what narrows the list, cut to what fits."""
    return ", ".join(part for part in (words.strip(), *parts) if part)[:_MAX_NAME_CHARS]


def refuse_unsavable(words: str, query: Query) -> None:
    """Raise UserError for what no view can hold, or what the inbox lists anyway."""
    if query.beside is not None:
        msg = tr("The comments under one post can't be saved as a view. Search for its title instead.")
        raise UserError(msg)
    if query.member_id is not None:
        msg = tr("One member's conversations can't be saved as a view. Search with from: instead.")
        raise UserError(msg)
    if not words.strip() and query == Query():
        msg = tr("Search or filter the list first: then it can be saved as a view.")
        raise UserError(msg)
