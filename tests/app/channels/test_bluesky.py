"""Bluesky, against a server that plays its documented calls."""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import clock
from app.base.length import length
from app.base.message import Reply as Answer
from app.base.message import Target
from app.channels import bluesky
from app.channels.base import AuthNeeded, Refused, TryLater, UnknownOutcome
from app.channels.bluesky.reading import facets, own_key, text_of
from tests.app.channels.contract import WORDS, Changed, Changing, Contract, Moderated, pulled
from tests.app.channels.garbled import Garbled
from tests.app.channels.limited import Limited
from tests.app.channels.posted import Posted, PostedThrough
from tests.app.channels.reacted import Reacted
from tests.servers.played import CLOSE_AFTER, FAIL_AFTER, Call, Played, Reply

POST, GATE, LIKE = "app.bsky.feed.post", "app.bsky.feed.threadgate", "app.bsky.feed.like"
JANA = "did:plc:jana"


class Pds(Played):
    """A server with Jana's account, that also answers for the AppView, as the lexicons describe their calls.

    https://github.com/bluesky-social/atproto/tree/main/lexicons: com.atproto.server.createSession and refreshSession,
    com.atproto.repo.*, app.bsky.notification.listNotifications, app.bsky.feed.getPosts and getPostThread; limits by
    https://docs.bsky.app/docs/advanced-guides/rate-limits (3,000 in 5 minutes).
    """

    password = "abcd-efgh-ijkl-mnop"

    def __init__(self) -> None:
        super().__init__()
        self._numbers = itertools.count(1)
        self.logins = 0
        self.access, self.refresh = "access-0", "refresh-0"
        self.records: dict[str, dict[str, Any]] = {}
        self.notifications: list[dict[str, Any]] = []
        self.blind: set[str] = set()
        self.only: Reply | None = None
        self.root = self.put(JANA, POST, {"text": "Ný bók! Új könyv!"})["uri"]

    def put(self, did: str, kind: str, record: dict[str, Any], key: str = "") -> dict[str, str]:
        now = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        uri = f"at://{did}/{kind}/{key or f'3k{next(self._numbers):011d}'}"
        value = {"$type": kind, "createdAt": now, **record}
        cid = f"bafy{sha256(repr(sorted(value.items())).encode()).hexdigest()}"
        self.records[uri] = {"uri": uri, "cid": cid, "value": value, "indexedAt": now}
        return {"uri": uri, "cid": cid}

    def view(self, uri: str) -> dict[str, Any]:
        found = self.records[uri]
        did = uri.split("/")[2]
        name = did.rpartition(":")[2]
        who = {"did": did, "handle": f"{name}.example", "displayName": name.capitalize()}
        return {
            "uri": uri, "cid": found["cid"], "author": who, "record": found["value"], "indexedAt": found["indexedAt"],
            "viewer": ({"replyDisabled": True} if uri in self.blind else {})
            | ({"like": self.likes(uri)[0]} if self.likes(uri) else {}),
        }  # fmt: skip

    def likes(self, uri: str) -> list[str]:
        """Jana's likes of a post."""
        return [
            one for one, found in self.records.items()
            if one.startswith(f"at://{JANA}/{LIKE}/") and found["value"]["subject"]["uri"] == uri
        ]  # fmt: skip

    def say(self, who: str, text: str, answering: str = "", *, told: bool = True) -> str:
        above = answering or self.root
        strong = {"uri": above, "cid": self.records[above]["cid"]}
        root = (self.records[above]["value"].get("reply") or {"root": strong})["root"]
        uri = self.put(f"did:plc:{who}", POST, {"text": text, "reply": {"root": root, "parent": strong}})["uri"]
        if told:
            self.tell(uri, "reply")
        return uri

    def tell(self, uri: str, reason: str) -> None:
        post = self.view(uri)
        self.notifications.insert(0, {**post, "reason": reason, "isRead": False})

    def writes(self, call: Call) -> bool:
        return call.path.endswith((".putRecord", ".createRecord", ".deleteRecord"))

    def serve(self, call: Call) -> Reply:
        if self.only is not None:
            return self.only
        name = call.path.removeprefix("/xrpc/").rpartition(".")[2]
        if name in ("createSession", "refreshSession"):
            return Reply(*getattr(self, name)(call))
        token = call.headers.get("authorization", "").removeprefix("Bearer ")
        if token != self.access:
            known = token.startswith("access")
            said = "Token has expired" if known else "Token could not be verified"
            return Reply({"error": "ExpiredToken" if known else "InvalidToken", "message": said}, 400)
        answered = getattr(self, name)(call)
        return Reply(*answered) if isinstance(answered, tuple) else Reply(answered)

    def tokens(self) -> dict[str, str]:
        number = next(self._numbers)
        self.access, self.refresh = f"access-{number}", f"refresh-{number}"
        return {"accessJwt": self.access, "refreshJwt": self.refresh, "did": JANA, "handle": "jana.example"}

    def createSession(self, call: Call) -> tuple[Any, int]:  # noqa: N802
        self.logins += 1
        if call.body["identifier"] != "jana.example" or call.body["password"] != self.password:
            return {"error": "AuthenticationRequired", "message": "Invalid identifier or password"}, 401
        return self.tokens(), 200

    def refreshSession(self, call: Call) -> tuple[Any, int]:  # noqa: N802
        if call.headers.get("authorization") != f"Bearer {self.refresh}":
            return {"error": "ExpiredToken", "message": "Token has been revoked"}, 400
        return self.tokens(), 200

    def listNotifications(self, call: Call) -> Any:  # noqa: N802
        assert int(call.query["limit"]) <= 100
        rows = [one for one in self.notifications if one["reason"] in call.every["reasons"]]
        begin = int(call.query.get("cursor", 0))
        end = begin + int(call.query["limit"])
        return {"notifications": rows[begin:end], **({"cursor": str(end)} if end < len(rows) else {})}

    def listRecords(self, call: Call) -> Any:  # noqa: N802
        limit, before = int(call.query["limit"]), call.query.get("cursor", "~")
        assert limit <= 100
        begin = f"at://{call.query['repo']}/{call.query['collection']}/"
        rows = [one for uri, one in self.records.items() if uri.startswith(begin) and uri.removeprefix(begin) < before]
        rows = sorted(rows, key=lambda one: one["uri"], reverse=True)[:limit]
        return {"records": rows, **({"cursor": rows[-1]["uri"].rpartition("/")[2]} if rows else {})}

    def getRecord(self, call: Call) -> Any:  # noqa: N802
        uri = f"at://{call.query['repo']}/{call.query['collection']}/{call.query['rkey']}"
        if uri not in self.records:
            return {"error": "RecordNotFound", "message": f"Could not locate record: {uri}"}, 400
        return self.records[uri]

    def putRecord(self, call: Call) -> Any:  # noqa: N802
        said = call.body
        uri = f"at://{said['repo']}/{said['collection']}/{said['rkey']}"
        there = self.records.get(uri, {}).get("cid")
        if "swapRecord" in said and said["swapRecord"] != there:
            return {"error": "InvalidSwap", "message": f"Record was at {there}"}, 400
        if length(said["record"].get("text", ""), "graphemes") > 300:
            wrong = f"Invalid {POST} record: grapheme too big (maximum 300) at $.record.text"
            return {"error": "InvalidRequest", "message": wrong}, 400
        return self.put(said["repo"], said["collection"], said["record"], said["rkey"])

    def deleteRecord(self, call: Call) -> Any:  # noqa: N802
        said = call.body
        # "Delete a repository record, or ensure it doesn't exist."
        self.records.pop(f"at://{said['repo']}/{said['collection']}/{said['rkey']}", None)
        return {"commit": {"cid": "bafycommit", "rev": "3k"}}

    def getPosts(self, call: Call) -> Any:  # noqa: N802
        assert len(call.every["uris"]) <= 25
        return {"posts": [self.view(uri) for uri in call.every["uris"] if uri in self.records]}

    def getPostThread(self, call: Call) -> Any:  # noqa: N802
        uri = call.query["uri"]
        if uri not in self.records:
            return {"error": "NotFound", "message": f"Post not found: {uri}"}, 400
        gate = self.records.get(uri.replace(POST, GATE))
        return {"thread": self.tree(uri), **({"threadgate": {"record": gate["value"]}} if gate else {})}

    def tree(self, uri: str) -> dict[str, Any]:
        below = [
            one for one, found in self.records.items()
            if (found["value"].get("reply") or {"parent": {}})["parent"].get("uri") == uri
        ]  # fmt: skip
        return {"post": self.view(uri), "replies": [self.tree(one) for one in below]}

    def resolveHandle(self, call: Call) -> Any:  # noqa: N802
        name, _, rest = call.query["handle"].partition(".")
        if rest != "example":
            return {"error": "InvalidRequest", "message": "Unable to resolve handle"}, 400
        return {"did": f"did:plc:{name}"}


