"""Small painted marks: Avatar, Chip, KeyCap, Icon."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.look import fonts, icons
from ui.look.theme import theme
from ui.widgets import paint


class _Mark(QWidget):
    """A painted widget of fixed size that follows the theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Never shrink."""
        return self.sizeHint()


class Avatar(_Mark):
    """Initials in a circle of the member's own colour; 24, 28, 30 or 44 px."""

    def __init__(self, name: str = "", key: str | int = "", size: int = 28, parent: QWidget | None = None) -> None:
        """`key` is the member's id, so that the colour survives a rename; `size` is in CSS pixels."""
        super().__init__(parent)
        self._name, self._key, self._size = name, key, size

    def set(self, name: str, key: str | int = "") -> None:
        """Show another member."""
        self._name, self._key = name, key
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(fonts.px(self._size), fonts.px(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        paint.avatar(QPainter(self), self.rect(), self._name, self._key)


class Chip(_Mark):
    """A short text on a tint: tone "accent", "delight", "warn", "danger", "ok" or "" (neutral); an icon if given."""

    def __init__(self, words: str, tone: str = "accent", icon: str = "", parent: QWidget | None = None) -> None:
        """Set the text as the accessible name too."""
        super().__init__(parent)
        self._shown, self._tone, self._icon = words, tone, icon
        self.setAccessibleName(words)

    def set(self, words: str, tone: str = "", icon: str = "") -> None:
        """Change text, tone and icon."""
        self._shown, self._tone, self._icon = words, tone, icon
        self.setAccessibleName(words)
        self._restyle()

    def sizeHint(self) -> QSize:
        """The width of its text and icon."""
        return QSize(paint.chip_width(self._shown, self._icon), fonts.px(paint.CHIP))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        paint.chip(QPainter(self), 0, 0, self._shown, self._tone, self._icon)


class KeyCap(_Mark):
    """A key's name in a small box."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        """`key` as `app.commands.key_names.shown_key` writes it."""
        super().__init__(parent)
        self._key = key

    def set_key(self, key: str) -> None:
        """Show another key."""
        if key != self._key:
            self._key = key
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """The width of its text."""
        return QSize(paint.cap_width(self._key), fonts.px(paint.CAP))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        paint.cap(QPainter(self), 0, 0, self._key)


class Icon(_Mark):
    """One Lucide icon in a token's colour."""

    def __init__(self, name: str, tone: str = "text2", size: int = 16, parent: QWidget | None = None) -> None:
        """It has no accessible name, since text stands beside it."""
        super().__init__(parent)
        self._name, self._tone, self._size = name, tone, size

    def set(self, name: str, tone: str = "") -> None:
        """Change the icon, and the tone if given."""
        self._name, self._tone = name, tone or self._tone
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(fonts.px(self._size), fonts.px(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        icons.draw(QPainter(self), self._name, theme().hex(self._tone), 0, 0, self.width())
