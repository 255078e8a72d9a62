"""The list pane of the inbox: its head, the search field, what it shows (`filter`), and the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base import clock
from ui.look.text import tr
from ui.pages.inbox.conversation_delegate import ConversationDelegate
from ui.pages.inbox.conversation_model import ConversationModel
from ui.pages.inbox.list_filter import ListFilter
from ui.pages.inbox.list_head import ListHead
from ui.pages.inbox.list_search import Find, ListSearch
from ui.pages.inbox.nothing import has_conversations
from ui.pages.inbox.opening import Opening
from ui.pages.inbox.rows import Rows
from ui.widgets.panels import EmptyState, only_first
from ui.widgets.stack import Stack

if TYPE_CHECKING:
    from app.store.changes import Changes
    from app.workbench import Workbench

LIST_WIDE = 320
"""The pane's initial width in pixels, at the default text size."""


class ConversationList(QWidget):
    """The whole pane; `chosen` carries the id of the conversation to open ("" for none)."""

    chosen = Signal(str)

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        """Start with the conversations that need a reply."""
        super().__init__(parent)
        self._bench = bench
        self.model = ConversationModel(bench)
        self.delegate = ConversationDelegate()
        self.delegate.settle(bench.settings)
        self.rows = Rows(self.model, self.delegate)
        self.marks = self.rows.marks
        self.opening = Opening(self.rows, self.model)
        self.search, self.filter = ListSearch(self), ListFilter(bench, self)
        self.head = ListHead(self.filter.button)
        self._pages = Stack(self)
        self._pages.addWidget(self.rows)
        self._lay_out()
        self._connect()
        self.reload()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.head)
        middle = QVBoxLayout()
        middle.setContentsMargins(16, 8, 16, 8)
        middle.setSpacing(8)
        middle.addWidget(self.search.field)
        middle.addWidget(self.filter.switch, 0, Qt.AlignmentFlag.AlignLeft)
        middle.addWidget(self.filter.note, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(middle)
        column.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.search.changed.connect(self._search)
        self.search.left.connect(self.focus_rows)
        self.filter.changed.connect(self._filter_changed)
        self.head.unmark.clicked.connect(self.marks.clear)
        self.marks.changed.connect(self._show_marked_count)
        self.opening.chosen.connect(self.chosen)
        self.model.modelReset.connect(self._show_rows_or_empty)

    # --- what it shows

    def settle(self) -> None:
        """Apply changed settings: row height and the target for waiting times."""
        if self.delegate.settle(self._bench.settings):
            self.rows.fit()
            self.rows.viewport().update()

    def reload(self) -> None:
        """Reload the query and select its first conversation."""
        self._tick()
        self.marks.forget()
        self.model.show(self.filter.query)
        self.filter.count()
        self.opening.select_place(0)
        self.marks.look()

    def _tick(self) -> None:
        self.model.now = self.delegate.now = clock.now()

    def tick(self) -> None:
        """Repaint the waiting times; called every minute."""
        self._tick()
        self.rows.viewport().update()

    def refresh(self, changes: Changes) -> None:
        """Reload what changed, keeping the current row and the marks."""
        current, place = self.rows.current_id(), self.opening.place()
        self._tick()
        if self.search.words():
            self.rows.viewport().update()
        marked = self.marks.ids()
        with self.rows.silent():
            moved = self.model.refresh(changes)
            if moved and current is not None:
                self.rows.select_id(current)
            if moved and marked:
                self.marks.put_back(at for number in marked if (at := self.model.place_of(number)) is not None)
        self.marks.look()
        if self.opening.stays_outside():
            self.marks.look()
        else:
            self.opening.follow(current, place, moved=moved)
        self.filter.count()

    def show_beside(self, number: int, post: str) -> None:
        """List the conversations under the same post as this one, which stays current. `post` is the post's title."""
        self.search.put("")
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
        self.search.put("")
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
        self.filter.reset()
        self.search.put(words)
        self._search()

    def _search(self) -> None:
        words = self.search.words()
        if not words.strip():
            self.reload()
            return
        self._tick()
        with self.opening.delayed():
            self.model.show_found(Find(self._bench, words, self.filter.query), words)
            self.opening.select_place(0)
            self.marks.look()

    def _filter_changed(self) -> None:
        self._search()
        self.focus_rows()

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

    def _show_marked_count(self, count: int) -> None:
        words = self.head.show_marked_count(count)
        self.delegate.marking = bool(count)
        if count:
            from ui.widgets.toast import speak  # noqa: PLC0415  not needed for the first paint

            speak(self.rows, words)

    def _show_rows_or_empty(self) -> None:
        """Show the rows, or the empty state if there are none."""
        if self.model.rowCount():
            self._pages.setCurrentIndex(0)
            return
        only_first(self._pages)
        self._pages.addWidget(_empty(self._bench, self.search, self.filter))
        self._pages.setCurrentIndex(1)


def _empty(bench: Workbench, search: ListSearch, shown: ListFilter) -> EmptyState:
    """Why there are no rows, with a way out if there is one."""
    if search.words().strip():
        return EmptyState("search", tr("No messages found."), tr("Clear search"), search.field.clear)
    if shown.narrows():
        return EmptyState("list-filter", tr("No conversations match this filter."), tr("Show all"), shown.clear)
    if shown.query.state == "needs_me" and has_conversations(bench):
        waiting = bench.inbox.counts()["waiting"]
        more = tr("{count} waiting for members to answer.").format(count=waiting) if waiting else ""
        return EmptyState("check-check", tr("You're all caught up."), more=more)
    return EmptyState("inbox", tr("Conversations appear here once messages arrive."))
