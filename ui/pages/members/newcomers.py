"""The side of the members page that lists who wrote for the first or second time."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from ui.look.text import tr
from ui.pages.members.side import Side
from ui.widgets.panels import EmptyState


class NewSide(Side):
    """Lists who wrote for the first or second time."""

    def build(self) -> None:
        """Say what will be here."""
        more = tr("Members who wrote for the first or second time are shown here.")
        self.nobody = EmptyState("user-plus", tr("Nobody is new"), more=more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.nobody, 1)
