"""What an import changes in members who are known: old and new by field, before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets.labels import ElidedLabel, Label
from ui.widgets.panels import Panel

if TYPE_CHECKING:
    from app.imports import FieldChange, Preview

_MAX_ROWS = 60
"""Rows of the list; beyond, it is told how many more there are."""
_MAX_CHARS = 200


def panel(preview: Preview) -> QWidget:
    """The list of changed fields, each a line that a screen reader reads whole; it scrolls by keyboard."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    title = Label(tr("What changes in members you already have"), "heading", "text2")
    column.addWidget(title)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setMinimumHeight(fonts.px(96))
    scroll.setMaximumHeight(fonts.px(180))
    scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    scroll.setAccessibleName(title.text())
    inner = Panel(fill="subtle", edge="border", margin=10)
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(2, 1)
    for line, change in enumerate(preview.changes[:_MAX_ROWS]):
        _add_line(grid, line, change)
    inner.column.addLayout(grid)
    left = len(preview.changes) - _MAX_ROWS
    if left > 0:
        inner.column.addWidget(Label(tr("And {count:,} more.").format(count=left), "meta", "text2"))
    inner.column.addStretch(1)
    scroll.setWidget(inner)
    column.addWidget(scroll)
    return holder


def _add_line(grid: QGridLayout, line: int, change: FieldChange) -> None:
    field = _field_name(change.field)
    before, after = text.plain(change.before)[:_MAX_CHARS], text.plain(change.after)[:_MAX_CHARS]
    member = ElidedLabel(text.plain(change.member)[:_MAX_CHARS], "meta")
    values = ElidedLabel(f"{text.isolate(before) or '–'} → {text.isolate(after)}", "meta")
    spoken = tr("{member}, {field}: {before} becomes {after}") if before else tr("{member}, {field}: {after} is added")
    values.setAccessibleName(spoken.format(member=change.member, field=field, before=before, after=after))
    member.setMinimumWidth(fonts.px(140))
    grid.addWidget(member, line, 0)
    grid.addWidget(Label(field, "meta", "text2"), line, 1)
    grid.addWidget(values, line, 2)


def _field_name(field: str) -> str:
    from app.channels.registry import channel  # noqa: PLC0415  only where members change
    from app.contacts.person import ON  # noqa: PLC0415  as above
    from app.imports.mapping import FIELD_NAMES  # noqa: PLC0415  as above

    if field.startswith(ON):
        return tr(channel(field.removeprefix(ON)).title)
    return tr(FIELD_NAMES[field])
