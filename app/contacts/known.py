"""Who was known before a file came: members by what stands on their card, read once for all rows of the file."""

from __future__ import annotations

from typing import NamedTuple

from app.base import phones
from app.base.addresses import address_key
from app.base.text import fold
from app.base.words import N_, tr
from app.contacts.person import Person
from app.settings import home_number
from app.store.sqlite import Connection

_AGREEING = {
    "phone": N_("the same phone number"), "birthday": N_("the same birthday"), "website": N_("the same website"),
    "company": N_("the same company"), "postal_code": N_("the same postal code"), "city": N_("the same city"),
}  # fmt: skip
"""What two of one name may agree in, the strongest first, and how that is told."""


_WANTED = "merged_into IS NULL AND (batch_id IS NULL OR batch_id IS NOT ?)"
_HANDLES = "SELECT kind, handle, member_id FROM identity WHERE handle <> '' AND (batch_id IS NULL OR batch_id IS NOT ?)"


def bare_handle(handle: str) -> str:
    """A handle as it is compared: channels write it with an @ or without."""
    return fold(handle.strip().lstrip("@"))


class Alike(NamedTuple):
    """Somebody in a file who may be a member that is known by the same name: a suggestion, nothing is done by it."""

    name: str
    member_id: int
    reason: str


class Known:
    """The members of before, as one read of the table has them."""

    def __init__(self, conn: Connection, batch: int | None = None) -> None:
        """Read all who are no part of another, without those whom this import has brought."""
        self._by_phone: dict[str, list[tuple[int, str]]] = {}
        self._by_name: dict[str, list[tuple[int, dict[str, str]]]] = {}
        self._by_email: dict[str, list[tuple[int, str]]] = {}
        self._home = home_number(conn)
        self._by_handle: dict[tuple[str, str], set[int]] = {}
        for kind, handle, member in conn.execute(_HANDLES, (batch,)):
            self._by_handle.setdefault((kind, bare_handle(handle)), set()).add(member)
        columns = ", ".join(_AGREEING)
        for row in conn.execute(f"SELECT id, name, email, {columns} FROM member WHERE {_WANTED}", (batch,)):
            facts = {column: row[column] for column in _AGREEING if row[column]}
            name = fold(row["name"])
            if facts:
                self._by_name.setdefault(name, []).append((row["id"], facts))
            if row["email"]:
                self._by_email.setdefault(address_key(row["email"]), []).append((row["id"], name))
            number = phones.normalized(facts.get("phone", ""), self._home)
            if number.startswith("+"):
                self._by_phone.setdefault(number, []).append((row["id"], name))

    def by_email(self, person: Person) -> int | None:
        """The only member with the main one of the addresses on their card, or with another one and the same name."""
        name = fold(person.columns["name"])
        for place, address in enumerate(person.addresses):
            having = self._by_email.get(address_key(address), ())
            found = {member for member, called in having if called == name} or {member for member, _ in having}
            if len(found) == 1 and (place == 0 or any(called == name for _, called in having)):
                return found.pop()
        return None

    def by_handle(self, kind: str, handle: str) -> int | None:
        """The only member who is called so on that kind of channel, by whatever key it knows them."""
        found = self._by_handle.get((kind, bare_handle(handle)), ())
        return next(iter(found)) if len(found) == 1 else None

    def by_phone(self, person: Person) -> int | None:
        """The member with one of the numbers and the same name: a telephone may be a family's."""
        name = fold(person.columns["name"])
        found = {
            member
            for number in person.phones
            for member, called in self._by_phone.get(phones.normalized(number, self._home), ())
            if called == name
        }
        return found.pop() if len(found) == 1 else None

    def alike(self, person: Person) -> Alike | None:
        """A member of the same name who agrees in something else; None if there is none, or more than one."""
        found = [
            Alike(person.columns["name"], number, tr(words))
            for number, facts in self._by_name.get(fold(person.columns["name"]), ())
            for words in [next((_AGREEING[column] for column in facts if _agrees(column, facts, person)), "")]
            if words
        ]
        return found[0] if len(found) == 1 else None


def _agrees(column: str, facts: dict[str, str], person: Person) -> bool:
    theirs = person.columns.get(column, "")
    if column == "phone":
        return any(phones.is_same(facts[column], number) for number in (*person.phones, theirs) if number)
    return bool(theirs) and fold(theirs) == fold(facts[column])
