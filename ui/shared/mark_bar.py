"""The bar below a list while rows are marked: how many, and what can be done with all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.look import fonts, text
from ui.look.text import tr
from ui.look.theme import theme
from ui.widgets.buttons import CommandButton, Runner
from ui.widgets.flow import Flow
from ui.widgets.labels import Label


class MarkBar(QWidget):
    """Hidden while nothing is marked. Its buttons run commands, which act on all that is."""

    def __init__(self, runner: Runner, commands: Sequence[str], counted: Callable[[int], str]) -> None:
        """Start hidden, until `show_count`; `counted` says of a number that so many are selected."""
        super().__init__()
        self._counted = counted
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 12, 10)
        column.setSpacing(6)
        self.words = Label("", "meta", "text", wrap=True)
        column.addWidget(self.words)
        holder = QWidget()
        flow = Flow(holder)
        for command in commands:
            flow.addWidget(CommandButton(command, runner, height=26))
        column.addWidget(holder)
        self.hide()

    def show_count(self, count: int, away: int) -> None:
        """Say how many are marked, and how many of these the list does not show; 0 hides the bar."""
        self.setVisible(bool(count))
        words = self._counted(count)
        if away:
            words = tr("{selected}, {rest}").format(
                selected=words, rest=text.counted(away, "{count} of them not in this list", "{count} not in this list")
            )
        self.words.setText(words)
        self.setAccessibleName(words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and a line above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("subtle"))
        painter.fillRect(0, 0, self.width(), max(1, fonts.px(1)), theme().color("border"))
