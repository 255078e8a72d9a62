"""Parking at the bell: what can wait is put off until the next block, as one action; what is late stays."""

from __future__ import annotations

from app.base import clock
from app.blocks.parking import parkable
from app.inbox import Query
from app.intake import Intake
from app.workbench import Workbench
from tests.app.saying import account, rows, said

NOW = clock.from_iso("2026-12-01 18:50")
HOUR = 3600


def _number(bench: Workbench, remote_id: str) -> int:
    row = bench.store.read.execute("SELECT conversation_id FROM message WHERE remote_id = ?", (remote_id,)).fetchone()
    return int(row[0])


def _filled(bench: Workbench) -> int:
    number = account(bench.store)
    Intake(bench.store).take(
        number, [said(name, NOW - ago, thread=name) for name, ago in (("new", HOUR), ("late", 80 * HOUR), ("hard", 60))]
    )
    bench.blocks.add("Tue 17-19, Sat 10-12")
    return number


def test_what_can_wait_is_parked_until_the_next_block_and_comes_back_with_one_undo(bench: Workbench) -> None:
    _filled(bench)
    before = rows(bench.store, ("conversation",))
    parked = bench.park(NOW)
    assert set(parked.numbers) == {_number(bench, "new"), _number(bench, "hard")}
    assert parked.until == clock.from_iso("2026-12-05 10:00")
    assert {bench.inbox.row(number).snoozed_until for number in parked.numbers} == {parked.until}
    assert parked.remark == "1 stays: it's already due."
    assert [ref.id for ref in bench.inbox.refs(Query("needs_me"))] == [_number(bench, "late")]
    assert bench.actions.undo().title == "Parked until the next block"
    assert rows(bench.store, ("conversation",)) == before


def test_what_was_promised_to_a_member_for_a_day_that_is_over_stays(bench: Workbench) -> None:
    _filled(bench)
    number = _number(bench, "new")
    bench.promises.add(bench.inbox.row(number).member_id or 0, "Look it up", "2026-11-30", number)
    assert number not in parkable(bench.store, bench.blocks, NOW).numbers
    bench.promises.keep(1)
    assert number in parkable(bench.store, bench.blocks, NOW).numbers


def test_an_unhappy_one_that_was_put_off_twice_stays(bench: Workbench) -> None:
    _filled(bench)
    number = _number(bench, "hard")
    bench.inbox.mark(number, "unhappy", on=True)
    for _ in range(2):
        assert number in bench.park(NOW).numbers
        bench.inbox.wake(NOW + 100 * 86_400)
    parked = bench.park(NOW)
    assert number not in parked.numbers
    assert "marked unhappy or difficult, and already snoozed twice" in parked.remark


def test_with_nothing_to_park_nothing_is_done(bench: Workbench) -> None:
    bench.blocks.add("Tue 17-19")
    last = bench.store.last_action
    assert bench.park(NOW).numbers == ()
    assert bench.store.last_action == last


def test_without_blocks_the_rest_waits_for_the_next_working_day(bench: Workbench) -> None:
    number = account(bench.store)
    Intake(bench.store).take(number, [said("new", NOW - 60, thread="t")])
    assert bench.park(NOW).until == clock.from_iso("2026-12-02 09:00")
