"""The key sheet (? or F1): the keys of the current page by group, as they are now, in as many columns as fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.commands.key_names import shown_key
from app.commands.table import Command, on_page
from ui.commands.in_use import keymap
from ui.frame.registry import title_of
from ui.look import fonts, text
from ui.widgets import paint
from ui.widgets.avatar import KeyCap
from ui.widgets.labels import Label
from ui.widgets.overlay import Overlay
from ui.widgets.panels import Scroll

_MARGIN, _GAP, _BETWEEN, _INSIDE = 28, 36, 14, 4
"""Pixels around the card's columns, between them, between keys and title, and between two keys."""
_KEYS_SHOWN = 2
_SCROLLS = {
    Qt.Key.Key_Down: 40, Qt.Key.Key_Up: -40, Qt.Key.Key_PageDown: 400, Qt.Key.Key_PageUp: -400,
    Qt.Key.Key_Space: 400, Qt.Key.Key_J: 40, Qt.Key.Key_K: -40,
}  # fmt: skip
"""By how many pixels a key scrolls a sheet that is taller than the window."""

Groups = list[tuple[str, list[Command]]]


def grouped(page_id: str, possible: Callable[[str], bool]) -> Groups:
    """The page's commands that have a key and are `possible` now, by group in the table's order."""
    groups: dict[str, list[Command]] = {}
    for command in on_page(page_id):
        if keymap().keys(command.id) and possible(command.id):
            groups.setdefault(command.group, []).append(command)
    return list(groups.items())


def packed(sizes: Sequence[int], columns: int) -> list[list[int]]:
    """The places of groups of these sizes, in their order, in at most so many columns as even in length as can be."""
    most = max(sizes, default=0)
    while len(filled := _filled(sizes, most)) > columns:
        most += 1
    return filled


def _filled(sizes: Sequence[int], most: int) -> list[list[int]]:
    columns: list[list[int]] = []
    used = most
    for place, size in enumerate(sizes):
        if used + size > most:
            columns.append([])
            used = 0
        columns[-1].append(place)
        used += size
    return columns


class KeySheet(Overlay):
    """An overlay that any key or click closes, but those that scroll it where it is taller than the window."""

    def __init__(self, parent: QWidget, title: str, groups: Groups) -> None:
        """`title` is the page's. Create a new sheet each time: it is cheap, and keys may have changed."""
        super().__init__(parent, text.tr("Keys"))
        column = QVBoxLayout(self.card)
        column.setContentsMargins(_MARGIN, 22, 0, 24)
        column.setSpacing(14)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, _MARGIN, 0)
        head.addWidget(Label(text.tr("Keys"), "title"))
        head.addWidget(Label(title, "body", "text2"))
        head.addStretch(1)
        head.addWidget(Label(self._hint(), "meta", "text2"))
        column.addLayout(head)
        self.sheet = Scroll((0, 0, _MARGIN, 0), 0)
        column.addWidget(self.sheet, 1)
        columns = QHBoxLayout()
        columns.setSpacing(_GAP)
        self.sheet.column.addLayout(columns)
        room = parent.width() - 32 - 2 * _MARGIN - self.sheet.verticalScrollBar().sizeHint().width()
        for places in _columns(groups, room):
            columns.addLayout(_column([groups[place] for place in places]))
        self.setGeometry(parent.rect())
        self._fit(head)
        self.open()

    @staticmethod
    def _hint() -> str:
        if keymap().current.single:
            return text.tr("single letters work outside fields and forms")
        return text.tr("single-letter keys are switched off")

    def _fit(self, head: QHBoxLayout) -> None:
        """Take the size of the contents, as far as the window has room for it."""
        inner, bar = self.sheet.column.totalSizeHint(), self.sheet.verticalScrollBar().sizeHint().width()
        wide = max(inner.width() + _MARGIN + bar, head.sizeHint().width() + _MARGIN)
        high = inner.height() + head.sizeHint().height() + 22 + 24 + 14
        self.card.resize(min(wide, self.width() - 32), min(high, self.height() - 32))
        self.card.move((self.width() - self.card.width()) // 2, max(16, (self.height() - self.card.height()) // 3))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll, or close on any other key except a lone modifier."""
        bar, by = self.sheet.verticalScrollBar(), _SCROLLS.get(Qt.Key(event.key()))
        if by is not None and bar.maximum() > 0:
            bar.setValue(bar.value() + fonts.px(by))
        elif event.key() not in {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta}:
            self.dismiss()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Close on any click."""
        self.dismiss()


def _columns(groups: Groups, room: int) -> list[list[int]]:
    """The groups in the most columns that fit into so many pixels with nothing cut."""
    sizes = [len(commands) + 2 for _title, commands in groups]
    for count in range(len(groups), 1, -1):
        columns = packed(sizes, count)
        wide = sum(_width([groups[place] for place in places]) for places in columns)
        if wide + _GAP * (len(columns) - 1) <= room:
            return columns
    return packed(sizes, 1)


def _width(groups: Groups) -> int:
    """The pixels that a column of these groups takes."""
    commands = [command for _title, inside in groups for command in inside]
    title = QFontMetrics(fonts.font("body"))
    keys = max(_keys_width(command) for command in commands)
    return keys + _BETWEEN + max(title.horizontalAdvance(title_of(command)) for command in commands) + fonts.px(4)


def _keys_width(command: Command) -> int:
    caps = [paint.cap_width(shown_key(key)) for key in keymap().keys(command.id)[:_KEYS_SHOWN]]
    return sum(caps) + _INSIDE * len(caps)


def _column(groups: Groups) -> QVBoxLayout:
    outer = QVBoxLayout()
    grid = QGridLayout()
    grid.setHorizontalSpacing(_BETWEEN)
    grid.setVerticalSpacing(5)
    outer.addLayout(grid)
    outer.addStretch(1)
    for title, commands in groups:
        row = grid.rowCount()
        grid.setRowMinimumHeight(row, fonts.px(30 if row > 1 else 22))
        grid.addWidget(Label(text.tr(title), "heading", "text2"), row, 0, 1, 2, Qt.AlignmentFlag.AlignBottom)
        for place, command in enumerate(commands, row + 1):
            keys = QHBoxLayout()
            keys.setSpacing(_INSIDE)
            for key in keymap().keys(command.id)[:_KEYS_SHOWN]:
                keys.addWidget(KeyCap(shown_key(key)))
            keys.addStretch(1)
            grid.addLayout(keys, place, 0)
            grid.addWidget(Label(title_of(command), "body"), place, 1)
    return outer
