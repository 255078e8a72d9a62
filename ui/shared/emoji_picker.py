"""Emoji while one types: a colon and two letters open a list at the text cursor; Enter or Tab puts the emoji in.

The colon has to begin a word, so that neither a time (10:30) nor a link opens it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent

from app.base.errors import ClosedFileError
from ui.look import fonts
from ui.look.text import counted

if TYPE_CHECKING:
    from app.workbench import Workbench
    from ui.shared.draft_field import DraftField
    from ui.shared.emoji_list import EmojiList

_COLON = re.compile(r"(?<![\w:/\\.])[:：]((?:[^\W\d_]|\+)[\w+-]{1,23})$")
_MAX_BEFORE = 40  # characters before the cursor that are looked at
_KEEP_LIST_REASONS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class EmojiPicker(QObject):
    """Watches one field. It sees its keys before the field does, and only while the list is open."""

    def __init__(self, bench: Workbench, field: DraftField, language: Callable[[], str]) -> None:
        """`language` returns the code of the draft's language, whose names are matched beside the English ones."""
        super().__init__(field)
        self._bench, self._field, self._language = bench, field, language
        self._list: EmojiList | None = None
        self._left_at = -1  # where a colon stands whose list was left with Esc
        field.installEventFilter(self)
        field.textChanged.connect(self._look)
        field.cursorPositionChanged.connect(self._hide_elsewhere)

    def _asked(self) -> tuple[int, str] | None:
        """(position of the colon in the text, letters after it) before the text cursor; None if there is none."""
        cursor = self._field.textCursor()
        if cursor.hasSelection():
            return None
        before = cursor.block().text()[: cursor.positionInBlock()][-_MAX_BEFORE:]
        found = _COLON.search(before)
        return None if found is None else (cursor.position() - (len(before) - found.start()), found.group(1))

    def _look(self) -> None:
        asked = self._asked() if self._field.hasFocus() and not self._field.choosing else None
        if asked is None:
            self._left_at = -1
            self.hide()
            return
        at, letters = asked
        if at == self._left_at:
            return
        try:
            self._show(letters)
        except ClosedFileError:  # a window that goes
            self.hide()

    def _show(self, letters: str) -> None:
        found = self._bench.emoji.find(letters, self._language())
        if not found:
            self.hide()
            return
        window = self._field.window()
        if self._list is None:
            from ui.shared.emoji_list import EmojiList  # noqa: PLC0415  loaded at first use

            self._list = EmojiList(window)
            self._list.taken.connect(self._take)
        self._list.note = self._note()
        caret = self._field.caret()
        at = self._field.mapTo(window, QPoint(caret.left() - 12, caret.top()))
        anchor = QRect(at, QSize(1, max(caret.height(), fonts.px(20))))
        self._list.show_items(found[: self._list.rows_beside(anchor)], anchor)

    def _note(self) -> str:
        """What the voice guide says of one more emoji; "" if it allows it."""
        most = self._bench.voice.emoji_most()
        if most is None:
            return ""
        from app.base.emoji import emoji_in  # noqa: PLC0415  loaded at first use

        then = len(emoji_in(self._field.toPlainText())) + 1
        if then <= most:
            return ""
        return counted(
            then, "That's {count} emoji; the voice guide allows {most}.",
            "That's {count} emoji; the voice guide allows {most}.", most=most,
        )  # fmt: skip

    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self._list is not None and self._list.isVisible()

    def hide(self) -> None:
        """Close the list."""
        if self._list is not None:
            self._list.hide()

    def _hide_elsewhere(self) -> None:
        if self.is_open() and self._asked() is None:
            self.hide()

    def _take(self, sign: str) -> None:
        """Put the emoji in the place of the colon and its letters, as one step of the field's undo."""
        asked = self._asked()
        self.hide()
        if asked is None:
            return
        cursor = self._field.textCursor()
        cursor.setPosition(asked[0], cursor.MoveMode.KeepAnchor)
        cursor.insertText(sign)
        self._field.setTextCursor(cursor)
        self._bench.emoji.take(sign)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Steer the list by the field's keys; close it when the field loses the focus."""
        if not self.is_open() or self._list is None:
            return False
        if isinstance(event, QFocusEvent):
            if event.lostFocus() and event.reason() not in _KEEP_LIST_REASONS:
                self.hide()
            return False
        if not isinstance(event, QKeyEvent) or event.type() not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return False
        return self._steer(event, self._list)

    def _steer(self, event: QKeyEvent, list_: EmojiList) -> bool:
        key, override = Qt.Key(event.key()), event.type() == QEvent.Type.ShortcutOverride
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held or not (key in _STEPS or key in _TAKES or key == Qt.Key.Key_Escape):
            return False
        if override:
            event.accept()
            return True
        current = list_.current()
        if key in _STEPS:
            list_.step(_STEPS[key])
        elif key == Qt.Key.Key_Escape:
            asked = self._asked()
            self._left_at = asked[0] if asked is not None else -1
            self.hide()
        elif current is not None:
            self._take(current.sign)
        return True
