"""The toast at the bottom of the window, "Done: Anna. Undo Z": announced to screen readers, without the focus.

Only the refusal of what one would have typed into takes it, so that the letters that follow are no commands.

It covers nothing that is worked with: it stands above that, and where there is no room, the window makes some below.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QEnterEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QGraphicsDropShadowEffect, QHBoxLayout, QWidget
from shiboken6 import isValid

from ui.commands.in_use import keymap
from ui.commands.keys import end_form, make_form
from ui.look import text
from ui.look.theme import theme
from ui.widgets import paint
from ui.widgets.avatar import Icon, KeyCap
from ui.widgets.buttons import IconButton, LinkButton
from ui.widgets.labels import Label

LASTS_MS = 8_000
"""A toast is shown so long, except an error, which stays."""
_SECOND_MS = 1_000
_GAP, _EDGE = 16, 8
_MIN_ROOM = 360
"""Pixels that it takes at least above what is worked with, however narrow that is."""
_MIN_WORDS, _MAX_WORDS, _MARGIN = 160, 560, 40
"""Pixels that its words take, and by how much a single line has to stay below that."""
_MOST = 16_777_215
"""Qt's greatest width (QWIDGETSIZE_MAX)."""
_FOLLOWED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


def speak(widget: QWidget, words: str, *, urgent: bool = False) -> None:
    """Announce a text to screen readers, without moving the focus; `urgent` interrupts."""
    event = QAccessibleAnnouncementEvent(widget, words)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


def free_top(room: QRect, taken: Sequence[QRect]) -> int | None:
    """The lowest top at which nothing `taken` is covered, from where `room` is upwards; None if there is none."""
    place = QRect(room)
    while (in_the_way := [rect for rect in taken if rect.intersects(place)]) != []:
        place.moveBottom(min(rect.top() for rect in in_the_way) - _EDGE)
    return place.top() if place.top() >= _EDGE else None


class _Count(NamedTuple):
    """What a toast says while it counts down, and until when, by `time.monotonic`."""

    words: Callable[[int], str]
    until: float


