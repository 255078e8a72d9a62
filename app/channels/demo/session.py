"""A session that takes any reply at once; nothing leaves the laptop."""

from __future__ import annotations

from collections.abc import Iterator

from app.base.clock import now
from app.base.message import Reply
from app.base.words import tr
from app.channels.base import Found, Page, Sent


class DemoSession:
    """Every reply has been sent the moment it is handed over; nothing new ever comes."""

    def check(self) -> Found:
        """Always well."""
        return Found(tr("This is the demo: replies stay in its file, and nothing leaves this computer."))

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """Nothing."""
        del cursor
        yield from ()

    def send(self, reply: Reply) -> Sent:
        """Taken."""
        return Sent(f"demo-{reply.key}", at=now())

    def find_sent(self, reply: Reply) -> Sent | None:
        """Sent: whatever this was handed, it took."""
        return self.send(reply)

    def moderate(self, verb: str, remote_id: str) -> None:
        """Done."""
        del verb, remote_id

    def close(self) -> None:
        """Nothing to hang up."""
