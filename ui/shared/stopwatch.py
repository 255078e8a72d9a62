"""How long something was in hand on a page: the seconds in which the person was active while the page was shown.

What is idle is left out (`ui.commands.activity`).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from app.base import clock
from ui.commands.activity import activity

if TYPE_CHECKING:
    from app.base.jobs import Job
    from app.workbench import Workbench

IDLE_JOB = 9
"""After all else that waits for a worker: `app.base.jobs.IDLE`, which the first paint does without."""


class Sitting:
    """One thing in hand, from its opening on."""

    def __init__(self) -> None:
        """It begins now."""
        self.since = clock.now()
        self._banked, self._from = 0.0, activity().seconds()
        self._running = True
        self._marks: list[tuple[int, float]] = []

    def pause(self) -> None:
        """Stop counting, as another page is shown."""
        self._banked, self._running = self.spent(), False

    def go_on(self) -> None:
        """Count again."""
        if not self._running:
            self._from, self._running = activity().seconds(), True

    def spent(self) -> float:
        """Active seconds so far."""
        return self._banked + (activity().seconds() - self._from if self._running else 0)

    def mark(self) -> None:
        """Remember how many it were by now."""
        self._marks.append((clock.now(), self.spent()))

    def spent_until(self, at: int | None) -> int:
        """Active seconds when something was done `at` (Unix seconds); until now if that is None, or was not marked."""
        marked = (spent for when, spent in self._marks if at is not None and when >= at)
        return max(1, round(next(marked, self.spent())))


class Stopwatch(QObject):
    """Times what is chosen on a page, one thing after another, and notes what it took once it is done."""

    def __init__(self, bench: Workbench, page: QWidget) -> None:
        """Watch when the page is shown and hidden."""
        super().__init__(page)
        self._bench, self._thing, self._sitting = bench, object(), Sitting()
        page.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Count only while the page is shown."""
        if event.type() == QEvent.Type.Hide:
            self._sitting.pause()
        elif event.type() == QEvent.Type.Show:
            self._sitting.go_on()
        return False

    def begin(self, thing: object) -> None:
        """Time what is in hand from now on; what was so already goes on."""
        if thing != self._thing:
            self._thing, self._sitting = thing, Sitting()

    def done(self, kind: str, conversation_id: int | None = None) -> None:
        """Note what it took, on a worker, under a kind of `app.handling`; what comes now begins at nothing."""
        sitting, self._sitting = self._sitting, Sitting()
        seconds = sitting.spent_until(None)
        self._bench.jobs.submit(partial(self._note, kind, conversation_id, seconds, clock.now()), urgency=IDLE_JOB)

    def _note(self, kind: str, conversation_id: int | None, seconds: int, at: int, _job: Job) -> None:
        self._bench.handling.note(kind, conversation_id, seconds, "done", at)
