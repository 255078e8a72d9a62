"""Export what is not sent yet: drafts of replies, new messages and posts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.base import clock, ids
from app.csvfile.writing import Cell
from app.outbox.unfinished import REPLY, Unfinished, Unsent
from app.store.store import Store

KIND = "drafts"
HEADER = (
    "draft", "conversation_id", "receiver", "channel", "account", "public", "subject", "text", "written_at", "files",
)  # fmt: skip
"""`draft` is reply, message, forward, private or post; only a reply has a conversation."""


def every(store: Store) -> Iterator[Sequence[Cell]]:
    """All of them, the one written on last first."""
    return (_cells(draft) for draft in Unsent(store).every())


def listed(store: Store, numbers: Sequence[int]) -> Iterator[Sequence[Cell]]:
    """Those with these numbers (`Unfinished.number`), in this order."""
    return (_cells(draft) for draft in Unsent(store).numbered(numbers))


def _cells(draft: Unfinished) -> Sequence[Cell]:
    return (
        draft.kind, ids.display(ids.CONVERSATION, draft.id) if draft.kind == REPLY else "", draft.to, draft.channel,
        draft.account, "yes" if draft.public else "", draft.title, draft.text,
        clock.iso(draft.at) if draft.at else "", draft.files,
    )  # fmt: skip
