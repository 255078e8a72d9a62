"""Who has gone quiet, who came back, who wrote for the first time and who came a second time.

Ids of messages carry their time, so how often somebody wrote is read from an index alone. What decides is in the pure
functions `is_quiet` and `was_away`; a member has gone quiet, and come back, by their own rhythm.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from app.inbox.start_line import drawn
from app.involvement.upkeep import DAY_IDS, DEED
from app.store.sqlite import Connection

DAY_SECONDS, WEEK_DAYS = 86_400, 7
NEW_DAYS = 14
"""Somebody is new, back, or there a second time, for so many days."""
GONE_DAYS = 180
"""Who has been silent for longer is gone, and not asked after any more."""
_LEAST_VISITS, _MOST_GAP_DAYS, _TIMES_USUAL = 4, 14, 2
"""Days on which somebody wrote, how far apart they usually were at most, and how many times as long it is now."""
_RHYTHM_DAYS = 120
"""How often somebody wrote is counted over so many days before they last did."""
_LOOKED_AT = 2_000
"""Members, those who wrote last: of more it would take too long."""
LET_BE = "let_be"
"""The noun in `put_off` of a silent member who is let be: until they write again, so `on_day` is when they last did."""

_ASKED_AFTER = "p.merged_into IS NULL AND p.do_not_contact = 0 AND p.kind NOT IN ('staff', 'former_staff')"
_NEWCOMERS = f"""
SELECT p.id AS member_id, p.name, c.id AS conversation_id, c.title, p.first_at AS at
FROM member p INDEXED BY member_last
CROSS JOIN conversation c ON c.id = (
  SELECT o.id FROM identity i JOIN conversation o ON o.identity_id = i.id
  WHERE i.member_id = p.id AND o.state = 'needs_me' ORDER BY o.waiting_since, o.id LIMIT 1)
WHERE {_ASKED_AFTER} AND p.last_at >= :since AND p.first_at >= :since AND p.batch_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM identity i JOIN message m ON m.identity_id = i.id
    JOIN message o ON o.conversation_id = m.conversation_id AND o.out AND o.failed = '' AND o.id > m.id
    WHERE i.member_id = p.id)
ORDER BY p.first_at, p.id
"""
_QUIET = f"""
SELECT p.id, p.name, p.last_at, count(DISTINCT m.id / {DAY_IDS}) AS visits, min(m.id / {DAY_IDS}) AS first,
  max(m.id / {DAY_IDS}) AS last
FROM (SELECT p.id, p.name, p.last_at FROM member p INDEXED BY member_last
  WHERE {_ASKED_AFTER} AND p.last_at BETWEEN ? AND ? AND p.kind NOT IN ('vendor', 'applicant')
    AND (SELECT sum(a.days) FROM identity i CROSS JOIN activity a ON a.id = i.id WHERE i.member_id = p.id)
      >= {_LEAST_VISITS}
    AND NOT EXISTS (SELECT 1 FROM put_off o WHERE o.noun = '{LET_BE}' AND o.row_id = p.id
      AND o.on_day = date(p.last_at, 'unixepoch'))
  ORDER BY p.last_at DESC, p.id DESC LIMIT ?) p
CROSS JOIN identity i ON i.member_id = p.id
CROSS JOIN message m INDEXED BY message_deed ON m.identity_id = i.id AND {DEED}
  AND m.id >= (p.last_at / 86400 - ?) * {DAY_IDS}
GROUP BY p.id
"""
_LAST_WORDS = f"""
SELECT substr(m.text, 1, 2000) AS text FROM identity i CROSS JOIN message m INDEXED BY message_deed
  ON m.identity_id = i.id AND {DEED} AND m.id >= :begin WHERE i.member_id = :member ORDER BY m.id DESC LIMIT 5
"""
_LATELY = f"""
SELECT p.id, p.name,
  max((SELECT max(m.id) FROM message m INDEXED BY message_deed WHERE {DEED} AND m.identity_id = i.id AND m.id < :cut))
    AS before,
  min((SELECT min(m.id) FROM message m INDEXED BY message_deed WHERE {DEED} AND m.identity_id = i.id AND m.id >= :cut))
    AS after
