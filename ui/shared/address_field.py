"""A field for the receivers of a letter: addresses with or without names, completed from the members'."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from app.base.message import Addressee
from app.inbox.addressing import in_field
from ui.look import fonts
from ui.look.text import tr
from ui.look.theme import theme

if TYPE_CHECKING:
    from app.members import Mailbox
    from ui.shared.address_list import AddressList

Complete = Callable[[str], Sequence["Mailbox"]]
_MAX_LINES_SHOWN = 3
_MIN_LETTERS = 2  # typed before addresses are offered
_FIELD_HEIGHT, _MARGIN = 30, 3
_KEEP_LIST_REASONS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class AddressField(QPlainTextEdit):
    """Wraps and grows to three lines, then scrolls. Line ends that are pasted separate receivers."""

    entered = Signal()
    """Enter was pressed with no list open."""
    left = Signal()
    """Esc was pressed with no list open."""
    finished = Signal()
    """The focus has left the field."""

    def __init__(self, name: str, complete: Complete) -> None:
        """`name` is the accessible name; `complete` finds members' addresses for what is typed."""
        super().__init__()
        self._complete = complete
        self._list: AddressList | None = None
        self._filling = False
        self.setAccessibleName(name)
        self.setPlaceholderText(tr("Name or address"))
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(_MARGIN)
        self.textChanged.connect(self._changed)
        theme().changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setFont(fonts.font("body"))
        self._fit()

    def set_words(self, words: str) -> None:
        """Replace the text without offering addresses."""
        if words != self.toPlainText():
            self._filling = True
            self.setPlainText(words)
            self._filling = False
            self.moveCursor(QTextCursor.MoveOperation.End)

    # --- addresses offered

    @property
    def choosing(self) -> bool:
        """Whether the list of addresses is open."""
        return self._list is not None and self._list.isVisible()

    def _begun(self) -> tuple[int, str]:
        """Where the receiver at the cursor begins, and its letters so far."""
        before = self.toPlainText()[: self.textCursor().position()]
        start = max(before.rfind(sign) for sign in ",;\n") + 1
        while start < len(before) and before[start].isspace():
            start += 1
        return start, before[start:]

    def _changed(self) -> None:
        self._fit()
        if not self._filling and self.hasFocus():
            self._offer()

    def _offer(self) -> None:
        _, letters = self._begun()
        if len(letters.strip()) < _MIN_LETTERS or ">" in letters:
            self.hide_list()
            return
        offered = [box for box in self._complete(letters) if box.address.lower() != letters.strip().lower()]
        if not offered:
            self.hide_list()
            return
        window = self.window()
        if self._list is None:
            from ui.shared.address_list import AddressList  # noqa: PLC0415  loaded at first use

            self._list = AddressList(window)
            self._list.taken.connect(self._take)
        self._list.show_items(offered, QRect(self.mapTo(window, QPoint(0, 0)), self.size()))

    def hide_list(self) -> None:
        """Close the list of addresses."""
        if self._list is not None:
            self._list.hide()

    def _take(self, box: Mailbox) -> None:
        """Put a member's address in the place of the letters typed."""
        start, _letters = self._begun()
        cursor = self.textCursor()
        cursor.setPosition(start, QTextCursor.MoveMode.KeepAnchor)
        self._filling = True
        cursor.insertText(f"{in_field([Addressee('to', box.name, box.address)])}, ")
        self._filling = False
        self.hide_list()

    # --- keys, and how tall it is

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Steer the list while it is open; Enter and Esc leave the field, and no line end is typed."""
        key = event.key()
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if self.choosing and self._list is not None and self._list.steer(event):
            return
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if enter:
                self.entered.emit()
            else:
                event.ignore()  # Ctrl+Enter sends
            return
        if key == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:  # noqa: FBT001  Qt's signature
        """Tab takes the current address while the list is open, else leaves the field."""
        if forwards and self.choosing and self._list is not None:
            self._list.take_current()
            return True
        return super().focusNextPrevChild(forwards)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste receivers, one a line or separated."""
        pasted = ", ".join(line.strip(" ,;\t") for line in source.text().splitlines() if line.strip(" ,;\t"))
        self.insertPlainText(pasted)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close the list and say that the field was left, but not when a menu or another window takes the focus."""
        super().focusOutEvent(event)
        if event.reason() not in _KEEP_LIST_REASONS:
            self.hide_list()
            self.finished.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Close the list with the field."""
        self.hide_list()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Refit: the text wraps differently at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        lines = max(1, round(self.document().size().height()))  # in lines, as QPlainTextEdit counts
        shown = min(lines, _MAX_LINES_SHOWN)
        tall = shown * self.fontMetrics().lineSpacing() + 2 * _MARGIN + 12
        self.setFixedHeight(max(fonts.px(_FIELD_HEIGHT), tall))
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if lines > shown else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
