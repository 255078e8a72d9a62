"""Pictures in words: what a channel says of a picture stands among a message's words.

The marks are stored with the message and compared when it is read again, so they do not change with the language of the
screen.
"""

from __future__ import annotations

import re

_MAX_ALT_CHARS = 1_500  # the longest that a channel allows (Mastodon)
_EMOJI = re.compile(r":[a-z0-9_+-]{1,60}:")
_MARK = re.compile(r"\[Picture: ")


def in_words(alt: object = "", *, kind: str = "Picture") -> str:
    """Return "[Picture: …]" with the text that its author gave for it, "[Picture]" without one.

    `kind` is what it is: Picture, Video, Sound or File.
    """
    words = " ".join(str(alt or "").split())[:_MAX_ALT_CHARS]
    return f"[{kind}: {words}]" if words else f"[{kind}]"


def in_text(alt: str) -> str:
    """What stands for a picture among the words of HTML: an emoji is one of the words, anything else is in brackets."""
    return alt if _EMOJI.fullmatch(alt) or not any(letter.isalnum() for letter in alt) else in_words(alt)


def same_but_for_marks(text: str, stored: str) -> bool:
    """Whether two readings of a message differ only in how pictures are marked: before, it was "[…]" alone."""
    return text == stored or ("[Picture" in text and unmarked(text) == unmarked(stored))


def unmarked(text: str) -> str:
    """A text with its pictures as an older Rapport marked them: "[…]" alone."""
    return _MARK.sub("[", text)
