"""The other ends of a gift: declined, given to charity, lapsed, lost and sent again, come back; and what was chosen."""

from __future__ import annotations

from typing import Any

import pytest

from app.actions import Actions
from app.base import clock
from app.base.errors import UserError
from app.base.money import Money
from app.base.paths import Profile
from app.gifts import ENDS, IN_WORK, STAGES, Gifts, NotYetError, ends_open, overdue
from app.gifts.rows import PATIENCE
from app.members import Members
from app.store.store import Store
from app.workbench import Workbench
from tests.waiting import wait_until

DAY = 86_400
YEAR = clock.local(clock.now()).year


@pytest.fixture
def desk(store: Store) -> Gifts:
    Members(store).add("Zsófi Kiss")
    made = Gifts(store)
    made.budgets.set(YEAR, "EUR", 10_000)
    return made


def log(desk: Gifts, state: str = "approved", cents: int = 1_500, **more: Any) -> int:
    return desk.log(1, "Mug", "why", Money(cents, "EUR"), state=state, **more)


def money(desk: Gifts) -> tuple[int, int, int | None]:
    budget = desk.budgets.of()[0]
    return budget.spent, budget.promised, budget.left


@pytest.mark.parametrize("state", ["approved", "asked", "address_in", "to_ship"])
def test_no_thank_you_frees_the_money(store: Store, desk: Gifts, state: str) -> None:
    number = log(desk, state)
    assert money(desk) == (0, 1_500, 8_500)
    desk.set_state(number, "declined")
    assert money(desk) == (0, 0, 10_000)
    assert desk.counts()["ended"] == 1
    Actions(store).undo()
    assert (desk.get(number).state, money(desk)) == (state, (0, 1_500, 8_500))


def test_charity_has_a_name_and_is_spent(store: Store, desk: Gifts) -> None:
    number = log(desk)
    with pytest.raises(UserError, match="Enter which charity gets it"):
        desk.set_state(number, "charity")
    desk.set_state(number, "charity", charity="  Street dogs of Pécs ")
    assert (desk.get(number).charity, money(desk)) == ("Street dogs of Pécs", (1_500, 0, 8_500))
    Actions(store).undo()
    assert (desk.get(number).charity, desk.get(number).state) == ("", "approved")


def test_charity_is_spent_in_the_year_it_was_given(store: Store, desk: Gifts) -> None:
    number = log(desk)
    with store.write() as conn:
        conn.execute("UPDATE gift SET created_at = created_at - 366 * 86400 WHERE id = ?", (number,))
    desk.set_state(number, "charity", charity="Red Cross")
    assert money(desk) == (1_500, 0, 8_500)
    assert desk.budgets.of(YEAR - 1) == []


def test_an_end_that_is_not_open_is_said(desk: Gifts) -> None:
    number = log(desk, "idea")
    for end in ENDS:
        with pytest.raises(UserError, match=r"can't be “.*”: it is at “Idea”"):
            desk.set_state(number, end, charity="Any")
    assert desk.get(number).state == "idea"


def test_what_left_us_or_ended_goes_back_only_when_asked(desk: Gifts) -> None:
    shipped, declined = log(desk, "shipped"), log(desk)
    desk.set_state(declined, "declined")
    with pytest.raises(NotYetError) as asked:
        desk.set_state(shipped, "approved")
    assert str(asked.value) == "“Mug” for Zsófi Kiss has left already: this takes it back to “Approved”."
    desk.set_state(shipped, "approved", back=str(asked.value))
    with pytest.raises(NotYetError, match="ended as “Declined”: this takes it up again"):
        desk.set_state(declined, "approved", over=True)
    desk.set_state(declined, "approved", back=True)
    assert money(desk) == (0, 3_000, 7_000)


def test_going_back_over_the_budget_asks_both_at_once(desk: Gifts) -> None:
    number = log(desk)
    desk.set_state(number, "declined")
    desk.budgets.set(YEAR, "EUR", 1_000)
    with pytest.raises(NotYetError) as asked:
        desk.set_state(number, "approved")
    assert asked.value.back
    assert asked.value.over
    with pytest.raises(NotYetError):
        desk.set_state(number, "approved", back=True)
    desk.set_state(number, "approved", over=str(asked.value), back=str(asked.value))
    assert desk.get(number).state == "approved"


def test_a_lost_one_is_sent_again_and_both_are_counted(store: Store, desk: Gifts) -> None:
    desk.count_stock("Mug", 5)
    number = log(desk, "to_ship", size="", qty=2, address_1="Fő utca 1", city="Pécs", card_text="Sorry!")
    desk.set_state(number, "shipped")
    desk.set_state(number, "lost")
    assert (money(desk), desk.stock()[0].on_hand) == ((1_500, 0, 8_500), 3)
    made = desk.again(number)
    new = desk.get(made)
    assert (new.again_of, new.state, new.item, new.why, new.qty, new.address_1, new.card_text, new.item_id) == (
        number, "approved", "Mug", "why", 2, "Fő utca 1", "Sorry!", desk.get(number).item_id,
    )  # fmt: skip
    assert money(desk) == (1_500, 1_500, 7_000)
    with pytest.raises(UserError, match="is being sent again already: G-"):
        desk.again(number)
    Actions(store).undo()
    assert money(desk) == (1_500, 0, 8_500)
    with pytest.raises(UserError, match="only what got lost or came back"):
        desk.again(log(desk, "approved"))


