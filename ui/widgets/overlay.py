"""An overlay: it dims the window below and shows one card on top; closing it restores the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGroupBox, QWidget

from ui.look.theme import theme
from ui.widgets import paint


class Overlay(QGroupBox):
    """Covers `parent`; widgets go into `card`, which the subclass places. Create a new one each time.

    It is a group box so that a screen reader says its name as that of a group; it paints itself.
    """

    def __init__(self, parent: QWidget, name: str) -> None:
        """`name` is for screen readers."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setObjectName("overlay")
        self.setAccessibleName(name)
        self._before = parent.window().focusWidget()
        self.card = QWidget(self)
        parent.installEventFilter(self)
        theme().changed.connect(self.fit)

    def fit(self) -> None:
        """Place the card anew: the window or the text has another size. Subclasses say how."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of what is covered; never filters."""
        covered = self.parentWidget()
        if covered is not None and watched is covered and event.type() == QEvent.Type.Resize:
            self.setGeometry(covered.rect())
            self.fit()
        return False

    def open(self) -> None:
        """Show it on top of its parent and focus it."""
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def dismiss(self) -> None:
        """Close, and restore the focus."""
        self.close()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dimmed background and the card."""
        painter = QPainter(self)
        dim(painter, self)
        paint.box(painter, self.card.geometry(), fill="surface", edge="border", radius=10)


def dim(painter: QPainter, widget: QWidget) -> None:
    """Darken everything below `widget`."""
    painter.fillRect(widget.rect(), QColor(0, 0, 0, 120) if theme().dark else QColor(27, 26, 24, 70))
