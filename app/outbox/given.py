"""Reactions of ours that were given or taken back elsewhere, in the channel's own app, as its answers tell of them.

Each becomes a row of the outbox that is done already, so that it is shown, refused a second time and taken back as one
that was given here. It closes no conversation: nobody said here that it shall.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.base import clock
from app.base.emoji import is_emoji
from app.base.message import OwnReaction
from app.channels.channel import ReactionOffer
from app.channels.registry import channel
from app.outbox.entry import REACT, SENT, UNREACT
from app.store.sqlite import Connection, Row
from app.store.store import Store

_SEEN = "seen-"
"""What the key of such a row begins with."""
_LAG_SECONDS = 600  # for which a channel's index may not know yet what we have done there ourselves
_SELECTOR = "\ufe0f"
_MESSAGE = """
SELECT m.id, m.conversation_id, m.account_id, m.identity_id, a.kind FROM message m JOIN account a ON a.id = m.account_id
WHERE m.account_id = ?1 AND m.out = 0 AND m.gone_at IS NULL
  AND (m.remote_id = ?2 OR (?2 = '' AND m.id = (SELECT about_id FROM outbox WHERE account_id = ?1 AND remote_id = ?3
    AND purpose = 'react' ORDER BY id DESC LIMIT 1)))
"""
_LATEST = """
SELECT id, purpose, state, reaction, key, sent_at, remote_id FROM outbox
WHERE about_id = ? AND purpose IN ('react', 'unreact') AND state <> 'discarded' ORDER BY id DESC
"""


class _News(NamedTuple):
    """What differs from what we know: `row` is the message, `latest` the row of the same reaction, None for none."""

    row: Row
    latest: Row | None
    what: str
    told: OwnReaction


def note(store: Store, account_id: int, told: Iterable[OwnReaction]) -> int:
    """Note what the account's channel tells of our reactions; returns how many have been given or taken back since."""
    told = list(told)
    if not any(True for _ in _news(store.read, account_id, told)):
        return 0
    noted = 0
    with store.write() as conn:
        for one in told:  # one after the other: it may be given and taken back again
            for news in _news(conn, account_id, [one]):
                noted += _note(conn, news)
    return noted


def _news(conn: Connection, account_id: int, told: Iterable[OwnReaction]) -> Iterator[_News]:
    for one in told:
        row = conn.execute(_MESSAGE, (account_id, one.remote_id, one.event)).fetchone()
        can = channel(row["kind"]).can.react if row is not None else None
        if can is None:
            continue
        rows = conn.execute(_LATEST, (row["id"],)).fetchall()
        latest = next((known for known in rows if _is_meant(known, one)), None)
        what = _as_ours(one.what, can) if latest is None else str(latest["reaction"])
        if what and _differs(latest, one):
            yield _News(row, latest, what, one)


def _is_meant(known: Row, one: OwnReaction) -> bool:
    if not one.what:
        return bool(known["remote_id"] == one.event)
    return str(known["reaction"]).rstrip(_SELECTOR) == one.what.rstrip(_SELECTOR)


def _as_ours(what: str, can: ReactionOffer) -> str:
    """A reaction as we call it; "" for one that we could not take back."""
    usual = next((one for one in can.offered if one.rstrip(_SELECTOR) == what.rstrip(_SELECTOR)), "")
    return usual or (what if can.any_emoji and is_emoji(what) else "")


def _differs(latest: Row | None, one: OwnReaction) -> bool:
    """Whether there is something to note; not while ours is under way, nor just after we did it ourselves."""
    if latest is None:
        return one.is_there
    if latest["state"] != SENT:
        return False
    if one.is_there == (latest["purpose"] == REACT):
        return one.is_there and bool(one.event) and latest["remote_id"] != one.event
    return str(latest["key"]).startswith(_SEEN) or (latest["sent_at"] or 0) < clock.now() - _LAG_SECONDS


def _note(conn: Connection, news: _News) -> int:
    told, row, now = news.told, news.row, clock.now()
    if news.latest is not None and told.is_there == (news.latest["purpose"] == REACT):
        conn.execute("UPDATE outbox SET remote_id = ? WHERE id = ?", (told.event, news.latest["id"]))
        return 0
    conn.execute(
        "INSERT INTO outbox (key, account_id, conversation_id, identity_id, text, state, created_at, held_until,"
        " sent_at, remote_id, purpose, about_id, reaction) VALUES (?, ?, ?, ?, '', 'sent', ?, ?, ?, ?, ?, ?, ?)",
        (f"{_SEEN}{uuid.uuid4().hex}", row["account_id"], row["conversation_id"], row["identity_id"], now, now, now,
         told.event or None, REACT if told.is_there else UNREACT, row["id"], news.what),
    )  # fmt: skip
    return 1
