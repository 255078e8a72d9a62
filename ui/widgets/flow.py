"""A row of widgets that goes on in the next line where the place ends: Flow."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Lays its widgets out as words are, in the widget's own direction."""

    def __init__(self, parent: QWidget | None = None, gap: int = 6) -> None:
        """`gap` in pixels, between widgets and between lines."""
        super().__init__(parent)
        self._gap = gap
        self._places: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, place: QLayoutItem) -> None:
        """Called by `addWidget`."""
        self._places.append(place)

    def count(self) -> int:
        """How many there are."""
        return len(self._places)

    def itemAt(self, at: int) -> QLayoutItem | None:
        """One of them; None beyond the last, which is how Qt finds the end."""
        return self._places[at] if 0 <= at < len(self._places) else None

    def takeAt(self, at: int) -> QLayoutItem | None:
        """Take one out."""
        return self._places.pop(at) if 0 <= at < len(self._places) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The lines' height at that width."""
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = self._arranged(QRect(0, 0, width, 0), move=False)
        return height

    def invalidate(self) -> None:
        """Forget the heights: a widget came, went, or has another size. Qt asks for them several times a resize."""
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        """Place everything."""
        super().setGeometry(rect)
        self._arranged(rect, move=True)

    def sizeHint(self) -> QSize:
        """All in one line."""
        hints = [place.sizeHint() for place in self._seen()]
        wide = sum(hint.width() for hint in hints) + self._gap * max(0, len(hints) - 1)
        return QSize(wide, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        """The largest of them."""
        found = QSize(0, 0)
        for place in self._seen():
            found = found.expandedTo(place.minimumSize())
        return found

    def _seen(self) -> list[QLayoutItem]:
        return [place for place in self._places if not place.isEmpty()]

    def _arranged(self, rect: QRect, *, move: bool) -> int:
        """Go through the lines, placing each widget when `move`; the height they take."""
        x, y, tall = 0, rect.y(), 0
        owner = self.parentWidget()
        mirrored = owner is not None and owner.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for place in self._seen():
            hint = place.sizeHint()
            if x and x + hint.width() > rect.width():
                x, y, tall = 0, y + tall + self._gap, 0
            if move:
                left = rect.right() + 1 - x - hint.width() if mirrored else rect.x() + x
                place.setGeometry(QRect(QPoint(left, y), hint))
            x += hint.width() + self._gap
            tall = max(tall, hint.height())
        return y + tall - rect.y()
