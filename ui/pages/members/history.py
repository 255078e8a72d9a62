"""The pane of a member's timeline: filters by what, channel and words, and entries that lead somewhere."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.base import clock
from app.base.words import N_
from app.history import Asked
from ui.frame.page import Frame
from ui.look.text import tr
from ui.pages.members.timeline import TimelineDelegate, TimelineModel
from ui.shared import channel_names
from ui.widgets.fields import Choice
from ui.widgets.labels import Heading, Label
from ui.widgets.rowview import RowView
from ui.widgets.search import SearchField

_PAUSE_MS = 200  # without typing, after which the words are looked for
_WHAT = {
    "": (N_("Everything"), ()),
    "said": (N_("Messages"), ("message", "reply")),
    "met": (N_("In person"), ("met",)),
    "note": (N_("Notes"), ("note",)),
    "promise": (N_("Promises"), ("promise",)),
    "gift": (N_("Gifts"), ("gift",)),
    "handoff": (N_("Hand-offs"), ("handoff",)),
    "others": (N_("With other members"), ("help", "introduction", "quarrel")),
    "work": (N_("Permissions"), ("work",)),
    "moderation": (N_("Moderation"), ("moderation",)),
    "merge": (N_("Merges"), ("merge",)),
}  # fmt: skip
"""What can be chosen, with its title and the kinds of entries that it shows."""


class HistoryPane(QWidget):
    """Shows the timeline of one member."""

    def __init__(self, frame: Frame) -> None:
        """Start empty, until `show_member`."""
        super().__init__()
        self._frame = frame
        self.member: int | None = None
        self.model = TimelineModel(frame.bench.history)
        self._delegate = TimelineDelegate(self)
        self.view = RowView(tr("Timeline"), self._delegate)
        self.view.setModel(self.model)
        self.view.opened.connect(self.open_entry)
        self.view.clicked.connect(self._pressed)
        self.model.rowsInserted.connect(self._came)
        self.model.modelAboutToBeReset.connect(self._keep_place)
        self.model.shown.connect(self._shown)
        self._place = -1
        self.what = Choice([(key, tr(title)) for key, (title, _) in _WHAT.items()], name=tr("What to show"))
        self.channels = Choice([("", tr("All channels"))], name=tr("Channel"))
        self.words = SearchField(tr("Words in the timeline"))
        self.words.left.connect(self._to_rows)
        self.words.below.connect(self._to_rows)
        self.nothing = Label(tr("Nothing here yet."), "meta", "text2")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.read)
        self.what.picked.connect(self._picked)
        self.channels.picked.connect(self._picked)
        self.words.textChanged.connect(self._typed)
        self._lay_out()

    def make_way(self, *, tight: bool) -> None:
        """Hide what narrows the timeline down, while a strip below needs the room; what is set goes on to hold."""
        self.words.setVisible(not tight)
        self.channels.setVisible(not tight and self.channels.count() > 2)  # noqa: PLR2004  "All channels" and one

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(Heading(tr("Timeline")), 1)
        head.addWidget(self.what)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self.words, 1)
        second.addWidget(self.channels)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(second)
        column.addWidget(self.nothing)
        column.addWidget(self.view, 1)
        column.addStretch(0)

    def show_member(self, number: int) -> None:
        """Show a member's timeline; the filters stay only while it is the same member's."""
        same = number == self.member
        self.member = number
        kinds = {kind: channel_names.short(kind) for kind in self._frame.bench.history.channels(number)}
        self.channels.set_choices([("", tr("All channels")), *kinds.items()], self.channels.key() if same else "")
        self.channels.setVisible(len(kinds) > 1)
        if not same:
            self.what.set_key("")
            self.words.blockSignals(True)
            self.words.clear()
            self.words.blockSignals(False)
        self.read()

    def read(self) -> None:
        """Read the entries anew, as they are filtered; the same row stays current."""
        self._pause.stop()
        if self.member is None:
            return
        self.model.show(self.member, self.asked(), clock.now())
        if self.model.is_looking and not self.model.entries:
            self.nothing.setText(tr("Looking…"))

    def _shown(self) -> None:
        """Lay out what was read."""
        place = self._place
        found = bool(self.model.entries)
        self.nothing.setText(tr("Nothing here yet.") if self.asked() == Asked() else tr("Nothing fits the filter."))
        self.nothing.setVisible(not found)
        self.view.setVisible(found)
        if place >= 0:
            self.view.choose(min(place, len(self.model.entries) - 1))

    def _keep_place(self) -> None:
        self._place = self.view.place()

    def asked(self) -> Asked:
        """What the filters ask for."""
        return Asked(frozenset(_WHAT[self.what.key()][1]), self.channels.key(), self.words.text().strip())

    def open_entry(self, place: int) -> None:
        """Open where the entry in this row can be read: its message, else its conversation, gift or hand-off."""
        if not 0 <= place < len(self.model.entries):
            return
        entry = self.model.entries[place]
        if entry.kind == "gift":
            self._frame.go("delight", entry.id)
        elif entry.message_id is not None:
            self._frame.go("inbox", ("message", entry.message_id))
        elif entry.conversation_id is not None:
            self._frame.go("inbox", entry.conversation_id)
        elif entry.kind == "handoff":
            self._frame.go("handoffs", entry.id)

    def _pressed(self) -> None:
        self.open_entry(self.view.place())

    def _picked(self, _key: str) -> None:
        self.read()

    def _typed(self, _words: str) -> None:
        self._pause.start()

    def _to_rows(self) -> None:
        self.view.setFocus()

    def _came(self, _parent: QModelIndex, first: int, last: int) -> None:
        """Give the entries that were read now their heights."""
        for place in range(first, last + 1):
            self.view.setRowHeight(place, self._delegate.height_of(self.model.index(place, 0)))
