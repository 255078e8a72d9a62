"""How many promises were kept in time: counted by SQL, never remembered."""

from __future__ import annotations

from typing import NamedTuple

from app.store.sqlite import Connection

_COUNT = """
SELECT count(kept_at IS NOT NULL AND (due_on IS NULL OR date(kept_at, 'unixepoch', 'localtime') <= due_on) OR NULL),
  count(kept_at IS NOT NULL OR due_on < :today OR NULL),
  count(kept_at IS NULL OR NULL),
  count(kept_at IS NULL AND due_on < :today OR NULL)
FROM promise WHERE dropped_why = '' AND (:member IS NULL OR member_id = :member)
  AND (:since IS NULL OR coalesce(kept_at, unixepoch(due_on, 'utc')) >= :since)
  AND (:until IS NULL OR coalesce(kept_at, unixepoch(due_on, 'utc')) < :until)
"""


class InTime(NamedTuple):
    """How many were kept by their day, of how many that are kept or late; how many are open, and how many late.

    One without a day is in time whenever it is kept. What was dropped with a reason does not count.
    """

    in_time: int
    over: int
    open: int
    late: int


def kept_in_time(
    conn: Connection, today: str, member_id: int | None = None, since: int | None = None, until: int | None = None
) -> InTime:
    """The figures as of the local day `today` (YYYY-MM-DD), of one member or of all.

    With `since` and `until` (Unix seconds) of those that were kept, or else due, within that time.
    """
    values = {"today": today, "member": member_id, "since": since, "until": until}
    return InTime(*conn.execute(_COUNT, values).fetchone())
