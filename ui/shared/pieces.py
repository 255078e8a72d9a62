"""What a status line under a message is made of: pieces of text, some of which are links."""

from __future__ import annotations

from typing import NamedTuple

from ui.shared.act import Act


class Piece(NamedTuple):
    """A piece of text in a tone; with an `act` it is a link, and the story emits the act on a click."""

    words: str
    tone: str = "text2"
    act: Act | None = None


class Status(NamedTuple):
    """A status line: pieces of text, and the icon in the margin if the first is no link."""

    icon: str
    pieces: list[Piece]


def action(words: str, act: Act) -> Piece:
    """A link with these words."""
    return Piece(words, "accent", act)
