"""kill -9 while messages of ours are corrected or withdrawn: none is changed twice, and no old words are lost.

RAPPORT_KILLS sets how often (25 for each of both unless told).
"""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from pathlib import Path

import pytest

from app.base.message import Author, Incoming
from app.intake import Intake
from app.outbox import CORRECT, DISCARDED, OPEN, SENDING, SENT, UNDECIDED, WITHDRAW, Entry, Outbox
from app.store.store import Store
from tests.channels.fake import FakeSession, reads, serving_here, taken
from tests.kill.changer import MODES
from tests.kill.killing import IN_THE_MIDST, KILLS, POINTS, Killing, turns

pytestmark = pytest.mark.slow

ALL = (*OPEN, SENT, DISCARDED)
_MANY = 400  # messages of ours; each can be withdrawn once


def made(path: Path, log: Path) -> None:
    """A file with messages of ours that the server has; their words say how it takes their withdrawal."""
    store = Store(path)
    with store.write() as conn:
        conn.execute("INSERT INTO account (id, kind, name, created_at) VALUES (1, 'wordpress', 'Fake', 0)")
    anna, us, now = Author("anna", "anna", "Anna Bell"), Author("us", "us"), int(time.time())
    items = []
    with log.open("w") as lines:
        for number in range(1, _MANY + 1):
            text, at = f"[{random.choice(MODES)}] answer {number}", now - number
            items.append(Incoming(f"m{number}", at - 1, f"Hello {number}?", anna, thread=f"t{number}"))
            items.append(Incoming(f"r{number}", at, text, us, out=True, thread=f"t{number}"))
            lines.write(json.dumps({"key": f"seed{number}", "text": text, "id": f"r{number}", "at": at}) + "\n")
    Intake(store).take(1, items)
    store.close()


def look(path: Path) -> tuple[list[Entry], int, str, dict[str, list[str | None]]]:
    """As a new start shows it: the rows, how many had been left in the middle, what SQLite says of the file, and how
    each message read, one version after the other; None at the end for one that is withdrawn."""
    store = Store(path)
    outbox = Outbox(store, settle=2)
    left = len(outbox.entries((SENDING,)))
    assert outbox.take_charge(), "a killed process has given the right back"
    rows = outbox.entries(ALL)
    checked = str(store.read.execute("PRAGMA integrity_check").fetchone()[0])
    read: dict[str, list[str | None]] = {}
    for number, there, text, gone in store.read.execute(
        "SELECT id, remote_id, text, gone_at IS NOT NULL FROM message WHERE out = 1"
    ).fetchall():
        before = store.read.execute("SELECT text FROM message_version WHERE message_id = ? ORDER BY id", (number,))
        read[there] = [*(row["text"] for row in before), text, *([None] if gone else [])]
    outbox.close()
    store.close()
    return rows, left, checked, read


def settled(path: Path, port: int, log: Path) -> None:
    """Looking up leaves no doubt: sent is what arrived, and each message reads here as it reads there."""
    store = Store(path)
    outbox, session = Outbox(store, settle=0), FakeSession(port, timeout=60.0)
    for number in outbox.to_look_up(int(time.time()) + 600):
        outbox.look_up(number, session)
    rows, arrived = outbox.entries(ALL), {one["key"] for one in taken(log)}
    outbox.close()
    store.close()
    assert not [row for row in rows if row.state == UNDECIDED]
    assert {row.key for row in rows if row.state == SENT} == {key for key in arrived if not key.startswith("seed")}
    *_, read = look(path)
    lines = taken(log)
    for there, versions in read.items():
        assert versions[-1] == reads(lines, there)
        assert versions == [one["text"] for one in lines if one.get("about", one["id"]) == there], "words are lost"


@pytest.mark.parametrize("purpose", [CORRECT, WITHDRAW])
def test_killed_while_changing(tmp_path: Path, purpose: str) -> None:
    path, log = tmp_path / "community.rapport", tmp_path / "taken.jsonl"
    made(path, log)
    acknowledged: set[int] = set()
    said_sent: set[int] = set()
    killing = Killing()
    with serving_here(log, killing.heed) as server:
        port = server.server_address[1]
        for point, passes in turns(KILLS):
            for word, *number in killing.run(["tests.kill.changer", str(path), str(port), purpose], point, passes):
                if word == "ACK":
                    acknowledged.add(int(number[0]))
                elif word == "SENT":
                    said_sent.add(int(number[0]))
            server.settle()  # what the child had handed to the system has reached the server
            rows, left, checked, _ = look(path)
            assert left == 1 or point not in IN_THE_MIDST, point
            assert checked == "ok"
            arrived = Counter(one["key"] for one in taken(log))
            assert max(arrived.values()) <= 1, "done twice"
            states = {row.id: row.state for row in rows}
            assert acknowledged <= states.keys(), "an acknowledged change is lost"
            assert {states[number] for number in said_sent} <= {SENT}
            assert not [row for row in rows if row.state == SENT and row.key not in arrived], "called done and was not"
            hidden = [row for row in rows if row.key in arrived and row.state not in (SENT, UNDECIDED)]
            assert not hidden, "done, and shown neither as done nor as undecided"
            assert not [row for row in rows if row.state == SENDING]
        settled(path, port, log)
    assert len(said_sent) >= KILLS // len(POINTS)
