"""Writing down what came back of a gift from whoever ships it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from app.base import clock, money
from app.base.errors import BugError
from app.gifts import leaving, moving, records, stock
from app.gifts.rows import LEFT, STATES, Gift, goes_back
from app.store.sqlite import Connection

COLUMNS = ("status", "shipped_on", "carrier", "tracking", "actual_cost")
"""The columns that are filled in; an amount is in the gift's currency."""

Stops = Callable[[Gift, str], str]
"""Why a gift should not go to a state, as the window and the shell have it, or ""."""


class Looked(NamedTuple):
    """A gift on its way to a state: what it takes from the stock, in a sentence, and what to ask before; "" for none.

    `taken` is what is gone from the stock once it has left too: (item, size) -> how many.
    """

    gives: str
    asks: str
    taken: dict[tuple[int, str], int]


def look(conn: Connection, number: int, state: str, taken: leaving.Taken, stops: Stops) -> Looked:
    """Look at a gift that goes to a state after others, which took `taken`. Raises NotFoundError; nothing is written.

    It asks what the window and the shell ask: about its card, what the stock lacks, and whether it goes back.
    """
    gift, then = records.get(conn, number), dict(taken)
    asked, gives = [goes_back(gift, state), stops(gift, state)], ""
    if gift.item_id is not None and state in LEFT and gift.state not in LEFT:
        asked.append(leaving.asks(conn, gift.item_id, gift.size, gift.qty, taken))
        gives = leaving.gives(conn, gift.item_id, gift.size, gift.qty)
        for part in stock.parts(conn, gift.item_id, gift.size, gift.qty):
            key = part.item_id, part.size
            then[key] = min(then.get(key, 0) + part.qty, stock.on_hand(conn, *key))
    return Looked(gives, " ".join(filter(None, asked)), then)


def take(conn: Connection, number: int, values: Mapping[str, str], *, at: int | None = None) -> None:
    """Write these of COLUMNS to a gift in the open transaction, now or at `at` (Unix seconds): a new revision.

    Shipping it takes it from the stock, and is dated to that day unless a day came back.
    """
    if not values.keys() <= set(COLUMNS) or values.get("status", STATES[0]) not in STATES:
        raise BugError(values)
    now = clock.now() if at is None else at
    row = conn.execute("SELECT state, currency FROM gift WHERE id = ?", (number,)).fetchone()
    given: dict[str, object] = {name: text for name, text in values.items() if name in ("carrier", "tracking")}
    if "actual_cost" in values:
        cost = values["actual_cost"]
        given["actual_cost"] = money.amount(cost, row["currency"]) if cost else None
    if "shipped_on" in values:
        given["shipped_on"] = values["shipped_on"] or None
    if given:
        settings = ", ".join(f"{name} = ?" for name in given)
        conn.execute(f"UPDATE gift SET {settings} WHERE id = ?", (*given.values(), number))
    if "status" in values and values["status"] != row["state"]:
        moving.move(conn, number, values["status"], now)
    else:
        conn.execute("UPDATE gift SET rev = rev + 1 WHERE id = ?", (number,))
