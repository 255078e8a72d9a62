"""What was put into drafts, and who was told it once they are sent."""

from __future__ import annotations

from collections import defaultdict

from app.base import clock
from app.facts.matching import keys_in, told_in
from app.facts.rows import Value
from app.store.sqlite import Connection

KEPT_SECONDS = 60 * 86_400
"""How long it is remembered that a fact was put into a draft, and how long an old value is looked for."""
_INSERTED = """
SELECT DISTINCT v.fact_id FROM fact_inserted n JOIN fact_value v ON v.id = n.value_id
LEFT JOIN conversation c ON c.id = n.conversation_id
WHERE n.at > ?1 AND (?2 IS NULL OR n.conversation_id = ?2 OR c.joined_into = ?2)
"""
_VALUES = """
SELECT id, language, words, since, until, fact_id FROM fact_value WHERE fact_id = ? AND (until IS NULL OR until > ?)
"""


def note_inserted(conn: Connection, value_id: int, conversation_id: int | None, at: int) -> None:
    """Note that a value was put into the draft of a conversation, or of a new message (None), at `at`."""
    conn.execute("DELETE FROM fact_inserted WHERE at < ?", (at - KEPT_SECONDS,))
    conn.execute(
        "INSERT INTO fact_inserted (value_id, conversation_id, at) VALUES (?, ?, ?)", (value_id, conversation_id, at)
    )


def note_told(
    conn: Connection, text: str, *, outbox_id: int | None, message_id: int, at: int, is_reply: bool = True,
    template_id: int | None = None, identity_id: int | None = None,
) -> None:  # fmt: skip
    """Note in the open transaction whom a message that was just sent told which facts.

    Only facts that were put into the draft, or stand in its template, are looked for; what was cut out again was not
    told. `is_reply`: what was put into other conversations' drafts is none of its concern.
    """
    if conn.execute("SELECT 1 FROM fact_value LIMIT 1").fetchone() is None:
        return
    row = conn.execute("SELECT conversation_id FROM message WHERE id = ?", (message_id,)).fetchone()
    talk = int(row["conversation_id"]) if row is not None else 0
    facts = {int(fact) for (fact,) in conn.execute(_INSERTED, (at - KEPT_SECONDS, talk if is_reply else None))}
    facts |= _of_template(conn, template_id)
    for value in _told(conn, facts, text, at).values():
        conn.execute(
            "INSERT INTO fact_told (value_id, identity_id, outbox_id, message_id, at) VALUES (?, ?, ?, ?, ?)",
            (value.id, identity_id, outbox_id, message_id, at),
        )


def note_corrected(conn: Connection, message_id: int, text: str, at: int) -> None:
    """Note in the open transaction what a message of ours tells since it was corrected, of facts that it told."""
    rows = conn.execute(
        "SELECT v.fact_id, t.identity_id FROM fact_told t JOIN fact_value v ON v.id = t.value_id"
        " LEFT JOIN outbox o ON o.id = t.outbox_id WHERE coalesce(o.message_id, t.message_id) = ?",
        (message_id,),
    ).fetchall()
    whom = {int(row["fact_id"]): row["identity_id"] for row in rows}
    for fact, value in _told(conn, set(whom), text, at).items():
        conn.execute(
            "INSERT INTO fact_told (value_id, identity_id, outbox_id, message_id, at) VALUES (?, ?, ?, ?, ?)",
            (value.id, whom[fact], None, message_id, at),
        )


def _of_template(conn: Connection, template_id: int | None) -> set[int]:
    """The facts that a template's texts name."""
    if template_id is None:
        return set()
    bodies = conn.execute(
        "SELECT body FROM template_text WHERE template_id = ? AND instr(body, 'fact:')", (template_id,)
    )
    keys = {key for (body,) in bodies for key in keys_in(body)}
    return {int(row["id"]) for key in keys for row in conn.execute("SELECT id FROM fact WHERE key = ?", (key,))}


def _told(conn: Connection, facts: set[int], text: str, at: int) -> dict[int, Value]:
    known = defaultdict[int, list[Value]](list)
    for fact in facts:
        for *value, _fact in conn.execute(_VALUES, (fact, at - KEPT_SECONDS)):
            known[fact].append(Value(*value))
    return told_in(text, known)


def moment(at: int | None) -> int:
    """Return `at`, or now (Unix seconds)."""
    return clock.now() if at is None else at
