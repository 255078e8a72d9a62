"""The sink for members from a table: matches them by address or handle, and updates them; blanks change nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.base import clock, phones, text
from app.base.addresses import address_key
from app.base.message import Author
from app.channels.registry import channel
from app.imports import updating
from app.imports.ledger import Ledger
from app.imports.mapping import ON
from app.imports.messages import CHUNK
from app.imports.rows import Person
from app.imports.shapes import FieldChange
from app.members import identities, records
from app.store.sqlite import Connection
from app.store.store import Store

NEW, CHANGED, KNOWN = "new", "changed", "known"
MOST_CHANGES = 500
"""Of so many changed fields a preview tells the old and the new value."""

_COMPARED = (
    "name", "phone", "email", "company", "job_title", "website", "city", "country", "address_1", "address_2",
    "postal_code", "language",
)  # fmt: skip
_BARE = f"SELECT id, note, {', '.join(_COMPARED)} FROM member m WHERE merged_into IS NULL"


class _RollBack(Exception):
    """Rolls back the transaction of a dry run."""


class Persons:
    """Stores persons as members, in chunks; a dry run stores all of them in one transaction and rolls it back."""

    def __init__(self, store: Store, ledger: Ledger, *, dry_run: bool) -> None:
        """Members created by an earlier chunk of the file are known to later ones."""
        self._store, self._ledger, self._dry = store, ledger, dry_run
        self._waiting: list[Person] = []
        self.new = self.known = self.changed = self.doubles = 0
        self.changes: list[FieldChange] = []
        self.remarks: tuple[str, ...] = ()

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
        self.changes += book.changes[: MOST_CHANGES - len(self.changes)]


@dataclass(frozen=True, slots=True)
class _Bare:
    """A member without an identity, as a row of a table describes one."""

    number: int
    columns: Mapping[str, str]
    note: str

    def is_described_by(self, person: Person) -> bool:
        """Whether a row of that name is about them: by their telephone number, or by everything that it says.

        Two people may share a name. A row that says less, or anything else, is somebody of their own.
        """
        phone = person.columns.get("phone", "")
        if phone:
            return phones.is_same(phone, self.columns["phone"])
        same = all(person.columns.get(column, "") == self.columns[column] for column in _COMPARED if column != "name")
        return same and (person.note == self.note or (bool(person.note) and person.note in self.note.split("\n")))


class People:
    """Writes persons as members in the open transaction of `conn`; `batch_id` marks the rows it creates."""

    def __init__(self, conn: Connection, batch_id: int | None) -> None:
        """Load all members without any identity: a row is one of them only if the whole of it says so."""
        self._conn = conn
        self._batch = batch_id
        self._now = clock.now()
        self._by_name: dict[str, list[int]] = {}
        self.changes: list[FieldChange] = []
        self.added: list[tuple[str, str]] = []
        self._bare: dict[str, list[_Bare]] = {}
        for row in conn.execute(f"{_BARE} AND NOT EXISTS (SELECT 1 FROM identity i WHERE i.member_id = m.id)"):
            self._remember(row["id"], {column: row[column] for column in _COMPARED}, row["note"])

    def take(self, person: Person) -> str:
        """Store a person; returns NEW, CHANGED or KNOWN. Values replace ours, notes are added, blanks are ignored."""
        member = self._find(person)
        if member is None:
            self._add(person)
            return NEW
        changed = self._fill(member, person)
        before = len(self.added)
        added = self._identities(member, person)
        if added:
            name = str(self._conn.execute("SELECT name FROM member WHERE id = ?", (member,)).fetchone()["name"])
            self.changes += [FieldChange(name, _field(kind), "", handle) for kind, handle in self.added[before:]]
        if added or changed:
            records.reindex(self._conn, member)
        return CHANGED if added or changed else KNOWN

    def named(self, person: Person) -> tuple[int, bool]:
        """Return the id of the member whom a row names, and whether they are new; nobody's card is changed.

        A name alone is that of the only member who has it.
        """
        member = self._find(person)
        if member is None and not _keys(person):
            member = self._only_one(person.columns["name"])
        if member is not None:
            return member, False
        return self._add(person), True

    def _only_one(self, name: str) -> int | None:
        if not self._by_name:
            for row in self._conn.execute("SELECT id, name FROM member WHERE merged_into IS NULL"):
                self._by_name.setdefault(text.fold(row["name"]), []).append(row["id"])
        found = self._by_name.get(text.fold(name), [])
        return found[0] if len(found) == 1 else None

    def _remember(self, number: int, columns: Mapping[str, str], note: str) -> None:
        """Remember a member without an identity, to be met again by another row."""
        self._bare.setdefault(text.fold(columns["name"]), []).append(_Bare(number, columns, note))

    def _find(self, person: Person) -> int | None:
        number = self._numbered(person)
        if number is not None:
            return number
        for index, (kind, key, _) in enumerate(_keys(person)):
            row = self._conn.execute(
                "SELECT i.member_id, m.name FROM identity i JOIN member m ON m.id = i.member_id"
                " WHERE i.kind = ? AND i.key = ?",
                (kind, key),
            ).fetchone()
            # Two people may share a second address, such as a family's: that one alone makes nobody another person.
            # A member known by their address alone has no name that could differ.
            alike = row and ("@" in row["name"] or text.fold(row["name"]) == text.fold(person.columns["name"]))
            if row and (index == 0 or alike):
                return int(row["member_id"])
        if _keys(person):
            return None
        nameless = self._bare.get(text.fold(person.columns["name"]), ())
        return next((bare.number for bare in nameless if bare.is_described_by(person)), None)

    def _numbered(self, person: Person) -> int | None:
        """The member whose id the row bears, if it bears their name too; merges are followed."""
        number = person.number
        while number is not None:
            row = self._conn.execute("SELECT name, merged_into FROM member WHERE id = ?", (number,)).fetchone()
            if row is None:
                return None
            if row["merged_into"] is None:
                if text.fold(row["name"]) == text.fold(person.columns["name"]):
                    return number
                return None
            number = row["merged_into"]
        return None

    def _add(self, person: Person) -> int:
        columns: dict[str, Any] = {
            **person.columns, "note": person.note, "batch_id": self._batch, "created_at": self._now,
        }  # fmt: skip
        member = records.insert(self._conn, columns)
        self._identities(member, person)
        if not _keys(person):
            self._remember(member, {column: person.columns.get(column, "") for column in _COMPARED}, person.note)
        if self._by_name:
            self._by_name.setdefault(text.fold(columns["name"]), []).append(member)
        records.reindex(self._conn, member)
        return member

    def _fill(self, member: int, person: Person) -> bool:
        names = [*person.columns, "note"]
        row = self._conn.execute(f"SELECT {', '.join(names)} FROM member WHERE id = ?", (member,)).fetchone()
        ours = dict(zip(names, row, strict=True))
        new = updating.changed(ours, person)
        if not new:
            return False
        records.change(self._conn, member, new)
        self.changes += [FieldChange(ours["name"], column, ours[column], value) for column, value in new.items()]
        return True

    def _identities(self, member: int, person: Person) -> bool:
        added = False
        for kind, key, handle in _keys(person):
            author = Author(key, handle, person.columns["name"])
            if identities.add(self._conn, kind, author, member, self._batch):
                added = True
                self.added.append((kind, handle))
        return added


def _keys(person: Person) -> list[tuple[str, str, str]]:
    """Return (kind, key, handle as shown) of everything that identifies the person."""
    keys = [("email", address_key(address), address) for address in person.addresses]
    return keys + [(kind, text.fold(handle.lstrip("@")), handle) for kind, handle in person.handles.items()]


def _field(kind: str) -> str:
    """The field of an identity that is added, as `mapping` calls it."""
    return "other_email" if channel(kind).by_address else f"{ON}{kind}"
