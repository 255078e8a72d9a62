"""The lists of the page: facts, embargoed subjects, and who was told the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Never

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.base import clock, dates
from app.facts import OWED, STATE_NAMES, Fact, Told
from app.facts.embargoes import Embargo
from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets import paint
from ui.widgets.rows import Index, RowModel, RowRole, ground
from ui.widgets.rowview import RowDelegate

MARGINS = (24, 22)
_READ = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
Line = tuple[str, str, str, str]
"""What a row says: its name, the aside and its tone, and what stands below."""


def fact_line(fact: Fact) -> Line:
    """The words of a fact's row: to whom something is owed, or when to look again, at the right."""
    said = text.plain("; ".join(dict.fromkeys(value.words for value in fact.values)))
    if fact.owed:
        owed = text.counted(fact.owed, "{count} to put right", "{count} to put right")
        return text.plain(fact.name), owed, "warn", said
    today = clock.local(clock.now()).date().isoformat()
    look = tr("look again on {day}").format(day=dates.written(fact.look_on)) if fact.look_on else ""
    return text.plain(fact.name), look, "warn" if fact.look_on and fact.look_on <= today else "text2", said


def embargo_line(embargo: Embargo, waiting: int) -> Line:
    """The words of an embargo's row: until when, and how many wait for the news."""
    day = dates.written(embargo.day)
    until = (tr("public since {day}") if embargo.is_released else tr("not before {day}")).format(day=day)
    if waiting:
        many = text.counted(waiting, "{count} waits for the news", "{count} wait for the news")
        until = tr("{many}, {until}").format(many=many, until=until)
    tone = "warn" if waiting and embargo.is_released else "text2"
    return text.plain(embargo.subject), until, tone, text.plain(", ".join(embargo.words))


class FactModel(RowModel[Fact, Never]):
    """The facts by their names."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(Fact)

    def line(self, place: int) -> Line | None:
        """What the row there says."""
        row = self.row_at(place)
        return None if row is None else fact_line(row)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        """The row's words for the delegate; a sentence for screen readers."""
        return _of_role(self.line(index.row()), role)


class EmbargoModel(RowModel[Embargo, Never]):
    """The embargoed subjects, the next day first."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(Embargo)
        self._waiting: list[int] = []

    def show(self, every: Sequence[Embargo], waiting: Sequence[int]) -> None:
        """Show these; `waiting` is how many wait for the news of each."""
        self._waiting = list(waiting)
        self.show_rows(every)

    def line(self, place: int) -> Line | None:
        """What the row there says."""
        row = self.row_at(place)
        return None if row is None else embargo_line(row, self._waiting[place])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        """The row's words for the delegate; a sentence for screen readers."""
        return _of_role(self.line(index.row()), role)


class ToldModel(RowModel[Told, Never]):
    """Who was told the chosen one, the last first."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(Told)
        self._waiting: frozenset[int] = frozenset()

    def show(self, told: Sequence[Told], waiting: frozenset[int] = frozenset()) -> None:
        """Show these; those whose ids are `waiting` wait for the news."""
        self._waiting = waiting
        self.show_rows(told)

    def line(self, place: int) -> Line | None:
        """What the row there says."""
        row = self.row_at(place)
        if row is None:
            return None
        state = tr("waits for the news") if row.id in self._waiting else tr(STATE_NAMES[row.state])
        told = tr("{words} · {when}").format(
            words=text.embed(row.value.words, 120), when=text.stamp(row.at, clock.now())
        )
        tone = "warn" if row.state == OWED or row.id in self._waiting else "text2"
        return text.name(row.who) if row.who else tr("Everybody"), state, tone, told

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        """The row's words for the delegate; a sentence for screen readers."""
        return _of_role(self.line(index.row()), role)


def _of_role(line: Line | None, role: int) -> Any:  # noqa: ANN401  Qt's signature
    if line is None:
        return None
    if role == RowRole:
        return line
    return ", ".join(part for part in (line[0], line[1], line[3]) if part) if role in _READ else None


class LineDelegate(RowDelegate):
    """Paints a row in two lines: its name with an aside at the right, and what there is to it."""

    row_height = 52

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        line = index.data(RowRole)
        if line is None:
            return
        name, aside, tone, below = line
        ground(painter, option, MARGINS)
        px, rect = fonts.px, QRect(option.rect)
        left, right = rect.left() + px(MARGINS[0]), rect.right() + 1 - px(MARGINS[1])
        upper = QRect(left, rect.top() + px(7), right - left, px(19))
        used = paint.words(painter, upper, aside, "meta", tone, 500 if tone == "warn" else 400, right=True)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        paint.words(painter, upper.adjusted(0, 0, -used - px(12), 0), name, "row", "text", 600 if chosen else 500)
        paint.words(painter, upper.translated(0, px(19)), below)
