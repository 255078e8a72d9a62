"""Whose turn it is, in words: in a row of the list, and in the head of a conversation."""

from __future__ import annotations

from app.base import clock
from app.inbox.rows import ConversationRow
from ui.look import text
from ui.look.text import tr


def in_row(row: ConversationRow, now: int) -> str:
    """What a row says before its last words; "" where its list says enough. `now` is Unix seconds."""
    if row.due is not None:
        return tr("Reply scheduled for {when}").format(when=text.ahead(row.due, now))
    if row.to_post:
        return tr("Reply ready for you to post")
    if row.asked:
        return tr("Nobody answered your question")
    if row.closed_itself:
        return tr("Closed by itself")
    if row.promises:
        return promised(row, now)
    return tr("Waiting for the team") if row.waits_for == "team" else ""


def in_head(row: ConversationRow, now: int) -> str:
    """What the head says beside the account; "" where it is our turn and nothing more is known."""
    if row.due is not None:
        return tr("a reply is scheduled for {when}").format(when=text.ahead(row.due, now))
    if row.to_post:
        return tr("a reply is ready for you to post")
    if row.asked:
        return tr("nobody answered your question")
    if row.closed_itself:
        return tr("closed by itself")
    if row.waits_for:
        return tr("waiting for the team") if row.waits_for == "team" else tr("waiting for the member")
    return promised(row, now) if row.promises else ""


def promised(row: ConversationRow, now: int) -> str:
    """By when something is promised in a conversation: "Promised by Fri", "Promised, late since Fri"."""
    if not row.promised_on:
        return text.counted(row.promises, "1 promise is open", "{count} promises are open")
    day = text.iso_day(row.promised_on)
    return (
        tr("Promised, late since {day}").format(day=day)
        if is_late(row, now)
        else tr("Promised by {day}").format(day=day)
    )


def is_late(row: ConversationRow, now: int) -> bool:
    """Whether the day of an open promise there is over. `now` is Unix seconds."""
    return bool(row.promised_on) and row.promised_on < clock.local(now).date().isoformat()
