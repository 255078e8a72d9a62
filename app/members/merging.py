"""Two members become one, in the transaction of the caller, and what goes to whom is kept for the day they are parted.

Messages need no row of their own: they hang on identities, which one UPDATE moves.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from app.base.addresses import address_key
from app.base.words import tr
from app.members import identities, records
from app.members.belongings import Belonging
from app.members.uniting import NEVER_CHOSEN, STREET, UNITED, united
from app.store.merged import current_member
from app.store.sqlite import Connection, scalar

_NOT_FACTS = ("id", "merged_into", "batch_id", "created_at")
"""Columns of a member that no merge changes on the one who is kept."""
CHOOSABLE = tuple(column for column in UNITED if column not in NEVER_CHOSEN)
"""Facts of which one of two is kept by choice; the other goes into the note. Notes are kept whole, a refusal holds."""


class Chosen(NamedTuple):
    """What was chosen where both have something: the columns of the other's values, and a name, "" for the kept one's.

    What is not chosen goes into the note.
    """

    theirs: frozenset[str] = frozenset()
    name: str = ""


def merge(conn: Connection, kept: int, gone: int, *, owned: Iterable[Belonging], chosen: Chosen, now: int) -> int:
    """Merge `gone` into `kept`; returns the id of the merge."""
    before = facts(conn, kept)
    moved: dict[str, list[int]] = {}
    upto: dict[str, int] = {}
    owned = tuple(owned)
    for one in owned:
        rows = conn.execute(f"SELECT id FROM {one.table} WHERE {one.column} = ? ORDER BY id", (gone,))
        moved[one.key] = [number for (number,) in rows]
        upto[one.key] = int(scalar(conn, f"SELECT coalesce(max(id), 0) FROM {one.table}"))
    clashing = _clashing_values(conn, kept, gone)
    for one in owned:
        one.hand_over(conn, gone, kept)
    new = _united(conn, kept, gone, chosen)
    if clashing:
        note = str(new.get("note", before["note"]))
        lines = [line for line in clashing if line not in note.split("\n")]
        new["note"] = "\n".join(filter(None, (note, *lines)))
    new |= _by_hand(conn, kept, gone, new)
    if new:
        records.change(conn, kept, new)
    records.merge(conn, gone, kept)
    records.reindex(conn, kept)
    after = facts(conn, kept)
    changed = [column for column in before if before[column] != after[column]]
    return records.insert_merge(
        conn,
        {
            "kept_id": kept, "gone_id": gone, "at": now,
            "before": _json({column: before[column] for column in changed}),
            "after": _json({column: after[column] for column in changed}),
            "moved": _json({"rows": {key: rows for key, rows in moved.items() if rows}, "upto": upto}),
        },
    )  # fmt: skip


def facts(conn: Connection, number: int) -> dict[str, Any]:
    """All that is known of a member on their own row, by column."""
    row = dict(conn.execute("SELECT * FROM member WHERE id = ?", (number,)).fetchone())
    return {column: value for column, value in row.items() if column not in _NOT_FACTS}


def exchanged(
    kept: Mapping[str, Any], gone: Mapping[str, Any], theirs: Collection[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both members' facts as if what was chosen of the other had been with the kept one, and the reverse."""
    ours, others = dict(kept), dict(gone)
    columns = set(theirs) & set(CHOOSABLE)
    if columns & set(STREET):
        columns |= set(STREET)  # a parcel goes to one of two addresses, never to a mixture
    for column in columns:
        ours[column], others[column] = gone[column], kept[column]
    return ours, others


def _united(conn: Connection, kept: int, gone: int, chosen: Chosen) -> dict[str, Any]:
    """The columns of the kept one that change."""
    before = {column: value for column, value in facts(conn, kept).items() if column in UNITED}
    theirs = {column: value for column, value in facts(conn, gone).items() if column in UNITED}
    ours, others = exchanged(before, theirs, chosen.theirs | ({"name"} if chosen.name == theirs["name"] else set()))
    for who in (ours, others):
        if who["met_through_id"] is not None and current_member(conn, int(who["met_through_id"])) in (kept, gone):
            who["met_through_id"] = None  # nobody is met through themselves
    if identities.has(conn, kept, "email", address_key(str(others["email"]))):
        others["email"] = ""  # it stands among the names that they go by
    if chosen.name:
        ours["name"] = chosen.name
    new = ours | united(ours, others)
    if chosen.name not in ("", before["name"], theirs["name"]):  # a third name: both that they had are noted
        line = tr("Also known as {name}").format(name=before["name"])
        if line not in new["note"].split("\n"):
            new["note"] = f"{new['note']}\n{line}".strip()
    return {column: value for column, value in new.items() if value != before[column]}


def _by_hand(conn: Connection, kept: int, gone: int, new: Mapping[str, Any]) -> dict[str, str]:
    """What was written by hand stays so: the columns of `gone` whose value the kept one has from now on."""
    ours, theirs = facts(conn, kept), facts(conn, gone)
    marks = columns_of(str(ours["by_hand"]))
    more = [
        column
        for column in columns_of(str(theirs["by_hand"]))
        if column not in marks and new.get(column) == theirs.get(column) and column in new
    ]
    return {"by_hand": ",".join([*marks, *more])} if more else {}


def columns_of(marks: str) -> list[str]:
    """The columns that `member.by_hand` names."""
    return [column for column in marks.split(",") if column]


def _clashing_values(conn: Connection, kept: int, gone: int) -> list[str]:
    """What both have in a field of one's own, and `gone` otherwise: lines for the note."""
    rows = conn.execute(
        "SELECT f.name, g.value FROM member_value g JOIN member_field f ON f.id = g.field_id"
        " JOIN member_value k ON k.field_id = g.field_id AND k.member_id = ?"
        " WHERE g.member_id = ? AND g.value <> k.value ORDER BY f.position, f.id",
        (kept, gone),
    )
    return [tr("{field}: {value}").format(field=name, value=value) for name, value in rows]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
