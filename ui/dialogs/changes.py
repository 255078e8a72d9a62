"""What an import changes in members who are known, what it keeps, and which rows can't be read, before it is done.

What was written by hand is kept unless its tick says otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets.fields import CheckBox
from ui.widgets.labels import ElidedLabel, Label
from ui.widgets.panels import Panel

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.contacts.person import FieldChange
    from app.imports import Preview
    from app.imports.shapes import Refused

_MAX_ROWS = 60
"""Rows of a list; beyond, it is told how many more there are."""
_MAX_CHARS = 200


class Changes(QWidget):
    """Three lists, each only where there is something in it; each line is read whole by a screen reader."""

    def __init__(self, preview: Preview, over: Collection[str] = ()) -> None:
        """`over` are the keys of fields that are ticked already."""
        super().__init__()
        self._ticks: dict[str, CheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        changed = [one for one in preview.changes if not one.kept]
        kept = [one for one in preview.changes if one.kept]
        if changed:
            grid = self._list(tr("What changes in members you already have"), len(changed))
            for line, change in enumerate(changed[:_MAX_ROWS]):
                _add_line(grid, line, change)
        if kept:
            title = tr("Kept, because you wrote it by hand. Tick what the file may replace.")
            grid = self._list(title, len(kept))
            for line, change in enumerate(kept[:_MAX_ROWS]):
                self._add_tick(grid, line, change, over)
        if preview.refused:
            grid = self._list(tr("Rows that can't be read"), preview.rejected)
            for line, refused in enumerate(preview.refused[:_MAX_ROWS]):
                _add_refused(grid, line, refused)

    def over(self) -> frozenset[str]:
        """The keys of the fields that the file may replace."""
        return frozenset(key for key, tick in self._ticks.items() if tick.isChecked())

    def _list(self, title: str, count: int) -> QGridLayout:
        """A list with this title; the grid for its lines. It scrolls by keyboard."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101  made above
        column.addWidget(Label(title, "heading", "text2", wrap=True))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setMinimumHeight(fonts.px(84))
        scroll.setMaximumHeight(fonts.px(160))
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setAccessibleName(title)
        inner = Panel(fill="subtle", edge="border", margin=10)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        inner.column.addLayout(grid)
        if count > _MAX_ROWS:
            inner.column.addWidget(Label(tr("And {count:,} more.").format(count=count - _MAX_ROWS), "meta", "text2"))
        inner.column.addStretch(1)
        scroll.setWidget(inner)
        column.addWidget(scroll)
        return grid

    def _add_tick(self, grid: QGridLayout, line: int, change: FieldChange, over: Collection[str]) -> None:
        tick = CheckBox(_field_name(change.field))
        tick.setChecked(change.key in over)
        before, after = _shown(change.before), _shown(change.after)
        spoken = tr("{member}, {field}: replace {before} by {after}").format(
            member=change.member, field=_field_name(change.field), before=before, after=after
        )
        tick.setAccessibleName(spoken)
        self._ticks[change.key] = tick
        member = ElidedLabel(_shown(change.member), "meta")
        member.setMinimumWidth(fonts.px(140))
        grid.addWidget(member, line, 0)
        grid.addWidget(tick, line, 1)
        grid.addWidget(_values(before, after), line, 2)


def _add_line(grid: QGridLayout, line: int, change: FieldChange) -> None:
    field = _field_name(change.field)
    before, after = _shown(change.before), _shown(change.after)
    member, values = ElidedLabel(_shown(change.member), "meta"), _values(before, after)
    spoken = tr("{member}, {field}: {before} becomes {after}") if before else tr("{member}, {field}: {after} is added")
    values.setAccessibleName(spoken.format(member=change.member, field=field, before=before, after=after))
    member.setMinimumWidth(fonts.px(140))
    grid.addWidget(member, line, 0)
    grid.addWidget(Label(field, "meta", "text2"), line, 1)
    grid.addWidget(values, line, 2)


def _add_refused(grid: QGridLayout, line: int, refused: Refused) -> None:
    begins = ElidedLabel(_shown(refused.begins), "meta")
    begins.setMinimumWidth(fonts.px(140))
    why = ElidedLabel(_shown(refused.why), "meta")
    number = Label(tr("Line {line}").format(line=text.number(refused.line)), "meta", "text2")
    why.setAccessibleName(f"{number.text()}: {refused.why}")
    grid.addWidget(begins, line, 0)
    grid.addWidget(number, line, 1)
    grid.addWidget(why, line, 2)


def _values(before: str, after: str) -> ElidedLabel:
    return ElidedLabel(f"{text.isolate(before) or '–'} → {text.isolate(after)}", "meta")


def _shown(words: str) -> str:
    return text.plain(words)[:_MAX_CHARS]


def _field_name(field: str) -> str:
    from app.channels.registry import channel  # noqa: PLC0415  only where members change
    from app.contacts.person import ON  # noqa: PLC0415  as above
    from app.imports.mapping import FIELD_NAMES  # noqa: PLC0415  as above

    if field.startswith(ON):
        return tr(channel(field.removeprefix(ON)).title)
    return tr(FIELD_NAMES[field])
