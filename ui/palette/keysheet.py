"""The key sheet (? or F1): the keys of the current page by group, from the command table."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.commands.key_names import shown_key
from app.commands.table import Command, on_page
from ui.commands.in_use import keymap
from ui.frame.registry import title_of
from ui.look import fonts, text
from ui.widgets.avatar import KeyCap
from ui.widgets.labels import Label
from ui.widgets.overlay import Overlay

_MAX_ROWS, _MAX_ROWS_NARROW, _MIN_ROOMY_WIDTH = 22, 30, 1200


def grouped(page_id: str, possible: Callable[[str], bool]) -> list[tuple[str, list[Command]]]:
    """The page's commands that have a key and are `possible` now, by group in the table's order."""
    groups: dict[str, list[Command]] = {}
    for command in on_page(page_id):
        if keymap().keys(command.id) and possible(command.id):
            groups.setdefault(command.group, []).append(command)
    return list(groups.items())


class KeySheet(Overlay):
    """An overlay that any key or click closes."""

    def __init__(self, parent: QWidget, title: str, groups: list[tuple[str, list[Command]]]) -> None:
        """`title` is the page's. Create a new sheet each time: it is cheap, and keys may have changed."""
        super().__init__(parent, text.tr("Keys"))
        column = QVBoxLayout(self.card)
        column.setContentsMargins(28, 22, 28, 24)
        column.setSpacing(14)
        head = QHBoxLayout()
        head.addWidget(Label(text.tr("Keys"), "title"))
        head.addWidget(Label(title, "body", "text2"))
        head.addStretch(1)
        head.addWidget(Label(text.tr("single letters work outside fields and forms"), "meta", "text2"))
        column.addLayout(head)
        columns = QHBoxLayout()
        columns.setSpacing(36)
        column.addLayout(columns)
        _fill(columns, groups, _MAX_ROWS if parent.width() >= fonts.px(_MIN_ROOMY_WIDTH) else _MAX_ROWS_NARROW)
        self.setGeometry(parent.rect())
        self.card.adjustSize()
        self.card.setFixedWidth(min(self.card.sizeHint().width(), self.width() - 32))
        self.card.move((self.width() - self.card.width()) // 2, max(16, (self.height() - self.card.height()) // 3))
        self.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on any key except a lone modifier."""
        if event.key() not in {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta}:
            self.dismiss()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Close on any click."""
        self.dismiss()


def _fill(columns: QHBoxLayout, groups: list[tuple[str, list[Command]]], most: int) -> None:
    grid, used = _column(columns), 0
    for title, commands in groups:
        if used and used + len(commands) > most:
            grid, used = _column(columns), 0
        row = grid.rowCount()
        heading = Label(text.tr(title), "heading", "text2")
        grid.setRowMinimumHeight(row, fonts.px(30 if used else 22))
        grid.addWidget(heading, row, 0, 1, 2, Qt.AlignmentFlag.AlignBottom)
        for place, command in enumerate(commands, row + 1):
            keys = QHBoxLayout()
            keys.setSpacing(4)
            for key in keymap().keys(command.id)[:2]:
                keys.addWidget(KeyCap(shown_key(key)))
            keys.addStretch(1)
            grid.addLayout(keys, place, 0)
            grid.addWidget(Label(title_of(command), "body"), place, 1)
        used += len(commands) + 1


def _column(columns: QHBoxLayout) -> QGridLayout:
    outer = QVBoxLayout()
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(5)
    outer.addLayout(grid)
    outer.addStretch(1)
    columns.addLayout(outer)
    return grid
