"""The list pane of the inbox: title, search, states, filter, and the rows."""

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

_PAUSE_MS = 150
_STATES = {
    "needs_me": N_("People waiting for your reply; a reply that is scheduled or still to be posted counts as given"),
    "waiting": N_("You wrote last, or your reply is scheduled or still to be sent or posted"),
}
"""What a state of the switch means, where that is not told by its name."""
LIST_WIDE = 320
"""The pane's width to start with, at the usual text size."""


class Rows(RowView):
    """The rows, of which several can be marked."""

    _marking = False  # Qt asks for the selection before there is one

    def __init__(self, model: ConversationModel, delegate: ConversationDelegate) -> None:
        """Rows are as tall as the delegate says, at any text size."""
        super().__init__(tr("Conversations"), delegate, delegate.height())
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setModel(model)
        self.marks = Marks(self, model.id_at)
        self._marking = True

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Keys that move leave the marks alone."""
        if self._marking and self.marks.on and (event is None or event.type() == QEvent.Type.KeyPress):
            return QItemSelectionModel.SelectionFlag.NoUpdate
        return super().selectionCommand(index, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A plain click is for one row alone."""
        if not event.modifiers():
            self.marks.forget()
        super().mousePressEvent(event)


class ConversationList(QWidget):
    """The whole pane; `chosen` tells which conversation to open ("" for none)."""

    chosen = Signal(str)

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        """Show who needs me."""
        super().__init__(parent)
        self._bench = bench
        self._query = Query()
        self._told: int | None = None
        self._post = ""
        self._stays: tuple[int, int] | None = None
        self.model = ConversationModel(bench)
        self.delegate = ConversationDelegate()
        self._take_settings()
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
        for key, words in _STATES.items():
            self.switch.set_tip(key, tr(words))
        self.filter = IconButton("list-filter", tr("Filter by channel, label or state"))
        self.note = LinkButton("")
        self.note.hide()
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.rows)
        self._lay_out()
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(0)
        self._asking.timeout.connect(self._ask)
        self._waits = False
        self._opening = QTimer(self)  # while somebody types, what is found is listed at once and opened when they pause
        self._opening.setSingleShot(True)
        self._opening.setInterval(_PAUSE_MS)
        self._opening.timeout.connect(self._open_current)
        self.search.textChanged.connect(self._typed)
        self.search.left.connect(self.focus_rows)
        self.search.below.connect(self.focus_rows)
        self.search.returnPressed.connect(self.focus_rows)
        self.switch.chosen.connect(self.show_state)
        self.filter.clicked.connect(self._open_filter)
        self.note.clicked.connect(self.clear_filter)
        self.unmark.clicked.connect(self.marks.clear)
        self.marks.changed.connect(self._say_marked)
        self.rows.selectionModel().currentRowChanged.connect(self._current)
        self.model.modelReset.connect(self._shape)
        self.reload()

    def settle(self) -> None:
        """The settings may be others by now: rows and waiting times follow them."""
        if self._take_settings():
            self.rows.fit()
            self.rows.viewport().update()

    def _take_settings(self) -> bool:
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
        """Show the query from the top, on its first conversation."""
        self._tick()
        self.marks.forget()
        self.model.show(self._query)
        self.count()
        self.select_place(0)
        self.marks.look()

    def _tick(self) -> None:
        self.model.now = self.delegate.now = clock.now()

    def tick(self) -> None:
        """A minute has passed: the waiting times move on."""
        self._tick()
        self.rows.viewport().update()

    def count(self) -> None:
        """Show how many there are in each state."""
        counts = self._bench.inbox.counts(self._query.account_id)
        self.switch.set_counts({"needs_me": counts["needs_me"], "waiting": counts["waiting"]})

    def show_state(self, state: str) -> None:
        """Show the conversations of one state."""
        self._query = Query(state, self._query.account_id, self._query.label, beside=self._query.beside)
        if self.search.text():
            self._ask()
        else:
            self.reload()
        self._say_filter()
        self.focus_rows()

    def show_beside(self, number: int, post: str) -> None:
        """Show what was said under the same post as a conversation, which stays the current one."""
        self._end_search()
        self._query, self._post = Query("all", beside=number), post
        self.switch.set_current("all")
        self._tick()
        self.model.show(self._query)
        self._say_filter()
        if not self.select_id(number):
            self.select_place(0)
        self.marks.look()
        self.focus_rows()

    def refresh(self, changes: Changes) -> None:
        """Read again what changed, keeping the place."""
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
            self.marks.put_back(at for one in marked if (at := self.model.place_of(one)) is not None)
        self.rows.selectionModel().blockSignals(blocked)
        self.marks.look()
        if self._left_open():
            self.marks.look()
            self.count()
            return
        if self._stays is not None and self.current_id() != self._stays[0]:  # it has come back
            self.select_id(self._stays[0])
        if moved and (current is None or self.model.place_of(current) is None):
            self.select_place(min(place, self.model.rowCount() - 1), keep=True)
        if self.current_id() != self._told:  # Qt chooses a row by itself when rows come to a list that has the focus
            self._tell(self.current_id())
        self.count()

    def keep_open(self, number: int) -> None:
        """Let this conversation stay open when it leaves the list, as after an answer; steps go on from its place."""
        if self.current_id() == number:
            self._stays = (number, self.current_place())

    def open_outside(self, number: int) -> None:
        """What is open is not in this list: no row is the current one, and news in the list changes nothing of it."""
        self._opening.stop()
        self._told, self._stays = number, (number, self.current_place())
        self._left_open()

    def go_on(self) -> None:
        """What stayed open has been dealt with: open what took its place in the list."""
        if self._stays is not None:
            place, self._stays = self._stays[1], None
            if not self.rows.currentIndex().isValid():
                self.select_place(min(place, self.model.rowCount() - 1))

    def _left_open(self) -> bool:
        """Whether what is open has left the list and stays all the same; then no row is the current one."""
        if self._stays is None or self.model.place_of(self._stays[0]) is not None:
            return False
        selected = self.rows.selectionModel()
        was = self.rows.currentIndex().isValid() or selected.hasSelection()
        blocked = selected.blockSignals(True)
        # also where no row is: a list that was told so chooses none by itself when it gets the focus (seen)
        self.rows.setCurrentIndex(QModelIndex())
        self.rows.clearSelection()
        selected.blockSignals(blocked)
        if was:
            self.rows.viewport().update()
        return True

    def current_place(self) -> int:
        """The current row; 0 when there is none."""
        return max(0, self.rows.currentIndex().row())

    def current_id(self) -> int | None:
        """The conversation in the current row."""
        return self.model.id_at(self.rows.currentIndex().row())

    def select_place(self, place: int, *, keep: bool = False) -> None:
        """Make a row the current one; outside the list nothing is. `keep` leaves the marks as they are."""
        if 0 <= place < self.model.rowCount():
            self._select(place, keep=keep)
        elif not self.model.rowCount():
            self._tell(None)

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
        """Make a conversation the current one; False when it is not in the list that is shown."""
        place = self.model.place_of(number)
        if place is None:
            return False
        self._select(place, keep=keep)
        return True

    def show_waiting(self, number: int) -> None:
        """Make one that needs me the current one, and where it is not in the list, show all that do."""
        if self.select_id(number, keep=True):
            return
        self._end_search()
        self.clear_filter()
        while not self.select_id(number) and self.model.canFetchMore(QModelIndex()):
            self.model.fetchMore(QModelIndex())

    def _end_search(self) -> None:
        """Empty the field, and ask for nothing on that account."""
        blocked = self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(blocked)
        self._asking.stop()

    def catch_up(self, number: int) -> bool:
        """Read the list again for a conversation that has only just come in; False when it does not belong there."""
        if self.search.text() or self._query.state not in ("all", self._bench.inbox.row(number).state):
            return False
        blocked = self.rows.selectionModel().blockSignals(True)
        self.model.show(self._query)
        self.rows.selectionModel().blockSignals(blocked)
        self.marks.look()
        return self.select_id(number)

    def step(self, by: int) -> None:
        """Go some rows down or up."""
        place = self.rows.currentIndex().row() + by
        if self._stays is not None and not self.rows.currentIndex().isValid():
            place = self._stays[1] + min(by, 0)
        if place >= self.model.rowCount() and self.model.canFetchMore(QModelIndex()):
            self.model.fetchMore(QModelIndex())
        self.select_place(place, keep=True)

    def _say_marked(self, count: int) -> None:
        """How many are marked stands in the place of the title."""
        said = tr("{count} selected").format(count=text.number(count)) if count else tr("Inbox")
        self.title.setText(said)
        self.delegate.marking = bool(count)
        self.unmark.setVisible(bool(count))
        if count:
            from ui.widgets.toast import speak  # noqa: PLC0415  the first paint does without

            speak(self.rows, said)

    def has_keys(self) -> bool:
        """Whether the rows have the focus."""
        return self.rows.hasFocus()

    def focus_rows(self) -> None:
        """Give the list the keys."""
        if self._opening.isActive():
            self._open_current()
        self.rows.setFocus()

    def focus_search(self) -> None:
        """Give the search field the keys."""
        self.search.setFocus()
        self.search.selectAll()

    def search_for(self, words: str) -> None:
        """Search for these words in all there is, as if they had been typed without a filter."""
        self._query = Query()
        self.switch.set_current("needs_me")
        self._say_filter()
        self._end_search()
        blocked = self.search.blockSignals(True)
        self.search.setText(words)
        self.search.blockSignals(blocked)
        self._ask()

    def _current(self, current: QModelIndex, _before: QModelIndex) -> None:
        self._tell(self.model.id_at(current.row()))

    def _open_current(self) -> None:
        """Open what the list stands on, if that was put off while somebody typed."""
        self._opening.stop()
        self._tell(self.current_id())

    def _tell(self, number: int | None) -> None:
        if self._waits and number is not None:
            self._opening.start()
            return
        self._opening.stop()
        self._told, self._stays = number, None
        self.chosen.emit("" if number is None else str(number))

    def _typed(self, _words: str) -> None:
        self._asking.start()

    def _ask(self) -> None:
        words = self.search.text()
        if not words.strip():
            self.reload()
            return
        state = "" if self._query.state in ("all", "needs_me") else self._query.state
        wanted = Filter(account_id=self._query.account_id, state=state, label=self._query.label)
        self._tick()
        self._waits = True
        self.model.show_found(_Find(self._bench, words, wanted), words)
        self.select_place(0)
        self.marks.look()
        self._waits = False

    def _open_filter(self) -> None:
        menu = FilterMenu(self._bench, self._query, self)
        menu.chosen.connect(self._filter_by)
        menu.exec(self.filter.mapToGlobal(self.filter.rect().bottomLeft()))
        menu.deleteLater()

    def _filter_by(self, query: Query) -> None:
        self._query = query
        self.show_state(query.state)

    def clear_filter(self) -> None:
        """Show who needs me again, of all channels and labels."""
        self._query = Query()
        self.switch.set_current("needs_me")
        self.show_state("needs_me")

    def _say_filter(self) -> None:
        query = self._query
        parts = [{"snoozed": tr("Snoozed"), "done": tr("Done")}.get(query.state, "")]
        parts.append(next((name for number, name in self._bench.inbox.accounts() if number == query.account_id), ""))
        parts.append(query.label)
        if query.beside is not None:
            post = text.elide(text.plain(self._post), self.note.fontMetrics(), fonts.px(130))
            parts.append(tr("on “{title}”").format(title=text.isolate(post)))
        words = ", ".join(part for part in parts if part)
        self.note.set_title(tr("{filters} – show all").format(filters=text.isolate(words)))
        self.note.setVisible(bool(words))

    def _shape(self) -> None:
        """Rows, or what an empty list has to say."""
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
    """The hits of a search, a page at a time."""

    def __init__(self, bench: Workbench, words: str, wanted: Filter) -> None:
        self._bench, self._words, self._wanted = bench, words, wanted

    def __call__(self, before: int | None) -> list[Hit]:
        return self._bench.search.messages(self._words, self._wanted, before=before)
