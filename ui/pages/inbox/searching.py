"""A search in the inbox list from its first letter to Esc: how it is understood, how much it finds, the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, QObject, Signal

from app.inbox import Query
from app.search import Asked, Count, Marker, in_words
from app.views import search_filter
from ui.frame.working import Working
from ui.look import text
from ui.pages.inbox.list_search import Find
from ui.widgets.labels import Label
from ui.widgets.timers import once_after

if TYPE_CHECKING:
    from app.store.changes import Changes
    from app.workbench import Workbench
    from ui.pages.inbox.conversation_model import ConversationModel
    from ui.pages.inbox.list_filter import ListFilter

_COUNT_DELAY_MS = 120
_FORMS_DELAY_MS = 200
_COUNTED_AT_ONCE = 100
_ROWS_IN_SIGHT = 20


class Place(NamedTuple):
    """Where the person was before they searched: what the list showed, and its current conversation."""

    query: Query
    current: int | None


class Searching(QObject):
    """What is searched for now. `told` carries the line about it, `marked`: other words are marked."""

    told = Signal(str)
    marked = Signal()

    def __init__(self, bench: Workbench, model: ConversationModel, shown: ListFilter) -> None:
        """Nothing is searched for yet."""
        super().__init__(model)
        self._bench, self._model, self._filter = bench, model, shown
        self.line = Label("", "meta", "text2", wrap=True)
        self.line.hide()
        self.asked: Asked | None = None
        self.marker: Marker | None = None
        self._count: Count | None = None
        self._before: Place | None = None
        self._counting = once_after(_COUNT_DELAY_MS, self._count_on, self)
        self._filling = once_after(0, self._fill, self)
        self._widening = once_after(_FORMS_DELAY_MS, self._widen, self)
        self._looking, self._again = False, False

    def begin(self, current: int | None) -> None:
        """Remember where the person is, unless a search is on already."""
        if self._before is None:
            self._before = Place(self._filter.query, current)

    def asks_nothing(self, typed: str) -> bool:
        """Whether nothing is searched for yet: nothing is typed, or an operator that has no value."""
        asked = self._bench.search.understand(typed)
        return asked.is_empty and not asked.problem

    def widen(self) -> None:
        """Search all states, where a search begins by typing among those that wait for somebody."""
        if self.asked is None and self._filter.query.state in ("needs_me", "waiting"):
            self._filter.widen()

    def show(self, typed: str) -> None:
        """List what is found; where nothing is, what one slip of a letter away is."""
        asked = self._bench.search.understand(typed)
        self._list(asked)
        if not self._model.rowCount() and not self._model.canFetchMore(QModelIndex()) and not asked.problem:
            other = self._bench.search.forgiven(asked, search_filter(self._filter.query))
            if other is not None:
                self._list(other)
        self._filling.start()
        self._counting.start()
        self._widening.start()
        self.marked.emit()

    def _list(self, asked: Asked) -> None:
        self.asked, self._count = asked, None
        self.marker = Marker(asked)
        self._model.show_found(Find(self._bench, asked, self._filter.query))
        self._filter.count_hits(Count())
        self._tell()

    def end(self) -> Place | None:
        """Search for nothing; returns where the person was before, None if nobody knows."""
        before, self._before = self._before, None
        self.stop()
        return before

    def stop(self) -> None:
        """Search for nothing, and mark nothing."""
        was = self.asked is not None
        self.pause()
        self.asked = self.marker = self._count = None
        self._filter.count_hits(None)
        self._tell()
        if was:
            self.marked.emit()

    def settled(self) -> bool:
        """Whether all has been looked for and counted."""
        timers = (self._counting, self._filling, self._widening)
        return not (self._looking or any(timer.isActive() for timer in timers))

    def pause(self) -> None:
        """Neither look nor count on."""
        self._counting.stop()
        self._filling.stop()
        self._widening.stop()

    def follow(self, changes: Changes) -> None:
        """Count anew in a pause, if these changes may have changed what is found, or in which states that is."""
        if self.asked is not None and changes.touches("conversation", "message", "label", "conversation_label"):
            self._count = None
            self._counting.start()

    # --- in the pauses of typing

    def _fill(self) -> None:
        """Go on looking while few rows are in sight: each look takes a few milliseconds, whatever is found."""
        if self.asked is None or self._model.rowCount() >= _ROWS_IN_SIGHT:
            return
        if self._model.canFetchMore(QModelIndex()):
            self._model.fetchMore(QModelIndex())
            self._filling.start()

    def _widen(self) -> None:
        """Search in other forms of the words too; which there are is found out on a thread of its own."""
        asked, desk = self.asked, self._bench.search
        if asked is None or asked.problem or asked.is_empty:
            return
        if self._looking:
            self._again = True
            return
        self._looking = True
        looking = Working(lambda _progress, _stop: (asked, desk.widened(asked)), "word-forms")
        looking.finished.connect(self._show_wider)
        looking.failed.connect(lambda _why: self._stop_looking())
        looking.start()

    def _stop_looking(self) -> None:
        """Look again if other words were typed meanwhile."""
        self._looking = False
        if self._again:
            self._again = False
            self._widening.start()

    def _show_wider(self, found: tuple[Asked, Asked]) -> None:
        """List what was found in other forms too, if that is more, and the search is still the same."""
        self._stop_looking()
        asked, wider = found
        if asked is not self.asked or wider == asked or not self._finds_more(asked, wider):
            return
        self._list(wider)
        self._filling.start()
        self._counting.start()
        self.marked.emit()

    def _finds_more(self, asked: Asked, wider: Asked) -> bool:
        """Whether the first page has other hits then: else what is listed stays as it is."""
        both = (Find(self._bench, one, self._filter.query)(None) for one in (asked, wider))
        one, other = ([hit.message_id for hit in page.hits] for page in both)
        return one != other

    def _count_on(self) -> None:
        """Count some more hits, in all states: the switch shows how many conversations are in each."""
        if self.asked is None or self.asked.problem or self.asked.is_empty:
            return
        everywhere = search_filter(self._filter.query._replace(state="all"))
        self._count = self._bench.search.count(self.asked, everywhere, self._count, _COUNTED_AT_ONCE)
        if not self._count.over:
            self._counting.setInterval(0)
            self._counting.start()
            return
        self._counting.setInterval(_COUNT_DELAY_MS)
        self._filter.count_hits(self._count)
        self._tell()

    def _tell(self) -> None:
        state = search_filter(self._filter.query).state
        words = "" if self.asked is None else in_words(self.asked, self._count, state, text.number)
        self.line.setText(words)
        self.line.setVisible(bool(words))
        self.told.emit(words)
