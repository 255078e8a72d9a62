"""The members whose words a search finds anew when rows of a copy are taken over."""

from __future__ import annotations

from app.members import records
from app.store import twin
from app.store.sqlite import Connection
from app.store.twin import OTHER

_ABOUT = ("identity", "member_label", "member_value", "member_note")


def touched(conn: Connection) -> set[int]:
    """The members about whom anything differs between the file and the copy beside it."""
    found: set[int] = set()
    for sheet in twin.sheets(conn):
        if sheet.name not in (*_ABOUT, "member", "label"):
            continue
        rows = twin.differing(conn, sheet)
        for key in (*rows.gone, *rows.new, *rows.changed):
            found |= _members(conn, sheet.name, int(str(key[0])))
    return found


def _members(conn: Connection, table: str, number: int) -> set[int]:
    if table == "member":
        return {number}
    if table == "label":
        sql = "SELECT member_id FROM {side}.member_label WHERE label_id = ?"
    else:
        sql = "SELECT member_id FROM {side}." + table + " WHERE id = ?"
    return {
        int(row["member_id"])
        for side in ("main", OTHER)
        for row in conn.execute(sql.format(side=side), (number,)).fetchall()
    }


def reindex(conn: Connection, members: set[int]) -> None:
    """Bring the index of members up to date, once the rows are taken over."""
    for number in sorted(members):
        records.reindex(conn, number)
