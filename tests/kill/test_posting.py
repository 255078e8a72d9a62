"""kill -9 while posts of ours are published: none twice, none elsewhere, and every one that nobody knows of is shown.

One channel for each way of being sure: the server knows our key (Mastodon), the key is the post's own name (Bluesky),
stands beside the post (Slack), or is known for messages alone, so that posts in forums are looked up by their words
(Discord). RAPPORT_KILLS sets how often (25 for each unless told).
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from app.base.paths import Profile
from app.outbox import DISCARDED, OPEN, SENDING, SENT, UNDECIDED, Outbox
from app.store.store import Store
from app.workbench import Workbench
from tests.app.channels.test_bluesky import Pds
from tests.app.channels.test_bluesky import Peer as BlueskyPeer
from tests.app.channels.test_discord import Peer as DiscordPeer
from tests.app.channels.test_mastodon_posting import Posting
from tests.app.channels.test_slack import Peer as SlackPeer
from tests.app.saying import is_consistent
from tests.kill.killing import IN_THE_MIDST, KILLS, Killing, turns
from tests.kill.test_channels import Fickle
from tests.kill.test_sending import look
from tests.servers.clientapi import ClientApi
from tests.servers.discord import FORUM, Discord
from tests.servers.slack import LEFT, Slack

pytestmark = pytest.mark.slow
ALL = (*OPEN, SENT, DISCARDED)


class OnDiscord(DiscordPeer):
    """A server with a forum that asks for a tag on each post."""

    def __init__(self, server: Discord) -> None:
        super().__init__(server)
        server.forum_flags, server.tags = 1 << 4, [{"id": "71", "name": "Help", "moderated": False}]

    def posts(self) -> list[tuple[str, str]]:
        """What we published, in the channel and in the forum: (text, venue)."""
        begun = [
            (self.server.messages[number][0]["content"], f"{FORUM}/{thread['applied_tags'][0]}")
            for number, thread in self.server.threads.items()
        ]
        return [*super().posts(), *begun]


def peer_of(kind: str) -> Any:
    made: dict[str, Callable[[], Any]] = {
        "bluesky": lambda: BlueskyPeer(Pds()),
        "discord": lambda: OnDiscord(Discord()),
        "mastodon": lambda: Posting(ClientApi()),
        "slack": lambda: SlackPeer(Slack()),
    }
    peer = made[kind]()
    if kind == "slack":
        del peer.server.channels[LEFT]  # where we are not, nothing can be looked up
    return peer


def connected(path: Path, peer: Any) -> tuple[dict[str, str], dict[str, str]]:
    """A profile with the account connected; fields with facts, and secrets."""
    with closing(Workbench(Profile(path))) as bench:
        secrets = dict(peer.secrets)
        found = bench.accounts.try_out(peer.kind, peer.fields, secrets)
        account, _ = bench.accounts.add(peer.kind, "There", peer.fields, secrets, found)
        return {**found.facts, **account.fields}, secrets


def settled(file: Path, peer: Any, fields: dict[str, str], secrets: dict[str, str], first: int) -> None:
    """Looking up leaves no doubt: sent is what stands there, where it was meant to."""
    store = Store(file)
    outbox = Outbox(store, settle=0)
    with closing(import_module(f"app.channels.{peer.kind}").open(fields, dict(secrets))) as session:
        for number in outbox.to_look_up(int(time.time()) + 600):
            outbox.look_up(number, session)
    rows = outbox.entries(ALL)
    outbox.close()
    assert not [row for row in rows if row.state == UNDECIDED]
    meant = {(row.text, row.venue.address) for row in rows if row.state == SENT and row.venue is not None}
    assert meant == set(peer.posts()[first:])
    is_consistent(store)
    store.close()


@pytest.mark.parametrize("kind", ["bluesky", "discord", "mastodon", "slack"])
def test_killed_while_posting(tmp_path: Path, kind: str) -> None:
    peer = peer_of(kind)
    server, path = peer.server, tmp_path / "profile"
    try:
        fields, secrets = connected(path, peer)
        file, first = Profile(path).file, len(peer.posts())
        server.hang, server.moods = 0.3, Fickle()
        acknowledged: set[int] = set()
        said_sent: set[int] = set()
        killing, arrived = Killing(), Counter[str]()
        server.heed = killing.heed
        words = ["tests.kill.poster", str(file), kind, json.dumps(fields), json.dumps(secrets)]
        for point, passes in turns(KILLS):
            for word, *number in killing.run(words, point, passes):
                if word == "ACK":
                    acknowledged.add(int(number[0]))
                elif word == "SENT":
                    said_sent.add(int(number[0]))
            server.settle()
            rows, left, checked = look(file)
            assert left == 1 or point not in IN_THE_MIDST, point
            arrived = Counter(text for text, _ in peer.posts()[first:])
            assert checked == "ok"
            assert max(arrived.values(), default=0) <= 1, "posted twice"
            states = {row.id: row.state for row in rows}
            assert acknowledged <= states.keys(), "an acknowledged post is lost"
            assert {states[number] for number in said_sent} <= {SENT}
            assert not [row for row in rows if row.state == SENT and row.text not in arrived], "called sent, and isn't"
            hidden = [row for row in rows if row.text in arrived and row.state not in (SENT, UNDECIDED)]
            assert not hidden, "there, and shown neither as sent nor as undecided"
            assert not [row for row in rows if row.state == SENDING]
        assert arrived
        server.moods = []
        settled(file, peer, fields, secrets, first)
    finally:
        server.stop()
