"""What is known before gifts leave us, one after the other: what the stock gives, and what to ask where it lacks any.

The window, the shell and files that come back ask here. In a transaction that may be open.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.base.words import tr
from app.gifts import stock
from app.gifts.stock import Part
from app.store.sqlite import Connection

Taken = Mapping[tuple[int, str], int]
"""What gifts that leave just before take: (item, size) -> how many."""


def gives(conn: Connection, number: int, size: str, qty: int) -> str:
    """What the stock gives for so many of an item, as a sentence; "" if nothing of it is counted."""
    parts = stock.parts(conn, number, size, qty)
    return tr("From the stock: {what}.").format(what=_listed(conn, parts)) if parts else ""


def asks(conn: Connection, number: int, size: str, qty: int, taken: Taken) -> str:
    """What to ask before so many of an item are shipped: whether to ship more than there is; "" if all are there."""
    lacking = stock.missing(conn, number, size, qty, taken)
    if not lacking:
        return ""
    part, wanted, _count = lacking[0]
    name, sizes = _named(conn, part)
    if sizes and not wanted:
        return tr("No size is chosen for “{item}” ({sizes}). Ship it anyway?").format(item=name, sizes=sizes)
    if part == number and stock.on_hand(conn, part, wanted) <= taken.get((part, wanted), 0):
        return tr("The books say there are none left. Ship it anyway?")
    return tr("The books say these are missing: {what}. Ship it anyway?").format(what=_listed(conn, lacking))


def _listed(conn: Connection, parts: list[Part]) -> str:
    return ", ".join(f"{part.qty} × {_named(conn, part.item_id)[0]} {part.size}".rstrip() for part in parts)


def _named(conn: Connection, item: int) -> tuple[str, str]:
    """An item's name, and its sizes as one text."""
    row = conn.execute("SELECT name, sizes FROM gift_item WHERE id = ?", (item,)).fetchone()
    return str(row["name"]), ", ".join(filter(None, row["sizes"].split(",")))
