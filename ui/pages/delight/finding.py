"""Finds out, away from the window's thread, who deserves a gift and how gifts are shared."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from app.base import clock
from app.deserving import Proposals
from app.fairness import Effect, Shares
from ui.frame.working import Working

if TYPE_CHECKING:
    from app.workbench import Workbench


class Found(NamedTuple):
    """What was found, at `now` (Unix seconds); `effect` only where it was asked for."""

    proposals: Proposals
    shares: Shares
    now: int
    effect: Effect | None = None


class Finding(QObject):
    """Looks again whenever `look` is called; `found` carries a Found. Calls while it looks are one more look."""

    found = Signal(object)

    def __init__(self, bench: Workbench, parent: QObject) -> None:
        """Nothing is read before `look`. What came of gifts is found out from `look_for_effect` on."""
        super().__init__(parent)
        self._bench = bench
        self._working: Working | None = None
        self._again = self._with_effect = False

    def look_for_effect(self) -> None:
        """Look what came of the gifts, too, from now on."""
        self._with_effect = True
        self.look()

    @property
    def busy(self) -> bool:
        """Whether it is looking."""
        return self._working is not None

    def look(self) -> None:
        """Look on a thread of its own."""
        if self._working is not None:
            self._again = True
            return
        bench, now, with_effect = self._bench, clock.now(), self._with_effect
        self._working = Working(
            lambda _progress, _stop: Found(
                bench.deserving.proposals(now), bench.fairness.shares(), now,
                bench.fairness.effect(now=now) if with_effect else None,
            ), "deserving",
        )  # fmt: skip
        self._working.finished.connect(self._finished)
        self._working.failed.connect(self._failed)
        self._working.start()

    def leave(self) -> None:
        """Look no longer; nothing is emitted any more."""
        if self._working is not None:
            self._working.leave()
        self._working, self._again = None, False

    def _finished(self, found: object) -> None:
        self._working = None
        self.found.emit(found)
        self._once_more()

    def _failed(self, _why: object) -> None:
        self._working = None
        self._once_more()

    def _once_more(self) -> None:
        if self._again:
            self._again = False
            self.look()
