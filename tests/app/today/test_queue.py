"""The queue as a table of cases: what fits, in which order, and what waits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.today.queue import (
    CAME_BACK,
    CLOSING,
    CONVERSATION,
    GIFT,
    GIFTS,
    HANDOFF,
    LATE,
    MOST_ANGRY,
    PROMISE,
    PROMISED,
    UNHAPPY,
    WAITS,
    Queue,
    Thing,
    minutes_of,
    queue,
)

HOUR = 3600
NOUNS = {LATE: PROMISE, PROMISED: PROMISE, CAME_BACK: HANDOFF, GIFT: GIFTS}
KINDS = {LATE: "promise", PROMISED: "promise", CAME_BACK: "handoff", UNHAPPY: "unhappy", GIFT: "gift"}


def thing(number: int, reason: int, due: int = 0, **more: object) -> Thing:
    """One thing; each in a conversation of its own unless `more` says otherwise."""
    made = Thing(
        NOUNS.get(reason, CONVERSATION), number, reason, KINDS.get(reason, "reply"), due, due, number,
        angry=reason == UNHAPPY,
    )  # fmt: skip
    return made._replace(**more)  # type: ignore[arg-type]  # as the cases have it


def ids(made: Queue) -> list[int]:
    """What fits, by id."""
    return [one.thing.id for one in made.fits]


@pytest.mark.parametrize(
    ("things", "order"),
    [
        # by harm, whatever falls due first
        ([thing(1, GIFT), thing(2, WAITS, 1), thing(3, CAME_BACK, 2), thing(4, PROMISED, 3), thing(5, UNHAPPY, 4),
          thing(6, CLOSING, 5), thing(7, LATE, 6)], [7, 6, 5, 4, 3, 2, 1]),
        # what waits: by when it falls due, not by who wrote first
        ([thing(1, WAITS, 9 * HOUR, since=0), thing(2, WAITS, 2 * HOUR, since=HOUR)], [2, 1]),
        # within one hour whoever is new here comes first, but not before an earlier hour
        ([thing(1, WAITS, 2 * HOUR + 10), thing(2, WAITS, 2 * HOUR + 50, first=True), thing(3, WAITS, HOUR)],
         [3, 2, 1]),
        # the fifth unhappy one in a row waits for a calm one
        ([*(thing(number, UNHAPPY, number) for number in range(1, 8)), thing(9, WAITS, 99)],
         [1, 2, 3, 4, 9, 5, 6, 7]),
        # a late promise to somebody unhappy counts as one of them
        ([thing(1, LATE, angry=True), *(thing(number, UNHAPPY, number) for number in (2, 3, 4, 5)), thing(9, GIFT)],
         [1, 2, 3, 4, 9, 5]),
        # nothing calm is left: they are done all the same
        ([thing(number, UNHAPPY, number) for number in range(1, 7)], [1, 2, 3, 4, 5, 6]),
        # one conversation once, for its most pressing reason
        ([thing(1, WAITS, 5), thing(2, LATE, 9, conversation_id=1), thing(3, CAME_BACK, 1, conversation_id=1)], [2]),
        # without a conversation two rows of one number are two things
        ([thing(1, GIFT, conversation_id=None), thing(1, LATE, conversation_id=None)], [1, 1]),
        ([], []),
    ],
)  # fmt: skip
def test_the_order(things: list[Thing], order: list[int]) -> None:
    made = queue(things, 600, {})
    assert ids(made) == order
    assert (made.waits, made.waiting) == ((), 0)


@pytest.mark.parametrize(
    ("minutes", "estimates", "fits", "used"),
    [
        (10, {}, [1, 2, 3], 10),  # 4, 3 and 3: to the last minute
        (25, {}, [1, 2, 3, 4], 12),
        (10, {"promise": 12}, [2, 3, 4], 8),  # what is longer than the block is passed over, not lost
        (7, {"promise": 5, "reply": 3}, [1, 4], 7),
        (1, {}, [], 0),
        (0, {}, [], 0),
    ],
)
def test_what_fits(minutes: int, estimates: dict[str, int], fits: list[int], used: int) -> None:
    things = [thing(1, LATE), thing(2, WAITS, 1), thing(3, WAITS, 2), thing(4, GIFT)]
    made = queue(things, minutes, estimates)
    assert ids(made) == fits
    assert made.used == used <= minutes
    assert [one.thing.id for one in made.waits] == [one.id for one in things if one.id not in fits]
    assert made.waiting == 4 - len(fits)


def test_what_was_put_off_is_out_and_what_was_not_looked_at_waits() -> None:
    things = [thing(1, LATE, since=500), thing(2, WAITS, 1), thing(3, PROMISED, since=100)]
    made = queue(things, 60, {}, more=22, without={(CONVERSATION, 2)})
    assert ids(made) == [1, 3]
    assert (made.total, made.waiting) == (24, 22)
    assert made.oldest == 100
    assert queue(things[1:2], 60, {}).oldest is None


@pytest.mark.parametrize(
    ("kind", "estimates", "minutes"),
    [("reply", {}, 3), ("reply", {"reply": 7}, 7), ("reply", {"reply": 0}, 3), ("unheard of", {}, 3)],
)
def test_how_long_it_takes(kind: str, estimates: dict[str, int], minutes: int) -> None:
    assert minutes_of(kind, estimates) == minutes


@given(
    some.lists(some.tuples(some.integers(LATE, GIFT), some.integers(0, 9 * HOUR), some.booleans()), max_size=40),
    some.integers(0, 90),
    some.dictionaries(some.sampled_from(["reply", "promise", "unhappy", "gift", "handoff"]), some.integers(1, 20)),
)
def test_it_never_takes_longer_loses_nothing_and_is_never_five_angry_ones_with_a_calm_one_left(
    drawn: list[tuple[int, int, bool]], minutes: int, estimates: dict[str, int]
) -> None:
    things = [thing(at, reason, due, angry=angry or reason == UNHAPPY) for at, (reason, due, angry) in enumerate(drawn)]
    made = queue(things, minutes, estimates)
    assert sum(one.minutes for one in made.fits) == made.used <= minutes
    assert sorted([one.thing.id for one in (*made.fits, *made.waits)]) == list(range(len(things)))
    for at in range(len(made.fits) - MOST_ANGRY):
        if all(one.thing.angry for one in made.fits[at : at + MOST_ANGRY + 1]):
            left = minutes - sum(one.minutes for one in made.fits[: at + MOST_ANGRY])
            later = [*made.fits[at + MOST_ANGRY + 1 :], *made.waits]
            assert not any(one.minutes <= left and not one.thing.angry for one in later)
