"""One change for several members at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from app.base.words import counted, tr
from app.members import records
from app.members.facts import by_hand, checked

if TYPE_CHECKING:
    from app.members.desk import Members
    from app.store.sqlite import Connection, Row
    from app.store.store import Store

TOGETHER = ("kind", "language", "city", "rhythm_days", "pinned")
"""What makes sense to be set for several members at once; names, addresses and notes are each one's own."""
_FOUND_BY = frozenset(("city",))
"""Those of them whose words members are found by."""


def edit_all(store: Store, members: Members, numbers: Sequence[int], values: Mapping[str, object]) -> list[int]:
    """Set the same for several members, as one action; returns the ids of those that change.

    `values` as in `Members.edit`, keys out of TOGETHER. Whoever has them already is left alone, and without anybody
    to change no action is made. Raises as `Members.edit`, and then changes nobody.
    """
    assert set(values) <= set(TOGETHER)  # noqa: S101  the callers offer nothing else
    kept = checked(values)
    there = _rows(store.read, numbers, kept)
    moved = [members.get(number).id for number in dict.fromkeys(numbers) if number not in there]  # merged, or nobody
    there |= _rows(store.read, moved, kept)
    changing = {number: row for number, row in there.items() if any(row[key] != value for key, value in kept.items())}
    if not changing:
        return []
    first = str(next(iter(changing.values()))["name"])
    title = counted(len(changing), "Changed member: {who}", "Changed {count} members: {who} and others", who=first)
    with store.write(title) as conn:
        for number, row in changing.items():
            records.change(conn, number, {**kept, "by_hand": by_hand(str(row["by_hand"]), kept)})
            if not _FOUND_BY.isdisjoint(kept):
                records.reindex(conn, number)
    return list(changing)


def _rows(conn: Connection, numbers: Sequence[int], columns: Iterable[str]) -> dict[int, Row]:
    """What these members have in the columns, by their ids, in their order; who is part of another is left out."""
    asked = ", ".join(f"p.{column}" for column in ("id", "name", "by_hand", *columns))
    rows = conn.execute(
        f"SELECT {asked} FROM json_each(?) j CROSS JOIN member p ON p.id = j.value AND p.merged_into IS NULL"
        " ORDER BY j.key",
        (json.dumps(list(numbers)),),
    )
    return {row["id"]: row for row in rows}


def sentence_of(count: int, who: str, what: str, value: str) -> str:
    """What is said once something was set: "Kind of 3 members: Press."; `who` is ready to be shown."""
    if count == 1:
        return tr("{what} of {who}: {value}.").format(what=what, who=who, value=value)
    return counted(count, "{what}: {value}.", "{what} of {count} members: {value}.", what=what, value=value)