def test_what_came_back_is_in_the_stock_and_the_budget_again(desk: Gifts) -> None:
    desk.count_stock("Mug", 5)
    number = log(desk, "shipped")
    assert (money(desk), desk.stock()[0].on_hand) == ((1_500, 0, 8_500), 4)
    desk.set_state(number, "lost")
    desk.set_state(number, "returned")  # it turned up after all
    assert (money(desk), desk.stock()[0].on_hand) == ((0, 0, 10_000), 5)
    assert desk.get(desk.again(number)).again_of == number
    with pytest.raises(UserError, match="was sent again, so it stays"):
        desk.drop(number)


def asked(store: Store, desk: Gifts, lapses_on: str, **values: object) -> int:
    number = log(desk, "asked", lapses_on=lapses_on)
    with store.write() as conn:
        for name, value in values.items():
            conn.execute(f"UPDATE gift SET {name} = ? WHERE id = ?", (value, number))
    return number


def test_unanswered_it_lapses_the_day_after_and_not_before(store: Store, desk: Gifts) -> None:
    now = clock.now()
    today = clock.local(now).date().isoformat()
    number = asked(store, desk, today)
    assert desk.lapse(now) == 0
    assert desk.lapse(now + DAY) == 1
    assert (desk.get(number).state, money(desk)) == ("lapsed", (0, 0, 10_000))
    assert Actions(store).last()[0].title == "Lapsed unanswered: Mug for Zsófi Kiss"


def test_several_lapse_as_one_action(store: Store, desk: Gifts) -> None:
    for _ in range(3):
        asked(store, desk, "2020-01-01")
    assert desk.lapse() == 3
    assert Actions(store).undo().title == "Lapsed unanswered: 3 gifts"
    assert money(desk) == (0, 4_500, 5_500)


def test_one_that_was_answered_since_never_lapses(store: Store, desk: Gifts) -> None:
    by_then = asked(store, desk, "2020-01-01", asked_at=1_000)
    taken, on = asked(store, desk, "2020-01-01"), asked(store, desk, "2020-01-01")
    desk.set_state(on, "address_in")
    with store.write() as conn:
        conn.execute("UPDATE member SET last_at = 2000 WHERE id = 1")
        conn.execute("UPDATE gift SET asked_at = 3000 WHERE id = ?", (taken,))
    assert desk.lapse() == 1
    states = [desk.get(number).state for number in (by_then, taken, on)]
    assert states == ["asked", "lapsed", "address_in"]  # the first one's member wrote after they were asked


def test_a_lapse_that_was_taken_back_stays_so(store: Store, desk: Gifts) -> None:
    number = asked(store, desk, "2020-01-01")
    assert desk.lapse() == 1
    Actions(store).undo()
    assert desk.lapse() == 0
    assert desk.get(number).state == "asked"
    later = clock.local(clock.now() + DAY).date().isoformat()
    desk.edit(number, {"lapses_on": later})  # a new day is a new promise
    assert desk.lapse(clock.now() + 3 * DAY) == 1


def test_the_member_chooses_among_items(store: Store, desk: Gifts) -> None:
    tin, gold, other = (
        desk.items.add(name, worth=cents) for name, cents in (("Tin", 900), ("Gold", 2_000), ("Pin", 1))
    )
    number = log(desk, "asked", qty=2, size="M")
    with pytest.raises(UserError, match="at least two"):
        desk.choices.offer(number, [tin, tin])
    with pytest.raises(UserError, match="offer items first"):
        desk.choices.choose(number, tin)
    desk.choices.offer(number, [gold, tin])
    assert [item.name for item in desk.choices.offered(number)] == ["Gold", "Tin"]
    with pytest.raises(UserError, match="“Pin” was not offered to Zsófi Kiss"):
        desk.choices.choose(number, other)
    desk.choices.choose(number, tin)
    gift = desk.get(number)
    assert (gift.item, gift.item_id, gift.worth, gift.size, money(desk)) == ("Tin", tin, 1_800, "", (0, 1_800, 8_200))
    Actions(store).undo()
    assert (desk.get(number).item, money(desk)) == ("Mug", (0, 1_500, 8_500))
    desk.items.retire(tin)
    with pytest.raises(UserError, match="no longer offered"):
        desk.choices.offer(number, [gold, tin])
    desk.set_state(number, "shipped")
    with pytest.raises(UserError, match="nothing left to choose"):
        desk.choices.choose(number, gold)


def test_every_stage_in_work_has_an_age_that_warns(desk: Gifts) -> None:
    assert set(PATIENCE) == set(IN_WORK)
    for state in IN_WORK:
        gift = desk.get(log(desk, state, 1))
        assert not overdue(gift, gift.state_at)
        assert overdue(gift, gift.state_at + PATIENCE[state] * DAY)


def test_the_ends_of_each_stage(desk: Gifts) -> None:
    open_ = {state: ends_open(desk.get(log(desk, state, 1))) for state in STAGES}
    promised = ("declined", "charity", "lapsed")
    assert open_ == {
        "idea": (), "approved": promised, "asked": promised, "address_in": promised, "to_ship": promised,
        "shipped": ("lost", "returned"), "arrived": ("lost", "returned"), "thanked": (), "story": (),
    }  # fmt: skip


def test_once_a_day_the_workbench_sees_to_it(profile: Profile) -> None:
    bench = Workbench(profile)
    member = bench.members.add("Petr Novák")
    number = bench.gifts.log(member, "Mug", "why", Money(1, "EUR"), state="asked", lapses_on="2020-01-01")
    bench.see_to_the_day()
    wait_until(bench.jobs.idle)
    assert bench.gifts.get(number).state == "lapsed"
    bench.actions.undo()
    bench.see_to_the_day()  # the same day: no second time
    assert not bench.jobs.has("day")
    bench.close()
