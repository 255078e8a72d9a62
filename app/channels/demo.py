"""The demo's channel: takes any reply at once, and nothing leaves the laptop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.base.clock import now
from app.base.message import Reply
from app.channels.base import Can, Channel, Found, Page, Sent, Session

CHANNEL = Channel(kind="demo", title="Demo", fields=(), can=Can(reply=True, private=True), icon="flask-conical")


class DemoSession:
    """Every reply has been sent the moment it is handed over; nothing new ever comes."""

    def check(self) -> Found:
        """Always well."""
        return Found("This is the demo: replies stay in its file, and nothing leaves this computer.")

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


def open(fields: Mapping[str, str], secrets: Mapping[str, str]) -> Session:  # noqa: A001  the word that every channel has
    """A session that needs neither fields nor secrets."""
    del fields, secrets
    return DemoSession()
