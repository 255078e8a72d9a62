"""Where the messages of one transaction come from."""

from __future__ import annotations

from dataclasses import dataclass

from app.base.message import Incoming
from app.channels.registry import channel
from app.store.sqlite import Connection

QUIET_DAYS = 30
"""Conversations that ended longer ago come in closed: bringing in old history must not ask for a thousand answers."""


@dataclass(frozen=True, slots=True)
class Source:
    """The account, and the import that it is (None: the channel itself).

    `own` are our folded names there. Times are Unix seconds: `now`, and `quiet_before`, before which talk that has
    ended comes in closed.
    """

    account_id: int
    kind: str
    own: frozenset[str]
    batch_id: int | None
    now: int
    quiet_before: int

    @property
    def tells_changes(self) -> bool:
        """Whether a known message that looks different has changed.

        A file may be older than what the channel has told us since; and a mail is never edited.
        """
        return self.batch_id is None and channel(self.kind).edits

    def is_ours(self, item: Incoming) -> bool:
        """Whether we said it ourselves."""
        return item.out or item.author.key in self.own


def of_account(conn: Connection, account_id: int, batch_id: int | None, now: int) -> Source:
    """The source that an account is at `now`, in Unix seconds."""
    kind, own = conn.execute("SELECT kind, own FROM account WHERE id = ?", (account_id,)).fetchone()
    days = conn.execute("SELECT value FROM setting WHERE key = 'quiet_days'").fetchone()
    quiet_before = now - 86_400 * (int(days["value"]) if days else QUIET_DAYS)
    return Source(account_id, kind, frozenset(own.split()), batch_id, now, quiet_before)
