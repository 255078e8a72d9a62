"""Members' e-mail addresses, for completing a receiver while it is typed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.base.text import words
from app.channels.registry import channel
from app.store.sqlite import Connection

MOST_LOOKED_AT = 60
"""Members whose addresses are looked at; the latest who match, of whom a handful is offered."""
_ADDRESSES = """
SELECT p.id, p.name, p.email, i.handle, i.kind FROM json_each(?) j CROSS JOIN member p ON p.id = j.value
LEFT JOIN identity i ON i.member_id = p.id AND i.handle LIKE '%@%' ORDER BY j.key, i.id
"""


class Mailbox(NamedTuple):
    """An address that mail to a member can go to."""

    name: str
    address: str
    member_id: int


def matching(conn: Connection, members: Sequence[int], typed: str, limit: int) -> list[Mailbox]:
    """At most `limit` addresses of these members, in their order, whose name or address begins with the typed words."""
    wanted = words(typed)
    mailboxes: dict[str, Mailbox] = {}
    for box in _mailboxes(conn, members):
        said = words(f"{box.name} {box.address}")
        if wanted and all(any(word.startswith(begun) for word in said) for begun in wanted):
            mailboxes.setdefault(box.address.lower(), box)
    return list(mailboxes.values())[:limit]


def _mailboxes(conn: Connection, members: Sequence[int]) -> Iterator[Mailbox]:
    for number, name, email, handle, kind in conn.execute(_ADDRESSES, (json.dumps(list(members)),)):
        if handle is not None and channel(kind).by_address:
            yield Mailbox(name, handle, number)
        if "@" in email:
            yield Mailbox(name, email, number)
