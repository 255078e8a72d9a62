"""kill -9 while new and forwarded letters with files are sent: none goes twice, none is lost, each has all its files.

RAPPORT_KILLS sets how often (25 for each kind of channel unless told).
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from app.base.message import Attached, Author, Incoming
from app.intake import Intake
from app.outbox import DISCARDED, OPEN, SENDING, SENT, UNDECIDED, Entry, Outbox
from app.store.store import Store
from tests.app.saying import is_consistent
from tests.channels.fake import FakeSession, serving_here, taken
from tests.kill.killing import KILLS, POINTS, Killing, turns
from tests.kill.writer import content

pytestmark = pytest.mark.slow

ALL = (*OPEN, SENT, DISCARDED)
PICTURE = Attached("first.png", "image/png", b"PNG" * 1000)


def made(path: Path) -> None:
    store = Store(path)
    with store.write() as conn:
        conn.execute("INSERT INTO account (id, kind, name, own, created_at) VALUES (1, 'email', 'Post', 'us@x.is', 0)")
    anna = Author("anna@example.org", "anna@example.org", "Anna Bell")
    letter = Incoming("m1", int(time.time()), "Hello?", anna, public=False, letter="x", attached=(PICTURE,))
    Intake(store).take(1, [letter])
    store.close()


def look(path: Path) -> tuple[list[Entry], Store]:
    """The rows as a new start shows them; the store, to be closed."""
    store = Store(path)
    outbox = Outbox(store, settle=2)
    assert outbox.take_charge(), "a killed process has given the right back"
    rows = outbox.entries(ALL)
    outbox.close()
    return rows, store


def whole(store: Store, rows: list[Entry]) -> None:
    """Each letter that is not sent has its files, each that is has them as attachments, and nothing else is kept."""
    for row in rows:
        column, number = ("outbox_id", row.id) if row.state != SENT else ("message_id", row.message_id)
        table = "attachment" if row.state == SENT else "outgoing_file"
        held = store.read.execute(f"SELECT count(*) FROM {table} WHERE {column} = ?", (number,)).fetchone()[0]
        assert held == (2 if row.purpose == "forward" else 1), (row.id, row.state)
    lost = store.read.execute(
        "SELECT count(*) FROM outgoing_file WHERE sha256 NOT IN (SELECT sha256 FROM outgoing_bytes)"
    ).fetchone()[0]
    kept = store.read.execute(
        "SELECT count(*) FROM outgoing_bytes WHERE sha256 NOT IN (SELECT sha256 FROM outgoing_file)"
    ).fetchone()[0]
    assert (lost, kept) == (0, 0)


def files(draft: int, row: Entry) -> list[list[str]]:
    """What goes with a letter of the draft that had this number, as the server writes it down."""
    first = [[PICTURE.name, hashlib.sha256(PICTURE.content).hexdigest()]] if row.purpose == "forward" else []
    return [*first, [f"{draft}.txt", hashlib.sha256(content(draft)).hexdigest()]]


def settled(path: Path, port: int, arrived: list[dict[str, Any]]) -> None:
    """Where the channel can tell, looking up leaves no doubt: sent is what arrived, and nothing else."""
    store = Store(path)
    outbox, session = Outbox(store, settle=0), FakeSession(port, timeout=60.0)
    for number in outbox.to_look_up(int(time.time()) + 600):
        outbox.look_up(number, session)
    rows = outbox.entries(ALL)
    outbox.close()
    assert not [row for row in rows if row.state == UNDECIDED]
    assert {row.key for row in rows if row.state == SENT} == {one["key"] for one in arrived}
    whole(store, rows)
    is_consistent(store)
    talks = store.read.execute("SELECT conversation_id FROM outbox WHERE state = 'sent'").fetchall()
    assert len(talks) == len(set(talks)), "two letters in one conversation"
    store.close()


@pytest.mark.parametrize("tells", ["tells", "silent"])
def test_killed_while_letters_are_sent(tmp_path: Path, tells: str) -> None:
    path, log = tmp_path / "community.rapport", tmp_path / "taken.jsonl"
    made(path)
    drafts: dict[int, int] = {}
    said_sent: set[int] = set()
    killing = Killing()
    with serving_here(log, killing.heed) as server:
        port = server.server_address[1]
        for point, passes in turns(KILLS):
            for word, *numbers in killing.run(["tests.kill.writer", str(path), str(port), tells], point, passes):
                if word == "ACK":
                    drafts[int(numbers[0])] = int(numbers[1])
                elif word == "SENT":
                    said_sent.add(int(numbers[0]))
            server.settle()
            rows, store = look(path)
            arrived = {one["key"]: one for one in taken(log)}
            assert max(Counter(one["key"] for one in taken(log)).values(), default=0) <= 1, "sent twice"
            states = {row.id: row.state for row in rows}
            assert drafts.keys() <= states.keys(), "an acknowledged letter is lost"
            assert {states[number] for number in said_sent} <= {SENT}
            assert not [row for row in rows if row.state == SENT and row.key not in arrived], "called sent and was not"
            hidden = [row for row in rows if row.key in arrived and row.state not in (SENT, UNDECIDED)]
            assert not hidden, "arrived, and shown neither as sent nor as undecided"
            assert not [row for row in rows if row.state == SENDING]
            for row in rows:
                if row.key in arrived and row.id in drafts:
                    assert arrived[row.key]["files"] == files(drafts[row.id], row)
            whole(store, rows)
            store.close()
        if tells == "tells":
            settled(path, port, taken(log))
    assert len(said_sent) >= KILLS // len(POINTS)
