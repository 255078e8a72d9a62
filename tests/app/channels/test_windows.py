"""When a conversation closes at its channel: every case, and the rules of all channels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.channels.registry import known
from app.channels.windows import Facts, closes_at, closing, words

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
