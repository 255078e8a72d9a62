"""Who said a kind word, and when."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.look import text
from ui.look.text import tr
from ui.widgets.buttons import LINK_INSET, LinkButton
from ui.widgets.labels import Label


class Signature(QWidget):
    """The name, a link, and below it the day: a long name in one link with its day was cut before the day."""

    clicked = Signal()

    def __init__(self, who: str, when: str) -> None:
        """`when` is the day or the time, as it is shown."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.link = LinkButton(text.name(who), tone="text2")
        self.link.setAccessibleName(tr("{name}, {date}").format(name=text.name(who), date=when))
        self.link.clicked.connect(self.clicked)
        column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        self.day = Label(when, "meta", "text2")
        self.day.setContentsMargins(LINK_INSET, 0, LINK_INSET, 0)  # in line with the words of the link
        column.addWidget(self.day)
