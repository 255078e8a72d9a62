"""Bluesky: what is only not shown is not taken away, and what cannot be read keeps nothing else back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from app.channels import bluesky
from app.channels.base import Refused, TryLater
from app.channels.bluesky.reading import text_of
from tests.app.channels.contract import pulled
from tests.app.channels.test_bluesky import POST, Pds, Peer
from tests.servers.played import Call, Reply


class Strict(Pds):
    """Does besides what Bluesky's own index does.

    `blocked`: whose posts getPosts leaves out (packages/bsky/src/api/app/bsky/feed/getPosts.ts, `noBlocks`), while
    their repository still has them. `odd`: URIs for which it refuses the whole request (lexicon format at-uri).
    `broken`: threads whose hydration fails (502 UpstreamFailure).
    """

    def __init__(self) -> None:
        super().__init__()
        self.blocked: set[str] = set()
        self.odd: set[str] = set()
        self.broken: set[str] = set()
        self.status: dict[str, Any] = {}

    def getPosts(self, call: Call) -> Any:  # noqa: N802
        if self.odd.intersection(call.every["uris"]):
            return {"error": "InvalidRequest", "message": "Error: uris/0 must be a valid at-uri"}, 400
        shown = super().getPosts(call)["posts"]
        return {"posts": [post for post in shown if post["author"]["did"] not in self.blocked]}

    def getRecord(self, call: Call) -> Any:  # noqa: N802
        answered = super().getRecord(call)
        ours = call.query["repo"] == "did:plc:jana"
        if isinstance(answered, tuple) and not ours:  # what another server has, the index answers for, without a name
            return {**answered[0], "error": "InvalidRequest"}, 400
        return answered

    def getPostThread(self, call: Call) -> Any:  # noqa: N802
        if call.query["uri"] in self.broken:
            return {"error": "UpstreamFailure", "message": "Upstream Failure"}, 502
        return super().getPostThread(call)

    def createSession(self, call: Call) -> tuple[Any, int]:  # noqa: N802
        body, code = super().createSession(call)
        return {**body, **self.status}, code


@pytest.fixture
def server() -> Iterator[Strict]:
    made = Strict()
    yield made
    made.stop()


@pytest.fixture
def peer(server: Strict) -> Peer:
    return Peer(server)


def opened(peer: Peer) -> Any:
    with closing(bluesky.open(peer.fields, secrets := dict(peer.secrets))) as session:
        facts = session.check().facts
    return bluesky.open({**facts, **peer.fields}, secrets)


def test_whoever_we_block_has_deleted_nothing(server: Strict, peer: Peer) -> None:
    kept, away = server.say("anna", "Hæ!"), server.say("anna", "Bæ!")
    cursor: dict[str, str] = {}
    with closing(opened(peer)) as session:
        first = list(session.pull(cursor))
        for page in first:
            cursor.update(page.cursor)
        assert sum(len(page.items) for page in first) == 2
        server.blocked.add("did:plc:anna")
        peer.take_away(away)
        items = [item for page in session.pull(cursor) for item in page.items]
    assert [(item.remote_id, item.gone) for item in items] == [(away, True)]
    assert kept in server.records


def test_a_quote_that_nobody_can_look_up_keeps_no_post_back(server: Strict, peer: Peer) -> None:
    odd = f"at://x y/{POST}/1"
    server.odd.add(odd)
    embed = {"$type": "app.bsky.embed.record", "record": {"uri": odd, "cid": "bafy"}}
    quoting = server.put("did:plc:bela", POST, {"text": "Look at this", "embed": embed})["uri"]
    server.tell(quoting, "mention")
    below = server.say("anna", "Hæ!")
    with closing(opened(peer)) as session:
        found = pulled(session)
    assert {item.remote_id for item in found} == {quoting, below}
    assert next(item for item in found if item.remote_id == below).post_text == "Ný bók! Új könyv!"


def test_a_thread_that_fails_keeps_no_other_back(server: Strict, peer: Peer) -> None:
    server.say("anna", "Under the first", told=False)
    other = server.put("did:plc:jana", POST, {"text": "Another post"})["uri"]
    below = server.say("bela", "Under the second", other, told=False)
    server.broken.add(server.root)
    with closing(opened(peer)) as session:
        assert [item.remote_id for item in pulled(session)] == [below]
        for number in range(3):
            server.broken.add(server.put("did:plc:jana", POST, {"text": f"Post {number}"})["uri"])
        with pytest.raises(TryLater):
            pulled(session)


@pytest.mark.parametrize(
    ("status", "said"),
    [("deactivated", "reactivate"), ("suspended", "suspended"), ("takendown", "taken"), ("", "isn't active")],
)
def test_an_account_that_is_closed_is_said_at_once(server: Strict, peer: Peer, status: str, said: str) -> None:
    server.status = {"active": False, **({"status": status} if status else {})}
    with closing(bluesky.open(peer.fields, dict(peer.secrets))) as session, pytest.raises(Refused, match=said):
        session.check()


def test_a_limit_on_a_thread_is_obeyed_at_once(server: Strict, peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.say("anna", "Hæ!")
    plain = server.serve
    limit = Reply({"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}, 429, {"Retry-After": "77"})

    def limited(call: Call) -> Reply:
        return limit if call.path.endswith("getPostThread") else plain(call)

    monkeypatch.setattr(server, "serve", limited)
    with closing(opened(peer)) as session, pytest.raises(TryLater) as caught:
        pulled(session)
    assert caught.value.after == 77


def test_a_reply_that_quotes_a_post_names_it() -> None:
    embed = {"$type": "app.bsky.embed.record", "record": {"uri": f"at://did:plc:emil/{POST}/3k", "cid": "bafy"}}
    link = "https://bsky.app/profile/did:plc:emil/post/3k"
    assert text_of({"text": "Like this", "embed": embed, "reply": {}}) == "Like this"
    assert text_of({"text": "Like this", "embed": embed, "reply": {"root": {}}}) == f"Like this\n\n{link}"
    listed = {"$type": "app.bsky.embed.record", "record": {"uri": "at://did:plc:emil/app.bsky.graph.list/3k"}}
    assert text_of({"text": "Like this", "embed": listed, "reply": {"root": {}}}) == "Like this"
