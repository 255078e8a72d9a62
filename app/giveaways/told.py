"""Who was told by a template, to whom it is on its way, and to whom a draft of it is ready.

By what was noted when words were handed to the outbox, by what became of them there, and by the drafts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.base.addresses import address_key
from app.giveaways.rows import Entry
from app.store.merged import current_member
from app.store.sqlite import Connection

_USES = """
SELECT u.member_id, o.state FROM template_use u
LEFT JOIN (SELECT o.template_id, o.conversation_id, o.state, i.member_id FROM outbox o
    LEFT JOIN identity i ON i.id = o.identity_id) o
  ON o.template_id = u.template_id AND o.conversation_id = u.conversation_id
    AND (o.member_id IS NULL OR o.member_id = u.member_id)
WHERE u.template_id = ? AND u.member_id IS NOT NULL
"""
_LETTERS = """
SELECT j.value ->> '$[2]', o.state FROM outbox o, json_each(o.receivers) j
WHERE o.template_id = ? AND json_valid(o.receivers)
"""
_REPLY_DRAFTS = """
SELECT d.answers_id, i.member_id FROM draft d LEFT JOIN message m ON m.id = d.answers_id
LEFT JOIN identity i ON i.id = m.identity_id WHERE d.template_id = ?
"""
_LETTER_DRAFTS = """
SELECT l.member_id, j.value ->> '$[2]' FROM letter_draft l, json_each(l.receivers) j WHERE l.template_id = ?
"""


class Told(NamedTuple):
    """Members' ids and addresses: of those who were told, to whom it is on its way, and to whom a draft is ready."""

    told: frozenset[int | str]
    waiting: frozenset[int | str]
    drafted: frozenset[int | str]

    def standing(self, entry: Entry) -> str:
        """How it stands with an entrant: "told", "waiting" in the outbox, "drafted" or "to_tell"."""
        known = {entry.member_id, _compared(entry.contact)}
        for standing, those in (("told", self.told), ("waiting", self.waiting), ("drafted", self.drafted)):
            if known & those:
                return standing
        return "to_tell"


def read(conn: Connection, templates: Sequence[int]) -> Told:
    """What is known of those who were told by these templates, or are going to be."""
    told, waiting, drafted = set[int | str](), set[int | str](), set[int | str]()
    for template in templates:
        for member, state in conn.execute(_USES, (template,)).fetchall():
            _place(current_member(conn, member), state, told, waiting)
        for address, state in conn.execute(_LETTERS, (template,)):
            _place(_compared(address), state, told, waiting)
        drafted |= {row["member_id"] for row in conn.execute(_REPLY_DRAFTS, (template,))}
        for member, address in conn.execute(_LETTER_DRAFTS, (template,)).fetchall():
            drafted |= set() if member is None else {current_member(conn, member)}
            drafted.add(_compared(address))
    nobody = {None, ""}
    return Told(frozenset(told - nobody), frozenset(waiting - nobody), frozenset(drafted - nobody))


def _place(whom: int | str, state: str | None, told: set[int | str], waiting: set[int | str]) -> None:
    """Without a row in the outbox it was sent long ago; what was discarded there told nobody."""
    if state in (None, "sent"):
        told.add(whom)
    elif state != "discarded":
        waiting.add(whom)


def by_post(conn: Connection, templates: Sequence[int]) -> str:
    """How a post by one of these templates stands: "told", "waiting" in the outbox, or "" for none."""
    asked = "SELECT state FROM outbox WHERE template_id = ? AND state <> 'discarded'"
    states = {row["state"] for number in templates for row in conn.execute(asked, (number,))}
    return "told" if "sent" in states else "waiting" if states else ""


def _compared(address: object) -> str:
    words = str(address or "").strip().lstrip("@")
    return address_key(words) if words else ""
