"""What the inbox list shows: the switch of states, the button of the filter, and a note on what else narrows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.base.words import N_
from app.inbox import Query
from app.inbox.filtering import ASKED, CLOSED_ITSELF, lists
from app.search import Count
from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets.buttons import ActionButton, IconButton
from ui.widgets.segments import SegmentSwitch

if TYPE_CHECKING:
    from app.workbench import Workbench


_SWITCH_STATES = ("needs_me", "waiting", "all")
_STATE_TIPS = {
    "needs_me": N_("People waiting for your reply; one that is scheduled or still to be posted doesn't count yet"),
    "waiting": N_("You wrote last, or your reply is being sent; they or a teammate have the next word"),
}
"""Tooltips of the switch's states that need explaining."""


class ListFilter(QObject):
    """What the list shows: a state, a channel, a label, or what stands under one post.

    Its widgets are the switch of states, the button of the filter, and a note that says what else narrows the list.
    What is chosen in the filter besides the state are words of the search.
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
        self.button = IconButton("list-filter", tr("Filter by state, channel, language, member or label"))
        self.note = ActionButton("", "x", kind="chip", height=26)
        self.note.setToolTip(tr("Show all conversations again"))
        self.note.hide()
        self.switch.chosen.connect(self.show_state)
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
        inbox, label = self._bench.inbox, self.query.label
        return lists(self.query.state, inbox.row(number)) and (not label or label in inbox.labels(number))

    def show_state(self, state: str) -> None:
        """Show the conversations of one state, of the same channel, label and post as before."""
        self.show(self.query._replace(state=state))

    def show_place(self, state: str) -> None:
        """Show the conversations of any state, also of those that the switch has not."""
        if state in _SWITCH_STATES:
            self.switch.set_current(state)
        self.show_state(state)

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
        states = {
            "snoozed": tr("Snoozed"), "done": tr("Done"), "quiet": tr("Quiet"),
            CLOSED_ITSELF: tr("Closed by themselves"), ASKED: tr("Nobody answered your question"),
        }  # fmt: skip
        parts = [states.get(query.state, "")]
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
