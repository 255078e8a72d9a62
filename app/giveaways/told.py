"""Who was told by a template, and to whom a draft of it is ready: by what was noted at sending, and by the drafts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.base.addresses import address_key
from app.giveaways.rows import Entry
from app.store.merged import current_member
from app.store.sqlite import Connection

_SENT = "SELECT DISTINCT member_id FROM template_use WHERE template_id = ? AND member_id IS NOT NULL"
_LETTERS = """
SELECT DISTINCT j.value ->> '$[2]' FROM outbox o, json_each(o.receivers) j
WHERE o.template_id = ? AND o.state <> 'discarded' AND json_valid(o.receivers)
"""
_REPLY_DRAFTS = """
SELECT d.answers_id, i.member_id FROM draft d LEFT JOIN message m ON m.id = d.answers_id
LEFT JOIN identity i ON i.id = m.identity_id WHERE d.template_id = ?
"""
_LETTER_DRAFTS = """
SELECT l.member_id, j.value ->> '$[2]' FROM letter_draft l, json_each(l.receivers) j WHERE l.template_id = ?
"""


class Told(NamedTuple):
    """Members and addresses of those who were told, and of those to whom a draft is ready."""

    members: frozenset[int]
    addresses: frozenset[str]
    drafted: frozenset[int]
    drafted_to: frozenset[str]

    def standing(self, entry: Entry) -> str:
        """How it stands with an entrant: "told", "drafted" or "to_tell"."""
        address = _compared(entry.contact)
        if entry.member_id in self.members or (address and address in self.addresses):
            return "told"
        drafted = entry.member_id in self.drafted or (address and address in self.drafted_to)
        return "drafted" if drafted else "to_tell"


def read(conn: Connection, templates: Sequence[int]) -> Told:
    """What is known of those who were told by these templates."""
    members, addresses, drafted, drafted_to = set[int](), set[str](), set[int](), set[str]()
    for template in templates:
        members |= {current_member(conn, number) for (number,) in conn.execute(_SENT, (template,)).fetchall()}
        addresses |= {_compared(address) for (address,) in conn.execute(_LETTERS, (template,))}
        drafted |= {row["member_id"] for row in conn.execute(_REPLY_DRAFTS, (template,))}
        for member, address in conn.execute(_LETTER_DRAFTS, (template,)).fetchall():
            drafted |= set() if member is None else {current_member(conn, member)}
            drafted_to.add(_compared(address))
    return Told(
        frozenset(members), frozenset(addresses - {""}), frozenset(drafted - {None}), frozenset(drafted_to - {""})
    )


def by_post(conn: Connection, templates: Sequence[int]) -> bool:
    """Whether a post by one of these templates was sent, or is on its way."""
    asked = "SELECT 1 FROM outbox WHERE template_id = ? AND state <> 'discarded' LIMIT 1"
    return any(conn.execute(asked, (number,)).fetchone() is not None for number in templates)


def _compared(address: object) -> str:
    words = str(address or "").strip().lstrip("@")
    return address_key(words) if words else ""
