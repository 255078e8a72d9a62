"""The frame around a field of words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.widgets import paint
from ui.widgets.panels import Panel


class FieldBox(Panel):
    """The frame around the words; its border is darker while the field has the focus."""

    def __init__(self, field: QWidget) -> None:
        """`field` is what is typed in; it goes into `column`."""
        super().__init__(radius=10, margin=12)
        self._field = field
        field.installEventFilter(self)
        self.column.setSpacing(8)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Draw the whole border anew when the focus comes or goes; never filters."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box."""
        edge = "control" if self._field.hasFocus() else "border"
        paint.box(QPainter(self), self.rect(), fill="surface", edge=edge, radius=10)
