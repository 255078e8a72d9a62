"""What stands on a card passes the voice guide; only what a rule blocks stops it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.base.money import Money
from app.base.paths import Profile
from app.voice import ASK, BLOCK, Rule
from app.workbench import Workbench


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    made = Workbench(Profile(tmp_path))
    made.members.add("Eleni", language="en")
    made.voice.add_rule(Rule(0, ("miracle",), BLOCK, "We promise no miracles.", instead="help"))
    made.voice.add_rule(Rule(0, ("guys",), ASK, "Not everybody is one."))
    return made


def test_a_card_is_stopped_by_what_a_rule_blocks_and_by_nothing_else(bench: Workbench) -> None:
    assert bench.cards.says("Thank you!", 1) == bench.cards.stops("", 1) == ""
    assert bench.cards.says("Thanks guys", 1) == "On the card, “guys”: Not everybody is one."
    assert bench.cards.stops("Thanks guys", 1) == ""
    assert bench.cards.stops("A miracle", 1) == "On the card, “miracle”: We promise no miracles. Better: help"
    number = bench.gifts.log(1, "Mug", "why: a miracle", Money(1, "EUR"), card_text="A miracle for you")
    gift = bench.gifts.get(number)
    assert bench.cards.stops_of(gift, "shipped").startswith("On the card, “miracle”")
    assert bench.cards.stops_of(gift, "to_ship") == ""
    bench.close()
