"""Emoji in a text: where they are, each once, however many code points it takes."""

from __future__ import annotations

from typing import NamedTuple

# \X is what a reader takes for one sign (UAX #29). An emoji is two regional indicators (a flag), a keycap, a sign that
# is shown in colour by itself or by U+FE0F, one of the old symbols that are shown so nearly everywhere, or a sign in a
# place that Unicode keeps for emoji (UTS #51), which may be newer than the tables here.
_SIGN = (
    r"\p{RI}{2}|\u20e3|\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|[\u2600-\u27bf--[\u2713\u2717]]"
    r"|[\U0001f000-\U0001faff&&\p{Extended_Pictographic}]"
)


class Emoji(NamedTuple):
    """One emoji: character offsets in the text, and the sign."""

    start: int
    end: int
    sign: str


def is_emoji(text: str) -> bool:
    """Whether it is one emoji and nothing else."""
    return [one.sign for one in emoji_in(text)] == [text]


def emoji_in(text: str) -> list[Emoji]:
    """The emoji of a text, in order."""
    if text.isascii():
        return []
    import regex  # noqa: PLC0415  a start does without it

    found = regex.finditer(r"\X", text)
    return [
        Emoji(*hit.span(), hit.group())
        for hit in found
        if not hit.group().isascii() and regex.search(_SIGN, hit.group(), flags=regex.V1)
    ]
