"""The foot of a hand-off and of a teammate: what can be done, and a word about where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.buttons import ActionButton
from ui.widgets.labels import ElidedLabel, Rule


class Choice(NamedTuple):
    """A button: its key and title, its icon, the command that it follows ("" for none), and its kind."""

    key: str
    title: str
    icon: str
    command: str
    kind: str


class Foot(QWidget):
    """`pressed` carries the key of the button. The hint stands above the buttons where both don't fit side by side."""

    pressed = Signal(str)

    def __init__(self, choices: Sequence[Choice]) -> None:
        """Show all of these; who holds it hides what makes no sense."""
        super().__init__()
        self.hint = ElidedLabel("", "meta", "text2")
        self.buttons: dict[str, ActionButton] = {}
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for choice in choices:
            button = ActionButton(
                choice.title, choice.icon, kind=choice.kind, height=32 if choice.kind == "primary" else 30
            )
            if choice.command:
                button.follow(choice.command)
            button.setObjectName(choice.key)
            button.clicked.connect(partial(self.pressed.emit, choice.key))
            self.buttons[choice.key] = button
            row.addWidget(button)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setContentsMargins(28, 12, 20, 12)
        self._line.setSpacing(8)
        self._line.addWidget(self.hint, 1)
        self._line.addLayout(row)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(Rule())
        outer.addLayout(self._line)

    def fit(self) -> None:
        """Put the hint above the buttons, or beside them: call it once either has changed."""
        margins = self._line.contentsMargins()
        shown = [button for button in self.buttons.values() if not button.isHidden()]
        taken = sum(button.sizeHint().width() + self._line.spacing() for button in shown)
        room = self.width() - margins.left() - margins.right() - taken
        above = bool(self.hint.text()) and self.hint.sizeHint().width() > room
        direction = QBoxLayout.Direction.TopToBottom if above else QBoxLayout.Direction.LeftToRight
        if self._line.direction() != direction:
            self._line.setDirection(direction)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the width."""
        super().resizeEvent(event)
        self.fit()
