"""The demo's messages that do not simply stand at their channel, and answers that go out later, or by hand."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from app.demo.times import moment
from app.inbox.receivers import receiver
from app.outbox.standing import answered, last_incoming

if TYPE_CHECKING:
    from app.demo.planting import Planting

LIMIT = "500"
"""What Mastodon's servers take in one message, where nobody has changed it."""
_LED_TO = {"hide": "hidden", "spam": "spam", "delete": "deleted", "show": ""}


def plant(planting: Planting, told: dict[str, Any]) -> None:
    """Write what became of the messages of one conversation, and what is to go out in it."""
    for place, said in enumerate(told["message"]):
        remote = f"{told['key']}-{place}"
        for column in ("edited", "gone"):
            if said.get(column):
                planting.conn.execute(
                    f"UPDATE message SET {column}_at = ? WHERE remote_id = ?",
                    (moment(said[column], planting.now), remote),
                )
        for deed in said.get("moderated", ()):
            _deed(planting, deed, remote)
    for later in told.get("later", ()):
        _later(planting, later, planting.conversations[told["key"]])


def plant_limits(planting: Planting) -> None:
    """What Mastodon would say when the account is checked."""
    planting.conn.execute(
        "UPDATE account SET facts = json_object('limit', ?) WHERE id = ?", (LIMIT, planting.accounts["mastodon"])
    )


def _deed(planting: Planting, deed: dict[str, Any], remote: str) -> None:
    """One entry of the moderation log, done some time ago."""
    at = moment(deed["at"], planting.now)
    planting.conn.execute(
        "INSERT INTO moderation (at, message_id, conversation_id, account_id, member_id, verb, guideline, why, author,"
        " text, said_at, url, evidence, before, state, held_until, done_at, tried)"
        " SELECT ?1, m.id, m.conversation_id, m.account_id, i.member_id, ?2, ?3, ?4, i.name, m.text, m.at, m.url, ?5,"
        " m.upstream, 'done', ?1, ?1, 1 FROM message m JOIN identity i ON i.id = m.identity_id WHERE m.remote_id = ?6",
        (at, deed["verb"], deed["guideline"], deed.get("why", ""), deed.get("evidence", ""), remote),
    )
    planting.conn.execute("UPDATE message SET upstream = ? WHERE remote_id = ?", (_LED_TO[deed["verb"]], remote))


def _later(planting: Planting, later: dict[str, Any], conversation: int) -> None:
    """A reply for which a time has been chosen; without one it waits to be posted by hand."""
    conn, now = planting.conn, int(planting.now.timestamp())
    written = moment(later["written"], planting.now)
    until = max(moment(later["at"], planting.now), now + 3600) if "at" in later else written
    state, due = ("held", None) if "at" in later else ("queued", until)
    account = conn.execute("SELECT account_id FROM conversation WHERE id = ?", (conversation,)).fetchone()[0]
    to, seen = receiver(conn, conversation), last_incoming(conn, conversation)
    answers, identity = (to.message_id, to.identity_id) if to else (None, None)
    conn.execute(
        "INSERT INTO outbox (key, account_id, conversation_id, answers_id, identity_id, seen_id, text,"
        " language, created_at, held_until, later, state, next_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (uuid.uuid4().hex, account, conversation, answers, identity, seen, later["text"].strip(),
         later.get("language", ""), written, until, "at" in later, state, due),
    )  # fmt: skip
    answered(conn, conversation, seen, then_done=False)