class Toast(QWidget):
    """The one toast; a newer message replaces the older one."""

    def __init__(
        self,
        parent: QWidget,
        beside: QWidget,
        shelf: QWidget,
        in_hand: Callable[[], Sequence[QWidget]],
        make_room: Callable[[int], object],
        page: Callable[[], QWidget | None],
    ) -> None:
        """Place it over `parent`, at the bottom beside the widget `beside` (the rail).

        `in_hand` returns what is worked with by now; `shelf` is an empty widget at the bottom that is given its height
        where there is no other room and the `page` that is shown can be lower, and `make_room` is told how many pixels
        it takes above what is worked with.
        """
        super().__init__(parent)
        self._over, self._beside, self._shelf, self._in_hand = parent, beside, shelf, in_hand
        self._make_room, self._page = make_room, page
        self._followed: list[QWidget] = []
        self._undo: Callable[[], object] | None = None
        self._by_key = True
        self._stays = False
        self.said = 0
        """How often it has said something."""
        self._before: QWidget | None = None  # what had the focus before it was taken
        self._count: _Count | None = None
        self._second = QTimer(self)
        self._second.setInterval(_SECOND_MS)
        self._second.timeout.connect(self._tick)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LASTS_MS)
        self._timer.timeout.connect(self._time_is_up)
        self._move_timer = QTimer(self)
        self._move_timer.setSingleShot(True)
        self._move_timer.setInterval(0)
        self._move_timer.timeout.connect(self.place)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(9)
        self._icon = Icon("check", "ok")
        self._words = Label("", "row")
        self._link = LinkButton(text.tr("Undo"), role="row", weight=600)
        self._cap = KeyCap(keymap().cap("undo"))
        self._close = IconButton("x", text.tr("Close (Esc)"), size=26, glyph=14)
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
        self.said += 1
        self._undo, self._stays, self._by_key = undo, wrong, not link
        self._stop_counting()
        line = text.plain(words)
        self._words.setText(line)
        self._icon.set("triangle-alert" if wrong else "check", "danger" if wrong else "ok")
        self._link.set_title(link or text.tr("Undo"))
        self._link.setVisible(undo is not None)
        cap = keymap().cap("undo")
        self._cap.set_key(cap)
        self._cap.setVisible(undo is not None and not link and bool(cap))
        self.setAccessibleName(line)
        self.show()
        self.place()
        self.raise_()
        self._timer.stop()
        if not wrong:
            self._timer.start()
        how = text.tr("{key} undoes it.").format(key=keymap().name("undo"))
        esc = text.tr("Esc closes this message.")
        speak(self, f"{line} {how}" if undo and not link else f"{line} {esc}" if wrong else line, urgent=wrong)

    def count_down(self, words: Callable[[int], str], seconds: int, undo: Callable[[], object]) -> None:
        """Show `words` for the seconds that are left, with Undo, until there are none; announced once."""
        self.say(words(seconds), undo)
        self._timer.stop()
        self._count = _Count(words, time.monotonic() + seconds)
        self._second.start()

    def _tick(self) -> None:
        """Say how many seconds are left; nothing is undone any more once there are none."""
        if self._count is None:
            return
        left = round(self._count.until - time.monotonic())
        if left <= 0:
            self._undo = None
            self.hide()
            return
        line = text.plain(self._count.words(left))
        self._words.setText(line)
        self.setAccessibleName(line)

    def _stop_counting(self) -> None:
        self._count = None
        self._second.stop()

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

    def take_focus(self) -> None:
        """Take the focus, and the letters that are typed, until Esc, Tab or a click: then it goes back.

        For the refusal of what one would have typed into, which is read out as what has the focus.
        """
        self._before = QApplication.focusWidget()
        make_form(self)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.update()

    def focus_link(self) -> None:
        """Put the focus on its link, until it is pressed, closed or left: then it goes back."""
        self._before = QApplication.focusWidget()
        self._link.setFocus(Qt.FocusReason.TabFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Letters are commands again."""
        super().focusOutEvent(event)
        end_form(self)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take whatever is typed, and do nothing with it."""
        event.accept()

    def is_wrong(self) -> bool:
        """Whether it shows an error."""
        return self._stays and not self.isHidden()

    def dismiss(self) -> bool:
        """Close it; True for an error, which is all that the key was for.

        What else Esc does is not kept waiting for a toast that would go by itself.
        """
        answered = self.is_wrong() or self.hasFocus()
        self.hide()
        return answered

    def place(self) -> None:
        """Move to the bottom beside the rail, above what is worked with, and not beside that: a list may be there."""
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        taken = [_rect_in(self._over, widget) for widget in self._follow()]
        beside = self._beside.width()
        if taken:
            beside = max(beside, self._over.width() - 1 - taken[0].right() if mirrored else taken[0].left())
        beside += _GAP
        wide = self._over.width() - beside - _EDGE
        self._wrap(min(wide, max(_MIN_ROOM, taken[0].width() - 2 * _GAP)) if taken else wide)
        self.adjustSize()
        left = self._over.width() - beside - self.width() if mirrored else beside
        left = max(_EDGE, min(left, self._over.width() - self.width() - _EDGE))
        room = QRect(left, self._over.height() - self.height() - _GAP, self.width(), self.height())
        top = None if self._shelf.height() else free_top(room, taken)
        if top is None:
            self._shelf.setFixedHeight(self.height() + 2 * _GAP)
            if self._is_tight():  # it rather covers the end of the page for a while than squeezes what is on it
                self._shelf.setFixedHeight(0)
        self._make_room(self.height() + _EDGE if top is not None and top < room.top() else 0)
        self.move(left, room.top() if top is None else top)

    def _is_tight(self) -> bool:
        """Whether the page that is shown is too low now for all that is on it."""
        page = self._page()
        layout = page.layout() if page is not None else None
        return layout is not None and layout.minimumSize().height() > self._over.height() - self._shelf.height()

    def _wrap(self, room: int) -> None:
        """Break the words into lines where they are long, or there is less room: so many pixels."""
        self._words.setMinimumWidth(0)  # else what the words before took would count as room for the buttons
        self._words.setMaximumWidth(_MOST)
        buttons = self.sizeHint().width() - self._words.sizeHint().width() if self._words.isVisibleTo(self) else 0
        most = max(_MIN_WORDS, min(_MAX_WORDS, room - buttons))
        long_ = self._words.fontMetrics().horizontalAdvance(self._words.text()) > most - _MARGIN
        self._words.setWordWrap(long_)
        self._words.setMinimumWidth(most - _MARGIN if long_ else 0)
        self._words.setMaximumWidth(most)

    def _follow(self) -> list[QWidget]:
        """What is worked with and shown; the toast moves when any of it does."""
        for widget in filter(isValid, self._followed):
            widget.removeEventFilter(self)
        self._followed = list(self._in_hand())
        for widget in self._followed:
            widget.installEventFilter(self)
        return [widget for widget in self._followed if widget.isVisible()]

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Move away from what grows; never filters."""
        if event.type() in _FOLLOWED and not self.isHidden():
            self._move_timer.start()  # once the layouts are done
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        """Give back the room that was made for it."""
        super().hideEvent(event)
        self._move_timer.stop()  # else it would take the room again
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible() and self._has_focus():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._stop_counting()
        self._shelf.setFixedHeight(0)
        self._make_room(0)

    def _has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is None or focused is self or self.isAncestorOf(focused)

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
        if not self._stays and self._count is None:
            self._timer.start()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.box(painter, self.rect(), fill="subtle" if theme().dark else "surface", edge=theme().edge(), radius=10)
        if self.hasFocus():
            paint.focus_ring(painter, self.rect(), 10)

    def _shade(self) -> None:
        effect = self.graphicsEffect()
        if isinstance(effect, QGraphicsDropShadowEffect):
            effect.setColor(QColor(0, 0, 0, 150 if theme().dark else 50))


def _rect_in(window: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
