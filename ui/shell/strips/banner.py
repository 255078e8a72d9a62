"""The look of the strips above every page: an icon, a title, a line, and buttons below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.commands.keys import make_form
from ui.widgets.avatar import Icon
from ui.widgets.buttons import ActionButton
from ui.widgets.flow import Flow
from ui.widgets.labels import ElidedLabel, Label, Rule
from ui.widgets.panels import Fill


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
        row.setContentsMargins(20, 10, 20, 10)
        row.setSpacing(10)
        row.addWidget(Icon(icon, "warn" if warns else "accent"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.title = Label("", "strong", "warn" if warns else "text", wrap=True)
        self.line = Label("", "body", wrap=True) if warns else ElidedLabel("", "body", "text2")
        words.addWidget(self.title)
        words.addWidget(self.line)
        words.addSpacing(6)
        buttons = QWidget()
        self._buttons = Flow(buttons, gap=8)
        words.addWidget(buttons)
        row.addLayout(words, 1)
        outer.addLayout(row)
        outer.addWidget(Rule())

    def add_button(
        self, title: str, act: Callable[[], object], *, kind: str = "outline", key: str = ""
    ) -> ActionButton:
        """Add a button after the others and return it; `key` is the shortcut painted on it."""
        button = ActionButton(title, key=key, kind=kind, height=26)
        button.clicked.connect(act)
        self._buttons.addWidget(button)
        return button
