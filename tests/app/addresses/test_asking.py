"""A gift's address is asked for by a reply that is submitted, and is not while that is taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.base import clock
from app.base.errors import UserError
from app.inbox import drafts
from app.voice import Draft
from app.workbench import Workbench
from tests.app.saying import account, said


@pytest.fixture
def talk(bench: Workbench) -> int:
    """Jana wrote in Czech; a gift for her is approved."""
    place = account(bench.store)
    bench.intake.take(place, [said("1", clock.now() - 90_000, "My bottles were broken.", "jana", thread="t")])
    row = bench.store.read.execute("SELECT id, identity_id FROM conversation").fetchone()
    bench.members.edit(1, {"language": "cs"})
    bench.gifts.log(1, "Delight box", "Broken bottles", "15", conversation_id=row["id"], state="approved")
    return int(row["id"])


def send(bench: Workbench, talk: int) -> int:
    """Submit the draft that is kept there; the outbox row."""
    kept = drafts.get(bench.store.read, talk)
    assert kept is not None
    draft = Draft(kept.text, kept.language, kept.template_id)
    return bench.outbox.submit(bench.voice.clear(bench.outbox.read_by(draft, talk)), talk)


def test_the_draft_asks_in_their_language_and_the_gift_is_asked_for_once_it_is_submitted(
    bench: Workbench, talk: int
) -> None:
    begun = bench.addresses.ask(1)
    kept = drafts.get(bench.store.read, talk)
    assert kept is not None
    assert (begun.conversation_id, begun.public, kept.language) == (talk, True, "cs")
    assert "Delight box" in kept.text
    assert "PSČ" in kept.text
    assert bench.gifts.get(1).state == "approved"
    row = send(bench, talk)
    gift = bench.gifts.get(1)
    day = clock.local(clock.now()).date() + timedelta(days=30)
    assert (gift.state, gift.lapses_on, gift.asked_at is not None) == ("asked", day.isoformat(), True)
    stored = bench.store.read.execute("SELECT asked_outbox_id FROM gift").fetchone()
    assert stored["asked_outbox_id"] == row
    bench.outbox.discard(row)
    gift = bench.gifts.get(1)
    assert (gift.state, gift.lapses_on, gift.asked_at) == ("approved", "", None)


def test_undo_of_sending_takes_the_question_back(bench: Workbench, talk: int) -> None:
    bench.settings.put("gift_lapse_days", 7)
    bench.addresses.ask(1)
    send(bench, talk)
    assert bench.gifts.get(1).lapses_on == (clock.local(clock.now()).date() + timedelta(days=7)).isoformat()
    bench.store.undo_action(bench.store.last_action or 0)
    gift = bench.gifts.get(1)
    assert (gift.state, gift.lapses_on, gift.asked_at) == ("approved", "", None)


def test_another_reply_asks_for_nothing(bench: Workbench, talk: int) -> None:
    draft = Draft("We are sorry.", "en")
    bench.outbox.submit(bench.voice.clear(bench.outbox.read_by(draft, talk)), talk)
    assert bench.gifts.get(1).state == "approved"


@pytest.mark.usefixtures("talk")
def test_what_needs_no_address_is_not_asked_for(bench: Workbench) -> None:
    bench.gifts.edit(1, {"address_1": "Dlouhá 1", "city": "Praha"})
    with pytest.raises(UserError, match="not waiting for an address"):
        bench.addresses.ask(1)
    bench.gifts.set_state(1, "idea")
    with pytest.raises(UserError, match="not waiting for an address"):
        bench.addresses.ask(1)


def test_another_draft_stays_as_it_is(bench: Workbench, talk: int) -> None:
    with bench.store.write() as conn:
        drafts.save(conn, drafts.Draft(talk, "Half a thought", "en"))
    with pytest.raises(UserError, match="draft to Jana already"):
        bench.addresses.ask(1)
    kept = drafts.get(bench.store.read, talk)
    assert kept is not None
    assert kept.text == "Half a thought"
