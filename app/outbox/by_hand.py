"""Replies that the person posts by hand: on which accounts, and which page to open."""

from __future__ import annotations

import json

from app.accounts import channel
from app.base.words import N_
from app.outbox.entry import Entry
from app.store.sqlite import Connection

ASKED = N_("You copied it to post by hand. Did you post it?")


def is_by_hand(kind: str, mode: str) -> bool:
    """Whether the person posts by hand on such accounts: assisted ones, and live ones whose channel is read-only."""
    of = channel(kind)
    return mode == "assisted" or (mode == "live" and of.live and not of.can.reply)


def page(conn: Connection, outgoing: Entry) -> str:
    """URL of the page to post the reply on: the message, its thread or post, else our own page; "" if unknown."""
    row = conn.execute(
        "SELECT (SELECT url FROM message WHERE id = ?) AS at_message, c.url, c.post_url, a.fields FROM conversation c"
        " JOIN account a ON a.id = ? WHERE c.id = ?",
        (outgoing.answers_id, outgoing.account_id, outgoing.conversation_id),
    ).fetchone()
    ours = json.loads(row["fields"] or "{}").get("page", "")
    pages = (str(url or "") for url in (row["at_message"], row["url"], row["post_url"], ours))
    return next((page for page in pages if page.startswith(("https://", "http://"))), "")
