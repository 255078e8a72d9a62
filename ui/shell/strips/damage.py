"""The strip above every page once damage to the file was noticed in idle time."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ui.look import text
from ui.look.text import tr
from ui.shell.strips.banner import Banner


class Damage(Banner):
    """`repair` asks for the ways back."""

    repair = Signal()

    def __init__(self, what: str) -> None:
        """`what` is wrong, as a sentence."""
        super().__init__("triangle-alert")
        self.title.setText(tr("Something is wrong with your file"))
        self.line.setText(text.plain(what))
        self.setAccessibleName(self.title.text())
        self.go = self.add_button(tr("Repair…"), self.repair.emit)
