"""kill -9 while replies are being sent: none goes twice, none is called sent that is not, all unknowns are shown.

RAPPORT_KILLS sets how often (25 for each kind of channel unless told).
"""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest

from app.base.message import Author, Incoming
from app.intake import Intake
from app.outbox import DISCARDED, OPEN, SENDING, SENT, UNDECIDED, Entry, Outbox
from app.store.store import Store
from tests.channels.fake import FakeSession, serving_here, taken
from tests.kill.killing import IN_THE_MIDST, KILLS, POINTS, Killing, turns

pytestmark = pytest.mark.slow

ALL = (*OPEN, SENT, DISCARDED)


def made(path: Path) -> None:
    store = Store(path)
    with store.write() as conn:
        conn.execute("INSERT INTO account (id, kind, name, created_at) VALUES (1, 'fake', 'Fake', 0)")
    anna, now = Author("anna", "anna", "Anna Bell"), int(time.time())
    Intake(store).take(1, [Incoming(f"m{n}", now - n, f"Hello {n}?", anna, thread=f"t{n}") for n in range(1, 6)])
    store.close()


def look(path: Path) -> tuple[list[Entry], int, str]:
    """The rows as a new start shows them, how many had been left in the middle, and what SQLite says of the file."""
    store = Store(path)
    outbox = Outbox(store, settle=2)
    left = len(outbox.entries((SENDING,)))
    assert outbox.take_charge(), "a killed process has given the right back"
    rows = outbox.entries(ALL)
    checked = str(store.read.execute("PRAGMA integrity_check").fetchone()[0])
    outbox.close()
    store.close()
    return rows, left, checked


def settled(path: Path, port: int, log: Path) -> None:
    """Where the channel can tell, looking up leaves no doubt: sent is what arrived, and nothing else."""
    store = Store(path)
    outbox, session = Outbox(store, settle=0), FakeSession(port, timeout=60.0)
    for number in outbox.to_look_up(int(time.time()) + 600):
        outbox.look_up(number, session)
    rows, arrived = outbox.entries(ALL), {one["key"] for one in taken(log)}
    outbox.close()
    store.close()
    assert not [row for row in rows if row.state == UNDECIDED]
    assert {row.key for row in rows if row.state == SENT} == arrived


@pytest.mark.parametrize("tells", ["tells", "silent"])
def test_killed_while_sending(tmp_path: Path, tells: str) -> None:
    path, log = tmp_path / "community.rapport", tmp_path / "taken.jsonl"
    made(path)
    acknowledged: set[int] = set()
    said_sent: set[int] = set()
    killing = Killing()
    with serving_here(log, killing.heed) as server:
        port = server.server_address[1]
        for point, passes in turns(KILLS):
            for word, *number in killing.run(["tests.kill.sender", str(path), str(port), tells], point, passes):
                if word == "ACK":
                    acknowledged.add(int(number[0]))
                elif word == "SENT":
                    said_sent.add(int(number[0]))
            server.settle()  # what the child had handed to the system has reached the server
            rows, left, checked = look(path)
            assert left == 1 or point not in IN_THE_MIDST, point
            arrived = Counter(one["key"] for one in taken(log))
            assert checked == "ok"
            assert max(arrived.values(), default=0) <= 1, "sent twice"
            states = {row.id: row.state for row in rows}
            assert acknowledged <= states.keys(), "an acknowledged reply is lost"
            assert {states[number] for number in said_sent} <= {SENT}
            assert not [row for row in rows if row.state == SENT and row.key not in arrived], "called sent and was not"
            hidden = [row for row in rows if row.key in arrived and row.state not in (SENT, UNDECIDED)]
            assert not hidden, "arrived, and shown neither as sent nor as undecided"
            assert not [row for row in rows if row.state == SENDING]
        if tells == "tells":
            settled(path, port, log)
    assert len(said_sent) >= KILLS // len(POINTS)
    if tells == "silent":
        assert any(row.state == UNDECIDED for row in look(path)[0])
