"""What handles a row of the outbox that sends no message: a correction or withdrawal, or a reaction."""

from __future__ import annotations

from typing import Any, Protocol

from app.channels.base import Session
from app.outbox import changing, reacting
from app.outbox.entry import Entry
from app.store.sqlite import Connection
from app.store.store import Store


class Handler(Protocol):
    """What `changing` and `reacting` both have; see there."""

    def wanted(self, conn: Connection, outgoing: Entry) -> Any:  # noqa: ANN401  what its `carry` takes
        """What is handed to the channel."""

    def carry(self, session: Session, outgoing: Entry, asked: Any) -> None:  # noqa: ANN401  as `wanted` returns it
        """Have the channel do it."""

    def is_done(self, session: Session, outgoing: Entry, asked: Any) -> bool:  # noqa: ANN401  as above
        """Whether an attempt of unknown outcome arrived."""

    def record(self, conn: Connection, outgoing: Entry, at: int) -> None:
        """Record that it was done."""

    def retry(self, store: Store, outgoing: Entry) -> None:
        """Queue it again."""

    def confirm(self, store: Store, outgoing: Entry) -> None:
        """Record it as done on the person's word."""

    def discard(self, store: Store, outgoing: Entry) -> None:
        """Cancel it."""


def handler(outgoing: Entry) -> Handler:
    """The functions for a row that is a change (`Entry.is_change`)."""
    return reacting if outgoing.is_reaction else changing
