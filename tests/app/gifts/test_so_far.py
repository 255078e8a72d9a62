"""What a member has had: one count, the same by an SQL of the test's own, and the same on every face."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.base import clock
from app.base.money import Money
from app.base.paths import Profile
from app.deserving import telling
from app.deserving.people import people
from app.gifts import STATES, NotYetError
from app.workbench import Workbench

YEAR = clock.local(clock.now()).year
# 4 hellers are a cent. What was lost, declined, came back or lapsed is nothing that they had.
BY_HAND = """
SELECT count(*), coalesce(sum(CASE currency WHEN 'CZK' THEN (coalesce(actual_cost, worth) * 4 + 50) / 100
  WHEN 'EUR' THEN coalesce(actual_cost, worth) ELSE 0 END), 0),
  coalesce(sum(iif(currency = 'KWD', coalesce(actual_cost, worth), 0)), 0)
FROM gift WHERE member_id = ? AND state IN
  ('approved', 'asked', 'address_in', 'to_ship', 'shipped', 'arrived', 'thanked', 'story', 'charity')
"""


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    made = Workbench(Profile(tmp_path))
    made.members.add("Zsófi Kiss")
    made.gifts.rates.set("CZK", "EUR", "0.04", f"{YEAR - 1}-01-01")
    for place, state in enumerate(STATES):
        for currency in ("EUR", "CZK", "KWD"):
            log(made, 1_013 + place, currency, state)
    return made


def log(bench: Workbench, amount: int, currency: str, state: str) -> int:
    number = bench.gifts.log(1, "Mug", "why", Money(amount, currency), state="approved", over=True)
    way = {"lost": "shipped", "returned": "shipped"}.get(state)
    if way:
        bench.gifts.set_state(number, way, over=True)
    bench.gifts.set_state(number, state, over=True, back=True, charity="Dogs")
    return number


def test_every_face_counts_the_same_and_as_sql_does(bench: Workbench) -> None:
    gifts, euros, dinars = bench.store.read.execute(BY_HAND, (1,)).fetchone()
    had, now = bench.gifts.had(1), clock.now()
    assert (had.gifts, had.sums) == (gifts, (("EUR", euros), ("KWD", dinars)))
    assert bench.card(1).gift_year == had.sums
    person = people(bench.store.read, [1], now)[1]
    assert (person.had_count, person.year_sum, person.other_sums) == (gifts, euros, (("KWD", dinars),))
    assert had.words.endswith("KWD (no rate to EUR)")
    assert bench.gifts.said_of(1).endswith(f"This year: {had.words}.")
    assert telling.had(person, "EUR", now).endswith(f"this year {had.words}")


def test_the_years_worth_counts_what_has_a_rate(bench: Workbench) -> None:
    _, euros, _ = bench.store.read.execute(BY_HAND, (1,)).fetchone()
    bench.settings.put("gift_year_worth", -(-euros // 100))
    left = -euros % 100
    bench.gifts.log(1, "Pin", "why", Money(left * 25, "CZK"), state="approved")
    with pytest.raises(NotYetError, match=f"With this Zsófi Kiss has .* in {YEAR}"):
        bench.gifts.log(1, "Pin", "why", Money(100, "CZK"), state="approved")
    with pytest.raises(NotYetError) as asked:
        bench.gifts.log(1, "Dates", "why", Money(90_000, "KWD"), state="approved")
    assert str(asked.value) == (
        "There's no rate from KWD to EUR, so nobody can tell whether Zsófi Kiss stays within the"
        f" €{-(-euros // 100)} a year that you set."
    )
    bench.gifts.log(1, "Dates", "why", Money(90_000, "KWD"), state="approved", over=str(asked.value))


def test_a_gift_counts_in_the_year_it_was_shipped_and_a_promise_in_this_one(bench: Workbench) -> None:
    number = bench.gifts.log(1, "Old", "why", Money(100, "EUR"), state="shipped", shipped_on=f"{YEAR - 1}-12-31")
    before = bench.gifts.had(1).sums[0][1]
    bench.gifts.edit(number, {"shipped_on": f"{YEAR}-01-01"})
    assert bench.gifts.had(1).sums[0][1] == before + 100
    promised = bench.gifts.log(1, "Late", "why", Money(100, "EUR"), state="approved")
    with bench.store.write() as conn:
        conn.execute("UPDATE gift SET created_at = created_at - 400 * 86400 WHERE id = ?", (promised,))
    assert bench.gifts.had(1).sums[0][1] == before + 200
    assert bench.gifts.had(1, YEAR - 2).sums == ()


def test_who_never_had_one_has_had_nothing(bench: Workbench) -> None:
    had = bench.gifts.had(bench.members.add("Petr Novák"))
    assert (had.gifts, had.last_item, had.sums, had.words) == (0, "", (), "")
