"""Gifts whose question stayed unanswered until its day has passed: they lapse, and their money is free again."""

from __future__ import annotations

from app.base import clock
from app.base.words import counted, forms, tr
from app.gifts import moving
from app.store.sqlite import Connection
from app.store.store import Store

_LAPSED = forms("Lapsed unanswered: {count} gift", "Lapsed unanswered: {count} gifts")
# Whoever wrote since they were asked may have answered. What the person took back stays as they want it.
_DUE = """
SELECT g.id, g.item, m.name FROM gift g JOIN member m ON m.id = g.member_id
WHERE g.state = 'asked' AND g.lapses_on <> '' AND g.lapses_on < :today AND g.answer_message_id IS NULL
  AND coalesce(m.last_at, 0) <= coalesce(g.asked_at, g.state_at)
  AND NOT EXISTS (
    SELECT 1 FROM action_step s JOIN action a ON a.id = s.action_id
    WHERE s.tbl = 'gift' AND s.row_id = g.id AND s.op = 'update' AND a.undone_at IS NOT NULL
      AND json_extract(s.after, '$.state') = 'lapsed'
      AND date(a.at, 'unixepoch', 'localtime') > g.lapses_on
  )
ORDER BY g.id
"""


def due(conn: Connection, today: str) -> list[tuple[int, str, str]]:
    """The gifts that lapse by this local day (YYYY-MM-DD): each as (id, item, member)."""
    return [(row["id"], row["item"], row["name"]) for row in conn.execute(_DUE, {"today": today})]


def lapse(store: Store, now: int | None = None) -> int:
    """Let every unanswered gift lapse whose day has passed by `now` (Unix seconds), as one action; return how many.

    The clock does it, not the person: only the list of actions undoes it.
    """
    at = clock.now() if now is None else now
    today = clock.local(at).date().isoformat()
    found = due(store.read, today)
    if not found:
        return 0
    title = counted(len(found), *_LAPSED)
    if len(found) == 1:
        title = tr("Lapsed unanswered: {item} for {member}").format(item=found[0][1], member=found[0][2])
    with store.write(title, by_clock=True) as conn:
        numbers = [number for number, _item, _member in due(conn, today)]
        for number in numbers:
            moving.move(conn, number, "lapsed", at)
        return len(numbers)
