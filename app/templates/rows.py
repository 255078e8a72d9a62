"""A template, its texts, and what was chosen of it."""

from __future__ import annotations

from dataclasses import dataclass

from app.templates.blanks import Filled


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a template in one language and variant."""

    language: str
    variant: str
    body: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class Template:
    """An answer worth keeping. `uses` counts all, `used_at` is the last one in Unix seconds."""

    id: int
    key: str
    name: str
    use: str = ""
    texts: tuple[Text, ...] = ()
    archived: bool = False
    uses: int = 0
    used_at: int | None = None

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it has a text in, in order."""
        return tuple(dict.fromkeys(text.language for text in self.texts))

    def in_language(self, language: str) -> tuple[Text, ...]:
        """Its variants in that language."""
        return tuple(text for text in self.texts if text.language == language)


@dataclass(frozen=True, slots=True)
class Pick:
    """What was chosen for a conversation: the text with its blanks filled.

    `had_at`: this member has had these very words then (Unix seconds); None when they are new to them.
    """

    template: Template
    text: Text
    filled: Filled
    had_at: int | None = None
