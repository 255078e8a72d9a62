"""Matrix: what one room or a hiccup of the server holds back keeps nothing else back, and is read later."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from app.base import clock
from app.base.message import Author, Incoming, Reply
from app.channels.base import Refused, TryLater
from app.channels.matrix import open as open_session
from app.channels.matrix.events import Reader, Room
from tests.app.channels.test_matrix import ANNA, ME, Peer, said
from tests.servers.homeserver import Homeserver
from tests.servers.played import Call
from tests.servers.played import Reply as Answer


class Hiccuping(Homeserver):
    """`answers`: what it answers instead, by the end of a path; as Synapse's failures read."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: dict[str, Answer] = {}

    def serve(self, call: Call) -> Answer:
        told = next((answer for end, answer in self.answers.items() if end in call.path), None)
        return told or super().serve(call)


# synapse/http/server.py, return_json_error: a failure of the server's own is M_UNKNOWN as well
BROKEN = Answer({"errcode": "M_UNKNOWN", "error": "Internal server error"}, 500)
SLOW = Answer({"errcode": "M_LIMIT_EXCEEDED", "error": "Too Many Requests", "retry_after_ms": 52_000}, 429)


@pytest.fixture
def peer() -> Iterator[Peer]:
    server = Hiccuping()
    yield Peer(server)
    server.stop()


def pulled(session: Any, cursor: dict[str, str]) -> tuple[list[str], list[str]]:
    """What came and what was said of what could not, the cursor moved."""
    items, troubles = list[Incoming](), []
    for page in session.pull(cursor):
        cursor.update(page.cursor)
        items += page.items
        troubles += [page.trouble] if page.trouble else []
    return [item.text for item in items], troubles


def answers(peer: Peer) -> dict[str, Answer]:
    assert isinstance(peer.server, Hiccuping)
    return peer.server.answers


@pytest.mark.parametrize("answer", [BROKEN, SLOW])
def test_a_room_whose_history_fails_is_read_up_later(peer: Peer, answer: Answer) -> None:
    other = peer.server.room("Elsewhere", peer.me)
    cursor: dict[str, str] = {}
    with closing(open_session(peer.fields, dict(peer.secrets))) as session:
        pulled(session, cursor)
        for number in range(80):
            peer.say("anna", f"Meanwhile {number}")
        peer.say("bela", "Over here", room=other)
        answers(peer)["/messages"] = answer
        if answer is SLOW:
            with pytest.raises(TryLater):
                pulled(session, cursor)
        else:
            texts, troubles = pulled(session, cursor)
            assert "Over here" in texts
            assert (len(texts), len(troubles)) == (51, 1)
        peer.say("anna", "And now")
        if answer is BROKEN:
            assert pulled(session, cursor)[0] == ["And now"]
        answers(peer).clear()
        texts, troubles = pulled(session, cursor)
        assert not troubles
        assert {f"Meanwhile {number}" for number in range(30)} <= set(texts)
        assert pulled(session, cursor) == ([], [])


def test_a_room_that_may_not_be_read_back_is_read_on(peer: Peer) -> None:
    cursor: dict[str, str] = {}
    with closing(open_session(peer.fields, dict(peer.secrets))) as session:
        pulled(session, cursor)
        for number in range(80):
            peer.say("anna", f"Meanwhile {number}")
        answers(peer)["/messages"] = Answer({"errcode": "M_FORBIDDEN", "error": "Not in room"}, 403)
        assert len(pulled(session, cursor)[0]) == 50
        assert pulled(session, cursor) == ([], [])


def test_a_chosen_room_that_is_gone_keeps_no_other_back(peer: Peer) -> None:
    other = peer.server.room("Elsewhere", peer.me)
    peer.say("anna", "Here")
    fields = {**peer.fields, "rooms": f"{peer.room}, #moved:lemonade.test, {other}"}
    with closing(open_session(fields, dict(peer.secrets))) as session:
        del peer.server.rooms[other]["m.room.member", peer.me]
        texts, troubles = pulled(session, {})
        assert texts == ["Here"]
        assert ["has no room #moved" in troubles[0], "no longer in the room" in troubles[1]] == [True, True]
        del peer.server.rooms[peer.room]["m.room.member", peer.me]
        texts, troubles = pulled(session, {})  # and never are all the rooms read instead
        assert (texts, len(troubles)) == ([], 3)


