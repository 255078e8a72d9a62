"""The one that is killed: posts on a real channel's code until it dies, saying what has been acknowledged."""

from __future__ import annotations

import json
import random
import sys
from contextlib import closing
from importlib import import_module
from pathlib import Path

from app.outbox import SENT, Letters, Outbox
from app.store.store import Store
from app.voice import Draft, clear
from tests.kill.sender import Telling, say


def run(path: Path, kind: str, fields: dict[str, str], secrets: dict[str, str]) -> None:
    """Never comes back."""
    store = Store(path)
    outbox = Outbox(store, settle=1)
    letters = Letters(store, outbox)
    account = letters.posting_accounts()[0].id
    outbox.take_charge()
    say("UP")
    while True:
        with closing(Telling(import_module(f"app.channels.{kind}").open(fields, secrets))) as session:
            for number in outbox.to_look_up():
                outbox.look_up(number, session)
            venue = random.choice(letters.venues(account))
            draft = letters.keep(letters.new_post(account)._replace(receivers=(venue.box,)))
            text = f"Post {random.getrandbits(64):x}"
            (made,) = letters.submit(clear(Draft(text), ()), draft, hold_seconds=0)
            say("ACK", made)
            for number in outbox.due():
                if outbox.deliver(number, session).state == SENT:
                    say("SENT", number)
            with store.write() as conn:  # a limit is over at once: nothing here waits for the clock
                conn.execute("UPDATE outbox SET next_at = 0 WHERE state = 'queued'")


if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3]), json.loads(sys.argv[4]))
