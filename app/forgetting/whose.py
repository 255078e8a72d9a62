"""Which rows are about one member, and about nobody else: what is erased with them. Reads only."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from app.about import Theirs, condition, theirs
from app.store.sqlite import Connection

_ALONE = """
SELECT c.id FROM conversation c WHERE c.identity_id IN (SELECT value FROM json_each(:identities))
AND NOT EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = c.id AND m.out = 0
  AND m.identity_id NOT IN (SELECT value FROM json_each(:identities)))
"""
"""Conversations in which nobody but the member spoke with us."""
_SAID = """
SELECT id FROM message WHERE identity_id IN (SELECT value FROM json_each(:identities))
UNION SELECT id FROM message WHERE conversation_id IN (SELECT value FROM json_each(:alone))
UNION SELECT message_id FROM outbox WHERE message_id IS NOT NULL
  AND identity_id IN (SELECT value FROM json_each(:identities))
UNION SELECT o.id FROM message m JOIN message o ON o.conversation_id = m.conversation_id AND o.out
  AND o.parent_id = m.remote_id AND o.account_id = m.account_id
  WHERE m.identity_id IN (SELECT value FROM json_each(:identities))
UNION SELECT o.id FROM message o WHERE o.out AND o.conversation_id IN
  (SELECT conversation_id FROM message WHERE identity_id IN (SELECT value FROM json_each(:identities)))
  AND (SELECT p.identity_id FROM message p WHERE p.conversation_id = o.conversation_id AND p.out = 0 AND p.id < o.id
    ORDER BY p.id DESC LIMIT 1) IN (SELECT value FROM json_each(:identities))
  AND NOT EXISTS (SELECT 1 FROM outbox x WHERE x.message_id = o.id
    AND x.identity_id NOT IN (SELECT value FROM json_each(:identities)))
  AND NOT EXISTS (SELECT 1 FROM message q WHERE q.account_id = o.account_id AND q.remote_id = o.parent_id
    AND q.identity_id NOT IN (SELECT value FROM json_each(:identities)))
"""
"""What they said, and what we said to them: in conversations with them alone, and in those of others as an answer to
them, or right after them where nothing says whom we answered."""
_JOINED = """
WITH RECURSIVE joined(id) AS (SELECT value FROM json_each(?1)
  UNION SELECT c.id FROM joined j JOIN conversation c ON c.joined_into = j.id)
SELECT id FROM joined ORDER BY id
"""
"""Conversations with those that were joined into them."""
_BY_ROW = (
    "kind = 'handoffs' AND row_id IN (SELECT id FROM handoff WHERE {handoff})"
    " OR kind = 'gifts' AND row_id IN (SELECT id FROM gift WHERE {gift})"
)
_ANSWERS = "answers_id IN (SELECT value FROM json_each(:messages))"
_MORE = {
    "outbox": _ANSWERS,
    "draft": _ANSWERS,
    "draft_beside": _ANSWERS,
    "letter_draft": "forwards_id IN (SELECT value FROM json_each(:messages))"
    " OR linked_id IN (SELECT value FROM json_each(:conversations))",
    "quarrel": "id IN (SELECT quarrel_id FROM quarrel_side WHERE identity_id IN"
    " (SELECT value FROM json_each(:identities)))",
    "outgoing_file": "outbox_id IN (SELECT id FROM outbox WHERE {outbox})"
    " OR letter_draft_id IN (SELECT id FROM letter_draft WHERE {letter_draft})",
    "gift_address": "id IN (SELECT id FROM gift WHERE {gift})",
    "teammate_thanks": "handoff_id IN (SELECT id FROM handoff WHERE {handoff})",
    "exported_row": _BY_ROW,
    "returned_row": "row_id IN (SELECT id FROM handoff WHERE {handoff}) AND file_id IN"
    " (SELECT id FROM returned_file WHERE kind = 'handoffs') OR row_id IN (SELECT id FROM gift WHERE {gift})"
    " AND file_id IN (SELECT id FROM returned_file WHERE kind = 'gifts')",
}
"""Rows that are about somebody by way of others, by table."""


class Whose(NamedTuple):
    """Whose rows are erased: those of `own`, with conversations of theirs alone. `begun`: those that others are in."""

    own: Theirs
    begun: tuple[int, ...]

    def lists(self) -> dict[str, str]:
        """The parameters of `where`."""
        return {**self.own.lists(), "begun": json.dumps(self.begun)}


def whose(conn: Connection, members: Sequence[int]) -> Whose:
    """What belongs to these members, each merged into nobody, taken together as one person."""
    parts = [theirs(conn, number) for number in members]
    people = tuple(dict.fromkeys(one for part in parts for one in part.members))
    names = tuple(dict.fromkeys(one for part in parts for one in part.identities))
    talks = tuple(dict.fromkeys(one for part in parts for one in part.conversations))
    given = {"identities": json.dumps(names)}
    alone = tuple(row["id"] for row in conn.execute(_ALONE, given))
    said = tuple(int(number) for (number,) in conn.execute(_SAID, {**given, "alone": json.dumps(alone)}))
    return Whose(Theirs(people, names, alone, said), tuple(one for one in talks if one not in set(alone)))


def of_talks(conn: Connection, talks: Sequence[int]) -> Whose:
    """What belongs to these conversations, and to those that were joined into them; no member."""
    found = tuple(int(number) for (number,) in conn.execute(_JOINED, (json.dumps(talks),)))
    said = conn.execute(
        "SELECT id FROM message WHERE conversation_id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(found),),
    )
    return Whose(Theirs((), (), found, tuple(int(number) for (number,) in said)), ())


def where(conn: Connection, table: str) -> str:
    """SQL that is true for the rows of a table that are erased, with `Whose.lists` as parameters; "" for none."""
    more = _MORE.get(table, "")
    named = {
        other: where(conn, other) for other in ("handoff", "gift", "outbox", "letter_draft") if f"{{{other}}}" in more
    }
    tests = filter(None, (condition(conn, table), more.format(**named)))
    return " OR ".join(f"({test})" for test in tests)
