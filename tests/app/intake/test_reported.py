"""Notices among the letters: moved over once their place has an account, with what was done to them; undone whole."""

from __future__ import annotations

import pytest

from app.base import clock
from app.base.errors import UserError
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


def test_nor_do_those_from_before_the_start_line_however_many_are_in_one_letter(bench: Workbench, mailbox: int) -> None:
    letter = next(letter for letter in ODD if len(letter.right) > 1)
    bench.intake.take(mailbox, [parse(letter.octets())._replace(at=clock.now() - 86_400)], {})
    bench.first_week.draw_line(clock.local(clock.now()).date())
    account = bench.accounts.add(letter.kind, "There", {}, {})[0].id
    assert bench.reported.move_over(account) == 1
    assert {row[4] for row in rows(bench)} == {"done"}


def test_several_people_in_one_letter_become_several_conversations(bench: Workbench, mailbox: int) -> None:
    letter = next(letter for letter in ODD if len(letter.right) > 1)
    bench.intake.take(mailbox, [parse(letter.octets())])
    account = bench.accounts.add(letter.kind, "There", {}, {})[0].id
    assert bench.reported.move_over(account) == 1
    assert [row[2] for row in rows(bench)] == [who for who, _, _ in letter.right]


def people(bench: Workbench) -> list[str]:
    return sorted(row.name for row in bench.members.rows(bench.members.find()))


def tables(bench: Workbench) -> list[list[tuple[object, ...]]]:
    names = ("member", "identity", "message", "conversation")
    return [[tuple(row) for row in bench.store.read.execute(f"SELECT * FROM {name} ORDER BY id")] for name in names]


def test_who_only_passed_words_on_is_no_member_any_more_until_it_is_undone(bench: Workbench, mailbox: int) -> None:
    bench.intake.take(mailbox, [notice("n1", "Is it vegan?")])
    assert people(bench) == ["Facebook"]
    before = tables(bench)
    account = bench.accounts.add("facebook", "Facebook", {}, {})[0].id
    bench.reported.move_over(account)
    assert people(bench) == ["Anna Bell"]
    assert (bench.members.count(), bench.members.find("facebook"), bench.members.mailboxes("notif")) == (1, [], [])
    after = tables(bench)
    bench.actions.undo()
    assert people(bench) == ["Facebook"]
    assert len(bench.members.find("facebook")) == 1
    assert tables(bench) == before
    bench.actions.redo()
    assert tables(bench) == after
    assert bench.members.find("facebook") == []


def test_a_later_letter_of_the_same_sender_is_theirs_and_undone_before(bench: Workbench, mailbox: int) -> None:
    bench.intake.take(mailbox, [notice("n1", "Is it vegan?")])
    account = bench.accounts.add("facebook", "Facebook", {}, {})[0].id
    bench.reported.move_over(account)
    login = notice("n3", "x")._replace(text="Your login code is 123456.", title="Your login code")
    later = bench.intake.take(mailbox, [login])
    bench.intake.by_person(list(later.conversation_ids))
    assert people(bench) == ["Anna Bell", "Facebook"]
    (moving,) = [action.id for action in bench.actions.last(9) if action.title.startswith("Moved")]
    with pytest.raises(UserError, match="something newer"):
        bench.actions.undo(moving)
    assert people(bench) == ["Anna Bell", "Facebook"]
    bench.actions.undo()
    bench.actions.undo(moving)
    assert people(bench) == ["Facebook"]
    assert [row[0] for row in rows(bench)] == ["Post", "Post"]


@pytest.mark.parametrize("kept", ["note", "gift", "letter", "merged"])
def test_who_has_anything_else_stays(kept: str, bench: Workbench, mailbox: int) -> None:
    bench.intake.take(mailbox, [notice("n1", "Is it vegan?")])
    (number,) = bench.members.find()
    if kept == "note":
        bench.members.edit(number, {"note": "who to call there"})
    elif kept == "gift":
        bench.gifts.log(number, "Cup", "thanks", "5")
    elif kept == "merged":
        bench.members.merge(number, bench.members.add("Meta"))
    else:
        login = notice("n3", "x", at=clock.now() - 60)._replace(text="Your login code is 1.", title="Your login code")
        bench.intake.take(mailbox, [login])
    account = bench.accounts.add("facebook", "Facebook", {}, {})[0].id
    bench.reported.move_over(account)
    assert people(bench) == ["Anna Bell", "Facebook"]
    first, last = bench.members.get(number).first_at, bench.members.get(number).last_at
    assert (first is None, last is None) == (kept != "letter", kept != "letter")
