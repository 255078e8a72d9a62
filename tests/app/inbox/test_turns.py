"""Who must speak, from what was said: in any order of arrival the same."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.inbox.turns import Said, Standing, advance, recompute

QUIET = 1_000
NEW = Standing(0, 0, 0, 0, None, None, 0, 0, None, "", None)


def new(at: int) -> Standing:
    """A conversation as it is made for its first message."""
    return Standing(0, at, at, 0, None, None, 0, 0, None, "", None)


def theirs(at: int, *, gone: bool = False) -> Said:
    return Said(at, at * 32, out=False, language="el", gone=gone)


def ours(at: int) -> Said:
    return Said(at, at * 32, out=True)


def after(*said: Said, before: Standing | None = None) -> Standing:
    return advance(before or new(said[0].at), said, QUIET)


def test_who_spoke_last_decides() -> None:
    asked = after(theirs(2_000), theirs(2_060))
    assert (asked.last_out, asked.waiting_since, asked.unread, asked.messages) == (0, 2_000, 2, 2)
    answered = after(ours(2_100), before=asked)
    assert (answered.last_out, answered.waiting_since, answered.unread) == (1, None, 0)
    assert after(theirs(2_200), before=answered).waiting_since == 2_200


def test_what_is_aside_answers_nobody_and_is_the_last_word_where_nobody_waits() -> None:
    asked, beside = after(theirs(2_000)), ours(2_100)._replace(aside=True)
    still = after(beside, before=asked)
    assert (still.last_out, still.waiting_since, still.unread, still.messages) == (0, 2_000, 1, 2)
    told = recompute(still, [theirs(2_000), beside], (), QUIET)
    assert (told.last_out, told.waiting_since, told.unread, told.messages) == (0, 2_000, 1, 2)
    answered = after(ours(2_050), beside, before=asked)
    assert (answered.last_out, answered.last_message_id, answered.waiting_since) == (1, 2_100 * 32, None)


def test_a_new_word_reopens_what_was_done_and_wakes_what_slept() -> None:
    done = Standing(1, 2_000, 2_000, 0, 64_000, 2_000, 0, 1, 9_999, "el", 2_010)
    woken = after(theirs(2_100), before=done)
    assert (woken.closed, woken.done_at, woken.snoozed_until, woken.unread) == (0, None, None, 1)


def test_our_own_word_leaves_done_what_the_person_closed_and_asleep_what_sleeps() -> None:
    done = Standing(1, 2_000, 2_000, 0, 64_000, 2_000, 0, 1, 9_999, "el", 2_010)
    assert after(ours(2_100), before=done).closed == 1
    assert after(ours(2_100), before=done).snoozed_until == 9_999


def test_old_talk_comes_in_closed_and_read_until_somebody_speaks_again() -> None:
    old = after(theirs(500), theirs(600))
    assert (old.closed, old.unread, old.waiting_since) == (1, 0, 500)
    assert after(theirs(2_000), before=old).closed == 0
    assert after(ours(2_000), before=old).closed == 0


def test_what_came_late_changes_no_decision() -> None:
    done = Standing(1, 2_000, 2_000, 0, 64_000, 2_000, 0, 1, None, "el", 2_010)
    told = recompute(done, [theirs(1_500), theirs(2_000)], {1_500 * 32}, QUIET)
    assert (told.closed, told.done_at, told.messages, told.first_at) == (1, 2_010, 2, 1_500)


def test_a_reply_on_its_way_stays_said_when_something_older_comes_late() -> None:
    on_its_way = Standing(1, 2_000, 2_000, 1, 64_000, None, 0, 0, None, "el", None)
    told = recompute(on_its_way, [theirs(1_500), theirs(2_000)], {1_500 * 32}, QUIET)
    assert (told.last_out, told.waiting_since) == (1, None)


def test_what_is_deleted_asks_for_no_answer() -> None:
    asked = after(ours(1_900), theirs(2_000))
    told = recompute(asked, [ours(1_900), theirs(2_000, gone=True)], (), QUIET)
    assert (told.last_out, told.waiting_since, told.unread, told.messages, told.closed) == (1, None, 0, 2, 0)
    alone = recompute(after(theirs(2_000)), [theirs(2_000, gone=True)], (), QUIET)
    assert (alone.closed, alone.unread, alone.waiting_since, alone.messages) == (1, 0, None, 1)


MESSAGES = st.lists(st.tuples(st.integers(500, 1_500), st.booleans()), min_size=1, max_size=8, unique_by=lambda m: m[0])


def arrive(messages: list[Said], cuts: set[int]) -> Standing:
    """The standing after these have come in one page after the other, as intake does it."""
    standing: Standing | None = None
    stored: list[Said] = []
    page: list[Said] = []
    for place, one in enumerate(messages):
        page.append(one)
        if place in cuts or place == len(messages) - 1:
            page.sort()
            stored = sorted(stored + page)
            standing = standing or new(page[0].at)
            if page[0].at >= standing.last_at:
                standing = advance(standing, page, QUIET)
            else:
                standing = recompute(standing, stored, {message.id for message in page}, QUIET)
            page = []
    return standing or NEW


@given(MESSAGES, st.randoms(use_true_random=False), st.sets(st.integers(0, 7)))
def test_any_order_of_arrival_gives_the_same_standing(
    drawn: list[tuple[int, bool]],
    random: Random,
    cuts: set[int],
) -> None:
    story = sorted(ours(at) if out else theirs(at) for at, out in drawn)
    shuffled = list(story)
    random.shuffle(shuffled)
    assert arrive(shuffled, cuts) == advance(new(story[0].at), story, QUIET)


@given(MESSAGES, st.data())
def test_a_message_that_went_and_came_back_leaves_it_as_it_was(
    drawn: list[tuple[int, bool]], choices: st.DataObject
) -> None:
    story = sorted(ours(at) if out else theirs(at) for at, out in drawn)
    before = advance(new(story[0].at), story, QUIET)
    place = choices.draw(st.integers(0, len(story) - 1))
    without = [*story[:place], story[place]._replace(gone=True), *story[place + 1 :]]
    back = recompute(recompute(before, without, (), QUIET), story, (), QUIET)
    for name in ("messages", "first_at", "last_at", "last_out", "last_message_id", "waiting_since", "language"):
        assert getattr(back, name) == getattr(before, name), name


@given(MESSAGES)
def test_telling_a_story_again_changes_nothing(drawn: list[tuple[int, bool]]) -> None:
    story = sorted(ours(at) if out else theirs(at) for at, out in drawn)
    standing = advance(new(story[0].at), story, QUIET)
    assert recompute(standing, story, (), QUIET) == standing


@pytest.mark.parametrize("seen", [True, False])
def test_what_has_been_seen_stays_seen(*, seen: bool) -> None:
    asked = after(theirs(2_000), theirs(2_060))
    read = asked._replace(unread=0 if seen else 2)
    told = recompute(read, [theirs(1_900), theirs(2_000), theirs(2_060)], {1_900 * 32}, QUIET)
    assert told.unread == (1 if seen else 3)
