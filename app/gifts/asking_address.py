"""What becomes of gifts with the reply that asks where to send them, each in the transaction of the outbox."""

from __future__ import annotations

from datetime import timedelta

from app.base import clock
from app.gifts import moving
from app.store.sqlite import Connection

ASK_KEY = "ask-address"
"""The key of the template that asks."""
_WINNERS = "giveaway-*-winners"
LAPSE_KEY, LAPSE_DAYS = "gift_lapse_days", 30
_WAITING = """
SELECT g.id, g.conversation_id IS (SELECT conversation_id FROM outbox WHERE id = :outbox) AS here
FROM gift g JOIN member p ON p.id = g.member_id LEFT JOIN gift_address a ON a.id = g.id
WHERE g.member_id = :member AND g.state = 'approved' AND g.in_person = 0
  AND (g.address_erased_at IS NOT NULL OR coalesce(nullif(a.address_1, ''), p.address_1) = '')
"""


def winners_key(giveaway: int) -> str:
    """The key of the template that tells a give-away's winners, and asks them for their address."""
    return _WINNERS.replace("*", str(giveaway))


def asked_with(conn: Connection, outbox_id: int, template_id: int | None, member_id: int | None, at: int) -> None:
    """A reply to that member was submitted at `at` (Unix seconds): if it asks by the template, the address is asked.

    It asks for the approved gifts without an address of its conversation; where that has none, for all of theirs.
    """
    if template_id is None or member_id is None or not _is_asking(conn, template_id):
        return
    rows = conn.execute(_WAITING, {"outbox": outbox_id, "member": member_id}).fetchall()
    lapses = clock.local(at).date() + timedelta(days=_days(conn))
    for number in [row["id"] for row in rows if row["here"]] or [row["id"] for row in rows]:
        moving.move(conn, number, "asked", at)
        conn.execute(
            "UPDATE gift SET asked_at = ?, asked_outbox_id = ?, lapses_on = ? WHERE id = ?",
            (at, outbox_id, lapses.isoformat(), number),
        )


def sent_with(conn: Connection, outbox_id: int, at: int) -> None:
    """The reply was sent at `at` (Unix seconds): from then on an answer may come."""
    conn.execute("UPDATE gift SET asked_at = ? WHERE asked_outbox_id = ? AND state = 'asked'", (at, outbox_id))


def was_asked(conn: Connection, number: int, at: int) -> None:
    """A gift was asked for its address at `at` (Unix seconds), by words that no template has."""
    conn.execute("UPDATE gift SET asked_at = ? WHERE id = ?", (at, number))


def not_asked(conn: Connection, outbox_id: int) -> None:
    """The reply will not be sent: nobody was asked for an address by it."""
    rows = conn.execute("SELECT id FROM gift WHERE asked_outbox_id = ? AND state = 'asked'", (outbox_id,)).fetchall()
    for (number,) in rows:
        moving.move(conn, number, "approved", clock.now())
        conn.execute("UPDATE gift SET asked_at = NULL, asked_outbox_id = NULL, lapses_on = '' WHERE id = ?", (number,))


def address_came(conn: Connection, number: int, message_id: int | None) -> None:
    """A gift has its address, by that message or typed (None): what it waited for is there."""
    moving.move(conn, number, "address_in", clock.now())
    conn.execute(
        "UPDATE gift SET lapses_on = '', answer_message_id = coalesce(?, answer_message_id) WHERE id = ?",
        (message_id, number),
    )


def _is_asking(conn: Connection, template_id: int) -> bool:
    asks = "SELECT 1 FROM template WHERE id = ? AND (key = ? OR key GLOB ?)"
    row = conn.execute(asks, (template_id, ASK_KEY, _WINNERS)).fetchone()
    return row is not None


def _days(conn: Connection) -> int:
    row = conn.execute("SELECT value FROM setting WHERE key = ?", (LAPSE_KEY,)).fetchone()
    return int(row["value"]) if row is not None else LAPSE_DAYS
