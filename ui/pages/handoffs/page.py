"""The hand-offs page: who has what, what came back, and whether the member has been told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.base import clock
from app.base.words import N_
from app.handoffs import Handoff, grouped, may_close
from ui.commands.in_use import keymap
from ui.frame.doing import undoable
from ui.frame.links import open_address
from ui.frame.listed import Listed
from ui.look.text import tr
from ui.pages.handoffs import ladder, promising
from ui.pages.handoffs.case import CaseView
from ui.pages.handoffs.coming_back import ComingBack
from ui.pages.handoffs.files import Files
from ui.pages.handoffs.helpers import Helpers
from ui.pages.handoffs.late import LatePage
from ui.pages.handoffs.strips import CloseStrip, EditHandoffStrip
from ui.pages.handoffs.table import HandoffDelegate, HandoffModel
from ui.pages.handoffs.words import about
from ui.shared.saving import FileSaver
from ui.widgets.buttons import CommandButton, IconButton, LinkButton
from ui.widgets.panels import EmptyState, PageHeader
from ui.widgets.panes import Panes
from ui.widgets.rowview import RowView
from ui.widgets.segments import SegmentSwitch
from ui.widgets.stack import Stack

if TYPE_CHECKING:
    from app.following import Offered
    from app.store.changes import Changes
    from ui.widgets.strip import Strip


class HandoffsPage(LatePage):
    """Hand-offs, tracked until the member has been told."""

    id, title, icon = "handoffs", N_("Hand-offs"), "arrow-right-left"
    _offer: Offered | None = None

    def build(self) -> None:
        """Build the list at the left and the selected hand-off at the right."""
        self.helpers, self.files = Helpers(self), Files(self)
        self.header = PageHeader(tr("Hand-offs"), tr("Tracked until the member has been told"))
        self.side = SegmentSwitch(
            [("handoffs", tr("Hand-offs")), ("mates", tr("Teammates"))], "handoffs", tr("What is shown")
        )
        self.side.chosen.connect(self._turned)
        self.header.add_left(self.side)
        self.header.add(CommandButton("read_back", self.frame))
        self.header.add(CommandButton("send_file", self.frame))
        self.split = Panes(self, self._left, self._right, (412, 660), (1, 2), (310, 430), 640)
        self.split.left.connect(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        self.sides = Stack()
        self.sides.addWidget(self.split)
        column.addWidget(self.sides, 1)
        counts = self.bench.handoffs.counts()
        self.switch.set_current("needs_me" if counts["needs_me"] else "open")
        self.reload()
        self.coming_back.offer()

    def _left(self, parent: QWidget) -> QWidget:
        left = QWidget(parent)
        self.switch = SegmentSwitch(
            [("needs_me", tr("Needs me")), ("open", tr("Open")), ("closed", tr("Closed"))],
            "open",
            tr("Which hand-offs"),
        )
        self.switch.chosen.connect(self._switched)
        self.model = HandoffModel()
        delegate = HandoffDelegate(self)
        self.list = RowView(tr("Hand-offs"), delegate)
        self.list.setModel(self.model)
        self.list.moved.connect(self._moved)
        self.list.opened.connect(self._opened)
        self.list.menu_asked.connect(self.frame.show_menu)
        top = QHBoxLayout()
        top.setContentsMargins(20, 14, 16, 4)
        top.addWidget(self.switch)
        top.addStretch(1)
        given = IconButton("history", tr("Files given"))
        given.follow("given_files")
        given.clicked.connect(self.files.show_given)
        top.addWidget(given)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        self.waiting = LinkButton("", role="row")
        self.waiting.hide()
        below = QHBoxLayout()
        below.setContentsMargins(18, 0, 16, 0)
        below.addWidget(self.waiting)
        below.addStretch(1)
        column.addLayout(below)
        column.addWidget(self.list, 1)
        return left

    def _right(self, parent: QWidget) -> QWidget:
        right = QWidget(parent)
        self.case = CaseView(right)
        self.case.asked.connect(self._asked)
        self.case.status.connect(self._set_status)
        self.case.answered.connect(self._answer)
        self._saver = FileSaver(self.frame)
        self.case.story.file.connect(self._saver.save)
        self.case.story.link.connect(open_address)
        self.case.story.acted.connect(self._open)  # what is done to a message is done in the inbox
        more = tr(
            "Press {key} in the inbox to hand off a conversation; it stays here until the member has been told."
        ).format(key=keymap().name("handoff"))
        adding = CommandButton("teammates", self.frame, title=tr("Add a teammate"))
        nobody = EmptyState("users", tr("No one is helping you yet"), more=more, buttons=[adding])
        nothing = EmptyState("arrow-right-left", tr("No hand-offs here"), more=more)
        self.middle = Stack()
        self.coming_back = ComingBack(self)
        for widget in (self.case, nobody, nothing):
            self.middle.addWidget(widget)
        self.under = QVBoxLayout(right)
        self.under.setContentsMargins(0, 0, 0, 0)
        self.under.setSpacing(0)
        self.under.addWidget(self.middle, 1)
        self._case_under = self.under
        return right

    # Reading

    def current(self) -> Handoff | None:
        """The selected hand-off, or None."""
        return self.model.row_at(self.list.place())

    def reload(self, keep: int | None = None) -> None:
        """Read the list again, keeping what is selected, or selecting the hand-off with the id `keep`."""
        now = clock.now()
        today = clock.local(now).date()
        current = self.current()
        place, keep = self.list.place(), keep or (current.id if current else None)
        handoffs = self.bench.handoffs
        listed = handoffs.listed(self.switch.current())
        self.model.show(grouped(listed, today), now, today)
        self.switch.set_counts(handoffs.counts())
        kept = self.model.place_of(keep) if keep is not None else -1
        self.list.choose(kept if kept >= 0 else min(max(place, 1), len(self.model.rows) - 1))
        if self.current() is None and self.model.rows:
            self.list.step(1 if self.list.place() < len(self.model.rows) - 1 else -1)
        self._moved(self.list.place())

    def _moved(self, _place: int) -> None:
        handoff = self.current()
        before = self.case.current
        if before is not None and (handoff is None or handoff.id != before.id):
            self.case.keep_answer()
        given = self.bench.giving.given(handoff_id=handoff.id) if handoff is not None else []
        self.case.show_case(handoff, self.model.today, given)
        if handoff is not None:
            talk = self.bench.inbox.open(handoff.conversation_id) if handoff.conversation_id is not None else None
            self.case.show_talk(talk, self.model.now)
            self._show_ladder(handoff)
        if self.returned is not None:
            self.middle.setCurrentWidget(self.returned)
        else:
            helped = bool(self.bench.teammates.all())
            self.middle.setCurrentIndex(0 if handoff is not None else 2 if helped else 1)
            if handoff is None and not helped:
                self.split.to_right()  # where only one side is in sight, it says how to begin

    def _show_ladder(self, handoff: Handoff) -> None:
        following, names = (
            self.bench.following,
            {mate.id: mate.name for mate in self.bench.teammates.all(archived=True)},
        )
        self._offer = following.offer(handoff.id, self.model.today)
        taken = ladder.taken(following.steps(handoff.id), names, self.model.today)
        found = self._offer
        self.case.show_ladder(taken, ladder.offered(found) if found else "", ladder.button(found) if found else "")

    def _next_step(self) -> None:
        if self._offer is not None:
            ladder.do(self.bench, self.frame, self._offer)
            self.reload()

    def _switched(self, _which: str) -> None:
        self.case.keep_answer()
        self.reload()

    # Page

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The command handlers available now."""
        handlers: dict[str, Callable[[], object]] = {
            "next": self.list.next, "previous": self.list.previous, "filter": self._filter,
            "teammates": self.helpers.add, "show_teammates": self.helpers.turn,
            "own_subject": self.helpers.own_subject, "back": self.back, **self.files.handlers(),
        }  # fmt: skip
        if self.on_mates:
            return self.helpers.handlers()
        if self.returned is not None:  # a form over it keeps Ctrl+Enter for itself
            return handlers if self.strip is not None else handlers | self.returned.handlers()
        handoff = self.current()
        if handoff is not None:
            handlers |= {"open": self._enter, "edit_handoff": self._edit, "save": self.case.keep_answer}
            if handoff.closed_at is None:
                handlers |= {"solved": partial(self._set_status, "solved"), "close_handoff": self._close}
            else:
                handlers["close_handoff"] = self._reopen
            if handoff.member_id is not None:
                handlers["promise"] = partial(promising.ask, self, handoff)
            if handoff.conversation_id is not None:
                handlers["tell_member"] = self._tell
            if self._offer is not None:
                handlers["next_step"] = self._next_step
        return handlers

    def panes(self) -> Sequence[QWidget]:
        """The switch, the list, the answer and the strip."""
        if self.on_mates:
            return (self.side, *self.mates.panes(), *([self.strip] if self.strip is not None else []))
        return (self.side, self.switch, self.list, self.case.answer, *([self.strip] if self.strip is not None else []))

    def open(self, target: object) -> None:
        """Show a hand-off by its id, a teammate by ("teammate", id), or what came back (`ComingBack.open`)."""
        if isinstance(target, tuple) and target[0] == "teammate":
            self.turn(mates=True)
            self.mates.show_mate(int(target[1]))
            return
        self.turn(mates=False)
        if isinstance(target, int):
            handoff = self.bench.handoffs.get(target)
            self.switch.set_current("open" if handoff.closed_at is None else "closed")
            self.reload(target)
        else:
            self.coming_back.open(target)

    def activate(self) -> None:
        """Focus the file that is shown, else the strip or the list."""
        if self.returned is not None and self.returned.preview is not None and self.strip is None:
            self.returned.activate()
        else:
            super().activate()

    def refresh(self, changes: Changes) -> None:
        """Reload if a hand-off, teammate, member or conversation changed."""
        if changes.touches("handoff", "teammate", "member", "conversation", "given_file", "outbox", "handoff_step"):
            self.reload()
        if self.returned is not None and changes.touches("handoff", "gift", "returned_file"):
            self.returned.refresh()
        if self.on_mates and changes.touches("handoff", "teammate", "teammate_thanks"):
            self.mates.reload()

    def listed(self) -> Listed:
        """The hand-offs of the list."""
        return Listed("handoffs", self.model.numbers, tr("Hand-offs"))

    def selected(self) -> object:
        """The selected hand-off's id."""
        handoff = self.current()
        return handoff.id if handoff is not None else None

    def may_leave(self) -> bool:
        """Save the answer; always True."""
        self.case.keep_answer()
        return True

    def keep(self) -> None:
        """Save the answer. Raises UserError if one can't be saved."""
        self.case.keep_answer()
        for number, answer in list(self.case.unsaved.items()):
            self.bench.handoffs.edit(number, {"answer": answer})
            del self.case.unsaved[number]

    # Commands

    def _filter(self) -> None:
        (self.mates.switch if self.on_mates else self.switch).setFocus(Qt.FocusReason.TabFocusReason)

    def _opened(self, _place: int) -> None:
        self._enter()

    def _enter(self) -> None:
        """Open the conversation; where only the list is in sight, show the hand-off first."""
        if self.split.one_pane and not self.case.isVisible():
            self.split.to_right()
            self.case.answer.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._open()

    def back(self) -> None:
        """Handle Esc: close the strip, else go back to the list."""
        if self.strip is None:
            (self.mates.split if self.on_mates else self.split).to_left()
        super().back()

    def _open(self) -> None:
        handoff = self.current()
        if handoff is not None and handoff.conversation_id is not None:
            self.frame.go("inbox", handoff.conversation_id)

    def _asked(self, action: str) -> None:
        done: dict[str, Callable[[], object]] = {
            "talk": self._open, "member": self._member, "edit": self._edit, "teammate": self._teammate,
            "tell": self._tell, "told": self._mark_told, "next": self._next_step,
            "close": self._close, "reopen": self._reopen,
        }  # fmt: skip
        done[action]()

    def _member(self) -> None:
        handoff = self.current()
        if handoff is not None and handoff.member_id is not None:
            self.frame.go("members", handoff.member_id)

    def _tell(self) -> None:
        handoff = self.current()
        if handoff is not None and handoff.conversation_id is not None:
            self.case.keep_answer()
            self.frame.go("inbox", ("answer", handoff.conversation_id, handoff.member_id))
            self.frame.run("reply")

    def _set_status(self, status: str) -> None:
        handoff = self.current()
        if handoff is not None:
            with undoable(self.frame, about(handoff, tr("{name}: status saved."))):
                self.bench.handoffs.answer(handoff.id, status, self.case.answer.toPlainText().strip())
            self.reload(handoff.id)

    def _answer(self, answer: str) -> None:
        handoff = self.case.current
        if handoff is not None:
            with undoable(self.frame, about(handoff, tr("{name}: answer saved."))):
                self.case.unsaved[handoff.id] = answer
                self.bench.handoffs.edit(handoff.id, {"answer": answer})
                del self.case.unsaved[handoff.id]

    def _mark_told(self) -> None:
        handoff = self.current()
        if handoff is not None:
            with undoable(self.frame, about(handoff, tr("Closed: {name} has been told."))):
                self.bench.handoffs.tell(handoff.id)
            self.reload()

    def _close(self) -> None:
        handoff = self.current()
        if handoff is None:
            return
        if not may_close(handoff):
            self.show_strip(CloseStrip(self.bench, handoff))
            return
        with undoable(self.frame, about(handoff, tr("Closed: {name}."))):
            self.bench.handoffs.close(handoff.id)
        self.reload()

    def _reopen(self) -> None:
        handoff = self.current()
        if handoff is not None:
            with undoable(self.frame, about(handoff, tr("Reopened: {name}."))):
                self.bench.handoffs.reopen(handoff.id)
            self.reload()

    def _edit(self) -> None:
        handoff = self.current()
        if handoff is not None:
            self.show_strip(EditHandoffStrip(self.bench, handoff))

    @property
    def on_mates(self) -> bool:
        """Whether the teammates are shown, not the hand-offs."""
        return self.side.current() == "mates"

    def _turned(self, key: str) -> None:
        self.case.keep_answer()
        self.end_strip()
        self.sides.setCurrentWidget(self.mates if key == "mates" else self.split)
        if key == "mates":
            self.mates.reload()
        self.activate()

    def turn(self, *, mates: bool) -> None:
        """Show the teammates, or the hand-offs."""
        if mates != self.on_mates:
            self.side.set_current("mates" if mates else "handoffs")
            self._turned(self.side.current())

    def _teammate(self) -> None:
        handoff = self.current()
        if handoff is not None and handoff.teammate_id is not None:
            self.open(("teammate", handoff.teammate_id))
        else:
            self.helpers.add()

    def show_strip(self, strip: Strip) -> None:
        """Show a strip in place of the hand-off's buttons."""
        self.under = self.mates.under if self.on_mates else self._case_under
        (self.mates.split if self.on_mates else self.split).to_right()
        super().show_strip(strip)
        (self.mates.view if self.on_mates else self.case).foot.hide()

    def end_strip(self) -> None:
        """Close the strip; the hand-off's buttons are back."""
        super().end_strip()
        self.case.foot.show()
        if "mates" in vars(self):
            self.mates.view.foot.show()

    def home(self) -> QWidget:
        """The list that is shown."""
        return self.mates.list if self.on_mates else self.list

    def finish(self, done: str) -> None:
        """Close the strip and reload."""
        made, letter = getattr(self.strip, "made", None), getattr(self.strip, "letter", None)
        super().finish(done)
        if done:
            self.reload()
            self.helpers.done(made)
        if letter is not None:
            self.frame.go("letter", ("draft", letter))
