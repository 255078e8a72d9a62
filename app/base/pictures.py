"""Pictures: which files may be some, and what a channel says of one, which stands among a message's words.

The marks are stored with the message and compared when it is read again, so they do not change with the language of the
screen.
"""

from __future__ import annotations

import re

_MAX_ALT_CHARS = 1_500  # the longest that a channel allows (Mastodon)
_EMOJI = re.compile(r":[a-z0-9_+-]{1,60}:")
_MARK = re.compile(r"\[Picture: ")
_ENDINGS = (".png", ".jpg", ".jpeg", ".jfif", ".gif", ".webp", ".bmp", ".svg", ".heic", ".avif", ".tif", ".tiff")


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


def without_files(text: str, most: int) -> str:
    """A text of ours as its channel tells it, without what stands there for the files: at most so many lines below."""
    for _ in range(most):
        before, end, last = text.rpartition("\n")
        if not end or not (last.startswith("[") and last.endswith("]")):
            break
        text = before.rstrip("\n")
    return text


def may_be(name: str, kind: str) -> bool:
    """Whether it is worth looking into a file of this name and media type for a picture; its content decides."""
    return kind.startswith("image/") or name.lower().endswith(_ENDINGS)
