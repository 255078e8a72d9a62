"""kill -9 at random instants of an import: nothing acknowledged is lost, the same file again completes it."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from app.actions import Actions
from app.imports import Options
from app.imports.desk import Imports
from app.intake import Intake
from app.store.store import Store
from tests.bench.community import OWN
from tests.bench.mails import write_mbox
from tests.kill.import_child import CHUNK
from tests.kill.killing import COMMITTED, Killing

KILLS = int(os.environ.get("RAPPORT_KILLS", "50"))
MAILS = 1_500

pytestmark = pytest.mark.slow


def killed(file: Path, mbox: Path, commits: int, later: float) -> tuple[int, bool]:
    """The last count that the child acknowledged before it died, and whether it had come to the end.

    The instant is so many commits after its start, and some seconds after that.
    """
    said = Killing().run(["tests.kill.import_child", str(file), str(mbox)], COMMITTED, commits, later)
    return max((int(words[1]) for words in said if words[0] == "COMMITTED"), default=0), ["DONE"] in said


def content(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All that matters of what is stored, without the numbers of rows."""
    questions = {
        "messages": "SELECT m.remote_id, m.at, m.out, m.text, m.language, i.key FROM message m"
        " LEFT JOIN identity i ON i.id = m.identity_id ORDER BY 1",
        "conversations": "SELECT title, messages, first_at, last_at, last_out, state, unread FROM conversation"
        " ORDER BY 1, 3, 4",
        "members": "SELECT name, email, language, first_at, last_at FROM member ORDER BY 2",
        "tally": "SELECT account_id, state, n FROM tally WHERE n <> 0 ORDER BY 2",
        "found": "SELECT count(*) FROM message_index WHERE message_index MATCH '\"a\"*'",
    }
    return {name: [tuple(row) for row in store.read.execute(sql)] for name, sql in questions.items()}


def is_whole(store: Store) -> None:
    """The invariants after every fault."""
    with store.write() as conn:
        assert [row[0] for row in conn.execute("PRAGMA integrity_check")] == ["ok"]
        assert not conn.execute("PRAGMA foreign_key_check").fetchall()
        conn.execute("INSERT INTO message_index (message_index) VALUES ('integrity-check')")
        counted = conn.execute(
            "SELECT (SELECT coalesce(sum(messages), 0) FROM conversation), count(*) FROM message"
        ).fetchone()
        assert counted[0] == counted[1]
        assert conn.execute("SELECT coalesce(sum(new), 0) FROM import_batch").fetchone()[0] == counted[1]


def test_kills_during_an_import(tmp_path: Path) -> None:
    mbox, chance = tmp_path / "mails", random.Random(20261122)
    write_mbox(mbox, MAILS)
    reference = Store(tmp_path / "reference" / "community.rapport")
    Imports(reference, Intake(reference)).run(mbox, Options(own=(OWN,)))
    wanted = content(reference)
    reference.close()
    file, interrupted, completed = tmp_path / "0" / "community.rapport", 0, 0
    for number in range(KILLS):
        later = chance.choice((0.0, chance.uniform(0, 0.02)))
        acknowledged, done = killed(file, mbox, chance.randint(0, MAILS // CHUNK), later)
        store = Store(file)
        is_whole(store)
        stored = store.read.execute("SELECT count(*) FROM message").fetchone()[0]
        assert stored >= acknowledged
        interrupted += not done and stored < MAILS
        if done or chance.random() < 0.2:
            Imports(store, Intake(store)).run(mbox, Options(own=(OWN,)))
            assert content(store) == wanted
            completed += 1
            undo_all(store)
            file = tmp_path / str(number + 1) / "community.rapport"
        store.close()
    assert interrupted >= KILLS // 4  # else the kills came too late to prove anything
    assert completed


def undo_all(store: Store) -> None:
    """Every part of the interrupted import can be taken back, and then nothing of it is left."""
    imports = Imports(store, Intake(store))
    actions = Actions(store, lambda: imports)
    while actions.last():
        actions.undo()
    left = content(store)
    assert not {name: left[name] for name in ("messages", "conversations", "members", "tally") if left[name]}
