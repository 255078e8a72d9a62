"""Several widgets in one place, of which one is shown."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedLayout, QWidget


class Stack(QWidget):
    """What QStackedWidget is, but silent: of those, screen readers say "layered pane" whenever the focus comes in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without anything."""
        super().__init__(parent)
        self._pages = QStackedLayout(self)
        self._pages.setContentsMargins(0, 0, 0, 0)

    def addWidget(self, widget: QWidget) -> int:
        """Add a widget; its index. The first one is shown."""
        return self._pages.addWidget(widget)

    def removeWidget(self, widget: QWidget) -> None:
        """Take a widget out, without deleting it."""
        self._pages.removeWidget(widget)

    def widget(self, at: int) -> QWidget | None:
        """The widget at an index; None past the end."""
        return self._pages.widget(at)

    def count(self) -> int:
        """How many widgets there are."""
        return self._pages.count()

    def currentWidget(self) -> QWidget | None:
        """The widget that is shown; None if there is none."""
        return self._pages.currentWidget()

    def setCurrentWidget(self, widget: QWidget) -> None:
        """Show this one of the widgets."""
        self._pages.setCurrentWidget(widget)

    def setCurrentIndex(self, at: int) -> None:
        """Show the widget at an index."""
        self._pages.setCurrentIndex(at)

    def currentIndex(self) -> int:
        """The index of the widget that is shown; -1 if there is none."""
        return self._pages.currentIndex()
