"""Columns of a painted table: their geometry, shared by header and delegate, and the header itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QSizePolicy, QWidget

from ui.look import fonts, icons, text
from ui.look.mirror import turn
from ui.look.theme import theme
from ui.widgets import paint

HEAD = 32
GAP = 12
_LEAST = 40  # pixels of a column that gives way


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `width` is in CSS pixels, 0 shares the rest; it is hidden in tables narrower than `from_width`."""

    key: str
    title: str
    width: int = 0
    right: bool = False
    from_width: int = 0
    sorts: bool = False
    share: int = 1


def places(columns: Sequence[Column], left: int, right: int) -> Mapping[str, tuple[int, int]]:
    """Lay the columns out between two x positions: key -> (x, width) in pixels; hidden columns are missing."""
    wide = right - left
    visible = [column for column in columns if wide >= fonts.px(column.from_width)]
    gap = fonts.px(GAP)
    room = wide - gap * (len(visible) - 1)
    fixed = sum(fonts.px(column.width) for column in visible)
    shares = sum(column.share for column in visible if not column.width) or 1
    widths = {
        column.key: fonts.px(column.width) if column.width else max(_LEAST, (room - fixed) * column.share // shares)
        for column in visible
    }
    _narrow(widths, [column.key for column in visible if column.width and not column.right], room)
    placed, x = {}, left
    for column in visible:
        placed[column.key] = (x, widths[column.key])
        x += widths[column.key] + gap
    return placed


def _narrow(widths: dict[str, int], texts: Sequence[str], room: int) -> None:
    """Take what is too much for the room from the columns of text, which elide: from each by its width."""
    too_much = sum(widths.values()) - room
    spare = {key: max(0, widths[key] - _LEAST) for key in texts}
    whole = sum(spare.values())
    for key in texts if too_much > 0 and whole else ():
        widths[key] -= min(spare[key], -(-too_much * spare[key] // whole))


def cell(rect: QRect, place: tuple[int, int]) -> QRect:
    """The column's cell in a row's `rect`; `place` is its (x, width)."""
    x, width = place
    return QRect(x, rect.top(), width, rect.height())


class TableHead(QAbstractButton):
    """The header of a painted table, to a screen reader a button.

    `sorted` carries the column's key when a sortable title is clicked or entered.
    """

    sorted = Signal(str)

    def __init__(
        self,
        columns: Sequence[Column],
        margins: tuple[int, int] = (12, 12),
        current: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`margins` are the delegate's, left and right in CSS pixels; `current` is the key of the sorted column."""
        super().__init__(parent)
        self._columns, self._margins, self._current = tuple(columns), margins, current
        self._upwards = False
        self._over: QAbstractScrollArea | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sorting = [column.key for column in columns if column.sorts]
        self._at = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        if self._sorting:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setAccessibleName(text.tr("Sort by"))
        theme().changed.connect(self._restyle)

    def stand_over(self, view: QAbstractScrollArea) -> None:
        """Align the titles with this view's columns, with or without a scroll bar."""
        self._over = view
        view.verticalScrollBar().rangeChanged.connect(self._restyle)

    def set_current(self, key: str, *, upwards: bool) -> None:
        """Show by which column, and in which direction, the rows are sorted."""
        self._current, self._upwards = key, upwards
        title = next((column.title for column in self._columns if column.key == key), "")
        self.setAccessibleDescription(text.tr(title))
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(240, fonts.px(HEAD))

    def minimumSizeHint(self) -> QSize:
        """Narrow: titles elide."""
        return QSize(60, fonts.px(HEAD))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the titles, the sort arrow, and the line below."""
        painter = QPainter(self)
        turn(painter, self.rect(), self.layoutDirection())
        painter.setFont(fonts.font("badge"))
        placed = self._places()
        for column in self._columns:
            if column.key in placed:
                self._title(painter, column, *placed[column.key])
        left, right = (fonts.px(margin - 10) for margin in self._margins)
        painter.fillRect(left, self.height() - 1, self._wide() - left - right, 1, theme().color("border"))

    def _title(self, painter: QPainter, column: Column, x: int, width: int) -> None:
        current = column.key == self._current
        painter.setPen(theme().color("text" if current else "text3"))
        arrow = fonts.px(14) if current and column.sorts else 0
        rect = QRect(x, 0, width - (arrow if column.right else 0), self.height())
        used = text.draw(painter, rect, text.tr(column.title), right=column.right)
        if arrow:
            at = x + width - fonts.px(12) if column.right else x + used + fonts.px(3)
            name = "arrow-up" if self._upwards else "arrow-down"
            icons.draw(painter, name, theme().hex("text2"), at, (self.height() - fonts.px(12)) / 2, fonts.px(12))
        if self.hasFocus() and self._sorting and self._sorting[self._at] == column.key:
            paint.focus_ring(painter, QRect(x - 4, 4, width + 8, self.height() - 8), 4)

    def _places(self) -> Mapping[str, tuple[int, int]]:
        left, right = self._margins
        return places(self._columns, fonts.px(left), self._wide() - fonts.px(right))

    def _wide(self) -> int:
        return self._over.viewport().width() if self._over is not None else self.width()

    def _under(self, x: int) -> str:
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            x = self.width() - 1 - x
        return next((key for key, (at, width) in self._places().items() if at - 4 <= x < at + width + 4), "")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a pointing hand over sortable titles."""
        over = self._under(int(event.position().x())) in self._sorting
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Sort by the clicked title."""
        key = self._under(int(event.position().x()))
        if key in self._sorting:
            self.sorted.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right move between sortable titles; Enter or Space sorts."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step and self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            step = -step
        if step:
            self._at = (self._at + step) % len(self._sorting)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.sorted.emit(self._sorting[self._at])
        else:
            super().keyPressEvent(event)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
