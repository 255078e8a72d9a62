"""The letters of a conversation: whom each names, and whom a reply to all or to the mailing list goes to."""

from __future__ import annotations

from app.inbox import addressing
from app.inbox.addressing import Addressing, Letter
from app.inbox.left_out import LeftOut, left_out
from app.inbox.receivers import Receiver
from app.store.store import Store


class Letters:
    """What is stored of letters' heads; see `app.inbox.addressing`, which decides."""

    def __init__(self, store: Store) -> None:
        """Reads only."""
        self._store = store

    def of(self, message_id: int | None) -> Letter:
        """Whom a message names; empty for what is no letter, and for None."""
        return addressing.letter(self._store.read, message_id)

    def to_everybody(self, to: Receiver) -> Addressing:
        """A reply to all: to the author of the letter, copies to whom it names, none to us."""
        return addressing.to_everybody(to, self.of(to.message_id), self.own())

    def others(self, to: Receiver | None) -> int:
        """How many a reply to all would reach besides the author; 0 without a receiver."""
        return 0 if to is None else len(self.to_everybody(to).cc)

    def to_mailing_list(self, to: Receiver | None) -> Addressing:
        """A reply to the list that the letter came through. Raises UserError if it came through none."""
        return addressing.to_mailing_list(self.of(to.message_id if to is not None else None))

    def left_out(self, message_id: int) -> list[LeftOut]:
        """What was left out of a letter's words in reading it; [] if nothing was."""
        return left_out(self._store.read, message_id)

    def own(self) -> frozenset[str]:
        """Our addresses on all accounts, in lower case: none of them needs a copy."""
        rows = self._store.read.execute("SELECT own FROM account WHERE own LIKE '%@%'")
        return frozenset(name for row in rows for name in row["own"].split("\n"))
