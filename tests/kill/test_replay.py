"""Ten thousand deliveries of two thousand messages, shuffled, overlapping and killed: the same rows as told once."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from app.intake import Intake
from app.store.store import Store
from tests.kill.killing import KILLS, ROOT
from tests.kill.replayer import DISTINCT, items

pytestmark = pytest.mark.slow

_ROWS = """
SELECT m.remote_id, m.text, m.at, m.out, m.parent_id, i.key, c.remote_id, c.messages, c.last_at, c.first_at,
  (SELECT remote_id FROM message l WHERE l.id = c.last_message_id)
FROM message m JOIN conversation c ON c.id = m.conversation_id LEFT JOIN identity i ON i.id = m.identity_id
ORDER BY m.remote_id
"""


def made(path: Path) -> Store:
    store = Store(path)
    with store.write() as conn:
        conn.execute("INSERT INTO account (id, kind, name, own, created_at) VALUES (1, 'discourse', 'There', 'us', 0)")
    return store


def rows(store: Store) -> list[tuple[object, ...]]:
    return [tuple(row) for row in store.read.execute(_ROWS)]


def test_what_is_told_again_and_again_is_stored_once(tmp_path: Path) -> None:
    once = made(tmp_path / "once.rapport")
    Intake(once, language_of=lambda _text: "").take(1, items())
    wanted = rows(once)
    once.close()
    path, seed, kills, last = tmp_path / "community.rapport", random.getrandbits(30), 0, 0
    made(path).close()
    while True:
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.kill.replayer", str(path), str(seed)],
            stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )  # fmt: skip
        assert child.stdout is not None
        reading = random.randint(1, 12) if kills < KILLS else 10_000
        said = []
        for line in child.stdout:
            said.append(line.split())
            if len(said) >= reading:
                break
        child.kill()
        said += [line.split() for line in child.communicate()[0].splitlines()]
        kills += 1
        last = max([last, *(int(words[1]) for words in said if words[0] == "ACK")])
        store = Store(path)
        row = store.read.execute("SELECT value FROM cursor").fetchone()
        stored = store.read.execute("SELECT count(*), count(DISTINCT remote_id) FROM message").fetchone()
        assert stored[0] == stored[1]
        assert row is None or int(row[0]) >= last, "an acknowledged page is lost"
        assert store.read.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        over = ["END"] in said
        found = rows(store) if over else []
        store.close()
        if over:
            break
    assert len(found) == DISTINCT
    assert found == wanted
    assert kills > 5, "it came through without a kill: the test has shown nothing"
