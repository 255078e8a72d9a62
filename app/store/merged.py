"""Whom a member is part of by now.

A page, a form or another program may name somebody who was merged while it was open: what it writes goes to who they
are now, for nobody looks at the rows of who was merged.
"""

from __future__ import annotations

from app.store.sqlite import Connection


def current_member(conn: Connection, member: int) -> int:
    """The id of who a member was merged into, in however many steps; their own where they were not merged."""
    row = conn.execute("SELECT merged_into FROM member WHERE id = ?", (member,)).fetchone()
    return member if row is None or row["merged_into"] is None else current_member(conn, int(row["merged_into"]))
