"""The one that is killed: submits replies and delivers them until it dies, saying what has been acknowledged."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from app.outbox import SENT, Outbox
from app.store.store import Store
from app.voice import Draft, clear
from tests.channels.fake import FakeSession

_MODES = ("slow", "slow", "ok", "close_after 0.3", "close_before 0.3", "error_after 0.3", "broken 0.3", "refused")


def say(*words: object) -> None:
    """One line, out of this process before anything else happens."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")  # in one piece: half a number would be another number
    sys.stdout.flush()


def run(path: Path, port: int, *, tells: bool) -> None:
    """Never comes back."""
    store = Store(path)
    outbox = Outbox(store, settle=2)
    session = FakeSession(port, tells=tells)
    outbox.take_charge()
    say("UP")
    while True:
        for number in outbox.to_look_up():
            outbox.look_up(number, session)
        talk = random.randint(1, 5)
        text = f"[{random.choice(_MODES)}] {random.getrandbits(64):x}"
        say("ACK", outbox.submit(clear(Draft(text), ()), talk, then_done=random.random() < 0.5, hold_seconds=0))
        for number in outbox.due():
            if outbox.deliver(number, session).state == SENT:
                say("SENT", number)


if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]), tells=sys.argv[3] == "tells")
