"""kill -9 at random instants of a pull: what was committed stays, nothing is read twice, nothing is left out."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from app.base.paths import Profile
from app.store.store import Store
from app.workbench import Workbench
from tests.kill.killing import COMMITTED, Killing
from tests.servers import mail

pytestmark = [pytest.mark.slow, pytest.mark.servers("dovecot", "openssl")]
KILLS = int(os.environ.get("RAPPORT_KILLS", "50"))
MAILS = 700


def killed(folder: Path, commits: int, later: float) -> tuple[int, list[list[str]]]:
    """The last count that the child had committed, and all that it said; killed after so many commits, and later."""
    said = Killing().run(["tests.kill.puller", str(folder)], COMMITTED, commits, later)
    return max((int(words[1]) for words in said if words[0] == "COMMITTED"), default=0), said


def window(bench: Workbench) -> tuple[int, list[int]]:
    """How many letters the cursor says have been read, and the UIDs whose places are kept, ascending."""
    parts = [int(part) for part in bench.accounts.cursor(1).get("folder:INBOX", "0:1:0").split(":")]
    low, high = (parts[1], parts[2]) if len(parts) == 3 else (1, parts[1])
    rows = bench.store.read.execute("SELECT uid FROM letter_place ORDER BY uid")
    return high - low + 1, [row[0] for row in rows]


def is_whole(store: Store) -> None:
    """The invariants after every fault."""
    with store.write() as conn:
        assert [row[0] for row in conn.execute("PRAGMA integrity_check")] == ["ok"]
        assert not conn.execute("PRAGMA foreign_key_check").fetchall()
        conn.execute("INSERT INTO message_index (message_index) VALUES ('integrity-check')")
        told, held = conn.execute(
            "SELECT coalesce(sum(messages), 0), (SELECT count(*) FROM message) FROM conversation"
        ).fetchone()
        assert told == held


def test_kills_during_a_pull(tmp_path: Path) -> None:
    chance = random.Random(20261122)
    interrupted = completed = number = 0
    with mail.running() as server:
        for at in range(MAILS):
            chain = f"\r\nReferences: <{at - 3}@x>" if at % 5 and at > 3 else ""
            head = f"From: P{at % 40} <p{at % 40}@x.is>\r\nSubject: Talk {at}\r\nMessage-ID: <{at}@x>{chain}"
            server.deliver("jana", f"{head}\r\n\r\nMail number {at}\r\n".encode())
        folder = tmp_path / "0"
        for _ in range(KILLS):
            profile = Profile(folder)
            if not profile.file.exists():
                bench = Workbench(profile)
                bench.accounts.add("email", "Post", server.fields("jana"), {})
                bench.close()
            # a page has seven: all of it takes a hundred commits, and several kills
            committed, said = killed(folder, chance.randint(0, 40), chance.choice((0.0, chance.uniform(0, 0.02))))
            bench = Workbench(profile)
            is_whole(bench.store)
            stored = bench.store.read.execute("SELECT count(*) FROM message").fetchone()[0]
            read, uids = window(bench)
            bench.close()
            assert stored >= committed
            assert stored == read  # UIDs run without gaps here: the cursor is neither ahead nor behind
            assert uids == list(range(MAILS - stored + 1, MAILS + 1))  # the newest first, and none left out
            assert [words for words in said if words[0] == "known"] in ([], [["known", "0"]])  # nothing was read twice
            interrupted += 0 < stored < MAILS
            if stored == MAILS:
                completed += 1
                number += 1
                folder = tmp_path / str(number)
    assert interrupted >= KILLS // 4  # else the kills came too late to prove anything
    assert completed
