"""Slack within its limits: a large workspace, and one that asks for a pause at every turn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from app.base import clock
from app.channels.base import TryLater
from app.channels.http import pace
from app.channels.slack.session import SlackSession
from tests.app.channels.contract import pulled
from tests.app.channels.workspace import House, workspace
from tests.servers import played
from tests.servers.slack import TIERS, Slack

SPEAKERS = 340
"""More than can be asked for one by one in three minutes."""


@pytest.fixture
def server() -> Iterator[Slack]:
    with workspace() as made:
        made.limits = TIERS
        yield made


def large(server: Slack, channels: int, members: int) -> None:
    """Fill the workspace: a word in each channel, and SPEAKERS who speak in the first two."""
    for number in range(members):
        server.people[f"U{number:05}X"] = f"member{number}"
    keys = [server.open_channel(f"C{number:03}", f"room{number}") for number in range(channels)]
    for number, channel in enumerate(keys):
        server.add(f"U{number * 90:05}X", f"In {channel}", channel=channel)
    for number in range(SPEAKERS):
        server.add(f"U{(number * 29 + 7) % members:05}X", f"Speaker {number}", channel=keys[number % 2])


@pytest.mark.slow
@pytest.mark.parametrize(("channels", "members"), [(60, 10_000), (80, 10_000), (120, 12_000)])
def test_everything_new_is_in_within_three_rounds(server: Slack, channels: int, members: int) -> None:
    large(server, channels, members)
    house = House(server)
    for number in range(3):
        house.round()
        if number == 0:
            assert len(house.texts) > SPEAKERS, "the first round brings a good part"
    assert len(house.texts) == channels + SPEAKERS
    names = {row.author.name for row in house.found.values()}
    assert not [name for name in names if name.startswith("U")], "each has a name from the first"
    for number in range(channels):
        server.add("U00007X", f"Later in {number}", channel=f"C{number:03}")
    for _ in range(3):
        house.round()
        assert not house.limited, "a round that reads a third is no trouble"
    assert len(house.texts) == 2 * channels + SPEAKERS


def test_no_request_is_refused_where_the_limits_are_as_published(server: Slack) -> None:
    large(server, 80, 2_000)
    refused = []
    plain = server.serve

    def watched(call: played.Call) -> played.Reply:
        answer = plain(call)
        refused.extend([call.path] if answer.status == 429 else [])
        return answer

    server.serve = watched  # type: ignore[method-assign]
    house = House(server)
    for _ in range(3):
        house.round()
    assert refused == []


def test_a_server_that_is_stricter_than_published_is_obeyed_and_shared(server: Slack) -> None:
    server.limits = {**TIERS, "conversations.history": 7}
    large(server, 20, 2_000)
    house = House(server)
    for _ in range(3):
        house.round()
        asked = [call for call in server.calls if call.path == "/conversations.history"]
        assert len(asked) == 8, "the eighth was refused, and none was sent after it"
        server.calls.clear()
    assert len(house.texts) == 20 + SPEAKERS
    pace.forget()
    server.a_minute_passes()
    fields = {"server": server.url, "me": "U8", "url": "https://lemonade.slack.example/"}
    for token in (1, 2):  # another account of the same workspace has not to be told again
        with closing(SlackSession(fields, {"token": server.token})) as session, pytest.raises(TryLater) as caught:
            pulled(session, house.cursor)
        assert caught.value.limited
        assert (caught.value.after or 0) > 50
        assert len([call for call in server.calls if call.path == "/conversations.history"]) == 8, token


def test_many_threads_are_read_in_turn_the_latest_first(server: Slack) -> None:
    server.people["U1"] = "anna"
    roots = [
        server.add("U1", f"Root {number}", ts=server.ts(clock.now() - 9_000 + number))["ts"] for number in range(90)
    ]
    for number, root in enumerate(roots):
        server.add("U1", f"Below {number}", root, ts=server.ts(clock.now() - 5_000 + number))
    house = House(server)
    house.round()
    below = {text for text in house.texts if text.startswith("Below")}
    assert {f"Below {number}" for number in range(80, 90)} <= below, "what was said last comes first"
    assert len(below) < 90
    for _ in range(2):
        house.round()
    assert {f"Below {number}" for number in range(90)} <= house.texts
    house.round()
    assert not house.limited
