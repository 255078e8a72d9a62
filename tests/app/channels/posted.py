"""What every channel has to keep that publishes posts of ours: beside `Contract`, with `posts` at its peer."""

from __future__ import annotations

from contextlib import closing
from typing import Any, ClassVar

import pytest

from app.base import clock
from app.base.message import Reply
from app.channels.base import UnknownOutcome
from app.voice import Draft
from app.workbench import Workbench
from tests.app.saying import is_consistent
from tests.servers.played import CLOSE_AFTER, Played
from tests.waiting import wait_until

POST = "Ný bók! Új könyv! Νέο βιβλίο 🍋"


class Posted:
    """`venue` is where the test posts. Its peer has `posts()`: what we published of ourselves there, as (text, venue).

    `titled` is the title of the test's post, where they have one; `at_once`: a server that plays can be told to
    lose its answer.
    """

    venue: ClassVar[str] = "public"
    titled: ClassVar[str] = ""

    def a_post(self, text: str = POST, key: str = "0a1b2c3d4e5f60718293a4b5c6d7e8f9") -> Reply:
        return Reply(key, text, "", "", title=self.titled, at=clock.now(), venue=self.venue, language="is")

    def test_a_post_goes_to_its_venue_once_and_is_found_again(self, peer: Any) -> None:
        before, post = peer.posts(), self.a_post()
        with closing(self.open(peer)) as session:  # type: ignore[attr-defined]
            assert session.find_sent(post) is None
            made = session.send(post)
            found = session.find_sent(post._replace(tried=1))
            again = session.send(post._replace(tried=1))
        assert made.thread
        assert found is not None
        assert (found.remote_id, found.thread) == (made.remote_id, made.thread) == (again.remote_id, again.thread)
        assert peer.posts() == [*before, (POST, self.venue)]

    def test_a_post_that_was_lost_on_the_way_back_is_there_once(self, peer: Any) -> None:
        server = getattr(peer, "server", None)
        if not isinstance(server, Played):
            pytest.skip("a real server loses nothing when told to")
        before, post = peer.posts(), self.a_post()
        with closing(self.open(peer)) as session:  # type: ignore[attr-defined]
            server.moods = [CLOSE_AFTER]
            with pytest.raises(UnknownOutcome):
                session.send(post)
            found = session.find_sent(post._replace(tried=1))
        assert found is not None
        assert found.thread
        assert peer.posts() == [*before, (POST, self.venue)]

    def test_an_answer_to_a_post_is_in_its_thread(self, peer: Any) -> None:
        with closing(self.open(peer)) as session:  # type: ignore[attr-defined]
            made = session.send(self.a_post())
            number = peer.say("anna", "Til hamingju!", made.remote_id)

            def come() -> bool:
                items = [item for page in session.pull({}) for item in page.items]
                return {item.thread for item in items if item.remote_id == number} == {made.thread}

            wait_until(come, max(self.settles, 1.0))  # type: ignore[attr-defined]


class PostedThrough:
    """The same through the desks, beside `Contract`: what the person does, to the answer that comes in."""

    venue: ClassVar[str] = "public"
    titled: ClassVar[str] = ""

    def test_a_post_of_the_person_is_there_once_and_its_answers_join_it(
        self, bench: Workbench, account: int, peer: Any
    ) -> None:
        before = peer.posts()
        venue = bench.letters.venue(account, self.venue)
        draft = bench.letters.new_post(account)._replace(receivers=(venue.box,), subject=self.titled)
        cleared = bench.voice.clear(Draft(POST, "is"), reason="it is a test")
        (number,) = bench.letters.submit(cleared, draft, hold_seconds=0)
        bench.sync.send(account)
        entry = bench.outbox.get(number)
        assert (entry.state, entry.error) == ("sent", "")
        assert peer.posts() == [*before, (POST, self.venue)]
        peer.say("anna", "Til hamingju!", str(entry.remote_id))
        assert self.pull(bench, account, 1) == 1  # type: ignore[attr-defined]
        lines = bench.inbox.open(entry.conversation_id).lines
        assert [line.text for line in lines] == [POST, "Til hamingju!"]
        is_consistent(bench.store)
