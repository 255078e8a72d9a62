"""Writes persons as members: matches them by address, handle or telephone, and updates them; blanks change nothing.

A name that is the same makes nobody the same person: with another agreeing fact it is a suggestion (`Met.alike`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app import tombstones
from app.base import clock, ids, phones, text
from app.base.addresses import address_key
from app.base.message import Author
from app.base.words import tr
from app.channels.registry import channel
from app.contacts import updating
from app.contacts.known import Alike, Known, bare_handle
from app.contacts.person import MARKED, ON, STREET, YES, FieldChange, Person
from app.inbox import labels
from app.members import identities, own, records
from app.members.facts import KIND_NAMES, with_consent
from app.settings import home_number
from app.store.sqlite import Connection, Row

NEW, CHANGED, KNOWN = "new", "changed", "known"
ALL = "all"
"""In `Met.over`: everything that was written by hand gives way."""
PHONE = "phone"
"""The kind of identity that is a telephone number."""
WRITTEN = ("member", "identity", "label", "member_label")
"""The tables that are written, apart from the search index."""
_COMPARED = (
    "name", "phone", "email", "company", "job_title", "website", "city", "country", "address_1", "address_2",
    "postal_code", "language",
)  # fmt: skip
_BARE = f"SELECT id, note, {', '.join(_COMPARED)} FROM member m WHERE merged_into IS NULL"
_FOUND = "SELECT i.member_id, m.name FROM identity i JOIN member m ON m.id = i.member_id WHERE i.kind = ? AND i.key = ?"
_MADE = "SELECT id FROM member WHERE batch_id = ?"

_Key = tuple[str, str, str]
"""What somebody goes by: the kind of channel, the key there, and the handle as shown."""


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
    forgotten: int = 0  # rows about members who were forgotten, which are left out
    alike: list[Alike] = field(default_factory=list)
    shared: list[tuple[str, str]] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    _known: Known | None = None

    def known(self, conn: Connection, batch: int | None = None) -> Known:
        """The members of before the file; to be called before its first row is written, or with its batch."""
        if self._known is None:
            self._known = Known(conn, batch)
            self.made.update(number for (number,) in conn.execute(_MADE, (batch,)))
        return self._known


@dataclass(frozen=True, slots=True)
class _Bare:
    """A member without an identity, as a row of a table describes one."""

    number: int
    columns: Mapping[str, str]
    note: str

    def is_described_by(self, person: Person, home: str) -> bool:
        """Whether a row of that name is about them: by their telephone number, or by everything that it says.

        Two people may share a name. A row that says less, or anything else, is somebody of their own.
        """
        phone = person.columns.get("phone", "")
        if phone:
            return phones.is_same(phone, self.columns["phone"], home)
        same = all(person.columns.get(column, "") == self.columns[column] for column in _COMPARED if column != "name")
        return same and (person.note == self.note or (bool(person.note) and person.note in self.note.split("\n")))


class People:
    """Writes persons as members in the open transaction of `conn`; `batch_id` marks the rows it creates."""

    def __init__(
        self, conn: Connection, batch_id: int | None, met: Met | None = None, *, searchable: bool = True
    ) -> None:
        """Load all members without any identity: a row is one of them only if the whole of it says so.

        `searchable`: whether those who are written can be found by their words at once; a preview needs no index.
        """
        self._searchable = searchable
        self._home = home_number(conn)
        self._conn = conn
        self._batch = batch_id
        self._met = met or Met()
        self._now = clock.now()
        self._today = clock.local(self._now).date().isoformat()
        self._by_name: dict[str, list[int]] = {}
        self.changes: list[FieldChange] = []
        self._bare: dict[str, list[_Bare]] = {}
        for row in conn.execute(f"{_BARE} AND NOT EXISTS (SELECT 1 FROM identity i WHERE i.member_id = m.id)"):
            self._remember(row["id"], {column: row[column] for column in _COMPARED}, row["note"])

    def take(self, person: Person) -> str:
        """Store a person; returns NEW, CHANGED or KNOWN. Values replace ours, notes are added, blanks are ignored."""
        keys = _keys(person, self._home)
        member = self._find(person, keys)
        if member is None and self._is_forgotten(keys):
            self._met.forgotten += 1
            return KNOWN
        if member is None:
            alike = self._met.known(self._conn).alike(person)
            if alike is not None:
                self._met.alike.append(alike)
            self._met.made.add(self._add(person, keys))
            return NEW
        is_double = member in self._met.made
        told = len(self.changes)
        changed = self._fill(member, person)
        added = [(_field(kind), handle) for kind, handle in self._more_names(member, person, keys)]
        added += [("labels", name) for name in own.give(self._conn, member, self._labels(person))]
        if added:
            name = str(self._conn.execute("SELECT name FROM member WHERE id = ?", (member,)).fetchone()["name"])
            self.changes += [FieldChange(name, key, "", value) for key, value in added]
        if added or changed:
            self._reindex(member)
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

    def _is_forgotten(self, keys: Sequence[_Key]) -> bool:
        """Whether any of a person's names belongs to somebody who was forgotten: no file brings them back."""
        return bool(tombstones.known(self._conn, [tombstones.person(kind, key) for kind, key, _ in keys]))

    def named(self, person: Person) -> tuple[int, bool]:
        """Return the id of the member whom a row names, and whether they are new; nobody's card is changed.

        A name alone is that of the only member who has it.
        """
        keys = _keys(person, self._home)
        member = self._find(person, keys)
        if member is None and not keys:
            member = self._only_one(person.columns["name"])
        if member is not None:
            return member, False
        return self._add(person, keys), True

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

    def _find(self, person: Person, keys: Sequence[_Key]) -> int | None:
        number = self._numbered(person)
        if number is not None:
            return number
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
        return next((bare.number for bare in nameless if bare.is_described_by(person, self._home)), None)

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

    def _add(self, person: Person, keys: Sequence[_Key]) -> int:
        columns: dict[str, Any] = {
            **with_consent(person.columns, {}, self._today), "note": person.note, "batch_id": self._batch,
            "created_at": self._now,
        }  # fmt: skip
        member = records.insert(self._conn, columns)
        self._identities(member, person, keys)
        own.give(self._conn, member, self._labels(person))
        if not keys:
            self._remember(member, {column: person.columns.get(column, "") for column in _COMPARED}, person.note)
        if self._by_name:
            self._by_name.setdefault(text.fold(columns["name"]), []).append(member)
        self._reindex(member)
        return member

    def _reindex(self, member: int) -> None:
        if self._searchable:
            records.reindex(self._conn, member)

    def _fill(self, member: int, person: Person) -> bool:
        names = [*person.columns, "note"]
        row = self._conn.execute(f"SELECT {', '.join(names)}, by_hand FROM member WHERE id = ?", (member,)).fetchone()
        ours = {name: str(row[name]) if name not in MARKED else YES * row[name] for name in names}
        found = updating.compared(ours, person, self._by_hand(member, row["by_hand"]), self._home)
        kept = [self._kept(member, ours["name"], *told) for told in self._told(member, found.kept, ours, person)]
        new = found.new
        self.changes += [
            FieldChange(ours["name"], column, _shown(column, ours[column]), _shown(column, value))
            for column, value in new.items()
        ]
        self.changes += kept
        if not new:
            return False
        records.change(self._conn, member, with_consent(new, ours, self._today))
        return True

    @staticmethod
    def _kept(member: int, name: str, column: str, before: str, after: str) -> FieldChange:
        """What is not changed, as it is told."""
        told = _shown(column, before), _shown(column, after)
        return FieldChange(name, column, *told, kept=True, key=_key(member, column))

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

    def _handles(self, member: int) -> frozenset[tuple[str, str]]:
        """(kind, handle) of the names that a member has: many channels know people by a number, which no file has."""
        found = self._conn.execute("SELECT kind, handle FROM identity WHERE member_id = ?", (member,))
        return frozenset((kind, bare_handle(handle)) for kind, handle in found)

    def _identities(self, member: int, person: Person, keys: Iterable[_Key]) -> list[_Key]:
        """Give the member the names that they lack; returns those."""
        name = person.columns["name"]
        theirs = self._handles(member) if person.handles else frozenset()
        return [
            (kind, key, handle)
            for kind, key, handle in keys
            if (kind, bare_handle(handle)) not in theirs
            and identities.add(self._conn, kind, Author(key, handle, name), member, self._batch)
        ]

    def _more_names(self, member: int, person: Person, keys: Sequence[_Key]) -> list[tuple[str, str]]:
        """The same for who is known already; those that say something new, as (kind, name as shown)."""
        on_card = self._conn.execute("SELECT email, phone FROM member WHERE id = ?", (member,)).fetchone()
        told = {address_key(on_card["email"]), phones.normalized(on_card["phone"], self._home)}
        return [(kind, handle) for kind, key, handle in self._identities(member, person, keys) if key not in told]


