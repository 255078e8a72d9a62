"""Whose turn it is after "Thanks!": every case of the table."""

from __future__ import annotations

from itertools import product

import pytest

from app.inbox.whose_turn import CLOSES, NEEDS_US, STAYS, Situation, after_closer


@pytest.mark.parametrize(
    ("before", "then"),
    [
        (Situation(), CLOSES),
        (Situation(answers_us=False), NEEDS_US),
        (Situation(known=False), NEEDS_US),
        (Situation(wanted=True), NEEDS_US),
        (Situation(asked=True), NEEDS_US),
        (Situation(asked=True, settles=True), CLOSES),
        (Situation(settles=True), CLOSES),
        (Situation(snoozed=True, until_reply=True), NEEDS_US),
        (Situation(snoozed=True), STAYS),
        (Situation(marked=True), STAYS),
        (Situation(on_its_way=True), STAYS),
        (Situation(marked=True, wanted=True), NEEDS_US),
        (Situation(marked=True, asked=True), NEEDS_US),
    ],
)
def test_cases(before: Situation, then: str) -> None:
    assert after_closer(before) == then


def test_nothing_that_is_marked_or_to_come_back_is_ever_closed() -> None:
    for flags in product([False, True], repeat=len(Situation._fields)):
        before = Situation(*flags)
        if before.marked or before.snoozed or before.on_its_way or before.wanted or not before.answers_us:
            assert after_closer(before) != CLOSES
