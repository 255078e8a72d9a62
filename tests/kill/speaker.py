"""The one that is killed: answers on a real channel's code until it dies, saying what has been acknowledged."""

from __future__ import annotations

import json
import random
import sys
from contextlib import closing
from importlib import import_module
from pathlib import Path

from app.accounts import channel
from app.base.message import Attached
from app.outbox import SENT, Outbox, OutgoingFiles, of_reply
from app.store.store import Store
from app.voice import Draft, clear
from tests.kill.sender import Telling, say

_WITH_A_FILE = 0.4
"""How many of the answers take a file along, where the channel takes any."""


def run(path: Path, kind: str, fields: dict[str, str], secrets: dict[str, str]) -> None:
    """Never comes back."""
    store = Store(path)
    outbox, files = Outbox(store, settle=1), OutgoingFiles(store)
    offered = channel(kind).can.files
    with_files = offered is not None and not offered.types
    talks = [row[0] for row in store.read.execute("SELECT id FROM conversation")]
    outbox.take_charge()
    say("UP")
    while True:
        with closing(Telling(import_module(f"app.channels.{kind}").open(fields, secrets))) as session:
            for number in outbox.to_look_up():
                outbox.look_up(number, session)
            text, talk = f"Answer {random.getrandbits(64):x}", random.choice(talks)
            if with_files and random.random() < _WITH_A_FILE:
                file = Attached(f"{text}.txt", "text/plain", text.encode())
                files.add_content(of_reply(talk), file, kind)
            say("ACK", outbox.submit(clear(Draft(text), ()), talk, hold_seconds=0))
            for number in outbox.due():
                if outbox.deliver(number, session).state == SENT:
                    say("SENT", number)
            with store.write() as conn:  # a limit is over at once: nothing here waits for the clock
                conn.execute("UPDATE outbox SET next_at = 0 WHERE state = 'queued'")


if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3]), json.loads(sys.argv[4]))
