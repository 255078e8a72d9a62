"""What a line of a notice is by its words alone: a sentence, or what stands beside a name."""

from __future__ import annotations

import re

from app.base.text import fold, words

_AT_TIME = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?!\d)")
_HANDLE = re.compile(r"@[\w.·-]{1,60}$")
_MAX_BESIDE_CHARS = 30
_MERIDIAN = re.compile(r"\d ?(?:[ap]\. ?m\.|[μπ]\. ?μ\.|(?:dop|odp|de|du|fh|eh|f\. ?h|e\. ?h)\.)$")
_NO_TIME = re.compile(r"verified|rat(?:ed|ing)|reviewed|local guide|date of|wrote|posted|commented|via |[·•|]")
_SENTENCE_WORDS = 4
_TIME_MARK = re.compile(r"\d|[·•|:/]|\bago\b")

FOOT, CHROME_, HELLO, META_, LABEL, HEAD, NAME, TEXT = (
    "foot", "chrome", "hello", "meta", "label", "head", "name", "text"
)  # fmt: skip
"""What a block of a notice can be."""


def even(title: str) -> str:
    """A title as it can be compared: folded, without blanks and what it ends with."""
    return "".join(fold(title).split()).rstrip(".…")


def reads_on(folded: str) -> bool:
    """Whether what begins like a time or a count goes on as a sentence: “2 of them leaked”, “Sunday, please!”."""
    at_time = _AT_TIME.match(folded)
    if at_time and len(rest := folded[at_time.end() :].split()) > 2 and not _TIME_MARK.search(" ".join(rest)):  # noqa: PLR2004  more than a time and its zone: words
        return True  # 4:12, what's that sound?
    count = len(folded.split())
    if _NO_TIME.match(folded) or count < 2:  # noqa: PLR2004  one word alone is no line of time
        return False
    if _MERIDIAN.search(folded):
        return False
    if folded[-1] in "!?" or (folded[-1] == "." and count >= _SENTENCE_WORDS):
        return True
    return count >= _SENTENCE_WORDS and not _TIME_MARK.search(folded.lstrip("0123456789"))


def is_beside(rest: str) -> bool:
    """Whether lines below a name may be where its bearer is from, or how much they wrote: short, and no sentences."""
    lines = rest.split("\n")
    return all(len(line) <= _MAX_BESIDE_CHARS and line[-1:] not in ".!?" for line in lines)


def begins_with_handle(name: str, rest: str) -> bool:
    """Whether what follows a name begins with its handle, and is not words that begin with a mention of us."""
    first, _, after = rest.partition(" ")
    theirs = " " in name.strip() or fold(first[1:]) == fold(name.strip().lstrip("@"))
    return _HANDLE.match(first) is not None and (theirs or not after)


def is_longer(name: str, other: str) -> bool:
    """Whether a name is another with more to it: Anna Bell, of Anna."""
    mine, theirs = words(name), words(other)
    return len(mine) > len(theirs) and mine[: len(theirs)] == theirs
