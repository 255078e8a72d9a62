"""A promise that rests on a hand-off: the member is told once the teammate has answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.handoffs import Handoff
    from app.workbench import Workbench
    from ui.widgets.strip import Strip


class Host(Protocol):
    """The page."""

    bench: Workbench

    def show_strip(self, strip: Strip) -> None:
        """Show a strip in place of the hand-off's buttons."""
        ...


def ask(page: Host, handoff: Handoff) -> None:
    """Open the strip that asks what is promised to the member of a hand-off."""
    from ui.shared.promise import PromiseStrip  # noqa: PLC0415  loaded at first use

    if handoff.member_id is not None:
        people = [(handoff.member_id, handoff.member)]
        page.show_strip(PromiseStrip(page.bench, people, handoff.conversation_id, handoff.id))
