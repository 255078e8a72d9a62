"""The strip above every page for replies that were still held when Rapport ended, with Undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QVBoxLayout

from app.base import clock
from app.base.errors import UserError
from app.outbox import HELD, Entry
from app.outbox.by_hand import is_by_hand
from ui.frame.doing import show_errors
from ui.look import text
from ui.look.text import tr
from ui.shell.strips.banner import Banner
from ui.widgets.toast import speak

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.workbench import Workbench
    from ui.frame.page import Frame

_INTERVAL_MS = 1_000


def left_over(bench: Workbench, before: int) -> list[Entry]:
    """Replies written before this time (Unix UTC) that are held and will be sent automatically; [] if on hold."""
    if bench.standstill:
        return []
    held = [entry for entry in bench.outbox.entries((HELD,)) if not entry.later and entry.created_at < before]
    return [entry for entry in held if not is_by_hand(entry.kind, entry.mode)]


class LeftOver(QObject):
    """Shows the strip until all of these replies are sent or cancelled."""

    def __init__(self, frame: Frame, place: QVBoxLayout, before: int) -> None:
        """Insert the strip at the top of `place`; `before` is when this run began (Unix UTC)."""
        super().__init__(frame.window())
        self._frame, self._place, self._before = frame, place, before
        self.strip: LeftOverStrip | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_INTERVAL_MS)
        self._timer.timeout.connect(self.look)
        self.look()

    def look(self) -> None:
        """Update the strip, or remove it if no reply is left."""
        entries = left_over(self._frame.bench, self._before)
        if not entries:
            self._end()
            return
        if self.strip is None:
            self.strip = LeftOverStrip(self._cancel_all, self._send_all, self._show)
            self._place.insertWidget(0, self.strip)
            self._timer.start()
        self.strip.say(entries)

    def _end(self) -> None:
        self._timer.stop()
        if self.strip is not None:
            self.strip.hide()
            self.strip.deleteLater()
            self.strip = None

    def _cancel_all(self) -> None:
        done = 0
        with show_errors(self._frame):
            for entry in left_over(self._frame.bench, self._before):
                done += _try(self._frame.bench.outbox.undo_send, entry)
            self._frame.toast(
                text.counted(done, "{count} reply is a draft again.", "{count} replies are drafts again.")
            )
        self.look()

    def _send_all(self) -> None:
        with show_errors(self._frame):
            for entry in left_over(self._frame.bench, self._before):
                _try(self._frame.bench.outbox.send_now, entry)
        self.look()

    def _show(self) -> None:
        self._frame.go("outbox")


class LeftOverStrip(Banner):
    """The number of held replies, the countdown, and three buttons."""

    def __init__(self, back: Callable[[], object], send: Callable[[], object], show: Callable[[], object]) -> None:
        """Take the callbacks of the three buttons."""
        super().__init__("clock")
        self.buttons = [
            self.add_button(tr("Undo"), back),
            self.add_button(tr("Send now"), send),
            self.add_button(tr("See it in the outbox"), show, kind="plain"),
        ]

    def say(self, entries: list[Entry]) -> None:
        """Show the receivers, and when the first reply will be sent."""
        first = not self.title.text()
        self.title.setText(
            text.counted(
                len(entries),
                "Rapport closed before {count} reply was sent.",
                "Rapport closed before {count} replies were sent.",
            )
        )
        whom = ", ".join(dict.fromkeys(text.embed(entry.to_whom) for entry in entries[:3]))
        left = max(1, min(entry.held_until for entry in entries) - clock.now())
        if len(entries) == 1:
            words = text.counted(
                left, "To {names}: sending in {count} second.", "To {names}: sending in {count} seconds.", names=whom
            )
        else:
            words = text.counted(
                left,
                "To {names}: sending the first in {count} second.",
                "To {names}: sending the first in {count} seconds.",
                names=whom,
            )
        self.line.setText(text.sentence(words))
        self.setAccessibleName(self.title.text())
        if first:
            speak(self, f"{self.title.text()} {self.line.text()}")


def _try(do: Callable[[int], object], entry: Entry) -> int:
    """Call `do` with the reply's id; 1 on success, 0 if it has been sent meanwhile."""
    try:
        do(entry.id)
    except UserError:
        return 0
    return 1
