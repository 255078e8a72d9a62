"""A merge is taken apart at any time: what goes to whom. The rules are pure; the reading and writing is below them.

What moved with the merge goes back. What came since goes with the name that it hangs on, else it stays with the member
who was kept. Facts that the merge brought go, unless they were edited since: then the edit stays. Who had been merged
keeps their own facts all along.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from app.members import records
from app.members.belongings import Belonging
from app.members.merging import columns_of, facts
from app.store.sqlite import Connection, Row

_MEASURED = ("first_at", "last_at")
"""What follows from messages, and is measured again."""


class Kept(NamedTuple):
    """A row that the kept member has now, with the identity that it hangs on, if any."""

    id: int
    identity: int | None


class Parting(NamedTuple):
    """What goes to whom if a merge is taken apart.

    `rows` has the ids that go to who was merged, by the key of their belonging. `facts` are the columns of the kept
    one that change, with the value that they get. `edited` are columns that the merge had filled and that were changed
    since: they stay. `span` is when the kept one had first and last written before, for one who has no message left.
    """

    merge: int
    kept: int
    gone: int
    at: int
    rows: Mapping[str, list[int]]
    facts: Mapping[str, Any]
    edited: tuple[str, ...]
    span: Mapping[str, int | None]


# The rules


def going_back(moved: Collection[int], upto: int, rows: Iterable[Kept], names: Collection[int]) -> list[int]:
    """The ids of `rows` that go to who was merged: what came with them, and what hangs on one of their `names` since.

    `upto` is the last id of the table when they were merged.
    """
    came = set(moved)
    return [row.id for row in rows if row.id in came or (row.id > upto and row.identity in names)]


def facts_back(
    before: Mapping[str, Any], after: Mapping[str, Any], now: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The columns of the kept member that change, and those that were edited since the merge and stay.

    `before` and `after` are what the merge changed. Of the note, the lines that the merge added are taken out, and all
    else that stands in it stays.
    """
    new: dict[str, Any] = {}
    edited: list[str] = []
    for column, value in before.items():
        if column in _MEASURED:
            continue
        if column == "note":
            new[column] = without_added(str(value), str(after[column]), str(now[column]))
        elif column == "by_hand":
            continue
        elif now[column] == after[column]:
            new[column] = value
        else:
            edited.append(column)
    if "by_hand" in before:
        came = set(columns_of(str(after["by_hand"]))) - set(columns_of(str(before["by_hand"]))) - set(edited)
        new["by_hand"] = ",".join(column for column in columns_of(str(now["by_hand"])) if column not in came)
    return {column: value for column, value in new.items() if value != now[column]}, tuple(edited)


def without_added(before: str, after: str, now: str) -> str:
    """The note as it is now, without the lines that made `after` of `before`; a line that was edited since stays."""
    if now == after:
        return before
    added = Counter(after.split("\n")) - Counter(before.split("\n"))
    left: list[str] = []
    for line in reversed(now.split("\n")):  # the merge adds at the end
        if line and added[line] > 0:
            added[line] -= 1
        else:
            left.append(line)
    return "\n".join(reversed(left)).strip("\n")


# The file


def last_open(conn: Connection, kept: int) -> Row | None:
    """The latest merge into a member that has not been taken apart; None if there is none."""
    found: Row | None = conn.execute(
        "SELECT * FROM member_merge WHERE kept_id = ? AND parted_at IS NULL ORDER BY id DESC LIMIT 1", (kept,)
    ).fetchone()
    return found


def plan(conn: Connection, merge: Row, owned: Iterable[Belonging]) -> Parting:
    """What goes to whom if this merge, of which nothing was taken apart yet, is."""
    moved = json.loads(merge["moved"])
    kept = int(merge["kept_id"])
    names: list[int] = []
    rows: dict[str, list[int]] = {}
    for one in owned:
        came, upto = moved["rows"].get(one.key, []), moved["upto"].get(one.key)
        if upto is None:  # a table that was not there yet
            continue
        found = conn.execute(
            f"SELECT r.id, {one.hangs} FROM {one.table} r WHERE r.{one.column} = ?1"
            " AND (r.id > ?2 OR r.id IN (SELECT value FROM json_each(?3))) ORDER BY r.id",
            (kept, upto, json.dumps(came)),
        )
        back = going_back(came, upto, (Kept(*row) for row in found), names)
        if one.table == "identity":  # they come first: the others hang on them
            names = back
        if back:
            rows[one.key] = back
    before = json.loads(merge["before"])
    changed, edited = facts_back(before, json.loads(merge["after"]), facts(conn, kept))
    span = {column: before[column] for column in _MEASURED if column in before}
    return Parting(merge["id"], kept, merge["gone_id"], merge["at"], rows, changed, edited, span)


def part(conn: Connection, parting: Parting, owned: Iterable[Belonging], now: int) -> None:
    """Take a merge apart as planned, in the caller's transaction."""
    for one in owned:
        back = parting.rows.get(one.key)
        if back:
            one.hand_over(conn, parting.kept, parting.gone, back)
    if parting.facts or parting.span:
        records.change(conn, parting.kept, {**parting.facts, **parting.span})
    records.part(conn, parting.merge, parting.gone, parting.kept, now)
    records.reindex(conn, parting.kept)
    records.reindex(conn, parting.gone)
