"""Where the panel of who deserves a gift stands: beside the table, or, where there is no room, in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ui.look import fonts

if TYPE_CHECKING:
    from ui.frame.page import Page
    from ui.pages.delight.side import DelightSide
    from ui.widgets.buttons import CommandButton
    from ui.widgets.panels import PageHeader

_MIN_WIDTH_WITH_SIDE = 900


class Swap:
    """Belongs to a page with a `main` part and a `side`, and a `button` in its header that leads there."""

    def __init__(self, page: Page, main: QWidget, side: DelightSide, header: PageHeader, button: CommandButton) -> None:
        """Start with the panel at the right, if it fits."""
        self._page, self._main, self._side, self._header, self._button = page, main, side, header, button
        self._alone = False

    def fit(self, width: int) -> int:
        """Show what fits into a width in pixels; return the width of the panel beside the table, 0 for none."""
        wide = width >= fonts.px(_MIN_WIDTH_WITH_SIDE)
        self._alone = self._alone and not wide
        self._side.stand(width if self._alone else 0)
        self._side.setVisible(wide or self._alone)
        self._button.setVisible(not wide)
        self._header.fold()
        self._main.setVisible(not self._alone)
        return self._side.width() if wide else 0

    def turn(self) -> None:
        """Lead into who deserves a gift, or back from there to the table."""
        page, side = self._page, self._side
        focused = QApplication.focusWidget()
        if self._alone or (focused is not None and side.isAncestorOf(focused)):
            self.leave()
            page.activate()
            return
        self._alone = not side.isVisible()
        self.fit(page.width())
        first = side.first()
        first.setFocus(Qt.FocusReason.TabFocusReason)
        side.body.ensureWidgetVisible(first)

    def leave(self) -> bool:
        """Give the table its place again; whether it had given it away."""
        was, self._alone = self._alone, False
        if was:
            self.fit(self._page.width())
        return was
