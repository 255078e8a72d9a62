"""The toast at the bottom of the window, "Done. Undo Z": announced to screen readers, never takes the focus."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGraphicsDropShadowEffect, QHBoxLayout, QWidget

from ui.look import text
from ui.look.theme import theme
from ui.widgets import paint
from ui.widgets.avatar import Icon, KeyCap
from ui.widgets.buttons import IconButton, LinkButton
from ui.widgets.labels import Label

LASTS_MS = 8_000
"""A toast is shown so long, except an error, which stays."""


def speak(widget: QWidget, words: str, *, urgent: bool = False) -> None:
    """Announce a text to screen readers, without moving the focus; `urgent` interrupts."""
    event = QAccessibleAnnouncementEvent(widget, words)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


class Toast(QWidget):
    """The one toast; a newer message replaces the older one."""

    def __init__(self, parent: QWidget, beside: QWidget) -> None:
        """Place it over `parent`, at the bottom beside the widget `beside` (the rail)."""
        super().__init__(parent)
        self._over, self._beside = parent, beside
        self._undo: Callable[[], object] | None = None
        self._by_key = True
        self._stays = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LASTS_MS)
        self._timer.timeout.connect(self._time_is_up)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(9)
        self._icon = Icon("check", "ok")
        self._words = Label("", "row")
        self._words.setMaximumWidth(560)
        self._link = LinkButton(text.tr("Undo"), role="row", weight=600)
        self._cap = KeyCap("Z")
        self._close = IconButton("x", text.tr("Close"), size=26, glyph=14)
        for widget in (self._icon, self._words, self._link, self._cap, self._close):
            row.addWidget(widget)
        self._link.clicked.connect(self._pressed)
        self._close.clicked.connect(self.hide)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 6)
        self.setGraphicsEffect(shadow)
        self._shade()
        theme().changed.connect(self._shade)
        self.hide()

    def say(self, words: str, undo: Callable[[], object] | None = None, *, wrong: bool = False, link: str = "") -> None:
        """Show and announce; an error (`wrong`) stays until closed. A `link` title replaces Undo and its key."""
        self._undo, self._stays, self._by_key = undo, wrong, not link
        line = text.plain(words)
        long_ = self.fontMetrics().horizontalAdvance(line) > self._words.maximumWidth() - 40
        self._words.setWordWrap(long_)
        self._words.setMinimumWidth(520 if long_ else 0)
        self._words.setText(line)
        self._icon.set("triangle-alert" if wrong else "check", "danger" if wrong else "ok")
        self._link.set_title(link or text.tr("Undo"))
        self._link.setVisible(undo is not None)
        self._cap.setVisible(undo is not None and not link)
        self.setAccessibleName(line)
        self.show()
        self.place()
        self.raise_()
        self._timer.stop()
        if not wrong:
            self._timer.start()
        how = text.tr("Z undoes it.")
        speak(self, f"{line} {how}" if undo and not link else line, urgent=wrong)

    def undo(self) -> bool:
        """Undo the toast's action; False if it has none that a key may undo."""
        return self._by_key and self._pressed()

    def _pressed(self) -> bool:
        if self._undo is None or self.isHidden():
            return False
        undo, self._undo = self._undo, None
        self.hide()
        undo()
        return True

    def place(self) -> None:
        """Move to the bottom beside the rail, where there is no field and no primary button."""
        self.adjustSize()
        beside = self._beside.width() + 16
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self._over.width() - beside - self.width() if mirrored else beside
        self.move(max(8, left), self._over.height() - self.height() - 16)

    def _time_is_up(self) -> None:
        if self.isActiveWindow() and any(child.hasFocus() for child in (self._link, self._close)):
            self._timer.start()
        else:
            self.hide()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stop the timer while the pointer is over it."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Restart the timer, except for an error."""
        if not self._stays:
            self._timer.start()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.box(painter, self.rect(), fill="subtle" if theme().dark else "surface", edge=theme().edge(), radius=10)

    def _shade(self) -> None:
        effect = self.graphicsEffect()
        if isinstance(effect, QGraphicsDropShadowEffect):
            effect.setColor(QColor(0, 0, 0, 150 if theme().dark else 50))
