"""The field that a reply is written in: templates by typing, hints marked in the text, blanks to tab through."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from ui.look import fonts
from ui.look.text import tr
from ui.look.theme import theme

if TYPE_CHECKING:
    from app.voice import Finding

LINE_PERCENT = 145
_SLASH = re.compile(r"(?:^|(?<=\s))/([^\s/]{0,24})$")
_NO_LEAVING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
_BLANK = re.compile(r"\{\{[^{}\n]*\}\}")


class DraftField(QTextEdit):
    """Plain text in, plain text out. A QPlainTextEdit would do, but it knows no distance between lines."""

    asked = Signal(str)
    """Letters after a slash at the start of a word, while the list of templates is wanted."""
    dropped = Signal()
    """The list is no longer wanted."""
    steered = Signal(str)
    """A key for the list while it is shown: up, down, take."""
    left = Signal()
    """Esc: back to the list of conversations; the draft stays."""

    def __init__(self) -> None:
        """Empty, with the message's font."""
        super().__init__()
        self.setProperty("bare", True)
        self.setAccessibleName(tr("Your reply"))
        self.setPlaceholderText(tr("Write a reply, or / for a template"))
        self.setTabChangesFocus(True)
        self.setAcceptRichText(False)
        self.document().setDocumentMargin(0)
        self.choosing = False
        self.findings: tuple[Finding, ...] = ()
        self._tried = False
        self.parted: list[tuple[int, int]] = []
        """First words of the parts of a thread, where it would be parted."""
        self._restyle()
        theme().changed.connect(self._retheme)
        self.textChanged.connect(self._look_for_slash)

    def _restyle(self) -> None:
        self.setFont(fonts.font("message"))
        self.document().setDefaultFont(fonts.font("message"))
        self._space_lines()
        self.mark(self.findings, tried=self._tried)

    def _retheme(self) -> None:
        """Another look. The words that stand in an empty field are written in the viewport's own letters (seen)."""
        self._restyle()
        self.viewport().setFont(fonts.font("message"))

    def setPlainText(self, words: str) -> None:
        """Show these words, their lines as far apart as a message's; what was typed before cannot be undone."""
        super().setPlainText(words)
        self._space_lines()

    def _space_lines(self) -> None:
        """Set the distance of the lines; a line that is begun later takes it from the one before."""
        if self.document().begin().blockFormat().lineHeight() == LINE_PERCENT and self.document().blockCount() == 1:
            return
        shape = QTextBlockFormat()
        shape.setLineHeight(LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        self.setUndoRedoEnabled(False)  # it is nothing that the person did
        cursor.mergeBlockFormat(shape)
        self.setUndoRedoEnabled(True)

    def line_height(self) -> int:
        """The distance from line to line, in pixels."""
        return round(self.fontMetrics().lineSpacing() * LINE_PERCENT / 100)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pasting brings words, never looks."""
        self.insertPlainText(source.text())

    def mark(self, findings: Sequence[Finding], *, tried: bool = False) -> None:
        """Tint and underline what the voice guide has found, and the blanks: no mistake until sending was `tried`."""
        self.findings, self._tried = tuple(findings), tried
        marks = []
        for finding in self.findings:
            if finding.risk == "blank" and not tried:
                continue
            tone = "danger" if finding.level == "block" else "warn"
            marks.append(self._selection(finding.start, finding.end, tone))
        blanks = () if tried else _BLANK.finditer(self.toPlainText())
        marks += [self._selection(*found.span(), "accent") for found in blanks]
        marks += [self._selection(*part, "accent") for part in self.parted]
        self.setExtraSelections(marks)

    def _selection(self, start: int, end: int, tone: str) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        shape = QTextCharFormat()
        shape.setBackground(QColor(theme().hex(f"{tone}_bg")))
        shape.setForeground(QColor(theme().hex(tone)))
        if tone != "accent":
            shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            shape.setUnderlineColor(QColor(theme().hex(tone)))
        made.format = shape
        made.cursor = self.span(start, end)
        return made

    def span(self, start: int, end: int) -> QTextCursor:
        """A cursor that selects these characters; Qt counts UTF-16 units, Python characters."""
        said = self.toPlainText()
        first, last = (len(said[:place].encode("utf-16-le")) // 2 for place in (start, end))
        cursor = QTextCursor(self.document())
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def replace(self, start: int, end: int, words: str) -> None:
        """Put other words in place of these characters; the field's own undo knows it."""
        self.span(start, end).insertText(words)

    def go_to(self, finding: Finding) -> None:
        """Select the words that a finding speaks of."""
        self.setTextCursor(self.span(finding.start, finding.end))
        self.setFocus()

    def next_blank(self) -> bool:
        """Select the next blank that is left, going round; False when there is none."""
        said = self.toPlainText()
        blanks = [found.span() for found in _BLANK.finditer(said)]
        if not blanks:
            return False
        units = self.textCursor().selectionEnd()
        at = len(said.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore"))
        if self.textCursor().hasSelection() is False and at and (0, 0) not in blanks:
            at = max(0, at)
        chosen = next((blank for blank in blanks if blank[0] >= at), blanks[0])
        self.setTextCursor(self.span(*chosen))
        return True

    def slash(self) -> tuple[int, str] | None:
        """Where a slash that asks for a template begins (in the block), and the letters after it."""
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        found = _SLASH.search(before)
        return None if found is None else (found.start(), found.group(1))

    def type_slash(self) -> None:
        """Begin a template as if a slash had been typed at the start of a word."""
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        cursor.insertText(" /" if before and not before[-1].isspace() else "/")
        self.setTextCursor(cursor)

    def take_out_slash(self) -> None:
        """Remove the slash and its letters, before the template goes in."""
        found = self.slash()
        if found is None:
            return
        cursor = self.textCursor()
        cursor.setPosition(cursor.block().position() + found[0], QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()

    def _look_for_slash(self) -> None:
        found = self.slash()
        if found is not None:
            self.asked.emit(found[1])
        elif self.choosing:
            self.dropped.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys for the list of templates while it is shown; Esc leaves. Tab comes by `focusNextPrevChild`."""
        key = event.key()
        if self.choosing:
            steer = {
                Qt.Key.Key_Up: "up",
                Qt.Key.Key_Down: "down",
                Qt.Key.Key_Return: "take",
                Qt.Key.Key_Enter: "take",
            }
            if key in steer and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.steered.emit(steer[Qt.Key(key)])
                return
            if key == Qt.Key.Key_Escape:
                self.dropped.emit()
                return
        if key == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:  # noqa: FBT001  Qt's signature
        """Tab takes the template that is offered, else goes to the next blank, else leaves the field."""
        if forwards and self.choosing:
            self.steered.emit("take")
            return True
        if forwards and self.next_blank():
            return True
        return super().focusNextPrevChild(forwards)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The list goes when the writing does; a look at another window is no leaving."""
        super().focusOutEvent(event)
        self._show_edge()
        if self.choosing and event.reason() not in _NO_LEAVING:
            self.dropped.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The box around it shows that it has the keys."""
        super().focusInEvent(event)
        self._show_edge()

    def _show_edge(self) -> None:
        """The edge is drawn by whoever holds the field; Qt repaints of it only what lies under the field."""
        box = self.parentWidget()
        if box is not None:
            box.update()

    def caret(self) -> QRect:
        """Where the caret is, in the field's own coordinates."""
        return self.cursorRect().translated(self.viewport().pos())
