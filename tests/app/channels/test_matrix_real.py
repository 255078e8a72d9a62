"""Matrix, against a real Synapse."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from app.base import clock
from app.base.message import Author, Reply, Target
from app.channels.base import AuthNeeded, Refused, TryLater
from app.channels.matrix import open as open_session
from app.outbox import LetterDraft, aimed
from app.voice import Draft, clear
from app.workbench import Workbench
from tests.app.channels.contract import WORDS, Changing, Contract, Moderated
from tests.app.channels.reacted import Reacted
from tests.servers import matrix
from tests.servers.matrix import PASSWORD, Person, Synapse

pytestmark = pytest.mark.peers


@pytest.fixture(scope="module")
def synapse() -> Iterator[Synapse]:
    with matrix.serving() as found:
        yield found


class Peer:
    """A manager with a room that nobody else has."""

    kind = "matrix"

    def __init__(self, synapse: Synapse) -> None:
        self.synapse, self.manager = synapse, synapse.manager()
        self.room = self.new_room(name="Limonáda", topic="All about lemons", preset="public_chat")
        self._inside: set[str] = set()
        self._spoken: dict[str, Person] = {}
        self.fields = {"server": synapse.url, "user": self.manager.user}
        self.secrets, self.wrong = {"password": PASSWORD}, {"password": "app-pass-word-2"}

    def new_room(self, **asked: Any) -> str:
        return str(self.manager.call("POST", "createRoom", asked)["room_id"])

    def member(self, who: str) -> Person:
        found = self.synapse.member(who)
        if who not in self._inside:
            found.call("POST", f"join/{self.room}", {})
            self._inside.add(who)
        return found

    def say(self, who: str, text: str, answering: str = "", **more: Any) -> str:
        person = self.member(who)
        if answering:
            more["m.relates_to"] = {"m.in_reply_to": {"event_id": answering.partition("/")[2]}}
        number = f"{self.room}/{person.send(self.room, {'msgtype': 'm.text', 'body': text, **more})}"
        self._spoken[number] = person
        return number

    def heard(self) -> list[tuple[str, str]]:
        told = self.member("anna").call("GET", f"rooms/{self.room}/messages", dir="b", limit=100)["chunk"]
        own = [one["content"] for one in told if one["sender"] == self.manager.user and "body" in one["content"]]
        return [
            (content["body"], f"{self.room}/{content.get('m.relates_to', {}).get('m.in_reply_to', {}).get('event_id')}")
            for content in own
        ]

    def gone(self) -> dict[str, str]:
        return {**self.fields, "server": "http://127.0.0.1:9"}

    def how_it_stands(self, number: str) -> str:
        event = self.member("anna").call("GET", f"rooms/{self.room}/event/{number.partition('/')[2]}")
        return "gone" if "redacted_because" in event["unsigned"] else ""

    def reactions(self, number: str) -> list[str]:
        path = f"rooms/{self.room}/relations/{number.partition('/')[2]}/m.annotation/m.reaction"
        there = self.member("anna").call("GET", path, version="v1")["chunk"]
        return [event["content"]["m.relates_to"]["key"] for event in there if event["sender"] == self.manager.user]

    def change(self, number: str, text: str, *, by: Person | None = None) -> None:
        content = {
            "msgtype": "m.text", "body": f"* {text}", "m.new_content": {"msgtype": "m.text", "body": text},
            "m.relates_to": {"rel_type": "m.replace", "event_id": number.partition("/")[2]},
        }  # fmt: skip
        (by or self._spoken[number]).send(self.room, content)

    def take_away(self, number: str) -> None:
        self._spoken[number].call("PUT", f"rooms/{self.room}/redact/{number.partition('/')[2]}/1", {})


@pytest.fixture
def peer(synapse: Synapse) -> Peer:
    return Peer(synapse)


class TestSynapse(Contract, Moderated, Changing, Reacted):
    def test_an_absence_is_read_up_whole(self, bench: Workbench, account: int, peer: Peer) -> None:
        peer.say("anna", "Before")
        assert self.pull(bench, account) == 1
        for number in range(140):
            peer.say(("bela", "cyril")[number % 2], f"Meanwhile {number}")
        assert self.pull(bench, account) == 140
        assert self.texts(bench)[1:] == [f"Meanwhile {number}" for number in range(140)]
        assert self.pull(bench, account) == 0

    def test_a_thread_is_one_conversation_and_is_answered_in_it(
        self, bench: Workbench, account: int, peer: Peer
    ) -> None:
        root = peer.say("anna", "Who brings the lemons?")
        peer.say("cyril", "Something else")
        event = root.partition("/")[2]
        thread = {"rel_type": "m.thread", "event_id": event, "is_falling_back": True}
        relation: Any = {**thread, "m.in_reply_to": {"event_id": event}}
        second = peer.say("bela", "I do, in the thread", **{"m.relates_to": relation})
        assert self.pull(bench, account) == 3
        place = self.conversation(bench, "Who brings the lemons?")
        assert self.conversation(bench, "I do, in the thread") == place != self.conversation(bench, "Something else")
        self.answer(bench, place, "Thank you both!")
        bench.sync.send(account)
        told = peer.member("anna").call("GET", f"rooms/{peer.room}/messages", dir="b", limit=1)["chunk"][0]["content"]
        assert told["m.relates_to"]["rel_type"] == "m.thread"
        assert told["m.relates_to"]["event_id"] == event
        assert told["m.relates_to"]["m.in_reply_to"]["event_id"] == second.partition("/")[2]
        assert told["m.mentions"] == {"user_ids": [peer.member("bela").user]}

    def test_a_direct_talk_is_private_and_one_conversation(self, bench: Workbench, account: int, peer: Peer) -> None:
        anna = peer.member("anna")
        room = peer.new_room(preset="trusted_private_chat", is_direct=True, invite=[anna.user])
        anna.call("POST", f"join/{room}", {})
        data = {anna.user: [room]}
        peer.manager.call("PUT", f"user/{peer.manager.user}/account_data/m.direct", data)
        for text in ("Between you and me", "the bottle broke"):
            anna.send(room, {"msgtype": "m.text", "body": text})
        assert self.pull(bench, account) == 2
        place = self.conversation(bench, "Between you and me")
        assert self.conversation(bench, "the bottle broke") == place
        rows = bench.store.read.execute("SELECT public, remote_id FROM conversation").fetchall()
        assert [tuple(row) for row in rows] == [(0, room)]
        self.answer(bench, place, "I am sorry to hear that.")
        assert bench.sync.send(account).sent == 1
        assert self.pull(bench, account) == 0
        anna.send(room, {"msgtype": "m.text", "body": "Thanks!"})
        assert self.pull(bench, account) == 1
        assert self.conversation(bench, "Thanks!") == place

    def test_a_direct_talk_is_begun_once_and_answered_in_it(self, bench: Workbench, account: int, peer: Peer) -> None:
        anna = peer.member("anna")
        peer.say("anna", "Hello room")
        self.pull(bench, account, 1)
        draft = aimed(LetterDraft(), bench.letters.find(anna.user))
        (number,) = bench.letters.submit(clear(Draft("Only for you", "en"), ()), draft, hold_seconds=0)
        assert bench.sync.send(account).sent == 1
        place = bench.outbox.get(number).conversation_id
        (room,) = anna.call("GET", "sync", timeout=0)["rooms"]["invite"]
        assert (
            bench.store.read.execute("SELECT remote_id FROM conversation WHERE id = ?", (place,)).fetchone()[0] == room
        )
        anna.call("POST", f"join/{room}", {})
        last = anna.call("GET", f"rooms/{room}/messages", dir="b", limit=5)["chunk"]
        assert [event["content"]["body"] for event in last if event["type"] == "m.room.message"] == ["Only for you"]
        anna.send(room, {"msgtype": "m.text", "body": "Thanks!"})
        assert self.pull(bench, account) == 1  # our own message is known already
        assert self.conversation(bench, "Thanks!") == place
        (again,) = bench.letters.submit(clear(Draft("And another", "en"), ()), draft, hold_seconds=0)
        assert bench.sync.send(account).sent == 1  # to the talk that we have with her already
        assert bench.outbox.get(again).conversation_id == place
        assert bench.store.read.execute("SELECT count(*) FROM conversation WHERE public = 0").fetchone()[0] == 1

    def test_who_wants_to_talk_alone_is_seen_and_answered(self, bench: Workbench, account: int, peer: Peer) -> None:
        anna = peer.member("anna")
        asked = {"preset": "trusted_private_chat", "is_direct": True, "invite": [peer.manager.user]}
        room = anna.call("POST", "createRoom", asked)["room_id"]
        anna.call("POST", "createRoom", {"preset": "private_chat", "name": "Spam", "invite": [peer.manager.user]})
        anna.send(room, {"msgtype": "m.text", "body": "May I tell you something?"})
        assert self.pull(bench, account) == 1
        row = bench.store.read.execute("SELECT kind, conversation_id FROM message").fetchone()
        assert row[0] == "unreadable"
        self.answer(bench, row[1], "Of course!")
        assert bench.sync.send(account).sent == 1
        last = anna.call("GET", f"rooms/{room}/messages", dir="b", limit=1)["chunk"][0]
        assert (last["sender"], last["content"]["body"]) == (peer.manager.user, "Of course!")
        assert self.pull(bench, account) == 1
        assert self.conversation(bench, "May I tell you something?") == row[1]
        assert bench.store.read.execute("SELECT public FROM conversation").fetchone()[0] == 0

    def test_what_we_say_in_another_program_is_ours(self, bench: Workbench, account: int, peer: Peer) -> None:
        first = peer.say("anna", "First")
        relation = {"m.in_reply_to": {"event_id": first.partition("/")[2]}}
        peer.manager.send(peer.room, {"msgtype": "m.text", "body": "From my telephone", "m.relates_to": relation})
        assert self.pull(bench, account) == 2
        assert self.texts(bench, out=True) == ["From my telephone"]
        assert bench.store.read.execute("SELECT state FROM conversation").fetchone()[0] != "needs_me"

    def test_rooms_have_their_names_and_can_be_chosen(self, bench: Workbench, peer: Peer) -> None:
        other = peer.new_room(
            name="Elsewhere, far", preset="public_chat", room_alias_name=f"far{peer.room[1:9].lower()}"
        )
        with closing(self.open(peer)) as session:
            offered = session.check().offers["rooms"]
        assert offered == (f"Elsewhere  far #far{peer.room[1:9].lower()}:localhost", f"Limonáda {peer.room}")
        peer.fields["rooms"] = offered[1]
        number = self.connect(bench, peer)
        peer.manager.send(other, {"msgtype": "m.text", "body": "Not to be read"})
        peer.say("anna", "To be read")
        assert self.pull(bench, number) == 1
        row = bench.store.read.execute(
            "SELECT post_title, post_text, post_url, public, url FROM conversation"
        ).fetchone()
        assert tuple(row[:2]) == ("Limonáda", "All about lemons")
        assert row[2].startswith("https://matrix.to/#/!")
        assert row[3] == 1

    def test_only_who_said_it_can_change_it(self, bench: Workbench, account: int, peer: Peer) -> None:
        number = peer.say("anna", "I love it")
        self.pull(bench, account, 1)
        peer.change(number, "I hate it", by=peer.member("bela"))
        self.pull(bench, account)
        assert self.texts(bench) == ["I love it"]
        peer.change(number, "I adore it")
        self.pull(bench, account)
        assert self.texts(bench) == ["I adore it"]
        # and who reads it only now finds it as it stands; by another question, for servers keep their answers
        with closing(self.open(peer, rooms=peer.room)) as session:
            told = [item.text for page in session.pull({}) for item in page.items]
        assert told == ["I adore it"]

    def test_encrypted_messages_are_shown_as_such_and_not_answered_in_the_clear(
        self, bench: Workbench, account: int, peer: Peer
    ) -> None:
        peer.manager.call("PUT", f"rooms/{peer.room}/state/m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"})
        peer.member("anna").send(
            peer.room, {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "x"}, "m.room.encrypted"
        )
        assert self.pull(bench, account) == 1
        row = bench.store.read.execute("SELECT kind, conversation_id FROM message").fetchone()
        assert row[0] == "unreadable"
        number = self.answer(bench, row[1], "In the clear")
        bench.sync.send(account)
        assert bench.outbox.get(number).state == "failed"
        assert "encrypted" in bench.outbox.get(number).error

    def test_a_login_that_has_ended_is_made_anew_and_our_key_still_holds(self, peer: Peer) -> None:
        asked = peer.say("anna", WORDS["en"])
        secrets = dict(peer.secrets)
        reply = Reply("key-1", "Yes, it is.", "", asked, at=clock.now())
        with closing(open_session(peer.fields, secrets)) as session:
            first = session.send(reply)
            before = secrets["login"]
            Person(peer.synapse.url, "", _token(before)).call("POST", "logout", {})
            found = session.find_sent(reply)
            assert found is not None
            assert found.remote_id == first.remote_id
            assert _token(secrets["login"]) != _token(before)

    def test_the_longest_text_is_taken_and_a_longer_one_said(self, peer: Peer) -> None:
        asked = peer.say("anna", WORDS["en"])
        with closing(self.open(peer)) as session:
            session.send(Reply("long", "ő" * 29_990, "", asked, at=clock.now()))
            with pytest.raises(Refused, match="Shorten"):
                session.send(Reply("longer", "x" * 66_000, "", asked, at=clock.now()))

    def test_without_the_rank_nothing_is_taken_away(self, peer: Peer) -> None:
        number = peer.say("anna", "Mine to keep")
        bela = peer.member("bela")
        with (
            closing(open_session({**peer.fields, "user": bela.user}, {"password": PASSWORD})) as session,
            pytest.raises(Refused, match="moderator"),
        ):
            session.moderate("delete", Target(number))  # type: ignore[attr-defined]
        assert peer.stands(number) == ""

    def test_a_token_does_instead_of_a_password(self, peer: Peer) -> None:
        token = peer.manager.http.headers["Authorization"]
        with closing(open_session(peer.fields, {"token": str(token).removeprefix("Bearer ")})) as session:
            assert session.check().own == (peer.manager.user,)
        with closing(open_session(peer.fields, {"token": "no"})) as session, pytest.raises(AuthNeeded, match="token"):
            session.check()
        with closing(open_session(peer.fields, {})) as session, pytest.raises(AuthNeeded, match="needs your password"):
            session.check()

    def test_a_room_that_was_left_takes_no_answer(self, peer: Peer) -> None:
        asked = peer.say("anna", WORDS["en"])
        peer.member("anna")
        peer.manager.call("POST", f"rooms/{peer.room}/leave", {})
        with closing(self.open(peer)) as session, pytest.raises(Refused, match="not allowed to write"):
            session.send(Reply("k", "Hello?", "", asked, to=Author("x", "x"), at=clock.now()))


def test_a_server_that_wants_patience_says_how_much() -> None:
    with matrix.serving(patient=False) as synapse:
        peer = Peer(synapse)
        asked = peer.say("anna", WORDS["en"])
        with closing(open_session(peer.fields, dict(peer.secrets))) as session:
            session.send(Reply("k0", "Number 0", "", asked, at=clock.now()))  # the room's making counts as well
            with pytest.raises(TryLater, match="has asked Rapport to wait") as caught:
                session.send(Reply("k1", "Number 1", "", asked, at=clock.now()))
            assert 40 < (caught.value.after or 0) <= 61
        assert [text for text, _ in peer.heard()] == ["Number 0"]


def _token(login: str) -> str:
    import json  # noqa: PLC0415

    return str(json.loads(login)["token"])
