"""Layout of the inbox page: the member card beside the conversation or as a drawer over it, and the list's width."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from ui.look import fonts
from ui.look.theme import theme

FITS = 960
"""The page's width (window less rail) in pixels from which the card fits beside; scaled with the text size."""


class Drawer(QObject):
    """Shows and hides the card; call `arrange` when the page's width changes."""

    def __init__(self, page: QWidget, row: QHBoxLayout, card: QWidget) -> None:
        """`row` is the page's layout; the card is added as its last item."""
        super().__init__(page)
        self._page, self._row, self._card = page, row, card
        self._wanted, self._out, self._over = True, False, False
        row.addWidget(card)

    def toggle(self) -> None:
        """Show or hide the card."""
        if self._fits():
            self._wanted = not self._wanted
        else:
            self._out = not self._out
        self.arrange()

    def close(self) -> bool:
        """Close the drawer; False if it was not open."""
        was_out = self._out and not self._fits()
        self._out = False
        self.arrange()
        return was_out

    def arrange(self) -> None:
        """Place the card for the page's current width."""
        fits = self._fits()
        if fits and self._over:
            self._row.addWidget(self._card)
        elif not fits:
            self._row.removeWidget(self._card)
            wide = self._card.maximumWidth()
            mirrored = self._page.layoutDirection() == Qt.LayoutDirection.RightToLeft
            self._card.setGeometry(0 if mirrored else self._page.width() - wide, 0, wide, self._page.height())
            self._card.raise_()
        self._over = not fits
        self._card.setVisible(self._wanted if fits else self._out)

    def _fits(self) -> bool:
        return self._page.width() >= fonts.px(FITS)


class ListWidth(QObject):
    """Scales the list's width with the text size, keeping the proportion that the user dragged it to."""

    def __init__(self, split: QSplitter, wide: int) -> None:
        """`wide` is the initial width in pixels at the default text size."""
        super().__init__(split)
        self._split, self._wide, self._scale = split, float(wide), fonts.scale()
        split.splitterMoved.connect(self._moved)
        theme().changed.connect(self._rescale)

    def _moved(self, _place: int, _handle: int) -> None:
        self._wide = self._split.sizes()[0] / fonts.scale()

    def _rescale(self) -> None:
        if fonts.scale() != self._scale:
            self._scale = fonts.scale()
            wide, whole = fonts.px(round(self._wide)), sum(self._split.sizes())
            self._split.setSizes([wide, max(0, whole - wide)])