class Peer:
    kind = "bluesky"

    def __init__(self, server: Pds) -> None:
        self.server, self.say = server, server.say
        self.fields = {"handle": "@jana.example", "server": server.url}
        self.secrets, self.wrong = {"password": server.password}, {"password": "abcd-none-none-mnop"}

    def heard(self) -> list[tuple[str, str]]:
        ours = [one["value"] for uri, one in self.server.records.items() if uri.startswith(f"at://{JANA}/{POST}/")]
        return [(one["text"], one["reply"]["parent"]["uri"]) for one in ours if one.get("reply")]

    def gone(self) -> dict[str, str]:
        return {"handle": "jana.example", "server": "http://127.0.0.1:9"}

    def posts(self) -> list[tuple[str, str]]:
        ours = [one["value"] for uri, one in self.server.records.items() if uri.startswith(f"at://{JANA}/{POST}/")]
        return [(one["text"], "public") for one in ours if not one.get("reply")]

    def reactions(self, uri: str) -> list[str]:
        return ["like"] * len(self.server.likes(uri))

    def reads(self, uri: str) -> str | None:
        return self.server.records[uri]["value"]["text"] if uri in self.server.records else None

    def change(self, uri: str, text: str) -> None:
        found = self.server.records[uri]
        found["value"], found["cid"] = {**found["value"], "text": text}, f"{found['cid']}b"

    def take_away(self, uri: str) -> None:
        del self.server.records[uri]
        self.server.notifications = [one for one in self.server.notifications if one["uri"] != uri]

    def how_it_stands(self, uri: str) -> str:
        gate = self.server.records.get(self.server.root.replace(POST, GATE))
        return "hidden" if gate and uri in gate["value"]["hiddenReplies"] else ""


