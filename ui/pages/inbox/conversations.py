"""The list pane of the inbox: title, search, state switch, filter, and rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.base import clock
from app.base.words import N_
from app.inbox import Query
from app.search import Filter, Hit
from ui.look import fonts, text
from ui.look.text import tr
from ui.pages.inbox.conversation_delegate import ConversationDelegate
from ui.pages.inbox.conversation_model import ConversationModel
from ui.pages.inbox.filter_menu import FilterMenu
from ui.pages.inbox.marks import Marks
from ui.widgets.buttons import IconButton, LinkButton
from ui.widgets.labels import Label
from ui.widgets.panels import EmptyState, only_first
from ui.widgets.rowview import RowView
from ui.widgets.search import SearchField
from ui.widgets.segments import SegmentSwitch

if TYPE_CHECKING:
    from app.store.changes import Changes
    from app.workbench import Workbench

_OPEN_DELAY_MS = 150
_STATE_TIPS = {
    "needs_me": N_("People waiting for your reply; a reply that is scheduled or still to be posted counts as given"),
    "waiting": N_("You wrote last, or your reply is scheduled or still to be sent or posted"),
}
"""Tooltips of the switch's states that need explaining."""
LIST_WIDE = 320
"""The pane's initial width in pixels, at the default text size."""


