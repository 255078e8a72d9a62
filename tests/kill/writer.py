"""The one that is killed: submits new and forwarded letters with files, and delivers them until it dies."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from app.base.message import Addressee, Attached
from app.outbox import SENT, LetterDraft, Letters, Outbox, OutgoingFiles, of_letter
from app.store.store import Store
from app.voice import Draft, clear
from tests.channels.fake import FakeSession
from tests.kill.sender import MODES, PATIENCE, Telling, say


def content(number: int) -> bytes:
    """The file that goes with the letters of the draft that had this number."""
    return f"file {number} ".encode() * 500


def run(path: Path, port: int, *, tells: bool) -> None:
    """Never comes back."""
    store = Store(path)
    outbox = Outbox(store, settle=2)
    letters, files = Letters(store, outbox), OutgoingFiles(store)
    session = Telling(FakeSession(port, tells=tells, timeout=PATIENCE))
    (message,) = store.read.execute("SELECT id FROM message WHERE out = 0").fetchone()
    outbox.take_charge()
    say("UP")
    while True:
        for number in outbox.to_look_up():
            outbox.look_up(number, session)
        begun = letters.forward_of(message) if random.random() < 0.3 else LetterDraft(account_id=1)
        whom = tuple(
            Addressee("to", "", f"{random.getrandbits(32):x}@example.org") for _ in range(random.randint(1, 2))
        )
        draft = letters.keep(begun._replace(receivers=whom, together=False))
        files.add_content(of_letter(draft.id), Attached(f"{draft.id}.txt", "text/plain", content(draft.id)), "email")
        text = f"[{random.choice(MODES)}] {random.getrandbits(64):x}"
        for number in letters.submit(clear(Draft(text), ()), draft, hold_seconds=0):
            say("ACK", number, draft.id)
        for number in outbox.due():
            if outbox.deliver(number, session).state == SENT:
                say("SENT", number)


if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]), tells=sys.argv[3] == "tells")
