"""Handing over, following, and closing only when the member has been told; each change can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.actions import Actions
from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.message import Author, Incoming
from app.handoffs import Handoffs, grouped, may_close, state
from app.handoffs.telling import tell_with
from app.intake import Intake
from app.store.store import Store
from app.teammates import Teammates

TODAY = clock.local(clock.now()).date()


@pytest.fixture
def desk(store: Store) -> Handoffs:
    now = clock.now()
    with store.write() as conn:
        conn.execute("INSERT INTO account (kind, name, own, created_at) VALUES ('blog', 'Blog', 'sitrona', 0)")
    eleni, us = Author("eleni", "eleni", "Ελένη"), Author("sitrona", "sitrona", "Sítróna")
    Intake(store, lambda _: "").take(
        1,
        [
            Incoming(
                "a", now - 300, "Το κουτί έφτασε σπασμένο. " * 30, eleni, thread="t", title="Το κουτί έφτασε σπασμένο"
            ),
            Incoming("b", now - 200, "Oh no, we look into it", us, thread="t"),
            Incoming("c", now - 100, "Ευχαριστώ!\nΚαι το καπάκι;", eleni, thread="t"),
            Incoming("d", now, "First we speak", us, thread="own"),
        ],
    )
    mates = Teammates(store)
    mates.add("Jón Einarsson", team="Support")
    mates.add("Farkas Dóra", team="Legal")
    return Handoffs(store)


def days(count: int) -> str:
    return (TODAY + timedelta(days=count)).isoformat()


def test_handing_over_fills_in_who_what_and_the_last_words(store: Store, desk: Handoffs) -> None:
    number = desk.add(1, 1, "Send a new box", needed_by=days(2))
    one = desk.get(number)
    assert (one.member, one.teammate, one.team, one.title) == (
        "Ελένη",
        "Jón Einarsson",
        "Support",
        "Το κουτί έφτασε σπασμένο",
    )
    assert (
        store.read.execute("SELECT text FROM message WHERE id = ?", (one.message_id,))
        .fetchone()[0]
        .startswith("Ευχαριστώ")
    )
    lines = one.context.split("\n")
    assert lines[1:] == ["> Oh no, we look into it", "Ελένη: Ευχαριστώ! Και το καπάκι;"]
    assert lines[0].startswith("Ελένη: Το κουτί")
    assert lines[0].endswith("…")
    assert len(lines[0]) < 260
    assert Actions(store).undo().title == "Handed off to Jón Einarsson: Send a new box"
    assert desk.listed("all") == []


def test_one_that_was_given_earlier_knows_only_what_had_been_said_by_then(store: Store, desk: Handoffs) -> None:
    then = clock.now() - 250
    number = desk.add(1, 1, "Send a new box", at=then)
    desk.answer(number, "solved", "New box left", at=then + 86_400)
    with store.write() as conn:
        desk.mark_exported(conn, [number], then + 5)
    desk.tell(number, at=then + 90_000)
    one = desk.get(number)
    assert one.context.startswith("Ελένη: Το κουτί")
    assert "\n" not in one.context
    first = store.read.execute("SELECT id FROM message WHERE remote_id = 'a'").fetchone()[0]
    assert (one.message_id, one.opened_at, one.exported_at) == (first, then, then + 5)
    assert one.answered_on == clock.local(then + 86_400).date().isoformat()
    assert one.told_at == one.closed_at == one.updated_at == then + 90_000


def test_a_conversation_that_only_we_began_has_no_member(desk: Handoffs) -> None:
    one = desk.get(desk.add(2, 1, "Look"))
    assert (one.member_id, one.message_id, one.context) == (None, None, "> First we speak")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "sent"),
        ({"status": "seen"}, "seen"),
        ({"status": "in_work", "answer": "waiting for the courier"}, "in_work"),
        ({"needed_by": days(0)}, "sent"),
        ({"needed_by": days(-1)}, "late"),
        ({"needed_by": days(-1), "status": "in_work"}, "late"),
        ({"needed_by": days(-1), "status": "solved", "answered_on": days(0)}, "came_back"),
        ({"status": "declined", "answered_on": days(0)}, "came_back"),
        ({"status": "solved", "answered_on": days(-1)}, "came_back"),
        ({"status": "solved", "answered_on": days(-2)}, "tell_member"),
        ({"status": "solved", "answered_on": ""}, "came_back"),
        ({"status": "solved", "answered_on": days(-2), "member_id": None}, "came_back"),
        ({"status": "solved", "answered_on": days(-1), "closed_at": 5}, "closed"),
    ],
)
def test_where_it_stands(desk: Handoffs, changes: dict[str, object], expected: str) -> None:
    one = desk.get(desk.add(1, 1, "Send a new box"))
    assert state(replace(one, **changes), TODAY) == expected  # type: ignore[arg-type]


def test_it_closes_only_when_told_or_with_a_reason(store: Store, desk: Handoffs) -> None:
    number = desk.add(1, 1, "Send a new box")
    with pytest.raises(UserError, match="No answer from"):
        desk.close(number)
    desk.answer(number, "solved", "New box left today")
    assert desk.get(number).answered_on == TODAY.isoformat()
    with pytest.raises(UserError, match="Ελένη hasn't been told"):
        desk.close(number, "  ")
    desk.close(number, "She wrote that it came")
    assert desk.get(number).closed_why == "She wrote that it came"
    Actions(store).undo()
    assert desk.get(number).closed_at is None
    desk.tell(number)
    assert desk.get(number).closed_at is not None
    desk.reopen(number)
    one = desk.get(number)
    assert (one.closed_at, one.told_at, one.status, may_close(one)) == (None, None, "in_work", False)


def test_without_a_member_the_answer_is_enough(desk: Handoffs) -> None:
    number = desk.add(None, 1, "Renew the certificate")
    desk.answer(number, "solved")
    desk.close(number)
    assert desk.counts() == {"needs_me": 0, "open": 0, "closed": 1}


def test_a_reply_tells_the_member_only_what_is_answered(store: Store, desk: Handoffs) -> None:
    solved, waiting = desk.add(1, 1, "Send a new box"), desk.add(1, 2, "May we show it?")
    desk.answer(solved, "solved")
    now = clock.now()
    with store.write() as conn:  # as the outbox does
        conn.execute(
            "INSERT INTO outbox (key, account_id, conversation_id, text, state, created_at, held_until)"
            " VALUES ('k', 1, 1, 'It is on its way', 'sending', ?, ?)",
            (now, now),
        )
        assert tell_with(conn, 1) == [solved]
        conn.execute("UPDATE outbox SET state = 'sent', sent_at = ?", (now + 5,))
    assert (desk.get(solved).told_at, desk.get(solved).closed_at) == (now + 5, now + 5)
    assert (desk.get(waiting).told_at, desk.get(waiting).closed_at) == (None, None)


def test_telling_before_the_answer_does_not_close(desk: Handoffs) -> None:
    number = desk.add(1, 1, "Send a new box")
    desk.tell(number)
    assert desk.get(number).closed_at is None


def test_lists_counts_and_groups(desk: Handoffs) -> None:
    late = desk.add(1, 2, "May we print it?", kind="legal", needed_by=days(-3))
    sent = desk.add(1, 1, "Send a new box")
    came = desk.add(1, 1, "Which courier?", kind="question")
    desk.answer(came, "solved")
    assert [one.id for one in desk.listed()] == [late, came, sent]
    assert [one.id for one in desk.listed("needs_me")] == [late, came]
    assert [one.id for one in desk.listed("open", teammate_id=1)] == [came, sent]
    assert desk.counts() == {"needs_me": 2, "open": 3, "closed": 0}
    groups = grouped(desk.listed(), TODAY)
    assert [(group.teammate, len(group.handoffs)) for group in groups] == [("Farkas Dóra", 1), ("Jón Einarsson", 2)]
    with pytest.raises(UserError, match="isn't a list"):
        desk.listed("mine")
    assert desk.listed("needs_me", today=date(2000, 1, 1)) == [desk.get(came)]


def test_each_change_counts_the_revision_up(store: Store, desk: Handoffs) -> None:
    number = desk.add(1, 1, "Send a new box")
    desk.edit(number, {"needed_by": days(5), "priority": "high", "teammate_id": 2})
    one = desk.get(number)
    assert (one.rev, one.needed_by, one.priority, one.teammate) == (2, days(5), "high", "Farkas Dóra")
    Actions(store).undo()
    assert desk.get(number).teammate == "Jón Einarsson"
    desk.edit(number, {})


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"ask": " "}, "Say what you need"),
        ({"kind": "riddle"}, "isn't a kind of hand-off"),
        ({"priority": "asap"}, "isn't a priority of a hand-off"),
        ({"status": "sovled"}, "isn't a status of a hand-off"),
        ({"needed_by": "Friday"}, "isn't a date"),
    ],
)
def test_what_is_missing_or_unknown_is_said(desk: Handoffs, values: dict[str, object], says: str) -> None:
    number = desk.add(1, 1, "Send a new box")
    with pytest.raises(UserError, match=says):
        desk.edit(number, values)


def test_nobody_and_nothing_are_said(store: Store, desk: Handoffs) -> None:
    with pytest.raises(NotFoundError, match="C-99"):
        desk.add(99, 1, "Look")
    with pytest.raises(NotFoundError, match="teammate"):
        desk.add(1, 99, "Look")
    Teammates(store).archive(1)
    with pytest.raises(NotFoundError, match="teammate"):
        desk.add(1, 1, "Look")
    with pytest.raises(NotFoundError, match="H-0009-"):
        desk.get(9)
    assert desk.listed("all") == []


def test_several_are_handed_over_as_one_action_or_none_is(store: Store, desk: Handoffs) -> None:
    made = desk.add_all([1, 2], 1, "Where are they?", needed_by=days(2))
    assert [desk.get(number).conversation_id for number in made] == [1, 2]
    assert desk.get(made[1]).ask == "Where are they?"
    Actions(store).undo()
    assert store.read.execute("SELECT count(*) FROM handoff").fetchone()[0] == 0
    with pytest.raises(UserError):
        desk.add_all([1, 2], 1, " ")
    with pytest.raises(NotFoundError):
        desk.add_all([1, 99], 1, "Where?")
    assert store.read.execute("SELECT count(*) FROM handoff").fetchone()[0] == 0
