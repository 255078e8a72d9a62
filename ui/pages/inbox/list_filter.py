"""What the inbox list shows: the switch of states, and a menu of more states, channels and labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.base.words import N_
from app.inbox import Query
from app.search import Count
from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets.buttons import ActionButton, IconButton
from ui.widgets.segments import SegmentSwitch

if TYPE_CHECKING:
    from app.workbench import Workbench


_SWITCH_STATES = ("needs_me", "waiting", "all")
_STATE_TIPS = {
    "needs_me": N_("People waiting for your reply; a reply that is scheduled or still to be posted counts as given"),
    "waiting": N_("You wrote last, or your reply is scheduled or still to be sent or posted"),
}
"""Tooltips of the switch's states that need explaining."""


class FilterMenu(QMenu):
    """Each entry changes one part of the query; `chosen` carries the resulting Query."""

    chosen = Signal(object)

    def __init__(self, bench: Workbench, query: Query, parent: QWidget) -> None:
        """Check the entries that match `query`."""
        super().__init__(parent)
        self._query = query
        quiet = bench.inbox.counts()["quiet"]
        titles = (
            ("snoozed", tr("Snoozed")),
            ("done", tr("Done")),
            ("quiet", tr("Quiet ({count})").format(count=quiet)),
        )
        for state, words in titles:
            self._add(words, query._replace(state=state))
        self.addSeparator()
        self._add(tr("All channels"), query._replace(account_id=None))
        for number, name in bench.inbox.accounts():
            self._add(name, query._replace(account_id=number))
        labels = bench.inbox.all_labels()
        if labels:
            self.addSeparator()
            self._add(tr("Any label"), query._replace(label=""))
            for name in labels:
                self._add(name, query._replace(label=name))

    def _add(self, words: str, query: Query) -> None:
        action = QAction(text.plain(words).replace("&", "&&"), self)  # Qt reads a single & as a mnemonic
        action.setCheckable(True)
        action.setChecked(query == self._query)
        action.setData(query)
        action.triggered.connect(self._triggered)
        self.addAction(action)

    def _triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.chosen.emit(action.data())


class ListFilter(QObject):
    """What the list shows: a state, a channel, a label, or what stands under one post.

    Its widgets are the switch of states, the button of the menu, and a note that says what else narrows the list.
    """

    changed = Signal()
    """The person has asked for something else."""

    def __init__(self, bench: Workbench, parent: QWidget) -> None:
        """Start with the conversations that need a reply."""
        super().__init__(parent)
        self._bench = bench
        self._post = ""
        self._hits: Count | None = None
        self.query = Query()
        self.switch = SegmentSwitch(
            [("needs_me", tr("Unanswered")), ("waiting", tr("Replied")), ("all", tr("All"))],
            "needs_me",
            tr("Which conversations"),
        )
        for key, words in _STATE_TIPS.items():
            self.switch.set_tip(key, tr(words))
        self.button = IconButton("list-filter", tr("Filter by channel, label or state"))
        self.note = ActionButton("", "x", kind="chip", height=26)
        self.note.setToolTip(tr("Show all conversations again"))
        self.note.hide()
        self.switch.chosen.connect(self.show_state)
        self.button.clicked.connect(self._open_menu)
        self.note.clicked.connect(self.clear)

    def count(self) -> None:
        """Update the counts on the switch: of all conversations, or of those with hits while a search is on."""
        if self._hits is not None:
            hits = self._hits
            known = hits.over and not hits.more
            self.switch.set_counts(
                {state: hits.conversations("" if state == "all" else state) * known for state in _SWITCH_STATES}
            )
            return
        counts = self._bench.inbox.counts(self.query.account_id)
        self.switch.set_counts({"needs_me": counts["needs_me"], "waiting": counts["waiting"], "all": 0})

    def count_hits(self, hits: Count | None) -> None:
        """Count the conversations with hits from now on; None ends that."""
        if hits is not self._hits:
            self._hits = hits
            self.count()

    def widen(self) -> None:
        """Show conversations in all states, as a search does at first; emits nothing."""
        self.query = self.query._replace(state="all")
        self.switch.set_current("all")

    def put(self, query: Query) -> None:
        """Show this query again, without telling anybody."""
        self.query = query
        self.switch.set_current(query.state)
        self._describe()

    def follow_labels(self) -> bool:
        """Stop narrowing to a label that is gone, or called something else now; whether it did. Emits nothing."""
        gone = bool(self.query.label) and self.query.label not in self._bench.inbox.all_labels()
        if gone:
            self.put(self.query._replace(label=""))
        return gone

    def takes(self, number: int) -> bool:
        """Whether a conversation is now in the state, and has the label, that the list shows."""
        inbox = self._bench.inbox
        state, label = self.query.state, self.query.label
        return state in ("all", inbox.row(number).state) and (not label or label in inbox.labels(number))

    def show_state(self, state: str) -> None:
        """Show the conversations of one state, of the same channel, label and post as before."""
        self.show(self.query._replace(state=state))

    def show(self, query: Query) -> None:
        """Show the conversations of this query."""
        self.query = query
        self._describe()
        self.changed.emit()

    def show_beside(self, number: int, post: str) -> None:
        """Narrow to the conversations under the same post, whose title is `post`; emits nothing."""
        self.query, self._post = Query("all", beside=number), post
        self.switch.set_current("all")
        self._describe()

    def clear(self) -> None:
        """Show what needs a reply again, of all channels and labels; in a search, what has hits in any state."""
        self.reset()
        if self._hits is not None:
            self.widen()
        self.changed.emit()

    def reset(self) -> None:
        """Clear the filter; emits nothing."""
        self.query = Query()
        self.switch.set_current("needs_me")
        self._describe()

    def narrows(self) -> bool:
        """Whether the list is narrowed by more than the switch."""
        query = self.query
        return query != Query(query.state) or query.state not in _SWITCH_STATES

    def show_view(self, query: Query) -> None:
        """Show the conversations of a saved view's query."""
        if query.state in _SWITCH_STATES:
            self.switch.set_current(query.state)
        self.show(query)

    def _words(self) -> str:
        return ", ".join(self.parts())

    def parts(self) -> list[str]:
        """What narrows the list besides the switch, in words."""
        query = self.query
        parts = [{"snoozed": tr("Snoozed"), "done": tr("Done"), "quiet": tr("Quiet")}.get(query.state, "")]
        parts.append(next((name for number, name in self._bench.inbox.accounts() if number == query.account_id), ""))
        parts.append(query.label)
        if query.beside is not None:
            post = text.elide(text.plain(self._post), self.note.fontMetrics(), fonts.px(130))
            parts.append(tr("on “{title}”").format(title=text.isolate(post)))
        return [part for part in parts if part]

    def title(self) -> str:
        """What the list shows, in words: "Unanswered", or what else is filtered for."""
        states = {"needs_me": tr("Unanswered"), "waiting": tr("Waiting"), "all": tr("All conversations")}
        return ", ".join(filter(None, (states.get(self.query.state, ""), self._words())))

    def _describe(self) -> None:
        """Show in the note what narrows the list."""
        words = self._words()
        self.note.set_title(words)
        self.note.setAccessibleName(tr("{filters}: show all conversations again").format(filters=text.isolate(words)))
        self.note.setVisible(bool(words))

    def _open_menu(self) -> None:
        menu = FilterMenu(self._bench, self.query, self.button)
        menu.chosen.connect(self.show)
        menu.exec(self.button.mapToGlobal(self.button.rect().bottomLeft()))
        menu.deleteLater()
