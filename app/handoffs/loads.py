"""What lies with each teammate: how many hand-offs, how long they take, and who is asked too often."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from app.base import clock
from app.base.words import counted, tr
from app.calendar.working import working_days
from app.store.sqlite import Connection

MOST_OPEN = 5
"""So many unanswered hand-offs with one teammate at a time are too many."""
MONTH_DAYS, MONTH_LEAST = 30, 6
"""Of at least so many hand-offs in so many days, more than half with one teammate is too often."""
_YEAR_DAYS = 365
_COUNTS = """
SELECT h.teammate_id, sum(h.closed_at IS NULL AND h.status NOT IN ('solved', 'declined')) AS open,
  sum(h.closed_at IS NULL AND h.status NOT IN ('solved', 'declined') AND h.needed_by < :today) AS late,
  sum(h.closed_at IS NULL AND h.status IN ('solved', 'declined')) AS came_back, sum(h.closed_at IS NOT NULL) AS closed,
  sum(h.opened_at >= :month) AS lately,
  sum(h.status IN ('solved', 'declined') AND h.answered_on <= h.needed_by) AS in_time,
  sum(h.needed_by IS NOT NULL AND (h.status IN ('solved', 'declined')
    OR (h.closed_at IS NULL AND h.needed_by < :today))) AS timed
FROM handoff h WHERE h.teammate_id IS NOT NULL GROUP BY h.teammate_id
"""
_TIMES = (
    "SELECT teammate_id, opened_at, answered_on FROM handoff"
    " WHERE status IN ('solved', 'declined') AND answered_on IS NOT NULL AND opened_at >= ?"
)


class Load(NamedTuple):
    """What lies with a teammate: counts of hand-offs by state, and those of the last 30 days out of `lately_all`.

    `usual_days` is the median of the working days from hand-off to answer within a year; None without an answer. Of
    `timed`, those with a day that are answered or late, `in_time` were answered by that day.
    """

    open: int = 0
    late: int = 0
    came_back: int = 0
    closed: int = 0
    lately: int = 0
    lately_all: int = 0
    usual_days: float | None = None
    in_time: int = 0
    timed: int = 0

    @property
    def in_time_words(self) -> str:
        """How many were answered in time, in words; "" while none with a day is answered or late."""
        if not self.timed:
            return ""
        return counted(
            self.timed, "{kept} of {count} hand-off answered in time", "{kept} of {count} hand-offs answered in time",
            kept=self.in_time,
        )  # fmt: skip

    @property
    def too_often(self) -> str:
        """Why they are asked too often, in a sentence; "" if they are not."""
        if self.open >= MOST_OPEN:
            return counted(
                self.open, "{count} hand-off is waiting for them.", "{count} hand-offs are waiting for them."
            )
        if self.lately_all >= MONTH_LEAST and self.lately * 2 > self.lately_all:
            return tr("{count} of {total} hand-offs in the last {days} days went to them.").format(
                count=self.lately, total=self.lately_all, days=MONTH_DAYS
            )
        return ""


def loads(conn: Connection, today: date, free: Collection[date] = ()) -> dict[int, Load]:
    """Return what lies with each teammate who was ever asked, by their id; `free` are public holidays."""
    month = _starts(today - timedelta(days=MONTH_DAYS))
    rows = conn.execute(_COUNTS, {"today": today.isoformat(), "month": month}).fetchall()
    total = sum(row["lately"] for row in rows)
    usual = _usual(conn, today, free)
    return {
        row["teammate_id"]: Load(
            row["open"], row["late"] or 0, row["came_back"], row["closed"], row["lately"], total,
            usual.get(row["teammate_id"]), row["in_time"] or 0, row["timed"] or 0,
        )
        for row in rows
    }  # fmt: skip


def _starts(day: date) -> int:
    return clock.at_local(datetime.combine(day, time()))


def _usual(conn: Connection, today: date, free: Collection[date]) -> dict[int, float]:
    from statistics import median  # noqa: PLC0415  loads decimal and fractions; a window at rest needs no loads

    taken: dict[int, list[int]] = {}
    since = _starts(today - timedelta(days=_YEAR_DAYS))
    for teammate, opened_at, answered_on in conn.execute(_TIMES, (since,)):
        opened = clock.local(opened_at).date()
        taken.setdefault(teammate, []).append(working_days(opened, date.fromisoformat(answered_on), free))
    return {teammate: float(median(days)) for teammate, days in taken.items()}
