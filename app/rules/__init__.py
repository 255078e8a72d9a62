"""Rules for what comes in: what a message has to be, what is done with its conversation then, and what was done."""

from __future__ import annotations

from collections.abc import Collection

from app.rules.desk import DAYS, Hit, Offer, Preview, Rules, Shown
from app.rules.rule import Conditions, Deeds, Rule
from app.store.sqlite import Connection

__all__ = ["DAYS", "Conditions", "Deeds", "Hit", "Offer", "Preview", "Rule", "Rules", "Shown", "move_conversation"]


def move_conversation(conn: Connection, gone: int, kept: int, messages: Collection[int] | None = None) -> None:
    """Give the hits in one conversation to another, in the transaction that joins the two.

    With `messages`, only those of these messages.
    """
    from app.rules.applying import move_hits  # noqa: PLC0415  beside the rest of what writes hits

    move_hits(conn, gone, kept, None if messages is None else list(messages))
