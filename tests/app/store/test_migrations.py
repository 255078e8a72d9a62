"""A file of an earlier version opens, and what it holds means the same afterwards."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from app.safety.checkup import check_file
from app.store import migrations
from app.store.connection import open_connection
from app.store.header import LATEST
from app.store.store import Store
from tests.app.saying import NOW

TALK = """
INSERT INTO account (id, kind, name, own, created_at) VALUES (1, 'email', 'Post', 'desk@x', 0);
INSERT INTO member (id, name, created_at) VALUES (1, 'Ann', 0), (2, 'Bob', 0);
INSERT INTO identity (id, kind, handle, key, member_id, home_id)
  VALUES (1, 'email', 'ann@x', 'ann@x', 1, 1), (2, 'email', 'bob@x', 'bob@x', 2, 2);
INSERT INTO conversation (id, account_id, identity_id, title, public, messages, first_at, last_at, last_message_id,
  waiting_since, last_out) VALUES (1, 1, 1, 'Order', 0, 2, {0}, {1}, {3}, {0}, 0),
  (2, 1, 2, 'Hello', 0, 1, {0}, {0}, {4}, NULL, 1), (3, 1, 2, 'Old', 0, 1, {0}, {0}, {5}, {0}, 0);
UPDATE conversation SET closed = 1, done_at = {0} WHERE id = 3;
INSERT INTO message (id, conversation_id, account_id, remote_id, identity_id, out, at, text) VALUES
  ({2}, 1, 1, 'o1', 1, 0, {0}, 'Where is it?'), ({3}, 1, 1, 'o2', 2, 0, {1}, 'And mine?'),
  ({4}, 2, 1, 'h1', NULL, 1, {0}, 'Hi'), ({5}, 3, 1, 'z1', 2, 0, {0}, 'Thanks');
INSERT INTO draft (conversation_id, text, at) VALUES (1, 'Half an answer', 0);
INSERT INTO outbox (id, key, account_id, conversation_id, answers_id, text, state, created_at, held_until)
  VALUES (1, 'k', 1, 1, {3}, 'On its way', 'failed', {1}, {1}), (2, 'l', 1, 2, NULL, 'Hi', 'failed', {1}, {1});
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file as the first version made it, with a conversation of two people in it."""
    path = tmp_path / "community.rapport"
    first = NOW // 60 * 32
    with closing(open_connection(path)) as conn:
        migrations.steps().apply(Database(conn, execute_plugins=False), stop_before="0002_whom_a_reply_goes_to")
        for statement in migrations.statements(TALK.format(NOW, NOW + 60, first, first + 32, first + 1, first + 2)):
            conn.execute(statement)
        conn.commit()
        assert migrations.version(conn) == 1
    return path


def test_a_file_of_the_first_version_opens_and_is_sound(old: Path) -> None:
    store = Store(old)
    try:
        assert store.read.execute("PRAGMA user_version").fetchone()[0] == LATEST
        rows = store.read.execute("SELECT id, state FROM conversation ORDER BY id").fetchall()
        assert [tuple(row) for row in rows] == [(1, "needs_me"), (2, "waiting"), (3, "done")]
        assert store.read.execute("SELECT text FROM draft").fetchone()[0] == "Half an answer"
        tally = store.read.execute("SELECT state, n FROM tally WHERE n <> 0 ORDER BY 1").fetchall()
        assert [tuple(row) for row in tally] == [("done", 1), ("needs_me", 1), ("waiting", 1)]
    finally:
        store.close()
    assert list((old.parent / "backups").glob("*.rapport"))
    assert {fault.rule for fault in check_file(old).faults} <= {"search"}  # the texts were never indexed


def test_what_was_on_its_way_goes_to_whom_it_would_have_gone(old: Path) -> None:
    store = Store(old)
    try:
        rows = store.read.execute("SELECT identity_id, seen_id, answers_id FROM outbox ORDER BY id").fetchall()
        assert rows[0][0] == 2
        assert rows[0][1] == rows[0][2]
        assert rows[1][0] == 2
    finally:
        store.close()


def test_a_file_of_the_second_version_counts_talks_on_its_index(tmp_path: Path) -> None:
    path = tmp_path / "community.rapport"
    with closing(open_connection(path)) as conn:
        migrations.steps().apply(
            Database(conn, execute_plugins=False), stop_before="0003_talks_are_counted_on_an_index"
        )
        assert migrations.version(conn) == 2
    store = Store(path)
    try:
        index = store.read.execute("SELECT name FROM pragma_index_info('message_identity')").fetchall()
        assert [row[0] for row in index] == ["identity_id", "conversation_id"]
    finally:
        store.close()
