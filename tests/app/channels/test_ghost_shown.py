"""Ghost: what only a server in front of it says is no deletion, and the same words to somebody else are not sent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from app.base import clock
from app.base.errors import UserError
from app.base.message import Change, Reply
from app.channels.ghost import open as open_session
from tests.app.channels.test_ghost import Peer
from tests.servers.blog import Blog
from tests.servers.played import Call
from tests.servers.played import Reply as Answer


@pytest.fixture
def peer() -> Iterator[Peer]:
    server = Blog()
    yield Peer(server)
    server.stop()


def test_a_page_of_a_proxy_deletes_nothing(peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    number = peer.say("anna", "Hæ!")
    cursor: dict[str, str] = {}
    with closing(open_session(peer.fields, peer.secrets)) as session:
        for page in session.pull(cursor):
            cursor.update(page.cursor)
        kept, plain = peer.server.comments.pop(number), peer.server.serve

        def proxied(call: Call) -> Answer:
            if call.path.endswith(f"comments/{number}/"):
                return Answer(b"<h1>404 Not Found</h1>", 404, {"Content-Type": "text/html"})
            return plain(call)

        monkeypatch.setattr(peer.server, "serve", proxied)
        assert not [item for page in session.pull(dict(cursor)) for item in page.items if item.gone]
        with pytest.raises(UserError):
            session.reads(Change("key", number, "Hæ!"))  # type: ignore[attr-defined]
        monkeypatch.setattr(peer.server, "serve", plain)
        assert [item.gone for page in session.pull(cursor) for item in page.items] == [True]
    assert kept


def test_the_same_thanks_to_somebody_else_are_not_these(peer: Peer) -> None:
    top = peer.say("anna", "Who likes lemons?")
    first, second = peer.say("bela", "Me!", top), peer.say("cyril", "And me!", top)
    with closing(open_session(peer.fields, peer.secrets)) as session:
        session.send(Reply("key-1", "Thank you!", top, first, at=clock.now()))
        assert session.find_sent(Reply("key-1", "Thank you!", top, first, at=clock.now())) is not None
        assert session.find_sent(Reply("key-2", "Thank you!", top, second, at=clock.now())) is None


def test_a_member_who_may_not_comment_is_said(peer: Peer) -> None:
    peer.server.members[peer.me]["can_comment"] = False  # as serializers/output/members.js tells it
    with closing(open_session(peer.fields, peer.secrets)) as session:
        assert "doesn't let comment" in session.check().sentence
