"""The base class of pages with a list and a strip below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.frame.doing import announce
from ui.frame.page import Page

if TYPE_CHECKING:
    from ui.widgets.rowview import RowView
    from ui.widgets.strip import Strip


class StripPage(Page):
    """Shows one strip at a time, at the bottom of `under`; `home` is the widget focused when it closes."""

    list: RowView
    under: QVBoxLayout
    strip: Strip | None = None

    def show_strip(self, strip: Strip) -> None:
        """Show a strip, replacing the open one, and focus its first field."""
        self.end_strip()
        self.strip = strip
        strip.finished.connect(self.finish)
        self.under.addWidget(strip)
        strip.start()

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
