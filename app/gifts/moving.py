"""A gift goes from one state to another: its days, and the stock. In a transaction that is open."""

from __future__ import annotations

from app.base import clock
from app.gifts import stock
from app.gifts.rows import LEFT, STAGES
from app.store.sqlite import Connection

_ARRIVED = STAGES[STAGES.index("arrived") :]


def move(conn: Connection, number: int, state: str, at: int) -> None:
    """Move a gift to a state, as `put`: a new revision."""
    put(conn, number, state, at)
    conn.execute("UPDATE gift SET rev = rev + 1 WHERE id = ?", (number,))


def put(conn: Connection, number: int, state: str, at: int) -> None:
    """Put a gift into a state as of `at` (Unix seconds).

    What leaves us is dated to that day, unless a day is known, and taken from the stock; what comes back, or never
    left, is put into it again. What is lost stays gone.
    """
    row = conn.execute("SELECT state, shipped_on, arrived_on FROM gift WHERE id = ?", (number,)).fetchone()
    today = clock.local(at).date().isoformat()
    shipped = (row["shipped_on"] or today) if state in LEFT or state == "returned" else None
    arrived = (row["arrived_on"] or today) if state in _ARRIVED else None
    conn.execute(
        "UPDATE gift SET state = ?, state_at = ?, shipped_on = ?, arrived_on = ? WHERE id = ?",
        (state, at, shipped, arrived, number),
    )
    if state in LEFT and row["state"] not in LEFT:
        stock.send(conn, number)
    elif row["state"] in LEFT and state not in LEFT:
        stock.take_back(conn, number)
