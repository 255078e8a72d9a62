"""The one that is killed: corrects or withdraws what was said before until it dies, saying what is acknowledged."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from app.base.message import Change
from app.channels.base import Session
from app.outbox import CORRECT, SENT, Outbox
from app.store.store import Store
from app.voice import Draft, clear
from tests.channels.fake import FakeSession
from tests.kill.sender import PATIENCE, Telling, say, wait

MODES = ("slow", "slow", "ok", "close_after 0.3", "close_before 0.3", "error_after 0.3", "broken 0.3", "refused 0.5")


class TellingChanges(Telling):
    """A session that says what it is about to change, and waits for a word before it does it."""

    def __init__(self, session: FakeSession) -> None:
        """`session` does it."""
        super().__init__(session)
        self._able = session

    def correct(self, change: Change) -> None:
        """As the session; it waits before the first byte leaves, and before the answer is written down."""
        say("SENDING")
        wait()
        self._able.correct(change)
        say("ANSWERED")
        wait()

    def withdraw(self, change: Change) -> None:
        """As `correct`."""
        say("SENDING")
        wait()
        self._able.withdraw(change)
        say("ANSWERED")
        wait()

    def reads(self, change: Change) -> str | None:
        """As the session."""
        return self._able.reads(change)


def run(path: Path, port: int, purpose: str) -> None:
    """Never comes back."""
    store = Store(path)
    outbox = Outbox(store, settle=2)
    session: Session = TellingChanges(FakeSession(port, timeout=PATIENCE))
    outbox.take_charge()
    say("UP")
    while True:
        for number in outbox.to_look_up():
            outbox.look_up(number, session)
        ours = [row["id"] for row in store.read.execute("SELECT id FROM message WHERE out = 1 AND gone_at IS NULL")]
        message = random.choice([one for one in ours if not outbox.can_change(one).why_not(purpose)])
        if purpose == CORRECT:
            text = f"[{random.choice(MODES)}] {random.getrandbits(64):x}"
            say("ACK", outbox.correct(message, clear(Draft(text), ()), 0))
        else:
            say("ACK", outbox.withdraw(message, 0))
        for number in outbox.due():
            if outbox.deliver(number, session).state == SENT:
                say("SENT", number)


if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
