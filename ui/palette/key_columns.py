"""The columns of the key sheet: as many as there is room for, none of them cut."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.commands.command import Command
from app.commands.key_names import shown_key
from ui.commands.in_use import keymap
from ui.frame.registry import title_of
from ui.look import fonts, text
from ui.widgets import paint
from ui.widgets.avatar import KeyCap
from ui.widgets.labels import Label

Groups = Sequence[tuple[str, Sequence[Command]]]
_GAP, _ROW, _HEAD, _BETWEEN = 36, 23, 30, 14
"""CSS pixels between columns, of a row, of a heading, between a row's keys and its title."""
_MAX_KEYS = 2
"""Of a command, so many of its keys are shown."""


def dealt(groups: Groups, most: int) -> list[list[tuple[str, Sequence[Command]]]]:
    """Deal the groups into columns of at most `most` lines each, a heading being a line.

    A group stays whole where a column can hold it; a longer one goes on in the next column, with its heading again.
    """
    columns: list[list[tuple[str, Sequence[Command]]]] = [[]]
    room = most = max(2, most)
    for title, commands in groups:
        rest = list(commands)
        if columns[-1] and len(rest) + 1 > room and (len(rest) < most or room <= 1):
            columns.append([])
            room = most
        while rest:
            part, rest = rest[: room - 1], rest[room - 1 :]
            columns[-1].append((title, part))
            room -= len(part) + 1
            if rest:
                columns.append([])
                room = most
    return columns


def chosen_columns(groups: Groups, most_columns: int, most_lines: int) -> list[list[tuple[str, Sequence[Command]]]]:
    """The fewest columns in which everything fits within `most_lines`, else the most, which then have more lines."""
    lines = sum(len(commands) + 1 for _title, commands in groups)
    made = dealt(groups, lines)
    for count in range(1, max(1, most_columns) + 1):
        least = -(-lines // count)
        fitting = next(tall for tall in range(least, lines + 1) if len(dealt(groups, tall)) <= count)
        made = dealt(groups, fitting)
        if fitting <= most_lines:
            break
    return made


class KeyColumns(QWidget):
    """All groups in columns; its size hint is the room that it takes."""

    def __init__(self, groups: Groups, wide: int, high: int) -> None:
        """`wide` and `high` are what there is room for, in pixels; where that is too low it is higher."""
        super().__init__()
        caps, titles = _widths(groups)
        column = caps + fonts.px(_BETWEEN) + titles
        gap = fonts.px(_GAP)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(gap)
        for parts in chosen_columns(groups, (wide + gap) // (column + gap), high // fonts.px(_ROW) - 1):
            row.addLayout(_column(parts, caps, titles), 0)
        row.addStretch(1)


def _widths(groups: Groups) -> tuple[int, int]:
    """The width in pixels of the widest keys, and of the widest title."""
    commands = [command for _title, commands in groups for command in commands]
    metrics = QFontMetrics(fonts.font("body"))
    caps = max((_caps_width(command) for command in commands), default=0)
    return caps, max((metrics.horizontalAdvance(title_of(command)) for command in commands), default=0) + 2


def _caps_width(command: Command) -> int:
    return sum(paint.cap_width(shown_key(key)) + 4 for key in keymap().keys(command.id)[:_MAX_KEYS])


def _column(parts: Sequence[tuple[str, Sequence[Command]]], caps: int, titles: int) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(fonts.px(_BETWEEN))
    grid.setVerticalSpacing(0)
    grid.setColumnMinimumWidth(0, caps)
    grid.setColumnMinimumWidth(1, titles)
    row = 0
    for title, commands in parts:
        grid.setRowMinimumHeight(row, fonts.px(_HEAD if row else _ROW))
        grid.addWidget(Label(text.tr(title), "heading", "text2"), row, 0, 1, 2, Qt.AlignmentFlag.AlignBottom)
        for row_, command in enumerate(commands, row + 1):
            keys = QHBoxLayout()
            keys.setSpacing(4)
            for key in keymap().keys(command.id)[:_MAX_KEYS]:
                keys.addWidget(KeyCap(shown_key(key)))
            keys.addStretch(1)
            grid.setRowMinimumHeight(row_, fonts.px(_ROW))
            grid.addLayout(keys, row_, 0)
            grid.addWidget(Label(title_of(command), "body"), row_, 1)
        row += len(commands) + 1
    grid.setRowStretch(row, 1)
    return grid
