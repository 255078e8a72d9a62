"""Today on the demo community: its counts are those of the tables, and what is put off is back tomorrow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.base import clock
from app.base.paths import Profile
from app.gifts import to_thank
from app.involvement import silence
from app.search import closing
from app.today import GroupRow, Thing, Today, things, words
from app.today.groups import GROUPS, Group
from app.workbench import Workbench
from tests.app.saying import account, said

DAY = 86_400


@pytest.fixture
def demo(demo_profile: Profile) -> Iterator[Workbench]:
    """The demo community."""
    made = Workbench(demo_profile)
    yield made
    made.close()


def _groups(bench: Workbench, now: int | None = None) -> dict[str, Group]:
    return {group.key: group for group in bench.today.groups(now)}


def test_each_group_counts_what_its_noun_has(demo: Workbench) -> None:
    found, now = _groups(demo), clock.now()
    today = clock.local(now).date().isoformat()
    assert found["promised"].total == sum(one.due_on <= today for one in demo.promises.open())
    assert found["came_back"].total == sum(one.status in ("solved", "declined") for one in demo.handoffs.listed("open"))
    assert found["gifts"].total == demo.gifts.needs(now).total
    assert found["waiting"].total == demo.inbox.counts()["needs_me"]
    assert found["drafts"].total == demo.unsent.count()
    assert all(len(group.rows) <= group.total for group in found.values())


def test_the_rail_counts_what_is_due_came_back_and_is_to_thank(demo: Workbench) -> None:
    now = clock.now()
    today = clock.local(now).date().isoformat()
    due = sum(bool(one.due_on) and one.due_on <= today for one in demo.promises.open())
    back = _groups(demo)["came_back"].total
    thank = sum(to_thank(gift, now) for gift in demo.gifts.listed(limit=1000))
    assert demo.today.count(now) == due + back + thank > 0


def test_the_longest_waiting_are_those_of_the_inbox(demo: Workbench) -> None:
    first = demo.inbox.next_needing()
    assert _groups(demo)["waiting"].rows[0].id == first


def test_all_that_waits_fits_or_waits(demo: Workbench) -> None:
    made = demo.today.queue(25)
    assert made.used <= 25
    assert len(made.fits) + made.waiting == made.total
    everything = demo.today.queue(24 * 60)
    assert everything.waits == ()
    assert everything.total == made.total == len(everything.fits)
    talks = {one.thing.conversation_id for one in everything.fits}
    waiting = [row["id"] for row in demo.store.read.execute("SELECT id FROM conversation WHERE state = 'needs_me'")]
    assert talks >= set(waiting)
    assert all(one.thing.who and one.thing.what for one in everything.fits[:60])


def test_a_late_promise_comes_first_and_nothing_is_twice(demo: Workbench) -> None:
    fits = demo.today.queue(24 * 60).fits
    assert (fits[0].thing.noun, fits[0].thing.who) == ("promise", "Petr Hanák")
    talks = [one.thing.conversation_id for one in fits if one.thing.conversation_id is not None]
    assert len(talks) == len(set(talks))


@pytest.mark.parametrize("place", [0, 5, -1])
def test_what_is_put_off_is_out_for_a_day_and_undo_brings_it_back(demo: Workbench, place: int) -> None:
    now = clock.now()
    before = demo.today.queue(24 * 60, now)
    thing = before.fits[place].thing
    demo.today.put_off(thing, now)
    after = demo.today.queue(24 * 60, now)
    assert _keys(after.fits) == [key for key in _keys(before.fits) if key != (thing.noun, thing.id)]
    assert (thing.noun, thing.id) in _keys(demo.today.queue(24 * 60, now + DAY).fits)
    demo.actions.undo(demo.store.last_action)
    assert _keys(demo.today.queue(24 * 60, now).fits) == _keys(before.fits)


def test_a_promise_that_is_put_off_is_not_in_the_rail_today(demo: Workbench) -> None:
    now = clock.now()
    before = demo.today.count(now)
    demo.today.put_off(demo.today.queue(25, now).fits[0].thing, now)
    assert demo.today.count(now) == before - 1


def _keys(timed: object) -> list[tuple[str, int]]:
    assert isinstance(timed, tuple)
    return [(one.thing.noun, one.thing.id) for one in timed]


def test_the_three_who_have_gone_quiet_are_found_and_whoever_is_new(demo: Workbench) -> None:
    found = _groups(demo)
    assert {row.who for row in found["quiet"].rows} == {"Αντώνης Βλάχος", "Szabó Réka", "Páll Oddgeirsson"}
    assert len(found["first_time"].rows) == 4
    assert "Kővári Tamás" in {row.who for row in found["first_time"].rows}
    assert [row.who for row in found["back_again"].rows] == ["Szekeres Panna"]


def test_an_empty_file_has_no_group_and_nothing_to_do(bench: Workbench) -> None:
    day = bench.today.day(25)
    assert (day.groups, day.queue.total, day.queue.fits) == ((), 0, ())
    assert (day.fresh.read_at, day.fresh.told, bench.today.count()) == (None, (), 0)


def test_a_later_noun_adds_its_group_in_one_line(bench: Workbench) -> None:
    row = GroupRow("event", 1, "Anna", "Tasting", "waits")

    def events(_nouns: object, _asked: object) -> Group:
        return Group("events", "Events", "calendar", 1, (row,))

    today = Today(bench, (*GROUPS, events))
    assert [(group.key, group.total) for group in today.groups()] == [("events", 1)]


def test_what_closes_before_the_next_block_comes_before_what_only_waits(demo: Workbench) -> None:
    now = clock.now()
    sql = "SELECT id FROM conversation WHERE state = 'needs_me' AND NOT unhappy AND public ORDER BY waiting_since DESC"
    waiting = [row["id"] for row in demo.store.read.execute(sql)]
    with demo.store.write() as conn:
        conn.execute("UPDATE conversation SET closes_at = ? WHERE id = ?", (now + 1, waiting[0]))
        conn.execute("UPDATE conversation SET closes_at = ? WHERE id = ?", (now - 60, waiting[1]))
    fits = demo.today.queue(24 * 60, now).fits
    things = {one.thing.id: (at, one.thing) for at, one in enumerate(fits) if one.thing.noun == "conversation"}
    assert things[waiting[0]][0] == 1  # after the late promise
    assert things[waiting[0]][1].due == now + 1
    assert things[waiting[1]][1].reason == things[waiting[2]][1].reason  # it has closed: too late to hurry
    assert waiting[0] in [row.id for row in _groups(demo, now)["closing"].rows]
    assert waiting[1] not in [row.id for row in _groups(demo, now)["closing"].rows]


def test_what_an_hour_is_left_for_closes_soon(demo: Workbench) -> None:
    now = clock.now()
    closes = closing.closing_until(demo.store.read, now)
    titles = {row.title: closes[row.id] - now for row in demo.inbox.rows(list(closes))}
    assert titles.keys() == {"Lemons for a school picnic", "Can I still change the pick-up point?"}
    assert (
        0 < titles["Lemons for a school picnic"] <= 3600 < titles["Can I still change the pick-up point?"] + 600 <= 7800
    )
    assert list(closes.values()) == sorted(closes.values())
    soon = closing.closing_until(demo.store.read, now, now + 3600)
    assert [row.title for row in demo.inbox.rows(list(soon))] == ["Lemons for a school picnic"]
    first = demo.today.queue(24 * 60, now).fits[1].thing
    if first.reason == 1:  # the next block may begin before it closes
        assert (first.id, first.due) == next(iter(closes.items()))


def test_the_run_goes_from_step_to_step(demo: Workbench) -> None:
    made = demo.today.queue(60)
    run = demo.today.start(made)
    talks = [one.thing.conversation_id for one in made.fits]
    assert (run.total, [step.conversation_id for step in run.left]) == (len(talks), talks)
    first, second = run.left[:2]
    assert run.after(first.conversation_id or 0) == second
    assert run.after(run.left[-1].conversation_id or -1) == first
    assert run.leave([first.conversation_id or 0])
    assert not run.leave([first.conversation_id or 0])
    assert run.first() == second
    run.stop()
    assert (run.active, run.first(), run.after(1)) == (False, None, None)


def test_only_indexes_are_used_where_there_are_many(demo: Workbench) -> None:
    conn = demo.store.read
    for sql, values in (
        (things._WAITING, {"closing": "[]"}), (silence._NEWCOMERS, {"since": 0}),
        (silence._QUIET, (0, 0, 1, 1)), (silence._TWICE, {"since": 0}), (silence._LATELY, {"since": 0, "cut": 0}),
        (closing._TOLD, {"now": 0, "until": 0}), (closing._OPEN, {"since": 0, "accounts": "[1]"}),
    ):  # fmt: skip
        plan = [row["detail"] for row in conn.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
        scans = [line for line in plan if line.startswith("SCAN") and "USING" not in line]
        assert all(
            line.split()[1] in ("w", "p", "(subquery-1)", "(subquery-3)", "(subquery-2)", "json_each") for line in scans
        ), plan


def test_the_reasons_are_words_that_people_read(demo: Workbench) -> None:
    shown = words.Shown(lambda _at, _now: "2 h", lambda _at, _now: "Sat 14:10", str)
    now = clock.now()
    said = [words.why(one.thing, now, shown) for one in demo.today.queue(24 * 60, now).fits]
    assert said[0] == words.late(demo.blocks.days_late(demo.promises.open()[0].due_on, clock.local(now).date()))
    assert (words.late(0), words.late(1), words.late(3)) == ("Late", "1 working day late", "3 working days late")
    assert {"Waits 2 h", "Unhappy, waits 2 h", "To thank"} <= set(said)
    assert words.why(Thing("conversation", 1, 1, "reply", 0, 0), now, shown) == "Closes Sat 14:10"


def _two(bench: Workbench) -> tuple[int, int]:
    """Two conversations of one member on one account, which need us."""
    mail = account(bench.store, "email", own="us@shop.example")
    now = clock.now()
    letters = [said(f"<{at}@x>", now - 50 + at, "A letter", "anna@x.example", title=f"T{at}") for at in range(2)]
    bench.intake.take(mail, letters)
    rows = bench.store.read.execute("SELECT id FROM conversation ORDER BY id").fetchall()
    return rows[0]["id"], rows[1]["id"]


def _is_waiting(bench: Workbench, number: int) -> bool:
    return ("conversation", number) in _keys(bench.today.queue(24 * 60).fits)


def test_what_was_put_off_stays_so_in_the_conversation_that_it_is_joined_into(bench: Workbench) -> None:
    kept, gone = _two(bench)
    thing = next(one.thing for one in bench.today.queue(24 * 60).fits if one.thing.id == gone)
    bench.today.put_off(thing)
    bench.intake.join([kept, gone])
    assert not _is_waiting(bench, kept)
    assert [tuple(row) for row in bench.store.read.execute("SELECT noun, row_id FROM put_off")] == [
        ("conversation", kept)
    ]
    bench.actions.undo()
    assert (_is_waiting(bench, kept), _is_waiting(bench, gone)) == (True, False)


def test_a_block_goes_on_with_what_was_joined_meanwhile(bench: Workbench) -> None:
    kept, gone = _two(bench)
    bench.today.start(bench.today.queue(24 * 60))
    bench.intake.join([kept, gone])
    run = bench.run
    assert run is not None
    assert [(step.noun, step.id, step.conversation_id) for step in run.left] == [("conversation", kept, kept)]
    assert run.leave([kept])
    assert not run.active
