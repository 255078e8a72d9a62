"""What the rules found in sent messages: a row of months for each rule, and the messages behind one of the figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Never

from PySide6.QtCore import QAbstractTableModel, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.base import clock, dates
from app.base.words import N_
from app.voice import LEVEL_NAMES
from app.voice.drift import Drift, Met, Row, Shown
from ui.look import fonts, icons, text
from ui.look.mirror import turn
from ui.look.text import tr
from ui.look.theme import theme
from ui.pages.templates.try_out import LEVELS
from ui.widgets import paint
from ui.widgets.rows import Index, RowModel, RowRole, ground
from ui.widgets.rowview import RowDelegate

MARGINS = (24, 22)
_SHORT_MONTHS = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"), N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"),
    N_("Nov"), N_("Dec"),
)  # fmt: skip
_TITLE, _FIGURES, _HEAD, _LINE = 36, 52, 40, 18
"""CSS pixels: the heights of a rule's two rows, of the head, and of a line in it."""
_SPOKEN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


def month_named(month: str) -> str:
    """A month (YYYY-MM) in words: "March 2026"."""
    year, number = month.split("-")
    return tr("{month} {year}").format(month=tr(dates.MONTHS[int(number) - 1]), year=year)


class FigureModel(QAbstractTableModel):
    """Two rows for each rule: its name over all months, and a figure for each month."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.months: tuple[str, ...] = ()
        self.rules: tuple[Row, ...] = ()
        self.most = 1

    def show_drift(self, drift: Drift) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.months, self.rules = drift.months, drift.rows
        self.most = max((len(row.of(month)) for row in drift.rows for month in drift.months), default=1)
        self.endResetModel()

    def of(self, index: Index) -> Sequence[Met]:
        """The messages behind a figure; none for the name of a rule."""
        if not index.isValid() or not index.row() % 2:
            return ()
        return self.rules[index.row() // 2].of(self.months[index.column()])

    def rowCount(self, parent: Index | None = None) -> int:
        """Two for each rule."""
        return 0 if parent is not None and parent.isValid() else 2 * len(self.rules)

    def columnCount(self, parent: Index | None = None) -> int:
        """One for each month."""
        return 0 if parent is not None and parent.isValid() else len(self.months)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The names of rules are disabled."""
        return super().flags(index) if index.row() % 2 else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        """The rule, for the delegate; a sentence for screen readers."""
        row = self.rules[index.row() // 2]
        if role == RowRole:
            return row
        if role not in _SPOKEN:
            return None
        if not index.row() % 2:
            return tr("{rule}, {level}").format(rule=text.plain(row.rule.named), level=tr(LEVEL_NAMES[row.rule.level]))
        found, month = len(self.of(index)), month_named(self.months[index.column()])
        return text.counted(
            found, "{month}: {count} message, {rule}", "{month}: {count} messages, {rule}",
            month=month, rule=text.plain(row.rule.named),
        )  # fmt: skip

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        """The month in words."""
        if orientation == Qt.Orientation.Horizontal and role in _SPOKEN and section < len(self.months):
            return month_named(self.months[section])
        return None


class FigureTable(QTableView):
    """The figures. Arrow keys go from one to the next; `opened` carries the index of one that was clicked or entered.

    Figures of nothing are gone through, but don't open.
    """

    opened = Signal(object)

    def __init__(self, model: FigureModel, parent: QWidget | None = None) -> None:
        """Show a model."""
        super().__init__(parent)
        self.setAccessibleName(tr("What the rules found, month by month"))
        self.setProperty("painted", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalHeader(_Months(self))
        self.horizontalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setItemDelegate(_FigureDelegate(self))
        self._figures = model
        self.setModel(model)
        model.modelReset.connect(self.fit)
        self.clicked.connect(self.open)
        theme().changed.connect(self.fit)

    def fit(self) -> None:
        """Set the heights for the current text size."""
        self.clearSpans()
        for place in range(self._figures.rowCount()):
            self.setRowHeight(place, fonts.px(_FIGURES if place % 2 else _TITLE))
            if not place % 2 and len(self._figures.months) > 1:
                self.setSpan(place, 0, 1, len(self._figures.months))
        self.horizontalHeader().updateGeometry()
        self.updateGeometries()
        self.viewport().update()

    def choose_first(self) -> None:
        """Make the latest figure of the first rule that found something current."""
        for rule in range(len(self._figures.rules)):
            for month in reversed(range(len(self._figures.months))):
                index = self._figures.index(2 * rule + 1, month)
                if self._figures.of(index):
                    self.setCurrentIndex(index)
                    return

    def step(self, rules: int, months: int = 0) -> None:
        """Go so many rules down and months on; it stays within the table."""
        here = self.currentIndex()
        if not here.isValid():
            self.choose_first()
            return
        row = max(0, min(len(self._figures.rules) - 1, here.row() // 2 + rules))
        column = max(0, min(len(self._figures.months) - 1, here.column() + months))
        self.scrollTo(self._figures.index(2 * row, 0))
        self.setCurrentIndex(self._figures.index(2 * row + 1, column))

    def open(self, index: Index | None = None) -> None:
        """Open a figure, or the current one, if there is anything behind it."""
        index = self.currentIndex() if index is None else index
        if self._figures.of(index):
            self.opened.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from figure to figure, Home and End to the ends of a rule; Enter and Space open."""
        key, wide = Qt.Key(event.key()), len(self._figures.months)
        on = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        steps = {
            Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -on), Qt.Key.Key_Right: (0, on),
            Qt.Key.Key_Home: (0, -wide), Qt.Key.Key_End: (0, wide),
        }  # fmt: skip
        if key in steps:
            self.step(*steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not event.modifiers():
            self.open()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _typed: str) -> None:
        """Do nothing: Qt's type-ahead search would take letters that are commands."""


class _Months(QHeaderView):
    """The months over the figures, each year once."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        return QSize(0, fonts.px(_HEAD))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self.model()
        if not isinstance(model, FigureModel) or section >= len(model.months):
            return
        year, month = model.months[section].split("-")
        painter.save()
        painter.setFont(fonts.font("badge"))
        painter.setPen(theme().color("text2"))
        line = QRect(rect.left(), rect.top() + fonts.px(4), rect.width(), fonts.px(_LINE))
        text.draw(painter, line, tr(_SHORT_MONTHS[int(month) - 1]), centre=True)
        if not section or month == "01":
            painter.setPen(theme().color("text3"))
            text.draw(painter, line.translated(0, fonts.px(_LINE - 2)), year, centre=True)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme().color("border"))
        painter.restore()


class _FigureDelegate(QStyledItemDelegate):
    """Paints a rule's name, and figures over bars that are as high as they are large."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        row = index.data(RowRole)
        if not isinstance(model, FigureModel) or not isinstance(row, Row):
            return
        painter.save()
        if index.row() % 2:
            self._figure(painter, option, len(model.of(index)) / model.most, len(model.of(index)), row.rule.level)
        else:
            turn(painter, option.rect, option.direction)
            self._name(painter, option.rect, row)
        painter.restore()

    @staticmethod
    def _name(painter: QPainter, rect: QRect, row: Row) -> None:
        px = fonts.px
        (icon, tone), size = LEVELS[row.rule.level], px(15)
        line = QRect(rect.left() + px(6), rect.top() + px(10), rect.width() - px(12), px(20))
        icons.draw(painter, icon, theme().hex(tone), line.left(), line.top() + (line.height() - size) / 2, size)
        line.setLeft(line.left() + px(22))
        used = paint.words(painter, line, tr(LEVEL_NAMES[row.rule.level]), "meta", tone, 500, right=True)
        paint.words(painter, line.adjusted(0, 0, -used - px(12), 0), text.plain(row.rule.named), "row", "text", 500)

    @staticmethod
    def _figure(painter: QPainter, option: QStyleOptionViewItem, part: float, many: int, level: str) -> None:
        px, state, rect = fonts.px, option.state, QRect(option.rect)
        inner = rect.adjusted(1, 1, -1, -px(4))
        if state & QStyle.StateFlag.State_Selected:
            paint.box(painter, inner, fill="selected", radius=6)
        elif many and state & QStyle.StateFlag.State_MouseOver:
            paint.box(painter, inner, fill="hover", radius=6)
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
            paint.focus_ring(painter, inner, 6)
        line = QRect(rect.left(), rect.top() + px(3), rect.width(), px(_LINE))
        painter.setFont(fonts.font("meta", 600 if many else 400))
        painter.setPen(theme().color("text" if many else "text3"))
        text.draw(painter, line, text.number(many), centre=True)
        foot, wide = inner.bottom() - px(3), min(px(22), rect.width() - px(6))
        left = rect.center().x() + 1 - wide / 2
        paint.box(painter, QRectF(left, foot - 1, wide, 2), fill="track", radius=1)
        if many:
            high = max(3.0, px(18) * part)
            paint.box(painter, QRectF(left, foot + 1 - high, wide, high), fill=LEVELS[level][1], radius=2)


class ShownModel(RowModel[Shown, Never]):
    """The messages behind a figure."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(Shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        """The message for the delegate; a sentence for screen readers."""
        row = self.row_at(index.row())
        if row is None or role == RowRole:
            return row
        if role not in _SPOKEN:
            return None
        said = (text.plain(row.talk), text.stamp(row.at, clock.now()), text.plain(row.words), text.plain(row.passage))
        return ", ".join(part for part in said if part)


class ShownDelegate(RowDelegate):
    """Paints a message in two lines: its conversation and when, what was found and the words around it."""

    row_height = 52

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row = index.data(RowRole)
        if not isinstance(row, Shown):
            return
        ground(painter, option, MARGINS)
        px, rect = fonts.px, QRect(option.rect)
        left, right = rect.left() + px(MARGINS[0]), rect.right() + 1 - px(MARGINS[1])
        upper = QRect(left, rect.top() + px(7), right - left, px(19))
        used = paint.words(painter, upper, text.stamp(row.at, clock.now()), right=True)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        called = text.plain(row.talk) or tr("Without a name")
        paint.words(painter, upper.adjusted(0, 0, -used - px(12), 0), called, "row", "text", 600 if chosen else 500)
        lower = upper.translated(0, px(19))
        half = QRect(lower.left(), lower.top(), lower.width() // 2, lower.height())
        found = paint.words(painter, half, text.plain(row.words), "meta", "warn", 600)
        paint.words(painter, lower.adjusted(found + px(10), 0, 0, 0), text.plain(row.passage))
