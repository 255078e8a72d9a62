"""The outbox page: every reply that is not out, why, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app import clock
from ui import fonts, text
from ui.doing import doing
from ui.pages.base import Page
from ui.text import tr
from ui.widgets.actionrow import ActionRow
from ui.widgets.avatar import Chip
from ui.widgets.labels import ElidedLabel, Label
from ui.widgets.panels import EmptyState, PageHeader, Panel, Scroll

if TYPE_CHECKING:
    from app.outbox import Entry
    from app.store.changes import Changes

STATES: dict[str, tuple[str, str, str]] = {
    "held": ("Sending soon", "", "clock"),
    "queued": ("Waiting to be sent", "", "clock"),
    "sending": ("Sending", "", "send"),
    "failed": ("Not sent", "danger", "circle-x"),
    "undecided": ("Perhaps sent", "warn", "circle-question-mark"),
}
"""State to words, tone and icon."""
_TROUBLE = ("failed", "undecided")


class OutboxPage(Page):
    """What is held, queued, failed or undecided."""

    id: ClassVar[str] = "outbox"
    title: ClassVar[str] = "Outbox"
    icon: ClassVar[str] = "send"

    @classmethod
    def count(cls, bench: Any) -> int:  # noqa: ANN401  as the base says
        """Only what the person has to decide."""
        counts = bench.outbox.counts()
        return sum(counts.get(state, 0) for state in _TROUBLE)

    def build(self) -> None:
        """A column of panels, one a reply; there are seldom more than a handful."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PageHeader(tr("Outbox"), tr("Each word goes out once, or stands here")))
        self._scroll = Scroll((24, 16, 20, 16), 10)
        column.addWidget(self._scroll, 1)
        self._at = 0
        self._panels: list[EntryPanel] = []
        self._fill()

    def _fill(self) -> None:
        self._scroll.clear()
        self._panels = []
        found = self.bench.outbox.entries()
        if not found:
            self._scroll.column.addWidget(
                EmptyState(
                    "send",
                    tr("Nothing waits to be sent."),
                    more=tr("What could not be sent would stand here, with why."),
                )
            )
            return
        for entry in sorted(found, key=_urgent):
            panel = EntryPanel(entry, self)
            self._panels.append(panel)
            self._scroll.column.addWidget(panel)
        self._scroll.column.addStretch(1)

    def refresh(self, changes: Changes) -> None:
        """Read again when the outbox changed."""
        if changes.touches("outbox"):
            self._fill()

    def shown(self) -> None:
        """The first reply has the keys."""
        if self._panels:
            self._panels[0].setFocus()

    def open(self, target: object) -> None:
        """Bring one reply into view."""
        for panel in self._panels:
            if panel.entry.id == int(str(target)):
                panel.setFocus()
                self._scroll.ensureWidgetVisible(panel)

    def panes(self) -> Sequence[QWidget]:
        """The replies."""
        return self._panels[:1]

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Moving from reply to reply, and to its conversation."""
        if not self._panels:
            return {}
        return {"next": self._next, "previous": self._previous, "open": self._open_conversation}

    def _current(self) -> int:
        """The place of the reply that has the keys, itself or by one of its buttons; the first where none has."""
        focus = QApplication.focusWidget()
        for place, panel in enumerate(self._panels):
            if panel is focus or (focus is not None and panel.isAncestorOf(focus)):
                return place
        return 0

    def _next(self) -> None:
        self._panels[min(self._current() + 1, len(self._panels) - 1)].setFocus()

    def _previous(self) -> None:
        self._panels[max(self._current() - 1, 0)].setFocus()

    def _open_conversation(self) -> None:
        self.frame.go("inbox", self._panels[self._current()].entry.conversation_id)

    def act(self, entry: Entry, what: str) -> None:
        """Do what a button of a reply says."""
        desk = self.bench.outbox
        if what == "open":
            self.frame.go("inbox", entry.conversation_id)
        elif what == "retry":
            with doing(self.frame, tr("It will be tried again.")):
                desk.retry(entry.id)
        elif what == "confirm":
            with doing(self.frame, tr("Noted as sent.")):
                desk.confirm(entry.id)
        else:
            with doing(self.frame, tr("Taken back; the words are in the draft.")):
                desk.discard(entry.id)


class EntryPanel(Panel):
    """One reply: to whom, by which channel, the words, what happened, what can be done."""

    def __init__(self, entry: Entry, page: OutboxPage) -> None:
        """Buttons say what they do in words."""
        super().__init__(margin=14)
        self.entry, self._page = entry, page
        from PySide6.QtCore import Qt  # noqa: PLC0415  a name for one line

        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        words, tone, icon = STATES.get(entry.state, (entry.state, "", "send"))
        whom = text.plain(entry.to_whom)
        self.setAccessibleName(f"{whom}, {entry.account}, {tr(words)}, {entry.error}")
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Label(whom, "strong"))
        head.addWidget(ElidedLabel(f"{entry.account} · {text.plain(entry.title)}", "meta", "text2"), 1)
        head.addWidget(Chip(tr(words), tone, icon))
        self.column.addLayout(head)
        self.column.addWidget(Label(entry.text[:600], "body", wrap=True))
        if entry.error:
            self.column.addWidget(Label(entry.error, "meta", tone or "text2", wrap=True))
        if entry.state == "queued" and entry.next_at and entry.next_at > clock.now():
            self.column.addWidget(Label(tr("Next try {0}").format(text.clock(entry.next_at)), "meta", "text2"))
        self.column.addWidget(self._buttons(entry))
        self.setMaximumWidth(fonts.px(880))

    def _buttons(self, entry: Entry) -> ActionRow:
        offered = {
            "held": (("discard", tr("Take it back")),),
            "queued": (("discard", tr("Take it back")),),
            "failed": (("retry", tr("Try again")), ("discard", tr("Take it back"))),
            "undecided": (
                ("confirm", tr("It is there")),
                ("retry", tr("It is not there: send it")),
                ("discard", tr("It is not there: take it back")),
            ),
        }.get(entry.state, ())
        row = ActionRow((*offered, ("open", tr("Conversation"))), ("open",))
        row.pressed.connect(self._pressed)
        return row

    def _pressed(self, what: str) -> None:
        self._page.act(self.entry, what)


def _urgent(entry: Entry) -> tuple[int, int]:
    return (0 if entry.state in _TROUBLE else 1, entry.id)
