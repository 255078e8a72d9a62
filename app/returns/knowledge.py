"""What this community knows of the rows of a file: how they went out, how they are now, how they came back before."""

from __future__ import annotations

import json

from app.base import clock, money
from app.csvfile import clean
from app.returns import numbers
from app.returns.cells import trimmed
from app.returns.headers import ID, Layout
from app.returns.rows import Base, Earlier, Known, Ours
from app.returns.sheets import Sheet
from app.store.sqlite import Connection

_HANDOFFS = """
SELECT h.id, h.rev, coalesce(p.name, ''), coalesce(t.name, ''), h.ask, h.opened_at, h.closed_at, h.owner, h.status,
  h.answer, coalesce(h.answered_on, ''), h.ticket, h.told_at, coalesce(c.state = 'done', 0)
FROM handoff h LEFT JOIN conversation c ON c.id = h.conversation_id
  LEFT JOIN member p ON p.id = h.member_id LEFT JOIN teammate t ON t.id = h.teammate_id
"""
_GIFTS = """
SELECT g.id, g.rev, p.name, g.item, coalesce(nullif(a.recipient, ''), nullif(p.recipient, ''), p.name), g.state,
  coalesce(g.shipped_on, ''), g.carrier, g.tracking, g.actual_cost, g.currency
FROM gift g JOIN member p ON p.id = g.member_id LEFT JOIN gift_address a ON a.id = g.id
"""


def known(conn: Connection, sheet: Sheet, layout: Layout) -> Known:
    """All that is known of a file's rows."""
    place, rev_place = layout.columns[ID[layout.kind]], layout.columns.get("rev")
    wanted: set[tuple[int, int]] = set()
    for line in sheet.lines:
        number = numbers.read(line.cell(place), layout.kind)
        rev = line.cell(rev_place).strip().removesuffix(".0").removesuffix(",0")
        if number is not None and rev.isascii() and rev.isdecimal():
            wanted.add((number, int(rev[:9])))
    misspelled = len({number for number, _rev in wanted}) < len(sheet.lines)
    ours = _handoffs(conn) if layout.kind == "handoffs" else _gifts(conn)
    bases = _bases(conn, layout.kind, None if misspelled else wanted)
    return Known(bases, ours, _earlier(conn, layout.kind), _decided(conn, sheet.sha256))


def _bases(conn: Connection, kind: str, wanted: set[tuple[int, int]] | None) -> dict[tuple[int, int], Base]:
    """The rows as they went out, by number and revision: those that are wanted, None for all."""
    found = {}
    for number, rev, at, file, cells in conn.execute(
        "SELECT row_id, rev, at, file, cells FROM exported_row WHERE kind = ?", (kind.removesuffix("s"),)
    ):
        if wanted is None or (number, rev) in wanted:
            found[number, rev] = Base(json.loads(cells), at, file)
    return found


def _handoffs(conn: Connection) -> dict[int, Ours]:
    found = {}
    for row in conn.execute(_HANDOFFS):
        number, rev, member, teammate, ask, opened, closed, owner, status, answer, answered_on, ticket, heard, done = (
            row
        )
        values = {"owner": owner, "status": status, "answer": answer, "answered_on": answered_on, "ticket": ticket}
        values = {name: trimmed(clean(text)) for name, text in values.items()}
        told = {"ask": clean(ask), "member": clean(member), "opened": _day(opened)}
        found[number] = Ours(
            number, rev, member or ask, teammate, values, told, _day(closed), _day(heard), done=bool(done)
        )  # fmt: skip
    return found


def _day(at: int | None) -> str:
    """The local day (ISO) of a time; "" for none."""
    return "" if at is None else clock.local(at).date().isoformat()


def _gifts(conn: Connection) -> dict[int, Ours]:
    found = {}
    for row in conn.execute(_GIFTS):
        number, rev, member, item, recipient, state, shipped_on, carrier, tracking, cost, currency = row
        values = {
            "status": state, "shipped_on": shipped_on, "carrier": trimmed(clean(carrier)),
            "tracking": trimmed(clean(tracking)),
            "actual_cost": "" if cost is None else money.short(cost, currency), "currency": currency,
        }  # fmt: skip
        found[number] = Ours(number, rev, member, "", values, {"item": clean(item), "recipient": clean(recipient)})
    return found


def _decided(conn: Connection, sha256: str) -> frozenset[int]:
    rows = conn.execute(
        "SELECT r.row_id FROM returned_row r JOIN returned_file f ON f.id = r.file_id WHERE f.sha256 = ?", (sha256,)
    )
    return frozenset(number for (number,) in rows)


def _earlier(conn: Connection, kind: str) -> dict[int, tuple[Earlier, ...]]:
    found: dict[int, tuple[Earlier, ...]] = {}
    for number, rev, at, cells in conn.execute(
        "SELECT r.row_id, r.rev, f.at, r.cells FROM returned_row r JOIN returned_file f ON f.id = r.file_id"
        " WHERE f.kind = ? ORDER BY f.at DESC, f.id DESC",
        (kind,),
    ):
        found[number] = (*found.get(number, ()), Earlier(rev, at, json.loads(cells)))
    return found
