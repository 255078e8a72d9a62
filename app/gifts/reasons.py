"""Why a gift is given, before anybody typed it: from the occasion and the conversation. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from app.base.text import preview
from app.base.words import tr
from app.gifts.rows import OCCASION_NAMES

_MAX_CHARS = 80
_ENOUGH_ALONE = ("birthday", "winner", "milestone")
"""Occasions that are a reason by themselves; a bare "Thank you" is none."""


def likely_occasion(*, unhappy: bool) -> str:
    """The occasion of a gift in a conversation: to make it right if the member is unhappy, else a thank-you."""
    return "made_right" if unhappy else "thank_you"


def reason(occasion: str, title: str = "", said: Iterable[str] = ()) -> str:
    """The reason that a gift starts with: "Made it right: Two bottles are missing".

    What it is about is the conversation's `title`, else the first words of the last of the member's messages (`said`,
    oldest first) that has any. Without either only an occasion that says enough is a reason; "" is none.
    """
    name = tr(OCCASION_NAMES[occasion])
    latest = [preview(text, _MAX_CHARS) for text in said][::-1]
    about = next(filter(None, [preview(title, _MAX_CHARS), *latest]), "")
    if about:
        return tr("{occasion}: {about}").format(occasion=name, about=about)
    return name if occasion in _ENOUGH_ALONE else ""
