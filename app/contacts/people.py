"""Writes persons as members: matches them by address, handle or telephone, and updates them; blanks change nothing.

A name that is the same makes nobody the same person: with another agreeing fact it is a suggestion (`Met.alike`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.base import clock, ids, phones, text
from app.base.addresses import address_key
from app.base.message import Author
from app.base.words import tr
from app.channels.registry import channel
from app.contacts import updating
from app.contacts.known import Alike, Known, bare_handle
from app.contacts.person import MARKS, ON, STREET, YES, FieldChange, Person
from app.inbox import labels
from app.members import identities, own, records
from app.store.sqlite import Connection, Row

NEW, CHANGED, KNOWN = "new", "changed", "known"
ALL = "all"
"""In `Met.over`: everything that was written by hand gives way."""
PHONE = "phone"
"""The kind of identity that is a telephone number."""
_COMPARED = (
    "name", "phone", "email", "company", "job_title", "website", "city", "country", "address_1", "address_2",
    "postal_code", "language",
)  # fmt: skip
_BARE = f"SELECT id, note, {', '.join(_COMPARED)} FROM member m WHERE merged_into IS NULL"
_FOUND = "SELECT i.member_id, m.name FROM identity i JOIN member m ON m.id = i.member_id WHERE i.kind = ? AND i.key = ?"


@dataclass(slots=True)
class Met:
    """What the chunks of one file share.

    `over` are the keys of fields that are taken although we wrote ours by hand (`FieldChange.key`), or ALL. `made` are
    the members that the file brought, `doubles` its further rows about them, `alike` who may be known by the same name,
    `shared` pairs of other names that such rows have (the name before, the one of the row).
    """

    over: Collection[str] = ()
    made: set[int] = field(default_factory=set)
    doubles: int = 0
    alike: list[Alike] = field(default_factory=list)
    shared: list[tuple[str, str]] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    _known: Known | None = None

    def known(self, conn: Connection) -> Known:
        """The members of before the file; to be called before its first row is written."""
        if self._known is None:
            self._known = Known(conn)
        return self._known


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

    def __init__(self, conn: Connection, batch_id: int | None, met: Met | None = None) -> None:
        """Load all members without any identity: a row is one of them only if the whole of it says so."""
        self._conn = conn
        self._batch = batch_id
        self._met = met or Met()
        self._now = clock.now()
        self._by_name: dict[str, list[int]] = {}
        self.changes: list[FieldChange] = []
        self._bare: dict[str, list[_Bare]] = {}
        for row in conn.execute(f"{_BARE} AND NOT EXISTS (SELECT 1 FROM identity i WHERE i.member_id = m.id)"):
            self._remember(row["id"], {column: row[column] for column in _COMPARED}, row["note"])

    def take(self, person: Person) -> str:
        """Store a person; returns NEW, CHANGED or KNOWN. Values replace ours, notes are added, blanks are ignored."""
        member = self._find(person)
        if member is None:
            alike = self._met.known(self._conn).alike(person)
            if alike is not None:
                self._met.alike.append(alike)
            self._met.made.add(self._add(person))
            return NEW
        is_double = member in self._met.made
        told = len(self.changes)
        changed = self._fill(member, person)
        added = [(_field(kind), handle) for kind, handle in self._identities(member, person)]
        added += [("labels", name) for name in own.give(self._conn, member, self._labels(person))]
        if added:
            name = str(self._conn.execute("SELECT name FROM member WHERE id = ?", (member,)).fetchone()["name"])
            self.changes += [FieldChange(name, key, "", value) for key, value in added]
        if added or changed:
            records.reindex(self._conn, member)
        if is_double:  # one row of the file more about somebody whom it brought
            self._met.shared += [
                (one.before, one.after)
                for one in self.changes[told:]
                if one.field == "name" and updating.is_another(one.before, one.after)
            ]
            del self.changes[told:]
            self._met.doubles += 1
            return KNOWN
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

    def _labels(self, person: Person) -> list[str]:
        """The names of the person's labels, as those that we have are called: capitals and accents aside."""
        if person.labels and not self._met.labels:
            self._met.labels.update(labels.known(self._conn))
        return [self._met.labels.setdefault(text.fold(name), name) for name in map(_label_name, person.labels)]

    def _find(self, person: Person) -> int | None:
        number = self._numbered(person)
        if number is not None:
            return number
        keys = _keys(person)
        for index, (kind, key, _) in enumerate(keys):
            row = self._conn.execute(_FOUND, (kind, key)).fetchone() or self._called(kind, person)
            # Two people may share a second address or a telephone, such as a family's: that alone makes nobody another
            # person. A member known by their address alone has no name that could differ.
            alike = row and ("@" in row["name"] or text.fold(row["name"]) == text.fold(person.columns["name"]))
            if row and (alike or (index == 0 and kind != PHONE)):
                return int(row["member_id"])
        if person.phones or person.addresses:
            known = self._met.known(self._conn)
            found = known.by_email(person)
            if found is None:
                found = known.by_phone(person)
            if found is not None:
                return found
        if keys:
            return None
        nameless = self._bare.get(text.fold(person.columns["name"]), ())
        return next((bare.number for bare in nameless if bare.is_described_by(person)), None)

    def _called(self, kind: str, person: Person) -> Row | None:
        """The only member who has the person's handle on that kind of channel, which knows them by another key."""
        if kind not in person.handles:
            return None
        found = self._met.known(self._conn).by_handle(kind, person.handles[kind])
        return self._conn.execute("SELECT id AS member_id, name FROM member WHERE id = ?", (found,)).fetchone()

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
        own.give(self._conn, member, self._labels(person))
        if not _keys(person):
            self._remember(member, {column: person.columns.get(column, "") for column in _COMPARED}, person.note)
        if self._by_name:
            self._by_name.setdefault(text.fold(columns["name"]), []).append(member)
        records.reindex(self._conn, member)
        return member

    def _fill(self, member: int, person: Person) -> bool:
        names = [*person.columns, "note"]
        row = self._conn.execute(f"SELECT {', '.join(names)}, by_hand FROM member WHERE id = ?", (member,)).fetchone()
        ours = {name: str(row[name]) if name not in MARKS else YES * row[name] for name in names}
        found = updating.compared(ours, person, self._by_hand(member, row["by_hand"]))
        kept = [
            FieldChange(
                ours["name"], column, _said(column, before), _said(column, after), kept=True, key=_key(member, column)
            )
            for column, before, after in self._told(member, found.kept, ours, person)
        ]
        new = found.new
        self.changes += [
            FieldChange(ours["name"], column, _said(column, ours[column]), _said(column, value))
            for column, value in new.items()
        ]
        self.changes += kept
        if not new:
            return False
        records.change(self._conn, member, new)
        return True

    def _by_hand(self, member: int, written: str) -> list[str]:
        """The columns that were written by hand, without those that the person lets the file write over."""
        over = self._met.over
        taken = {column for column in written.split(",") if ALL in over or _key(member, column) in over}
        if _key(member, STREET[0]) in over:
            taken |= set(STREET)
        return [column for column in written.split(",") if column and column not in taken]

    def _told(
        self, member: int, kept: Mapping[str, str], ours: Mapping[str, str], person: Person
    ) -> Iterator[tuple[str, str, str]]:
        """(column, ours, theirs) of what is kept; a postal address is one, under its first column."""
        for column in kept:
            if column not in STREET:
                yield column, ours[column], kept[column]
        if set(kept) & set(STREET):
            row = self._conn.execute(f"SELECT {', '.join(STREET)} FROM member WHERE id = ?", (member,)).fetchone()
            yield STREET[0], _joined(row), _joined([person.columns.get(column, "") for column in STREET])

    def _identities(self, member: int, person: Person) -> list[tuple[str, str]]:
        """Give the member the names that they lack; those that say something new, as (kind, name as shown)."""
        on_card = self._conn.execute("SELECT email, phone FROM member WHERE id = ?", (member,)).fetchone()
        told = {address_key(on_card["email"]), phones.normalized(on_card["phone"])}
        called = set[tuple[str, str]]()
        if person.handles:
            names = self._conn.execute("SELECT kind, handle FROM identity WHERE member_id = ?", (member,))
            called = {(row["kind"], bare_handle(row["handle"])) for row in names.fetchall()}
        added = []
        for kind, key, handle in _keys(person):
            if kind in person.handles and (kind, bare_handle(handle)) in called:
                continue  # the channel knows them by another key
            author = Author(key, handle, person.columns["name"])
            if identities.add(self._conn, kind, author, member, self._batch) and key not in told:
                added.append((kind, handle))
        return added


