"""How an introduction stands, from what its row has."""

from __future__ import annotations

import pytest

from app.introductions.standing import Introduction, Person, state

NOW = 1_795_000_000
DAY = 86_400


def made(one: tuple[int | None, str], other: tuple[int | None, str], **more: object) -> Introduction:
    anna, petr = Person(1, "Anna", *one), Person(2, "Petr", *other)
    return Introduction(1, anna, petr, "Both keep bees.", NOW - DAY, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "more", "told"),
    [
        ((None, ""), (None, ""), {}, "to_ask"),
        ((NOW, ""), (None, ""), {}, "to_ask"),
        ((NOW, ""), (NOW, ""), {}, "asked"),
        ((NOW, "yes"), (NOW, ""), {}, "asked"),
        ((NOW, "yes"), (None, ""), {}, "to_ask"),
        ((NOW, "yes"), (NOW, "no"), {}, "declined"),
        ((NOW, "no"), (None, ""), {}, "declined"),
        ((NOW, "yes"), (NOW, "yes"), {}, "to_introduce"),
        ((NOW, "yes"), (NOW, "yes"), {"introduced_at": NOW - 29 * DAY}, "introduced"),
        ((NOW, "yes"), (NOW, "yes"), {"introduced_at": NOW - 30 * DAY}, "to_look_after"),
        ((NOW, "yes"), (NOW, "yes"), {"introduced_at": NOW - 30 * DAY, "outcome": "A hive."}, "introduced"),
        ((NOW, "yes"), (NOW, "no"), {"closed_at": NOW}, "closed"),
    ],
)
def test_every_state(
    one: tuple[int | None, str], other: tuple[int | None, str], more: dict[str, object], told: str
) -> None:
    assert state(made(one, other, **more), NOW) == told


def test_each_of_the_two_is_found_with_the_other() -> None:
    both = made((None, ""), (None, ""))
    assert both.person(2) == both.other
    assert both.person(3) is None
    assert both.partner(1) == both.other
    assert both.partner(2) == both.one


@pytest.mark.parametrize(
    ("person", "asks"),
    [
        (Person(1, "Anna"), True), (Person(1, "Anna", said="yes"), False), (Person(1, "Anna", draft_id=4), False),
        (Person(1, "Anna", asked_at=5), False),
    ],
)  # fmt: skip
def test_who_is_still_to_be_asked(person: Person, *, asks: bool) -> None:
    assert person.is_to_be_asked is asks
