"""How often we want to be in touch, as it is typed in five languages, and with whom it is time."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import UserError
from app.involvement.rhythm import MOST_DAYS, phrase, typed
from app.workbench import Workbench
from tests.app.saying import NOW, account, said

DAY = 86_400


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("3 months", 90),
        ("every 3 months", 90),
        ("every two weeks", 14),
        ("monthly", 30),
        ("every other week", 14),
        ("a year", 365),
        ("10d", 10),
        ("2 w", 14),
        ("á þriggja mánaða fresti", 90),
        ("3 mánuðir", 90),
        ("í hverri viku", 7),
        ("3 havonta", 90),
        ("három hónap", 90),
        ("kéthetente", 14),
        ("minden héten", 7),
        ("évente", 365),
        ("každé 3 měsíce", 90),
        ("jednou za půl roku", 182),
        ("dva týdny", 14),
        ("každý týden", 7),
        ("κάθε 3 μήνες", 90),
        ("κάθε εβδομάδα", 7),
        ("δύο εβδομάδες", 14),
        ("μία φορά τον χρόνο", 365),
        ("never", 0),
        ("", 0),
        ("0", 0),
        ("none", 0),
    ],
)
def test_a_rhythm_is_typed_in_five_languages(words: str, days: int) -> None:
    assert typed(words) == days


@pytest.mark.parametrize("words", ["soon", "3", "6 years", "9999 weeks", "🍋", "x" * 10_000])
def test_what_is_no_rhythm_is_refused_in_one_sentence(words: str) -> None:
    with pytest.raises(UserError, match="isn't a rhythm"):
        typed(words)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_rhythm_or_refused(words: str) -> None:
    with suppress(UserError):
        assert 0 <= typed(words) <= MOST_DAYS


@pytest.mark.parametrize("days", [1, 2, 7, 14, 30, 90, 365, 730])
def test_what_is_told_of_a_rhythm_means_the_same_again(days: int) -> None:
    assert typed(phrase(days)) == days


def test_only_real_contact_counts(bench: Workbench) -> None:
    number = account(bench.store)
    bench.intake.take(number, [said("1", NOW - 100 * DAY, thread="a")])
    bench.involvement.keep_rhythm([1], 30)
    assert [(one.late_days, one.last_at) for one in bench.involvement.due(NOW)] == [(70, NOW - 100 * DAY)]
    bench.intake.take(number, [said("p", NOW - DAY, who="us", thread="post", out=True)])  # a post of ours
    assert [one.late_days for one in bench.involvement.due(NOW)] == [70]
    bench.intake.take(number, [said("2", NOW - 40 * DAY, who="us", thread="a", out=True)])
    assert [one.late_days for one in bench.involvement.due(NOW)] == [10]
    gift = bench.gifts.log(1, "Mug", "For the recipe", "5")
    with bench.store.write() as conn:
        conn.execute("UPDATE gift SET state = 'thanked', state_at = ? WHERE id = ?", (NOW - 5 * DAY, gift))
    assert bench.involvement.due(NOW) == []


def test_a_rhythm_is_one_action_and_can_be_taken_back(bench: Workbench) -> None:
    bench.intake.take(account(bench.store), [said("1", NOW - 100 * DAY, thread="a")])
    bench.involvement.keep_rhythm([1], 90)
    (title,) = bench.store.read.execute("SELECT title FROM action").fetchone()
    assert title == "Anna: in touch every 3 months"
    bench.actions.undo()
    assert bench.involvement.due(NOW) == []