FROM (SELECT p.id, p.name FROM member p INDEXED BY member_last
  WHERE {_ASKED_AFTER} AND p.last_at >= :since AND p.first_at < :since
    AND (SELECT count(*) > 1 OR max(a.came_back_at) >= :since FROM identity i CROSS JOIN activity a ON a.id = i.id
      WHERE i.member_id = p.id)) p
CROSS JOIN identity i ON i.member_id = p.id CROSS JOIN activity a ON a.id = i.id
GROUP BY p.id
"""
"""Who wrote since `since` and before: their last message before it, and the first after it.

`activity` knows of each name when somebody last came back under it; who has several may have come back under another.
"""
_VISITS = f"""
SELECT j.key AS place, count(DISTINCT m.id / {DAY_IDS}) AS visits, min(m.id / {DAY_IDS}) AS first,
  max(m.id / {DAY_IDS}) AS last
FROM json_each(:asked) j CROSS JOIN identity i ON i.member_id = j.value ->> 0
CROSS JOIN message m INDEXED BY message_deed ON m.identity_id = i.id AND {DEED}
  AND m.id BETWEEN j.value ->> 1 AND j.value ->> 2
GROUP BY j.key ORDER BY j.key
"""
"""How often members wrote, each between two ids of messages."""
_TWICE = f"""
SELECT p.id, p.name, min(a.first_at) AS first_at
FROM (SELECT p.id, p.name FROM member p INDEXED BY member_last WHERE {_ASKED_AFTER} AND p.last_at >= :since) p
CROSS JOIN identity i ON i.member_id = p.id CROSS JOIN activity a ON a.id = i.id
GROUP BY p.id HAVING sum(a.days) = 2 OR (count(*) > 1 AND max(a.days) <= 2)
"""
"""Who may have written on just two days: a day is counted for each of their names, and `_DAYS_OF` counts it once."""
_DAYS_OF = f"""
SELECT count(DISTINCT m.id / {DAY_IDS}) AS days, min(m.id) AS first, max(m.id) AS last,
  (SELECT min(o.id) FROM identity j CROSS JOIN message o
    INDEXED BY message_deed ON o.identity_id = j.id AND {DEED.replace("m.", "o.")}
    AND o.id >= max(m.id) / {DAY_IDS} * {DAY_IDS} WHERE j.member_id = :member) AS second
FROM identity i CROSS JOIN message m INDEXED BY message_deed ON m.identity_id = i.id AND {DEED}
WHERE i.member_id = :member
"""
_SAID = """
SELECT m.conversation_id, c.title, m.at, EXISTS (SELECT 1 FROM identity i JOIN message t ON t.identity_id = i.id
    JOIN message o ON o.conversation_id = t.conversation_id AND o.out AND o.failed = '' AND o.id > t.id
    WHERE i.member_id = :member AND t.id >= :message) AS answered
FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE m.id = :message
"""


class Newcomer(NamedTuple):
    """Who wrote for the first time at `at` (Unix seconds), and the conversation in which they wait."""

    member_id: int
    name: str
    conversation_id: int
    title: str
    at: int


class Silent(NamedTuple):
    """Who used to write every so many days, and when they last did (Unix seconds)."""

    member_id: int
    name: str
    last_at: int
    every_days: int


class Returned(NamedTuple):
    """Who wrote again at `at` (Unix seconds) after so many `days`, and where.

    `every_days` is how often they wrote before they went quiet; 0 for who came a second time.
    """

    member_id: int
    name: str
    conversation_id: int
    title: str
    at: int
    days: int
    every_days: int


def is_quiet(visits: int, over_days: int, silent_days: int, weeks: int) -> int:
    """How many days usually lay between the visits of somebody who has gone quiet; 0 for who has not.

    `visits` are the days on which they wrote, `over_days` from the first to the last of them. `weeks` is from when on
    silence is one at all, as the settings say.
    """
    if visits < _LEAST_VISITS:
        return 0
    gap = over_days / (visits - 1)
    if gap > _MOST_GAP_DAYS or silent_days < max(weeks * WEEK_DAYS, _TIMES_USUAL * gap):
        return 0
    return max(1, round(gap))


def newcomers(conn: Connection, now: int) -> list[Newcomer]:
    """Members who first wrote within the last NEW_DAYS, wait, and were never answered; the longest first.

    What was imported, or is older than the start line, makes nobody new.
    """
    since = max(now - NEW_DAYS * DAY_SECONDS, drawn(conn) or 0)
    return [Newcomer(*row) for row in conn.execute(_NEWCOMERS, {"since": since})]


def gone_quiet(conn: Connection, now: int, weeks: int) -> list[Silent]:
    """Members who wrote every two weeks or more often, and are silent for so many weeks and twice as long as usual.

    Keenest first. Not those who don't want to be written to, who said goodbye or who are let be, nor staff.
    """
    span = (now - GONE_DAYS * DAY_SECONDS, now - weeks * WEEK_DAYS * DAY_SECONDS)
    found = []
    for number, name, last_at, visits, first, last in conn.execute(_QUIET, (*span, _LOOKED_AT, _RHYTHM_DAYS)):
        every = is_quiet(visits, last - first, (now - last_at) // DAY_SECONDS, weeks)
        if every and not _said_goodbye(conn, number, last):
            found.append(Silent(number, name, last_at, every))
    return sorted(found, key=lambda one: (one.every_days, -one.last_at, one.member_id))


def _said_goodbye(conn: Connection, member: int, day: int) -> bool:
    """Whether somebody's words on the last day on which they wrote say that they leave."""
    texts = conn.execute(_LAST_WORDS, {"member": member, "begin": day * DAY_IDS})
    from app.involvement.goodbye import says_goodbye  # noqa: PLC0415  words in five languages, for who went quiet alone

    return any(says_goodbye(row["text"]) for row in texts)


def came_back(conn: Connection, now: int, weeks: int) -> list[Returned]:
    """Members who had gone quiet, wrote again within the last NEW_DAYS and have had no answer; the latest first."""
    since, least = now - NEW_DAYS * DAY_SECONDS, weeks * WEEK_DAYS
    lately = [
        row
        for row in conn.execute(_LATELY, {"since": since, "cut": since // 60 * 32}).fetchall()
        if row["before"] and row["after"] and row["after"] // DAY_IDS - row["before"] // DAY_IDS >= least
    ]
    asked = [(row["id"], (row["before"] // DAY_IDS - _RHYTHM_DAYS) * DAY_IDS, row["before"]) for row in lately]
    found: list[Returned] = []
    for place, visits, first, last in conn.execute(_VISITS, {"asked": json.dumps(asked)}).fetchall():
        number, name, before, after = lately[place]
        days = after // DAY_IDS - before // DAY_IDS
        every = is_quiet(visits, last - first, days, weeks)
        if every:
            found += _unanswered(conn, Returned(number, name, 0, "", 0, days, every), after)
    return sorted(found, key=lambda one: (-one.at, one.member_id))


def second_time(conn: Connection, now: int) -> list[Returned]:
    """Members who wrote on just two days, the second within the last NEW_DAYS and not answered; the latest first.

    Who was not answered the first time either is new, and not among them.
    """
    since = max(now - NEW_DAYS * DAY_SECONDS, drawn(conn) or 0)
    waiting = {one.member_id for one in newcomers(conn, now)}
    found: list[Returned] = []
    for number, name, _ in conn.execute(_TWICE, {"since": since}).fetchall():
        if number in waiting:
            continue
        written_on, first, last, second = conn.execute(_DAYS_OF, {"member": number}).fetchone()
        if written_on == 2:  # noqa: PLR2004  a first and a second time
            days = last // DAY_IDS - first // DAY_IDS
            found += _unanswered(conn, Returned(number, name, 0, "", 0, days, 0), second)
    return sorted((one for one in found if one.at >= since), key=lambda one: (-one.at, one.member_id))


def _unanswered(conn: Connection, returned: Returned, message: int) -> list[Returned]:
    """With where and when they wrote; empty once we have answered anything since."""
    talk, title, at, answered = conn.execute(_SAID, {"member": returned.member_id, "message": message}).fetchone()
    return [] if answered else [returned._replace(conversation_id=talk, title=title, at=at)]
