"""What goes out about members, read from the file at once; what is private goes only where it was asked for."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from app.base import phones
from app.base.addresses import address_key, address_of
from app.base.words import N_
from app.channels.registry import channel
from app.contacts.people import PHONE
from app.members.sorting import split_name
from app.settings import home_number
from app.store.sqlite import Connection

NOTE, ADDRESS, WISHES = "note", "address", "wishes"
PRIVATE = {
    NOTE: N_("Notes"), ADDRESS: N_("Postal addresses"),
    WISHES: N_("Consent, “do not contact”, “do not gift”, under age"),
}  # fmt: skip
"""What stays here unless it is ticked, and what it is called."""
_COLUMNS = (
    "id", "name", "language", "languages", "kind", "company", "job_title", "website", "email", "phone", "birthday",
    "pronouns", "time_zone", "note", "recipient", "address_1", "address_2", "address_3", "postal_code", "city",
    "country", "created_at", "consent", "do_not_contact", "do_not_gift", "do_not_why", "minor",
)  # fmt: skip
_MEMBERS = f"""
SELECT {", ".join(f"p.{column}" for column in _COLUMNS)},
  (SELECT group_concat(name, char(10)) FROM (SELECT l.name FROM member_label x JOIN label l ON l.id = x.label_id
    WHERE x.member_id = p.id ORDER BY l.name)) AS labels
FROM json_each(?) j CROSS JOIN member p ON p.id = j.value WHERE p.merged_into IS NULL ORDER BY j.key
"""
_NAMES = """
SELECT i.member_id, i.kind, i.key, i.handle, i.url FROM json_each(?) j CROSS JOIN identity i ON i.member_id = j.value
ORDER BY i.id
"""
_CHUNK = 500
_Name = tuple[str, str, str, str]
"""A name on a channel: its kind, key, handle and page."""


class Handle(NamedTuple):
    """A name on a channel: its kind, the channel's title, the name as shown, and its page ("" for none)."""

    kind: str
    title: str
    handle: str
    url: str


class Entry(NamedTuple):
    """A member as they go out; `made_at` is when we met, in Unix seconds.

    `emails` and `phones` begin with the main one; `birthday` is MM-DD, `wishes` are pairs of a column and its value.
    """

    id: int
    name: str
    given: str
    family: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    handles: tuple[Handle, ...]
    company: str
    job_title: str
    website: str
    languages: tuple[str, ...]
    kind: str
    birthday: str
    pronouns: str
    time_zone: str
    labels: tuple[str, ...]
    street: tuple[str, ...]
    city: str
    postal_code: str
    country: str
    note: str
    wishes: tuple[tuple[str, str], ...]
    made_at: int


def kinds(conn: Connection, numbers: Sequence[int]) -> list[str]:
    """The kinds of channels on which these members have a handle, in order."""
    found = conn.execute(
        "SELECT DISTINCT i.kind FROM json_each(?) j CROSS JOIN identity i ON i.member_id = j.value",
        (json.dumps(list(numbers)),),
    )
    return sorted(kind for (kind,) in found if channel(kind).handles and not channel(kind).by_address)


def entries(conn: Connection, numbers: Sequence[int], private: Collection[str] = ()) -> Iterator[Entry]:
    """These members in their order, without what is of PRIVATE and not in `private`; the merged are left out."""
    home = home_number(conn)
    for begin in range(0, len(numbers), _CHUNK):
        asked = json.dumps(list(numbers[begin : begin + _CHUNK]))
        names: dict[int, list[_Name]] = {}
        for member, *name in conn.execute(_NAMES, (asked,)):
            names.setdefault(member, []).append(tuple(name))
        for row in conn.execute(_MEMBERS, (asked,)).fetchall():
            yield _entry(dict(row), names.get(row["id"], []), private, home)


def _entry(row: dict[str, str], names: Sequence[_Name], private: Collection[str], home: str) -> Entry:
    given, family = split_name(row["name"], row["language"])
    where = row if ADDRESS in private else dict.fromkeys(row, "")
    street = tuple(filter(None, (where["address_1"], where["address_2"], where["address_3"])))
    return Entry(
        int(row["id"]), row["name"], given, family,
        _emails(row, names), _numbers(row, names, home), tuple(_handles(names)),
        row["company"], row["job_title"], row["website"],
        tuple(filter(None, (row["language"], *row["languages"].split(",")))), row["kind"], row["birthday"],
        row["pronouns"], row["time_zone"], tuple(filter(None, (row["labels"] or "").split("\n"))),
        street, where["city"], where["postal_code"], where["country"],
        row["note"] if NOTE in private else "", _wishes(row) if WISHES in private else (), int(row["created_at"]),
    )  # fmt: skip


def _emails(row: dict[str, str], names: Sequence[_Name]) -> tuple[str, ...]:
    """Every address once, by its normal form; an identity of somebody who shares an address is that address."""
    found = {address_key(row["email"]): row["email"]} if row["email"] else {}
    for kind, key, handle, _ in names:
        if channel(kind).by_address and "@" in handle:
            found.setdefault(address_of(key), handle)
    return tuple(found.values())


def _numbers(row: dict[str, str], names: Sequence[_Name], home: str) -> tuple[str, ...]:
    """Every number once, in international form where its country is known."""
    typed = [row["phone"], *(key for kind, key, _, _ in names if kind == PHONE)]
    found: dict[str, str] = {}
    for one in filter(None, typed):
        number = phones.normalized(one, home)
        found.setdefault(number or one, number if number.startswith("+") else one)
    return tuple(found.values())


def _handles(names: Sequence[_Name]) -> Iterator[Handle]:
    for kind, _, handle, url in names:
        of = channel(kind)
        if of.handles and not of.by_address and handle:
            yield Handle(kind, of.title, handle, url)


def _wishes(row: dict[str, str]) -> tuple[tuple[str, str], ...]:
    said = {
        "consent": row["consent"],
        "do_not_contact": "yes" if row["do_not_contact"] else "",
        "do_not_gift": "yes" if row["do_not_gift"] else "",
        "do_not_why": row["do_not_why"],
        "minor": "yes" if row["minor"] else "",
    }
    return tuple((key, value) for key, value in said.items() if value)
