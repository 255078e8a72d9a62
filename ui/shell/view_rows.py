"""The rows of saved views in the rail, counted by a thread of its own a moment after the last change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.views import MOST_COUNTED
from ui.frame.working import Working
from ui.look import text
from ui.shell.rail import Rail

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.inbox.views import View
    from app.store.changes import Changes
    from app.workbench import Workbench

MOST_IN_RAIL = 7
"""Views; the rest are reached by "Edit views"."""
_LISTED = ("view", "conversation", "message", "label", "conversation_label", "account", "member", "identity")
"""Tables by whose rows any view lists what it does."""
_BY_OPERATORS = ("draft", "draft_beside", "gift", "handoff", "outbox", "attachment", "promise")
"""Tables that only a view with an operator in its words asks, as in `is:draft`: a draft is saved at every pause."""
_DELAY_MS, _COUNT_DELAY_MS = 150, 900


class ViewRows(QObject):
    """Keeps the rows in step with the views, and their counts with what the views list."""

    def __init__(self, bench: Workbench, rail: Rail) -> None:
        """Show nothing before `start`."""
        super().__init__(rail)
        self._bench, self._rail = bench, rail
        self._views: tuple[View, ...] = ()
        self._counts: dict[int, int] = {}
        self._working: Working | None = None
        self._again = False
        self._timer, self._count_timer = self._after(self._read), self._after(self._count)

    def _after(self, do: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(do)
        return timer

    def follow(self, changes: Changes | None) -> None:
        """Start, unless these changes cannot have changed what a view lists; None stands for any change."""
        asks_more = any(":" in view.words for view in self._views)
        if changes is None or changes.touches(*_LISTED, *(_BY_OPERATORS if asks_more else ())):
            self.start()

    def start(self) -> None:
        """Read the views, and count them once nothing has changed for a moment."""
        if not self._timer.isActive():
            self._timer.start(_DELAY_MS)
        self._count_timer.start(_COUNT_DELAY_MS)

    def stop(self) -> None:
        """Stop, before the file is closed."""
        self._timer.stop()
        self._count_timer.stop()
        if self._working is not None:
            self._working.leave()
            self._working.wait(1.0)

    def _read(self) -> None:
        self._views = tuple(self._bench.views.every()[:MOST_IN_RAIL])
        self._show()

    def _show(self) -> None:
        rows = [(f"inbox/view-{view.id}", text.plain(view.name), self._counts.get(view.id, 0)) for view in self._views]
        self._rail.show_views(rows, MOST_COUNTED)

    def _count(self) -> None:
        if self._working is not None:
            self._again = True
            return
        views, counter = self._views, self._bench.views
        if not views:
            return

        def work(_progress: Callable[[int, int], object], stop: Event) -> Mapping[int, int]:
            counts: dict[int, int] = {}
            for view in views:
                if stop.is_set():
                    break
                counts[view.id] = counter.count(view)
            return counts

        self._working = Working(work, "views")
        self._working.finished.connect(self._counted)
        self._working.failed.connect(self._failed)
        self._working.start()

    def _counted(self, counts: object) -> None:
        self._working = None
        if isinstance(counts, dict):
            self._counts = counts
            self._show()
        self._once_more()

    def _failed(self, _why: object) -> None:
        """The next change counts anew."""
        self._working = None

    def _once_more(self) -> None:
        again, self._again = self._again, False
        if again:
            self._count_timer.start(_COUNT_DELAY_MS)

    @property
    def views(self) -> Sequence[View]:
        """The views that have a row."""
        return self._views
