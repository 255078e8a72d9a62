"""What a teammate is asked about a gift, from what it lacks."""

from __future__ import annotations

import pytest

from app.base import clock
from app.gifts import Gift, request
from app.gifts.rows import ARRIVES_IN
from app.workbench import Workbench

_STREET = {"address_1": "Τσιμισκή 4", "city": "Θεσσαλονίκη"}


def _gift(bench: Workbench, state: str, **address: str) -> Gift:
    member = bench.members.add("Ελένη Παπαδοπούλου", **address)
    return bench.gifts.get(bench.gifts.log(member, "Lemon tote", "The broken box", "12", state=state))


@pytest.mark.parametrize(
    ("state", "address", "asked"),
    [
        ("idea", {}, "Can we give Ελένη Παπαδοπούλου “Lemon tote”?"),
        ("approved", {}, "Where should “Lemon tote” for Ελένη Παπαδοπούλου go?"),
        ("approved", _STREET, "Please get “Lemon tote” for Ελένη Παπαδοπούλου ready to ship."),
        ("to_ship", {}, "Where should “Lemon tote” for Ελένη Παπαδοπούλου go?"),
        ("to_ship", _STREET, "Please ship “Lemon tote” to Ελένη Παπαδοπούλου."),
        ("shipped", _STREET, "Has “Lemon tote” reached Ελένη Παπαδοπούλου?"),
        ("thanked", _STREET, ""),
    ],
)
def test_the_request_is_what_the_gift_needs_next(
    bench: Workbench, state: str, address: dict[str, str], asked: str
) -> None:
    assert request(_gift(bench, state, **address), clock.now()) == asked


def test_what_has_probably_arrived_needs_our_thanks_and_no_teammate(bench: Workbench) -> None:
    gift = _gift(bench, "shipped", **_STREET)
    assert request(gift, gift.state_at + ARRIVES_IN - 1)
    assert request(gift, gift.state_at + ARRIVES_IN) == ""
