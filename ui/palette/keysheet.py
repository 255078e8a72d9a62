"""The key sheet (? or F1): the keys of the current page by group, from the command table."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.commands.command import Command
from app.commands.table import on_page
from ui.commands.in_use import keymap
from ui.look import fonts, text
from ui.palette.key_columns import KeyColumns
from ui.widgets.labels import Label
from ui.widgets.overlay import Overlay
from ui.widgets.panels import Scroll

_EDGE = 16
_SIDES, _AROUND = 72, 124
"""What lies beside the columns, in pixels, and above and below them, in CSS pixels."""
_SCROLL_KEYS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}
"""Keys that scroll instead of closing, where not all has room: by so many steps of the bar."""


def grouped(page_id: str, possible: Callable[[str], bool]) -> list[tuple[str, list[Command]]]:
    """The page's commands that have a key and are `possible` now, by group in the table's order."""
    groups: dict[str, list[Command]] = {}
    for command in on_page(page_id):
        if keymap().keys(command.id) and possible(command.id):
            groups.setdefault(command.group, []).append(command)
    return list(groups.items())


class KeySheet(Overlay):
    """An overlay that any key or click closes; where not all has room, arrows and Page keys scroll."""

    def __init__(self, parent: QWidget, title: str, groups: list[tuple[str, list[Command]]]) -> None:
        """`title` is the page's. Create a new sheet each time: it is cheap, and keys may have changed."""
        super().__init__(parent, text.tr("Keys"))
        self.setGeometry(parent.rect())
        wide, high = self.width() - 2 * _EDGE, self.height() - 2 * _EDGE
        around = fonts.px(_AROUND)
        self.keys = KeyColumns(groups, wide - _SIDES, high - around)
        self.sheet = Scroll((0, 0, 10, 0), 0)
        self.sheet.column.addWidget(self.keys)
        self.sheet.column.addStretch(1)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(28, 22, 18, 20)
        column.setSpacing(14)
        column.addLayout(_head(title))
        column.addWidget(Label(_hint(), "meta", "text2", wrap=True))
        column.addWidget(self.sheet, 1)
        needed = self.keys.sizeHint()
        wide, high = min(wide, needed.width() + _SIDES), min(high, needed.height() + around)
        self.card.setGeometry((self.width() - wide) // 2, max(_EDGE, (self.height() - high) // 3), wide, high)
        self.open()

    def fit(self) -> None:
        """Close: the columns were dealt for another size."""
        self.dismiss()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on any key except a lone modifier, and those that scroll."""
        bar, step = self.sheet.verticalScrollBar(), _SCROLL_KEYS.get(Qt.Key(event.key()), 0)
        if step and bar.maximum() > 0:
            bar.setValue(bar.value() + step * bar.singleStep())
        elif event.key() not in {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta}:
            self.dismiss()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Close on any click."""
        self.dismiss()


def _hint() -> str:
    if keymap().current.single:
        return text.tr("Single letters work outside fields and forms.")
    return text.tr("Single-letter keys are switched off.")


def _head(title: str) -> QHBoxLayout:
    head = QHBoxLayout()
    head.addWidget(Label(text.tr("Keys"), "title"))
    head.addWidget(Label(title, "body", "text2"))
    head.addStretch(1)
    return head
