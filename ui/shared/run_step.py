"""Showing where a step of the block that is worked through is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.today import Step
    from ui.frame.page import Frame


def show_step(frame: Frame, step: Step) -> None:
    """Show a gift on its page, else the conversation, else the hand-off or the member that it is about."""
    if step.noun == "gift":
        frame.go("delight", step.id)
    elif step.conversation_id is not None:
        frame.go("inbox", step.conversation_id)
    elif step.noun == "handoff":
        frame.go("handoffs", step.id)
    elif step.member_id is not None:
        frame.go("members", step.member_id)
