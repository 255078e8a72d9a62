"""A notice above the draft, with a button or two."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets import paint
from ui.widgets.avatar import Icon
from ui.widgets.buttons import ActionButton
from ui.widgets.flow import Flow
from ui.widgets.labels import Label
from ui.widgets.toast import speak


class Notice(QWidget):
    """Hidden until `say`; `pressed` carries the name of the clicked button."""

    pressed = Signal(str)

    def __init__(self, icon: str, *, quiet: bool = False) -> None:
        """`icon` is drawn before the text; a `quiet` one is no warning."""
        super().__init__()
        self._fill = "subtle" if quiet else "warn_bg"
        outer = QHBoxLayout(self)
        outer.setContentsMargins(12, 8, 8, 8)
        outer.setSpacing(10)
        outer.addWidget(Icon(icon, "text2" if quiet else "warn", 16))
        column = QVBoxLayout()
        column.setSpacing(6)
        self.words = Label("", "body", wrap=True)
        column.addWidget(self.words)
        self._holder = QWidget()
        self._flow = Flow(self._holder)
        column.addWidget(self._holder)
        outer.addLayout(column, 1)
        self.buttons: dict[str, ActionButton] = {}
        self.hide()

    def say(self, words: str, buttons: dict[str, str]) -> None:
        """Show a text and buttons (name -> title); announce it to screen readers unless it is shown already."""
        titles = {name: button.title() for name, button in self.buttons.items()}
        if (words, buttons) == (self.words.text(), titles) and not self.isHidden():
            return
        self.words.setText(words)
        self.setAccessibleName(words)
        if list(buttons) != list(self.buttons):
            self._make(buttons)
        for name, title in buttons.items():
            self.buttons[name].set_title(title)
        self._holder.setVisible(bool(buttons))
        self.show()
        speak(self, words)

    def _make(self, names: dict[str, str]) -> None:
        for old in self.buttons.values():
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.buttons = {name: ActionButton(title, height=26) for name, title in names.items()}
        for name, button in self.buttons.items():
            button.setObjectName(name)
            button.clicked.connect(self._pressed)
            self._flow.addWidget(button)

    def _pressed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.pressed.emit(sender.objectName())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill with the tint."""
        paint.box(QPainter(self), self.rect(), fill=self._fill, radius=6)