@pytest.fixture
def server() -> Iterator[Pds]:
    made = Pds()
    yield made
    made.stop()


@pytest.fixture
def peer(server: Pds) -> Peer:
    return Peer(server)


def _limit() -> Reply:
    """What its server answers beyond so many points an hour."""
    headers = {"RateLimit-Limit": "5000", "RateLimit-Remaining": "0", "RateLimit-Reset": str(clock.now() + 600)}
    return Reply({"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}, 429, headers)


class TestBluesky(Contract, Changing, Changed, Moderated, Reacted, Posted, PostedThrough, Garbled, Limited):
    limits = ((_limit, 600),)

    def test_tokens_are_refreshed_and_the_password_is_asked_once(self, peer: Peer, server: Pds) -> None:
        secrets = dict(peer.secrets)
        with closing(bluesky.open(peer.fields, secrets)) as session:
            facts = session.check().facts
        for ended in ("access", "both", "none"):
            server.access = server.access if ended == "none" else "access-later"
            server.refresh = "refresh-later" if ended == "both" else server.refresh
            with closing(bluesky.open({**facts, **peer.fields}, secrets)) as session:
                assert pulled(session) == []
            assert server.logins == (1 if ended == "access" else 2)
        assert (secrets["access"], secrets["refresh"]) == (server.access, server.refresh)

    def test_an_answer_that_nobody_told_us_of_is_found_below_the_post(self, peer: Peer, server: Pds) -> None:
        first = server.say("anna", "Hæ!", told=False)
        second = server.say("bela", "Szia!", first, told=False)
        with closing(self.open(peer)) as session:
            found = pulled(session)
        assert [item.remote_id for item in found] == [first, second]
        assert {item.thread for item in found} == {server.root}
        assert found[0].post_text == "Ný bók! Új könyv!"
        assert found[0].post_url == f"https://bsky.app/profile/jana.example/post/{server.root.rpartition('/')[2]}"

    def test_what_we_said_elsewhere_is_ours_and_our_posts_are_no_messages(self, peer: Peer, server: Pds) -> None:
        asked = server.say("anna", "Hæ!")
        by_hand = answered(server, asked, "Takk!")
        answered(server, by_hand, "og aftur")
        answered(server, server.root, "How our post goes on")
        stranger = server.put("did:plc:emil", POST, {"text": "Who knows lemons?"})["uri"]
        answered(server, stranger, "We do")
        with closing(self.open(peer)) as session:
            found = pulled(session)
        said = [(item.text, item.out) for item in found]
        assert said == [("Hæ!", False), ("Takk!", True), ("og aftur", True), ("We do", True)]
        assert found[3].post_text == "Who knows lemons?"

    def test_mentions_and_quotes_stand_for_themselves(self, peer: Peer, server: Pds) -> None:
        named = server.put("did:plc:anna", POST, {"text": "Thanks @jana.example"})["uri"]
        embed = {"$type": "app.bsky.embed.record", "record": {"uri": server.root, "cid": "bafy"}}
        quoting = server.put("did:plc:bela", POST, {"text": "Look at this", "embed": embed})["uri"]
        server.tell(named, "mention")
        server.tell(quoting, "quote")
        with closing(self.open(peer)) as session:
            first, second = pulled(session)
        assert (first.thread, first.post_text) == (named, "")
        assert (second.thread, second.post_text) == (quoting, "Ný bók! Új könyv!")

    def test_a_row_that_cannot_be_read_holds_up_nobody(self, peer: Peer, server: Pds) -> None:
        good = server.say("anna", "Hæ!")
        for number, record in enumerate(
            (None, "no", {}, {"text": "x", "createdAt": "yesterday"}, {"reply": {"root": 7}})
        ):
            row = {**server.view(good), "uri": f"at://did:plc:x/{POST}/{number}", "record": record, "reason": "reply"}
            server.notifications.insert(0, {**row, "indexedAt": "" if number == 3 else row["indexedAt"]})
        with closing(self.open(peer)) as session:
            assert "Hæ!" in [item.text for item in pulled(session)]

    @pytest.mark.parametrize("mood", [CLOSE_AFTER, FAIL_AFTER])
    def test_a_reply_that_was_lost_on_the_way_back_is_there_once(self, peer: Peer, server: Pds, mood: str) -> None:
        wanted = answer(server.say("anna", "Hæ!"), WORDS["is"])
        with closing(self.open(peer)) as session:
            assert session.find_sent(wanted) is None
            server.moods = [mood]
            with pytest.raises(UnknownOutcome):
                session.send(wanted)
            found = session.find_sent(wanted)
            assert found is not None
            assert session.send(wanted).remote_id == found.remote_id
        assert len(peer.heard()) == 1

    def test_what_is_below_nothing_and_no_post_is_refused(self, peer: Peer, server: Pds) -> None:
        before = dict(server.records)
        with closing(self.open(peer)) as session, pytest.raises(Refused, match="which Bluesky post"):
            session.send(answer("", "og áfram")._replace(thread=""))
        assert server.records == before

    def test_links_mentions_and_tags_are_marked_by_bytes(self, peer: Peer, server: Pds) -> None:
        text = "Þú, @anna.example. og @nobody.nowhere: sjá (https://lemonade.example/é?a=(1)) #sítróna #1!"
        with closing(self.open(peer)) as session:
            session.send(answer(server.say("anna", "Hæ!"), text))
        record = next(one["value"] for one in server.records.values() if one["value"].get("facets"))
        words = {text.encode()[marked(one)].decode(): one["features"][0] for one in record["facets"]}
        kinds = "app.bsky.richtext.facet#"
        assert words == {
            "@anna.example": {"$type": f"{kinds}mention", "did": "did:plc:anna"},
            "https://lemonade.example/é?a=(1)": {"$type": f"{kinds}link", "uri": "https://lemonade.example/é?a=(1)"},
            "#sítróna": {"$type": f"{kinds}tag", "tag": "sítróna"},
        }

    def test_three_hundred_graphemes_and_no_more(self, peer: Peer, server: Pds) -> None:
        asked = server.say("anna", "Hæ!")
        with closing(self.open(peer)) as session:
            session.send(answer(asked, "👩🏽‍🌾" * 300))
            with pytest.raises(Refused, match="grapheme too big"):
                session.send(answer(asked, "a" * 301))

    def test_what_is_gone_or_closed_takes_no_answer(self, peer: Peer, server: Pds) -> None:
        gone, closed = server.say("anna", "Hæ!"), server.say("bela", "Szia!")
        peer.take_away(gone)
        server.blind.add(closed)
        with closing(self.open(peer)) as session:
            with pytest.raises(Refused, match="no longer there"):
                session.send(answer(gone, "Takk"))
            with pytest.raises(Refused, match="only lets people they choose reply"):
                session.send(answer(closed, "Takk"))
            with pytest.raises(Refused, match="under your own posts"):
                session.moderate("hide", Target(server.put("did:plc:emil", POST, {"text": "Lemons!"})["uri"]))  # type: ignore[attr-defined]

    def test_hiding_keeps_what_else_the_gate_says(self, peer: Peer, server: Pds) -> None:
        asked = server.say("anna", "Hæ!")
        key = server.root.rpartition("/")[2]
        server.put(JANA, GATE, {"post": server.root, "allow": [], "hiddenReplies": ["at://other"]}, key)
        with closing(self.open(peer)) as session:
            session.moderate("hide", Target(asked))  # type: ignore[attr-defined]
            gate = server.records[server.root.replace(POST, GATE)]["value"]
            assert (gate["allow"], gate["hiddenReplies"]) == ([], ["at://other", asked])
            assert [item.upstream for item in pulled(session)][-1] == "hidden"

    def test_patience_and_strange_servers_are_said(self, peer: Peer, server: Pds) -> None:
        with closing(self.open(peer)) as session:
            headers = {"RateLimit-Remaining": "0", "RateLimit-Reset": str(clock.now() + 120)}
            server.only = Reply({"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}, 429, headers)
            with pytest.raises(TryLater) as caught:
                pulled(session)
            assert caught.value.after in range(100, 122)
        server.only = Reply(b"<p>Hello</p>", 404, {"Content-Type": "text/html"})
        with (
            closing(bluesky.open(peer.fields, dict(peer.secrets))) as session,
            pytest.raises(Refused, match="isn't a Bluesky server"),
        ):
            session.check()
        server.only = Reply({"error": "AuthFactorTokenRequired", "message": "A sign in code has been sent"}, 401)
        with (
            closing(bluesky.open(peer.fields, dict(peer.secrets))) as session,
            pytest.raises(AuthNeeded, match="app password"),
        ):
            session.check()

    def test_a_login_follows_the_account_home_but_nowhere_unsafe(self, peer: Peer, server: Pds) -> None:
        for place in ("http://127.0.0.1:9", "ftp://x.example", "", "javascript:1"):
            tokens = {"accessJwt": "a", "refreshJwt": "r", "did": JANA, "handle": "jana.example"}
            document = {"service": [{"id": "#atproto_pds", "serviceEndpoint": place}, "no"]}
            server.only = Reply({**tokens, "didDoc": document})
            with closing(bluesky.open(peer.fields, dict(peer.secrets))) as session:
                assert session.check().facts["pds"] == server.url


class TestReading:
    @given(st.text(), st.integers(0, 2**33))
    def test_a_key_is_a_tid(self, key: str, at: int) -> None:
        made = own_key(Answer(key=key, text="", thread="", parent="", at=at))
        assert re.fullmatch("[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}", made)
        assert made == own_key(Answer(key=key, text="other", thread="", parent="", at=at))

    @given(
        st.lists(st.sampled_from(["á", "@a.b", "#x", "https://x.y/)", " ", "👩🏽‍🌾", "(", ".", "@", "http://", "#"]))
    )
    def test_facets_lie_within_the_text_and_on_whole_characters(self, parts: list[str]) -> None:
        text = "".join(parts)
        before = 0
        for one in facets(text, lambda handle: f"did:plc:{handle}"):
            assert before <= one["index"]["byteStart"] < one["index"]["byteEnd"] <= len(text.encode())
            text.encode()[marked(one)].decode()
            before = one["index"]["byteEnd"]

    def test_a_link_that_is_shown_cut_off_is_whole(self) -> None:
        link = {"$type": "app.bsky.richtext.facet#link", "uri": "https://lemonade.example/very/long"}
        shown = "Sjá lemonade.example/ve..."
        index = {"byteStart": 5, "byteEnd": len(shown.encode())}
        record = {"text": shown, "facets": [{"index": index, "features": [link]}, {"index": {"byteStart": 99}}, 7]}
        assert text_of(record) == "Sjá https://lemonade.example/very/long"

    def test_pictures_and_cards_are_told(self) -> None:
        images = {"$type": "app.bsky.embed.images", "images": [{"alt": "A lemon"}, {"alt": ""}]}
        assert text_of({"text": "", "embed": images}) == "[Picture: A lemon]\n[Picture]"
        video = {"$type": "app.bsky.embed.video", "video": {"$type": "blob"}, "alt": "A dog\nruns"}
        assert text_of({"text": "Look", "embed": video}) == "Look\n\n[Video: A dog runs]"
        quoting = {"$type": "app.bsky.embed.recordWithMedia", "media": video, "record": {}}
        assert text_of({"text": "", "embed": quoting}) == "[Video: A dog runs]"
        card = {"$type": "app.bsky.embed.external", "external": {"uri": "https://lemonade.example"}}
        assert text_of({"text": "Look", "embed": card}) == "Look\n\nhttps://lemonade.example"


def answer(uri: str, text: str, **more: Any) -> Answer:
    return Answer(key=sha256(text.encode()).hexdigest(), text=text, thread="", parent=uri, at=clock.now(), **more)


def answered(server: Pds, above: str, text: str) -> str:
    """Jana answers in another app."""
    time.sleep(0.001)
    return server.say("jana", text, above, told=False)


def marked(facet: dict[str, Any]) -> slice:
    return slice(facet["index"]["byteStart"], facet["index"]["byteEnd"])
