"""What is done to the selected hand-off, by its buttons and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from app.handoffs import may_close
from ui.frame.doing import undoable
from ui.look.text import tr
from ui.pages.handoffs import ladder
from ui.pages.handoffs.strips import CloseStrip, EditHandoffStrip
from ui.pages.handoffs.words import about

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.following import Offered
    from app.handoffs import Handoff
    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.pages.handoffs.case import CaseView
    from ui.widgets.strip import Strip


class Shown(Protocol):
    """The part of the page that is needed here."""

    bench: Workbench
    frame: Frame
    case: CaseView
    offer: Offered | None

    def current(self) -> Handoff | None:
        """The selected hand-off."""
        ...

    def reload(self, keep: int | None = None) -> None:
        """Read all anew."""

    def show_strip(self, strip: Strip) -> None:
        """Show a strip below what is selected."""

    def open_talk(self) -> None:
        """Show the conversation."""

    def show_teammate(self) -> None:
        """Show who has it."""


class Deeds:
    """The commands about one hand-off."""

    def __init__(self, page: Shown) -> None:
        """Act on this page."""
        self._page = page

    def asked(self, action: str) -> None:
        """Do what a button says."""
        done: dict[str, Callable[[], object]] = {
            "talk": self._page.open_talk, "teammate": self._page.show_teammate, "member": self.member,
            "edit": self.edit,
            "tell": self.tell, "told": self.mark_told, "next": self.next_step,
            "close": self.close, "reopen": self.reopen,
        }  # fmt: skip
        done[action]()

    def member(self) -> None:
        """Show the member."""
        handoff = self._page.current()
        if handoff is not None and handoff.member_id is not None:
            self._page.frame.go("members", handoff.member_id)

    def tell(self) -> None:
        """Begin the reply that tells the member."""
        handoff = self._page.current()
        if handoff is not None and handoff.conversation_id is not None:
            self._page.case.keep_answer()
            self._page.frame.go("inbox", ("answer", handoff.conversation_id, handoff.member_id))
            self._page.frame.run("reply")

    def set_status(self, status: str) -> None:
        """Save the status, and the answer as it stands."""
        handoff = self._page.current()
        if handoff is not None:
            with undoable(self._page.frame, about(handoff, tr("{name}: status saved."))):
                self._page.bench.handoffs.answer(handoff.id, status, self._page.case.answer.toPlainText().strip())
            self._page.reload(handoff.id)

    def answer(self, answer: str) -> None:
        """Save the answer."""
        handoff = self._page.case.current
        if handoff is not None:
            with undoable(self._page.frame, about(handoff, tr("{name}: answer saved."))):
                self._page.bench.handoffs.edit(handoff.id, {"answer": answer})

    def solved(self) -> None:
        """Mark it as solved."""
        self.set_status("solved")

    def mark_told(self) -> None:
        """Note that the member was told in another way."""
        handoff = self._page.current()
        if handoff is not None:
            with undoable(self._page.frame, about(handoff, tr("Closed: {name} has been told."))):
                self._page.bench.handoffs.tell(handoff.id)
            self._page.reload()

    def close(self) -> None:
        """Close it; ask why if the member has not been told."""
        handoff = self._page.current()
        if handoff is None:
            return
        if not may_close(handoff):
            self._page.show_strip(CloseStrip(self._page.bench, handoff))
            return
        with undoable(self._page.frame, about(handoff, tr("Closed: {name}."))):
            self._page.bench.handoffs.close(handoff.id)
        self._page.reload()

    def reopen(self) -> None:
        """Reopen it."""
        handoff = self._page.current()
        if handoff is not None:
            with undoable(self._page.frame, about(handoff, tr("Reopened: {name}."))):
                self._page.bench.handoffs.reopen(handoff.id)
            self._page.reload()

    def edit(self) -> None:
        """Ask what to change."""
        handoff = self._page.current()
        if handoff is not None:
            self._page.show_strip(EditHandoffStrip(self._page.bench, handoff))

    def next_step(self) -> None:
        """Do what is offered while no answer comes."""
        if self._page.offer is not None:
            ladder.do(self._page.bench, self._page.frame, self._page.offer)
            self._page.reload()
