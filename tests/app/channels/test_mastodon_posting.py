"""Posts of our own on Mastodon: for whom they are, and that they are there once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from app.base import clock
from app.base.message import Attached, Author
from app.base.message import Reply as Letter
from app.channels.base import Refused, UnknownOutcome
from tests.app.channels.contract import Contract
from tests.app.channels.posted import POST, Posted
from tests.app.channels.test_mastodon import Peer, said_in
from tests.app.channels.test_mastodon_letters import WithMedia
from tests.servers.clientapi import ClientApi
from tests.servers.played import Call, Reply


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

    def test_pictures_go_along(self) -> None:
        server = WithMedia()
        try:
            with closing(self.open(Posting(server))) as session:
                picture = Attached("bók.png", "image/png", b"PNG")
                made = session.send(self.a_post()._replace(files=(picture,)))
            (media,) = server.statuses[made.remote_id]["media_attachments"]
            assert server.media[media["id"]] == ("bók.png", "image/png", b"PNG")
        finally:
            server.stop()

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


class WithoutKeys(ClientApi):
    """A server that knows no keys, and whose list of our statuses lacks what not everybody may see."""

    def __init__(self) -> None:
        super().__init__()
        self.keyed, self.version, self.software = False, {}, "0.17.0 (compatible; GoToSocial)"

    def page(self, call: Call, rows: list[dict[str, Any]], most: int) -> Reply:
        if call.path == "/api/v1/accounts/1/statuses":
            rows = [one for one in rows if one["visibility"] in ("public", "unlisted")]
        return super().page(call, rows, most)

    def one(self, call: Call) -> Reply:
        answer = super().one(call)
        if call.path.endswith("/context") and isinstance(answer.body, dict):
            number = call.path.split("/")[4]
            below = [one for one in self.statuses.values() if one["in_reply_to_id"] == number]
            answer.body["descendants"] = below
        return answer


@pytest.fixture
def keyless() -> Iterator[WithoutKeys]:
    made = WithoutKeys()
    yield made
    made.stop()


def a_post(venue: str, text: str = POST, parent: str = "") -> Letter:
    return Letter("k-1", text, parent, parent, at=clock.now(), venue=venue)


def test_a_post_to_our_followers_that_no_list_shows_is_not_said_to_be_missing(keyless: WithoutKeys) -> None:
    with closing(Contract().open(Posting(keyless))) as session:
        for venue in ("public", "unlisted"):
            assert session.find_sent(a_post(venue)) is None
        session.send(a_post("private"))
        with pytest.raises(UnknownOutcome, match="Check on Mastodon"):
            session.find_sent(a_post("private"))


def test_a_part_is_looked_for_as_what_is_above_it_is_seen(keyless: WithoutKeys) -> None:
    with closing(Contract().open(Posting(keyless))) as session:
        top = session.send(a_post("private")).remote_id
        part = a_post("", "og áfram", top)
        assert session.find_sent(part) is None
        made = session.send(part)
        found = session.find_sent(part)
    assert found is not None
    assert found.remote_id == made.remote_id
    assert keyless.statuses[made.remote_id]["visibility"] == "private"


@pytest.mark.parametrize("lacks", ["post", "visibility"])
def test_what_stands_nowhere_is_refused_and_never_for_everybody(peer: Posting, lacks: str) -> None:
    number = ""
    if lacks == "visibility":
        number = peer.say("anna", "Hæ!")
        del peer.server.statuses[number]["visibility"]
    before = len(peer.server.statuses)
    with closing(Contract().open(peer)) as session, pytest.raises(Refused, match="who may see it"):
        session.send(a_post("", parent=number))
    assert len(peer.server.statuses) == before
