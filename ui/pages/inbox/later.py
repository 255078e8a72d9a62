"""Sending later, and in several parts: the choices by letter, and a strip for any day and time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject

from app.base import clock
from ui.frame.doing import doing, told
from ui.look import text
from ui.look.text import tr
from ui.shared.when import OWN, When, choose, meant
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from ui.pages.inbox.pane import Pane


class LaterStrip(Strip):
    """A day and time of one's own for a reply."""

    def __init__(self, send: Callable[[int], object]) -> None:
        """Starts with tomorrow morning; `send` is called with the moment."""
        super().__init__(tr("Send later"), "calendar-clock", tr("Schedule"))
        self._send = send
        self.when = When(meant("T"))
        self.field(tr("Day and time"), self.when, 0, 0)
        self.form.setColumnStretch(1, 2)
        self.when.changed.connect(self._say)
        self._say()

    def _say(self) -> None:
        day = QLocale().toString(self.when.day.date(), "dddd d MMMM")
        self.aside.setText(tr("Scheduled for {0} at {1}.").format(day, self.when.hour.time().toString("HH:mm")))

    def do(self) -> str:
        """Send it then; a time that is over is said in the strip."""
        self._send(self.when.at())
        return ""


class Later(QObject):
    """What the inbox page does about sending later and in parts."""

    def __init__(self, page: Pane) -> None:
        """For this page."""
        super().__init__()
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
                self._page.frame.toast(tr("Sending now."))
            return
        self._number = number
        choose(tr("Reschedule"), self._page.talk.composer.later, self._moved)

    def _moved(self, letter: str) -> None:
        if letter == OWN:
            self._page.show_strip(LaterStrip(self._postpone))
        else:
            self._postpone(meant(letter))

    def _postpone(self, at: int) -> None:
        with doing(self._page.frame, tr("Scheduled for {0}.").format(text.ahead(at, clock.now()))):
            self._page.bench.outbox.postpone(self._number, at)

    def as_thread(self) -> None:
        """Send what is too long for one message in parts."""
        composer = self._page.talk.composer
        if composer.limit.count() == 1:
            self._page.frame.toast(tr("This fits in one message; no thread needed."))
            return
        composer.send(then_done=True, thread=True)
