"""The data types of templates."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.base.text import preview
from app.templates.blanks import Filled, named
from app.templates.terms import FAMILIAR, FORMAL, form_of

SHORT = "short"
"""Where a short text is for: any place of few characters."""


@dataclass(frozen=True, slots=True)
class Text:
    """The body of a template in one language and variant.

    `address` is on which terms it is, "" for what its words show; `channel` where it is for: a kind of channel, SHORT,
    or "" for anywhere.
    """

    language: str
    variant: str
    body: str
    id: int = 0
    address: str = ""
    channel: str = ""

    @property
    def form(self) -> str:
        """On which terms it is, as it says or as its words show; "" where neither tells."""
        told = self.address or form_of(self.body, self.language)
        return told if told in (FAMILIAR, FORMAL) else ""


@dataclass(frozen=True, slots=True)
class Version:
    """What a text said before it was changed, at `until` (Unix seconds)."""

    id: int
    language: str
    variant: str
    body: str
    address: str
    channel: str
    until: int


@dataclass(frozen=True, slots=True)
class Template:
    """A reusable reply. `uses` is the number of uses, `used_at` the time of the last one in Unix seconds."""

    id: int
    key: str
    name: str
    use: str = ""
    texts: tuple[Text, ...] = ()
    archived: bool = False
    uses: int = 0
    used_at: int | None = None
    folder: str = ""
    files: tuple[Path, ...] = ()
    """Files to be kept with it, only while it is read from files itself."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of its texts, in order."""
        return tuple(dict.fromkeys(text.language for text in self.texts))

    def in_language(self, language: str) -> tuple[Text, ...]:
        """Return its variants in that language."""
        return tuple(text for text in self.texts if text.language == language)


@dataclass(frozen=True, slots=True)
class Pick:
    """The text chosen for a conversation, with its blanks filled in.

    `had_at` is when this member last got the same text (Unix seconds), None if never; `lacks` says, in a sentence each,
    what the template has no text for.
    """

    template: Template
    text: Text
    filled: Filled
    had_at: int | None = None
    lacks: tuple[str, ...] = ()

    @property
    def in_line(self) -> str:
        """The start of the words that would be inserted, in one line."""
        return preview(named(self.filled.text))
