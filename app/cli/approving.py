"""What is said of a reply to a comment that awaits approval at its channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base import ids
from app.base.words import tr
from app.workbench import Workbench

if TYPE_CHECKING:
    from app.outbox import Entry


def approval(bench: Workbench, entry: Entry) -> list[str]:
    """A line on the comment that a reply answers, if it is held for approval; nothing if it is not."""
    from app.outbox.approving import APPROVES, is_held  # noqa: PLC0415  only needed with replies

    if entry.answers_id is None:
        return []
    if entry.approves and entry.state == "sent":
        return [tr("{id} is approved too.").format(id=ids.display("M", entry.answers_id))]
    if entry.approves:
        return [tr(APPROVES)]
    held = is_held(bench.store.read, entry.account_id, entry.answers_id)
    return [tr("The comment stays held for approval: nobody sees what you reply to.")] if held else []


def cools(entry: Entry) -> list[str]:
    """The line that says how a reply that cools off is sent now, or taken back."""
    if not entry.cools:
        return []
    said = tr("It cools off first: `outbox send-now {id}` sends it now, `outbox discard {id}` takes it back.")
    return [said.format(id=ids.display(ids.OUTBOX, entry.id))]
