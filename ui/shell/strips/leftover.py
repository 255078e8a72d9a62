"""The strip over every page at a start when replies were still held as Rapport ended: what goes, when, and Undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.base import clock
from app.base.errors import UserError
from app.outbox import HELD, Entry
from app.outbox.by_hand import is_by_hand
from ui.commands.keys import make_form
from ui.frame.doing import show_errors
from ui.look import text
from ui.look.text import tr
from ui.widgets.avatar import Icon
from ui.widgets.buttons import ActionButton
from ui.widgets.flow import Flow
from ui.widgets.labels import Label, Rule
from ui.widgets.panels import Fill
from ui.widgets.toast import speak

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.workbench import Workbench
    from ui.frame.page import Frame

_EVERY_MS = 1_000


def left_over(bench: Workbench, before: int) -> list[Entry]:
    """Replies written before this moment (Unix seconds) that are held and go by themselves, unless the file stands."""
    if bench.standstill:
        return []
    found = [one for one in bench.outbox.entries((HELD,)) if not one.later and one.created_at < before]
    return [one for one in found if not is_by_hand(one.kind, one.mode)]


class LeftOver(QObject):
    """Shows the strip while something is left; it goes when all of it is out, or was taken back."""

    def __init__(self, frame: Frame, place: QVBoxLayout, before: int) -> None:
        """At the top of `place`; `before` is when this run began."""
        super().__init__(frame.window())
        self._frame, self._place, self._before = frame, place, before
        self.strip: LeftOverStrip | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self.look()

    def look(self) -> None:
        """Say it as it stands now."""
        found = left_over(self._frame.bench, self._before)
        if not found:
            self._end()
            return
        if self.strip is None:
            self.strip = LeftOverStrip(self._take_back, self._send, self._show)
            self._place.insertWidget(0, self.strip)
            self._timer.start()
        self.strip.say(found)

    def _end(self) -> None:
        self._timer.stop()
        if self.strip is not None:
            self.strip.hide()
            self.strip.deleteLater()
            self.strip = None

    def _take_back(self) -> None:
        done = 0
        with show_errors(self._frame):
            for one in left_over(self._frame.bench, self._before):
                done += _tried(self._frame.bench.outbox.take_back, one)
            self._frame.toast(
                text.counted(done, "{count} reply is a draft again.", "{count} replies are drafts again.")
            )
        self.look()

    def _send(self) -> None:
        with show_errors(self._frame):
            for one in left_over(self._frame.bench, self._before):
                _tried(self._frame.bench.outbox.send_now, one)
        self.look()

    def _show(self) -> None:
        self._frame.go("outbox")


class LeftOverStrip(Fill):
    """What was still held, and three ways on."""

    def __init__(self, back: Callable[[], object], send: Callable[[], object], show: Callable[[], object]) -> None:
        """Each button does its own."""
        super().__init__("warn_bg")
        make_form(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(20, 10, 20, 10)
        row.setSpacing(10)
        row.addWidget(Icon("clock", "warn"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.title, self.line = Label("", "strong", "warn", wrap=True), Label("", "body", wrap=True)
        words.addWidget(self.title)
        words.addWidget(self.line)
        words.addSpacing(6)
        buttons = QWidget()
        flow = Flow(buttons, gap=8)
        self.buttons: list[ActionButton] = []
        for said, act in ((tr("Undo"), back), (tr("Send now"), send), (tr("See it in the outbox"), show)):
            button = ActionButton(said, kind="plain" if act is show else "outline", height=26)
            button.clicked.connect(act)
            self.buttons.append(button)
            flow.addWidget(button)
        words.addWidget(buttons)
        row.addLayout(words, 1)
        outer.addLayout(row)
        outer.addWidget(Rule())

    def say(self, found: list[Entry]) -> None:
        """To whom, and when the first of them goes."""
        first = not self.title.text()
        self.title.setText(
            text.counted(
                len(found),
                "Rapport closed before {count} reply was sent.",
                "Rapport closed before {count} replies were sent.",
            )
        )
        whom = ", ".join(dict.fromkeys(text.embed(entry.to_whom) for entry in found[:3]))
        left = max(1, min(entry.held_until for entry in found) - clock.now())
        if len(found) == 1:
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


def _tried(do: Callable[[int], object], one: Entry) -> int:
    """1 when it was done; 0 where it is out meanwhile."""
    try:
        do(one.id)
    except UserError:
        return 0
    return 1
