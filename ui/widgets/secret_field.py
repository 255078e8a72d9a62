"""A field for a secret: hidden while it is typed, with an eye that shows it."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from ui.look import icons
from ui.look.text import tr
from ui.look.theme import theme


class SecretField(QLineEdit):
    """A line that shows dots until the eye in it is pressed."""

    def __init__(self, words: str = "", hint: str = "") -> None:
        """Start with `words`; `hint` is the placeholder."""
        super().__init__(words)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setPlaceholderText(hint)
        self.addAction(_Eye(self), QLineEdit.ActionPosition.TrailingPosition)


class _Eye(QAction):
    """Toggles whether a secret field shows its text."""

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(tr("Show what you typed"), field)
        self._field = field
        self.setIcon(icons.icon("eye", theme().hex("text2")))
        self.triggered.connect(self._toggle)

    def _toggle(self) -> None:
        hidden = self._field.echoMode() == QLineEdit.EchoMode.Password
        self._field.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self.setText(tr("Hide what you typed") if hidden else tr("Show what you typed"))
        self.setIcon(icons.icon("eye-off" if hidden else "eye", theme().hex("text2")))