class Rows(RowView):
    """The list's rows; several can be marked."""

    _marking = False  # Qt calls selectionCommand before __init__ has set `marks`

    def __init__(self, model: ConversationModel, delegate: ConversationDelegate) -> None:
        """Take the row height from the delegate."""
        super().__init__(tr("Conversations"), delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setModel(model)
        self.marks = Marks(self, model.id_at)
        self._marking = True

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Moving by key leaves the marks alone."""
        if self._marking and self.marks.on and (event is None or event.type() == QEvent.Type.KeyPress):
            return QItemSelectionModel.SelectionFlag.NoUpdate
        return super().selectionCommand(index, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A plain click selects one row and ends marking."""
        if not event.modifiers():
            self.marks.forget()
        super().mousePressEvent(event)


class ConversationList(QWidget):
    """The whole pane; `chosen` carries the id of the conversation to open ("" for none)."""

    chosen = Signal(str)

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        """Start with the conversations that need a reply."""
        super().__init__(parent)
        self._bench = bench
        self._query = Query()
        self._chosen_id: int | None = None
        self._post = ""
        self._kept_open: tuple[int, int] | None = None
        self.model = ConversationModel(bench)
        self.delegate = ConversationDelegate()
        self._apply_settings()
        self.rows = Rows(self.model, self.delegate)
        self.marks = self.rows.marks
        self.search = SearchField(tr("Search all messages"), "/")
        self.switch = SegmentSwitch(
            [("needs_me", tr("Unanswered")), ("waiting", tr("Waiting")), ("all", tr("All"))],
            "needs_me",
            tr("Which conversations"),
        )
        self.title = Label(tr("Inbox"), "title")
        self.unmark = LinkButton(tr("Clear (Esc)"))
        self.unmark.hide()
        for key, words in _STATE_TIPS.items():
            self.switch.set_tip(key, tr(words))
        self.filter = IconButton("list-filter", tr("Filter by channel, label or state"))
        self.note = LinkButton("")
        self.note.hide()
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.rows)
        self._lay_out()
        self._search_timer = QTimer(self)
        self._search_timer.setSingleShot(True)
        self._search_timer.setInterval(0)
        self._search_timer.timeout.connect(self._search)
        self._delay_opening = False
        self._open_timer = QTimer(self)  # hits are listed while typing, but opened only after a pause
        self._open_timer.setSingleShot(True)
        self._open_timer.setInterval(_OPEN_DELAY_MS)
        self._open_timer.timeout.connect(self._open_current)
        self.search.textChanged.connect(self._typed)
        self.search.left.connect(self.focus_rows)
        self.search.below.connect(self.focus_rows)
        self.search.returnPressed.connect(self.focus_rows)
        self.switch.chosen.connect(self.show_state)
        self.filter.clicked.connect(self._open_filter)
        self.note.clicked.connect(self.clear_filter)
        self.unmark.clicked.connect(self.marks.clear)
        self.marks.changed.connect(self._show_marked_count)
        self.rows.selectionModel().currentRowChanged.connect(self._current)
        self.model.modelReset.connect(self._show_rows_or_empty)
        self.reload()

    def settle(self) -> None:
        """Apply changed settings: row height and the target for waiting times."""
        if self._apply_settings():
            self.rows.fit()
            self.rows.viewport().update()

    def _apply_settings(self) -> bool:
        settings, delegate = self._bench.settings, self.delegate
        before = delegate.compact, delegate.target_hours
        delegate.compact, delegate.target_hours = bool(settings.get("compact")), settings.number("answer_hours")
        return before != (delegate.compact, delegate.target_hours)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 12, 0)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.unmark)
        head.addWidget(self.filter)
        column.addLayout(head)
        middle = QVBoxLayout()
        middle.setContentsMargins(16, 8, 16, 8)
        middle.setSpacing(8)
        middle.addWidget(self.search)
        middle.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignLeft)
        middle.addWidget(self.note, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(middle)
        column.addWidget(self._pages, 1)

    def reload(self) -> None:
        """Reload the query and select its first conversation."""
        self._tick()
        self.marks.forget()
        self.model.show(self._query)
        self.count()
        self.select_place(0)
        self.marks.look()

    def _tick(self) -> None:
        self.model.now = self.delegate.now = clock.now()

    def tick(self) -> None:
        """Repaint the waiting times; called every minute."""
        self._tick()
        self.rows.viewport().update()

    def count(self) -> None:
        """Update the counts on the switch."""
        counts = self._bench.inbox.counts(self._query.account_id)
        self.switch.set_counts({"needs_me": counts["needs_me"], "waiting": counts["waiting"]})

    def show_state(self, state: str) -> None:
        """Show the conversations of one state."""
        self._query = Query(state, self._query.account_id, self._query.label, beside=self._query.beside)
        if self.search.text():
            self._search()
        else:
            self.reload()
        self._show_filter()
        self.focus_rows()

    def show_beside(self, number: int, post: str) -> None:
        """List the conversations under the same post as this one, which stays current. `post` is the post's title."""
        self._end_search()
        self._query, self._post = Query("all", beside=number), post
        self.switch.set_current("all")
        self._tick()
        self.model.show(self._query)
        self._show_filter()
        if not self.select_id(number):
            self.select_place(0)
        self.marks.look()
        self.focus_rows()

    def refresh(self, changes: Changes) -> None:
        """Reload what changed, keeping the current row and the marks."""
        current, place = self.current_id(), self.current_place()
        self._tick()
        if self.search.text():
            self.rows.viewport().update()
        marked = self.marks.ids()
        blocked = self.rows.selectionModel().blockSignals(True)
        moved = self.model.refresh(changes)
        found = self.model.place_of(current) if moved and current is not None else None
        if found is not None:
            self._select(found)
        if moved and marked:
            self.marks.put_back(at for number in marked if (at := self.model.place_of(number)) is not None)
        self.rows.selectionModel().blockSignals(blocked)
        self.marks.look()
        if self._is_open_outside():
            self.marks.look()
            self.count()
            return
        if self._kept_open is not None and self.current_id() != self._kept_open[0]:  # it is in the list again
            self.select_id(self._kept_open[0])
        if moved and (current is None or self.model.place_of(current) is None):
            self.select_place(min(place, self.model.rowCount() - 1), keep=True)
        if (
            self.current_id() != self._chosen_id
        ):  # Qt selects a row by itself when rows are inserted into a focused list
            self._choose(self.current_id())
        self.count()

    def keep_open(self, number: int) -> None:
        """Keep the current conversation open if it leaves the list, as after a reply; steps continue from its row."""
        if self.current_id() == number:
            self._kept_open = (number, self.current_place())

    def open_outside(self, number: int) -> None:
        """Mark a conversation outside this list as the open one: no row is current, and refreshes don't replace it."""
        self._open_timer.stop()
        self._chosen_id, self._kept_open = number, (number, self.current_place())
        self._is_open_outside()

    def go_on(self) -> None:
        """Leave the conversation that was kept open and select the row that took its place."""
        if self._kept_open is not None:
            place, self._kept_open = self._kept_open[1], None
            if not self.rows.currentIndex().isValid():
                self.select_place(min(place, self.model.rowCount() - 1))

    def _is_open_outside(self) -> bool:
        """Whether the open conversation is kept although it is not in the list; if so, clear the current row."""
        if self._kept_open is None or self.model.place_of(self._kept_open[0]) is not None:
            return False
        selected = self.rows.selectionModel()
        was = self.rows.currentIndex().isValid() or selected.hasSelection()
        blocked = selected.blockSignals(True)
        # even if no row is current: otherwise Qt selects the first row on focus in (observed)
        self.rows.setCurrentIndex(QModelIndex())
        self.rows.clearSelection()
        selected.blockSignals(blocked)
        if was:
            self.rows.viewport().update()
        return True

    def current_place(self) -> int:
        """The current row; 0 if there is none."""
        return max(0, self.rows.currentIndex().row())

    def current_id(self) -> int | None:
        """The id of the conversation in the current row; None if there is none."""
        return self.model.id_at(self.rows.currentIndex().row())

    def select_place(self, place: int, *, keep: bool = False) -> None:
        """Make a row current; in an empty list choose none. `keep` leaves the marks as they are."""
        if 0 <= place < self.model.rowCount():
            self._select(place, keep=keep)
        elif not self.model.rowCount():
            self._choose(None)

    def _select(self, place: int, *, keep: bool = False) -> None:
        index = self.model.index(place, 0)
        flags = QItemSelectionModel.SelectionFlag
        marking = keep and self.marks.on
        if not marking:
            self.marks.forget()
        self.rows.selectionModel().setCurrentIndex(
            index, flags.NoUpdate if marking else flags.ClearAndSelect | flags.Rows
        )
        self.rows.scrollTo(index)

    def select_id(self, number: int, *, keep: bool = False) -> bool:
        """Make a conversation current; False if it is not among the fetched rows."""
        place = self.model.place_of(number)
        if place is None:
            return False
        self._select(place, keep=keep)
        return True

    def show_waiting(self, number: int) -> None:
        """Select a conversation that needs a reply; if it is not listed, clear search and filter to find it."""
        if self.select_id(number, keep=True):
            return
        self._end_search()
        self.clear_filter()
        while not self.select_id(number) and self.model.canFetchMore(QModelIndex()):
            self.model.fetchMore(QModelIndex())

    def _end_search(self) -> None:
        """Clear the search field without starting another search."""
        blocked = self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(blocked)
        self._search_timer.stop()

    def takes(self, number: int) -> bool:
        """Whether a conversation is now in the state, and has the label, that this list shows."""
        state, label = self._query.state, self._query.label
        inbox = self._bench.inbox
        return state in ("all", inbox.row(number).state) and (not label or label in inbox.labels(number))

    def catch_up(self, number: int) -> bool:
        """Reload the list for a conversation that has just arrived and select it; False if it does not belong there."""
        if self.search.text() or not self.takes(number):
            return False
        blocked = self.rows.selectionModel().blockSignals(True)
        self.model.show(self._query)
        self.rows.selectionModel().blockSignals(blocked)
        self.marks.look()
        return self.select_id(number)

    def step(self, by: int) -> None:
        """Move so many rows down (or up, if negative)."""
        place = self.rows.currentIndex().row() + by
        if self._kept_open is not None and not self.rows.currentIndex().isValid():
            place = self._kept_open[1] + min(by, 0)
        if place >= self.model.rowCount() and self.model.canFetchMore(QModelIndex()):
            self.model.fetchMore(QModelIndex())
        self.select_place(place, keep=True)

    def _show_marked_count(self, count: int) -> None:
        """Show the number of marked conversations in place of the title."""
        words = tr("{count} selected").format(count=text.number(count)) if count else tr("Inbox")
        self.title.setText(words)
        self.delegate.marking = bool(count)
        self.unmark.setVisible(bool(count))
        if count:
            from ui.widgets.toast import speak  # noqa: PLC0415  not needed for the first paint

            speak(self.rows, words)

    def focus_rows(self) -> None:
        """Focus the rows, opening at once what a pause in typing would have opened."""
        if self._open_timer.isActive():
            self._open_current()
        self.rows.setFocus()

    def focus_search(self) -> None:
        """Focus the search field and select its text."""
        self.search.setFocus()
        self.search.selectAll()

    def search_for(self, words: str) -> None:
        """Search all conversations for these words, with the filter cleared."""
        self._query = Query()
        self.switch.set_current("needs_me")
        self._show_filter()
        self._end_search()
        blocked = self.search.blockSignals(True)
        self.search.setText(words)
        self.search.blockSignals(blocked)
        self._search()

    def _current(self, current: QModelIndex, _before: QModelIndex) -> None:
        self._choose(self.model.id_at(current.row()))

    def _open_current(self) -> None:
        """Open the current conversation, if that was delayed while typing."""
        self._open_timer.stop()
        self._choose(self.current_id())

    def _choose(self, number: int | None) -> None:
        if self._delay_opening and number is not None:
            self._open_timer.start()
            return
        self._open_timer.stop()
        self._chosen_id, self._kept_open = number, None
        self.chosen.emit("" if number is None else str(number))

    def _typed(self, _words: str) -> None:
        self._search_timer.start()

    def _search(self) -> None:
        words = self.search.text()
        if not words.strip():
            self.reload()
            return
        state = "" if self._query.state in ("all", "needs_me") else self._query.state
        wanted = Filter(account_id=self._query.account_id, state=state, label=self._query.label)
        self._tick()
        self._delay_opening = True
        self.model.show_found(_Find(self._bench, words, wanted), words)
        self.select_place(0)
        self.marks.look()
        self._delay_opening = False

    def _open_filter(self) -> None:
        menu = FilterMenu(self._bench, self._query, self)
        menu.chosen.connect(self.filter_by)
        menu.exec(self.filter.mapToGlobal(self.filter.rect().bottomLeft()))
        menu.deleteLater()

    def filter_by(self, query: Query) -> None:
        """Show what the query asks for."""
        self._query = query
        self.show_state(query.state)

    def clear_filter(self) -> None:
        """Show the conversations that need a reply again, of all channels and labels."""
        self._query = Query()
        self.switch.set_current("needs_me")
        self.show_state("needs_me")

    def _show_filter(self) -> None:
        query = self._query
        parts = [{"snoozed": tr("Snoozed"), "done": tr("Done"), "quiet": tr("Quiet")}.get(query.state, "")]
        parts.append(next((name for number, name in self._bench.inbox.accounts() if number == query.account_id), ""))
        parts.append(query.label)
        if query.beside is not None:
            post = text.elide(text.plain(self._post), self.note.fontMetrics(), fonts.px(130))
            parts.append(tr("on “{title}”").format(title=text.isolate(post)))
        words = ", ".join(part for part in parts if part)
        self.note.set_title(tr("{filters} – show all").format(filters=text.isolate(words)))
        self.note.setVisible(bool(words))

    def _show_rows_or_empty(self) -> None:
        """Show the rows, or the empty state if there are none."""
        if self.model.rowCount():
            self._pages.setCurrentIndex(0)
            return
        only_first(self._pages)
        self._pages.addWidget(self._empty())
        self._pages.setCurrentIndex(1)

    def _empty(self) -> EmptyState:
        if self.search.text().strip():
            return EmptyState("search", tr("No messages found."), tr("Clear search"), self.search.clear)
        query = self._query
        if self.note.isVisible() or query.account_id is not None or query.label or query.beside is not None:
            return EmptyState(
                "list-filter", tr("No conversations match this filter."), tr("Show all"), self.clear_filter
            )
        if self._query.state == "needs_me":
            waiting = self._bench.inbox.counts()["waiting"]
            more = tr("{count} waiting for members to answer.").format(count=waiting) if waiting else ""
            return EmptyState("check-check", tr("You're all caught up."), more=more)
        return EmptyState("inbox", tr("Conversations appear here once messages arrive."))


class _Find:
    """Reads the hits of a search, a page at a time."""

    def __init__(self, bench: Workbench, words: str, wanted: Filter) -> None:
        self._bench, self._words, self._wanted = bench, words, wanted

    def __call__(self, before: int | None) -> list[Hit]:
        return self._bench.search.messages(self._words, self._wanted, before=before)
