"""What another mail program did with a letter: kept as words, said in sentences, and counted for whose turn it is."""

from __future__ import annotations

import pytest

from app.inbox.elsewhere import packed, sentences, unpacked
from app.inbox.turns import Said, Standing, advance, recompute, waiting

QUIET = 1_000
NEW = Standing(0, 2_000, 2_000, 0, None, None, 0, 0, None, "", None)


@pytest.mark.parametrize("mailbox", ["", "seen", "seen answered:1700000000 flagged", "archived:5 missing"])
def test_words_are_kept_with_their_times(mailbox: str) -> None:
    assert packed(unpacked(mailbox)) == mailbox


def test_what_happened_is_said_in_order_of_time() -> None:
    said = sentences("seen answered:70 archived:90 flagged", answered_here=False)
    assert said == (
        ("Flagged in another mail program", 0),
        ("Answered in another mail program", 70),
        ("Archived in another mail program", 90),
    )


def test_an_answer_that_we_have_need_not_be_told_of() -> None:
    assert sentences("answered:70", answered_here=True) == ()


def said(at: int, *, out: bool = False, answered: bool = False, read: bool = False, who: int = 0) -> Said:
    return Said(at, at, out, answered=answered, read=read, who=who)


def test_an_answer_elsewhere_ends_the_waiting_until_somebody_writes_again() -> None:
    answered = advance(NEW, [said(2_000), said(2_100, answered=True)], QUIET)
    assert (answered.waiting_since, answered.unread, answered.last_out) == (None, 0, 0)
    assert advance(answered, [said(2_200)], QUIET).waiting_since == 2_200


def test_the_later_of_two_still_waits_if_the_earlier_was_answered() -> None:
    assert advance(NEW, [said(2_000, answered=True), said(2_100)], QUIET).waiting_since == 2_100


def test_what_was_read_elsewhere_is_not_unread() -> None:
    assert advance(NEW, [said(2_000, read=True), said(2_100)], QUIET).unread == 1


def test_it_is_the_same_computed_anew() -> None:
    story = [said(2_000), said(2_100, answered=True), said(2_200, read=True), said(2_300)]
    before = advance(NEW, story, QUIET)
    assert recompute(before, story, (), QUIET) == before
    late = recompute(advance(NEW, story[1:], QUIET), story, {2_000}, QUIET)
    assert (late.waiting_since, late.unread) == (before.waiting_since, before.unread)


def test_of_several_each_waits_for_their_own_answer() -> None:
    story = [said(10, who=1), said(20, who=2, answered=True), said(30, who=3)]
    assert waiting(story) == {1: 10, 3: 30}
