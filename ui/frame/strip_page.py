"""The base class of pages with a list and a strip below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QLayoutItem, QVBoxLayout, QWidget, QWidgetItem

from ui.frame import unsaved
from ui.frame.doing import announce
from ui.frame.page import Page
from ui.look import fonts

if TYPE_CHECKING:
    from ui.widgets.rowview import RowView
    from ui.widgets.strip import Strip

_LEFT_OVER_HEIGHT, _STRIP_HEIGHT = 160, 240
"""CSS pixels that a strip leaves to what is above it, and with less than which it takes the room of what can go."""


class StripPage(Page):
    """Shows one strip at a time, at the bottom of `under`; `home` is the widget focused when it closes."""

    list: RowView
    under: QVBoxLayout
    strip: Strip | None = None
    spare: Sequence[QWidget] = ()
    """What can go while a strip is open in a low window, or with large letters."""

    def show_strip(self, strip: Strip) -> None:
        """Show a strip, replacing the open one, and focus its first field; an open one of the same goes on instead."""
        if self.strip is not None and self.strip.answers(strip):
            strip.deleteLater()
            self.strip.resume()
            return
        self.end_strip()
        self.strip = strip
        strip.finished.connect(self.finish)
        self.under.addWidget(strip)
        unsaved.begin(self.frame, strip)
        self._make_room()
        QTimer.singleShot(0, self, self._make_room)  # what is above it may need more once its layouts are done
        strip.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the strip's fields scroll where there is no room for all of them."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        low = self.strip is not None and self._room() < fonts.px(_STRIP_HEIGHT)
        for widget in self.spare:
            widget.setVisible(not low)
        if self.strip is not None:
            self.strip.set_room(self._room())

    def _room(self) -> int:
        """The height in pixels that a strip may take: what is above it needs the rest."""
        holder, corner = self.under.parentWidget(), self.under.geometry().topLeft()
        top = holder.mapTo(self, corner).y() if holder is not None else 0
        # Items of our own, for those of a layout are not to be asked for: see ui/widgets/reading_order.py.
        others: list[QLayoutItem] = [inner for inner in self.under.children() if isinstance(inner, QLayout)]
        widgets = holder.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly) if holder else []
        others += [QWidgetItem(one) for one in widgets if one is not self.strip and self.under.indexOf(one) >= 0]
        needed = top + sum(item.minimumSize().height() for item in others)
        return self.height() - max(needed, fonts.px(_LEFT_OVER_HEIGHT))

    def end_strip(self) -> None:
        """Close the strip; what was typed and not saved is kept, and said."""
        if self.strip is not None:
            unsaved.let_go(self.frame, self.strip)
            self.strip.hide()
            self.strip.deleteLater()
            self.strip = None

    def finish(self, done: str) -> None:
        """Close the strip; show the toast `done`, with Undo, unless it is ""."""
        if done and self.strip is not None:
            self.strip.unsaved.saved()
        self.end_strip()
        if done:
            announce(self.frame, done)
        self.activate()

    def back(self) -> None:
        """Handle Esc: close the strip; without one go back to where a link led here from, or focus `home`."""
        if self.strip is not None:
            self.finish("")
        elif self.frame.leave(by_link=True):
            return
        self.activate()

    def activate(self) -> None:
        """Focus the open strip, or else `home`."""
        if self.strip is not None:
            self.strip.start()
        else:
            self.home().setFocus()

    def home(self) -> QWidget:
        """The widget focused while no strip is open: the list."""
        return self.list
