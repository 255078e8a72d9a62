"""Authors of letters who hold nothing any more, because all their letters turned out to be others' words."""

from __future__ import annotations

import json
from collections.abc import Collection

from app.members import identities, records
from app.store.sqlite import Connection

_EMPTY = """
SELECT i.id, i.member_id, i.home_id FROM json_each(?) j CROSS JOIN identity i ON i.id = j.value
WHERE NOT EXISTS (SELECT 1 FROM message WHERE identity_id = i.id)
  AND NOT EXISTS (SELECT 1 FROM conversation WHERE identity_id = i.id)
  AND NOT EXISTS (SELECT 1 FROM outbox WHERE identity_id = i.id)
  AND NOT EXISTS (SELECT 1 FROM known_name WHERE identity_id = i.id)
"""
_HAVE_MORE = " OR ".join(
    f"EXISTS (SELECT 1 FROM {table} WHERE member_id = p.id)"
    for table in ("gift", "promise", "handoff", "template_use", "moderation", "letter_draft")
)
_LEAVING = f"""
SELECT p.id FROM json_each(?1) j CROSS JOIN member p ON p.id = j.value
WHERE p.merged_into IS NULL AND p.note = '' AND p.kind = 'customer' AND NOT ({_HAVE_MORE})
  AND NOT EXISTS (SELECT 1 FROM member o WHERE o.merged_into = p.id)
  AND NOT EXISTS (SELECT 1 FROM identity i WHERE (i.member_id = p.id OR i.home_id = p.id)
    AND i.id NOT IN (SELECT value FROM json_each(?2)))
  AND NOT EXISTS (SELECT 1 FROM action_step s JOIN action a ON a.id = s.action_id
    WHERE s.tbl = 'member' AND s.row_id = p.id AND a.undone_at IS NULL)
"""


def writers(conn: Connection, messages: Collection[int]) -> frozenset[int]:
    """The identities under which these messages were written."""
    rows = conn.execute(
        "SELECT DISTINCT m.identity_id FROM json_each(?) j CROSS JOIN message m ON m.id = j.value"
        " WHERE m.identity_id IS NOT NULL",
        (json.dumps(list(messages)),),
    )
    return frozenset(row["identity_id"] for row in rows)


def remove(conn: Connection, wrote: Collection[int]) -> None:
    """Delete those of these identities that hold nothing any more, with their members.

    A member stays whom the person has done anything with, or who has another name; then the time span in which they
    have written is that of what is left.
    """
    empty = {row["id"]: row for row in conn.execute(_EMPTY, (json.dumps(list(wrote)),))}
    of = {row["member_id"] for row in empty.values() if row["member_id"] == row["home_id"]}
    leaving = {row["id"] for row in conn.execute(_LEAVING, (json.dumps(list(of)), json.dumps(list(empty))))}
    identities.remove(conn, [number for number, row in empty.items() if row["member_id"] in leaving])
    records.remove(conn, leaving)
    rows = conn.execute(
        "SELECT DISTINCT i.member_id FROM json_each(?) j CROSS JOIN identity i ON i.id = j.value",
        (json.dumps(list(wrote)),),
    ).fetchall()
    records.measure(conn, [row["member_id"] for row in rows])
