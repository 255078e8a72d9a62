"""Matrix, against a server that plays its Client-Server API; against a real one: test_matrix_real.py."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import clock
from app.base.message import Incoming, Reaction, Reply
from app.channels.base import AuthNeeded, Refused, TryLater, UnknownOutcome
from app.channels.matrix import open as open_session
from app.channels.matrix.events import Reader, Room, link
from app.channels.matrix.session import MatrixSession
from app.workbench import Workbench
from tests.app.channels.contract import WORDS, Changed, Changing, Contract, Moderated
from tests.app.channels.garbled import Garbled
from tests.app.channels.limited import Limited
from tests.app.channels.reacted import Reacted
from tests.servers.homeserver import Homeserver
from tests.servers.played import CLOSE_AFTER, CLOSE_BEFORE, FAIL_AFTER, LIMITED, Call, Played
from tests.servers.played import Reply as Answer


class Peer:
    kind = "matrix"

    def __init__(self, server: Homeserver) -> None:
        self.server = server
        self.me = server.user("jana")
        self.room = server.room("Limonáda", self.me, topic="All about lemons")
        self.fields = {"server": server.url, "user": self.me}
        self.secrets, self.wrong = {"password": server.password}, {"password": "app-pass-word-2"}

    def say(self, who: str, text: str, answering: str = "", room: str = "") -> str:
        place, user = room or self.room, self.server.user(who)
        if ("m.room.member", user) not in self.server.rooms[place]:
            self.server.join(place, user)
        content: dict[str, Any] = {"msgtype": "m.text", "body": text}
        if answering:
            content["m.relates_to"] = {"m.in_reply_to": {"event_id": answering.partition("/")[2]}}
        return f"{place}/{self.server.put(place, user, 'm.room.message', content)}"

    def event(self, number: str) -> dict[str, Any]:
        return self.server.event(number.partition("/")[2])

    def heard(self) -> list[tuple[str, str]]:
        own = [event for event in self.server.events if event["sender"] == self.me and "body" in event["content"]]
        return [
            (event["content"]["body"], f"{self.room}/{event['content']['m.relates_to']['m.in_reply_to']['event_id']}")
            for event in own
        ]

    def gone(self) -> dict[str, str]:
        return {**self.fields, "server": "http://127.0.0.1:9"}

    def how_it_stands(self, number: str) -> str:
        return "gone" if "redacted_because" in self.event(number)["unsigned"] else ""

    def reactions(self, number: str) -> list[str]:
        there = self.server.reactions(number.partition("/")[2])
        return [event["content"]["m.relates_to"]["key"] for event in there if event["sender"] == self.me]

    def reads(self, number: str) -> str | None:
        event = self.event(number)
        edit = event["unsigned"].get("m.relations", {}).get("m.replace", event)["content"]
        return None if "redacted_because" in event["unsigned"] else edit.get("m.new_content", edit)["body"]

    def change(self, number: str, text: str, by: str = "") -> None:
        content = {
            "msgtype": "m.text", "body": f"* {text}", "m.new_content": {"msgtype": "m.text", "body": text},
            "m.relates_to": {"rel_type": "m.replace", "event_id": number.partition("/")[2]},
        }  # fmt: skip
        self.server.put(self.room, by or self.event(number)["sender"], "m.room.message", content)

    def take_away(self, number: str) -> None:
        sender, target = self.event(number)["sender"], number.partition("/")[2]
        self.server.put(self.room, sender, "m.room.redaction", {"redacts": target})


@pytest.fixture
def peer() -> Iterator[Peer]:
    server = Homeserver()
    yield Peer(server)
    server.stop()


def told(session: MatrixSession, cursor: dict[str, str] | None = None) -> list[Incoming]:
    return [item for page in session.pull(cursor or {}) for item in page.items]


class TestMatrix(Contract, Moderated, Changing, Changed, Reacted, Garbled, Limited):
    limits = (
        (Answer({"errcode": "M_LIMIT_EXCEEDED", "error": "Too Many Requests", "retry_after_ms": 52_000}, 429), 52),
        (Answer({"errcode": "M_LIMIT_EXCEEDED", "error": "Too Many Requests"}, 429, {"Retry-After": "66"}), 66),
        (Answer({"errcode": "M_LIMIT_EXCEEDED", "error": "Too Many Requests", "retry_after_ms": 52_000}, 403), 52),
    )

    def test_an_absence_is_read_up_whole_and_in_order(self, bench: Workbench, account: int, peer: Peer) -> None:
        peer.say("anna", "Before")
        assert self.pull(bench, account) == 1
        for number in range(260):
            peer.say(("bela", "cyril")[number % 2], f"Meanwhile {number}")
        assert self.pull(bench, account) == 260
        rows = bench.store.read.execute("SELECT text FROM message ORDER BY at, rowid")
        assert {row[0] for row in rows} == {"Before", *(f"Meanwhile {number}" for number in range(260))}
        assert self.pull(bench, account) == 0

    def test_direct_talks_are_private(self, bench: Workbench, account: int, peer: Peer) -> None:
        room = peer.server.room("", peer.me, peer.server.user("anna"))
        peer.server.direct = {peer.server.user("anna"): [room]}
        peer.say("anna", "Between us", room=room)
        peer.say("anna", "To all")
        assert self.pull(bench, account) == 2
        rows = dict(bench.store.read.execute("SELECT title, public FROM conversation").fetchall())
        assert rows == {"Between us": 0, "To all": 1}
        peer.say("anna", "More between us", room=room)
        assert self.pull(bench, account) == 1  # which rooms are direct is told once
        assert self.conversation(bench, "More between us") == self.conversation(bench, "Between us")
        self.answer(bench, self.conversation(bench, "Between us"), "Gladly")
        assert bench.sync.send(account).sent == 1
        assert "m.relates_to" not in peer.server.events[-1]["content"]

    def test_who_wants_to_talk_alone_is_seen_and_answered(self, bench: Workbench, account: int, peer: Peer) -> None:
        room = peer.server.invite("anna", peer.me)
        peer.say("anna", "May I tell you something?", room=room)
        assert self.pull(bench, account) == 1
        row = bench.store.read.execute("SELECT kind, conversation_id, identity_id FROM message").fetchone()
        assert row[0] == "unreadable"
        self.answer(bench, row[1], "Of course!")
        assert bench.sync.send(account).sent == 1
        assert peer.server.direct == {peer.server.user("anna"): [room]}
        assert self.pull(bench, account) == 1
        assert self.conversation(bench, "May I tell you something?") == row[1]
        assert bench.store.read.execute("SELECT count(*) FROM member").fetchone()[0] == 1

    def test_an_invitation_that_was_taken_back_is_said(self, bench: Workbench, account: int, peer: Peer) -> None:
        room = peer.server.invite("anna", peer.me)
        assert self.pull(bench, account) == 1
        del peer.server.rooms[room]["m.room.member", peer.me]
        row = bench.store.read.execute("SELECT conversation_id FROM message").fetchone()
        number = self.answer(bench, row[0], "Of course!")
        bench.sync.send(account)
        assert bench.outbox.get(number).state == "failed"
        assert "is no longer valid" in bench.outbox.get(number).error

    def test_a_room_that_gets_another_name_is_called_by_it(self, bench: Workbench, account: int, peer: Peer) -> None:
        peer.say("anna", "One")
        self.pull(bench, account, 1)
        peer.server.put(peer.room, peer.me, "m.room.name", {"name": "Ruční limonáda"}, "")
        peer.say("bela", "Two")
        self.pull(bench, account, 1)
        titles = bench.store.read.execute("SELECT post_title, post_text FROM conversation ORDER BY id").fetchall()
        assert [tuple(row) for row in titles] == [
            ("Limonáda", "All about lemons"), ("Ruční limonáda", "All about lemons"),
        ]  # fmt: skip

    def test_a_server_that_was_set_up_anew_is_read_from_its_beginning(
        self, bench: Workbench, account: int, peer: Peer
    ) -> None:
        peer.say("anna", "One")
        self.pull(bench, account, 1)
        peer.server.known = "/other"
        peer.say("bela", "Two")
        assert self.pull(bench, account) == 1

    def test_nobody_else_can_put_words_into_anybodys_mouth(self, bench: Workbench, account: int, peer: Peer) -> None:
        number, bela = peer.say("anna", "I love it"), peer.server.user("bela")
        peer.say("bela", "So do I")
        peer.change(number, "I hate it", by=bela)
        assert self.pull(bench, account) == 2
        peer.change(number, "I loathe it", by=bela)
        self.pull(bench, account)
        assert sorted(self.texts(bench)) == ["I love it", "So do I"]

    @pytest.mark.parametrize(("field", "found"), [("{room}", 1), ("Limonáda #lemon:lemonade.test", 1), ("", 2)])
    def test_the_rooms_that_are_read_are_chosen(self, peer: Peer, field: str, found: int) -> None:
        peer.server.put(peer.room, peer.me, "m.room.canonical_alias", {"alias": "#lemon:lemonade.test"}, "")
        other = peer.server.room("Elsewhere", peer.me)
        peer.say("anna", "Here")
        peer.say("anna", "There", room=other)
        session = open_session({**peer.fields, "rooms": field.format(room=peer.room)}, peer.secrets)
        with closing(session):
            assert session.check().offers["rooms"] == (f"Elsewhere {other}", "Limonáda #lemon:lemonade.test")
            assert isinstance(session, MatrixSession)
            assert len(told(session)) == found

    @pytest.mark.parametrize(
        ("rooms", "said"),
        [
            ("#none:lemonade.test", "has no room #none"),
            ("Limonáda", "isn't a room"),
            ("!away:else.test", "isn't in"),
        ],
    )
    def test_a_room_that_cannot_be_read_is_said(self, peer: Peer, rooms: str, said: str) -> None:
        session = open_session({**peer.fields, "rooms": rooms}, peer.secrets)
        with closing(session), pytest.raises(Refused, match=said):
            session.check()

    def test_no_password_is_taken_everywhere(self, peer: Peer) -> None:
        peer.server.passwords = False
        with (
            closing(open_session(peer.fields, peer.secrets)) as session,
            pytest.raises(AuthNeeded, match="access token"),
        ):
            session.check()

    def test_a_login_is_kept_and_made_anew_when_it_ends(self, peer: Peer) -> None:
        secrets: dict[str, str] = dict(peer.secrets)
        for _ in range(2):
            with closing(open_session(peer.fields, secrets)) as session:
                session.check()
        logins = [call for call in peer.server.calls if call.path.endswith("/login")]
        assert len(logins) == 1
        device = json.loads(secrets["login"])["device"]
        peer.server.tokens = {}
        with closing(open_session(peer.fields, secrets)) as session:
            session.check()
        assert [who[1] for who in peer.server.tokens.values()] == [device]
        # what was kept for one name is not used for another, nor with another password
        with closing(open_session(peer.fields, {**secrets, "password": "x"})) as session, pytest.raises(AuthNeeded):
            session.check()

    def test_patience_is_asked_for_in_milliseconds(self, peer: Peer) -> None:
        with closing(self.open(peer)) as session:
            peer.server.limited_by = 2_300
            with pytest.raises(TryLater) as caught:
                session.check()
        assert caught.value.after == 3

    def test_the_name_leads_to_the_server(self, peer: Peer) -> None:
        pointing = Pointing(peer.server.url)
        try:
            fields = {"server": pointing.url, "user": peer.me}
            with closing(open_session(fields, peer.secrets)) as session:
                assert session.check().facts["home"] == peer.server.url
            pointing.target = "ftp://elsewhere.test"
            with (
                closing(open_session(fields, peer.secrets)) as session,
                pytest.raises(Refused, match="isn't a Matrix homeserver"),
            ):
                session.check()
        finally:
            pointing.stop()

    def test_a_name_without_its_server_is_said(self) -> None:
        with (
            closing(open_session({"user": "jana"}, {"password": "x"})) as session,
            pytest.raises(Refused, match="full Matrix name"),
        ):
            session.check()

    @pytest.mark.parametrize("mood", [CLOSE_BEFORE, CLOSE_AFTER, FAIL_AFTER])
    def test_our_key_holds_when_the_answer_is_lost(self, peer: Peer, mood: str) -> None:
        asked = peer.say("anna", WORDS["en"])
        reply = Reply("key", WORDS["is"], "", asked, at=clock.now())
        with closing(self.open(peer)) as session:
            peer.server.moods = [mood]
            with pytest.raises(UnknownOutcome):
                session.send(reply)
            before = session.find_sent(reply)
            assert (before is None) == (mood == CLOSE_BEFORE)
            session.send(reply)
            assert len(peer.heard()) == 1
            peer.server.moods = [LIMITED]
            with pytest.raises(TryLater):
                session.send(Reply("other", "x", "", asked, at=clock.now()))

    def test_without_our_key_words_and_place_tell(self, peer: Peer) -> None:
        asked, other = peer.say("anna", "One?"), peer.say("bela", "Two?")
        reply = Reply("key", "Sure – já!", "", asked, at=clock.now())
        with closing(self.open(peer)) as session:
            sent = session.send(reply)
            peer.server.keys.clear()  # servers forget them after a while
            found = session.find_sent(reply)
            assert found is not None
            assert found.remote_id == sent.remote_id
            assert session.find_sent(Reply("key", "Sure – já!", "", other, at=clock.now())) is None
            assert session.find_sent(Reply("key", "Other", "", asked, at=clock.now())) is None

    def test_what_is_too_long_is_refused_in_a_sentence(self, peer: Peer) -> None:
        asked = peer.say("anna", "One?")
        with closing(self.open(peer)) as session:
            session.send(Reply("a", "ő" * ((self.of(peer).can.limit or 0) // 2), "", asked, at=clock.now()))
            with pytest.raises(Refused, match="Shorten"):
                session.send(Reply("b", "x" * 66_000, "", asked, at=clock.now()))

    def test_a_reaction_is_found_among_many_and_whichever_form_it_has(self, peer: Peer) -> None:
        there = peer.say("anna", "Takk!")
        event = there.partition("/")[2]
        for who, key in (("jana", "❤"), ("anna", "❤️"), ("bela", "❤️"), ("jana", "👍")):
            relation = {"rel_type": "m.annotation", "event_id": event, "key": key}
            peer.server.put(peer.room, peer.server.user(who), "m.reaction", {"m.relates_to": relation})
        peer.server.page = 1
        asked = Reaction("key-1", there, "❤️", clock.now())
        session: Any = self.open(peer)
        with closing(session):
            assert session.reacted(asked)
            session.react(asked)
            assert peer.reactions(there) == ["❤", "👍"], "it is there already, without the sign for colour"
            session.unreact(asked)
            assert peer.reactions(there) == ["👍"]


class Pointing(Played):
    """A web site whose name is the homeserver's, and which says where that is."""

    def __init__(self, target: str) -> None:
        super().__init__()
        self.target = target

    def serve(self, call: Call) -> Answer:
        if call.path == "/.well-known/matrix/client":
            return Answer({"m.homeserver": {"base_url": self.target}})
        return Answer(b"<html>A web site</html>", 404, {"Content-Type": "text/html"})


