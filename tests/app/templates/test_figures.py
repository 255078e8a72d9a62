"""Days and sums stand in a text as its reader writes them."""

from __future__ import annotations

from datetime import date

import pytest

from app.base import clock
from app.store.store import Store
from app.templates import Templates, Text
from app.templates.figures import day_in, sum_in
from tests.app.saying import NOW
from tests.app.templates.people import talk


@pytest.mark.parametrize(
    ("language", "day", "amount"),
    [
        ("en", "3 October", "€1,990"), ("is", "3. október", "1.990\u00a0€"), ("hu", "október 3.", "1\u00a0990\u00a0€"),
        ("cs", "3. října", "1\u00a0990\u00a0€"), ("el", "3 Οκτωβρίου", "1.990\u00a0€"),
        ("de", "2026-10-03", "1\u00a0990\u00a0€"),
    ],
)  # fmt: skip
def test_days_and_sums_are_the_readers(language: str, day: str, amount: str) -> None:
    assert day_in(date(2026, 10, 3), language) == day
    assert sum_in(199_000, "EUR", language) == amount


def test_a_currency_is_written_as_at_home() -> None:
    assert sum_in(24_950, "CZK", "cs") == "249,50\u00a0Kč"
    assert sum_in(24_900, "CZK", "en") == "249 CZK"
    assert sum_in(1_990, "ISK", "is") == "1.990\u00a0kr."


def test_the_last_gift_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    desk = Templates(store)
    here, member = talk(store, "Anna Bell", "en")
    with store.write() as conn:
        conn.execute(
            "INSERT INTO gift"
            " (member_id, conversation_id, why, item, worth, currency, shipped_on, created_at, state_at)"
            " VALUES (?, ?, 'Kind', 'a crate', 2450, 'EUR', '2026-10-03', 0, 0)",
            (member, here),
        )
    desk.add("sent", "Sent", texts=[Text("en", "A", "{{gift}} ({{gift_worth}}) left on {{gift_date}}.")])
    picked = desk.pick("sent", here)
    assert picked is not None
    assert picked.filled.text == "a crate (€24.50) left on 3 October."
