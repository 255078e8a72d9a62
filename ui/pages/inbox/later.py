"""Scheduled sending and threads: the menu of times, and a strip for any day and time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from app.base import clock
from app.calendar.choices import OWN
from ui.frame.doing import show_errors, undoable
from ui.look import text
from ui.look.text import tr
from ui.shared.date_field import DateField, tomorrow
from ui.shared.when import Warn, choose, closed_by_then, meant
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.dates import Dates
    from ui.pages.inbox.pane import Pane


class DateStrip(Strip):
    """Asks for any date: when to send a reply, or until when to snooze."""

    def __init__(
        self, dates: Dates, title: str, action: str, take: Callable[[int], object], about: object,
        warn: Warn = lambda _at: "",
    ) -> None:  # fmt: skip
        """Start with tomorrow morning; `take` is called with the time (Unix UTC); `about` names what it is for."""
        super().__init__(title, "calendar-clock", action)
        self._take, self.about = take, about
        self.when = DateField(dates, tomorrow(), timed=True, warn=warn)
        self.field(tr("Date"), self.when, 0, 0)
        self.form.setColumnStretch(1, 1)

    def start(self) -> None:
        """Focus the words, chosen, so that typing replaces them."""
        self.when.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.when.line.selectAll()

    def do(self) -> str:
        """Take the time; raises UserError, shown in the strip, if it is none or past."""
        self._take(self.when.moment())
        return ""


class Later(QObject):
    """The inbox page's commands for scheduling and threads."""

    def __init__(self, pane: Pane) -> None:
        """Act on this page."""
        super().__init__()
        self._pane = pane
        self._number = 0
        self._warn: Warn = lambda _at: ""

    def ask(self) -> None:
        """Offer times for the draft; the title says so if it is too long and will be sent as a thread."""
        composer = self._pane.composer
        if not composer.ready():
            return
        parts = composer.parts()
        title = text.counted(parts, "Send later", "Send later, as a thread of {count}")
        self._warn = closed_by_then(self._pane.bench, self._pane.here().row.id)
        choose(title, composer.buttons.later, self._pane.bench.dates, self._chosen, self._warn)

    def _chosen(self, letter: str) -> None:
        if letter == OWN:
            self._ask_date(tr("Send later"), self._send, ("draft", self._pane.here().row.id))
        else:
            self._send(meant(self._pane.bench.dates, letter))

    def _ask_date(self, title: str, take: Callable[[int], object], about: tuple[str, int]) -> None:
        self._pane.show_strip(DateStrip(self._pane.bench.dates, title, tr("Schedule"), take, about, self._warn))

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
        self._warn = closed_by_then(self._pane.bench, self._pane.here().row.id)
        choose(tr("Reschedule"), buttons.later, self._pane.bench.dates, self._moved, self._warn)

    def _moved(self, letter: str) -> None:
        if letter == OWN:
            self._ask_date(tr("Reschedule"), self._postpone, ("outbox", self._number))
        else:
            self._postpone(meant(self._pane.bench.dates, letter))

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
