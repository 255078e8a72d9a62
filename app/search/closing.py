"""The conversations that close at their channel, read from the file; `app.channels.windows` decides when one does."""

from __future__ import annotations

import json

from app.channels.registry import channel
from app.channels.windows import Facts, closes_at
from app.store.sqlite import Connection

_NEVER_SECONDS = 1 << 60
_FACTS = "c.id, a.kind, c.public, c.state, c.last_at, c.last_out, c.waiting_since, c.closes_at"
_OPEN = f"""
SELECT {_FACTS} FROM conversation c INDEXED BY conversation_state JOIN account a ON a.id = c.account_id
WHERE c.state = 'needs_me' AND c.last_at > :since AND c.public = 0
  AND c.account_id IN (SELECT value FROM json_each(:accounts))
"""
_TOLD = f"""
SELECT {_FACTS} FROM conversation c INDEXED BY conversation_closes JOIN account a ON a.id = c.account_id
WHERE c.closes_at > :now AND c.closes_at <= :until AND c.state = 'needs_me'
"""


def closing_until(conn: Connection, now: int, until: int | None = None) -> dict[int, int]:
    """The conversations that need us and close from `now` to `until` (Unix seconds; None: at any time), soonest first.

    Conversation id -> when it closes.
    """
    last = _NEVER_SECONDS if until is None else until
    accounts = conn.execute("SELECT id, kind FROM account WHERE state <> 'removed'")
    ruled = {number: channel(kind).windows for number, kind in accounts}
    rows = conn.execute(_TOLD, {"now": now, "until": last}).fetchall()
    longest = max((one.seconds for windows in ruled.values() for one in windows), default=0)
    if longest:
        wanted = json.dumps([number for number, windows in ruled.items() if windows])
        rows += conn.execute(_OPEN, {"since": now - longest, "accounts": wanted}).fetchall()
    found: dict[int, int] = {}
    for number, *facts in rows:
        end = closes_at(Facts(*facts), now)
        if end is not None and end <= last:
            found[number] = end
    return dict(sorted(found.items(), key=lambda pair: (pair[1], pair[0])))
