"""The look of the strips above every page: an icon, a title, a line, and buttons below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.commands.keys import make_form
from ui.look import fonts
from ui.look.theme import theme
from ui.widgets.avatar import Icon
from ui.widgets.buttons import ActionButton
from ui.widgets.flow import Flow
from ui.widgets.labels import ElidedLabel, Label, Rule
from ui.widgets.panels import Fill

_AROUND = 220
"""CSS pixels that one line needs besides title and buttons: margins, icon, and some words between them."""
_QWIDGETSIZE_MAX = 16_777_215
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class Banner(Fill):
    """Subclasses fill `title` and `line` and add the buttons."""

    def __init__(self, icon: str, *keys: str, warns: bool = True) -> None:
        """`keys` stay commands inside it; one that only asks a question (not `warns`) has a single elided line."""
        super().__init__("warn_bg" if warns else "selected")
        make_form(self, *keys)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(20, 10, 20, 10) if warns else row.setContentsMargins(20, 6, 20, 6)
        row.setSpacing(10)
        row.addWidget(Icon(icon, "warn" if warns else "accent"), 0, Qt.AlignmentFlag.AlignTop if warns else _MIDDLE)
        self._words = words = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        words.setSpacing(2)
        self.title = Label("", "strong", "warn" if warns else "text", wrap=warns)
        self.line = Label("", "body", wrap=True) if warns else ElidedLabel("", "body", "text2")
        words.addWidget(self.title)
        words.addWidget(self.line, 0 if warns else 1)
        if warns:
            words.addSpacing(6)
        self._holder = QWidget()
        self._buttons = Flow(self._holder, gap=8)
        words.addWidget(self._holder)
        row.addLayout(words, 1)
        outer.addLayout(row)
        outer.addWidget(Rule())
        self._warns = warns
        theme().changed.connect(self.fit)  # the text size may have changed

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One that only asks is a single line where there is room for it."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Lay it out in one line, or in three where title and buttons leave too little to what stands between them."""
        if self._warns:
            return
        buttons, title = self._buttons.sizeHint().width(), self.title
        words = title.fontMetrics().horizontalAdvance(title.text())
        slim = words + buttons + fonts.px(_AROUND) <= self.width()
        title.setWordWrap(not slim)
        self._holder.setMinimumWidth(buttons if slim else 0)
        self._holder.setMaximumWidth(buttons if slim else _QWIDGETSIZE_MAX)
        self._words.setDirection(QBoxLayout.Direction.LeftToRight if slim else QBoxLayout.Direction.TopToBottom)
        self._words.setSpacing(10 if slim else 4)

    def add_button(
        self, title: str, act: Callable[[], object], *, kind: str = "outline", key: str = ""
    ) -> ActionButton:
        """Add a button after the others and return it; `key` is the shortcut painted on it."""
        button = ActionButton(title, key=key, kind=kind, height=26)
        button.clicked.connect(act)
        self._buttons.addWidget(button)
        return button
