"""The address of a gift that was dropped: the log of what can be undone holds it, but no longer than any other."""

from __future__ import annotations

import pytest

from app.base import clock
from app.base.money import Money
from app.gifts.addresses import to_see_to
from app.workbench import Workbench

STREET = "Velvet Lane 4711"
DAY = 86_400


def gift(bench: Workbench) -> int:
    number = bench.gifts.log(1, "Mug", "Kind", Money(500, "EUR"), state="approved")
    bench.addresses.put(number, {"address_1": STREET, "city": "Pécs"})
    return number


@pytest.fixture(autouse=True)
def anna(bench: Workbench) -> None:
    bench.members.add("Anna")


def in_days(bench: Workbench, days: int) -> int:
    return clock.now() + (bench.settings.number("address_days") + days) * DAY


def held(bench: Workbench) -> bool:
    return any(STREET.encode() in file.read_bytes() for file in bench.profile.folder.iterdir() if file.is_file())


def test_a_dropped_gift_can_be_brought_back_with_its_address_until_its_day(bench: Workbench) -> None:
    number = gift(bench)
    bench.gifts.drop(number)
    assert to_see_to(bench.store.read)
    bench.addresses.run(in_days(bench, -1))
    assert held(bench)
    bench.actions.undo()
    assert bench.gifts.get(number).address_1 == STREET


def test_after_its_day_it_comes_back_without(bench: Workbench) -> None:
    number = gift(bench)
    bench.gifts.drop(number)
    dropped = bench.actions.last()[0]
    bench.addresses.run(in_days(bench, 0))
    assert not held(bench)
    assert not to_see_to(bench.store.read)
    assert bench.actions.undo(dropped.id).title == "Dropped gift: Mug for Anna"
    assert (bench.gifts.get(number).item, bench.gifts.get(number).address_1) == ("Mug", "")


def test_where_another_gift_still_goes_it_stays(bench: Workbench) -> None:
    bench.gifts.drop(gift(bench))
    other = gift(bench)
    bench.addresses.run(in_days(bench, 0))
    assert bench.gifts.get(other).address_1 == STREET
    bench.gifts.set_state(other, "shipped")
    bench.gifts.set_state(other, "arrived")
    bench.addresses.run(in_days(bench, 0))
    assert not held(bench)
