"""Where the inbox goes on once a conversation is dealt with: to what is next in the block that is worked through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.shared.run_step import show_step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.pages.inbox.pane import Pane


def go_on(pane: Pane, numbers: Sequence[int]) -> None:
    """Show what follows these conversations, which are dealt with: in the queue, else in the list.

    After the last of the queue Today is shown again; after that of a stack, the inbox goes on.
    """
    run = pane.bench.run
    step = run.after(numbers[-1]) if run is not None and numbers else None
    pane.list.go_on()
    if run is None or not run.leave(numbers):
        return
    if step is not None and run.active:
        show_step(pane.frame, step)
    elif run.leads_back:
        pane.frame.go("today")


def next_in_run(pane: Pane, after: int | None) -> bool:
    """Show the step of the queue that follows a conversation; False where none is worked through."""
    run = pane.bench.run
    step = run.after(after or 0) if run is not None else None
    if step is None:
        return False
    show_step(pane.frame, step)
    return True
