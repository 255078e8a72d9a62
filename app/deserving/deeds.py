"""What members did or suffered that deserves a gift, read by SQL. What was given since a let-down has answered it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta

from app.base import clock
from app.base.text import preview
from app.calendar.yearly import next_on
from app.deserving.rows import Deed
from app.gifts.rows import HAD
from app.members import days
from app.store.sqlite import Connection

LATELY_DAYS = 60
"""A let-down, or a fault that was mended, counts for so many days."""
HELPED_DAYS, HELPED_LEAST = 90, 2
"""Who helped other members so often within so many days."""
LOYAL_YEARS, LOYAL_DAYS, LOYAL_WITHIN = 2, 12, 60
"""Who first wrote so many years ago, wrote on so many days, wrote within so many days, and never had a gift."""
STILL_HERE_DAYS = 365
"""An anniversary is kept for who wrote within so many days, and is more than a visitor."""
MOST = 200
"""So many are looked at for one reason; nobody gives more in a season."""
_DAY_SECONDS, _MAX_CHARS = 86_400, 60
_HAD = ", ".join(f"'{state}'" for state in HAD)
_ANSWERED = f"""EXISTS (SELECT 1 FROM gift s WHERE s.member_id = {{member}} AND s.created_at >= {{since}}
  AND s.state IN ({_HAD}))"""
_PROMISES = f"""
SELECT r.member_id, r.what, r.due_on, r.kept_at, r.conversation_id FROM promise r
WHERE r.dropped_why = '' AND r.due_on IS NOT NULL
  AND (r.kept_at >= :since OR (r.kept_at IS NULL AND r.due_on < :today AND r.due_on >= :since_day))
  AND NOT {_ANSWERED.format(member="r.member_id", since="r.at")}
"""
_GONE = f"""
SELECT g.member_id, g.item, g.state, g.state_at, g.conversation_id FROM gift g
WHERE g.state IN ('lost', 'returned') AND g.state_at >= :since
  AND NOT EXISTS (SELECT 1 FROM gift a WHERE a.again_of = g.id)
  AND NOT {_ANSWERED.format(member="g.member_id", since="g.state_at")}
"""
_HANDOFFS = f"""
SELECT h.member_id, h.kind, h.told_at, coalesce(nullif(c.title, ''), h.ask) AS what, h.conversation_id FROM handoff h
LEFT JOIN conversation c ON c.id = h.conversation_id
WHERE h.kind IN ('problem', 'feedback', 'product') AND h.status = 'solved' AND h.told_at >= :since
  AND h.member_id IS NOT NULL AND NOT {_ANSWERED.format(member="h.member_id", since="h.opened_at")}
"""
_UNHAPPY = f"""
SELECT i.member_id, c.title, max(w.at) AS at, c.id FROM (
  SELECT c.id, coalesce(c.done_at, c.last_at) AS at FROM conversation c
  WHERE c.state = 'done' AND c.last_at >= :since AND c.unhappy
  UNION ALL
  SELECT s.row_id, a.at FROM action a CROSS JOIN action_step s ON s.action_id = a.id
  WHERE a.at >= :since AND a.undone_at IS NULL AND s.tbl = 'conversation' AND s.op = 'update'
    AND json_extract(s.before, '$.unhappy') = 1
    AND EXISTS (SELECT 1 FROM action_step t WHERE t.action_id = a.id AND t.tbl = 'conversation' AND t.row_id = s.row_id
      AND json_extract(t.after, '$.closed') = 1)
) w
CROSS JOIN conversation c ON c.id = w.id JOIN identity i ON i.id = c.identity_id
WHERE c.state = 'done'
  AND NOT EXISTS (SELECT 1 FROM handoff h WHERE h.conversation_id = c.id AND h.status = 'solved')
  AND NOT {_ANSWERED.format(member="i.member_id", since="c.first_at")}
GROUP BY c.id ORDER BY at DESC LIMIT {MOST}
"""
"""Closing an unhappy conversation with how it was solved takes its mark off: then what was done remembers it."""
_HELPED = f"""
SELECT i.member_id, count(*) AS n, max(h.at) AS at FROM help h JOIN identity i ON i.id = h.identity_id
WHERE h.id >= :helped / 60 * 32 AND h.at >= :helped
GROUP BY 1 HAVING n >= {HELPED_LEAST} ORDER BY n DESC, at DESC LIMIT {MOST}
"""
_LOYAL = f"""
SELECT p.id, p.first_at, (SELECT sum(a.days) FROM identity i CROSS JOIN activity a ON a.id = i.id
    WHERE i.member_id = p.id) AS n, p.last_at
