"""A layout that wraps its widgets into lines."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Lays widgets out like words in a paragraph, in the parent's layout direction."""

    def __init__(self, parent: QWidget | None = None, gap: int = 6) -> None:
        """`gap` is the space between widgets and between lines, in pixels."""
        super().__init__(parent)
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Add an item; called by `addWidget`."""
        self._items.append(item)

    def count(self) -> int:
        """The number of items."""
        return len(self._items)

    def itemAt(self, at: int) -> QLayoutItem | None:
        """The item at an index; None past the end, by which Qt stops iterating."""
        return self._items[at] if 0 <= at < len(self._items) else None

    def takeAt(self, at: int) -> QLayoutItem | None:
        """Remove and return the item at an index; None past the end."""
        return self._items.pop(at) if 0 <= at < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Never expand."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """True: the narrower, the taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at that width."""
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = self._arranged(QRect(0, 0, width, 0), move=False)
        return height

    def invalidate(self) -> None:
        """Forget the heights: a widget came, went, or has another size. Qt asks for them several times a resize."""
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        """Place the widgets in this rectangle."""
        super().setGeometry(rect)
        self._arranged(rect, move=True)

    def sizeHint(self) -> QSize:
        """The size of all widgets in one line."""
        hints = [item.sizeHint() for item in self._visible()]
        wide = sum(hint.width() for hint in hints) + self._gap * max(0, len(hints) - 1)
        return QSize(wide, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        """The largest widget's minimum size."""
        largest = QSize(0, 0)
        for item in self._visible():
            largest = largest.expandedTo(item.minimumSize())
        return largest

    def _visible(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arranged(self, rect: QRect, *, move: bool) -> int:
        """Break the widgets into lines, placing them if `move`; return the height in pixels."""
        x, y, tall = 0, rect.y(), 0
        owner = self.parentWidget()
        mirrored = owner is not None and owner.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for item in self._visible():
            hint = item.sizeHint()
            if x and x + hint.width() > rect.width():
                x, y, tall = 0, y + tall + self._gap, 0
            if move:
                left = rect.right() + 1 - x - hint.width() if mirrored else rect.x() + x
                item.setGeometry(QRect(QPoint(left, y), hint))
            x += hint.width() + self._gap
            tall = max(tall, hint.height())
        return y + tall - rect.y()
