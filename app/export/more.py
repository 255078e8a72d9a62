"""Export the further tables as they are, and the rows of a list by their ids, in the order of the list."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from app.base import ids, money
from app.csvfile.writing import Cell
from app.export import delight, facts, keeping, people, queries, records, templates
from app.store.sqlite import Connection, Row

_NO_LIMIT = 1 << 62
_NUMBERS = {"handoff": ids.HANDOFF, "gift": ids.GIFT}
_ROW_KINDS = {"handoffs": ids.HANDOFF, "gifts": ids.GIFT, "handoff": ids.HANDOFF, "gift": ids.GIFT}
_MONEY = ("worth", "amount", "actual_cost")
Rows = tuple[Sequence[str], Iterator[Sequence[Cell]]]
"""The header of a table, and its rows as a stream."""

TABLES = records.TABLES | people.TABLES | delight.TABLES | templates.TABLES | facts.TABLES | keeping.TABLES
KINDS = tuple(TABLES)
TIMED = tuple(kind for kind, table in TABLES.items() if table.at)
"""The kinds whose rows have a time, so that some of them can be asked for."""


def every(conn: Connection, kind: str, since: int = 0, until: int = _NO_LIMIT) -> Rows:
    """Return every row of one of KINDS, oldest first; of those in TIMED only from `since` to `until` (Unix seconds)."""
    table = TABLES[kind]
    where = f"WHERE {table.at} BETWEEN :since AND :until" if table.at else ""
    made = table.query(table.source, where, f"{table.source[-1]}.id")
    return table.header, _shown(table.header, conn.execute(made, {"since": since, "until": until}))


def listed(conn: Connection, kind: str, numbers: Sequence[int]) -> Rows:
    """Return the conversations, members, templates or outbox rows with these ids, in this order."""
    given = {"numbers": json.dumps(list(numbers))}
    if kind == "conversations":
        talks = conn.execute(queries.LISTED_CONVERSATIONS, given)
        return queries.CONVERSATIONS, (queries.conversation_cells(tuple(row)) for row in talks)
    if kind == "members":
        people = conn.execute(queries.LISTED_MEMBERS, given)
        return queries.MEMBERS, (queries.member_cells(tuple(row)) for row in people)
    table = TABLES[kind]
    source = f"json_each(:numbers) j CROSS JOIN {table.source} ON {table.source[-1]}.id = j.value"
    made = table.query(source, "", "j.key")
    return table.header, _shown(table.header, conn.execute(made, given))


def _shown(header: Sequence[str], rows: Iterable[Row]) -> Iterator[Sequence[Cell]]:
    """The rows with the ids of hand-offs and gifts as people see them, and money in whole units of its currency."""
    numbers = [(header.index(name), kind) for name, kind in _NUMBERS.items() if name in header]
    currency_at = header.index("currency") if "currency" in header else 0
    money_at = [header.index(name) for name in _MONEY if name in header and "currency" in header]
    kind_at = header.index("kind") if "row" in header else None
    for row in rows:
        cells = list(row)
        for at, kind in numbers:
            cells[at] = None if cells[at] is None else ids.display(kind, cells[at])
        if kind_at is not None and cells[header.index("row")] is not None and cells[kind_at] in _ROW_KINDS:
            cells[header.index("row")] = ids.display(_ROW_KINDS[cells[kind_at]], cells[header.index("row")])
        for at in money_at:
            cells[at] = None if cells[at] is None else money.short(cells[at], cells[currency_at])
        yield cells
