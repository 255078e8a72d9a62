"""What a bot may do on Discord, channel by channel, and what follows: what is offered, said, read and posted."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from app.base import clock
from app.base.message import Incoming, Reply
from app.channels.base import BAN, DELETE, LOCK, MUTE, UNBAN, UNLOCK, UNMUTE, Found, Refused, TryLater
from app.channels.discord.rights import Bot
from app.channels.discord.session import DiscordSession
from app.channels.discord.wire import _AGENT
from tests.app.channels.contract import pulled
from tests.servers import played
from tests.servers.discord import (
    ALL_RIGHTS,
    FORUM,
    GENERAL,
    GUILD,
    HELPERS,
    HISTORY,
    MANAGE_MESSAGES,
    MANAGE_THREADS,
    SECRET,
    SEND,
    SEND_IN_THREADS,
    VIEW,
    VOICE,
    Discord,
    overwrite,
)

KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def server() -> Iterator[Discord]:
    playing = Discord()
    yield playing
    playing.stop()


def opened(server: Discord, **more: str) -> DiscordSession:
    return DiscordSession({"server": server.url, "me": server.me, **more}, {"token": server.token})


def checked(server: Discord, **more: str) -> Found:
    with closing(opened(server, **more)) as session:
        return session.check()


def heard(server: Discord, cursor: dict[str, str] | None = None, **more: str) -> list[Incoming]:
    with closing(opened(server, **more)) as session:
        return pulled(session, cursor)


def venues(found: Found) -> dict[str, str]:
    return dict(json.loads(found.facts["venues"]))


# --- permissions


def test_rights_are_known_and_those_that_lack_are_said(server: Discord) -> None:
    found = checked(server)
    assert found.facts["may"].split() == [DELETE, LOCK, UNLOCK, MUTE, UNMUTE, BAN, UNBAN]
    assert venues(found) == {GENERAL: "#general", FORUM: "#questions"}
    assert "lacks" not in found.sentence
    server.guilds[0]["permissions"] = str(VIEW | SEND)
    found = checked(server)
    assert found.facts["may"] == "none", "what others wrote it may not delete"
    assert "lacks permissions: Read Message History, Send Messages in Threads, Attach Files." in found.sentence
    server.guilds[0]["permissions"] = str(1 << 3)
    found = checked(server)
    assert BAN in found.facts["may"].split()
    assert SECRET in venues(found), "an administrator is denied nothing"


def test_what_a_channel_changes_is_said_and_nothing_is_offered_there(server: Discord) -> None:
    server.overwrites[GENERAL] = [overwrite(GUILD, deny=SEND)]
    server.overwrites[FORUM] = [overwrite(GUILD, deny=HISTORY | SEND_IN_THREADS)]
    found = checked(server)
    assert found.sentence.endswith(
        "In #questions it lacks the permission Read Message History: change that in the channel's own settings."
        " In #general it lacks the permission Send Messages: change that in the channel's own settings."
        " In #questions it lacks the permission Send Messages in Threads: change that in the channel's own settings."
    )
    assert venues(found) == {FORUM: "#questions"}
    first = server.add(GENERAL, "1", "anna", "Hello")
    with closing(opened(server)) as session, pytest.raises(Refused, match="or in the channel's own"):
        session.send(Reply(KEY, "Hi", "", f"{GENERAL}/{first['id']}"))
    server.overwrites[GENERAL].append(overwrite(HELPERS, allow=SEND))
    assert GENERAL not in venues(checked(server))
    server.has = [HELPERS]
    assert GENERAL in venues(checked(server))
    server.overwrites[GENERAL].append(overwrite(server.me, deny=SEND))
    assert GENERAL not in venues(checked(server))


def test_a_channel_that_is_none_of_its_business_is_named_only_if_it_is_wanted(server: Discord) -> None:
    found = checked(server)
    assert "staff" not in found.sentence
    assert found.offers["channels"] == ("general", "questions", "talk")
    wanted = checked(server, channels="general, Staff")
    assert "In #staff it lacks the permission View Channels" in wanted.sentence


def test_a_verb_is_offered_if_any_channel_allows_it(server: Discord) -> None:
    server.guilds[0]["permissions"] = str(ALL_RIGHTS & ~(MANAGE_MESSAGES | MANAGE_THREADS))
    assert checked(server).facts["may"].split() == [MUTE, UNMUTE, BAN, UNBAN]
    server.overwrites[FORUM] = [overwrite(server.me, allow=MANAGE_THREADS)]
    assert checked(server).facts["may"].split() == [LOCK, UNLOCK, MUTE, UNMUTE, BAN, UNBAN]
    assert checked(server, channels="general").facts["may"].split() == [MUTE, UNMUTE, BAN, UNBAN]


def test_a_server_that_does_not_say_takes_nothing_away(server: Discord) -> None:
    del server.guilds[0]["permissions"]
    served = server._route
    server._route = lambda call: (  # type: ignore[method-assign]
        played.Reply({"message": "Missing Access", "code": 50001}, 403) if "members" in call.path else served(call)
    )
    server.may = lambda *_: True  # type: ignore[method-assign]
    found = checked(server)
    assert found.facts["may"] == ""
    assert "lacks" not in found.sentence
    assert GENERAL in venues(found)


def test_without_its_roles_a_channel_takes_nothing_away(server: Discord) -> None:
    server.overwrites[GENERAL] = [overwrite(GUILD, deny=SEND), overwrite(HELPERS, allow=SEND)]
    server.has = [HELPERS]
    served = server._route
    server._route = lambda call: (  # type: ignore[method-assign]
        played.Reply({"message": "Missing Access", "code": 50001}, 403) if "members" in call.path else served(call)
    )
    found = checked(server)
    assert "lacks" not in found.sentence
    assert GENERAL in venues(found)


def test_permissions_are_reckoned_as_the_documentation_does(server: Discord) -> None:
    rows = [overwrite(of, allow=a, deny=d) for of in (GUILD, HELPERS, server.me) for a, d in ((0, SEND), (SEND, 0))]
    for some in itertools.chain.from_iterable(itertools.combinations(rows, most) for most in range(4)):
        if len({one["id"] for one in some}) < len(some):
            continue
        for roles, base in itertools.product(([], [HELPERS]), (VIEW, VIEW | SEND, SEND, 1 << 3)):
            server.overwrites[GENERAL], server.has = list(some), roles
            server.guilds[0]["permissions"] = str(base)
            bot = Bot(server.me, GUILD, base, frozenset(roles))
            assert bot.has(SEND, {"permission_overwrites": list(some)}) is server.may(SEND, GENERAL), (
                some,
                roles,
                base,
            )


# --- tags


@pytest.mark.parametrize(("manages", "names"), [(False, ["Help"]), (True, ["Help", "Solved"])])
def test_a_forum_that_wants_a_tag_is_a_venue_for_each(server: Discord, manages: bool, names: list[str]) -> None:  # noqa: FBT001  a case
    server.forum_flags = 1 << 4
    server.tags = [{"id": "71", "name": "Help", "moderated": False}, {"id": "72", "name": "Solved", "moderated": True}]
    if not manages:
        server.guilds[0]["permissions"] = str(ALL_RIGHTS & ~MANAGE_THREADS)
    known = venues(checked(server))
    assert [name for key, name in known.items() if key.startswith(FORUM)] == [f"#questions: {name}" for name in names]
    with closing(opened(server)) as session:
        post = Reply(KEY, "Cherry!", "", "", title="New: cherry", venue=f"{FORUM}/71", at=clock.now())
        assert session.find_sent(post) is None
        made = session.send(post)
        found = session.find_sent(post)
    assert found is not None
    assert found.remote_id == made.remote_id
    assert server.threads[made.remote_id.partition("/")[0]]["applied_tags"] == ["71"]


def test_a_forum_that_wants_tags_since_the_check_says_so(server: Discord) -> None:
    server.forum_flags = 1 << 4
    post = Reply(KEY, "Cherry!", "", "", title="New: cherry", venue=FORUM, at=clock.now())
    server.tags = [{"id": "71", "name": "Help", "moderated": False}]
    with closing(opened(server)) as session:
        with pytest.raises(Refused, match="choose the forum with the tag"):
            session.send(post)
        server.guilds[0]["permissions"] = str(ALL_RIGHTS & ~MANAGE_THREADS)
        server.tags[0]["moderated"] = True
        with pytest.raises(Refused, match="only moderators can give"):
            session.send(post)
        with pytest.raises(Refused, match="doesn't know that channel"):
            session.send(post._replace(venue=f"{FORUM}/help"))
    assert FORUM not in {key.partition("/")[0] for key in venues(checked(server))}


# --- private threads


def private(server: Discord, name: str, text: str, *, joined: bool) -> str:
    thread = server.begin(GENERAL, name, of=12)
    server.add(thread, "1", "anna", text)
    server.joined |= {thread} if joined else set()
    return thread


@pytest.mark.parametrize("manages", [False, True])
def test_private_threads_come_in_after_they_were_closed_and_are_private(server: Discord, manages: bool) -> None:  # noqa: FBT001  a case
    if not manages:
        server.guilds[0]["permissions"] = str(ALL_RIGHTS & ~MANAGE_THREADS)
    may = checked(server).facts["may"]
    private(server, "Open", "An open one", joined=True)
    for name, joined in (("Ours", True), ("Theirs", False)):
        server.archive(private(server, name, f"{name}, closed", joined=joined))
    public = server.begin(GENERAL, "Public")
    server.add(public, "1", "anna", "For everybody")
    cursor: dict[str, str] = {}
    found = {one.text: one.public for one in heard(server, cursor, may=may)}
    more = {"Theirs, closed": False} if manages else {}
    assert found == {"An open one": False, "Ours, closed": False, "For everybody": True, **more}
    assert heard(server, cursor, may=may) == []


def test_where_it_manages_threads_elsewhere_it_still_reads_those_it_is_in(server: Discord) -> None:
    server.guilds[0]["permissions"] = str(ALL_RIGHTS & ~MANAGE_THREADS)
    for number in range(120):
        server.archive(private(server, f"Talk {number}", f"Number {number}", joined=number % 2 == 0))
    assert len(heard(server, may=f"{LOCK} {UNLOCK}")) == 60


# --- how it introduces itself, and what is refused


def test_its_user_agent_is_as_documented_and_names_a_real_place(server: Discord) -> None:
    assert _AGENT.startswith("DiscordBot (https://discord.com/")
    assert _AGENT.rpartition(" ")[2].startswith("Rapport/")
    heard(server)
    assert {call.headers["user-agent"] for call in server.calls} == {_AGENT}


@pytest.mark.parametrize(
    ("code", "raised", "words"),
    [
        (30046, TryLater, "wait"), (20022, TryLater, "wait"), (130000, TryLater, "wait"), (40004, TryLater, "wait"),
        (60003, Refused, "two-factor"), (240000, Refused, "harmful"), (20009, Refused, "explicit"),
        (40058, Refused, "takes posts"), (160006, Refused, "open threads"), (50008, Refused, "in that channel"),
        (220003, Refused, "Invalid"), (200001, Refused, "AutoMod"), (10004, Refused, "no longer in that server"),
    ],
)  # fmt: skip
def test_a_code_means_what_its_documentation_says(server: Discord, code: int, raised: type[Any], words: str) -> None:
    server.limits = [played.Reply({"message": "Invalid", "code": code}, 400)]
    with closing(opened(server)) as session, pytest.raises(raised, match=words) as caught:
        session.send(Reply(KEY, "Hello", "", f"{GENERAL}/5"))
    assert raised is Refused or caught.value.limited is (code not in (40004, 130000)), "an outage is no limit"


def test_voice_channels_have_no_threads_to_ask_for(server: Discord) -> None:
    heard(server)
    assert not [call.path for call in server.calls if VOICE in call.path and "archived" in call.path]
