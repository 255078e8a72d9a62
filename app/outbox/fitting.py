"""How much an account's channel takes in one message, and where an answer goes: said before it is sent."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from app.accounts import channel
from app.base import length
from app.base.errors import UserError
from app.base.words import counted, tr
from app.channels.base import Channel
from app.store.sqlite import Connection

_PARTS_MOST = 25  # a reply in more parts than this is a slip, not a reply


@dataclass(frozen=True, slots=True)
class Room:
    """What one message may hold: `limit` as the channel `counts` (None: none), and whether it goes on in `threads`."""

    channel: str
    limit: int | None
    counts: str
    threads: bool

    def length(self, text: str) -> int:
        """The text's length as the channel counts it."""
        return length.length(text.strip(), self.counts)

    def parts(self, text: str) -> list[str]:
        """The text in as many pieces as it needs; whole where the channel has no threads."""
        if self.limit is None or not self.threads:
            return [text]
        return length.parts(text, self.limit, self.counts) or [text]

    def refuse(self, texts: Sequence[str]) -> None:
        """UserError where one of them is too long, or where there are too many."""
        for text in texts:
            if self.limit is not None and self.length(text) > self.limit:
                sentence = tr("{channel} allows {most:,} characters, and this has {length:,}: shorten it.")
                if self.threads:
                    sentence = tr(
                        "{channel} allows {most:,} characters, and this has {length:,}: shorten it, "
                        "or send it as a thread."
                    )
                raise UserError(sentence.format(channel=self.channel, most=self.limit, length=self.length(text)))
        if len(texts) > _PARTS_MOST:
            msg = counted(
                len(texts),
                "This would be sent as {count} message. Shorten it.",
                "This would be sent as {count} messages. Shorten it.",
            )
            raise UserError(msg)


def room(conn: Connection, account_id: int) -> Room:
    """What that account takes: as its server said when it was checked, else as its channel says."""
    kind, mode, facts = conn.execute("SELECT kind, mode, facts FROM account WHERE id = ?", (account_id,)).fetchone()
    of = channel(kind)
    told = str(json.loads(facts).get("limit", ""))
    limit = int(told) if told.isdecimal() else of.can.limit
    return Room(tr(of.title), limit, of.can.counts, of.can.threads and mode != "file")


def audience(of: Channel, account: str, whom: str, *, public: bool, post: str = "") -> str:
    """Where an answer goes and who will see it, in one sentence."""
    if not public and of.private_audience:
        return tr(of.private_audience)
    if not public:
        return tr("Visible only to {whom}.").format(whom=whom) if whom else tr("Visible only to the recipient.")
    seen = tr(of.audience) or tr("Visible to everyone on {account}.").format(account=account)
    return tr("Under “{post}”. {seen}").format(post=post, seen=seen) if post else seen
