"""How many emoji a message may have: one too many is a note, which holds nothing up."""

from __future__ import annotations

from app.base.emoji import emoji_in
from app.base.words import counted
from app.voice.guard import NOTE, Finding

MAX_EMOJI = 99


def over_budget(text: str, most: int | None) -> tuple[Finding, ...]:
    """The finding for the first emoji too many; () if there is none, or no limit."""
    if most is None or text.isascii():
        return ()
    found = emoji_in(text)
    if len(found) <= most:
        return ()
    first = found[most]
    why = counted(
        most, "The voice guide allows {count} emoji in a message; this one has {used}.",
        "The voice guide allows {count} emoji in a message; this one has {used}.", used=len(found),
    )  # fmt: skip
    return (Finding(first.start, first.end, NOTE, "emoji", why, first.sign),)
