"""When a conversation closes at its channel: every case, and the rules of all channels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.channels.registry import known
from app.channels.windows import Facts, closes_at, closing, missed, words, words_missed

HOUR, DAY, NOW = 3600, 86_400, 1_800_000_000


def _facts(
    kind: str = "messenger", ago: int = HOUR, *, public: bool = False, state: str = "needs_me", told: int | None = None,
) -> Facts:  # fmt: skip
    return Facts(kind, public, state, NOW - ago, last_out=False, waiting_since=NOW - ago, told_closing=told)


@pytest.mark.parametrize(
    ("facts", "closes"),
    [
        (_facts(), NOW + 23 * HOUR),
        (_facts("instagram", 23 * HOUR), NOW + HOUR),
        (_facts("facebook", DAY), NOW + 6 * DAY),  # the day is over: a person has the week
        (_facts(ago=7 * DAY - 1), NOW + 1),
        (_facts(ago=7 * DAY), None),
        (_facts("instagram", public=True), None),  # a comment
        (_facts("whatsapp"), None),
        (_facts("email"), None),
        (_facts("no_such_kind"), None),
        (_facts(state="snoozed"), NOW + 23 * HOUR),
        (_facts(state="waiting"), None),
        (_facts(state="done"), None),
        (_facts(state="quiet"), None),
        (_facts("discourse", told=NOW + 60, public=True), NOW + 60),
        (_facts("discourse", told=NOW, public=True), None),
        (_facts(told=NOW + 60), NOW + 60),
        (_facts()._replace(last_out=True, waiting_since=NOW - 5 * HOUR), NOW + 19 * HOUR),
        (_facts()._replace(last_out=True, waiting_since=None), None),
    ],
)
def test_cases(facts: Facts, closes: int | None) -> None:
    assert closes_at(facts, NOW) == closes


def test_what_is_possible_afterwards_is_said_of_the_first_day_only() -> None:
    day, week = closing(_facts(), NOW), closing(_facts(ago=2 * DAY), NOW)
    assert day is not None
    assert "7 days" in day.afterwards
    assert week is not None
    assert not week.afterwards


@pytest.mark.parametrize(
    ("facts", "at", "end"),
    [
        (_facts(), NOW + 22 * HOUR, None),
        (_facts(), NOW + 23 * HOUR, NOW + 23 * HOUR),
        (_facts(), NOW + 6 * DAY, NOW + 23 * HOUR),
        (_facts(), NOW + 7 * DAY, NOW + 7 * DAY - HOUR),  # nobody may any more: that counts, and not the first day
        (_facts(ago=2 * DAY), NOW + DAY, None),  # the first day was over before
        (_facts(ago=8 * DAY), NOW + DAY, None),
        (_facts("email"), NOW + 99 * DAY, None),
        (_facts(state="waiting"), NOW + 99 * DAY, None),
        (_facts("discourse", told=NOW + 60, public=True), NOW + 61, NOW + 60),
    ],
)
def test_a_reply_that_comes_too_late(facts: Facts, at: int, end: int | None) -> None:
    found = missed(facts, at, NOW)
    assert (found.at if found is not None else None) == end


def test_a_late_reply_is_told_what_is_possible_then() -> None:
    day, week = missed(_facts(), NOW + 2 * DAY, NOW), missed(_facts(), NOW + 8 * DAY, NOW)
    assert day is not None
    assert words_missed(day, "Sat 14:10").startswith("It closes Sat 14:10, before this would be sent. After that")
    assert week is not None
    assert words_missed(week, "Sat 14:10") == "It closes Sat 14:10, before this would be sent."


@given(st.sampled_from([of.kind for of in known()]), st.integers(0, 30 * DAY), st.integers(0, 30 * DAY))
def test_it_lies_ahead_and_never_moves_closer(kind: str, ago: int, later: int) -> None:
    closes = closes_at(_facts(kind, ago), NOW)
    assert closes is None or closes > NOW
    then = closes_at(_facts(kind, ago), NOW + later)
    assert then is None or (closes is not None and then >= closes)


def test_each_rule_says_where_it_is_from() -> None:
    ruled = [of for of in known() if of.windows]
    assert {of.kind for of in ruled} >= {"messenger", "instagram", "facebook"}
    for of in ruled:
        assert all(one.source.startswith("https://") and one.seconds > 0 for one in of.windows)
        assert list(of.windows) == sorted(of.windows, key=lambda one: one.seconds)


def test_the_sentence() -> None:
    assert words("Sat 14:10", before_block=True) == "Closes Sat 14:10, before your next block."
    assert words("Sat 14:10", before_block=False) == "Closes Sat 14:10."