def test_a_login_that_fails_for_a_moment_signs_nobody_out(peer: Peer) -> None:
    answers(peer)["/login"] = BROKEN
    with closing(open_session(peer.fields, dict(peer.secrets))) as session, pytest.raises(TryLater):
        session.check()


@pytest.mark.parametrize(("code", "status"), [("M_USER_LOCKED", 401), ("M_USER_SUSPENDED", 403)])
def test_an_account_that_is_locked_says_so(peer: Peer, code: str, status: int) -> None:
    answers(peer)["/joined_rooms"] = Answer({"errcode": code, "error": "No", "soft_logout": True}, status)
    with (
        closing(open_session(peer.fields, dict(peer.secrets))) as session,
        pytest.raises(Refused, match=r"has (locked|suspended) this account"),
    ):
        session.check()


def test_rooms_that_cannot_be_read_are_said(peer: Peer) -> None:
    with closing(open_session(peer.fields, dict(peer.secrets))) as session:
        assert "encrypted" not in session.check().sentence
        peer.server.put(peer.room, peer.me, "m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"}, "")
        assert session.check().sentence.endswith(
            "1 of these rooms is end-to-end encrypted, so what is said there can't be read."
        )


def test_what_was_meant_for_a_room_begins_no_talk_in_private(peer: Peer) -> None:
    anna = peer.server.user("anna")
    peer.server.direct = {anna: [peer.server.room("", peer.me, anna)]}
    lost = Reply("key", "Thank you!", "", "", to=Author(anna, anna, "Anna"), at=clock.now())
    before = len(peer.server.events)
    with closing(open_session(peer.fields, dict(peer.secrets))) as session:
        with pytest.raises(Refused, match="which room"):
            session.send(lost)
        assert len(peer.server.events) == before
        session.send(lost._replace(public=False))
    assert len(peer.server.events) > before


def test_the_same_words_of_before_are_not_those_of_now(peer: Peer) -> None:
    room = peer.server.room("", peer.me, peer.server.user("anna"))
    peer.server.direct = {peer.server.user("anna"): [room]}
    peer.say("anna", "Can you?", room=room)
    peer.say("jana", "Thank you!", room=room)
    early = Reply("key", "Thank you!", room, "", at=clock.now(), public=False)
    with closing(open_session(peer.fields, dict(peer.secrets))) as session:
        assert session.find_sent(early) is not None
        for event in peer.server.events:
            event["origin_server_ts"] -= 3_600_000
        assert session.find_sent(early) is None


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (
            "org.matrix.msc3381.poll.start",
            {
                "org.matrix.msc3381.poll.start": {
                    "question": {"org.matrix.msc1767.text": "Which one?"},
                    "answers": [{"id": "1", "org.matrix.msc1767.text": "Lemon"}, {"id": "2", "body": "Elder"}],
                }
            },
        ),
        (
            "m.poll.start",
            {
                "m.poll": {
                    "question": {"m.text": [{"body": "<b>x</b>", "mimetype": "text/html"}, {"body": "Which one?"}]},
                    "answers": [{"m.id": "1", "m.text": [{"body": "Lemon"}]}, {"m.text": [{"body": "Elder"}]}],
                }
            },
        ),
    ],
)
def test_a_poll_is_read_with_its_choices(kind: str, content: dict[str, Any]) -> None:
    poll = {**said(), "type": kind, "content": content}
    odd = {**poll, "content": {"m.poll": 7}}
    found = Reader(Room("!r:a.test", "Lemons"), ME, lambda _event: None).read((), (odd, poll))
    assert [(item.text, item.author.key) for item in found] == [("[Poll: Which one?]\n- Lemon\n- Elder", ANNA)]
