"""What a hit has to be besides its words: SQL on its row, and where few have it, SQL that lists those few. Pure.

In the SQL, `m` is the message, `c` its conversation.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import date, datetime
from datetime import time as time_of_day
from typing import NamedTuple

from app.base.clock import at_local
from app.base.text import words
from app.store.index import beginning


class Condition(NamedTuple):
    """`test` is SQL that is true of a hit's row, with its `values`.

    `listing` is SQL for the ids of all conversations (or messages, if it `lists_messages`) that have it, "" where
    nothing lists them fast, or they are many; its values are `listed_by`, or else the same.
    """

    test: str
    values: tuple[object, ...] = ()
    listing: str = ""
    lists_messages: bool = False
    listed_by: tuple[object, ...] | None = None

    @property
    def listing_values(self) -> tuple[object, ...]:
        """The values of `listing`."""
        return self.values if self.listed_by is None else self.listed_by

    def negated(self) -> Condition:
        """The opposite. A missing value makes a test neither true nor false: then it is not true."""
        return Condition(f"({self.test}) IS NOT TRUE", self.values)


def either(conditions: Sequence[Condition]) -> Condition:
    """What meets one of the conditions."""
    if len(conditions) == 1:
        return conditions[0]
    values = tuple(value for condition in conditions for value in condition.values)
    listings = [condition.listing for condition in conditions]
    of_messages = {condition.lists_messages for condition in conditions}
    listing = " UNION ".join(listings) if all(listings) and len(of_messages) == 1 else ""
    test = " OR ".join(f"({condition.test})" for condition in conditions)
    listed_by = tuple(value for condition in conditions for value in condition.listing_values)
    return Condition(f"({test})", values, listing, lists_messages=of_messages == {True}, listed_by=listed_by)


def state(name: str) -> Condition:
    """In a conversation with this state, or of one of the lists that are no state of their own."""
    return IS[name] if name in IS else Condition("c.state = ?", (name,), "SELECT id FROM conversation WHERE state = ?")


def conversations(numbers: Collection[int]) -> Condition:
    """In one of these conversations."""
    listed = "SELECT value FROM json_each(?)"
    return Condition(f"c.id IN ({listed})", (json.dumps(sorted(numbers)),), listed)


def labels(names: Collection[str]) -> Condition:
    """In a conversation with one of these labels."""
    there = "JOIN label l ON l.id = cl.label_id WHERE l.name IN (SELECT value FROM json_each(?))"
    return Condition(
        f"EXISTS (SELECT 1 FROM conversation_label cl {there} AND cl.conversation_id = c.id)",
        (json.dumps(sorted(names)),),
        f"SELECT cl.conversation_id FROM conversation_label cl {there}",
    )


def by_rules(numbers: Collection[int]) -> Condition:
    """In a conversation where one of these rules did something that stands."""
    hits = "rule_hit h WHERE h.undone_at IS NULL AND h.rule_id IN (SELECT value FROM json_each(?))"
    return Condition(
        f"EXISTS (SELECT 1 FROM {hits} AND h.conversation_id = c.id)",
        (json.dumps(sorted(numbers)),),
        f"SELECT h.conversation_id FROM {hits}",
    )


def passed_on(names: Collection[str] | None) -> Condition:
    """In a conversation that one of these colleagues passed on to us, by the names in the register; None: anybody."""
    only = "" if names is None else " WHERE p.by_name IN (SELECT value FROM json_each(?))"
    listed = f"SELECT p.conversation_id FROM passed_on p{only}"
    return Condition(f"c.id IN ({listed})", () if names is None else (json.dumps(sorted(names)),), listed)


def of_kind(name: str) -> Condition:
    """In a conversation with a member of this kind."""
    theirs = "FROM identity w JOIN member b ON b.id = w.member_id"
    return Condition(
        f"EXISTS (SELECT 1 {theirs} WHERE w.id = c.identity_id AND b.kind = ?)",
        (name,),
        f"SELECT k.id {theirs} JOIN conversation k ON k.identity_id = w.id WHERE b.kind = ?",
    )


def accounts(numbers: Collection[int]) -> Condition:
    """On one of these accounts."""
    return Condition("m.account_id IN (SELECT value FROM json_each(?))", (json.dumps(sorted(numbers)),))


def written_by(identities: Collection[int]) -> Condition:
    """Written by one of these identities."""
    return Condition(
        "m.identity_id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(identities)),),
        "SELECT m.id FROM json_each(?) j CROSS JOIN message m ON m.identity_id = j.value",
        lists_messages=True,
    )


OURS = Condition("m.out = 1")


def written_to(identities: Collection[int], typed: str) -> Condition:
    """Ours, in a conversation with one of these identities; or a letter that names this in To, Cc or Bcc."""
    boxes = " UNION ALL ".join(f"SELECT value FROM json_each(m.envelope, '$.{role}')" for role in ("to", "cc", "bcc"))
    named = f"m.envelope <> '' AND EXISTS (SELECT 1 FROM ({boxes}) WHERE instr(lower(value), lower(?)))"
    whom, what = json.dumps(sorted(identities)), json.dumps(typed, ensure_ascii=False)[1:-1]
    asked = " AND ".join(map(beginning, words(typed)))
    sent = (
        "SELECT m.id FROM json_each(?) j CROSS JOIN conversation c ON c.identity_id = j.value"
        " CROSS JOIN message m ON m.conversation_id = c.id WHERE m.out = 1"
    )
    letters = (
        "SELECT m.id FROM message_index f CROSS JOIN message m ON m.id = f.rowid"
        f" WHERE f.message_index MATCH ? AND {named}"
    )
    return Condition(
        f"(m.out = 1 AND c.identity_id IN (SELECT value FROM json_each(?))) OR ({named})",
        (whom, what),
        f"{sent} UNION {letters}" if asked else sent,
        lists_messages=True,
        listed_by=(whom, asked, what) if asked else (whom,),
    )


def before(day: date) -> Condition:
    """Written before this local day."""
    return Condition("m.at < ?", (_start(day),))


def after(day: date) -> Condition:
    """Written on this local day or later."""
    return Condition("m.at >= ?", (_start(day),))


def _start(day: date) -> int:
    return at_local(datetime.combine(day, time_of_day()))


_ASKED = (
    "SELECT q.conversation_id FROM open_question q JOIN conversation a ON a.id = q.conversation_id"
    " AND a.last_message_id = q.message_id AND a.state = 'waiting' WHERE q.let_go_at IS NULL"
)
GIFT = Condition(
    "EXISTS (SELECT 1 FROM gift g WHERE g.conversation_id = c.id)",
    listing="SELECT conversation_id FROM gift WHERE conversation_id IS NOT NULL",
)
PROMISE = Condition(
    "EXISTS (SELECT 1 FROM promise r WHERE r.conversation_id = c.id AND r.kept_at IS NULL AND r.dropped_why = '')",
    listing="SELECT conversation_id FROM promise WHERE conversation_id IS NOT NULL AND kept_at IS NULL"
    " AND dropped_why = ''",
)
ATTACHMENT = Condition(
    "EXISTS (SELECT 1 FROM attachment t WHERE t.message_id = m.id)",
    listing="SELECT message_id FROM attachment",
    lists_messages=True,
)
HAS = {"gift": GIFT, "promise": PROMISE, "attachment": ATTACHMENT}
IS = {
    "unhappy": Condition("c.unhappy = 1", listing="SELECT id FROM conversation WHERE unhappy = 1"),
    "hard": Condition("c.hard = 1", listing="SELECT id FROM conversation WHERE hard = 1"),
    "draft": Condition(
        "EXISTS (SELECT 1 FROM draft d WHERE d.conversation_id = c.id)", listing="SELECT conversation_id FROM draft"
    ),
    "closed_itself": Condition(
        "c.closed_itself_at IS NOT NULL AND c.state = 'done'",
        listing="SELECT id FROM conversation WHERE closed_itself_at IS NOT NULL AND state = 'done'",
    ),
    "asked": Condition(
        f"c.id IN ({_ASKED})",
        listing=_ASKED,
    ),
    "public": Condition("c.public = 1"),
    "private": Condition("c.public = 0"),
}


def language(codes: Collection[str]) -> Condition:
    """Written in one of these languages, or if that is not known, in a conversation in one."""
    return Condition(
        "coalesce(nullif(m.language, ''), c.language) IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(codes)),),
    )
