"""The text formats of a conversation's view: a role's font in a token's colour, and links."""

from __future__ import annotations

from PySide6.QtGui import QFontMetricsF, QTextCharFormat

from ui.look import fonts, text
from ui.look.theme import color


class Formats:
    """A cache of text formats for one rewrite of the story: 200 messages need some 1,000 of them, 10 ms."""

    def __init__(self) -> None:
        """Start empty; text size and colours are read when a format is first requested."""
        self._made: dict[tuple[str, str, int | None], QTextCharFormat] = {}
        self._metrics: dict[str, QFontMetricsF] = {}
        self._widths: dict[tuple[str, str], float] = {}

    def of(self, role: str, tone: str, weight: int | None = None) -> QTextCharFormat:
        """The format with a role's font in a token's colour."""
        key = (role, tone, weight)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = QTextCharFormat()
            made.setFont(fonts.font(role, weight))
            made.setForeground(color(tone))
        return made

    def struck(self, role: str, tone: str) -> QTextCharFormat:
        """The same with a line through the words."""
        made = QTextCharFormat(self.of(role, tone))
        made.setFontStrikeOut(True)
        return made

    def anchor(self, address: str, role: str) -> QTextCharFormat:
        """The format of a link to this address."""
        made = QTextCharFormat(self.of(role, "accent"))
        made.setAnchor(True)
        made.setAnchorHref(address)
        return made

    def metrics(self, role: str) -> QFontMetricsF:
        """The font metrics of a role."""
        made = self._metrics.get(role)
        if made is None:
            made = self._metrics[role] = QFontMetricsF(fonts.font(role))
        return made

    def elided(self, role: str, words: str, room: float) -> str:
        """The words in a role's font, elided to so many pixels; names come many times, so each is measured once."""
        width = self._widths.get((role, words))
        if width is None:
            width = self._widths[role, words] = self.metrics(role).horizontalAdvance(words)
        return words if width <= room else text.elide(words, self.metrics(role), room)
