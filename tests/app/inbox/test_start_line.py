"""The start line: what it counts is what it closes, what is open in a conversation keeps it open, and undo is whole."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest

from app.base import clock
from app.base.errors import UserError
from app.first_week import today
from app.inbox import start_line
from app.store.connection import open_connection
from app.store.sqlite import scalar
from app.workbench import Workbench
from tests.app.saying import account, differences, is_consistent, rows, said

DAY = 86_400


def _morning(days: int = 0) -> int:
    """The beginning of a local day, so many days ago."""
    day = clock.local(clock.now()).date() - timedelta(days=days)
    return clock.at_local(datetime.combine(day, datetime.min.time()))


@pytest.fixture
def blog(bench: Workbench) -> int:
    """Six conversations of the days before, three of today; in the last old one we wrote last."""
    place = account(bench.store, mode="live")
    old = [said(f"old{at}", _morning(2) + at, f"Where is parcel {at}?", f"p{at}", thread=f"t{at}") for at in range(6)]
    new = [said(f"new{at}", _morning() + at, f"And where is {at}?", f"n{at}", thread=f"n{at}") for at in range(3)]
    ours = said("ours", _morning(1), "It left us this morning.", "us", thread="t5", out=True)
    bench.intake.take(place, [*old, ours, *new], {})
    return place


def _talks(bench: Workbench) -> dict[str, int]:
    found = bench.store.read.execute("SELECT remote_id, id FROM conversation")
    return {row["remote_id"]: row["id"] for row in found}


def _states(bench: Workbench) -> dict[str, str]:
    return {row["remote_id"]: row["state"] for row in bench.store.read.execute("SELECT * FROM conversation")}


def test_the_offer_counts_and_closes_nothing(bench: Workbench, blog: int) -> None:
    assert blog
    before = rows(bench.store)
    offer = bench.first_week.offer(today())
    assert offer == (_morning(), 5, 1, 3, 0, 0, 0)
    assert offer.closes == 6
    assert differences(before, rows(bench.store)) == {}


def test_what_was_counted_is_closed_read_and_found_by_search(bench: Workbench, blog: int) -> None:
    assert blog
    bench.first_week.draw_line(today())
    states = _states(bench)
    assert {states[f"t{at}"] for at in range(6)} == {"done"}
    assert {states[f"n{at}"] for at in range(3)} == {"needs_me"}
    assert bench.inbox.counts()["needs_me"] == 3
    assert scalar(bench.store.read, "SELECT sum(unread) FROM conversation WHERE state = 'done'") == 0
    assert bench.search.count_all(bench.search.understand("parcel")).conversations("done") == 6
    assert not bench.store.read.execute("SELECT 1 FROM outbox").fetchone()
    is_consistent(bench.store)


def test_what_is_open_in_it_keeps_a_conversation_open(bench: Workbench, blog: int) -> None:
    assert blog
    talks = _talks(bench)
    member = bench.inbox.row(talks["t0"]).member_id
    assert member is not None
    bench.promises.add(member, "Say where it is", conversation_id=talks["t0"])
    jon = bench.teammates.add("Jón")
    bench.handoffs.add(talks["t1"], jon, "Where is it?")
    bench.inbox.keep_draft(talks["t2"], "Hello, I'll")
    bench.inbox.mark([talks["t3"]], "unhappy", on=True)
    bench.inbox.snooze([talks["t4"]], clock.now() + DAY)
    offer = bench.first_week.offer(today())
    assert (offer.closes, offer.kept, offer.snoozed) == (1, 4, 1)
    bench.first_week.draw_line(today())
    states = _states(bench)
    assert [states[f"t{at}"] for at in range(6)] == ["needs_me"] * 4 + ["snoozed", "done"]


@pytest.mark.parametrize("table", ["gift", "outbox", "letter_draft", "draft_beside", "reported"])
def test_and_so_does_a_gift_a_reply_on_its_way_a_letter_begun_and_a_report(
    bench: Workbench, blog: int, table: str
) -> None:
    talk = _talks(bench)["t0"]
    statements = {
        "gift": "INSERT INTO gift (member_id, conversation_id, item, why, worth, currency, state_at, created_at)"
        " SELECT min(id), :talk, 'Mug', 'kind', 1, 'EUR', 1, 1 FROM member",
        "outbox": "INSERT INTO outbox (key, account_id, conversation_id, text, state, created_at, held_until)"
        " VALUES ('k', :account, :talk, 'Hi', 'failed', 1, 1)",
        "letter_draft": "INSERT INTO letter_draft (linked_id, at) VALUES (:talk, 1)",
        "draft_beside": "INSERT INTO draft_beside (conversation_id, text, at) VALUES (:talk, 'Hi', 1)",
        "reported": "UPDATE message SET upstream = 'reported' WHERE conversation_id = :talk",
    }
    with bench.store.write() as conn:
        conn.execute(statements[table], {"talk": talk, "account": blog})
    assert bench.first_week.offer(today()).kept == 1
    bench.first_week.draw_line(today())
    assert _states(bench)["t0"] == "needs_me"


def test_a_gift_that_was_thanked_for_keeps_nothing_open(bench: Workbench, blog: int) -> None:
    assert blog
    with bench.store.write() as conn:
        conn.execute(
            "INSERT INTO gift (member_id, conversation_id, item, why, worth, currency, state, state_at, created_at)"
            " SELECT min(id), ?, 'Mug', 'kind', 1, 'EUR', 'thanked', 1, 1 FROM member",
            (_talks(bench)["t0"],),
        )
    assert bench.first_week.offer(today()).kept == 0


def test_one_undo_brings_all_of_it_back_and_redo_closes_it_again(bench: Workbench, blog: int) -> None:
    assert blog
    before = rows(bench.store)
    bench.first_week.draw_line(today())
    after = rows(bench.store)
    assert bench.store.last_action is not None
    assert bench.actions.last()[0].title.endswith("6 older conversations closed")
    bench.actions.undo(bench.store.last_action)
    assert differences(before, rows(bench.store)) == {}
    assert start_line.drawn(bench.store.read) is None
    bench.actions.redo()
    assert differences(after, rows(bench.store)) == {}
    assert start_line.drawn(bench.store.read) == _morning()


def test_an_earlier_day_closes_less_and_a_later_one_is_refused(bench: Workbench, blog: int) -> None:
    assert blog
    assert bench.first_week.offer(today() - timedelta(days=1)).closes == 5
    with pytest.raises(UserError, match="can't be in the future"):
        bench.first_week.draw_line(today() + timedelta(days=1))
    assert start_line.drawn(bench.store.read) is None


def test_what_is_read_later_and_older_than_the_line_is_history(bench: Workbench, blog: int) -> None:
    bench.first_week.draw_line(today())
    bench.intake.take(blog, [said("late", _morning(1), "Hello?", "eva", thread="late")], {"page": "2"})
    bench.intake.take(blog, [said("fresh", _morning() + 9, "Hello?", "ivo", thread="fresh")], {"page": "3"})
    states = _states(bench)
    assert (states["late"], states["fresh"]) == ("done", "needs_me")


def test_what_the_person_writes_down_by_hand_needs_them_whatever_its_date(bench: Workbench, blog: int) -> None:
    bench.first_week.draw_line(today())
    bench.intake.take(blog, [said("hand", _morning(1), "Hello?", "eva", thread="hand")])
    assert _states(bench)["hand"] == "needs_me"


def test_once_it_is_undone_nothing_later_is_history_by_it(bench: Workbench, blog: int) -> None:
    bench.first_week.draw_line(today())
    assert bench.store.last_action is not None
    bench.actions.undo(bench.store.last_action)
    bench.intake.take(blog, [said("late", _morning(1), "Hello?", "eva", thread="late")], {})
    assert _states(bench)["late"] == "needs_me"


def test_somebody_who_writes_again_needs_us_again(bench: Workbench, blog: int) -> None:
    bench.first_week.draw_line(today())
    bench.intake.take(blog, [said("again", _morning() + 50, "And now?", "p0", thread="t0")], {})
    assert _states(bench)["t0"] == "needs_me"


def test_a_line_where_nothing_is_open_is_remembered_all_the_same(bench: Workbench) -> None:
    place = account(bench.store, mode="live")
    assert bench.first_week.draw_line(today()).closes == 0
    assert start_line.drawn(bench.store.read) == _morning()
    bench.intake.take(place, [said("late", _morning(1), "Hello?", "eva", thread="late")], {})
    assert _states(bench)["late"] == "done"


def test_what_it_says_it_closed_is_what_it_closed_whoever_writes_meanwhile(bench: Workbench, blog: int) -> None:
    other, drawn = open_connection(bench.store.path), list[start_line.Offer]()
    other.execute("BEGIN IMMEDIATE")
    other.execute("UPDATE conversation SET closed = 1 WHERE account_id = ? AND remote_id = 't0'", (blog,))
    drawing = threading.Thread(target=lambda: drawn.append(bench.first_week.draw_line(today())))
    drawing.start()
    drawing.join(0.1)  # it waits for the other program
    other.execute("COMMIT")
    other.close()
    drawing.join()
    assert (drawn[0].closes, _states(bench)["t0"]) == (5, "done")
    assert bench.actions.last()[0].title.endswith("5 older conversations closed")
