"""Pages with a list, under which a strip opens to write something down: what they do alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.frame.doing import announce
from ui.frame.page import Page

if TYPE_CHECKING:
    from ui.widgets.rowview import RowView
    from ui.widgets.strip import Strip


class StripPage(Page):
    """One strip at a time, at the foot of `under`; `home` is where work goes on when it closes."""

    list: RowView
    under: QVBoxLayout
    strip: Strip | None = None

    def show_strip(self, strip: Strip) -> None:
        """Open a strip in the place of the one that is open, with the keys in its first field."""
        self.end_strip()
        self.strip = strip
        strip.finished.connect(self.finish)
        self.under.addWidget(strip)
        strip.start()

    def end_strip(self) -> None:
        """Take the strip away, whatever is written in it."""
        if self.strip is not None:
            self.strip.hide()
            self.strip.deleteLater()
            self.strip = None

    def finish(self, done: str) -> None:
        """The strip was done with: say `done`, what was done; "" where it was closed without."""
        self.end_strip()
        if done:
            announce(self.frame, done)
        self.activate()

    def back(self) -> None:
        """Esc: out of the strip, else back to where work goes on."""
        if self.strip is not None:
            self.finish("")
        self.activate()

    def activate(self) -> None:
        """Work goes on in the strip that is open, else where it is at home."""
        if self.strip is not None:
            self.strip.start()
        else:
            self.home().setFocus()

    def home(self) -> QWidget:
        """Where work goes on when no strip is open: the list."""
        return self.list
