"""What is too long is never cut: it is refused, or goes on in parts that answer each other. And sending later."""

from __future__ import annotations

import pytest

from app.base import clock
from app.base.errors import UserError
from app.channels.base import Can, Channel
from app.outbox import DISCARDED, HELD, QUEUED, SENT, Outbox, fitting
from app.outbox.composing import reply
from app.store.store import Store
from tests.app.outbox.conftest import Place

LONG = "First comes this sentence. Then comes that one. And then it ends."


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A channel that allows 30 characters and has threads."""
    made = Channel("fake", "Fake", (), Can(limit=30, threads=True))
    monkeypatch.setattr(fitting, "channel", lambda _kind: made)


def send(place: Place, **more: object) -> int:
    return place.outbox.submit(place.cleared(LONG), place.talk, hold_seconds=0, thread=True, **more)  # type: ignore[arg-type]


def deliver(place: Place) -> list[int]:
    due = place.outbox.due()
    for number in due:
        place.outbox.deliver(number, place.session)
    return due


@pytest.mark.usefixtures("short")
def test_what_is_too_long_is_refused_with_its_length(place: Place) -> None:
    with pytest.raises(UserError, match="Fake allows 30 characters, and this has 65"):
        place.submit(LONG)
    assert place.one("SELECT count(*) FROM outbox") == 0
    with pytest.raises(UserError, match="sent as 40 messages"):
        place.outbox.submit(place.cleared("A whole sentence of thirty. " * 40), place.talk, thread=True)


def test_the_servers_own_limit_counts(place: Place) -> None:
    with place.store.write() as conn:
        conn.execute("""UPDATE account SET facts = '{"limit": "12"}'""")
    with pytest.raises(UserError, match="allows 12 characters, and this has 13: shorten it"):
        place.submit("1234567890123")
    place.submit("123456789012")


@pytest.mark.usefixtures("short")
def test_the_parts_go_out_in_order_each_answering_the_one_before(place: Place) -> None:
    first = send(place, then_done=True)
    parents = []
    while due := deliver(place):
        assert len(due) == 1
        parents.append(reply(place.store.read, place.outbox.get(due[0])).parent)
    assert parents == ["m1", "r1", "r2"]
    rows = place.store.read.execute("SELECT text, parent_id FROM message WHERE out ORDER BY id").fetchall()
    assert [tuple(row) for row in rows] == [
        ("First comes this sentence.", "m1"), ("Then comes that one.", "r1"), ("And then it ends.", "r2"),
    ]  # fmt: skip
    assert place.state() == "done"
    assert place.outbox.get(first).state == SENT


@pytest.mark.usefixtures("short")
def test_a_part_waits_while_the_one_before_is_not_surely_out(place: Place) -> None:
    number = place.outbox.submit(place.cleared(f"[close_after] {LONG}"), place.talk, hold_seconds=0, thread=True)
    deliver(place)
    assert place.outbox.get(number).state == "undecided"
    assert place.outbox.due() == []
    later = place.outbox.entries((QUEUED,))
    assert later
    with place.store.write() as conn:
        conn.execute("UPDATE outbox SET next_at = NULL WHERE state = 'undecided'")
    assert place.outbox.next_at() is None  # nothing to wake for
    place.outbox.look_up(number, place.session)
    assert place.outbox.due() == [later[0].id]


@pytest.mark.usefixtures("short")
def test_a_thread_is_taken_back_or_given_up_whole(place: Place) -> None:
    place.outbox.submit(place.cleared(LONG), place.talk, hold_seconds=10, thread=True)
    place.undo()
    assert place.one("SELECT count(*) FROM outbox") == 0
    assert place.one("SELECT text FROM draft") == LONG
    first = place.outbox.submit(place.cleared(LONG), place.talk, hold_seconds=10, thread=True)
    place.outbox.discard(first)
    assert place.one("SELECT count(*) FROM outbox WHERE state = ?", DISCARDED) == 3
    assert place.one("SELECT text FROM draft").split() == LONG.split()


def test_a_time_that_was_chosen_is_kept_even_over_a_restart(place: Place, store: Store) -> None:
    at = clock.now() + 86_400 * 3
    number = place.outbox.submit(place.cleared("Happy birthday!"), place.talk, at=at)
    assert place.outbox.get(number).state == HELD
    assert place.outbox.due(at - 1) == []
    assert place.outbox.next_at() == at
    place.outbox.close()
    again = Outbox(store, settle=0)
    assert again.take_charge(5)
    assert again.get(number).held_until == at
    again.postpone(number, at + 60)
    assert again.due(at) == []
    assert again.due(at + 60) == [number]
    again.close()


def test_one_that_waits_for_its_day_does_not_hold_up_the_next(place: Place) -> None:
    place.outbox.submit(place.cleared("Happy birthday!"), place.talk, at=clock.now() + 86_400)
    number = place.submit("And thank you.")
    assert place.outbox.due() == [number]


def test_a_time_that_is_over_is_refused(place: Place) -> None:
    with pytest.raises(UserError, match="That time has passed"):
        place.outbox.submit(place.cleared("x"), place.talk, at=clock.now() - 1)
    number = place.submit("y", hold=60)
    with pytest.raises(UserError, match="That time has passed"):
        place.outbox.postpone(number, clock.now() - 1)


@pytest.mark.parametrize(
    ("public", "post", "sentence"),
    [
        (True, "New taste", "Under “New taste”. All readers see it."),
        (True, "", "All readers see it."),
        (False, "New taste", "Visible to Anna only."),
    ],
)
def test_who_will_see_an_answer_is_said(public: bool, post: str, sentence: str) -> None:  # noqa: FBT001
    of = Channel("fake", "Fake", (), Can(), audience="All readers see it.")
    assert fitting.audience(of, "Blog", "Anna", public=public, post=post) == sentence
    plain = Channel("fake", "Fake", (), Can())
    assert fitting.audience(plain, "Blog", "", public=True) == "Visible to everyone on Blog."
