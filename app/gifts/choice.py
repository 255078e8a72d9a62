"""Items that a member may choose among, and what they chose."""

from __future__ import annotations

from collections.abc import Sequence

from app.base.errors import UserError
from app.base.words import tr
from app.gifts.budget import Budgets
from app.gifts.consent import Answer
from app.gifts.items import GiftItem, Items
from app.gifts.records import get, update
from app.gifts.rows import PROMISED, STATE_NAMES, Gift
from app.store.sqlite import Connection
from app.store.store import Store

_OPEN = ("idea", *PROMISED)
_LEAST = 2


class Choices:
    """The table `gift_choice`."""

    def __init__(self, store: Store, items: Items, budgets: Budgets) -> None:
        """Every change is an undoable action."""
        self._store, self._items, self._budgets = store, items, budgets

    def offered(self, number: int) -> list[GiftItem]:
        """Return the items that a gift's member may choose among, in the order they were offered; [] for none."""
        rows = self._store.read.execute("SELECT item_id FROM gift_choice WHERE gift_id = ? ORDER BY id", (number,))
        return [self._items.get(row["item_id"]) for row in rows.fetchall()]

    def offer(self, number: int, items: Sequence[int]) -> None:
        """Let the member choose among these items (their ids) instead of those offered so far.

        Raises UserError for fewer than two, one that is no longer offered, and a gift that has left us.
        """
        shown, wanted = get(self._store.read, number), list(dict.fromkeys(items))
        if len(wanted) < _LEAST:
            raise UserError(tr("Offer at least two items to choose among."))
        for item in map(self._items.get, wanted):
            if item.retired_at is not None:
                raise UserError(tr("“{item}” is no longer offered.").format(item=item.name))
        title = tr("Offered a choice: {item} for {member}").format(item=shown.item, member=shown.member)
        with self._store.write(title) as conn:
            _check_open(get(conn, number))
            put_choice(conn, number, wanted)

    def choose(self, number: int, item: int, *, over: Answer = False) -> None:
        """Make it the item that the member chose, at what that costs.

        Raises UserError for an item that was not offered and a gift that has left us, and NotYetError if it goes over
        the budget and `over` does not agree to that.
        """
        shown, chosen = get(self._store.read, number), self._items.get(item)
        title = tr("Chosen: {item} for {member}").format(item=chosen.name, member=shown.member)
        with self._store.write(title) as conn, self._budgets.kept(conn, over, shown.member_id):
            gift = get(conn, number)
            _check_open(gift)
            _check_offered(conn, gift, chosen)
            values: dict[str, object] = {"item": chosen.name}
            if chosen.worth:
                values |= {"worth": chosen.worth * gift.qty, "currency": chosen.currency, "actual_cost": None}
            if gift.size not in chosen.sizes:
                values["size"] = ""
            update(conn, number, values)
            conn.execute("UPDATE gift SET item_id = ? WHERE id = ?", (chosen.id, number))


def put_choice(conn: Connection, number: int, items: Sequence[int], chosen: int | None = None) -> None:
    """Write down in the open transaction among which items (their ids) a member may choose, and which they chose."""
    conn.execute("DELETE FROM gift_choice WHERE gift_id = ?", (number,))
    conn.executemany("INSERT INTO gift_choice (gift_id, item_id) VALUES (?, ?)", [(number, item) for item in items])
    if chosen is not None:
        conn.execute("UPDATE gift SET item_id = ? WHERE id = ?", (chosen, number))


def _check_open(gift: Gift) -> None:
    if gift.state not in _OPEN:
        msg = tr("{item} for {member} is at “{stage}”: there is nothing left to choose.")
        raise UserError(msg.format(item=gift.item, member=gift.member, stage=tr(STATE_NAMES[gift.state])))


def _check_offered(conn: Connection, gift: Gift, chosen: GiftItem) -> None:
    rows = conn.execute(
        "SELECT i.id, i.name FROM gift_choice c JOIN gift_item i ON i.id = c.item_id WHERE c.gift_id = ? ORDER BY c.id",
        (gift.id,),
    )
    offered = {row["id"]: row["name"] for row in rows}
    if not offered:
        msg = tr("No choice was offered to {member}: offer items first.")
        raise UserError(msg.format(member=gift.member))
    if chosen.id not in offered:
        sentence = tr("“{item}” was not offered to {member}. Choose from: {items}.")
        raise UserError(sentence.format(item=chosen.name, member=gift.member, items=", ".join(offered.values())))
