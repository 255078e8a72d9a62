"""Shows the blanks of a template by their names: `{{what_broke}}` stands in the text and reads `{what_broke}`."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

BLANK = re.compile(r"\{\{[^{}\n]{0,240}\}\}")
"""A blank as it stands in a draft: what is between the braces is not checked here."""
_LEAST_POINTS = 0.1


class BlankNames(QSyntaxHighlighter):
    """Makes the outer braces of each blank vanish from sight; the text itself, and what is copied, keeps them."""

    def __init__(self, document: QTextDocument) -> None:
        """Follow this document."""
        super().__init__(document)
        self._vanished = QTextCharFormat()
        self._vanished.setFontPointSize(_LEAST_POINTS)
        self._vanished.setForeground(QColor(Qt.GlobalColor.transparent))

    def highlightBlock(self, text: str) -> None:
        """Hide the first and the last brace; positions are Qt's, in UTF-16 units."""
        if "{{" not in text:
            return
        wide = [place for place, letter in enumerate(text) if letter > "\uffff"]
        for blank in BLANK.finditer(text):
            for place in (blank.start(), blank.end() - 1):
                self.setFormat(place + sum(at < place for at in wide), 1, self._vanished)
