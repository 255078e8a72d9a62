"""Logging a gift, its way through the stages, and the money, exact to the cent; each change can be taken back."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from app.actions import Actions
from app.base import clock
from app.base.errors import BugError, NotFoundError, UserError
from app.base.money import Money
from app.gifts import Gifts, NotYetError, is_answered, lacks_address, next_state, overdue, to_thank
from app.members import Members
from app.store.store import Store

DAY = 86_400


@pytest.fixture
def desk(store: Store) -> Gifts:
    Members(store).add("Ελένη Παπαδοπούλου", language="el")
    return Gifts(store)


def this_year() -> int:
    return clock.local(clock.now()).year


def euro(cents: int) -> Money:
    return Money(cents, "EUR")


def test_a_gift_is_logged_and_taken_back(store: Store, desk: Gifts) -> None:
    number = desk.log(1, "Delight box", "Sorry for the broken box", euro(1500), occasion="made_right", size="M")
    gift = desk.get(number)
    assert (gift.member, gift.item, gift.worth, gift.state, gift.occasion, gift.size) == (
        "Ελένη Παπαδοπούλου", "Delight box", 1500, "idea", "made_right", "M"
    )  # fmt: skip
    assert {name: count for name, count in desk.counts().items() if count} == {"in_work": 1, "idea": 1}
    assert Actions(store).undo().title == "Gift for Ελένη Παπαδοπούλου: Delight box"
    assert desk.listed("all") == []


@pytest.mark.parametrize(
    ("item", "why", "state", "details", "says"),
    [
        ("", "why", "idea", {}, "what the gift is"),
        ("Mug", "  ", "idea", {}, "every gift needs one"),
        ("Mug", "why", "gone", {}, "isn't a gift stage"),
        ("Mug", "why", "idea", {"occasion": "revenge"}, "isn't an occasion"),
        ("Mug", "why", "idea", {"qty": 0}, "the minimum"),
        ("Mug", "why", "idea", {"shipped_on": "soon"}, "isn't a date"),
    ],
)
def test_what_is_missing_or_unknown_is_said(
    desk: Gifts, item: str, why: str, state: str, details: dict[str, Any], says: str
) -> None:
    with pytest.raises(UserError, match=says):
        desk.log(1, item, why, euro(1), state=state, **details)
    assert desk.listed("all") == []


def test_nobody_and_nothing_are_said(desk: Gifts) -> None:
    with pytest.raises(NotFoundError, match="P-99"):
        desk.log(99, "Mug", "why", euro(1))
    with pytest.raises(NotFoundError, match="G-0007-"):
        desk.get(7)


def test_a_gift_walks_through_its_stages_and_back(store: Store, desk: Gifts) -> None:
    number = desk.log(1, "Mug", "why", euro(1))
    walked = [desk.advance(number) for _ in range(8)]
    assert walked == ["approved", "asked", "address_in", "to_ship", "shipped", "arrived", "thanked", "story"]
    today = clock.local(clock.now()).date().isoformat()
    assert (desk.get(number).rev, desk.get(number).shipped_on, desk.get(number).arrived_on) == (9, today, today)
    with pytest.raises(UserError, match="no next stage"):
        desk.advance(number)
    actions = Actions(store)
    assert actions.undo().title == "Story told: Mug for Ελένη Παπαδοπούλου"
    for _ in range(3):
        actions.undo()
    assert (desk.get(number).state, desk.get(number).shipped_on) == ("to_ship", "")


def test_shipping_takes_from_the_shelf_and_undo_puts_back(store: Store, desk: Gifts) -> None:
    desk.count_stock("Mug", 3, reorder_at=1)
    number = desk.log(1, "Mug", "why", euro(1), qty=2)
    desk.set_state(number, "shipped")
    desk.set_state(number, "thanked")
    assert [(one.on_hand, one.low) for one in desk.stock()] == [(1, True)]
    with pytest.raises(NotYetError, match="has left already: this takes it back to “To ship”"):
        desk.set_state(number, "to_ship")
    assert desk.stock()[0].on_hand == 1
    desk.set_state(number, "to_ship", back=True)
    assert desk.stock()[0].on_hand == 3
    Actions(store).undo()
    assert desk.stock()[0].on_hand == 1
    desk.log(1, "Mug", "why", euro(1), state="shipped", qty=5)
    assert desk.stock()[0].on_hand == 0


def test_the_year_is_exact_to_the_cent(desk: Gifts) -> None:
    dice = random.Random(7)
    sums = {"idea": 0, "approved": 0, "to_ship": 0, "shipped": 0, "thanked": 0}
    desk.budgets.set(this_year(), "EUR", 60_000)
    for _ in range(60):
        state, cents = dice.choice(list(sums)), dice.randrange(1, 3000)
        desk.log(1, "Mug", "why", euro(cents), state=state, over=True)
        sums[state] += cents
    desk.log(1, "Mug", "why", Money(1290, "ISK"), state="shipped")
    euros, kronur = desk.budgets.of()
    assert (euros.spent, euros.promised) == (sums["shipped"] + sums["thanked"], sums["approved"] + sums["to_ship"])
    assert euros.left == 60_000 - euros.spent - euros.promised
    assert (kronur.currency, kronur.amount, kronur.left, kronur.spent) == ("ISK", None, None, 1290)


def test_the_actual_cost_counts_once_known(desk: Gifts) -> None:
    number = desk.log(1, "Mug", "why", euro(1500), state="shipped")
    desk.edit(number, {"actual_cost": 1834})
    assert desk.budgets.of()[0].spent == 1834
    assert desk.had(1).sums == (("EUR", 1834),)


def test_last_years_parcels_stay_there_and_its_promises_come_along(store: Store, desk: Gifts) -> None:
    shipped, promised = (
        desk.log(1, "Mug", "why", euro(cents), state=state) for cents, state in ((100, "shipped"), (10, "to_ship"))
    )
    with store.write() as conn:
        conn.execute("UPDATE gift SET created_at = created_at - 366 * 86400")
        conn.execute("UPDATE gift SET shipped_on = ? WHERE id = ?", (f"{this_year() - 1}-12-30", shipped))
    assert [(one.spent, one.promised) for one in desk.budgets.of()] == [(0, 10)]
    assert [(one.spent) for one in desk.budgets.of(this_year() - 1)] == [100]
    assert desk.get(promised).state == "to_ship"


def test_over_the_budget_warns_and_does_not_block(desk: Gifts) -> None:
    assert desk.budgets.warning(10**9, "EUR") == ""
    desk.budgets.set(this_year(), "EUR", 2000)
    desk.log(1, "Mug", "why", euro(1500), state="approved")
    assert desk.budgets.warning(500, "EUR") == ""
    assert desk.budgets.warning(750, "EUR") == f"This goes €2.50 over the {this_year()} budget: only €5 is left."
    with pytest.raises(NotYetError, match="only €5 is left"):
        desk.log(1, "Mug", "why", euro(750), state="approved")
    assert desk.budgets.of()[0].left == 500
    desk.log(1, "Mug", "why", euro(750), state="approved", over=True)
    assert desk.budgets.of()[0].left == -250
    assert "nothing is left" in desk.budgets.warning(1, "EUR")


def test_a_budget_can_be_changed_and_taken_back(store: Store, desk: Gifts) -> None:
    desk.budgets.set(this_year(), "eur", 2000)
    desk.budgets.set(this_year(), "EUR", 3000)
    Actions(store).undo()
    assert desk.budgets.of()[0].amount == 2000
    with pytest.raises(UserError):
        desk.budgets.set(this_year(), "EUR", -1)


def test_what_a_member_has_had(desk: Gifts) -> None:
    assert (desk.had(1).gifts, desk.had(1).last_item) == (0, "")
    desk.log(1, "Mug", "why", euro(700), state="thanked")
    desk.log(1, "Tote", "why", euro(1200), state="approved")
    desk.log(1, "Idea", "why", euro(9900))
    had = desk.had(1)
    assert (had.gifts, had.last_item, had.idea, had.sums) == (2, "Tote", "Idea", (("EUR", 1900),))


def test_the_members_address_serves_until_the_gift_has_its_own(store: Store, desk: Gifts) -> None:
    number = desk.log(1, "Mug", "why", euro(1), state="to_ship")
    assert lacks_address(desk.get(number))
    assert desk.needs().address == 1
    Members(store).edit(1, {"address_1": "Egnatia 12", "city": "Thessaloniki"})
    assert not lacks_address(desk.get(number))
    assert (desk.needs().address, desk.needs().to_ship) == (0, 1)
    desk.edit(number, {"address_1": "At work 1", "postal_code": "546 24"})
    gift = desk.get(number)
    assert (gift.address_1, gift.city, gift.recipient) == ("At work 1", "", "Ελένη Παπαδοπούλου")


def test_a_shipped_gift_wants_thanks_once_it_is_there(desk: Gifts) -> None:
    gift = desk.get(desk.log(1, "Mug", "why", euro(1), state="shipped"))
    at = gift.state_at
    assert not to_thank(gift, at + 2 * DAY)
    assert to_thank(replace(gift, heard_at=at + DAY), at + 2 * DAY)
    assert not to_thank(replace(gift, heard_at=at - DAY), at + 2 * DAY)
    assert to_thank(gift, at + 10 * DAY)
    assert not to_thank(replace(gift, state="thanked"), at + 10 * DAY)
    assert desk.needs(at + 10 * DAY).to_thank == 1


def test_age_turns_amber_by_the_stages_own_limit(desk: Gifts) -> None:
    gift = desk.get(desk.log(1, "Mug", "why", euro(1)))
    assert not overdue(gift, gift.state_at + 5 * DAY - 1)
    assert overdue(gift, gift.state_at + 5 * DAY)
    assert not overdue(replace(gift, state="thanked"), gift.state_at + 500 * DAY)
    assert next_state(replace(gift, state="thanked")) == "story"
    assert next_state(replace(gift, state="story")) is None


def test_dropping_an_idea_but_not_a_parcel(store: Store, desk: Gifts) -> None:
    number = desk.log(1, "Mug", "why", euro(1))
    desk.drop(number)
    assert desk.listed() == []
    Actions(store).undo()
    desk.set_state(number, "shipped")
    with pytest.raises(UserError, match="shipped"):
        desk.drop(number)


def test_the_list_runs_by_stage_and_age(store: Store, desk: Gifts) -> None:
    numbers = [desk.log(1, name, "why", euro(1), state=state) for name, state in
               (("a", "to_ship"), ("b", "idea"), ("c", "idea"), ("d", "thanked"))]  # fmt: skip
    with store.write() as conn:
        conn.execute("UPDATE gift SET state_at = state_at - 100 WHERE id = ?", (numbers[2],))
    assert [gift.item for gift in desk.listed()] == ["c", "b", "a"]
    assert [gift.item for gift in desk.listed("thanked")] == ["d"]
    with pytest.raises(UserError, match="isn't a gift stage"):
        desk.listed("everything")


def test_merging_members_brings_their_gifts(store: Store, desk: Gifts) -> None:
    other = Members(store).add("Eleni P.")
    desk.log(other, "Mug", "why", euro(1), state="approved")
    Members(store).merge(1, other)
    assert desk.had(1).gifts == 1


def test_worth_as_it_is_typed(desk: Gifts) -> None:
    typed = [desk.get(desk.log(1, "Mug", "why", text, "EUR")) for text in ("15", "€15.50", "1 290 Kč")]
    assert [(gift.worth, gift.currency) for gift in typed] == [(1500, "EUR"), (1550, "EUR"), (129000, "CZK")]
    with pytest.raises(UserError, match="isn't an amount"):
        desk.log(1, "Mug", "why", "a lot", "EUR")
    with pytest.raises(UserError, match="isn't a currency"):
        desk.log(1, "Mug", "why", "15", "euros")


def test_what_a_new_gift_starts_with(desk: Gifts) -> None:
    assert (desk.usual().item, desk.usual().worth, desk.usual().currency) == ("", "", "EUR")
    assert desk.said_of(1) == "No gifts so far."
    desk.log(1, "Mug", "why", "1 290 Kč", state="thanked")
    assert (desk.usual().item, desk.usual().worth, desk.usual().currency) == ("Mug", "1290", "CZK")
    day = clock.local(clock.now()).date()
    assert desk.said_of(1) == f"Last gift: Mug, {day}. This year: 1290 CZK (no rate to EUR)."


def test_details_by_name_or_together(desk: Gifts) -> None:
    gift = desk.get(desk.log(1, "Mug", "why", euro(1), details={"size": "M", "qty": 2}, occasion="winner"))
    assert (gift.size, gift.qty, gift.occasion) == ("M", 2, "winner")
    with pytest.raises(BugError):
        desk.log(1, "Mug", "why", euro(1), details={"colour": "red"})


def test_another_currency_wants_its_own_sum(desk: Gifts) -> None:
    number = desk.log(1, "Jar", "Kind", "15.50", "EUR")
    with pytest.raises(UserError, match="Enter the value in JPY"):
        desk.edit(number, {"currency": "JPY"})
    desk.edit(number, {"currency": "USD"})  # as many digits: the same figures, as they were typed
    desk.edit(number, {"currency": "JPY", "worth": 2_500})
    assert (desk.get(number).worth, desk.get(number).currency) == (2_500, "JPY")
    desk.edit(number, {"actual_cost": 2_000})
    with pytest.raises(UserError, match="the actual cost"):
        desk.edit(number, {"currency": "EUR", "worth": 2_500})


def test_an_idea_never_goes_over_the_budget(desk: Gifts) -> None:
    desk.budgets.set(this_year(), "EUR", 1_000)
    assert desk.budgets.warning(2_000, "EUR", state="idea") == ""
    assert "over the" in desk.budgets.warning(2_000, "EUR", state="to_ship")


@pytest.mark.parametrize("seed", range(12))
def test_the_years_money_is_what_one_counts_by_hand(store: Store, desk: Gifts, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(chance.randint(0, 25)):
        currency = chance.choice(["EUR", "CZK", "HUF"])
        details = {"actual_cost": chance.randint(0, 5_000)} if chance.random() < 0.3 else {}
        state = chance.choice(["idea", "approved", "to_ship", "shipped", "thanked"])
        desk.log(1, "Mug", "why", Money(chance.randint(0, 5_000), currency), state=state, details=details)
    for budget in desk.budgets.of():
        costs = {
            sent: [
                row[0] if row[0] is not None else row[1]
                for row in store.read.execute(
                    "SELECT actual_cost, worth FROM gift WHERE currency = ? AND state IN (?, ?)",
                    (budget.currency, *states),
                )
            ]
            for sent, states in ((True, ("shipped", "thanked")), (False, ("approved", "to_ship")))
        }
        assert (budget.spent, budget.promised) == (sum(costs[True]), sum(costs[False]))
        assert (budget.gifts, budget.given) == (len(costs[True]) + len(costs[False]), len(costs[True]))
        if costs[True]:
            exact = sum(costs[True]) / len(costs[True])
            assert budget.average is not None
            assert abs(budget.average - exact) <= 0.5
        else:
            assert budget.average is None


@pytest.mark.parametrize(("sums", "average"), [([1426, 1427], 1427), ([14, 14, 15], 14), ([14, 15, 15], 15), ([0], 0)])
def test_an_average_is_rounded_and_leaves_the_promised_out(desk: Gifts, sums: list[int], average: int) -> None:
    for one in sums:
        desk.log(1, "Mug", "why", euro(one), state="shipped")
    desk.log(1, "Box", "why", euro(99_900), state="approved")
    assert desk.budgets.of()[0].average == average


def test_while_the_member_is_to_answer_the_address_is_not_ours_to_see_to(store: Store, desk: Gifts) -> None:
    number, now = desk.log(1, "Mug", "why", euro(1), state="approved"), clock.now()
    assert desk.needs().address == 1
    with store.write() as conn:
        conn.execute("UPDATE gift SET state = 'asked', asked_at = ? WHERE id = ?", (now, number))
        conn.execute("UPDATE member SET last_at = ?", (now,))
    assert (is_answered(desk.get(number)), desk.needs().address) == (False, 0)
    with store.write() as conn:
        conn.execute("UPDATE member SET last_at = ?", (now + 1,))
    assert (is_answered(desk.get(number)), desk.needs().address) == (True, 1)
