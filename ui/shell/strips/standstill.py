"""The strip above every page while a restored file is on hold."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.workbench import Workbench
from ui.commands.keys import make_form
from ui.look import text
from ui.look.text import tr
from ui.widgets.avatar import Icon
from ui.widgets.buttons import ActionButton
from ui.widgets.flow import Flow
from ui.widgets.labels import Label, Rule
from ui.widgets.panels import Fill

_INTERVAL_MS = 2_000


class StandstillStrip(Fill):
    """`went`: resumed here; `over`: resumed elsewhere, as in a shell; `looking` asks for the outbox."""

    went = Signal()
    over = Signal()
    looking = Signal()

    def __init__(self, bench: Workbench) -> None:
        """Resume only after a second, confirming click."""
        super().__init__("warn_bg")
        make_form(self)
        self._bench = bench
        self.setAccessibleName(tr("This file is a restored backup"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(20, 10, 20, 10)
        row.setSpacing(10)
        row.addWidget(Icon("history", "warn"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.title = Label("", "strong", "warn", wrap=True)
        self.line = Label("", "body", wrap=True)
        words.addWidget(self.title)
        words.addWidget(self.line)
        row.addLayout(words, 1)
        outer.addLayout(row)
        buttons = QWidget()
        flow = Flow(buttons, gap=8)
        self.look = _button(tr("Open the outbox"), self.looking.emit)
        self.go = _button(tr("Resume sending and fetching"), self._ask)
        self.sure = _button(tr("Yes, resume"), self._go, "primary")
        self.wait = _button(tr("Not yet"), self._show_on_hold)
        for button in (self.look, self.go, self.sure, self.wait):
            flow.addWidget(button)
        words.addSpacing(6)
        words.addWidget(buttons)
        outer.addWidget(Rule())
        self._show_on_hold()
        self._watch = QTimer(self)
        self._watch.timeout.connect(self._check)
        self._watch.start(_INTERVAL_MS)

    def _check(self) -> None:
        """Check whether sending was resumed by a command."""
        if not self._bench.standstill:
            self._watch.stop()
            self.over.emit()

    def _show_on_hold(self) -> None:
        """Show that the file is on hold, with the two buttons."""
        self._put(
            tr("This file is a restored backup. It is on hold."),
            tr("Nothing is sent or fetched until you say so. Replies in the outbox may already have been sent."),
            asking=False,
        )

    def _ask(self) -> None:
        """Show what resuming would do, and ask for confirmation."""
        waiting = sum(self._bench.outbox.counts().get(state, 0) for state in ("held", "queued"))
        deeds = len(self._bench.moderation.entries(states=("held", "queued", "doing")))
        replies = text.counted(
            waiting, "{count} reply in the outbox will be sent", "{count} replies in the outbox will be sent"
        )
        actions = text.counted(
            deeds, "{count} moderation action will be carried out", "{count} moderation actions will be carried out"
        )
        what = ", ".join([*([replies] if waiting else []), *([actions] if deeds else [])])
        words = (
            tr("{what}; accounts are read as before.")
            if what
            else tr("Nothing is waiting to be sent; accounts are read as before.")
        )
        words = words.format(what=what)
        if waiting:
            words += " " + tr("Anything sent after the backup was made would be sent a second time.")
        self._put(tr("Resume sending and fetching?"), words, asking=True)
        self.wait.setFocus(Qt.FocusReason.TabFocusReason)

    def _put(self, title: str, words: str, *, asking: bool) -> None:
        self.title.setText(title)
        self.line.setText(words)
        for button, shown in ((self.look, True), (self.go, not asking), (self.sure, asking), (self.wait, asking)):
            button.setVisible(shown)
        if not asking and self.look.isVisible():
            self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self) -> None:
        self._watch.stop()
        self._bench.standstill.go()
        self.went.emit()


def _button(words: str, act: object, kind: str = "outline") -> ActionButton:
    made = ActionButton(words, kind=kind, height=26)
    made.clicked.connect(act)
    return made
