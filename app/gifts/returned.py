"""Writing down what came back of a gift from whoever ships it."""

from __future__ import annotations

from collections.abc import Mapping

from app.base import clock, money
from app.base.errors import BugError
from app.gifts import moving
from app.gifts.rows import STATES
from app.store.sqlite import Connection

COLUMNS = ("status", "shipped_on", "carrier", "tracking", "actual_cost")
"""The columns that are filled in; an amount is in the gift's currency."""


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
