"""Sending later, and in several parts: the choices by letter, and a strip for any day and time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QObject, QTime, Signal
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QTimeEdit, QWidget

from app import clock
from app.outbox.moments import moment, offered, picked
from ui import fonts, text
from ui.doing import doing, told
from ui.inbox.strips import Strip
from ui.text import tr
from ui.widgets.lettermenu import LetterMenu

if TYPE_CHECKING:
    from ui.pages.inbox import InboxPage

OWN = "D"
"""The letter for a day and time of one's own."""
_LAST_YEAR = 2199


def choose(title: str, beside: QWidget, chosen: Callable[[str], object]) -> LetterMenu:
    """Open the choices at a widget; `chosen` hears the letter."""
    now = clock.local(clock.now())
    rows = [(one.letter, tr(one.title), text.ahead(at, clock.now())) for one, at in offered(now)]
    menu = LetterMenu([*rows, (OWN, tr("Pick date and time"), "")], title, beside.window())
    menu.chosen.connect(chosen)
    menu.popup_at(beside)
    return menu


def meant(letter: str) -> int:
    """The moment of a letter of the choices, in Unix seconds."""
    now = clock.local(clock.now())
    return next(moment(one.key, now) for one, _ in offered(now) if one.letter == letter)


class When(QWidget):
    """A day and a time, to be typed or stepped through with the arrows."""

    changed = Signal()

    def __init__(self, at: int) -> None:
        """Starts with a moment (Unix seconds)."""
        super().__init__()
        start = clock.local(at)
        self.day, self.hour = QDateEdit(), QTimeEdit()
        self.day.setDate(QDate(start.year, start.month, start.day))
        self.hour.setTime(QTime(start.hour, start.minute))
        self.day.setDisplayFormat("yyyy-MM-dd")  # as every field for a day here
        self.hour.setDisplayFormat("HH:mm")
        self.day.setMaximumDate(QDate(_LAST_YEAR, 12, 31))
        self.day.setAccessibleName(tr("Day"))
        self.hour.setAccessibleName(tr("Time"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for edit in (self.day, self.hour):
            edit.setMinimumWidth(fonts.px(104))
            edit.lineEdit().setTextMargins(7, 0, 7, 0)
            row.addWidget(edit)
        self.setFocusProxy(self.day)
        self.day.dateChanged.connect(self.changed)
        self.hour.timeChanged.connect(self.changed)

    def at(self) -> int:
        """The moment in Unix seconds; UserError when it is over."""
        return picked(
            self.day.date().toString("yyyy-MM-dd"), self.hour.time().toString("HH:mm"), clock.local(clock.now())
        )


class LaterStrip(Strip):
    """A day and time of one's own for a reply."""

    def __init__(self, send: Callable[[int], object]) -> None:
        """Starts with tomorrow morning; `send` is called with the moment."""
        super().__init__(tr("Send later"), "calendar-clock", tr("Send then"))
        self._send = send
        self.when = When(meant("T"))
        self.field(tr("Day and time"), self.when, 0, 0)
        self.form.setColumnStretch(1, 2)
        self.when.changed.connect(self._say)
        self._say()

    def _say(self) -> None:
        day = QLocale().toString(self.when.day.date(), "dddd d MMMM")
        self.aside.setText(tr("Goes out {0} at {1}.").format(day, self.when.hour.time().toString("HH:mm")))

    def do(self) -> str:
        """Send it then; a time that is over is said in the strip."""
        self._send(self.when.at())
        return ""


class Later(QObject):
    """What the inbox page does about sending later and in parts."""

    def __init__(self, page: InboxPage) -> None:
        """For this page."""
        super().__init__(page)
        self._page = page
        self._number = 0

    def ask(self) -> None:
        """Offer the times; a text that is too long goes as a thread where there are threads, and the title says so."""
        composer = self._page.talk.composer
        if not composer.ready():
            return
        parts = composer.limit.count()
        title = tr("Send later") if parts == 1 else tr("Send later, as a thread of {0}").format(parts)
        choose(title, composer.later, self._chosen)

    def _chosen(self, letter: str) -> None:
        if letter == OWN:
            self._page.show_strip(LaterStrip(self._send))
        else:
            self._send(meant(letter))

    def _send(self, at: int) -> None:
        composer = self._page.talk.composer
        self._page.talk.close_strip()
        composer.send(then_done=True, at=at, thread=composer.limit.count() > 1)

    def act(self, what: str, number: int) -> None:
        """Send a reply now that was to go later, or choose another time for it."""
        if what == "now":
            with told(self._page.frame):
                self._page.bench.outbox.send_now(number)
                self._page.frame.toast(tr("It goes out now."))
            return
        self._number = number
        choose(tr("Another time"), self._page.talk.composer.later, self._moved)

    def _moved(self, letter: str) -> None:
        if letter == OWN:
            self._page.show_strip(LaterStrip(self._postpone))
        else:
            self._postpone(meant(letter))

    def _postpone(self, at: int) -> None:
        with doing(self._page.frame, tr("Goes out {0}.").format(text.ahead(at, clock.now()))):
            self._page.bench.outbox.postpone(self._number, at)

    def as_thread(self) -> None:
        """Send what is too long for one message in parts."""
        composer = self._page.talk.composer
        if composer.limit.count() == 1:
            self._page.frame.toast(tr("This fits in one message: there is nothing to part."))
            return
        composer.send(then_done=True, thread=True)


def sending_words(hold: int, at: int | None, parts: int, *, mine: bool = False) -> str:
    """What is said when a reply has been handed to the outbox; `mine`: it is for the person to post."""
    if mine and at is not None:
        return tr("It waits in the outbox from {0}, for you to post.").format(text.ahead(at, clock.now()))
    if at is not None:
        said = tr("Goes out {0}.").format(text.ahead(at, clock.now()))
        return said if parts == 1 else tr("Goes out {0}, in {1} parts.").format(text.ahead(at, clock.now()), parts)
    words = tr("Sending in {0} seconds.") if parts == 1 else tr("Sending {1} parts in {0} seconds.")
    return words.format(hold, parts)
