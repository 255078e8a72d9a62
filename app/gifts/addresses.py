"""Where parcels go: a table apart, written only when a gift needs it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from app.base import clock
from app.base.errors import UserError
from app.base.words import tr
from app.store.sqlite import Connection, scalar

UNFINISHED = "erasing_unfinished"
"""The setting that stands while an address has been erased from its rows, and not yet from every byte."""
SOME_DROPPED = "(SELECT seq FROM sqlite_sequence WHERE name = 'gift') > (SELECT count(*) FROM gift)"
"""SQL: whether there were more gifts than there are. Without this the whole log of what can be undone would be read."""
COLUMNS = ("recipient", "address_1", "address_2", "address_3", "postal_code", "city", "country")


def write(conn: Connection, gift_id: int, values: Mapping[str, object], message_id: int | None = None) -> None:
    """Write these of COLUMNS to a gift in the open transaction; `message_id` is the message that they came in.

    An address that was erased is asked for anew by this: the gift has one again.
    """
    given = {name: str(text).strip() for name, text in values.items() if name in COLUMNS}
    if not given:
        return
    conn.execute("INSERT OR IGNORE INTO gift_address (id, taken_at) VALUES (?, ?)", (gift_id, clock.now()))
    settings = ", ".join(f"{name} = ?" for name in given)
    conn.execute(f"UPDATE gift_address SET {settings} WHERE id = ?", (*given.values(), gift_id))
    if message_id is not None:
        conn.execute("UPDATE gift_address SET message_id = ? WHERE id = ?", (message_id, gift_id))
    empty = " AND ".join(f"{name} = ''" for name in COLUMNS)
    conn.execute(f"DELETE FROM gift_address WHERE id = ? AND {empty}", (gift_id,))
    conn.execute("UPDATE gift SET address_erased_at = NULL WHERE id = ? AND address_erased_at IS NOT NULL", (gift_id,))


def set_erase_on(conn: Connection, gift_id: int, day: str) -> bool:
    """Have the address of a gift erased on a day (YYYY-MM-DD), "" for none of its own; False if it has no address."""
    return bool(conn.execute("UPDATE gift_address SET erase_on = ? WHERE id = ?", (day, gift_id)).rowcount)


def mark_erased(conn: Connection, gift_id: int, at: int) -> None:
    """Delete the address of a gift, and note in the open transaction when it was erased (Unix seconds)."""
    conn.execute("DELETE FROM gift_address WHERE id = ?", (gift_id,))
    conn.execute("UPDATE gift SET address_erased_at = ? WHERE id = ?", (at, gift_id))


def forms(line: str) -> tuple[bytes, ...]:
    """The bytes by which a line of an address stands in a file: as a text, and in JSON."""
    return (line.encode(), json.dumps(line)[1:-1].encode())


def note_answer(conn: Connection, gift_id: int, message_id: int | None) -> None:
    """A gift has another address, by that message or typed (None): a new revision."""
    conn.execute(
        "UPDATE gift SET rev = rev + 1, answer_message_id = coalesce(?, answer_message_id) WHERE id = ?",
        (message_id, gift_id),
    )


def refuse_erased(conn: Connection, gift_id: int) -> None:
    """Raise UserError if the address of a gift was erased: nothing brings it back."""
    if conn.execute("SELECT 1 FROM gift WHERE id = ? AND address_erased_at IS NOT NULL", (gift_id,)).fetchone():
        raise UserError(tr("The address was erased, so this can't be redone."))


def is_erased(conn: Connection, message_id: int) -> bool:
    """Whether the address that came in this message was erased: its words are not taken from its channel again."""
    row = conn.execute(
        "SELECT 1 FROM gift WHERE answer_message_id = ? AND address_erased_at IS NOT NULL LIMIT 1", (message_id,)
    ).fetchone()
    return row is not None


def to_see_to(conn: Connection) -> bool:
    """Whether any address is kept that may have to be erased, a dropped gift's too, or one is not yet erased whole."""
    asked = (
        "SELECT EXISTS (SELECT 1 FROM gift_address) OR EXISTS (SELECT 1 FROM setting WHERE key = ?)"
        f" OR {SOME_DROPPED} AND EXISTS (SELECT 1 FROM action_step WHERE tbl = 'gift_address' AND op = 'delete'"
        " AND before <> '{}')"
    )
    return bool(scalar(conn, asked, (UNFINISHED,)))
