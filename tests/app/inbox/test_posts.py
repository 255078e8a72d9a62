"""What a conversation tells of the post it stands under, of how its messages stand there, and of answers to come."""

from __future__ import annotations

from typing import Any

from app.base import clock
from app.base.message import Author, Incoming
from app.inbox import Inbox, Query
from app.intake import Intake
from app.store.store import Store

ANNA, BEN = Author("anna", "anna", "Anna Bell"), Author("ben", "ben", "Ben Hill")
POST: dict[str, Any] = {
    "post_title": "Five lemonades",
    "post_url": "https://blog.example/five",
    "post_text": "Basil first.",
}


def _take(store: Store) -> dict[str, int]:
    now = clock.now()
    with store.write() as conn:
        conn.execute("INSERT INTO account (id, kind, name, own, created_at) VALUES (1, 'wordpress', 'Blog', 'us', 0)")
        conn.execute("INSERT INTO account (id, kind, name, own, created_at) VALUES (2, 'ghost', 'News', 'us', 0)")
    intake = Intake(store)
    intake.take(1, [
        Incoming("a", now - 90, "Which one is the sweetest?", ANNA, thread="a", **POST),
        Incoming("b", now - 80, "Mine went flat.", BEN, thread="b", upstream="held", **POST),
        Incoming("c", now - 70, "Another page, another question.", ANNA, thread="c"),
    ])  # fmt: skip
    intake.take(2, [Incoming("d", now - 60, "The same page, elsewhere.", BEN, thread="d", **POST)])
    return {row[0]: row[1] for row in store.read.execute("SELECT remote_id, id FROM conversation")}


def test_a_comment_thread_knows_its_post_and_what_else_stands_there(store: Store) -> None:
    talks, inbox = _take(store), Inbox(store)
    opened = inbox.open(talks["a"])
    assert (opened.post_title, opened.post_text, opened.beside) == ("Five lemonades", "Basil first.", 1)
    assert inbox.open(talks["c"]).beside == 0
    found = [ref.id for ref in inbox.refs(Query("all", beside=talks["a"]))]
    assert found == [talks["b"], talks["a"]]
    assert inbox.refs(Query("all", beside=talks["c"])) == []
    assert {row.post_title for row in inbox.rows(found)} == {"Five lemonades"}


def test_a_message_that_waits_for_approval_shows_in_row_and_line(store: Store) -> None:
    talks, inbox = _take(store), Inbox(store)
    assert [row.held for row in inbox.rows([talks["a"], talks["b"]])] == [False, True]
    assert inbox.open(talks["b"]).lines[0].upstream == "held"


def test_a_line_carries_the_latest_thing_done_to_it_but_not_what_was_taken_back(store: Store) -> None:
    talks, inbox = _take(store), Inbox(store)
    number = inbox.open(talks["a"]).lines[0].id
    with store.write() as conn:
        for verb, state in (("hide", "done"), ("show", "failed"), ("delete", "undone")):
            conn.execute(
                "INSERT INTO moderation (at, message_id, conversation_id, account_id, verb, guideline, text, state,"
                " error) VALUES (1, ?, ?, 1, ?, 'G1', 'x', ?, 'no')",
                (number, talks["a"], verb, state),
            )
    deed = inbox.open(talks["a"]).lines[0].deed
    assert deed is not None
    assert (deed.verb, deed.state, deed.guideline, deed.error) == ("show", "failed", "G1", "no")
    assert inbox.open(talks["b"]).lines[0].deed is None


def test_a_reply_to_come_tells_its_time(store: Store) -> None:
    talks, inbox = _take(store), Inbox(store)
    due = clock.now() + 7_200
    with store.write() as conn:
        for key, after in (("k1", None), ("k2", 1)):
            conn.execute(
                "INSERT INTO outbox (key, account_id, conversation_id, text, state, created_at, held_until, later,"
                " after_id) VALUES (?, 1, ?, 'Soon', 'held', 1, ?, 1, ?)",
                (key, talks["a"], due, after),
            )
    lines = [line for line in inbox.open(talks["a"]).lines if line.kind == "outbox"]
    assert [(line.due, line.after) for line in lines] == [(due, None), (due, 1)]
    assert inbox.row(talks["a"]).due == due
    assert inbox.row(talks["b"]).due is None