ME, ANNA, ROOM = "@jana:a.test", "@anna:a.test", Room("!r:a.test", "Lemons")


def said(**more: Any) -> dict[str, Any]:
    content = {"msgtype": "m.text", "body": "Hæ", **more.pop("content", {})}
    return {
        "type": "m.room.message",
        "event_id": "$1",
        "sender": ANNA,
        "origin_server_ts": 1_700_000_000_000,
        "content": content,
        **more,
    }


def read(*events: Any) -> tuple[Incoming, ...]:
    return Reader(ROOM, ME, lambda _event: None).read((), events)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ({"msgtype": "m.image", "body": "cat.jpg"}, "[Picture: cat.jpg]"),
        ({"msgtype": "m.file", "body": "Our list", "filename": "list.pdf"}, "Our list\n[File: list.pdf]"),
        ({"msgtype": "m.emote", "body": "waves"}, "waves"),
        (
            {"body": "> <@bela:a.test> Who?\n> Me?\n\nYou!", "m.relates_to": {"m.in_reply_to": {"event_id": "$0"}}},
            "You!",
        ),
        ({"body": "> no answer\n\nbut a quote"}, "> no answer\n\nbut a quote"),
    ],
)
def test_what_a_message_says(content: dict[str, Any], text: str) -> None:
    assert [item.text for item in read(said(content=content))] == [text]


