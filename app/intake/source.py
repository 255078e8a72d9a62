"""The origin of a transaction's messages: an account, or an import into it."""

from __future__ import annotations

from dataclasses import dataclass

from app.base.message import Incoming
from app.base.text import fold
from app.channels.registry import channel
from app.inbox.start_line import drawn
from app.store.sqlite import Connection

QUIET_DAYS = 30
"""Default for `quiet_days`: older conversations are imported as done, so that history does not ask for replies."""


@dataclass(frozen=True, slots=True)
class Source:
    """The account, and the import batch (None when pulled from the channel).

    `own` are our names there, folded. Times are Unix seconds: conversations whose last message is older than
    `quiet_before` are stored as done.
    """

    account_id: int
    kind: str
    own: frozenset[str]
    batch_id: int | None
    now: int
    quiet_before: int
    names: frozenset[str] = frozenset()
    """What we are called there, folded."""

    @property
    def tells_changes(self) -> bool:
        """Whether a known message with different content has been edited.

        Not in an import, as the file may be older than what we have; nor for mail, which cannot be edited.
        """
        return self.batch_id is None and channel(self.kind).edits

    def is_ours(self, item: Incoming) -> bool:
        """Whether we wrote it ourselves."""
        return item.out or item.author.key in self.own


def of_account(conn: Connection, account_id: int, batch_id: int | None, now: int, *, by_hand: bool = True) -> Source:
    """The source for an account or import, at `now` in Unix seconds.

    What is not entered `by_hand` is history where it is older than the start line: what the person enters is wanted.
    """
    kind, own, speaks_as = conn.execute(
        "SELECT kind, own, speaks_as FROM account WHERE id = ?", (account_id,)
    ).fetchone()
    called = conn.execute("SELECT value FROM setting WHERE key IN ('speaks_as', 'community')").fetchall()
    names = frozenset(fold(name) for name in (speaks_as, *(row["value"] for row in called)) if name)
    days = conn.execute("SELECT value FROM setting WHERE key = 'quiet_days'").fetchone()
    quiet_before = now - 86_400 * (int(days["value"]) if days else QUIET_DAYS)
    if not by_hand:
        quiet_before = max(quiet_before, drawn(conn) or 0)
    return Source(account_id, kind, frozenset(own.split()), batch_id, now, quiet_before, names)
