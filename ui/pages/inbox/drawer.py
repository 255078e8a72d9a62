"""Layout of the inbox page: the member card beside the conversation or as a drawer over it, and the list's width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from ui.look import fonts

if TYPE_CHECKING:
    from ui.frame.memory import Memory

FITS = 960
"""The page's width (window less rail) in pixels from which the card fits beside; scaled with the text size."""
LIST_WIDE, _MAX_LIST_WIDE, _LIST_SHARE = 320, 560, 0.3
"""The list's least and largest width in CSS pixels until it is dragged, and its share of the page in between."""
_LENGTH = "inbox/list"


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
    """The list's width: a share of the page, so that previews are longer in a larger window, or as it was dragged."""

    def __init__(self, split: QSplitter, memory: Memory) -> None:
        """`split` has the list at its left; what is dragged is kept in `memory` between runs."""
        super().__init__(split)
        self._split, self._memory, self._set = split, memory, (0, 0)
        self._dragged = memory.length(_LENGTH)
        split.splitterMoved.connect(self._moved)

    def arrange(self, room: int) -> None:
        """Set the width for a page that is `room` pixels wide; nothing happens where neither has changed."""
        wide = fonts.px(self._dragged) if self._dragged is not None else self._share(room)
        if self._set != (wide, room):
            self._set = wide, room
            self._split.setSizes([wide, 1])  # the conversation takes the rest

    @staticmethod
    def _share(room: int) -> int:
        return max(fonts.px(LIST_WIDE), min(fonts.px(_MAX_LIST_WIDE), round(room * _LIST_SHARE)))

    def _moved(self, _place: int, _handle: int) -> None:
        self._dragged = round(self._split.sizes()[0] / fonts.scale())
        self._memory.keep_length(_LENGTH, self._dragged)
