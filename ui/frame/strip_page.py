"""The base class of pages with a list and a strip below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.frame.doing import announce
from ui.frame.page import Page
from ui.look import fonts

if TYPE_CHECKING:
    from ui.widgets.rowview import RowView
    from ui.widgets.strip import Strip

_LEFT_OVER_HEIGHT = 160
"""Pixels that a strip leaves to what is above it."""


class StripPage(Page):
    """Shows one strip at a time, at the bottom of `under`; `home` is the widget focused when it closes."""

    list: RowView
    under: QVBoxLayout
    strip: Strip | None = None

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
        self._make_room()
        strip.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the strip's fields scroll where there is no room for all of them."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        if self.strip is not None:
            self.strip.set_room(self.height() - fonts.px(_LEFT_OVER_HEIGHT))

    def end_strip(self) -> None:
        """Close the strip, discarding its input."""
        if self.strip is not None:
            self.strip.hide()
            self.strip.deleteLater()
            self.strip = None

    def finish(self, done: str) -> None:
        """Close the strip; show the toast `done`, with Undo, unless it is ""."""
        self.end_strip()
        if done:
            announce(self.frame, done)
        self.activate()

    def back(self) -> None:
        """Handle Esc: close the strip, and focus `home`."""
        if self.strip is not None:
            self.finish("")
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
