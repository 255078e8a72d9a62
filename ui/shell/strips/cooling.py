"""The strip above every page for a reply that has cooled off: what it says, before it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QVBoxLayout

from app.base import clock
from app.outbox.cooling import shown_from
from ui.frame.doing import show_errors
from ui.look import text
from ui.look.text import tr
from ui.shell.strips.banner import Banner
from ui.widgets.toast import speak

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.outbox import Entry
    from ui.shell.host import Host

_LOOK_MS, _MOST_WAIT_SECONDS = 1_000, 600
_MAX_TEXT_CHARS = 400


class CoolingStrip(Banner):
    """The words that are about to go, to whom and when, and three buttons."""

    def __init__(self, send: Callable[[], object], back: Callable[[], object], show: Callable[[], object]) -> None:
        """Take the callbacks of the three buttons."""
        super().__init__("hourglass")
        self.buttons = [
            self.add_button(tr("Take it back"), back),
            self.add_button(tr("Send now"), send),
            self.add_button(tr("Show the conversation"), show, kind="plain"),
        ]

    def say(self, entry: Entry) -> None:
        """Show what goes, and in how many seconds."""
        first = not self.title.text()
        left = max(1, entry.held_until - clock.now())
        whom = text.embed(entry.to_whom)
        self.title.setText(
            text.counted(
                left, "Still what you want to say to {name}? It goes in {count} second.",
                "Still what you want to say to {name}? It goes in {count} seconds.", name=whom,
            )
        )  # fmt: skip
        self.line.setText(tr("“{words}”").format(words=text.short(text.plain(entry.text), _MAX_TEXT_CHARS)))
        self.setAccessibleName(self.title.text())
        if first:
            speak(self, f"{self.title.text()} {self.line.text()}")


class CooledOff(QObject):
    """Shows the strip for the reply that goes next, from two minutes before it does."""

    def __init__(self, host: Host, place: QVBoxLayout) -> None:
        """Look at once; the strip is inserted at the top of `place`."""
        super().__init__(host.window())
        self._host, self._place = host, place
        self.strip: CoolingStrip | None = None
        self._entry: Entry | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        self.look()

    def look(self) -> None:
        """Show or remove the strip, and look again when that may change."""
        held = self._host.bench.cooling.held()
        now = clock.now()
        self._entry = next((one for one in held if shown_from(one) <= now), None)
        if self._entry is not None:
            if self.strip is None:
                self.strip = CoolingStrip(self._send, self._take_back, self._show)
                self._place.insertWidget(0, self.strip)
            self.strip.say(self._entry)
        elif self.strip is not None:
            self.strip.hide()
            self.strip.deleteLater()
            self.strip = None
        if self._entry is not None:
            self._timer.start(_LOOK_MS)
        elif held:
            self._timer.start(min(max(1, shown_from(held[0]) - now), _MOST_WAIT_SECONDS) * 1_000)
        else:
            self._timer.stop()

    def _send(self) -> None:
        if self._entry is not None:
            with show_errors(self._host):
                self._host.bench.outbox.send_now(self._entry.id)
        self.look()

    def _take_back(self) -> None:
        entry = self._entry
        if entry is not None:
            with show_errors(self._host):
                self._host.bench.outbox.discard(entry.id)
                self._host.toast(tr("Taken back: your words are the draft again."))
                self._host.go("inbox", entry.conversation_id)
        self.look()

    def _show(self) -> None:
        if self._entry is not None:
            self._host.go("inbox", self._entry.conversation_id)
