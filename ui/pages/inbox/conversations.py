"""The list pane of the inbox: its head, the search field, what it shows (`filter`), and the rows."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base import clock
from app.base.errors import NotFoundError
from ui.look import text
from ui.look.text import tr
from ui.pages.inbox.about import marked_words
from ui.pages.inbox.conversation_delegate import ConversationDelegate
from ui.pages.inbox.conversation_model import ConversationModel
from ui.pages.inbox.list_filter import ListFilter
from ui.pages.inbox.list_head import ListHead
from ui.pages.inbox.list_search import ListSearch
from ui.pages.inbox.nothing import has_conversations, nobody_waits
from ui.pages.inbox.opening import Opening
from ui.pages.inbox.rows import Rows
from ui.pages.inbox.searching import Place, Searching
from ui.pages.inbox.stack_chip import StackChip
from ui.widgets.panels import EmptyState, only_first
from ui.widgets.stack import Stack

if TYPE_CHECKING:
    from app.inbox.views import View
    from app.store.changes import Changes
    from app.workbench import Workbench
    from ui.shared.mark_bar import MarkBar
    from ui.widgets.buttons import Runner

_FOR_ALL = ("done", "snooze", "labels", "handoff")
"""The commands that the bar offers for all that are marked."""


def _selected(count: int) -> str:
    return text.counted(count, "{count} conversation selected", "{count} conversations selected")


class ConversationList(QWidget):
    """The whole pane; `chosen` carries the id of the conversation to open ("" for none)."""

    chosen = Signal(str)

    def __init__(self, bench: Workbench, runner: Runner, parent: QWidget | None = None) -> None:
        """Start with the conversations that need a reply. `runner` runs the commands on those that are marked."""
        super().__init__(parent)
        self._bench, self._runner = bench, runner
        self._bar: MarkBar | None = None
        self.model = ConversationModel(bench)
        self.delegate = ConversationDelegate()
        self.delegate.settle(bench.settings)
        self.rows = Rows(self.model, self.delegate)
        self.marks = self.rows.marks
        self.opening = Opening(self.rows, self.model)
        self.search, self.filter = ListSearch(bench, self), ListFilter(bench, self)
        self.searching = Searching(bench, self.model, self.filter)
        self.head = ListHead(self.filter.button)
        self.stack = StackChip(bench)
        self._pages = Stack(self)
        self._pages.addWidget(self.rows)
        self._lay_out()
        self._connect()
        self.reload()

    def _lay_out(self) -> None:
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.head)
        middle = QVBoxLayout()
        middle.setContentsMargins(16, 8, 16, 8)
        middle.setSpacing(8)
        middle.addWidget(self.search.field)
        middle.addWidget(self.search.suggestions)
        middle.addWidget(self.searching.line)
        middle.addWidget(self.filter.switch, 0, Qt.AlignmentFlag.AlignLeft)
        middle.addWidget(self.filter.note, 0, Qt.AlignmentFlag.AlignLeft)
        middle.addWidget(self.stack, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(middle)
        column.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.search.changed.connect(self._search)
        self.search.left.connect(self.focus_rows)
        self.search.ended.connect(self.end_search)
        self.search.field.entered.connect(self._search_begins)
        self.searching.marked.connect(self._mark_hits)
        self.filter.changed.connect(self._filter_changed)
        self.filter.button.clicked.connect(self._open_filter)
        self.head.unmark.clicked.connect(self.marks.clear)
        self.stack.opened.connect(self.show_waiting)
        self.marks.changed.connect(self._show_marked_count)
        self.opening.chosen.connect(self.chosen)
        self.model.modelReset.connect(self._show_rows_or_empty)
        self.model.rowsInserted.connect(self._more_rows)

    # --- what it shows

    def settle(self) -> None:
        """Apply changed settings: row height, and what is late by now."""
        if self.delegate.settle(self._bench.settings):
            self.rows.fit()
        self.tick()

    def reload(self) -> None:
        """Reload the query and select its first conversation."""
        self._tick()
        with self.marks.kept():
            self.searching.stop()
            self.model.show(self.filter.query)
            self.filter.count()
            self.opening.select_place(0, keep=True)
        self.marks.look()
        self.stack.start()

    def _tick(self) -> None:
        self.model.now = self.delegate.now = clock.now()
        self.delegate.lateness = self._bench.blocks.lateness(self.delegate.now)

    def tick(self) -> None:
        """Repaint the waiting times; called every minute."""
        self._tick()
        self.rows.viewport().update()

    def refresh(self, changes: Changes) -> None:
        """Reload what changed, keeping the current row and the marks."""
        widened = changes.touches("label") and self.filter.follow_labels()
        current, place = self.rows.current_id(), self.opening.place()
        self._tick()
        self.stack.follow(changes)
        if self.search.words():
            self.rows.viewport().update()
        self.searching.follow(changes)
        with self.rows.silent(), self.marks.kept(self._belongs):
            moved = self._list_anew(current) if widened else self.model.refresh(changes)
            if moved and current is not None:
                self.rows.select_id(current, keep=True)
        self.marks.look()
        if self.opening.stays_outside():
            self.marks.look()
        else:
            self.opening.follow(current, place, moved=moved)
        self.filter.count()

    def _list_anew(self, current: int | None) -> bool:
        """List what the filter takes now; the current conversation stays open, if it is among the first rows or not."""
        if current is not None:
            self.opening.keep_open(current)
        if self.searching.asked is None:
            self.model.show(self.filter.query)
        else:
            self.searching.show(self.search.words())
        return True

    def _belongs(self, number: int) -> bool:
        """Whether a conversation is in this list, if perhaps below what has been fetched of it."""
        with suppress(NotFoundError):
            return self.filter.takes(number)
        return False

    def show_beside(self, number: int, post: str) -> None:
        """List the conversations under the same post as this one, which stays current. `post` is the post's title."""
        self._forget_search()
        self.filter.show_beside(number, post)
        self._tick()
        self.model.show(self.filter.query)
        if not self.select_id(number):
            self.opening.select_place(0)
        self.marks.look()
        self.focus_rows()

    def show_waiting(self, number: int) -> None:
        """Select a conversation that needs a reply; if it is not listed, clear search and filter to find it."""
        if self.select_id(number, keep=True):
            return
        self._forget_search()
        self.filter.clear()
        while not self.select_id(number) and self.model.canFetchMore(QModelIndex()):
            self.model.fetchMore(QModelIndex())

    def catch_up(self, number: int) -> bool:
        """Reload the list for a conversation that has just arrived and select it; False if it does not belong there."""
        if self.search.words() or not self.filter.takes(number):
            return False
        with self.rows.silent():
            self.model.show(self.filter.query)
        self.marks.look()
        return self.select_id(number)

    def search_for(self, words: str) -> None:
        """Search all conversations for these words, with the filter cleared."""
        self._search_begins()
        self.filter.reset()
        self.filter.widen()
        self.search.put(words)
        self._search()

    def narrow(self, words: str) -> None:
        """List what these words find in the state that is shown: the filter has put an operator in, or out."""
        self._search_begins()
        self.search.put(words)
        self.filter.changed.emit()

    def _open_filter(self) -> None:
        from ui.pages.inbox.filter_picker import FilterPicker  # noqa: PLC0415  at its first use

        FilterPicker(self._bench, self).open()

    def show_view(self, view: View) -> None:
        """Show what a saved view lists; where that is a search, Esc leads back from it as from any."""
        if view.words.strip():
            self._search_begins()
        else:
            self.searching.end()
        self.search.put(view.words)
        self.filter.show_view(view.query)

    def end_search(self) -> bool:
        """Search for nothing, and go back to where the person was before; False if nothing is searched for."""
        was = bool(self.search.words())
        self.search.put("")
        self._go_back(self.searching.end(), reload=was)
        self.focus_rows()
        return was

    def _go_back(self, before: Place | None, *, reload: bool = True) -> None:
        """List again what was listed before a search, and select what was current."""
        if before is None or not reload:
            return
        self.filter.put(before.query)
        with self.marks.kept():
            with self.rows.silent():
                self._tick()
                self.model.show(self.filter.query)
                self.filter.count()
            if before.current is None or not self.select_id(before.current, keep=True):
                self.opening.select_place(0, keep=True)
        self.marks.look()

    def _search_begins(self) -> None:
        if not self.search.words():
            self.searching.begin(self.current_id())

    def _forget_search(self) -> None:
        self.search.put("")
        self.searching.end()

    def _mark_hits(self) -> None:
        self.delegate.marker = self.searching.marker
        self.rows.viewport().update()

    def _search(self) -> None:
        if self.searching.asks_nothing(self.search.words()):
            before = self.searching.end()
            if before is None:
                self.reload()
            else:
                self._go_back(before)
            return
        self.searching.begin(self.current_id())
        self.searching.widen()
        self._list_found()

    def _list_found(self) -> None:
        self._tick()
        with self.opening.delayed(), self.marks.kept():
            self.searching.show(self.search.words())
            self.opening.select_place(0, keep=True)
        self.marks.look()

    def _filter_changed(self) -> None:
        """List what was asked for: in a search, what is found of it; without one, there is nothing to go back to."""
        self.marks.clear()  # another list: what was marked in this one would be out of sight
        if self.searching.asks_nothing(self.search.words()):
            self.searching.end()
            self.reload()
        else:
            self._list_found()
        self.focus_rows()

    def title(self) -> str:
        """What the list shows, in words: its state, what else narrows it, and what is searched for."""
        words = self.search.words().strip()
        shown = self.filter.title()
        return tr("{list}: “{words}”").format(list=shown, words=text.isolate(words)) if words else shown

    # --- the current row

    def current_id(self) -> int | None:
        """The id of the conversation in the current row; None if there is none."""
        return self.rows.current_id()

    def select_id(self, number: int, *, keep: bool = False) -> bool:
        """Make a conversation current; False if it is not among the fetched rows. `keep` leaves the marks alone."""
        return self.rows.select_id(number, keep=keep)

    def step(self, by: int) -> None:
        """Move so many rows down (or up, if negative)."""
        self.opening.step(by)

    def keep_open(self, number: int) -> None:
        """Keep the current conversation open if it leaves the list, as after a reply; steps continue from its row."""
        self.opening.keep_open(number)

    def open_outside(self, number: int) -> None:
        """Mark a conversation outside this list as the open one: no row is current, and refreshes don't replace it."""
        self.opening.open_outside(number)

    def go_on(self) -> None:
        """Leave the conversation that was kept open and select the row that took its place."""
        self.opening.go_on()

    def focus_rows(self) -> None:
        """Focus the rows, opening at once what a pause in typing would have opened."""
        self.opening.hurry()
        self.rows.setFocus()

    def focus_search(self) -> None:
        """Focus the search field and select its text."""
        self.search.focus()

    def toggle_mark(self) -> None:
        """Mark the current conversation, or no longer; a screen reader hears which, and how many are marked now."""
        self.marks.toggle()
        if not self.marks.on and self.model.row_at(self.rows.place()) is not None:
            self._say_mark(0)

    def _say_mark(self, count: int) -> None:
        from ui.widgets.toast import speak  # noqa: PLC0415  not needed for the first paint

        row = self.model.row_at(self.rows.place())
        if row is not None:
            speak(self.rows, text.plain(marked_words(row, count, marked=row.id in self.marks.ids())))

    def _show_marked_count(self, count: int) -> None:
        self.head.show_marked_count(count)
        self.delegate.marking = bool(count)
        if self._bar is None and count:
            from ui.shared.mark_bar import MarkBar  # noqa: PLC0415  at its first use

            self._bar = MarkBar(self._runner, _FOR_ALL, _selected)
            self._column.addWidget(self._bar)
        if self._bar is not None:
            self._bar.show_count(count, self.marks.away)
        if count:
            self._say_mark(count)

    def _more_rows(self, _parent: QModelIndex, first: int, _last: int) -> None:
        """The first hits of a search that were not found at the first look."""
        if first == 0:
            self._show_rows_or_empty()
            with self.opening.delayed():
                self.opening.select_place(0, keep=True)

    def _show_rows_or_empty(self) -> None:
        """Show the rows, or the empty state if there are none."""
        if self.model.rowCount():
            self._pages.setCurrentIndex(0)
            return
        only_first(self._pages)
        self._pages.addWidget(_empty(self._bench, self))
        self._pages.setCurrentIndex(1)


def _empty(bench: Workbench, there: ConversationList) -> EmptyState:
    """Why there are no rows, with a way out if there is one."""
    shown = there.filter
    if there.search.words().strip():
        asked = there.searching.asked
        if asked is not None and asked.problem:
            return EmptyState("search", asked.problem, tr("Clear search"), there.end_search)
        more = tr("Fewer words find more. from:, label: and before: are some of what narrows a search.")
        return EmptyState("search", tr("No messages found."), tr("Clear search"), there.end_search, more)
    if shown.narrows():
        return EmptyState("list-filter", tr("No conversations match this filter."), tr("Show all"), shown.clear)
    if shown.query.state == "needs_me" and has_conversations(bench):
        return nobody_waits(bench.inbox.counts())
    return EmptyState("inbox", tr("Conversations appear here once messages arrive."))
