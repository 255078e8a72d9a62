"""The outbox page: every reply that is not sent, why, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.base import clock
from app.base.words import N_
from app.outbox import TROUBLE
from ui.frame.doing import announce, show_errors, undoable
from ui.frame.listed import Listed
from ui.frame.page import Page
from ui.look import text
from ui.look.text import tr
from ui.pages.outbox.panel import MINE, EntryPanel, together
from ui.widgets.labels import Heading
from ui.widgets.panels import EmptyState, PageHeader, Scroll

if TYPE_CHECKING:
    from app.outbox import Entry
    from app.store.changes import Changes


_MAX_COLUMN_WIDTH = 880


class OutboxPage(Page):
    """Replies that are held, queued, failed, undecided, or to be posted by hand."""

    id: ClassVar[str] = "outbox"
    title: ClassVar[str] = N_("Outbox")
    icon: ClassVar[str] = "send"

    def build(self) -> None:
        """Build a column of panels, one per reply; there are seldom more than a handful."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PageHeader(tr("Outbox"), tr("Everything is sent once, or waits here")))
        self._scroll = Scroll((24, 16, 20, 16), 10, most=_MAX_COLUMN_WIDTH)
        column.addWidget(self._scroll, 1)
        self._panels: list[EntryPanel] = []
        self._moving: EntryPanel | None = None
        self._fill()

    def _fill(self) -> None:
        self._scroll.clear()
        self._panels = []
        entries = self.bench.outbox.entries()
        if not entries:
            self._scroll.column.addWidget(
                EmptyState(
                    "send",
                    tr("Nothing is waiting to be sent."),
                    more=tr("Anything that can't be sent appears here with the reason."),
                )
            )
            return
        panels = [EntryPanel(parts, self) for parts in sorted(together(entries), key=_urgent)]
        mine = [panel for panel in panels if panel.standing in MINE]
        self._group(tr("To post by hand") if mine else "", mine)
        rest = [panel for panel in panels if panel.standing not in MINE]
        self._group(tr("Automatic") if mine and rest else "", rest)
        self._scroll.column.addStretch(1)

    def _group(self, title: str, panels: Sequence[EntryPanel]) -> None:
        """Add panels, under a heading if `title` is given."""
        if title:
            self._scroll.column.addWidget(Heading(title, count=str(len(panels))))
        for panel in panels:
            self._panels.append(panel)
            self._scroll.column.addWidget(panel)

    def refresh(self, changes: Changes) -> None:
        """Rebuild the panels if the outbox changed, keeping the focus."""
        if not changes.touches("outbox"):
            return
        focus: QWidget | None = self.window().focusWidget()  # set even while another window is active
        had = focus is not None and any(panel is focus or panel.isAncestorOf(focus) for panel in self._panels)
        place = self._current()
        self._moving = None
        self._fill()
        if had and self._panels:  # keep the focus at the same position
            panel = self._panels[min(place, len(self._panels) - 1)]
            panel.show()  # the layout shows it later, and a hidden widget takes no focus
            panel.setFocus()

    def activate(self) -> None:
        """Focus the first reply."""
        if self._panels:
            self._panels[0].setFocus()

    def open(self, target: object) -> None:
        """Focus a reply by its outbox id and scroll to it."""
        for panel in self._panels:
            if panel.entry.id == int(str(target)):
                panel.setFocus()
                self._scroll.ensureWidgetVisible(panel)

    def panes(self) -> Sequence[QWidget]:
        """The first reply."""
        return self._panels[:1]

    def listed(self) -> Listed:
        """All that is not sent, each part of a thread as a row."""
        return Listed("outbox", self._numbers, tr("Outbox"))

    def _numbers(self) -> list[int]:
        return [part.id for panel in self._panels for part in panel.parts]

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The command handlers available now."""
        if not self._panels:
            return {}
        own = {command: partial(self._run, action) for command, action in self._panels[self._current()].offered()}
        return {"next": self._next, "previous": self._previous, "open": self._open_conversation, **own}

    def selected(self) -> object:
        """The id of the reply that has the focus, and where it stands."""
        panel = self._panels[self._current()] if self._panels else None
        return (panel.entry.id, panel.standing) if panel is not None else None

    def _run(self, action: str) -> None:
        self.act(self._panels[self._current()], action)

    def ask_menu(self, panel: EntryPanel, point: QPoint) -> None:
        """Show the menu of a reply, which takes the focus."""
        panel.setFocus(Qt.FocusReason.MouseFocusReason)
        self.frame.show_menu(point)

    def _current(self) -> int:
        """The index of the reply that has, or contains, the focus; 0 if none does."""
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

    def act(self, panel: EntryPanel, action: str) -> None:
        """Carry out the button with the key `action` of a reply."""
        number = panel.entry.id
        mine = panel.standing in MINE
        again = tr("To {name}: it stays here until you post it.") if mine else tr("To {name}: Rapport will try again.")
        there = tr("Marked as posted: {name}.") if mine else tr("Marked as sent: {name}.")
        if panel.entry.is_change:
            there = tr("To {name}: marked as done.")
        actions = {
            "retry": (again, self.bench.outbox.retry),
            "confirm": (there, self.bench.outbox.confirm),
            "now": (tr("To {name}: sending now."), self.bench.outbox.send_now),
        }
        if action == "open":
            self.frame.go("inbox", panel.entry.conversation_id)
        elif action == "when":
            self._ask_when(panel)
        elif action == "take":
            self.frame.post(number)
        elif action == "discard":
            self._cancel(number)
        else:
            words, do = actions[action]
            with undoable(self.frame, words.format(name=text.name(panel.entry.to_whom))):
                do(number)

    def _cancel(self, number: int) -> None:
        with show_errors(self.frame):
            before = self.bench.store.last_action
            entry = self.bench.outbox.get(number)
            back, to = self.bench.outbox.discard(number), text.name(entry.to_whom)
            if entry.is_change:
                given = entry.purpose == "react"
                words = tr("To {name}: no reaction is sent.") if given else tr("To {name}: the message stays as it is.")
                announce(self.frame, words.format(name=to), before)
                return
            words = (
                tr("To {name}: cancelled. Your text is back in the draft.")
                if back
                else tr("To {name}: cancelled. Your new draft stays.")
            )
            announce(self.frame, words.format(name=to), before)

    def _ask_when(self, panel: EntryPanel) -> None:
        """Offer times to reschedule a reply: a menu with letters, or any day and time."""
        from ui.shared.when import choose  # noqa: PLC0415  rarely needed

        self._moving = panel
        choose(tr("Reschedule"), panel.buttons, self.bench.dates, self._when_chosen, self._warning(panel))

    def _warning(self, panel: EntryPanel) -> Callable[[int], str]:
        from ui.shared.when import closed_by_then  # noqa: PLC0415  as above

        talk = panel.entry.conversation_id
        return closed_by_then(self.bench, talk) if panel.entry.venue is None else lambda _at: ""

    def _when_chosen(self, letter: str) -> None:
        from app.calendar.choices import OWN  # noqa: PLC0415  loaded by now
        from ui.shared.when import meant  # noqa: PLC0415  loaded by now

        if self._moving is None:
            return
        if letter == OWN:
            self._moving.ask_when(self.bench.dates, self._own_time, self._warning(self._moving))
        else:
            self._postpone(meant(self.bench.dates, letter))

    def _own_time(self, at: Callable[[], int]) -> None:
        with show_errors(self.frame):
            self._postpone(at())

    def _postpone(self, at: int) -> None:
        if self._moving is not None:
            to, when = text.name(self._moving.entry.to_whom), text.ahead(at, clock.now())
            with undoable(self.frame, tr("To {name}: scheduled for {when}.").format(name=to, when=when)):
                self.bench.outbox.postpone(self._moving.entry.id, at)


def _urgent(parts: Sequence[Entry]) -> tuple[int, int, int]:
    first = parts[0]
    return (0 if first.state in TROUBLE else 1, first.held_until if first.later else 0, first.id)
