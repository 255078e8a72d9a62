"""A permission that ended, or was taken back, since a text was written stops it when it is about to leave."""

from __future__ import annotations

import pytest

from app.base import clock
from app.outbox import FAILED, SENT
from app.works import Works
from app.works.desk import Said
from tests.app.outbox.conftest import ANNA, Place

POEM = "Lemons hang over the wall of my neighbour and fall on our side every night."
DAY = 86_400


@pytest.fixture
def works(place: Place) -> Works:
    """Works in which somebody else's poem is, with leave to use it for a while."""
    desk = Works(place.store)
    with place.store.write() as conn:
        conn.execute("INSERT INTO member (id, name, created_at) VALUES (50, 'Ida', 0)")
    number = desk.add_for(50, "recipe", "Lemons at night", words=POEM)
    desk.grant(number, Said(until_on=clock.local(clock.now() + 2 * DAY).date().isoformat()))
    return desk


def test_what_may_still_be_used_is_sent(place: Place, works: Works) -> None:
    assert works.listed("granted")
    number = place.submit(f"Ida wrote: {POEM}")
    assert place.outbox.deliver(number, place.session).state == SENT


def test_what_was_taken_back_since_is_not_sent_and_waits_for_the_person(place: Place, works: Works) -> None:
    number = place.submit(f"Ida wrote: {POEM}", then_done=True)
    works.withdraw(works.listed()[0].id)
    stopped = place.outbox.deliver(number, place.session)
    assert (stopped.state, place.keys(), place.state()) == (FAILED, [], "needs_me")
    assert stopped.error == "Ida has taken back the permission for “Lemons at night”. So it wasn't sent."


def test_a_permission_that_ends_before_a_scheduled_message_leaves(
    place: Place, works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = clock.now() + 5 * DAY
    number = place.outbox.submit(place.cleared(f"Ida wrote: {POEM}"), place.talk, at=later)
    until = works.listed()[0].until_on
    monkeypatch.setattr(clock, "now", lambda: later + 1)
    assert place.outbox.due() == [number]
    stopped = place.outbox.deliver(number, place.session)
    assert (stopped.state, place.keys()) == (FAILED, [])
    assert "ended on" in stopped.error
    assert until not in stopped.error  # a date as people write it


def test_its_own_maker_may_read_it(place: Place) -> None:
    desk = Works(place.store)
    anna = place.one("SELECT member_id FROM identity WHERE key = ?", ANNA.key)
    desk.add_for(anna, "recipe", "Lemons at night", words=POEM)
    with place.store.write() as conn:
        conn.execute("UPDATE conversation SET public = 0")
    number = place.submit(f"You wrote: {POEM}")
    assert place.outbox.deliver(number, place.session).state == SENT
