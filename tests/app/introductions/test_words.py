"""How an introduction stands, in words."""

from __future__ import annotations

import pytest

from app.introductions.standing import Introduction, Person
from app.introductions.words import how_it_stands, of_member

NOW = 1_795_000_000
DAY = 86_400


def made(one: tuple[int | None, str], other: tuple[int | None, str], **more: object) -> Introduction:
    anna, petr = Person(1, "Anna", *one), Person(2, "Petr", *other)
    return Introduction(1, anna, petr, "", NOW - DAY, **more)  # type: ignore[arg-type]


YES, ASKED, NOT = (NOW, "yes"), (NOW, ""), (None, "")


@pytest.mark.parametrize(
    ("one", "other", "more", "told"),
    [
        (NOT, NOT, {}, "Anna and Petr haven't been asked yet."),
        (ASKED, NOT, {}, "Petr hasn't been asked yet."),
        (ASKED, ASKED, {}, "Both have been asked."),
        (YES, ASKED, {}, "Anna said yes. Waiting for Petr."),
        (YES, YES, {}, "Both said yes. Introduce Anna and Petr."),
        ((NOW, "no"), ASKED, {}, "Anna would rather not. The other one isn't told who declined."),
        (YES, YES, {"introduced_at": NOW}, "Anna and Petr have been introduced."),
        (YES, YES, {"introduced_at": NOW - 30 * DAY}, "What came of Anna and Petr?"),
        (YES, YES, {"introduced_at": NOW, "outcome": "A hive"}, "Introduced. What came of it: A hive"),
        (YES, YES, {"closed_at": NOW}, "Over."),
    ],
)
def test_every_state_has_its_sentence(
    one: tuple[int | None, str], other: tuple[int | None, str], more: dict[str, object], told: str
) -> None:
    assert how_it_stands(made(one, other, **more), NOW) == told


def test_a_line_of_a_history_names_the_other() -> None:
    assert of_member(made(YES, YES, introduced_at=NOW), 1, NOW) == "Introduced to Petr"
    assert of_member(made(YES, YES, introduced_at=NOW, outcome="A hive"), 2, NOW) == "Introduced to Anna: A hive"
    assert of_member(made(YES, YES, introduced_at=NOW - 31 * DAY), 2, NOW) == "Introduced to Anna. What came of it?"
    assert of_member(made(ASKED, ASKED), 1, NOW) == "Introduction to Petr: Both have been asked."
