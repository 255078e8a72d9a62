"""Who deserves a gift in a real file: each reason from its rows, with numbers that a count by SQL gives too."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.actions import Actions
from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.money import Money
from app.deserving import Deed, LeftOut, Proposal, telling
from app.workbench import Workbench
from tests.app.saying import account, said

DAY = 86_400


def euro(cents: int) -> Money:
    return Money(cents, "EUR")


def ago(days: int) -> int:
    return clock.now() - days * DAY


def day(days: int) -> str:
    return (clock.local(clock.now()).date() + timedelta(days=days)).isoformat()


def proposed(bench: Workbench, name: str) -> Proposal | None:
    return next((one for one in bench.deserving.proposals().proposed if one.person.name == name), None)


def left_out(bench: Workbench, name: str) -> LeftOut | None:
    return next((one for one in bench.deserving.proposals().left_out if one.person.name == name), None)


def deed(bench: Workbench, name: str) -> Deed:
    found = proposed(bench, name)
    assert found is not None
    return found.deeds[0]


@pytest.fixture
def anna(bench: Workbench) -> int:
    return bench.members.add("Anna Nagy")


def test_nobody_deserves_one_in_an_empty_file(bench: Workbench) -> None:
    found = bench.deserving.proposals()
    assert (found.proposed, found.left_out) == ([], [])


def test_a_promise_that_came_late_or_is_late(bench: Workbench, anna: int) -> None:
    number = bench.promises.add(anna, "Send the recipe", day(-5), None, ago(9))
    late = deed(bench, "Anna Nagy")
    assert (late.kind, late.number, late.is_open) == ("late_promise", 5, True)
    assert telling.why(late) == "Sorry: “Send the recipe” is 5 days late"
    bench.promises.keep(number, at=ago(2))
    late = deed(bench, "Anna Nagy")
    assert telling.why(late) == "Sorry: “Send the recipe” came 3 days late"
    bench.gifts.log(anna, "Mug", "Sorry", euro(900), state="approved")
    assert proposed(bench, "Anna Nagy") is None
    assert left_out(bench, "Anna Nagy") is None


def test_a_promise_kept_in_time_is_no_reason(bench: Workbench, anna: int) -> None:
    number = bench.promises.add(anna, "Send the recipe", day(-5), None, ago(9))
    bench.promises.keep(number, at=ago(6))
    assert proposed(bench, "Anna Nagy") is None


@pytest.mark.parametrize(("state", "says"), [("lost", "got lost on its way"), ("returned", "came back to us")])
def test_a_gift_that_never_came_is_made_good_whatever_the_cool_down(
    bench: Workbench, anna: int, state: str, says: str
) -> None:
    number = bench.gifts.log(anna, "Mug", "For the recipe", euro(900), state="shipped")
    assert proposed(bench, "Anna Nagy") is None
    bench.gifts.set_state(number, state)
    found = proposed(bench, "Anna Nagy")
    assert found is not None
    assert says in telling.why(found.deeds[0])
    assert (found.person.had_count, found.occasion) == (0, "made_right")


def solved(bench: Workbench, member: int, kind: str, told: int | None) -> None:
    mate = bench.teammates.add("Jón")
    made = bench.handoffs.add(None, mate, "The box came broken", kind=kind, details={"member_id": member}, at=ago(9))
    bench.handoffs.answer(made, "solved", "A new one is on its way", at=ago(8))
    if told is not None:
        bench.handoffs.tell(made, at=ago(told))


def test_a_broken_parcel_that_was_solved_and_told(bench: Workbench, anna: int) -> None:
    solved(bench, anna, "problem", 3)
    found = deed(bench, "Anna Nagy")
    assert (found.kind, telling.why(found)) == ("problem", "Sorry: The box came broken")


def test_who_reported_what_is_mended_is_thanked_once_they_know(bench: Workbench, anna: int) -> None:
    solved(bench, anna, "feedback", 3)
    found = proposed(bench, "Anna Nagy")
    assert found is not None
    assert (found.deeds[0].kind, found.occasion) == ("mended", "thank_you")


def test_nobody_is_thanked_before_they_were_told(bench: Workbench, anna: int) -> None:
    solved(bench, anna, "feedback", None)
    assert proposed(bench, "Anna Nagy") is None


def test_an_unhappy_conversation_that_is_done(bench: Workbench) -> None:
    bench.intake.take(account(bench.store), [said("u", ago(2), "It is all broken", title="Two broken bottles")])
    talk = bench.store.read.execute("SELECT id FROM conversation").fetchone()[0]
    with bench.store.write() as conn:
        conn.execute("UPDATE conversation SET unhappy = 1 WHERE id = ?", (talk,))
    assert proposed(bench, "Anna") is None
    bench.inbox.done([talk], reason="Sent two new ones")
    found = deed(bench, "Anna")
    assert (found.kind, found.conversation_id) == ("unhappy", talk)
    assert telling.why(found) == "Sorry: Two broken bottles"


def test_helping_is_counted_as_a_count_by_sql_does(bench: Workbench) -> None:
    asked = [said(f"q{n}", ago(n) - 60, "Does it fit?", who="bela", thread=f"t{n}") for n in (5, 20, 80, 95)]
    answered = [said(f"a{n}", ago(n), "Yes, push", who="cili", thread=f"t{n}") for n in (5, 20, 80, 95)]
    bench.intake.take(account(bench.store), sorted([*asked, *answered], key=lambda one: one.at))
    for (number,) in bench.store.read.execute("SELECT id FROM message WHERE text = 'Yes, push'").fetchall():
        if bench.helps.of_message(number) is None:
            bench.helps.mark(number)
    (count,) = bench.store.read.execute(
        "SELECT count(*) FROM help h JOIN identity i ON i.id = h.identity_id JOIN member p ON p.id = i.member_id"
        " WHERE p.name = 'Cili' AND h.at >= ?", (ago(90),)
    ).fetchone()  # fmt: skip
    found = deed(bench, "Cili")
    assert (found.kind, found.number) == ("helped", count)
    assert count == 3
    assert telling.why(found) == "Helped other members 3 times in 90 days"


def test_long_quiet_loyalty_is_never_having_had_a_gift(bench: Workbench) -> None:
    days = [*range(10, 40), 800]
    bench.intake.take(account(bench.store), [said(f"d{n}", ago(n), who="dora") for n in reversed(days)])
    found = deed(bench, "Dora")
    assert (found.kind, found.number, found.days) == ("loyal", 2, len(days))
    (member,) = bench.store.read.execute("SELECT id FROM member WHERE name = 'Dora'").fetchone()
    bench.gifts.log(member, "Mug", "For all of it", euro(900), state="thanked", at=ago(500))
    assert proposed(bench, "Dora") is None


def test_the_anniversary_of_the_first_message_within_a_week(bench: Workbench) -> None:
    first = clock.local(clock.now()).replace(hour=12)
    first = first.replace(year=first.year - 2, day=min(first.day, 28)) + timedelta(days=3)
    if first.day != (clock.local(clock.now()) + timedelta(days=3)).day:
        first += timedelta(days=clock.local(clock.now()).day - 28)
    begun = int(first.timestamp())
    bench.intake.take(
        account(bench.store), [said("e", begun, who="edit"), *(said(f"e{n}", ago(n), who="edit") for n in (9, 8, 7))]
    )
    found = deed(bench, "Edit")
    assert (found.kind, found.number) == ("anniversary", 2)
    assert "2 years since the first message" in telling.why(found)


def test_a_birthday(bench: Workbench, anna: int) -> None:
    bench.members.edit(anna, {"birthday": day(2)[5:]})
    found = proposed(bench, "Anna Nagy")
    assert found is not None
    assert (telling.why(found.deeds[0]), found.occasion) == ("Birthday: in 2 days", "birthday")


def test_what_they_have_had_is_what_a_sum_by_sql_gives(bench: Workbench, anna: int) -> None:
    bench.members.edit(anna, {"birthday": day(0)[5:]})
    now = clock.now()
    begun = clock.at_local(clock.local(now).replace(month=1, day=1, hour=0, minute=0, second=0, tzinfo=None))
    for state in ("thanked", "declined", "lapsed", "lost", "approved"):
        bench.gifts.log(anna, "Mug", state, euro(900), state=state, at=begun + 60)
    bench.gifts.log(anna, "Mug", "Long ago", euro(500), state="thanked", at=begun - 60)
    bench.gifts.log(anna, "Hat", "In crowns", Money(20_000, "CZK"), state="thanked", at=begun + 60)
    found = bench.deserving.proposals(now)
    person = found.left_out[0].person if found.left_out else found.proposed[0].person
    (total,) = bench.store.read.execute(
        "SELECT sum(coalesce(actual_cost, worth)) FROM gift WHERE state IN ('thanked', 'approved') AND currency = 'EUR'"
        " AND created_at >= ?", (begun,)
    ).fetchone()  # fmt: skip
    assert (person.year_sum, person.had_count) == (total, 4) == (1_800, 4)
    assert person.other_sums == (("CZK", 20_000),)


def test_an_item_out_of_stock_is_not_offered(bench: Workbench, anna: int) -> None:
    bench.members.edit(anna, {"birthday": day(0)[5:]})
    mug = bench.gifts.items.add("Mug", worth=900, kind="swag")
    bench.gifts.items.count(mug, 0)
    found = proposed(bench, "Anna Nagy")
    assert found is not None
    assert found.item is None
    bench.gifts.items.count(mug, 1)
    found = proposed(bench, "Anna Nagy")
    assert found is not None
    assert found.item is not None
    assert (found.item.name, found.item.worth) == ("Mug", 900)
    bench.gifts.items.edit(mug, {"currency": "CZK", "worth": 20_000})
    found = proposed(bench, "Anna Nagy")
    assert found is not None
    assert found.item is None


def test_a_teammate_is_known_by_their_address(bench: Workbench, anna: int) -> None:
    bench.members.edit(anna, {"birthday": day(0)[5:], "email": "Anna@Example.org"})
    bench.teammates.add("Anna", email="anna@example.org")
    out = left_out(bench, "Anna Nagy")
    assert out is not None
    assert out.why == "teammate"


def test_not_now_holds_until_its_day_and_is_undone(bench: Workbench, anna: int) -> None:
    bench.members.edit(anna, {"birthday": day(0)[5:]})
    until = bench.deserving.pass_over(anna, day(10), "after the move")
    out = left_out(bench, "Anna Nagy")
    assert out is not None
    assert telling.left_out(out, 180, clock.now()) == f"not now, until {until}"
    later = bench.deserving.proposals(clock.now() + 365 * DAY)
    assert [one.person.name for one in later.proposed] == ["Anna Nagy"]
    assert Actions(bench.store).undo().title == "No gift for now: Anna Nagy"
    assert proposed(bench, "Anna Nagy") is not None
    assert bench.deserving.pass_over(anna) == day(90)
    assert bench.deserving.end_pass(anna)
    assert not bench.deserving.end_pass(anna)
    assert proposed(bench, "Anna Nagy") is not None


def test_bad_days_and_nobody_are_said(bench: Workbench, anna: int) -> None:
    with pytest.raises(UserError, match="is over"):
        bench.deserving.pass_over(anna, day(-1))
    with pytest.raises(UserError, match="isn't a date"):
        bench.deserving.pass_over(anna, "soon")
    with pytest.raises(NotFoundError):
        bench.deserving.pass_over(99)
    assert bench.store.read.execute("SELECT count(*) FROM gift_pass").fetchone()[0] == 0


def test_what_was_put_off_goes_along_with_a_merge_and_back(bench: Workbench, anna: int) -> None:
    other = bench.members.add("Nagy Anna")
    bench.members.edit(anna, {"birthday": day(0)[5:]})
    bench.deserving.pass_over(other)
    assert proposed(bench, "Anna Nagy") is not None
    bench.pairs.merge(anna, other)
    out = left_out(bench, "Anna Nagy")
    assert out is not None
    assert out.why == "not_now"
    bench.pairs.part(anna)
    assert proposed(bench, "Anna Nagy") is not None


def test_today_does_not_propose_whom_the_manager_put_off(bench: Workbench, anna: int) -> None:
    solved(bench, anna, "problem", 3)

    def whom() -> list[str]:
        groups = {group.key: group for group in bench.today.groups()}
        return [row.who for row in groups["make_good"].rows] if "make_good" in groups else []

    assert whom() == ["Anna Nagy"]
    bench.deserving.pass_over(anna)
    assert whom() == []
