"""Rows of the table `gift` with their addresses: read, added and changed, in whatever transaction is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.base import ids
from app.base.errors import NotFoundError
from app.base.words import tr
from app.gifts import addresses, items, stock
from app.gifts.rows import LEFT, Gift
from app.store.merged import current_member
from app.store.sqlite import Connection

_ADDRESS_COLUMNS = ("address_1", "address_2", "address_3", "postal_code", "city", "country")
_HAS_OWN_ADDRESS = " OR ".join(f"a.{name} <> ''" for name in _ADDRESS_COLUMNS)
_IS_ERASED = "g.address_erased_at IS NOT NULL"
_ADDRESS = ", ".join(
    f"CASE WHEN {_IS_ERASED} THEN '' WHEN {_HAS_OWN_ADDRESS} THEN a.{name} ELSE p.{name} END"
    for name in _ADDRESS_COLUMNS
)
_SELECT = f"""
SELECT g.id, g.rev, g.member_id, p.name, g.conversation_id, g.item, g.why, g.occasion, g.worth, g.currency, g.state,
  g.state_at, g.created_at, g.size, g.qty, coalesce(nullif(a.recipient, ''), nullif(p.recipient, ''), p.name),
  {_ADDRESS},
  g.customs_text, g.declared_value, g.card_text, coalesce(g.shipped_on, ''), g.carrier, g.tracking, g.actual_cost,
  g.exported_at, p.last_at, g.item_id, g.again_of, g.giveaway_id, g.in_person, g.lapses_on, g.asked_at,
  g.answer_message_id, g.charity, coalesce(g.arrived_on, ''), g.thanks_message_id, g.story_message_id,
  g.address_erased_at, a.message_id, coalesce(a.erase_on, ''),
  coalesce(i.kind = 'voucher' OR i.kind = 'gift_card' AND NOT i.is_counted, 0)
FROM gift g JOIN member p ON p.id = g.member_id LEFT JOIN gift_address a ON a.id = g.id
  LEFT JOIN gift_item i ON i.id = g.item_id
"""


def read(conn: Connection, after: str, values: Sequence[object] = ()) -> list[Gift]:
    """The gifts that the SQL `after` the tables (g: the gift, p: its member) leaves, in its order."""
    return [Gift(*row) for row in conn.execute(f"{_SELECT} {after}", values)]


def get(conn: Connection, number: int) -> Gift:
    """A gift as it stands for this connection; raises NotFoundError."""
    gifts = read(conn, "WHERE g.id = ?", (number,))
    if not gifts:
        msg = tr("There's no gift {gift}.").format(gift=ids.display(ids.GIFT, number))
        raise NotFoundError(msg)
    return gifts[0]


def insert(conn: Connection, member_id: int, columns: Mapping[str, object], at: int) -> int:
    """Add an idea with these checked columns in the open transaction, as of `at` (Unix seconds); returns its id."""
    own = {name: value for name, value in columns.items() if name not in addresses.COLUMNS}
    own |= {"member_id": current_member(conn, member_id), "state_at": at, "created_at": at}
    own["item_id"] = own.get("item_id") or items.find(conn, str(own["item"]))
    _fill_in(conn, own)
    made = conn.execute(
        f"INSERT INTO gift ({', '.join(own)}) VALUES ({', '.join('?' * len(own))})", tuple(own.values())
    )
    number = int(made.lastrowid or 0)
    addresses.write(conn, number, columns)
    return number


def _fill_in(conn: Connection, own: dict[str, object]) -> None:
    """Take what the customs are told from the item, unless it is said."""
    if own["item_id"] is None:
        return
    row = conn.execute("SELECT customs_text FROM gift_item WHERE id = ?", (own["item_id"],)).fetchone()
    if row is None:
        raise NotFoundError(tr("There's no item {item}.").format(item=ids.display(ids.ITEM, int(str(own["item_id"])))))
    own["customs_text"] = own.get("customs_text") or row["customs_text"]


def update(conn: Connection, number: int, columns: Mapping[str, object]) -> None:
    """Write these checked columns in the open transaction: a new revision."""
    own = {name: value for name, value in columns.items() if name not in addresses.COLUMNS}
    was = conn.execute("SELECT item, item_id, size, qty, state FROM gift WHERE id = ?", (number,)).fetchone()
    if "item" in own and "item_id" not in own and own["item"] != was["item"]:
        own["item_id"] = items.find(conn, str(own["item"]))
    settings = "".join(f"{name} = ?, " for name in own)
    conn.execute(f"UPDATE gift SET {settings}rev = rev + 1 WHERE id = ?", (*own.values(), number))
    if was["state"] in LEFT and any(own.get(name, was[name]) != was[name] for name in ("item_id", "size", "qty")):
        stock.take_back(conn, number)
        stock.send(conn, number)
    addresses.write(conn, number, columns)
