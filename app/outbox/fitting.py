"""Limits on what a channel accepts in one message, and who will see a reply; checked and shown before sending."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from app.accounts import channel
from app.base import length
from app.base.errors import UserError
from app.base.message import Addressee
from app.base.words import N_, counted, tr
from app.channels.base import Channel
from app.inbox.addressing import BCC
from app.store.sqlite import Connection

_MAX_PARTS = 25  # a reply in more parts is a mistake
_TOO_LONG = {
    (False, False): N_("{channel} allows {most:,} characters, and this has {length:,}: shorten it."),
    (False, True): N_(
        "{channel} allows {most:,} characters, and this has {length:,}: shorten it, or send it as a thread."
    ),
    (True, False): N_("{channel} allows {most:,} bytes, and this has {length:,}: shorten it."),
    (True, True): N_("{channel} allows {most:,} bytes, and this has {length:,}: shorten it, or send it as a thread."),
}
"""Whether the limit is in bytes, and threads are possible -> the sentence."""


@dataclass(frozen=True, slots=True)
class Room:
    """Limits for one message: `limit` (None for unlimited) in the unit `counts`, and whether `threads` are possible.

    `most_bytes` is a limit in UTF-8 bytes besides, None where there is none.
    """

    channel: str
    limit: int | None
    counts: str
    threads: bool
    most_bytes: int | None = None

    def length(self, text: str) -> int:
        """The text's length in the channel's unit."""
        return length.length(text.strip(), self.counts)

    def used(self, text: str) -> tuple[int, int, str]:
        """The text's length against the limit that it is nearest to: (length, limit, unit); 0 of 0 without a limit."""
        if self.limit is None:
            return 0, 0, self.counts
        used = self.length(text)
        if self.most_bytes is not None:
            size = length.length(text.strip(), length.BYTES)
            if size * self.limit > used * self.most_bytes:
                return size, self.most_bytes, length.BYTES
        return used, self.limit, self.counts

    def parts(self, text: str) -> list[str]:
        """Split the text into as many messages as needed; unsplit if the channel has no threads."""
        if self.limit is None or not self.threads:
            return [text]
        return length.parts(text, self.limit, self.counts, self.most_bytes) or [text]

    def refuse(self, texts: Sequence[str]) -> None:
        """Raise UserError if a text is too long, or there are too many parts."""
        for text in texts:
            used, most, unit = self.used(text)
            if used > most:
                sentence = tr(_TOO_LONG[unit == length.BYTES, self.threads])
                raise UserError(sentence.format(channel=self.channel, most=most, length=used))
        if len(texts) > _MAX_PARTS:
            msg = counted(
                len(texts),
                "This would be sent as {count} message. Shorten it.",
                "This would be sent as {count} messages. Shorten it.",
            )
            raise UserError(msg)


def room_at(kind: str) -> Room:
    """What a channel of this kind takes by default, on whichever account; raises NotFoundError for an unknown one."""
    of = channel(kind)
    return Room(tr(of.title), of.can.limit, of.can.counts, of.can.threads, of.can.most_bytes)


def room(conn: Connection, account_id: int) -> Room:
    """The account's limits: as its server reported when it was checked, else the channel's default."""
    kind, mode, facts = conn.execute("SELECT kind, mode, facts FROM account WHERE id = ?", (account_id,)).fetchone()
    of = channel(kind)
    reported = str(json.loads(facts).get("limit", ""))
    limit = int(reported) if reported.isdecimal() else of.can.limit
    return Room(tr(of.title), limit, of.can.counts, of.can.threads and mode != "file", of.can.most_bytes)


def audience(of: Channel, account: str, whom: str, *, public: bool, post: str = "") -> str:
    """One sentence on where a reply will appear and who will see it."""
    if not public and of.private_audience:
        return tr(of.private_audience)
    if not public:
        return tr("Visible to {whom} only.").format(whom=whom) if whom else tr("Visible only to the recipient.")
    seen = tr(of.audience) or tr("Visible to everyone on {account}.").format(account=account)
    return tr("Under “{post}”. {seen}").format(post=post, seen=seen) if post else seen


def letter_audience(addressees: Sequence[Addressee], whom: str, *, to_list: bool) -> str:
    """One sentence on who will read a letter; `whom` is its receiver if it goes to one."""
    if to_list:
        return tr("Public: everybody on the list reads it.")
    if len(addressees) == 1 and whom:
        return tr("Visible to {whom} only.").format(whom=whom)
    if any(box.role == BCC for box in addressees):
        return tr("Only they see it, and nobody sees who gets a blind copy.")
    return tr("Only they see it.")