FROM member p INDEXED BY member_last
WHERE p.merged_into IS NULL AND p.last_at >= :loyal AND p.first_at <= :long_ago
  AND NOT p.do_not_gift AND NOT p.minor AND p.kind NOT IN ('staff', 'vendor', 'applicant', 'press')
  AND n >= {LOYAL_DAYS} AND NOT EXISTS (SELECT 1 FROM gift g WHERE g.member_id = p.id AND g.state IN ({_HAD}))
ORDER BY n DESC, p.id LIMIT {MOST}
"""
_FIRST = """
SELECT p.id, p.first_at FROM member p INDEXED BY member_last CROSS JOIN involvement v ON v.id = p.id
WHERE v.level <> 'visitor' AND p.merged_into IS NULL AND p.last_at >= :here AND p.first_at < :year_ago
  AND strftime('%m-%d', p.first_at, 'unixepoch', 'localtime') IN (SELECT value FROM json_each(:days))
"""


def let_downs(conn: Connection, now: int) -> Iterator[Deed]:
    """Yield whom we let down lately: late promises, lost or returned gifts, problems and unhappy conversations solved.

    Also, in passing, who reported what is mended now.
    """
    today, since = clock.local(now).date(), now - LATELY_DAYS * _DAY_SECONDS
    begin = today - timedelta(days=LATELY_DAYS)
    asked = {"since": since, "today": today.isoformat(), "since_day": begin.isoformat()}
    for member, what, due_on, kept_at, talk in conn.execute(_PROMISES, asked):
        due = _date(due_on)
        done = today if kept_at is None else clock.local(kept_at).date()
        if due is not None and done > due:
            late, at = (done - due).days, now if kept_at is None else kept_at
            yield Deed(member, "late_promise", at, _short(what), late, talk, is_open=kept_at is None)
    for member, item, state, at, talk in conn.execute(_GONE, {"since": since}):
        yield Deed(member, state, at, _short(item), 0, talk)
    for member, kind, at, what, talk in conn.execute(_HANDOFFS, {"since": since}):
        yield Deed(member, "problem" if kind == "problem" else "mended", at, _short(what), 0, talk)
    for member, title, at, talk in conn.execute(_UNHAPPY, {"since": since}):
        yield Deed(member, "unhappy", at, _short(title), 0, talk)


def deeds(conn: Connection, now: int) -> list[Deed]:
    """Return all that deserves a gift, by whomever. `now` in Unix seconds."""
    return [*let_downs(conn, now), *_helped(conn, now), *_days(conn, now), *_loyal(conn, now)]


def _helped(conn: Connection, now: int) -> Iterator[Deed]:
    for member, times, at in conn.execute(_HELPED, {"helped": now - HELPED_DAYS * _DAY_SECONDS}):
        yield Deed(member, "helped", at, number=times)


def _loyal(conn: Connection, now: int) -> Iterator[Deed]:
    long_ago = now - LOYAL_YEARS * 365 * _DAY_SECONDS
    rows = conn.execute(_LOYAL, {"loyal": now - LOYAL_WITHIN * _DAY_SECONDS, "long_ago": long_ago})
    for member, first, wrote_on, at in rows:
        years = (now - first) // (365 * _DAY_SECONDS)
        yield Deed(member, "loyal", at, number=years, days=wrote_on)


def _days(conn: Connection, now: int) -> Iterator[Deed]:
    """Yield birthdays, name days, and anniversaries of the first message, today or within a week."""
    today = clock.local(now).date()
    for one in days.coming(conn, today):
        yield Deed(one.member_id, one.kind, now, one.name, days=(one.day - today).days)
    ahead = {f"{today + timedelta(days=number):%m-%d}" for number in range(days.AHEAD_DAYS)}
    asked = {
        "here": now - STILL_HERE_DAYS * _DAY_SECONDS,
        "year_ago": now - 358 * _DAY_SECONDS,
        "days": json.dumps(sorted(ahead | ({"02-29"} if "02-28" in ahead else set()))),
    }
    for member, first_at in conn.execute(_FIRST, asked):
        first = clock.local(first_at).date()
        day = next_on(f"{first:%m-%d}", today)
        if (ahead_by := (day - today).days) < days.AHEAD_DAYS and day.year > first.year:
            yield Deed(member, "anniversary", first_at, number=day.year - first.year, days=ahead_by)


def _date(day: str) -> date | None:
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None


def _short(text: str) -> str:
    return preview(text, _MAX_CHARS)
