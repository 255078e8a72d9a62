"""The head of the inbox list: its title, or how many conversations are marked, and the filter's button."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.look import text
from ui.look.text import tr
from ui.widgets.buttons import LinkButton
from ui.widgets.labels import Label


class ListHead(QHBoxLayout):
    """The row above the search field."""

    def __init__(self, button: QWidget) -> None:
        """`button` opens the filter."""
        super().__init__()
        self.title = Label(tr("Inbox"), "title")
        self.unmark = LinkButton(tr("Clear (Esc)"))
        self.unmark.hide()
        self.setContentsMargins(16, 10, 12, 0)
        self.addWidget(self.title)
        self.addStretch(1)
        self.addWidget(self.unmark)
        self.addWidget(button)

    def show_marked_count(self, count: int) -> None:
        """Show in place of the title how many conversations are marked, if any."""
        self.title.setText(tr("{count} selected").format(count=text.number(count)) if count else tr("Inbox"))
        self.unmark.setVisible(bool(count))
