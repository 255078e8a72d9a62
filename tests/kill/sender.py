"""The one that is killed: submits replies and delivers them until it dies, saying what has been acknowledged."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from app.base.message import Reply
from app.channels.base import Found, Page, Sent, Session
from app.outbox import SENT, Outbox
from app.store.store import Store
from app.voice import Draft, clear
from tests.channels.fake import FakeSession

MODES = ("slow", "slow", "ok", "close_after 0.3", "close_before 0.3", "error_after 0.3", "broken 0.3", "refused")

PATIENCE = 60.0  # seconds: on a busy machine too an answer comes, and none is waited for in vain


def say(*words: object) -> None:
    """One line, out of this process before anything else happens."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")  # in one piece: half a number would be another number
    sys.stdout.flush()


def wait() -> None:
    """Go on when the parent says so; end where there is no parent any more."""
    if not sys.stdin.readline():
        raise SystemExit(1)


class Telling:
    """A session that says what it is about to do, and waits for a word before it does it."""

    def __init__(self, session: Session) -> None:
        """`session` does it."""
        self._session = session

    def check(self) -> Found:
        """As the session."""
        return self._session.check()

    def pull(self, cursor: dict[str, str]) -> Iterator[Page]:
        """As the session."""
        return self._session.pull(cursor)

    def send(self, reply: Reply) -> Sent:
        """As the session; it waits before the first byte leaves, and before the answer is written down."""
        say("SENDING")
        wait()
        sent = self._session.send(reply)
        say("ANSWERED")
        wait()
        return sent

    def find_sent(self, reply: Reply) -> Sent | None:
        """As the session."""
        return self._session.find_sent(reply)

    def close(self) -> None:
        """As the session."""
        self._session.close()


def run(path: Path, port: int, *, tells: bool) -> None:
    """Never comes back."""
    store = Store(path)
    outbox = Outbox(store, settle=2)
    session = Telling(FakeSession(port, tells=tells, timeout=PATIENCE))
    outbox.take_charge()
    say("UP")
    while True:
        for number in outbox.to_look_up():
            outbox.look_up(number, session)
        talk = random.randint(1, 5)
        text = f"[{random.choice(MODES)}] {random.getrandbits(64):x}"
        say("ACK", outbox.submit(clear(Draft(text), ()), talk, then_done=random.random() < 0.5, hold_seconds=0))
        for number in outbox.due():
            if outbox.deliver(number, session).state == SENT:
                say("SENT", number)


if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]), tells=sys.argv[3] == "tells")
