"""Shared by lists shown in a `RowView`: a model that holds all rows, a row's background, and two lines of words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ui.look import fonts
from ui.look.theme import theme
from ui.widgets import paint

RowRole = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class Numbered(Protocol):
    """A row of the database with its id."""

    @property
    def id(self) -> int:
        """Its row id."""
        ...


Row = TypeVar("Row", bound=Numbered)
Head = TypeVar("Head")


class RowModel(QAbstractTableModel, Generic[Row, Head]):
    """A model that holds all its rows, with unselectable headings between them. Subclasses implement `data`."""

    def __init__(self, kind: type[Row]) -> None:
        """Start empty; `kind` is the class of the selectable rows, all others are headings (`Never` for none)."""
        super().__init__()
        self._kind = kind
        self.rows: list[Row | Head] = []

    def show_rows(self, rows: Sequence[Row | Head]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def row_at(self, place: int) -> Row | None:
        """The selectable object in that row; None for a heading or out of range."""
        row = self.rows[place] if 0 <= place < len(self.rows) else None
        return row if isinstance(row, self._kind) else None

    def place_of(self, number: int) -> int:
        """The row of an id; -1 if it is not shown."""
        return next((at for at, row in enumerate(self.rows) if isinstance(row, self._kind) and row.id == number), -1)

    def numbers(self) -> list[int]:
        """The ids of all rows from the top, without the headings."""
        return [row.id for row in self.rows if isinstance(row, self._kind)]

    def rowCount(self, parent: Index | None = None) -> int:
        """The number of rows, including headings."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """One: the delegate paints the row whole."""
        return 0 if parent is not None and parent.isValid() else 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are disabled."""
        return super().flags(index) if self.row_at(index.row()) is not None else Qt.ItemFlag.NoItemFlags


def ground(painter: QPainter, option: QStyleOptionViewItem, margins: tuple[int, int]) -> None:
    """Draw a row's background: a tint if it is selected or hovered, otherwise a hairline below.

    `margins` are left and right of the row's text, in CSS pixels.
    """
    rect: QRect = option.rect
    inner = rect.adjusted(fonts.px(margins[0] - 10), 0, -fonts.px(margins[1] - 10), 0)
    if option.state & QStyle.StateFlag.State_Selected:
        paint.box(painter, inner.adjusted(0, 0, 0, -1), fill="selected", radius=6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint.focus_ring(painter, inner.adjusted(0, 0, 0, -1), 6)
        return
    if option.state & QStyle.StateFlag.State_MouseOver and option.state & QStyle.StateFlag.State_Enabled:
        paint.box(painter, inner.adjusted(0, 0, 0, -1), fill="hover", radius=6)
        return
    painter.fillRect(inner.left(), rect.bottom(), inner.width(), 1, theme().color("border"))


def two_lines(
    painter: QPainter, option: QStyleOptionViewItem, room: tuple[int, int], upper: tuple[str, str],
    lower: tuple[str, str], end_tone: str = "text2",
) -> None:  # fmt: skip
    """Draw two lines in the middle of a row, between two x: `upper` has a name and what stands at the line's end.

    `lower` has words and their tone. The name is bolder while the row is selected.
    """
    (left, right), line = room, fonts.px(18)
    above = QRect(left, option.rect.center().y() - line, right - left, line)
    name, end = upper
    used = paint.words(painter, above, end, "meta", end_tone, right=True) + fonts.px(12) if end else 0
    weight = 600 if option.state & QStyle.StateFlag.State_Selected else 500
    paint.words(painter, above.adjusted(0, 0, -used, 0), name, "row", "text", weight)
    paint.words(painter, above.translated(0, line), lower[0], "meta", lower[1])
