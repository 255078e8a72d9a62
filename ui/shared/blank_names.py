"""Shows the blanks of a template plainly: `{{what_broke}}` as `{what_broke}`, `{{greeting|Hello}}` `{Hello}`.

The one that the caret is in shows its name besides, `{greeting|Hello}`, so that it can be changed.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

BLANK = re.compile(r"\{\{[^{}\n]{0,240}\}\}")
"""A blank as it stands in a draft: what is between the braces is not checked here."""
_PARTS = re.compile(r"\{\{([^|]*)\|([^}]*)\}\}")
"""The name of a blank, and its fallback."""
_LEAST_POINTS = 0.1


class BlankNames(QSyntaxHighlighter):
    """Makes the outer braces and the names of blanks vanish from sight; the text, and what is copied, keeps them."""

    def __init__(self, document: QTextDocument) -> None:
        """Follow this document."""
        super().__init__(document)
        self._caret = -1
        self._vanished = QTextCharFormat()
        self._vanished.setFontPointSize(_LEAST_POINTS)
        self._vanished.setForeground(QColor(Qt.GlobalColor.transparent))

    def set_caret(self, position: int) -> None:
        """Show the name of the blank that this position is in, in UTF-16 units of the document; -1 for none."""
        before, self._caret = self._caret, position
        blocks = [self.document().findBlock(place) for place in (before, position) if place >= 0]
        with QSignalBlocker(self.document()):  # nothing is typed
            for block in blocks:
                if block.isValid() and "{{" in block.text() and "|" in block.text():
                    self.rehighlightBlock(block)

    def highlightBlock(self, text: str) -> None:
        """Hide the braces and names; positions are Qt's, in UTF-16 units."""
        if "{{" not in text:
            return
        wide = [place for place, letter in enumerate(text) if letter > "\uffff"]

        def units(place: int) -> int:
            return place + sum(at < place for at in wide)

        caret = self._caret - self.currentBlock().position()
        for blank in BLANK.finditer(text):
            start, end = units(blank.start()), units(blank.end())
            self.setFormat(start, 1, self._vanished)
            self.setFormat(end - 1, 1, self._vanished)
            parts = _PARTS.fullmatch(blank[0])
            if parts is not None and not start < caret < end:
                first, last = (2, parts.end(1) + 1) if parts[2].strip() else (parts.end(1), len(blank[0]) - 2)
                begins = units(blank.start() + first)
                self.setFormat(begins, units(blank.start() + last) - begins, self._vanished)
