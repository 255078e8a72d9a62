"""A row of small buttons at the bottom of a panel."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.widgets.buttons import ActionButton


class ActionRow(QWidget):
    """A row of buttons; `pressed` carries the clicked button's key."""

    pressed = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], quiet: Collection[str] = ()) -> None:
        """`choices` are (key, title); buttons whose key is in `quiet` have no border."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for key, words in choices:
            button = ActionButton(words, kind="plain" if key in quiet else "outline", height=26)
            button.setProperty("key", key)
            button.clicked.connect(self._pressed)
            row.addWidget(button)
        row.addStretch(1)

    def _pressed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.pressed.emit(str(sender.property("key")))
