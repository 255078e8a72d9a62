"""Posts of our own on Mastodon: for whom they are, and that they are there once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from app.base.message import Author
from app.channels.base import Refused
from tests.app.channels.contract import Contract
from tests.app.channels.posted import POST, Posted
from tests.app.channels.test_mastodon import Peer, said_in
from tests.servers.clientapi import ClientApi


class Posting(Peer):
    """Jana's account, with what she posted there."""

    def posts(self) -> list[tuple[str, str]]:
        ours = [one for one in self.server.statuses.values() if one["account"] is self.server.jana]
        return [(said_in(one), one["visibility"]) for one in ours if not one["in_reply_to_id"]]


@pytest.fixture
def server() -> Iterator[ClientApi]:
    made = ClientApi()
    yield made
    made.stop()


@pytest.fixture
def peer(server: ClientApi) -> Posting:
    return Posting(server)


class TestPosting(Posted):
    settles = 0.0

    def open(self, peer: Posting) -> Any:
        return Contract().open(peer)

    @pytest.mark.parametrize("venue", ["public", "unlisted", "private"])
    def test_each_audience_is_the_one_that_was_chosen(self, peer: Posting, venue: str) -> None:
        with closing(self.open(peer)) as session:
            made = session.send(self.a_post()._replace(venue=venue))
        assert peer.posts()[-1] == (POST, venue)
        assert peer.server.statuses[made.remote_id]["in_reply_to_id"] is None

    def test_an_audience_that_there_is_none_of_is_refused_before_anything_is_sent(self, peer: Posting) -> None:
        before = peer.posts()
        with closing(self.open(peer)) as session, pytest.raises(Refused, match="no audience “everybody”"):
            session.send(self.a_post()._replace(venue="everybody"))
        assert peer.posts() == before

    def test_a_private_message_is_private_whatever_its_venue_says(self, peer: Posting) -> None:
        anna = Author("anna@citrus.example", "@anna@citrus.example", "Anna")
        with closing(self.open(peer)) as session:
            session.send(self.a_post()._replace(public=False, to=anna))
        assert peer.posts()[-1][1] == "direct"

    def test_the_same_words_for_others_are_another_post(self, peer: Posting) -> None:
        with closing(self.open(peer)) as session:
            session.send(self.a_post())
            assert session.find_sent(self.a_post(key="another")._replace(venue="private")) is None

    def test_how_a_long_post_goes_on_is_for_the_same_people(self, peer: Posting) -> None:
        with closing(self.open(peer)) as session:
            made = session.send(self.a_post()._replace(venue="private"))
            part = self.a_post("og áfram", "part-2")._replace(parent=made.remote_id, thread=made.thread, venue="")
            after: Any = peer.server.statuses[session.send(part).remote_id]
        assert (after["in_reply_to_id"], after["visibility"]) == (made.remote_id, "private")
        assert said_in(after) == "og áfram"
