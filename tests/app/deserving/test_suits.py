"""What is proposed is suitable: what somebody has had counts by its name too, prices by today's rate, marks hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.base import clock
from app.base.money import Money
from app.base.paths import Profile
from app.deserving import telling
from app.workbench import Workbench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = Workbench(Profile(tmp_path))
    yield made
    made.close()


def let_down(bench: Workbench, name: str, **facts: object) -> int:
    """A member whose gift got lost."""
    member = bench.members.add(name)
    if facts:
        bench.members.edit(member, facts)
    number = bench.gifts.log(member, "Pin", "Kind", Money(100, "EUR"), state="shipped", over=True)
    bench.gifts.set_state(number, "lost")
    return member


def test_what_was_given_before_it_became_an_item_counts_as_had(bench: Workbench) -> None:
    anna = let_down(bench, "Anna")
    long_ago = clock.now() - 300 * 86_400
    bench.gifts.log(anna, "recipe BOOK", "Kind", Money(1_800, "EUR"), state="shipped", at=long_ago)
    book, tote = bench.gifts.items.add("Recipe book", worth=1_800), bench.gifts.items.add("Tote", worth=500)
    assert bench.gifts.had(anna).items == {book}
    (found,) = bench.deserving.proposals().proposed
    assert found.item is not None
    assert found.item.id == tote


def test_a_price_in_another_currency_is_converted_and_without_a_rate_not_offered(bench: Workbench) -> None:
    let_down(bench, "Anna")
    bench.gifts.items.add("Sklenice", worth=25_000, currency="CZK")
    assert [one.item for one in bench.deserving.proposals().proposed] == [None]
    bench.gifts.rates.set("CZK", "EUR", "0.04")
    (found,) = bench.deserving.proposals().proposed
    assert found.item is not None
    assert (found.item.name, found.item.worth) == ("Sklenice", 1_000)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"minor": 1}, "under age"),
        ({"do_not_gift": 1, "do_not_why": "no sugar"}, "asked for no gifts: no sugar"),
        ({"kind": "vendor"}, "a supplier"),
        ({"kind": "applicant"}, "an applicant"),
        ({"kind": "press"}, "a journalist"),
        ({"kind": "staff"}, "on your staff"),
    ],
)
def test_whoever_must_get_none_is_left_out_with_the_reason_that_holds(
    bench: Workbench, facts: dict[str, object], words: str
) -> None:
    let_down(bench, "Anna", **facts)
    found = bench.deserving.proposals()
    assert found.proposed == []
    assert [telling.left_out(one, 180, 0) for one in found.left_out] == [words]
