"""What a message continues, and what is found of it: never for others to see, and never another message of ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.base import clock
from app.base.message import Addressee, Author, Incoming
from app.base.paths import Profile
from app.channels.base import Sent
from app.outbox import LetterDraft
from app.voice import Draft
from app.workbench import Workbench
from tests.app.channels import test_discourse
from tests.app.channels.test_mastodon_posting import Posting
from tests.app.outbox.conftest import Place
from tests.app.saying import is_consistent
from tests.channels.fake import FakeSession
from tests.servers.clientapi import ClientApi
from tests.servers.discourse import Forum
from tests.servers.played import CLOSE_AFTER, CLOSE_BEFORE

LONG = " ".join(f"orð{n}" for n in range(250))
SECOND = "og þetta er framhaldið, sem er ekki fyrir alla"


@pytest.fixture
def social() -> Iterator[ClientApi]:
    made = ClientApi()
    yield made
    made.stop()


@pytest.fixture
def forum() -> Iterator[Forum]:
    made = Forum()
    yield made
    made.stop()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = Workbench(Profile(tmp_path / "profile"))
    yield made
    made.close()


@pytest.fixture
def peer(social: ClientApi) -> Posting:
    return Posting(social)


@pytest.fixture
def account(bench: Workbench, peer: Posting) -> int:
    return connected(bench, peer)


def connected(bench: Workbench, peer: Any) -> int:
    secrets = dict(peer.secrets)
    found = bench.accounts.try_out(peer.kind, peer.fields, secrets)
    return bench.accounts.add(peer.kind, "There", peer.fields, secrets, found)[0].id


def post(bench: Workbench, account: int, venue: str, text: str, subject: str = "", **more: bool) -> list[int]:
    box = bench.letters.venue(account, venue).box
    draft = bench.letters.new_post(account)._replace(receivers=(box,), subject=subject)
    cleared = bench.voice.clear(Draft(text, "is"), reason="it is a test")
    return bench.letters.submit(cleared, draft, hold_seconds=0, **more)


def send(bench: Workbench, number: int) -> str:
    bench.sync.send(bench.outbox.get(number).account_id)
    return bench.outbox.get(number).state


def confirmed(bench: Workbench, peer: Posting, account: int, mood: str, text: str) -> list[int]:
    """A post to our followers whose answer was lost, and of which the person has said that it is there."""
    numbers = post(bench, account, "followers only", text, thread=True)
    peer.server.moods = [mood]
    assert send(bench, numbers[0]) == "undecided"
    peer.server.moods = []
    bench.outbox.confirm(numbers[0])
    assert bench.outbox.get(numbers[0]).remote_id is None
    return numbers


def test_what_goes_on_below_a_confirmed_post_is_for_the_same_people(
    bench: Workbench, peer: Posting, account: int
) -> None:
    first, *rest = confirmed(bench, peer, account, CLOSE_AFTER, LONG)
    assert rest
    assert [send(bench, number) for number in rest] == ["sent"] * len(rest)
    statuses = [peer.server.statuses[str(bench.outbox.get(number).remote_id)] for number in (first, *rest)]
    assert {one["visibility"] for one in statuses} == {"private"}
    assert [one["in_reply_to_id"] for one in statuses] == [None, *(one["id"] for one in statuses[:-1])]
    peer.say("anna", "Til hamingju!", statuses[0]["id"])
    bench.sync.pull("There")
    lines = bench.inbox.open(bench.outbox.get(first).conversation_id).lines
    assert [line.text for line in lines][-1] == "Til hamingju!"
    assert len(lines) == 2 + len(rest)
    is_consistent(bench.store)


def test_what_would_stand_alone_is_not_sent(bench: Workbench, peer: Posting, account: int) -> None:
    before = peer.posts()
    _, second, *_ = confirmed(bench, peer, account, CLOSE_BEFORE, LONG)
    assert send(bench, second) == "failed"
    assert bench.outbox.get(second).error == (
        "Rapport doesn't know which message the part before this became, so this can't go below it. "
        "Post it there yourself."
    )
    bench.outbox.retry(second)
    assert send(bench, second) == "failed"
    assert peer.posts() == before


@pytest.mark.parametrize("mood", [CLOSE_AFTER, CLOSE_BEFORE])
def test_a_word_below_a_confirmed_post_is_never_for_everybody(
    bench: Workbench, peer: Posting, account: int, mood: str
) -> None:
    (first,) = confirmed(bench, peer, account, mood, "Aðeins fyrir ykkur")
    before = peer.posts()
    cleared = bench.voice.clear(Draft(SECOND, "is"), reason="it is a test")
    number = bench.outbox.submit(cleared, bench.outbox.get(first).conversation_id, hold_seconds=0)
    there = mood == CLOSE_AFTER
    assert send(bench, number) == ("sent" if there else "failed")
    assert peer.posts() == before
    if there:
        status = peer.server.statuses[str(bench.outbox.get(number).remote_id)]
        assert (status["visibility"], status["in_reply_to_id"]) == ("private", bench.outbox.get(first).remote_id)
    else:
        assert "doesn't know which Mastodon post" in bench.outbox.get(number).error


def test_the_same_words_to_somebody_else_are_not_this_message(bench: Workbench, peer: Posting, account: int) -> None:
    numbers = []
    for name, mood in (("anna", ""), ("ben", CLOSE_BEFORE)):
        box = Addressee("to", name.capitalize(), f"@{name}@citrus.example")
        cleared = bench.voice.clear(Draft("Thank you!", "en"), reason="it is a test")
        draft = LetterDraft(account_id=account, receivers=(box,), text="Thank you!")
        numbers += bench.letters.submit(cleared, draft, hold_seconds=0)
        peer.server.moods = [mood] if mood else []
        send(bench, numbers[-1])
    with bench.store.write() as conn:
        conn.execute("UPDATE outbox SET next_at = 0, sending_at = 0 WHERE state = 'undecided'")
    anna, ben = numbers
    assert send(bench, ben) == "undecided"
    entry = bench.outbox.get(ben)
    assert (entry.remote_id, entry.next_at) == (None, None)
    assert entry.error.startswith("The channel can't tell whether it arrived.")
    assert bench.outbox.get(anna).state == "sent"
    is_consistent(bench.store)


class Remembering(FakeSession):
    """A channel that can be asked only for words, and finds what somebody wrote with other programs."""

    def find_sent(self, reply: Any) -> Sent | None:
        del reply
        return Sent("elsewhere", at=clock.now())

    def send(self, reply: Any) -> Sent:
        return Sent("elsewhere", at=clock.now()) if reply.tried else super().send(reply)


@pytest.mark.parametrize("again", [False, True])
def test_a_message_in_another_conversation_is_not_this_one(place: Place, *, again: bool) -> None:
    bela = Author("bela", "bela", "Bela")
    place.intake.take(1, [Incoming("m2", clock.now() - 60, "Mine too", bela, thread="t2")])
    place.intake.take(1, [Incoming("elsewhere", clock.now(), "Thank you!", bela, thread="t2", out=True)])
    session = Remembering(place.session.port)
    number = place.submit("[close_before] Thank you!", then_done=True)
    assert place.outbox.deliver(number, session).state == "undecided"
    if again:
        place.outbox.retry(number)
        place.outbox.deliver(number, session)
    else:
        place.outbox.look_up(number, session)
    entry = place.outbox.get(number)
    assert (entry.state, entry.remote_id, entry.next_at) == ("undecided", None, None)
    assert place.state() == "needs_me"  # it may be that nobody has heard anything
    assert place.one("SELECT count(*) FROM message WHERE out = 1") == 1


def test_our_own_message_of_this_conversation_is_still_found(place: Place) -> None:
    number = place.submit("[close_before] Thank you!")
    session = Remembering(place.session.port)
    place.outbox.deliver(number, session)
    place.said("Thank you, as the channel writes it", "elsewhere", clock.now(), out=True)
    place.outbox.look_up(number, session)
    assert (place.outbox.get(number).state, place.outbox.get(number).remote_id) == ("sent", "elsewhere")
    assert place.one("SELECT count(*) FROM message WHERE out = 1") == 1


def test_a_topic_that_awaited_approval_is_met_when_it_comes_in(bench: Workbench, forum: Forum) -> None:
    forum.say("anna", "Hello")
    account = connected(bench, test_discourse.Peer(forum))
    bench.sync.pull("There")
    forum.queueing = True
    (number,) = post(bench, account, "Recipes", "We have mint now, for a week.", "Mint is here")
    assert send(bench, number) == "sent"
    begun = bench.outbox.get(number)
    assert begun.remote_id is None
    forum.queueing = False
    (waiting,) = forum.pending
    forum.pending.clear()
    forum.begin(waiting["title"], "lemonade", waiting["raw"], category_id=4)
    bench.sync.pull("There")
    entry = bench.outbox.get(number)
    assert entry.remote_id
    lines = bench.inbox.open(entry.conversation_id).lines
    assert [line.text for line in lines] == ["We have mint now, for a week."]
    with_it = "SELECT count(*) FROM message WHERE out = 1"
    assert bench.store.read.execute(with_it).fetchone()[0] == 1
    gone = "SELECT count(*) FROM conversation WHERE id = ?"
    assert bench.store.read.execute(gone, (begun.conversation_id,)).fetchone()[0] == 0
    is_consistent(bench.store)
