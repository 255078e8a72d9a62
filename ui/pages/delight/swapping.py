"""Where the panel of who deserves a gift stands: beside the table, or, where there is no room, in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ui.look import fonts

if TYPE_CHECKING:
    from ui.pages.delight.page import DelightPage

_MIN_WIDTH_WITH_SIDE = 900


class Swap:
    """Belongs to a page with a `main` part and a `side`."""

    def __init__(self, page: DelightPage) -> None:
        """Start with the panel at the right, if it fits."""
        self._page, self._alone = page, False

    def fit(self, width: int) -> int:
        """Show what fits into a width in pixels; return the width of the panel beside the table, 0 for none."""
        wide = width >= fonts.px(_MIN_WIDTH_WITH_SIDE)
        self._alone = self._alone and not wide
        side, main = self._page.side, self._page.main
        side.stand(width if self._alone else 0)
        side.setVisible(wide or self._alone)
        self._page.deserve.setVisible(not wide)
        self._page.header.fold()
        main.setVisible(not self._alone)
        return side.width() if wide else 0

    def turn(self) -> None:
        """Lead into who deserves a gift, or back from there to the table."""
        page = self._page
        focused = QApplication.focusWidget()
        if self._alone or (focused is not None and page.side.isAncestorOf(focused)):
            self.leave()
            page.activate()
            return
        self._alone = not page.side.isVisible()
        self.fit(page.width())
        first = page.side.first()
        first.setFocus(Qt.FocusReason.TabFocusReason)
        page.side.body.ensureWidgetVisible(first)

    def leave(self) -> bool:
        """Give the table its place again; whether it had given it away."""
        was, self._alone = self._alone, False
        if was:
            self.fit(self._page.width())
        return was
