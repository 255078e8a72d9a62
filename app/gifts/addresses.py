"""Where parcels go: a table apart, written only when a gift needs it."""

from __future__ import annotations

from collections.abc import Mapping

from app.base import clock
from app.store.sqlite import Connection

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
