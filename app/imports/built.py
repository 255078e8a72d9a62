"""What keeps imported rows when an import is undone: later work on a conversation or member, such as a draft.

Each query returns ids; the text before it is the reason shown for keeping them. The first match wins, so the person's
own writing comes first.
"""

from __future__ import annotations

from app.base.words import N_
from app.store.sqlite import Connection

CONVERSATIONS = (
    (N_("your draft"), "SELECT conversation_id FROM draft UNION SELECT conversation_id FROM draft_beside"),
    (
        N_("a letter you're writing"),
        (
            "SELECT linked_id FROM letter_draft WHERE linked_id IS NOT NULL"
            " UNION SELECT m.conversation_id FROM letter_draft d JOIN message m ON m.id = d.forwards_id"
        ),
    ),
    (
        N_("a file for your reply"),
        "SELECT conversation_id FROM outgoing_file WHERE conversation_id IS NOT NULL",
    ),
    (N_("your reply"), "SELECT conversation_id FROM outbox"),
    (
        N_("messages you added"),
        (
            "SELECT conversation_id FROM message WHERE conversation_id IN (SELECT id FROM temp.talk)"
            " AND batch_id IS NULL AND (kind = 'offline' OR remote_id LIKE 'by-hand-%')"
        ),
    ),
    (N_("a hand-off"), "SELECT conversation_id FROM handoff WHERE conversation_id IS NOT NULL"),
    (N_("a gift"), "SELECT conversation_id FROM gift WHERE conversation_id IS NOT NULL"),
    (N_("a promise"), "SELECT conversation_id FROM promise WHERE conversation_id IS NOT NULL"),
    (
        N_("a work you noted"),
        "SELECT m.conversation_id FROM work w JOIN message m ON m.id IN (w.message_id, w.said_message_id)",
    ),
    (
        N_("a label"),
        "SELECT conversation_id FROM conversation_label WHERE id NOT IN (SELECT id FROM temp.given_label)",
    ),
    (
        N_("a mark"),
        "SELECT id FROM conversation WHERE id IN (SELECT id FROM temp.talk) AND (unhappy <> 0 OR hard <> 0)",
    ),
    (
        N_("a snooze"),
        (
            "SELECT id FROM conversation WHERE id IN (SELECT id FROM temp.talk)"
            " AND (snoozed_until IS NOT NULL OR snoozes > 0)"
        ),
    ),
    (
        N_("a link"),
        "SELECT conversation_id FROM conversation_link UNION SELECT other_id FROM conversation_link",
    ),
    (N_("a template you used"), "SELECT conversation_id FROM template_use WHERE conversation_id IS NOT NULL"),
    (N_("moderation"), "SELECT conversation_id FROM moderation"),
)
"""(reason, query) for conversations; `temp.talk` has the candidates, `temp.given_label` the import's own labels."""

_GIVEN = (
    "SELECT s.row_id FROM action_step s JOIN action a ON a.id = s.action_id WHERE a.batch_id = ?1 AND s.op = 'insert'"
    " AND s.tbl ="
)
"""The rows of a table that the import itself has made."""

MEMBERS = (
    (
        N_("a merge"),
        (
            "SELECT merged_into FROM member WHERE merged_into IS NOT NULL"
            " UNION SELECT id FROM member WHERE merged_into IS NOT NULL"
        ),
    ),
    (
        N_("messages you added"),
        (
            "SELECT member_id FROM identity WHERE member_id IN (SELECT id FROM temp.met) AND kind = 'in_person'"
            " AND batch_id IS NULL"
        ),
    ),
    (
        N_("your notes or changes"),
        (
            "SELECT s.row_id FROM action_step s JOIN action a ON a.id = s.action_id AND a.undone_at IS NULL"
            " WHERE s.tbl = 'member' AND s.op = 'update' AND a.batch_id IS NULL"
            " UNION SELECT id FROM member WHERE id IN (SELECT id FROM temp.met) AND note <> ''"
            " AND id NOT IN (SELECT id FROM temp.listed)"
        ),
    ),
    (N_("a label"), f"SELECT member_id FROM member_label WHERE id NOT IN ({_GIVEN} 'member_label')"),
    (N_("your notes or changes"), f"SELECT member_id FROM member_note WHERE id NOT IN ({_GIVEN} 'member_note')"),
    (N_("your notes or changes"), f"SELECT member_id FROM member_value WHERE id NOT IN ({_GIVEN} 'member_value')"),
    (
        N_("somebody you met through them"),
        (
            "SELECT met_through_id FROM member WHERE met_through_id IS NOT NULL"
            " AND id NOT IN (SELECT id FROM temp.listed)"
        ),
    ),
    (N_("a letter you're writing"), "SELECT member_id FROM letter_draft WHERE member_id IS NOT NULL"),
    (
        N_("your answer about a name"),
        "SELECT i.member_id FROM known_name n JOIN identity i ON i.id = n.identity_id",
    ),
    (N_("a gift"), "SELECT member_id FROM gift WHERE id NOT IN (SELECT id FROM temp.leaving_gift)"),
    (N_("a promise"), "SELECT member_id FROM promise"),
    (N_("a work you noted"), "SELECT member_id FROM work"),
    (N_("an introduction"), "SELECT one_id FROM introduction UNION SELECT other_id FROM introduction"),
    (N_("a hand-off"), "SELECT member_id FROM handoff WHERE member_id IS NOT NULL"),
    (N_("a template you used"), "SELECT member_id FROM template_use WHERE member_id IS NOT NULL"),
    (N_("moderation"), "SELECT member_id FROM moderation WHERE member_id IS NOT NULL"),
    (
        N_("another import"),
        (
            "SELECT s.row_id FROM action_step s JOIN action a ON a.id = s.action_id AND a.undone_at IS NULL"
            " WHERE s.tbl = 'member' AND s.op = 'update' AND a.batch_id <> ?1"
        ),
    ),
)
"""The same for members: `temp.met` contains the candidates, `temp.listed` those imported from a table of members."""


def kept_conversations(conn: Connection) -> dict[int, str]:
    """Return the conversations of `temp.talk` to keep, with the reason by id."""
    return _kept(conn, "talk", CONVERSATIONS, 0)


def kept_members(conn: Connection, batch: int) -> dict[int, str]:
    """Return the members of `temp.met` to keep, with the reason by id."""
    return _kept(conn, "met", MEMBERS, batch)


def _kept(conn: Connection, asked: str, questions: tuple[tuple[str, str], ...], batch: int) -> dict[int, str]:
    reasons: dict[int, str] = {}
    for why, question in questions:
        given = (batch,) if "?1" in question else ()
        for (number,) in conn.execute(f"SELECT id FROM temp.{asked} WHERE id IN ({question})", given):
            reasons.setdefault(int(number), why)
    return reasons
