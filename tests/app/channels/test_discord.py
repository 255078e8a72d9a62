"""Discord, against a server that plays its HTTP API."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from app.base import clock
from app.base.message import Incoming, Reply, Target
from app.channels.base import Refused, TryLater, UnknownOutcome
from app.channels.discord import sending
from app.channels.discord import session as channel
from tests.app.channels import contract
from tests.app.channels.along import Along
from tests.app.channels.contract import Changed, Changing, Contract, Moderated
from tests.app.channels.garbled import Garbled
from tests.app.channels.limited import Limited
from tests.app.channels.posted import PostedThrough
from tests.app.channels.reacted import Reacted
from tests.servers import played
from tests.servers.discord import FORUM, GENERAL, GUILD, Discord


class Peer:
    kind = "discord"

    def __init__(self, server: Discord) -> None:
        self.server = server
        self.fields = {"server": server.url}
        self.secrets, self.wrong = {"token": server.token}, {"token": "MTA4.no"}

    def say(self, who: str, text: str, answering: str = "") -> str:
        row = self.server.add(GENERAL, str(sum(who.encode())), who, text, answering.rpartition("/")[2])
        return f"{GENERAL}/{row['id']}"

    def heard(self) -> list[tuple[str, str]]:
        return [
            (one["content"], f"{GENERAL}/{one['message_reference']['message_id']}")
            for one in self.server.messages[GENERAL]
            if one["author"]["id"] == self.server.me
        ]

    def files(self) -> list[tuple[str, bytes]]:
        own = [one for rows in self.server.messages.values() for one in rows if one["author"]["id"] == self.server.me]
        every = [file for one in own for file in one["attachments"]]
        return [(self.server.names[one["id"]], self.server.contents[one["id"]]) for one in every]

    def gone(self) -> dict[str, str]:
        return {"server": "http://127.0.0.1:9"}

    def row(self, number: str) -> dict[str, object]:
        return next(one for one in self.server.messages[GENERAL] if one["id"] == number.rpartition("/")[2])

    def change(self, number: str, text: str) -> None:
        self.row(number).update(content=text, edited_timestamp=clock.iso(clock.now()))

    def take_away(self, number: str) -> None:
        self.server.remove(GENERAL, number.rpartition("/")[2])

    def reads(self, number: str) -> str | None:
        found = [one for one in self.server.messages[GENERAL] if f"{GENERAL}/{one['id']}" == number]
        return str(found[0]["content"]) if found else None

    def reactions(self, number: str) -> list[str]:
        rows: Any = self.row(number).get("reactions", [])
        return [one["emoji"]["name"] for one in rows]

    def posts(self) -> list[tuple[str, str]]:
        """What we published there of ourselves: (text, channel)."""
        return [
            (one["content"], GENERAL)
            for one in self.server.messages[GENERAL]
            if one["author"]["id"] == self.server.me and not one.get("message_reference")
        ]

    def how_it_stands(self, number: str) -> str:
        return "" if any(f"{GENERAL}/{one['id']}" == number for one in self.server.messages[GENERAL]) else "gone"


@pytest.fixture
def server() -> Iterator[Discord]:
    played_server = Discord()
    yield played_server
    played_server.stop()


@pytest.fixture
def peer(server: Discord) -> Peer:
    return Peer(server)


class TestDiscord(Contract, Moderated, Changing, Changed, Reacted, PostedThrough, Along, Garbled, Limited):
    venue = GENERAL
    limits = (
        (played.Reply({"message": "You are being rate limited.", "retry_after": 64.57, "global": False}, 429,
               {"Retry-After": "65", "X-RateLimit-Scope": "user"}), 64),
        (played.Reply({"message": "You are being rate limited.", "retry_after": 41, "global": True}, 429), 41),
        (played.Reply({"message": "This action cannot be performed due to slowmode rate limit.", "code": 20016,
                "retry_after": 55.2}, 429), 55),
        (played.Reply({"message": "The channel you are writing has hit the write rate limit.", "code": 20028}, 403), 5),
        (played.Reply(b"<html>error code: 1015</html>", 429, {"Content-Type": "text/html", "Retry-After": "71"}), 71),
    )  # fmt: skip


def opened(server: Discord, **more: str) -> channel.DiscordSession:
    return channel.DiscordSession({"server": server.url, "me": server.me, **more}, {"token": server.token})


def pulled(server: Discord, cursor: dict[str, str] | None = None, **more: str) -> list[Incoming]:
    with closing(opened(server, **more)) as session:
        return contract.pulled(session, cursor)


def test_threads_belong_to_what_they_began_with(server: Discord) -> None:
    first = server.add(GENERAL, "1", "anna", "Is it sweet?")
    thread = server.begin(GENERAL, "Sweetness", first["id"])
    server.add(thread, "2", "bela", "Very.")
    post = server.begin(FORUM, "Where is my bottle?")
    server.add(post, "3", "cyril", "It has not come.", id=post)
    server.add(post, "1", "anna", "Mine neither.")
    found = {one.text: one for one in pulled(server)}
    assert found["Very."].refs == (found["Is it sweet?"].remote_id,)
    assert found["Mine neither."].refs[0] == found["It has not come."].remote_id
    assert (found["Very."].title, found["Very."].post_title) == ("Sweetness", "#general")
    assert found["It has not come."].post_url == f"https://discord.com/channels/{GUILD}/{FORUM}"
    assert {one.text for one in pulled(server, channels="#Questions")} == {"It has not come.", "Mine neither."}


def test_signs_are_words(server: Discord) -> None:
    server.add(
        GENERAL, "1", "anna", f"<@9> see <#{GENERAL}> <:lemon:123> <@!10> <b>", attachments=[
            {"filename": "a.png"}, {"filename": "b.png", "content_type": "image/png", "description": "Þrjár flöskur"},
            {"filename": "c.pdf", "description": "The list"},
        ],
        mentions=[{"id": "9", "username": "bela", "global_name": "Béla"}],
    )  # fmt: skip
    assert [one.text for one in pulled(server)] == [
        "@Béla see #general :lemon: @10 <b>\n[a.png]\n[Picture: Þrjár flöskur]\n[File: The list]"
    ]


def test_what_nobody_wrote_and_what_is_odd_is_left_out(server: Discord) -> None:
    server.add(GENERAL, "1", "anna", "", type=7)
    server.add(GENERAL, "1", "anna", "no time", timestamp="soon")
    server.add(GENERAL, "1", "anna", "no author", author=None)
    server.add(GENERAL, "5", "hook", "By a webhook", webhook_id="5")
    found = pulled(server)
    assert [(one.text, one.author.key) for one in found] == [("By a webhook", "5/Hook")]


def test_what_has_not_moved_is_not_asked_for(server: Discord) -> None:
    old = clock.now() - 5 * 86_400
    server.add(GENERAL, "1", "anna", "Long ago", id=server.number(old), timestamp=clock.iso(old))
    cursor: dict[str, str] = {}
    assert len(pulled(server, cursor)) == 1
    server.calls.clear()
    assert pulled(server, cursor) == []
    assert not [call for call in server.calls if call.path == f"/channels/{GENERAL}/messages"]


def test_limits_are_obeyed(server: Discord) -> None:
    server.remaining = "0"
    begun = time.monotonic()
    with closing(opened(server)) as session:
        for _ in range(3):
            session._ask("GET", "users/@me")
        assert time.monotonic() - begun > 0.09
        server.limits = [
            played.Reply({"message": "You are being rate limited.", "retry_after": 64.57, "global": False}, 429),
            played.Reply({"message": "x", "retry_after": 0.4, "global": True}, 429, {"Retry-After": "1"}),
            played.Reply(b"error code: 1015", 429, {"Retry-After": "90"}),
        ]
        waits = []
        for _ in range(3):
            with pytest.raises(TryLater) as caught:
                session._ask("GET", "applications/@me")
            waits.append(caught.value.after)
    assert waits == [65, 1, 91]


def test_the_form_says_what_is_missing(server: Discord) -> None:
    server.flags = 0
    with closing(opened(server)) as session, pytest.raises(Refused, match="Message Content Intent"):
        session.check()
    server.flags, server.guilds = 1 << 18, []
    with closing(opened(server)) as session, pytest.raises(Refused, match="Invite it"):
        session.check()


def test_what_is_too_long_or_not_allowed_is_refused(server: Discord) -> None:
    first = server.add(GENERAL, "1", "anna", "Hæ")
    with closing(opened(server)) as session:
        with pytest.raises(Refused):
            session.send(Reply("k", "x" * 2001, "", f"{GENERAL}/{first['id']}"))
        server.may_delete = False
        with pytest.raises(Refused, match="permission"):
            session.moderate("delete", Target(f"{GENERAL}/{first['id']}"))
        with pytest.raises(Refused):
            session.send(Reply("k", "x", "", ""))


@pytest.mark.parametrize("mood", [played.CLOSE_AFTER, played.FAIL_AFTER, played.BROKEN, played.CLOSE_BEFORE])
def test_a_reply_that_may_have_gone_is_there_once(server: Discord, mood: str) -> None:
    first = server.add(GENERAL, "1", "anna", "Hæ")
    reply = Reply("0123456789abcdef0123456789abcdef", "Takk, Anna!", "", f"{GENERAL}/{first['id']}", at=clock.now())
    server.moods = [mood]
    with closing(opened(server)) as session:
        with pytest.raises(UnknownOutcome):
            session.send(reply)
        found = session.find_sent(reply)
        assert (found is None) == (mood == played.CLOSE_BEFORE)
        sent = session.send(reply)
        assert found is None or found.remote_id == sent.remote_id
    assert len(server.messages[GENERAL]) == 2
    assert server.messages[GENERAL][1]["author"]["id"] == server.me


def test_among_too_many_nothing_is_sure(server: Discord) -> None:
    first = server.add(GENERAL, "1", "anna", "Hæ")
    for number in range(sending._MAX_SEARCHED):
        server.add(GENERAL, "2", "bela", f"Number {number}")
    with closing(opened(server)) as session, pytest.raises(UnknownOutcome, match="Check the channel"):
        session.find_sent(Reply("k", "Takk", "", f"{GENERAL}/{first['id']}", at=clock.now()))


def test_a_server_that_never_ends_is_left(server: Discord, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(150):
        server.add(GENERAL, "1", "anna", f"Number {number}")
    listed = server._list
    monkeypatch.setattr(server, "_list", lambda place, _query: listed(place, {"limit": "100"}))
    assert len(pulled(server)) == 100
    assert len(server.calls) < 20


def test_what_cannot_be_read_is_not_taken_for_gone(server: Discord) -> None:
    first = server.add(GENERAL, "1", "anna", "Hæ!")
    cursor: dict[str, str] = {}
    pulled(server, cursor)
    number = first["id"]
    server.messages[GENERAL] = [{**first, "id": "9" * 19}]
    assert pulled(server, dict(cursor)) == []
    server.messages[GENERAL] = []
    assert [one.remote_id for one in pulled(server, cursor) if one.gone] == [f"{GENERAL}/{number}"]
