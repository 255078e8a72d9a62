"""The side of the members page that lists who took part and has gone quiet."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from ui.look.text import tr
from ui.pages.members.side import Side
from ui.widgets.panels import EmptyState


class QuietSide(Side):
    """Lists who took part and has gone quiet."""

    def build(self) -> None:
        """Say what will be here."""
        more = tr("Members who used to write and have stopped are shown here.")
        self.nobody = EmptyState("moon", tr("Nobody has gone quiet"), more=more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.nobody, 1)
