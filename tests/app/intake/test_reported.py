"""Notices among the letters: moved over once their place has an account, with what was done to them; undone whole."""

from __future__ import annotations

import pytest

from app.base import clock
from app.base.message import Author, Incoming
from app.mail.parse import parse
from app.workbench import Workbench
from tests.app.intake.odd_letters import ODD

SENDER = Author("notification@facebookmail.com", "notification@facebookmail.com", "Facebook")
TEXT = "Anna wrote: “{words}”\n\nSee comment <https://www.facebook.com/stand/posts/{post}?comment_id=9>"


@pytest.fixture
def mailbox(bench: Workbench) -> int:
    with bench.store.write() as conn:
        conn.execute("INSERT INTO account (id, kind, name, created_at) VALUES (9, 'email', 'Post', 0)")
    return 9


def notice(number: str, words: str, post: int = 12, at: int = 0, refs: tuple[str, ...] = ()) -> Incoming:
    at = at or clock.now() - 600
    return Incoming(
        number, at, TEXT.format(words=words, post=post), SENDER, title="Anna Bell commented on your post.",
        public=False, letter=number, refs=refs,
    )  # fmt: skip


def rows(bench: Workbench) -> list[tuple[object, ...]]:
    return [
        tuple(row)
        for row in bench.store.read.execute(
            "SELECT a.name, c.id, i.name, m.text, c.state, c.remote_id FROM message m JOIN conversation c ON"
            " c.id = m.conversation_id JOIN account a ON a.id = m.account_id AND a.id = c.account_id"
            " LEFT JOIN identity i ON i.id = m.identity_id ORDER BY m.id"
        )
    ]


def test_what_came_before_the_account_is_moved_over(bench: Workbench, mailbox: int) -> None:
    taken = bench.intake.take(mailbox, [notice("n1", "Is it vegan?"), notice("n2", "And gluten?", post=13)])
    first = min(taken.conversation_ids)
    bench.inbox.keep_draft(first, "Yes, all of it.")
    before = rows(bench)
    account = bench.accounts.add("facebook", "Facebook", {}, {})[0].id
    assert bench.reported.move_over(account) == 2
    after = rows(bench)
    assert [(row[0], row[2], row[3]) for row in after] == [
        ("Facebook", "Anna Bell", "Is it vegan?"), ("Facebook", "Anna Bell", "And gluten?"),
    ]  # fmt: skip
    assert [row[1] for row in after] == [row[1] for row in before]
    assert bench.inbox.open(first).draft == "Yes, all of it."
    assert [hit.conversation_id for hit in bench.search.messages("vegan")] == [first]
    assert bench.reported.move_over(account) == 0
    bench.actions.undo()
    assert rows(bench) == before
    assert bench.inbox.open(first).draft == "Yes, all of it."
    bench.actions.redo()
    assert rows(bench) == after


def test_one_post_is_one_conversation_and_a_part_leaves_the_rest(bench: Workbench, mailbox: int) -> None:
    login = notice("n3", "x", refs=("n1",))._replace(text="Your login code is 123456.", title="Your login code")
    bench.intake.take(mailbox, [notice("n1", "Is it vegan?"), notice("n2", "And gluten?", refs=("n1",)), login])
    account = bench.accounts.add("facebook", "Facebook", {}, {})[0].id
    assert bench.reported.move_over(account) == 2
    found = rows(bench)
    assert [row[0] for row in found] == ["Facebook", "Facebook", "Post"]
    assert found[0][1] == found[1][1] != found[2][1]
    bench.actions.undo()
    assert len({row[1] for row in rows(bench)}) == 1


def test_a_post_that_is_known_takes_what_was_moved(bench: Workbench, mailbox: int) -> None:
    bench.intake.take(mailbox, [notice("n1", "Is it vegan?")])
    account = bench.accounts.add("facebook", "Facebook", {}, {})[0].id
    page = "https://www.facebook.com/stand/posts/12"
    later = Incoming("z", clock.now(), "Hello?", Author("bela", "Bela", "Bela"), thread=page, url=page)
    there = next(iter(bench.intake.take(account, [later]).conversation_ids))
    assert bench.reported.move_over(account) == 1
    assert {row[1] for row in rows(bench)} == {there}


def test_what_we_have_answered_stays(bench: Workbench, mailbox: int) -> None:
    ours = Incoming("o1", clock.now(), "Thanks", Author("us", "us"), out=True, refs=("n1",), letter="o1")
    bench.intake.take(mailbox, [notice("n1", "Is it vegan?"), ours])
    account = bench.accounts.add("facebook", "Facebook", {}, {})[0].id
    assert bench.reported.move_over(account) == 0


def test_a_forged_one_stays_the_letter_that_it_is(bench: Workbench, mailbox: int) -> None:
    bench.intake.take(mailbox, [notice("n1", "Click here, or lose your page.")._replace(forged=True)])
    account = bench.accounts.add("facebook", "Facebook", {}, {})[0].id
    assert bench.reported.move_over(account) == 0
    assert [(row[0], row[4]) for row in rows(bench)] == [("Post", "quiet")]


def test_old_ones_do_not_ask_for_a_reply(bench: Workbench, mailbox: int) -> None:
    old = notice("n1", "Is it vegan?", at=clock.now() - 90 * 86_400)._replace(quiet="newsletter", person=False)
    bench.intake.take(mailbox, [old])
    account = bench.accounts.add("facebook", "Facebook", {}, {})[0].id
    assert bench.reported.move_over(account) == 1
    assert [row[4] for row in rows(bench)] == ["done"]


def test_several_people_in_one_letter_become_several_conversations(bench: Workbench, mailbox: int) -> None:
    letter = next(letter for letter in ODD if len(letter.right) > 1)
    bench.intake.take(mailbox, [parse(letter.octets())])
    account = bench.accounts.add(letter.kind, "There", {}, {})[0].id
    assert bench.reported.move_over(account) == 1
    assert [row[2] for row in rows(bench)] == [who for who, _, _ in letter.right]
