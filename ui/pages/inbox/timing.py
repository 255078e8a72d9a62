"""How long a conversation was in hand: noted on a worker when it is left after something was done with it.

Counted are the seconds in which the person was active in this window while the inbox was shown.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from app.base.errors import UserError
from ui.shared.stopwatch import IDLE_JOB, Sitting
from ui.widgets.timers import once_after

if TYPE_CHECKING:
    from app.inbox import ConversationRow
    from app.store.changes import Changes
    from ui.pages.inbox.pane import Pane

_NOTED_AFTER_MS = 150
"""The next conversation is painted first: a worker beside it would take half of its time."""
_ENDINGS = ("outbox", "handoff", "promise", "gift")
"""Tables with rows by which work ends, though the conversation stays open."""


class Timing(QObject):
    """Times the conversations that the page opens."""

    def __init__(self, pane: Pane, page: QWidget) -> None:
        """Watch when the page is shown and hidden."""
        super().__init__(page)
        self._pane = pane
        self._row: ConversationRow | None = None
        self._sitting: Sitting | None = None
        self._left: list[tuple[ConversationRow, Sitting]] = []
        self._noting = once_after(_NOTED_AFTER_MS, self._note, self)
        page.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Count only while the page is shown."""
        if self._sitting is not None and event.type() == QEvent.Type.Hide:
            self._sitting.pause()
        elif self._sitting is not None and event.type() == QEvent.Type.Show:
            self._sitting.go_on()
        return False

    def opened(self, row: ConversationRow | None) -> None:
        """Begin with the conversation that is open now, None for none; one that is open still goes on."""
        if row is not None and self._row is not None and self._row.id == row.id:
            return
        self._leave()
        self._row, self._sitting = row, Sitting() if row is not None else None

    def changed(self, changes: Changes) -> None:
        """Remember when a reply or hand-off may have ended the work."""
        if self._sitting is not None and changes.touches(*_ENDINGS):
            self._sitting.mark()

    def _leave(self) -> None:
        if self._row is not None and self._sitting is not None:
            self._sitting.pause()
            self._left.append((self._row, self._sitting))
            self._noting.start()

    def _note(self) -> None:
        """Let a worker note those that were left."""
        self._left, everyone = [], self._left
        for row, left in everyone:
            self._pane.bench.jobs.submit(partial(self._note_one, row, left), urgency=IDLE_JOB)

    def _note_one(self, row: ConversationRow, left: Sitting, _job: object = None) -> None:
        self._pane.bench.handling.left(row, left.since, left.spent_until)

    def close(self) -> None:
        """Note the last ones at once: the file is about to be closed, and no worker comes to them any more."""
        self._noting.stop()
        if self._row is not None and self._sitting is not None:
            self._left.append((self._row, self._sitting))
        everyone, self._left = self._left, []
        self._row = self._sitting = None
        for row, left in everyone:
            with suppress(UserError):  # a full disk is told by what needs it
                self._note_one(row, left)
