"""Which messages a channel says a program posted: not those that name us, nor a person's by another way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from typing import Any

import pytest

from app.base.message import Incoming
from app.channels.discord.session import DiscordSession
from app.channels.github.reading import message as on_github
from app.channels.matrix.events import Reader, Room
from app.channels.slack.session import SlackSession
from app.channels.telegram.session import TelegramSession
from tests.app.channels.contract import pulled
from tests.app.channels.test_mastodon import Peer as Mastodon
from tests.app.channels.test_matrix import ME, said
from tests.app.channels.workspace import workspace
from tests.servers.clientapi import ClientApi
from tests.servers.discord import GENERAL, Discord
from tests.servers.github import GitHub
from tests.servers.played import Played
from tests.servers.slack import Slack
from tests.servers.telegram import BOT, GROUP, BotApi


def test_on_matrix() -> None:
    texts = {"The build is green": ("m.notice", []), "@us: it is red": ("m.notice", [ME]), "Hello": ("m.text", [])}
    events = [
        said(event_id=f"${text[:3]}", content={"msgtype": kind, "body": text, "m.mentions": {"user_ids": named}})
        for text, (kind, named) in texts.items()
    ]
    found = Reader(Room("!r:a.test", "Lemons"), ME, lambda _event: None).read((), events)
    assert quiet(list(found)) == {"The build is green": True, "@us: it is red": False, "Hello": False}


@pytest.fixture
def played() -> Iterator[list[Played]]:
    made: list[Played] = []
    yield made
    for server in made:
        server.stop()


def quiet(items: list[Incoming]) -> dict[str, bool]:
    """Text -> whether it is a program's, which makes nobody a member then."""
    assert all(bool(item.quiet) is not item.person for item in items)
    return {item.text: item.quiet == "automatic" for item in items}


def test_on_discord(played: list[Played]) -> None:
    server = Discord()
    played.append(server)
    bot = {"id": "55", "username": "levels", "bot": True}
    hook: dict[str, Any] = {"webhook_id": "90", "author": {"id": "90", "username": "Feed", "bot": True}}
    us = [{"id": server.me, "username": "lemonade-bot"}]
    server.add(GENERAL, "55", "levels", "Level 5!", author=bot)
    server.add(GENERAL, "55", "levels", f"<@{server.me}> you are level 6", author=bot, mentions=us)
    server.add(GENERAL, "90", "feed", "A release", **hook, embeds=[{"type": "rich", "title": "1.2"}])
    server.add(GENERAL, "90", "feed", "Hello from IRC, see x.example", **hook, embeds=[{"type": "link"}])
    server.add(GENERAL, "55", "levels", "The weather", type=20, author=bot, webhook_id="55")
    server.add(GENERAL, "1", "anna", "Hello")
    with closing(DiscordSession({"server": server.url, "me": server.me}, {"token": server.token})) as session:
        assert quiet(pulled(session)) == {
            "Level 5!": True,
            "@lemonade-bot you are level 6": False,
            "A release": True,
            "Hello from IRC, see x.example": False,
            "The weather": True,
            "Hello": False,
        }


def test_on_slack() -> None:
    with workspace() as server:
        assert isinstance(server, Slack)
        server.people["U9"] = "deploys"
        server.bots.add("U9")
        server.add("U9", "Deployed", bot_id="B9")
        server.add("U9", f"<@{server.me}> please look", bot_id="B9")
        server.add("", "A form was filled in", subtype="bot_message", bot_id="B8", username="Workflow", user=None)
        server.add("USLACKBOT", "Reminder: water the lemons")
        server.add("U1", "Through an app of mine", bot_id="B7", app_id="A7")
        fields = {"server": server.url, "me": server.me, "url": "https://lemonade.slack.example/"}
        with closing(SlackSession(fields, {"token": server.token})) as session:
            assert quiet(pulled(session)) == {
                "Deployed": True,
                "@Jana please look": False,
                "A form was filled in": True,
                "Reminder: water the lemons": True,
                "Through an app of mine": False,
            }


def test_on_telegram(played: list[Played]) -> None:
    server = BotApi()
    played.append(server)
    bot = {"id": 9, "is_bot": True, "first_name": "Rose", "username": "rose_bot"}
    for text in ("Welcome, Anna!", "Hey @Lemonade_Bot, look"):
        server.hear(GROUP, {"from": bot, "text": text})
    news = {"id": -1077, "type": "channel", "title": "News"}
    server.hear(GROUP, {"from": {**bot, "username": "Channel_Bot"}, "sender_chat": news, "text": "As a channel"})
    server.hear(GROUP, {"from": {"id": 1, "is_bot": False, "first_name": "Anna"}, "via_bot": bot, "text": "A GIF"})
    fields, secrets = {"server": server.url}, {"token": server.token}
    with closing(TelegramSession(fields, secrets)) as session:
        facts = session.check().facts
    assert (facts["me"], facts["handle"]) == (str(BOT), "lemonade_bot")
    with closing(TelegramSession({**fields, "me": facts["me"]}, secrets)) as session:
        rows = [session._incoming(row) for row in server.updates]
    assert not any(item.quiet for item in rows if item is not None), "without our handle it cannot be told"
    with closing(TelegramSession({**fields, **facts}, secrets)) as session:
        assert quiet(pulled(session)) == {
            "Welcome, Anna!": True,
            "Hey @Lemonade_Bot, look": False,
            "As a channel": False,
            "A GIF": False,
        }


def test_on_mastodon(played: list[Played]) -> None:
    server = ClientApi()
    played.append(server)
    peer = Mastodon(server)
    texts = ("The weather", "Weather for you", "Somebody's words")
    for text, bot, named in zip(texts, (True, True, False), (False, True, False), strict=True):
        status = server.statuses[peer.say("weather", text)]
        status["account"] = {**status["account"], "bot": bot}
        status["mentions"] = status["mentions"] if named else []
    module = import_module("app.channels.mastodon")
    with closing(module.open(peer.fields, dict(peer.secrets))) as first:
        facts = first.check().facts
    with closing(module.open({**facts, **peer.fields}, dict(peer.secrets))) as session:
        found = quiet(pulled(session))
    assert [next(told for text, told in found.items() if text.endswith(one)) for one in texts] == [True, False, False]


def test_on_github(played: list[Played]) -> None:
    server = GitHub()
    played.append(server)
    number = server.say("robot", "Stale in 7 days")
    comment = server.comments[number]
    about = {"id": "D1", "title": "A question", "body": "Why?"}
    for kind, body, expected in (
        ("User", "Stale in 7 days", False),
        ("Bot", "Stale in 7 days", True),
        ("Bot", "@Lemonade is it still so?", False),
    ):
        told = {**comment, "body": body, "author": {**comment["author"], "__typename": kind}}
        item = on_github(told, about, "D1", public=True, me="lemonade")
        assert item is not None
        assert quiet([item]) == {body: expected}
