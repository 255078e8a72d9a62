"""The stock of items: moves, and what is on hand as their sum. Everything here runs in a transaction that is open.

It never falls below 0: what is sent though the books have none left must have been there, so a move says that it was
found. Of a box that is not counted itself, its parts are taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from app.base import clock
from app.base.errors import UserError
from app.base.words import tr
from app.store.sqlite import Connection, scalar

_ON_HAND = "SELECT coalesce(sum(qty), 0) FROM stock_move WHERE item_id = ? AND size = ?"


class Part(NamedTuple):
    """So many pieces of a counted item, in a size ("" for one that has none)."""

    item_id: int
    size: str
    qty: int


def on_hand(conn: Connection, item_id: int, size: str = "") -> int:
    """How many there are of an item in a size: the sum of its moves."""
    return int(scalar(conn, _ON_HAND, (item_id, size)))


def parts(conn: Connection, item_id: int, size: str, qty: int) -> list[Part]:
    """What leaves the stock with so many of an item: itself if it is counted, else the counted things in the box.

    Each once, however many of the boxes in it hold it.
    """
    needed: dict[tuple[int, str], int] = {}
    for inner, wanted, count in _parts(conn, item_id, size, qty, frozenset()):
        needed[inner, wanted] = needed.get((inner, wanted), 0) + count
    return [Part(*key, count) for key, count in needed.items()]


def _parts(
    conn: Connection, item_id: int, size: str, qty: int, around: frozenset[int]
) -> Iterator[tuple[int, str, int]]:
    row = conn.execute("SELECT is_counted, sizes FROM gift_item WHERE id = ?", (item_id,)).fetchone()
    if row is None or item_id in around:
        return
    if row["is_counted"]:
        sizes = row["sizes"].split(",") if row["sizes"] else [""]
        yield item_id, next((one for one in sizes if one.casefold() == size.strip().casefold()), ""), qty
        return
    for inner, count in conn.execute("SELECT item_id, qty FROM gift_item_part WHERE box_id = ?", (item_id,)).fetchall():
        yield from _parts(conn, inner, size, qty * count, around | {item_id})


def missing(
    conn: Connection, item_id: int, size: str, qty: int, taken: Mapping[tuple[int, str], int] | None = None
) -> list[Part]:
    """What the stock lacks to send so many of an item: nothing, or how many more of which would be needed.

    `taken` are those that others take before: (item, size) -> how many.
    """
    gone = taken or {}
    wanted = (
        (part, on_hand(conn, part.item_id, part.size) - gone.get((part.item_id, part.size), 0))
        for part in parts(conn, item_id, size, qty)
    )
    return [part._replace(qty=part.qty - there) for part, there in wanted if there < part.qty]


def move(conn: Connection, part: Part, why: str, gift_id: int | None = None, note: str = "") -> None:
    """Note that so many came (`qty` above 0) or left (below), and why: one of the table's reasons."""
    conn.execute(
        "INSERT INTO stock_move (item_id, size, at, qty, why, gift_id, note) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (part.item_id, part.size, clock.now(), part.qty, why, gift_id, note),
    )


def send(conn: Connection, gift_id: int) -> None:
    """Take from the stock what a gift is made of."""
    for part in _of_gift(conn, gift_id):
        short = part.qty - on_hand(conn, part.item_id, part.size)
        if short > 0:
            move(conn, part._replace(qty=short), "found", gift_id)
        move(conn, part._replace(qty=-part.qty), "sent", gift_id)


def take_back(conn: Connection, gift_id: int) -> None:
    """Put back into the stock what was taken for a gift; what had to be found for it goes, as nothing was sent."""
    rows = conn.execute(
        "SELECT item_id, size, -sum(qty) AS taken FROM stock_move"
        " WHERE gift_id = ? AND why IN ('sent', 'returned', 'found') GROUP BY item_id, size",
        (gift_id,),
    ).fetchall()
    for item_id, size, taken in rows:
        if taken > 0:
            move(conn, Part(item_id, size, taken), "returned", gift_id)


def keep_above_zero(conn: Connection, *_step: object) -> None:
    """When an action was undone or redone: refuse it if that leaves less than none of an item. Raises UserError."""
    row = conn.execute(
        "SELECT i.name FROM stock_move m JOIN gift_item i ON i.id = m.item_id"
        " GROUP BY m.item_id, m.size HAVING sum(m.qty) < 0 LIMIT 1"
    ).fetchone()
    if row is not None:
        msg = tr("That isn't possible any more: some of “{item}” have left the stock since. Count it instead.")
        raise UserError(msg.format(item=row["name"]))


def _of_gift(conn: Connection, gift_id: int) -> list[Part]:
    row = conn.execute("SELECT item_id, size, qty FROM gift WHERE id = ?", (gift_id,)).fetchone()
    return [] if row is None or row["item_id"] is None else parts(conn, row["item_id"], row["size"], row["qty"])
