"""What closes by itself when somebody only says thanks, what does not, and how one is brought back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from app.base import clock
from app.base.errors import UserError
from app.base.message import Attached, Author, Incoming
from app.base.paths import Profile
from app.inbox.snooze import UNTIL_REPLY
from app.mail.parse import parse
from app.workbench import Workbench
from tests.app.saying import NOW, account, differences, is_consistent, rows, said

OWN = frozenset({"desk@example.org"})


@pytest.fixture
def bench(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    made = Workbench(profile)
    yield made
    made.close()


@pytest.fixture
def blog(bench: Workbench) -> int:
    return account(bench.store)


def talk(bench: Workbench, place: int, *items: Incoming) -> None:
    """Take messages in, each as it arrives."""
    for item in items:
        bench.intake.take(place, [item], at=NOW)


def thread(*words: tuple[str, str], public: bool = True) -> list[Incoming]:
    """A thread of (who, text), a minute after the other."""
    return [
        said(f"m{n}", NOW - 3_600 + 60 * n, text, who, thread="t1")._replace(public=public)
        for n, (who, text) in enumerate(words)
    ]


ANSWERED = (("anna", "When does it go out?"), ("us", "It goes out on Monday."))


def conversation(bench: Workbench) -> tuple[int, str, int | None, int]:
    row = bench.store.read.execute(
        "SELECT id, state, closed_itself_at, unread FROM conversation WHERE joined_into IS NULL ORDER BY id"
    ).fetchone()
    return tuple(row)


def state(bench: Workbench) -> str:
    return conversation(bench)[1]


def test_thanks_for_what_we_said_close_a_conversation_by_themselves(bench: Workbench, blog: int) -> None:
    talk(bench, blog, *thread(*ANSWERED, ("anna", "Thanks!")))
    number, now, closed_at, unread = conversation(bench)
    assert (now, closed_at, unread) == ("done", NOW, 0)
    assert bench.inbox.row(number).preview == "Thanks!"
    assert bench.inbox.counts()["needs_me"] == 0
    assert [row.id for row in bench.inbox.closed_themselves(NOW)] == [number]
    assert bench.inbox.closed_themselves(NOW + 3 * 86_400) == []
    is_consistent(bench.store)


@pytest.mark.parametrize("public", [True, False])
def test_all_at_once_is_as_one_after_the_other(bench: Workbench, blog: int, *, public: bool) -> None:
    bench.intake.take(blog, thread(*ANSWERED, ("anna", "Thanks!"), ("anna", "👍"), public=public), at=NOW)
    assert conversation(bench)[1:] == ("done", NOW, 0)
    is_consistent(bench.store)


@pytest.mark.parametrize(
    "words",
    [
        [("anna", "Thanks!")],
        [("anna", "When does it go out?"), ("anna", "ok")],
        [*ANSWERED, ("bela", "ok")],
        [*ANSWERED, ("anna", "Thanks, but when?")],
        [*ANSWERED, ("anna", "And the other one?"), ("anna", "Thanks!")],
        [("anna", "Where is it?"), ("us", "Shall I send it to the old address?"), ("anna", "Ok, thanks")],
        [("us", "Our new shop is open."), ("anna", "👍")],
    ],
)
def test_it_needs_us_where_nothing_that_we_said_is_answered(
    bench: Workbench, blog: int, words: Sequence[tuple[str, str]]
) -> None:
    talk(bench, blog, *thread(*words))
    assert state(bench) == "needs_me"
    is_consistent(bench.store)


def test_a_question_of_ours_is_answered_by_word_that_it_is_settled(bench: Workbench, blog: int) -> None:
    talk(bench, blog, *thread(("anna", "Where is it?"), ("us", "Did it arrive?"), ("anna", "It's here, thank you!")))
    assert state(bench) == "done"


def test_whoever_we_wrote_to_first_may_thank_us(bench: Workbench, blog: int) -> None:
    talk(bench, blog, *thread(("us", "Your crate is on its way."), ("anna", "Thank you!"), public=False))
    number = conversation(bench)[0]
    assert state(bench) == "done"
    assert bench.inbox.row(number).member == "Anna"


def test_a_file_is_never_only_thanks(bench: Workbench, blog: int) -> None:
    *before, thanks = thread(*ANSWERED, ("anna", "Thanks!"))
    talk(bench, blog, *before, thanks._replace(attached=(Attached("crate.jpg", "image/jpeg", b"x"),)))
    assert state(bench) == "needs_me"


@pytest.mark.parametrize("mark", ["unhappy", "hard", "handoff", "promise", "snooze"])
def test_what_is_marked_or_promised_stays_as_it_is(bench: Workbench, blog: int, mark: str) -> None:
    *before, thanks = thread(*ANSWERED, ("anna", "Thanks!"))
    talk(bench, blog, *before)
    number = conversation(bench)[0]
    if mark == "handoff":
        bench.handoffs.add(number, bench.teammates.add("Jón"), "Find it")
    elif mark == "promise":
        bench.promises.add(bench.inbox.row(number).member_id or 0, "a new crate", conversation_id=number)
    elif mark == "snooze":
        bench.inbox.snooze([number], NOW + 86_400)
    else:
        bench.inbox.mark(number, mark, on=True)
    was = state(bench)
    talk(bench, blog, thanks)
    assert conversation(bench)[1:] == (was, None, 0)
    assert was == ("snoozed" if mark == "snooze" else "waiting")
    is_consistent(bench.store)


def test_what_is_snoozed_until_they_reply_comes_back_with_any_word(bench: Workbench, blog: int) -> None:
    *before, thanks = thread(*ANSWERED, ("anna", "Thanks!"))
    talk(bench, blog, *before)
    bench.inbox.snooze([conversation(bench)[0]], UNTIL_REPLY)
    talk(bench, blog, thanks)
    assert state(bench) == "needs_me"


def test_what_was_done_stays_done_and_is_listed(bench: Workbench, blog: int) -> None:
    *before, thanks = thread(*ANSWERED, ("anna", "Thanks!"))
    talk(bench, blog, *before)
    number = conversation(bench)[0]
    bench.inbox.done([number])
    talk(bench, blog, thanks)
    assert conversation(bench) == (number, "done", NOW, 0)
    assert [row.id for row in bench.inbox.closed_themselves(NOW)] == [number]


def test_a_further_word_opens_it_again(bench: Workbench, blog: int) -> None:
    talk(bench, blog, *thread(*ANSWERED, ("anna", "Thanks!"), ("anna", "One thing more: it is broken.")))
    assert conversation(bench)[1:] == ("needs_me", None, 1)
    is_consistent(bench.store)


def test_a_further_word_of_ours_leaves_it_waiting(bench: Workbench, blog: int) -> None:
    talk(bench, blog, *thread(*ANSWERED, ("anna", "Thanks!"), ("us", "It left today.")))
    assert conversation(bench)[1:] == ("waiting", None, 0)


def test_one_is_brought_back_and_its_writer_is_seen_from_then_on(bench: Workbench, blog: int) -> None:
    talk(bench, blog, *thread(*ANSWERED, ("anna", "Thanks!")))
    number = conversation(bench)[0]
    before = rows(bench.store)
    bench.intake.bring_back([number])
    assert state(bench) == "needs_me"
    assert bench.inbox.closed_themselves(NOW) == []
    is_consistent(bench.store)

    bench.actions.undo()
    assert differences(before, rows(bench.store)) == {}
    bench.actions.redo()
    assert state(bench) == "needs_me"
    talk(bench, blog, said("n1", NOW, "It left today.", "us", thread="t1"), said("n2", NOW + 1, "Ok", thread="t1"))
    assert state(bench) == "needs_me"
    other = [
        said(f"o{n}", NOW + n, text, who, thread="t2") for n, (who, text) in enumerate([*ANSWERED, ("anna", "👍")])
    ]
    talk(bench, blog, *other)
    assert bench.inbox.counts()["needs_me"] == 2
    is_consistent(bench.store)


def test_what_did_not_close_by_itself_cannot_be_brought_back(bench: Workbench, blog: int) -> None:
    talk(bench, blog, *thread(*ANSWERED))
    with pytest.raises(UserError, match="didn't close by itself"):
        bench.intake.bring_back([conversation(bench)[0]])


def test_an_edit_that_adds_a_question_is_seen(bench: Workbench, blog: int) -> None:
    *before, thanks = thread(*ANSWERED, ("anna", "Thanks!"))
    talk(bench, blog, *before, thanks)
    talk(bench, blog, thanks._replace(text="Thanks! And where is the other one?"))
    assert conversation(bench)[1:3] == ("needs_me", None)
    is_consistent(bench.store)


def test_history_is_alike_and_is_not_of_today(bench: Workbench, blog: int) -> None:
    old = [item._replace(at=item.at - 400 * 86_400) for item in thread(*ANSWERED, ("anna", "Thanks!"))]
    bench.intake.take(blog, old, at=NOW)
    assert conversation(bench)[1:] == ("done", old[-1].at, 0)
    assert bench.inbox.closed_themselves(NOW) == []
    assert bench.store.read.execute("SELECT quiet FROM message ORDER BY at DESC").fetchone()[0] == "closer"


def letter(number: str, minute: int, text: str, sender: str, answers: str = "") -> Incoming:
    heads = [f"From: {sender}", f"To: {'anna@example.com' if 'desk' in sender else 'desk@example.org'}",
             f"Message-ID: <{number}@example.org>", f"Date: Wed, 18 Nov 2026 10:{minute:02d}:00 +0000",
             "Subject: Crate"]  # fmt: skip
    heads += [f"In-Reply-To: <{answers}@example.org>", f"References: <{answers}@example.org>"] if answers else []
    return parse(("\n".join(heads) + f"\n\n{text}\n").encode(), OWN)


HERS, OURS = "Anna <anna@example.com>", "Desk <desk@example.org>"
LETTERS = (
    letter("a", 1, "When does it go out?", HERS),
    letter("b", 2, "It goes out on Monday.", OURS, "a"),
    letter(
        "c", 3, "Thanks!\n\nAnna\n\nOn Wed, 18 Nov 2026 at 10:02, Desk <desk@example.org> wrote:\n> Monday?", HERS, "b"
    ),
)


@pytest.mark.parametrize("order", ["abc", "cba", "cab", "acb", "bca", "bac"])
def test_letters_are_alike_in_whatever_order_they_come(bench: Workbench, order: str) -> None:
    mailbox = account(bench.store, "email", own=" ".join(OWN))
    talk(bench, mailbox, *(LETTERS["abc".index(one)] for one in order))
    assert conversation(bench)[1:] == ("done", NOW, 0)
    is_consistent(bench.store)


def test_thanks_that_are_parted_from_what_they_answer_need_us(bench: Workbench) -> None:
    mailbox = account(bench.store, "email", own=" ".join(OWN))
    talk(bench, mailbox, *LETTERS)
    number = bench.store.read.execute("SELECT id FROM message ORDER BY at DESC").fetchone()[0]
    before = rows(bench.store)
    new = bench.intake.part(number)
    assert bench.inbox.row(new).state == "needs_me"
    is_consistent(bench.store)
    bench.actions.undo()
    assert differences(before, rows(bench.store)) == {}


def test_a_join_keeps_what_closed_by_itself_if_that_is_the_end(bench: Workbench) -> None:
    mailbox = account(bench.store, "email", own=" ".join(OWN))
    talk(bench, mailbox, letter("z", 0, "Hello, a new crate please.", HERS), *LETTERS)
    early, late = (row[0] for row in bench.store.read.execute("SELECT id FROM conversation ORDER BY id"))
    bench.inbox.done([early])
    bench.intake.join([early, late])
    assert bench.inbox.row(early).state == "done"
    is_consistent(bench.store)
    bench.actions.undo()
    assert bench.inbox.row(late).state == "done"
    is_consistent(bench.store)


def test_a_mastodon_reply_names_us_first(bench: Workbench) -> None:
    place = account(bench.store, "mastodon", own="us")
    hers = Author("anna@example.social", "anna@example.social", "Anna")
    items = thread(*ANSWERED, ("anna", "@us thanks!"))
    talk(bench, place, *(item if item.author.key == "us" else item._replace(author=hers) for item in items))
    assert state(bench) == "done"
