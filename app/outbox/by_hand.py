"""Replies that the person posts by hand: on which accounts, and which page to open."""

from __future__ import annotations

import json

from app.accounts import channel
from app.base import phones
from app.base.words import N_
from app.channels.registry import is_by_hand
from app.outbox.entry import Entry
from app.store.sqlite import Connection

__all__ = ["ASKED", "chat", "is_by_hand", "page", "web"]

ASKED = N_("You copied it to post by hand. Did you post it?")


def page(conn: Connection, outgoing: Entry) -> str:
    """The address to post the reply on: the message, the chat with its author, the thread, its post, else our own page.

    "" if none is known. A chat's may be of another scheme than the web's (`channel.chat`).
    """
    row = conn.execute(
        "SELECT m.url AS at_message, i.handle, c.url, c.post_url, a.fields, a.kind FROM conversation c"
        " JOIN account a ON a.id = ? LEFT JOIN message m ON m.id = ?"
        " LEFT JOIN identity i ON i.id = coalesce(m.identity_id, c.identity_id) WHERE c.id = ?",
        (outgoing.account_id, outgoing.answers_id, outgoing.conversation_id),
    ).fetchone()
    fields = json.loads(row["fields"] or "{}")
    addresses = (
        web(row["at_message"]),
        chat(row["kind"], row["handle"] or "", fields.get("number", "")),
        *(web(row[column]) for column in ("url", "post_url")),
        web(fields.get("page")),
    )
    return next(filter(None, addresses), "")


def web(address: str | None) -> str:
    """The address, if it is one of the web's."""
    return address if address and address.startswith(("https://", "http://")) else ""


def chat(kind: str, handle: str, own_number: str = "") -> str:
    """The address that opens a chat with this phone number, "" where the channel has none or this is no number.

    `own_number` is ours there: a number without a country code is of the same country.
    """
    template = channel(kind).chat
    number = phones.normalized(handle, phones.normalized(own_number)) if template else ""
    return template.format(number=number, digits=number.removeprefix("+")) if number.startswith("+") else ""
