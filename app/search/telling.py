"""What window and shell say of a search: how much it found, within which days, and what was searched for instead."""

from __future__ import annotations

from collections.abc import Callable

from app.base.words import form, tr
from app.search.asked import Asked
from app.search.desk import COUNTED_MOST, Count


def in_words(
    asked: Asked, count: Count | None = None, state: str = "", number: Callable[[int], str] = "{:,}".format
) -> str:
    """The sentence; "" if there is nothing to say. `number` writes numbers as the face does.

    `state` is that of the conversations that are listed, "" for all.
    """
    parts = list(asked.notes)
    if count is not None and count.more:
        parts.insert(0, tr("More than {count} messages").format(count=number(COUNTED_MOST)))
    elif count is not None and count.messages(state):
        messages, talks = count.messages(state), count.conversations(state)
        sentence = tr("{messages} in {conversations}").format(
            messages=form(messages, "{count} message", "{count} messages").format(count=number(messages)),
            conversations=form(talks, "{count} conversation", "{count} conversations").format(count=number(talks)),
        )
        parts.insert(0, sentence)
    said = ", ".join(parts)
    if not asked.instead:
        return said
    instead = tr("No matches for what you typed. Showing “{word}”.").format(word=asked.instead)
    return f"{instead} {said}".strip()
