"""What was said where no program is let in, written down by hand."""

from __future__ import annotations

from typing import Any

import pytest

from app.base import clock
from app.base.errors import UserError
from app.base.message import Author, Incoming
from app.intake.written_down import Heard
from app.workbench import Workbench

POST = "https://www.facebook.com/lemonade/posts/12"


@pytest.fixture
def account(bench: Workbench) -> int:
    return bench.accounts.add("facebook", "Facebook", {"page": "https://www.facebook.com/lemonade"}, {})[0].id


def test_it_asks_for_an_answer_like_any_other_and_is_one_undo(bench: Workbench, account: int) -> None:
    talk = bench.written_down.take(account, "Ελένη Παπαδάκη", "Πού πουλάτε;", link=f"{POST}?c=1", post="New taste")
    row = bench.store.read.execute(
        "SELECT c.state, c.post_title, c.post_url, m.text, m.url, p.name FROM conversation c"
        " JOIN message m ON m.conversation_id = c.id JOIN identity i ON i.id = m.identity_id"
        " JOIN member p ON p.id = i.member_id WHERE c.id = ?",
        (talk,),
    ).fetchone()
    assert tuple(row) == ("needs_me", "New taste", POST, "Πού πουλάτε;", f"{POST}?c=1", "Ελένη Παπαδάκη")
    bench.store.undo_action(bench.store.last_action or 0)
    assert bench.store.read.execute("SELECT count(*) FROM message").fetchone()[0] == 0


def test_it_goes_on_with_a_conversation_and_knows_who_spoke_before(bench: Workbench, account: int) -> None:
    talk = bench.written_down.take(account, "Anna Bell", "Hello?", at=clock.now() - 3_600)
    assert bench.written_down.take(account, "anna bell", "Anybody?", answering=talk) == talk
    assert bench.store.read.execute("SELECT count(*) FROM member").fetchone()[0] == 1
    assert bench.store.read.execute("SELECT messages FROM conversation").fetchone()[0] == 2


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"who": " "}, "Enter who said it"),
        ({"text": "\n"}, "Enter what was said"),
        ({"at": clock.now() + 10**6}, "is in the future"),
        ({"link": "javascript:alert(1)"}, "isn't a web address"),
    ],
)
def test_what_is_missing_is_said(bench: Workbench, account: int, given: dict[str, Any], sentence: str) -> None:
    told = {"who": "Anna", "text": "Hello", **given}
    with pytest.raises(UserError, match=sentence):
        bench.written_down.take(account, told.pop("who"), told.pop("text"), **told)


def test_an_account_that_reads_by_itself_is_not_written_to(bench: Workbench) -> None:
    with bench.store.write() as conn:
        conn.execute("INSERT INTO account (id, kind, name, created_at) VALUES (9, 'email', 'Post', 0)")
    with pytest.raises(UserError, match="is read automatically"):
        bench.written_down.take(9, "Anna", "Hello")


def test_a_member_who_is_known_elsewhere_is_the_same_here(bench: Workbench, account: int) -> None:
    member = bench.members.add("Ελένη Παπαδάκη")
    bench.written_down.take(account, member, "Πού πουλάτε;")
    bench.written_down.take(account, "Ελένη Παπαδάκη", "Και πότε;")
    rows = bench.store.read.execute("SELECT member_id, kind FROM identity").fetchall()
    assert [tuple(row) for row in rows] == [(member, "facebook")]
    assert bench.store.read.execute("SELECT count(*) FROM member").fetchone()[0] == 1


def test_what_came_in_last_is_known(bench: Workbench, account: int) -> None:
    assert bench.written_down.last(account) is None
    now = clock.now()
    bench.written_down.take(account, "Anna Bell", "Hello?", at=now - 3_600)
    found = bench.written_down.last(account)
    assert found is not None
    assert (found.who, found.how) == ("Anna Bell", "hand")
    bench.intake.take(account, [Incoming("mail-1", now, "Well?", Author("bela", "Béla", "Béla"), thread="t")])
    assert bench.written_down.last(account) == Heard(now, "Béla", "notice")
    with bench.store.write() as conn:
        conn.execute("INSERT INTO import_batch (id, file, kind, at) VALUES (1, 'f', 'k', 1)")
        conn.execute("UPDATE message SET batch_id = 1 WHERE remote_id = 'mail-1'")
    assert bench.written_down.last(account) == Heard(now, "Béla", "file")
