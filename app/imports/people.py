"""The sink for members from a table: matches them by address or handle, and updates them; blanks change nothing."""

from __future__ import annotations

from app.base import clock, text
from app.base.message import Author
from app.imports.ledger import Ledger
from app.imports.messages import CHUNK
from app.imports.rows import Person
from app.members import identities, records
from app.store.sqlite import Connection
from app.store.store import Store

NEW, CHANGED, KNOWN = "new", "changed", "known"


class _RollBack(Exception):
    """Rolls back the transaction of a dry run."""


class Persons:
    """Stores persons as members, in chunks; a dry run stores all of them in one transaction and rolls it back."""

    def __init__(self, store: Store, ledger: Ledger, *, dry_run: bool) -> None:
        """Members created by an earlier chunk of the file are known to later ones."""
        self._store, self._ledger, self._dry = store, ledger, dry_run
        self._waiting: list[Person] = []
        self.new = self.known = self.changed = 0

    def add(self, item: Person) -> None:
        """Add a person; stores the chunk once it is full. Raises UserError if the disk refuses."""
        self._waiting.append(item)
        if len(self._waiting) >= CHUNK and not self._dry:
            self.flush()

    def flush(self) -> None:
        """Store the pending chunk."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        try:
            with self._store.write() as conn:
                self._keep(conn, waiting)
                if self._dry:
                    raise _RollBack  # noqa: TRY301  the way to roll back
        except _RollBack:
            return

    def _keep(self, conn: Connection, persons: list[Person]) -> None:
        book = People(conn, None if self._dry else self._ledger.open(conn))
        with self._ledger.keeping(conn, dry_run=self._dry):
            outcomes = [book.take(person) for person in persons]
        new, changed = outcomes.count(NEW), outcomes.count(CHANGED)
        if not self._dry:
            self._ledger.count(conn, new, len(persons) - new)
        self.new += new
        self.known += len(persons) - new
        self.changed += changed


class People:
    """Writes persons as members in the open transaction of `conn`; `batch_id` marks the rows it creates."""

    def __init__(self, conn: Connection, batch_id: int | None) -> None:
        """Load name and phone of all members without any identity, which are matched by these."""
        self._conn = conn
        self._batch = batch_id
        self._now = clock.now()
        self._bare = {
            (text.fold(name), phone): int(number)
            for number, name, phone in conn.execute(
                "SELECT id, name, phone FROM member m WHERE merged_into IS NULL"
                " AND NOT EXISTS (SELECT 1 FROM identity i WHERE i.member_id = m.id)"
            )
        }

    def take(self, person: Person) -> str:
        """Store a person; returns NEW, CHANGED or KNOWN. Values replace ours, notes are added, blanks are ignored."""
        member = self._find(person)
        if member is None:
            self._add(person)
            return NEW
        changed = self._fill(member, person)
        added = self._identities(member, person)
        if added or changed:
            records.reindex(self._conn, member)
        return CHANGED if added or changed else KNOWN

    def _find(self, person: Person) -> int | None:
        for kind, key, _ in _keys(person):
            row = self._conn.execute(
                "SELECT member_id FROM identity WHERE kind = ? AND key = ?", (kind, key)
            ).fetchone()
            if row:
                return int(row["member_id"])
        if _keys(person):
            return None
        return self._bare.get(_bare_key(person))

    def _add(self, person: Person) -> None:
        columns = {**person.columns, "note": person.note, "batch_id": self._batch, "created_at": self._now}
        member = records.insert(self._conn, columns)
        self._identities(member, person)
        if not _keys(person):
            self._bare[_bare_key(person)] = member
        records.reindex(self._conn, member)

    def _fill(self, member: int, person: Person) -> bool:
        names = [*person.columns, "note"]
        row = self._conn.execute(f"SELECT {', '.join(names)} FROM member WHERE id = ?", (member,)).fetchone()
        ours = dict(zip(names, row, strict=True))
        wanted = dict(person.columns)
        if wanted["name"] in (person.email, person.columns.get("email")):
            del wanted["name"]  # keep our name rather than an address
        if person.note and person.note not in ours["note"]:
            wanted["note"] = f"{ours['note']}\n{person.note}".strip()
        new = {column: value for column, value in wanted.items() if ours[column] != value}
        if not new:
            return False
        records.change(self._conn, member, new)
        return True

    def _identities(self, member: int, person: Person) -> bool:
        added = False
        for kind, key, handle in _keys(person):
            author = Author(key, handle, person.columns["name"])
            added |= identities.add(self._conn, kind, author, member, self._batch)
        return added


def _keys(person: Person) -> list[tuple[str, str, str]]:
    """Return (kind, key, handle as shown) of everything that identifies the person."""
    keys = [("email", person.email, person.columns.get("email", ""))] if person.email else []
    return keys + [(kind, text.fold(handle.lstrip("@")), handle) for kind, handle in person.handles.items()]


def _bare_key(person: Person) -> tuple[str, str]:
    return text.fold(person.columns["name"]), person.columns.get("phone", "")
