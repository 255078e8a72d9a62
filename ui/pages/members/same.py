"""The side of the members page that lists who may be the same person as somebody else."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from ui.look.text import tr
from ui.pages.members.side import Side
from ui.widgets.panels import EmptyState


class SameSide(Side):
    """Lists who may be the same person as somebody else."""

    def build(self) -> None:
        """Say what will be here."""
        self.nobody = EmptyState(
            "merge",
            tr("Nobody looks like the same person"),
            more=tr("Two members with one address, one handle or one name are shown here."),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.nobody, 1)
