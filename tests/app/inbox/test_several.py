"""Decisions on several conversations at once: one action, one undo, and a sentence about those left alone."""

from __future__ import annotations

import pytest

from app.actions import Actions
from app.base.errors import UserError
from app.inbox import Inbox
from app.inbox.several import closing_question
from app.intake import Intake
from app.promises import Promises
from app.store.store import Store
from tests.app.saying import NOW, account, differences, rows, said


@pytest.fixture
def inbox(store: Store) -> Inbox:
    """Four conversations, of which 2 is unhappy and has been snoozed twice."""
    Intake(store).take(account(store), [said(str(n), NOW + n, thread=str(n)) for n in range(4)])
    desk = Inbox(store)
    desk.mark(2, "unhappy", on=True)
    desk.snooze([2], NOW + 100)
    desk.snooze([2], NOW + 200)
    return desk


def test_those_that_may_not_be_snoozed_again_are_left_and_named(inbox: Inbox, store: Store) -> None:
    before = rows(store)
    outcome = inbox.several.snooze([1, 2, 3], NOW + 9_000)
    assert (outcome.done, outcome.left) == ((1, 3), (2,))
    assert outcome.remark == "1 was left as it is: marked unhappy or difficult, and already snoozed twice."
    assert [inbox.row(number).snoozed_until for number in (1, 2, 3)] == [NOW + 9_000, NOW + 200, NOW + 9_000]
    Actions(store).undo()
    assert differences(before, rows(store)) == {}


def test_where_none_may_be_it_is_refused_and_nothing_is_done(inbox: Inbox, store: Store) -> None:
    before = rows(store)
    for numbers in ([2], [2, 2]):
        with pytest.raises(UserError, match="snoozed twice"):
            inbox.several.snooze(numbers, NOW + 9_000)
    assert differences(before, rows(store)) == {}


@pytest.mark.parametrize(
    ("numbers", "words", "rest"),
    [
        ([2], "Is it solved?", ""),
        ([1, 2, 3], "Is it solved? 1 of 3 is marked unhappy or difficult", "Close only the other 2"),
        ([2, 4], "Are all 2 solved?", ""),
        ([1, 2, 4], "Are they solved? 2 of 3 are marked unhappy or difficult", "Close only the other 1"),
    ],
)
def test_what_is_asked_before_they_are_closed_has_the_numbers(
    inbox: Inbox, numbers: list[int], words: str, rest: str
) -> None:
    inbox.mark(4, "hard", on=True)
    question = closing_question(inbox.rows(numbers))
    assert (question.words, question.rest) == (words, rest)


def test_nothing_is_asked_where_none_is_marked(inbox: Inbox) -> None:
    assert closing_question(inbox.rows([1, 3])).marked == ()


def test_drafts_of_what_is_closed_are_counted_and_kept(inbox: Inbox) -> None:
    inbox.keep_draft(1, "Dear")
    assert inbox.several.draft_remark([1]) == "Your draft is kept."
    assert inbox.several.draft_remark([1, 3]) == "1 of them has a draft, which is kept."
    assert inbox.several.draft_remark([3, 4]) == ""
    inbox.done([1, 3])
    assert inbox.open(1).draft == "Dear"


def test_done_says_that_a_promise_stays_open(store: Store) -> None:
    place = account(store)
    Intake(store).take(place, [said("a", NOW - 60, thread="t1"), said("b", NOW - 50, thread="t2")], at=NOW)
    inbox, promises = Inbox(store), Promises(store)
    assert inbox.several.promise_remark([1, 2]) == ""
    made = promises.add(1, "a new crate", conversation_id=1)
    inbox.done([1, 2])
    assert inbox.several.promise_remark([1, 2]) == "Your promise stays open."
    assert [row.id for row in promises.open()] == [made]
    assert (inbox.row(1).state, inbox.row(1).promises) == ("done", 1)
    promises.keep(made)
    assert inbox.several.promise_remark([1, 2]) == ""
