"""The text field of a draft: template list on "/", findings marked in the text, Tab through blanks."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit

from app.base import codes
from app.templates.blank_words import words
from ui.look import fonts
from ui.look.text import tr
from ui.look.theme import theme
from ui.shared.blank_names import BLANK, BlankNames
from ui.shared.bringing import brought
from ui.shared.marks import Mark, Marks
from ui.widgets.toast import speak

if TYPE_CHECKING:
    from app.voice import Finding

LINE_PERCENT = 145
_SLASH = re.compile(r"(?:^|(?<=\s))/([^\s/]{0,24})$")
_KEEP_LIST_REASONS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class DraftField(QTextEdit):
    """A plain-text editor. It is a QTextEdit, since QPlainTextEdit has no line spacing."""

    asked = Signal(str)
    """The template list is wanted; carries the letters typed after a slash at the start of a word."""
    dropped = Signal()
    """The template list is no longer wanted."""
    steered = Signal(str)
    """A key for the template list while it is shown: "up", "down" or "take"."""
    left = Signal()
    """Esc was pressed with no template list open."""
    menu_made = Signal(object, int)
    """The context menu is about to be shown: the QMenu, and the position in the text (UTF-16 units) that it is for."""
    files_brought = Signal(object)
    """Files were dropped here or pasted: a list of `ui.shared.bringing.Brought`."""

    def __init__(self) -> None:
        """Start empty, in the font of messages."""
        super().__init__()
        self.setProperty("bare", True)
        self.setAccessibleName(tr("Your reply"))
        self.setPlaceholderText(tr("Write a reply, or / for a template"))
        self.setTabChangesFocus(True)
        self.setAcceptRichText(False)
        self.document().setDocumentMargin(0)
        self.choosing = False
        self.marks = Marks(self)
        self._names = BlankNames(self.document())
        self.takes_files = False
        self.findings: tuple[Finding, ...] = ()
        self._tried = False
        self.parted: list[tuple[int, int]] = []
        """(start, end) of the first word of each part, where a thread would be split; marked in the text."""
        self._restyle()
        theme().changed.connect(self._retheme)
        self.textChanged.connect(self._look_for_slash)
        self.cursorPositionChanged.connect(self._show_caret)

    def _show_caret(self) -> None:
        cursor = self.textCursor()
        self._names.set_caret(-1 if cursor.hasSelection() or not self.hasFocus() else cursor.position())

    def _restyle(self) -> None:
        self.setFont(fonts.font("message"))
        self.document().setDefaultFont(fonts.font("message"))
        self._names.restyle()
        self._space_lines()
        self.mark(self.findings, tried=self._tried)

    def _retheme(self) -> None:
        """Apply a changed theme; the placeholder is painted in the viewport's own font (observed), so set that too."""
        self._restyle()
        self.viewport().setFont(fonts.font("message"))

    def setPlainText(self, words: str) -> None:
        """Replace the text, with the line spacing of messages; this clears the undo stack."""
        super().setPlainText(words)
        self._space_lines()

    def _space_lines(self) -> None:
        """Set the line spacing; lines added later inherit it from the one before."""
        if self.document().begin().blockFormat().lineHeight() == LINE_PERCENT and self.document().blockCount() == 1:
            return
        shape = QTextBlockFormat()
        shape.setLineHeight(LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        self.setUndoRedoEnabled(False)  # keep the formatting off the undo stack
        cursor.mergeBlockFormat(shape)
        self.setUndoRedoEnabled(True)

    def line_height(self) -> int:
        """The line spacing in pixels."""
        return round(self.fontMetrics().lineSpacing() * LINE_PERCENT / 100)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text, and files where they can go along."""
        return super().canInsertFromMimeData(source) or (self.takes_files and bool(brought(source)))

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste as plain text; files, and a picture that is no text, go along instead."""
        files = brought(source) if self.takes_files else []
        if files:
            self.files_brought.emit(files)
        else:
            self.insertPlainText(source.text())

    def mark(self, findings: Sequence[Finding], *, tried: bool = False) -> None:
        """Highlight findings and blanks; an unfilled blank is shown as an error only once sending was `tried`."""
        self.findings, self._tried = tuple(findings), tried
        if self._names.wrong != tried:
            self._names.wrong = tried
            self.viewport().update()
        marks = []
        for finding in self.findings:
            if finding.risk == "blank" and (not tried or self._is_chip(finding)):
                continue
            tone = "danger" if finding.level == "block" else "warn"
            marks.append(Mark(self.span(finding.start, finding.end), tone))
        marks += [Mark(self.span(*part), "accent") for part in self.parted]
        self.marks.show_toned(marks)

    def _is_chip(self, finding: Finding) -> bool:
        return BLANK.fullmatch(self.toPlainText()[finding.start : finding.end]) is not None

    def span(self, start: int, end: int) -> QTextCursor:
        """A cursor selecting these Python character positions; Qt's positions are UTF-16 code units."""
        units = units_of(self.toPlainText())
        return self.between(units(start), units(end))

    def between(self, start: int, end: int) -> QTextCursor:
        """A cursor selecting these positions in UTF-16 code units."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def move_to_end(self) -> None:
        """Put the text cursor at the end of the text."""
        cursor = self.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.setTextCursor(cursor)

    def replace(self, start: int, end: int, words: str, *, select: bool = False) -> None:
        """Replace these characters; the field's undo stack covers it. With `select` the new ones are selected."""
        self.span(start, end).insertText(words)
        if select:
            self.setTextCursor(self.span(start, start + len(words)))
            self.setFocus()

    def go_to(self, finding: Finding) -> None:
        """Select the words of a finding and focus the field."""
        self.setTextCursor(self.span(finding.start, finding.end))
        self.setFocus()

    def next_blank(self) -> bool:
        """Select the next unfilled blank, wrapping around; False if there is none."""
        content = self.toPlainText()
        blanks = [hit.span() for hit in BLANK.finditer(content) if not codes.is_blank(hit[0])]
        if not blanks:
            return False
        units = self.textCursor().selectionEnd()
        at = len(content.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore"))
        if self.textCursor().hasSelection() is False and at and (0, 0) not in blanks:
            at = max(0, at)
        chosen = next(((start, end) for start, end in blanks if start >= at), blanks[0])
        self.setTextCursor(self.span(*chosen))
        speak(self, tr("Fill in: {blank}").format(blank=words(content[slice(*chosen)][2:-2])))
        return True

    def slash(self) -> tuple[int, str] | None:
        """Return (position in the block, letters after it) of a slash that asks for a template, or None."""
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        match = _SLASH.search(before)
        return None if match is None else (match.start(), match.group(1))

    def type_slash(self) -> None:
        """Insert a slash at the start of a word, which opens the template list."""
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        cursor.insertText(" /" if before and not before[-1].isspace() else "/")
        self.setTextCursor(cursor)

    def take_out_slash(self) -> None:
        """Remove the slash and its letters, before a template is inserted."""
        slash = self.slash()
        if slash is None:
            return
        position, _letters = slash
        cursor = self.textCursor()
        cursor.setPosition(cursor.block().position() + position, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()

    def _look_for_slash(self) -> None:
        slash = self.slash()
        if slash is not None:
            _position, letters = slash
            self.asked.emit(letters)
        elif self.choosing:
            self.dropped.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send keys to the template list while it is shown; Esc leaves. Tab arrives at `focusNextPrevChild`."""
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
        if _is_idle_command(event):
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, and the blanks in it as chips."""
        super().paintEvent(event)
        self._names.paint(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a chip chooses the whole blank, to be typed over."""
        chip = self._names.under(self, event.position())
        plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        if chip is None or not plain:
            super().mousePressEvent(event)
        else:
            self.setTextCursor(self.between(*chip))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click on a chip shows the blank as it is written, to be changed."""
        chip = self._names.under(self, event.position())
        if chip is None:
            super().mouseDoubleClickEvent(event)
        else:
            self.setTextCursor(self.between(chip[1] - 2, chip[1] - 2))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The usual menu, with what others add to it."""
        asked_by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        cursor = self.textCursor() if asked_by_key else self.cursorForPosition(event.pos())
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu_made.emit(menu, cursor.position())
        menu.popup(self.viewport().mapToGlobal(self.cursorRect().bottomLeft()) if asked_by_key else event.globalPos())

    def focusNextPrevChild(self, forwards: bool) -> bool:  # noqa: FBT001  Qt's signature
        """Tab takes the current template, else selects the next blank, else leaves the field."""
        if forwards and self.choosing:
            self.steered.emit("take")
            return True
        if forwards and self.next_blank():
            return True
        return super().focusNextPrevChild(forwards)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close the template list on focus out, but not when a menu or another window takes the focus."""
        super().focusOutEvent(event)
        self._show_edge()
        self._show_caret()
        if self.choosing and event.reason() not in _KEEP_LIST_REASONS:
            self.dropped.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Close the template list with the page: a window that is not active loses no focus."""
        super().hideEvent(event)
        if self.choosing:
            self.dropped.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the text cursor in sight where a hint that comes above the words makes the field lower: Qt doesn't."""
        lower = event.size().height() < event.oldSize().height()
        was_in_sight = 0 <= self.cursorRect().center().y() < event.oldSize().height()
        super().resizeEvent(event)
        if lower and was_in_sight:
            self.ensureCursorVisible()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let the surrounding box show the focus."""
        super().focusInEvent(event)
        self._show_edge()

    def _show_edge(self) -> None:
        """Repaint the parent, which draws the border: Qt would repaint only the part below the field."""
        box = self.parentWidget()
        if box is not None:
            box.update()

    def caret(self) -> QRect:
        """The text cursor's rectangle in the field's coordinates."""
        return self.cursorRect().translated(self.viewport().pos())


def units_of(content: str) -> Callable[[int], int]:
    """What turns a position in these characters into Qt's, in UTF-16 code units: those beyond U+FFFF count two."""
    if content.isascii() or max(content) <= "\uffff":
        return int
    wide = [position for position, letter in enumerate(content) if letter > "\uffff"]
    return lambda position: position + bisect_left(wide, position)


def _is_idle_command(event: QKeyEvent) -> bool:
    """Whether a letter with Alt arrives: of a command that has nothing to do now, as Alt+P where nothing is promised.

    Qt would type the letter. On macOS Option does type characters.
    """
    return sys.platform != "darwin" and event.modifiers() == Qt.KeyboardModifier.AltModifier and event.text().isalpha()