def _said(column: str, value: str) -> str:
    """A value as it is shown in a preview."""
    return tr("yes") if value and column in MARKS else value


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(filter(None, parts))


def _label_name(written: str) -> str:
    """A group's name as that of a label, which is a word or two."""
    return labels.tidy(" ".join(written.split())[: labels.MOST_CHARS])


def _key(member: int, column: str) -> str:
    return f"{ids.display(ids.MEMBER, member)}:{column}"


def _keys(person: Person) -> list[tuple[str, str, str]]:
    """Return (kind, key, handle as shown) of everything that identifies the person.

    Of telephone numbers those with a country code: without one it may be another's in another country.
    """
    keys = [("email", address_key(address), address) for address in person.addresses]
    keys += [(kind, _handle_key(kind, handle), handle) for kind, handle in person.handles.items()]
    numbers = dict.fromkeys(number for typed in person.phones if (number := phones.normalized(typed))[:1] == "+")
    return keys + [(PHONE, number, phones.display(number)) for number in numbers]


def _handle_key(kind: str, handle: str) -> str:
    """The form in which a handle is compared; where people are known by their number, that."""
    number = phones.normalized(handle) if channel(kind).by_phone else ""
    return number if number.startswith("+") else bare_handle(handle)


def _field(kind: str) -> str:
    """The field of an identity that is added, as `app.imports.mapping` calls it."""
    if kind == PHONE:
        return "other_phone"
    return "other_email" if channel(kind).by_address else f"{ON}{kind}"
