"""Two panes side by side where both have room, else one at a time: a list, and what is chosen in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from ui.look import fonts
from ui.look.text import tr
from ui.look.theme import theme
from ui.widgets.buttons import ActionButton

_MOST = 16_777_215
"""Qt's largest width (QWIDGETSIZE_MAX)."""


class Panes(QSplitter):
    """A draggable hairline between two panes; neither can be collapsed.

    Where there is no room for both the left one is shown, until `to_right`: a page calls that before something of the
    right pane takes the focus, and `to_left` at Esc.
    """

    left = Signal()
    """The button above the right pane was pressed; the left pane is shown again."""

    def __init__(
        self,
        parent: QWidget,
        left: Callable[[QWidget], QWidget],
        right: Callable[[QWidget], QWidget],
        widths: tuple[int, int],
        shares: tuple[int, int],
        least: tuple[int, int],
        most: int,
    ) -> None:
        """All in CSS pixels but `shares`, the stretch factors (0 for none): `widths` at first, `least` of each pane.

        `left` and `right` make the panes in the widget that they are given: of finished ones that are given another
        parent, Qt polishes all widgets again.
        `most` is the left pane's largest width beside the right one.
        """
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._least_widths, self._most = least, most
        self._list, self._whole = left(self), QWidget(self)
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._bar = self._back_bar()
        column.addWidget(self._bar)
        self._right = right(self._whole)
        column.addWidget(self._right, 1)
        self._over = False
        self.one_pane = False
        """Whether only one pane fits."""
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for place, pane in enumerate((self._list, self._whole)):
            self.addWidget(pane)
            self.setStretchFactor(place, shares[place])
            pane.installEventFilter(self)
        self.setSizes(widths)
        theme().changed.connect(self._arrange)

    def _back_bar(self) -> QWidget:
        bar = QWidget(self._whole)
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 6, 12, 0)
        self.back = ActionButton(tr("Back to the list"), "arrow-left", "Esc", kind="quiet", height=26)
        self.back.clicked.connect(self._leave)
        row.addWidget(self.back)
        row.addStretch(1)
        bar.hide()
        return bar

    def to_right(self) -> None:
        """Show the right pane, where only one fits."""
        self._over = True
        self._arrange()

    def to_left(self) -> bool:
        """Show the left pane, where only one fits; False if it was in sight."""
        was_hidden = self.one_pane and self._over
        self._over = False
        self._arrange()
        return was_hidden

    def minimumSizeHint(self) -> QSize:
        """As wide as the wider pane needs it: where both have no room, one is shown."""
        high = super().minimumSizeHint().height()
        return QSize(max(self._needs()), high)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Arrange again when a pane needs another width; never filters."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the panes that there is room for."""
        self._arrange()
        super().resizeEvent(event)

    def _leave(self) -> None:
        self.to_left()
        self.left.emit()

    def _needs(self) -> tuple[int, int]:
        """The least widths of both panes in pixels: as asked for, or what is in them."""
        first, second = (fonts.px(width) for width in self._least_widths)
        return max(first, self._list.minimumSizeHint().width()), max(second, self._right.minimumSizeHint().width())

    def _arrange(self) -> None:
        first, second = self._needs()
        self.one_pane = self.width() < first + second + self.handleWidth()
        self._list.setMinimumWidth(0 if self.one_pane else first)
        self._list.setMaximumWidth(_MOST if self.one_pane else max(first, fonts.px(self._most)))
        self._whole.setMinimumWidth(0 if self.one_pane else second)
        self._bar.setVisible(self.one_pane)
        self._list.setVisible(not (self.one_pane and self._over))
        self._whole.setVisible(not self.one_pane or self._over)