def test_a_time_that_nobody_can_mean_is_held_within_tomorrow() -> None:
    late, early = read(said(origin_server_ts=10**16), said(event_id="$2", origin_server_ts=-5))
    assert late.at <= clock.now() + 86_400
    assert early.at == 0


def test_what_was_said_and_taken_away_is_gone_and_what_is_odd_is_passed_over() -> None:
    redaction = {"type": "m.room.redaction", "event_id": "$3", "sender": ANNA, "origin_server_ts": 1, "content": {}}
    events: list[Any] = [
        "x", None, {}, {"type": []}, said(content={"body": ""}), said(), {**redaction, "redacts": "$1"},
        said(event_id="$4", origin_server_ts="soon"), said(event_id="$5"),
    ]  # fmt: skip
    assert [(item.remote_id, item.gone) for item in read(*events)] == [("!r:a.test/$1", True), ("!r:a.test/$5", False)]


def test_links_hold_whatever_a_name_is() -> None:
    assert link("#lemon & co:a.test", "$a/b") == "https://matrix.to/#/#lemon%20%26%20co:a.test/$a%2Fb"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(sorted({*said(), "m.relates_to", "rel_type",
        "m.replace", "m.new_content", "body", "unsigned", "m.relations", "event_id", "redacts"})), inner),
    max_leaves=12,
)  # fmt: skip


@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(said(), _JSON)) | _JSON, max_size=4))
def test_no_event_stops_the_others(events: list[Any]) -> None:
    odd = [{**said(), **event} if isinstance(event, dict) else event for event in events]
    items = read(*odd, said(event_id="$last"))
    assert items[-1].remote_id == "!r:a.test/$last" or any(item.remote_id.endswith("$last") for item in items)
