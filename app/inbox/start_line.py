"""The start line: a time before which conversations are closed at once, so that an old mailbox asks for nothing.

It is counted first and drawn only by the person. What the person has marked, promised, handed off, begun to write or
put off keeps its conversation open, and so does what a moderator has to decide about. Messages that are read from a
channel or a file later, and are older than the line, are history (`app.intake.source`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

from app.inbox.turns import TO_DECIDE
from app.store.sqlite import Connection

KEY = "start_line"
"""The key in the table `setting`: when the line is (`at`, Unix seconds), and the `action` that drew it."""
_KEEPS = f"""(c.unhappy OR c.hard
  OR EXISTS (SELECT 1 FROM promise WHERE conversation_id = c.id AND kept_at IS NULL AND dropped_why = '')
  OR EXISTS (SELECT 1 FROM handoff WHERE conversation_id = c.id AND closed_at IS NULL)
  OR EXISTS (SELECT 1 FROM gift WHERE conversation_id = c.id
    AND state IN ('idea', 'approved', 'asked', 'address_in', 'to_ship', 'shipped', 'arrived'))
  OR EXISTS (SELECT 1 FROM draft WHERE conversation_id = c.id)
  OR EXISTS (SELECT 1 FROM draft_beside WHERE conversation_id = c.id)
  OR EXISTS (SELECT 1 FROM letter_draft WHERE linked_id = c.id)
  OR EXISTS (SELECT 1 FROM outbox WHERE conversation_id = c.id
    AND state IN ('held', 'queued', 'sending', 'failed', 'undecided'))
  OR EXISTS (SELECT 1 FROM message WHERE conversation_id = c.id AND gone_at IS NULL AND {TO_DECIDE}))"""
_OLDER = f"""
SELECT count(*) FILTER (WHERE needs AND NOT keeps) AS needs_reply, count(*) FILTER (WHERE NOT needs AND NOT keeps)
  AS waiting, count(*) FILTER (WHERE keeps) AS kept
FROM (SELECT c.state = 'needs_me' AS needs, {_KEEPS} AS keeps FROM conversation c
  WHERE c.state IN ('needs_me', 'waiting') AND c.last_at < ?)
"""
_OTHERS = """
SELECT count(*) FILTER (WHERE state IN ('needs_me', 'waiting') AND last_at >= ?1) AS newer,
  count(*) FILTER (WHERE state = 'snoozed') AS snoozed, count(*) FILTER (WHERE state = 'done' AND last_at < ?1) AS done
FROM conversation WHERE state IN ('needs_me', 'waiting', 'snoozed', 'done')
"""
_CLOSE = f"""
UPDATE conversation SET closed = 1, done_at = ?2, closed_itself_at = NULL, unread = 0 WHERE id IN (
  SELECT c.id FROM conversation c WHERE c.state IN ('needs_me', 'waiting') AND c.last_at < ?1 AND NOT {_KEEPS})
"""
_DRAWN = """
SELECT s.value ->> '$.at' AS at FROM setting s WHERE s.key = ?
  AND NOT EXISTS (SELECT 1 FROM action a WHERE a.id = s.value ->> '$.action' AND a.undone_at IS NOT NULL)
"""


class Offer(NamedTuple):
    """What a line at `at` (Unix seconds) would do, in numbers of conversations.

    It closes those of `needs_reply`, in which somebody waits for us, and of `waiting`, in which we spoke last. Open
    stay those with a `newer` message, older ones that are `kept` for what is open in them, and all that are `snoozed`.
    `done` older ones are closed already.
    """

    at: int
    needs_reply: int
    waiting: int
    newer: int
    kept: int
    snoozed: int
    done: int

    @property
    def closes(self) -> int:
        """How many are closed."""
        return self.needs_reply + self.waiting


def offer(conn: Connection, at: int) -> Offer:
    """What a line at that time would do. Up to a second with 300,000 conversations: not for the window's thread."""
    older = conn.execute(_OLDER, (at,)).fetchone()
    others = conn.execute(_OTHERS, (at,)).fetchone()
    return Offer(
        at, older["needs_reply"], older["waiting"], others["newer"], older["kept"], others["snoozed"], others["done"]
    )


def close_older(conn: Connection, at: int, now: int) -> int:
    """Close the conversations that `offer` counts, as done at `now` (both Unix seconds); returns how many."""
    return int(conn.execute(_CLOSE, (at, now)).rowcount)


def drawn(conn: Connection) -> int | None:
    """When the line is (Unix seconds); None while none is drawn, or the action that drew it is undone."""
    row = conn.execute(_DRAWN, (KEY,)).fetchone()
    return None if row is None or row["at"] is None else int(row["at"])


def stored(at: int, action: int) -> str:
    """The value of the setting for a line that this action draws; 0 where nothing had to be closed."""
    values: Mapping[str, int] = {"at": at, "action": action}
    return json.dumps(values)
