"""Lists of members that are kept under a name: what is typed to find them, asked anew each time."""

from __future__ import annotations

import json
from typing import NamedTuple

from app.base.errors import NotFoundError, UserError
from app.base.text import fold
from app.base.words import tr
from app.members.desk import Members
from app.store.store import Store

_MAX_NAME_CHARS = 60
_EVERYBODY = 10_000_000


class MemberList(NamedTuple):
    """A list that is kept; `words` are what is typed, `kind` a kind of member or ""."""

    id: int
    name: str
    words: str
    kind: str


class MemberLists:
    """The `member_list` table. Every change is one undoable action."""

    def __init__(self, store: Store, members: Members) -> None:
        """Thread-safe, as the store is."""
        self._store, self._members = store, members

    def every(self) -> list[MemberList]:
        """All of them, in the order in which they were kept."""
        rows = self._store.read.execute("SELECT id, name, asked FROM member_list ORDER BY position, id")
        return [_made(int(row["id"]), str(row["name"]), str(row["asked"])) for row in rows]

    def named(self, typed: str) -> MemberList:
        """The list of that name, whatever its capitals and accents. Raises NotFoundError."""
        found = next((one for one in self.every() if fold(one.name) == fold(typed.strip())), None)
        if found is None:
            raise NotFoundError(tr("There's no list “{name}”.").format(name=typed))
        return found

    def get(self, number: int) -> MemberList:
        """The list with this id. Raises NotFoundError."""
        found = next((one for one in self.every() if one.id == number), None)
        if found is None:
            raise NotFoundError(tr("That list is gone."))
        return found

    def numbers(self, kept: MemberList, by: str = "last") -> list[int]:
        """The ids of the members on it now, sorted as `Members.find` does."""
        return self._members.find(kept.words, _EVERYBODY, kept.kind, by)

    def add(self, name: str, words: str, kind: str = "") -> int:
        """Keep a list; returns its id. Raises UserError without a name, for one that is taken, or for unclear words."""
        name = " ".join(name.split())
        self._check(name)
        if not (words.strip() or kind):
            raise UserError(tr("Type what the list should find first, for example city:Brno."))
        problem = self._members.problem(words)
        if problem:
            raise UserError(problem)
        with self._store.write(tr("New list of members: {name}").format(name=name)) as conn:
            made = conn.execute(
                "INSERT INTO member_list (name, asked, position)"
                " SELECT ?, ?, coalesce(max(position), 0) + 1 FROM member_list",
                (name, json.dumps({"words": words.strip(), "kind": kind}, ensure_ascii=False)),
            )
            return int(made.lastrowid or 0)

    def rename(self, number: int, name: str) -> None:
        """Call it something else. Raises as `add`."""
        before, name = self.get(number), " ".join(name.split())
        if name == before.name:
            return
        self._check(name, number)
        title = tr("Renamed list: {before} is {name} now").format(before=before.name, name=name)
        with self._store.write(title) as conn:
            conn.execute("UPDATE member_list SET name = ? WHERE id = ?", (name, number))

    def remove(self, number: int) -> None:
        """Forget it; nothing changes for the members on it."""
        with self._store.write(tr("Removed list: {name}").format(name=self.get(number).name)) as conn:
            conn.execute("DELETE FROM member_list WHERE id = ?", (number,))

    def _check(self, name: str, number: int | None = None) -> None:
        if not name:
            raise UserError(tr("A list needs a name."))
        if len(name) > _MAX_NAME_CHARS:
            msg = tr("A list's name has at most {count} characters.").format(count=_MAX_NAME_CHARS)
            raise UserError(msg)
        same = next((one for one in self.every() if fold(one.name) == fold(name) and one.id != number), None)
        if same is not None:
            raise UserError(tr("There's a list “{name}” already.").format(name=same.name))


def _made(number: int, name: str, asked: str) -> MemberList:
    read = json.loads(asked)
    return MemberList(number, name, str(read.get("words", "")), str(read.get("kind", "")))