def _shown(column: str, value: str) -> str:
    """A value as the person reads it: a kind by its name, a mark as yes."""
    if column == "kind" and value in KIND_NAMES:
        return tr(KIND_NAMES[value])
    return tr("yes") if column in MARKED and value else value


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(filter(None, parts))


def _label_name(written: str) -> str:
    """A group's name as that of a label, which is a word or two."""
    return labels.tidy(" ".join(written.split())[: labels.MOST_CHARS])


def _key(member: int, column: str) -> str:
    return f"{ids.display(ids.MEMBER, member)}:{column}"


def _keys(person: Person, home: str) -> list[_Key]:
    """Everything that identifies the person.

    Of telephone numbers those with a country code: without one it may be another's in another country. `home` is taken
    for it where the person has set a country, and the number is no shorter than any in international form.
    """
    keys = [("email", address_key(address), address) for address in person.addresses]
    keys += [(kind, _handle_key(kind, handle, home), handle) for kind, handle in person.handles.items()]
    numbers = dict.fromkeys(filter(None, (_number(typed, home) for typed in person.phones)))
    return keys + [(PHONE, number, phones.display(number)) for number in numbers]


def _number(typed: str, home: str) -> str:
    """A number in international form, "" if its country is not known."""
    bare = phones.normalized(typed)
    number = phones.normalized(typed, home) if len(bare) >= phones.LEAST_DIGITS else bare
    return number if number.startswith("+") else ""


def _handle_key(kind: str, handle: str, home: str) -> str:
    """The form in which a handle is compared; where people are known by their number, that."""
    number = _number(handle, home) if channel(kind).by_phone else ""
    return number or bare_handle(handle)


def _field(kind: str) -> str:
    """The field of an identity that is added, as `app.imports.mapping` calls it."""
    if kind == PHONE:
        return "other_phone"
    return "other_email" if channel(kind).by_address else f"{ON}{kind}"
