"""Scheduled sending and threads: the menu of times, and a strip for any day and time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject

from app.base import clock
from ui.frame.doing import show_errors, undoable
from ui.look import text
from ui.look.text import tr
from ui.shared.when import OWN, When, choose, meant
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from ui.pages.inbox.pane import Pane


class LaterStrip(Strip):
    """Asks for any day and time to send a reply."""

    def __init__(self, send: Callable[[int], object], what: tuple[str, int]) -> None:
        """Start with tomorrow morning; `send` is called with the time (Unix UTC). `what` is sent: its kind and id."""
        super().__init__(tr("Send later"), "calendar-clock", tr("Schedule"))
        self._send, self.about = send, what
        self.when = When(meant("T"))
        self.field(tr("Day and time"), self.when, 0, 0)
        self.form.setColumnStretch(1, 2)
        self.when.changed.connect(self._say)
        self._say()

    def _say(self) -> None:
        day = QLocale().toString(self.when.day.date(), "dddd d MMMM")
        self.aside.setText(
            tr("Scheduled for {day} at {time}.").format(day=day, time=self.when.hour.time().toString("HH:mm"))
        )

    def do(self) -> str:
        """Schedule it; raises UserError, shown in the strip, if the time is past."""
        self._send(self.when.at())
        return ""


class Later(QObject):
    """The inbox page's commands for scheduling and threads."""

    def __init__(self, pane: Pane) -> None:
        """Act on this page."""
        super().__init__()
        self._pane = pane
        self._number = 0

    def ask(self) -> None:
        """Offer times for the draft; the title says so if it is too long and will be sent as a thread."""
        composer = self._pane.composer
        if not composer.ready():
            return
        parts = composer.parts()
        title = text.counted(parts, "Send later", "Send later, as a thread of {count}")
        choose(title, composer.buttons.later, self._chosen)

    def _chosen(self, letter: str) -> None:
        if letter == OWN:
            self._pane.show_strip(LaterStrip(self._send, ("draft", self._pane.here().row.id)))
        else:
            self._send(meant(letter))

    def _send(self, at: int) -> None:
        composer = self._pane.composer
        self._pane.close_strip()
        composer.send(then_done=True, at=at, thread=composer.parts() > 1)

    def send_now(self, number: int) -> None:
        """Send a scheduled reply now, by its outbox id."""
        with show_errors(self._pane.frame):
            self._pane.bench.outbox.send_now(number)
            to = text.name(self._pane.bench.outbox.get(number).to_whom)
            self._pane.frame.toast(tr("To {name}: sending now.").format(name=to))

    def ask_again(self, number: int) -> None:
        """Offer times to reschedule a reply, by its outbox id."""
        self._number = number
        buttons = self._pane.composer.buttons
        choose(tr("Reschedule"), buttons.later, self._moved)

    def _moved(self, letter: str) -> None:
        if letter == OWN:
            self._pane.show_strip(LaterStrip(self._postpone, ("outbox", self._number)))
        else:
            self._postpone(meant(letter))

    def _postpone(self, at: int) -> None:
        to, when = text.name(self._pane.bench.outbox.get(self._number).to_whom), text.ahead(at, clock.now())
        with undoable(self._pane.frame, tr("To {name}: scheduled for {when}.").format(name=to, when=when)):
            self._pane.bench.outbox.postpone(self._number, at)

    def as_thread(self) -> None:
        """Send the draft as a thread, if it is too long for one message."""
        composer = self._pane.composer
        if composer.parts() == 1:
            self._pane.frame.toast(tr("This fits in one message; no thread needed."))
            return
        composer.send(then_done=True, thread=True)
