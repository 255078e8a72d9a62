"""Addresses of gifts that are no more: the log of what can be undone holds them, and they have their day as well."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import NamedTuple

from app.addresses.anywhere import Address
from app.base import clock
from app.gifts.addresses import SOME_DROPPED
from app.store.sqlite import Connection, scalar

IN_USE = (
    "SELECT address_1 FROM gift_address WHERE address_1 <> '' UNION SELECT address_1 FROM member WHERE address_1 <> ''"
)
"""The streets that something still goes to."""
_HELD = """
SELECT s.row_id, s.before, s.after, a.at FROM action_step s JOIN action a ON a.id = s.action_id
WHERE s.tbl = 'gift_address' AND NOT EXISTS (SELECT 1 FROM gift g WHERE g.id = s.row_id) ORDER BY s.row_id, a.at
"""
_WHOSE = (
    "SELECT before FROM action_step WHERE tbl = 'gift' AND op = 'delete' AND row_id = ? ORDER BY action_id DESC LIMIT 1"
)
_LINES = ("address_1", "address_2", "address_3")


class Dropped(NamedTuple):
    """A gift that was dropped, whose it was (0: not known), and where it was to go."""

    gift_id: int
    member_id: int
    addresses: tuple[Address, ...]


def due(conn: Connection, days: int, today: date) -> list[Dropped]:
    """The gifts that were dropped so many days ago, or more, and whose address could still be brought back."""
    if not scalar(conn, f"SELECT {SOME_DROPPED}"):
        return []
    held: dict[int, list[dict[str, str]]] = {}
    last: dict[int, date] = {}
    for row in conn.execute(_HELD).fetchall():
        found = [json.loads(side) for side in (row["before"], row["after"]) if side]
        held.setdefault(row["row_id"], []).extend(one for one in found if one.get("address_1"))
        last[row["row_id"]] = clock.local(row["at"]).date()
    late = [number for number, kept in held.items() if kept and last[number] + timedelta(days=days) <= today]
    return [Dropped(number, _whose(conn, number), tuple(map(_address, held[number]))) for number in late]


def _whose(conn: Connection, number: int) -> int:
    row = conn.execute(_WHOSE, (number,)).fetchone()
    return int(json.loads(row["before"]).get("member_id", 0)) if row is not None else 0


def _address(kept: dict[str, str]) -> Address:
    lines = tuple(filter(None, (kept.get(name, "") for name in _LINES)))
    return Address(
        lines, kept.get("postal_code", ""), kept.get("city", ""), (kept.get("recipient", ""), kept.get("country", ""))
    )
