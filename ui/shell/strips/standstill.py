"""The strip above every page while a restored file is on hold."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal

from app.workbench import Workbench
from ui.look import text
from ui.look.text import tr
from ui.shell.strips.banner import Banner

_INTERVAL_MS = 2_000


class StandstillStrip(Banner):
    """`went`: resumed here; `over`: resumed elsewhere, as in a shell; `looking` asks for the outbox."""

    went = Signal()
    over = Signal()
    looking = Signal()

    def __init__(self, bench: Workbench) -> None:
        """Resume only after a second, confirming click."""
        super().__init__("history")
        self._bench = bench
        self.setAccessibleName(bench.standstill.title().rstrip("."))
        self.look = self.add_button(tr("Open the outbox"), self.looking.emit)
        self.go = self.add_button(tr("Resume sending and fetching"), self._ask)
        self.sure = self.add_button(tr("Yes, resume"), self._go, kind="primary")
        self.wait = self.add_button(tr("Not yet"), self._show_on_hold)
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
            tr("{what} It is on hold.").format(what=self._bench.standstill.title()),
            tr("Nothing is sent or fetched until you say so. Replies in the outbox may already have been sent."),
            asking=False,
        )

    def _ask(self) -> None:
        """Show what resuming would do, and ask for confirmation."""
        waiting = self._bench.standstill.waiting()
        new = sum(self._bench.outbox.counts()[state] for state in ("held", "queued")) - waiting
        deeds = len(self._bench.moderation.entries(states=("held", "queued", "doing")))
        looked_for = text.counted(
            waiting,
            "{count} message in the outbox is looked for before it's sent",
            "{count} messages in the outbox are looked for before they're sent",
        )
        sent = text.counted(
            new,
            "{count} message that you wrote meanwhile will be sent",
            "{count} messages that you wrote meanwhile will be sent",
        )
        actions = text.counted(
            deeds, "{count} moderation action will be carried out", "{count} moderation actions will be carried out"
        )
        every = ((waiting, looked_for), (new, sent), (deeds, actions))
        held = ", ".join(what for count, what in every if count)
        words = (
            tr("Accounts are read first; {what}.")
            if held
            else tr("Nothing is waiting to be sent; accounts are read as before.")
        )
        words = words.format(what=held)
        if waiting:
            words += " " + tr("What a channel has already isn't sent again. Where that can't be told, you are asked.")
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
        self._bench.standstill.release()
        self.went.emit()
