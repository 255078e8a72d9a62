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

from app.base.errors import UserError
from app.base.words import tr
from app.members import records
from app.members.belongings import Belonging
from app.members.merging import columns_of, facts
from app.store.sqlite import Connection, Row
from app.store.undo import Step

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


def is_open(conn: Connection, merge: int) -> bool:
    """Whether a merge is there and has not been taken apart."""
    return (
        conn.execute("SELECT 1 FROM member_merge WHERE id = ? AND parted_at IS NULL", (merge,)).fetchone() is not None
    )


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


def before_undo(conn: Connection, step: Step) -> None:
    """Undo hook, before a merge or a part is undone: words that were written since must neither be lost nor double.

    Raises UserError where they would, with what to do instead.
    """
    since = (
        "SELECT 1 FROM action_step s JOIN action a ON a.id = s.action_id AND a.undone_at IS NULL"
        " WHERE s.tbl = 'member' AND s.row_id IN (?2, ?3) AND s.op = 'update' AND {} AND s.action_id >"
        " (SELECT max(action_id) FROM action_step WHERE tbl = 'member_merge' AND row_id = ?1 AND op = ?4)"
    )
    merge = conn.execute("SELECT * FROM member_merge WHERE id = ?", (step.row_id,)).fetchone()
    if merge is None or (step.op == "insert" and merge["parted_at"] is not None):
        return  # in the second case the part itself is in the way, which undoing says
    asked = (merge["id"], merge["kept_id"], merge["gone_id"], step.op)
    names = _names(conn, merge)
    on = "s.row_id = ?2 AND json_type(s.before, '$.{}') IS NOT NULL"
    if step.op == "insert" and conn.execute(since.format(on.format("merged_into")), asked).fetchone() is not None:
        msg = tr("{kept} was merged into somebody else since. Part those two first.").format(**names)
        raise UserError(msg)
    if (
        step.op == "insert"
        and _would_double(conn, merge)
        and conn.execute(since.format(on.format("note")), asked).fetchone() is not None
    ):
        msg = tr(
            "The note on {kept} was changed since {gone} was merged into them. Part the two instead of undoing the"
            " merge: that shows what goes to whom."
        ).format(**names)
        raise UserError(msg)
    if step.op == "update" and conn.execute(since.format("1"), asked).fetchone() is not None:
        msg = tr("{kept} or {gone} was changed after they were parted. Merge them again instead.").format(**names)
        raise UserError(msg)


def _would_double(conn: Connection, merge: Row) -> bool:
    """Whether lines that a merge brought stand in a note that was changed since."""
    before, after = json.loads(merge["before"]), json.loads(merge["after"])
    now = str(facts(conn, merge["kept_id"])["note"])
    if "note" not in before or now == after["note"]:
        return False
    return without_added(before["note"], after["note"], now) != now


def after_undo(conn: Connection, step: Step, owned: Iterable[Belonging]) -> None:
    """Undo hook, after a part is undone: what came since to who is merged again goes to the one who is kept."""
    merge = conn.execute("SELECT * FROM member_merge WHERE id = ? AND parted_at IS NULL", (step.row_id,)).fetchone()
    if step.op == "update" and merge is not None:
        for one in owned:
            one.hand_over(conn, merge["gone_id"], merge["kept_id"])
        records.measure_quickly(conn, (merge["kept_id"],))
        records.reindex(conn, merge["kept_id"])


def measure_after_undo(conn: Connection, step: Step) -> None:
    """Undo hook on a member's row: of two who are no longer one, each has written when their own messages say."""
    kept = step.after.get("merged_into")
    if kept is not None:
        records.measure_quickly(conn, (step.row_id, int(kept)))


def _names(conn: Connection, merge: Row) -> dict[str, str]:
    names = dict(
        tuple(row)
        for row in conn.execute("SELECT id, name FROM member WHERE id IN (?, ?)", (merge["kept_id"], merge["gone_id"]))
    )
    return {"kept": names.get(merge["kept_id"], ""), "gone": names.get(merge["gone_id"], "")}
