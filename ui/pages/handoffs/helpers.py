"""What is done with teammates on their side of the page: added, changed, thanked, removed and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ui.frame.doing import undoable
from ui.look import text
from ui.look.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.pages.handoffs.mates import MatesView
    from ui.widgets.strip import Strip


class Sides(Protocol):
    """The part of the page that is needed here."""

    bench: Workbench
    frame: Frame

    @property
    def mates(self) -> MatesView:
        """The teammates' side, made when it is first asked for."""
        ...

    @property
    def on_mates(self) -> bool:
        """Whether the teammates are shown."""
        ...

    def turn(self, *, mates: bool) -> None:
        """Show the teammates, or the hand-offs."""

    def show_strip(self, strip: Strip) -> None:
        """Show a strip below what is selected."""

    def back(self) -> None:
        """Go back."""


class Helpers:
    """The commands about teammates."""

    def __init__(self, page: Sides) -> None:
        """Act on this page."""
        self._page = page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The handlers of the commands that are available while teammates are shown."""
        page, mates = self._page, self._page.mates
        handlers: dict[str, Callable[[], object]] = {
            "next": mates.list.next, "previous": mates.list.previous, "back": page.back,
            "filter": mates.switch.setFocus, "teammates": self.add, "show_teammates": self.turn,
            "own_subject": self.own_subject,
        }  # fmt: skip
        mate = mates.current()
        if mate is None:
            return handlers
        handlers |= {"drop_teammate": self._drop, "thank_teammate": self._thank}
        return handlers if mate.archived else handlers | {"open": self._edit, "edit_handoff": self._edit}

    def asked(self, action: str) -> None:
        """Do what a button says: edit, thank, leave or back."""
        done: dict[str, Callable[[], object]] = {
            "edit": self._edit, "thank": self._thank, "leave": self._drop, "back": self._drop,
        }  # fmt: skip
        done[action]()

    def turn(self) -> None:
        """Show the other side."""
        self._page.turn(mates=not self._page.on_mates)

    def add(self) -> None:
        """Ask who helps."""
        from ui.pages.handoffs.mate_form import TeammateStrip  # noqa: PLC0415  here and below: loaded at first use

        self._page.turn(mates=True)
        self._page.show_strip(TeammateStrip(self._page.bench))

    def own_subject(self) -> None:
        """Ask who answers for a subject."""
        from ui.pages.handoffs.subjects import SubjectStrip  # noqa: PLC0415

        self._page.turn(mates=True)
        self._page.show_strip(SubjectStrip(self._page.bench))

    def done(self, made: int | None) -> None:
        """Show what a strip has changed; `made` is a new teammate's id."""
        if self._page.on_mates:
            if made is not None:
                self._page.mates.switch.set_current("here")
            self._page.mates.reload(made)

    def _edit(self) -> None:
        from ui.pages.handoffs.mate_form import TeammateStrip  # noqa: PLC0415

        mate = self._page.mates.current()
        if mate is not None and not mate.archived:
            self._page.show_strip(TeammateStrip(self._page.bench, mate))

    def _thank(self) -> None:
        from ui.pages.handoffs.mate_form import ThankStrip  # noqa: PLC0415

        mate = self._page.mates.current()
        if mate is not None:
            self._page.show_strip(ThankStrip(self._page.bench, mate))

    def _drop(self) -> None:
        """Remove the selected teammate, or bring back one who has left."""
        mate, desk = self._page.mates.current(), self._page.bench.teammates
        if mate is None:
            return
        sentence = tr("{name} is offered again.") if mate.archived else tr("{name} is no longer offered.")
        with undoable(self._page.frame, sentence.format(name=text.name(mate.name))):
            (desk.bring_back if mate.archived else desk.archive)(mate.id)
        self._page.mates.reload()
