"""Whom a conversation is with, for the sentences that say what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from app.inbox import ConversationRow
from ui.look import text
from ui.look.text import tr


def about(rows: Sequence[ConversationRow]) -> str:
    """Who the first of these conversations is with, else what it is about; "" for none."""
    return text.name(rows[0].member or rows[0].title or tr("Unknown")) if rows else ""


def marked_words(row: ConversationRow, count: int, *, marked: bool) -> str:
    """What a screen reader says once a conversation is marked, or no longer; `count` are marked now."""
    name = about([row])
    if not count:
        return tr("{name}: deselected. Nothing is selected.").format(name=name)
    if marked:
        return tr("{name}: selected. {count} selected in all.").format(name=name, count=text.number(count))
    return tr("{name}: deselected. {count} selected in all.").format(name=name, count=text.number(count))
