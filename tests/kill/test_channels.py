"""kill -9 while real channels answer to a server that fails in every way: none goes twice, every unknown is shown.

Some answers take a file along, where the channel takes any.

Channels for each way of being sure: the server knows our key (Mastodon; Discord, for some minutes), our words can be
looked up (Discourse), or our key beside them (Slack), or only the person can tell (Telegram). RAPPORT_KILLS sets how
often (25 for each unless told).
"""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from app.base import clock
from app.base.paths import Profile
from app.channels.base import KEY, LOOK_UP
from app.outbox import DISCARDED, OPEN, SENDING, SENT, UNDECIDED, Entry, Outbox
from app.workbench import Workbench
from tests.kill.killing import IN_THE_MIDST, KILLS, Killing, turns
from tests.kill.test_sending import look
from tests.servers.clientapi import ClientApi
from tests.servers.played import MOODS, WELL, Played
from tests.servers.telegram import BotApi
from tests.servers.youtube import YouTube

pytestmark = pytest.mark.slow
ALL = (*OPEN, SENT, DISCARDED)
TALKS = 5
SERVERS = {
    "discord": "Discord",
    "discourse": "Forum",
    "github": "GitHub",
    "mastodon": "ClientApi",
    "slack": "Slack",
    "telegram": "BotApi",
    "youtube": "YouTube",
}
"""The played server in the tests of each."""


class Fickle(list[str]):
    """Moods without end: every third call that writes goes wrong, in any of the ways."""

    def __bool__(self) -> bool:
        return True

    def pop(self, _place: Any = 0) -> str:
        return random.choice((*MOODS, *[WELL] * 2 * len(MOODS)))


def made(path: Path, peer: Any) -> tuple[dict[str, str], dict[str, str]]:
    """A profile with the account connected and some conversations in it; fields with facts, and secrets."""
    bench = Workbench(Profile(path))
    with closing(bench):
        secrets = dict(peer.secrets)
        found = bench.accounts.try_out(peer.kind, peer.fields, secrets)
        account, _ = bench.accounts.add(peer.kind, "There", peer.fields, secrets, found)
        for number in range(TALKS):
            peer.say("anna", f"Question {number}?")
        assert bench.sync.pull("There").new == TALKS
        return {**found.facts, **account.fields}, secrets


def settled(file: Path, peer: Any, fields: dict[str, str], secrets: dict[str, str]) -> None:
    """Where the channel can tell, looking up leaves no doubt: sent is what arrived."""
    from app.store.store import Store  # noqa: PLC0415

    store = Store(file)
    outbox = Outbox(store, settle=0)
    with closing(import_module(f"app.channels.{peer.kind}").open(fields, dict(secrets))) as session:
        for number in outbox.to_look_up(int(time.time()) + 600):
            outbox.look_up(number, session)
    rows = outbox.entries(ALL)
    outbox.close()
    store.close()
    open_ones = [row for row in rows if row.state == UNDECIDED]
    # of words without their files the person says whether they went
    half = set(with_files(file, open_ones)) if peer.kind == "slack" else set()
    assert {row.text for row in open_ones} <= half
    assert {row.text for row in rows if row.state == SENT} == {text for text, _ in peer.heard()} - half


def with_files(file: Path, rows: list[Entry]) -> dict[str, set[str]]:
    """The words of those rows that files go along with, or went, and the names of these.

    A file that was left by a child which died before it submitted its words goes along with the next ones.
    """
    from app.store.store import Store  # noqa: PLC0415

    store = Store(file)
    taken = [
        tuple(row)
        for table, column, number in (("outgoing_file", "outbox_id", "id"), ("attachment", "message_id", "message_id"))
        for row in store.read.execute(f"SELECT o.text, f.name FROM outbox o JOIN {table} f ON f.{column} = o.{number}")
    ]
    store.close()
    texts = {row.text for row in rows}
    found: dict[str, set[str]] = {}
    for text, name in taken:
        if text in texts:
            found.setdefault(text, set()).add(name.removesuffix(".txt"))
    return found


_LOOKED_UP_AFTER = 25  # kills


@pytest.mark.parametrize("kind", sorted(SERVERS))
def test_killed_while_answering(tmp_path: Path, kind: str) -> None:
    server, peer = _played(kind)
    try:
        path = tmp_path / "profile"
        fields, secrets = made(path, peer)
        file, sure = Profile(path).file, import_module(f"app.channels.{kind}").CHANNEL.can.sure
        server.hang, server.moods = 0.3, Fickle()
        acknowledged: set[int] = set()
        said_sent: set[int] = set()
        killing, arrived = Killing(), Counter[str]()
        server.heed = killing.heed
        words = ["tests.kill.speaker", str(file), kind, json.dumps(fields), json.dumps(secrets)]
        for count, (point, passes) in enumerate(turns(KILLS), 1):
            for word, *number in killing.run(words, point, passes):
                if word == "ACK":
                    acknowledged.add(int(number[0]))
                elif word == "SENT":
                    said_sent.add(int(number[0]))
            server.settle()  # what the child had handed to the system has reached the server, and hung there
            rows, left, checked = look(file)
            assert left == 1 or point not in IN_THE_MIDST, point
            arrived = Counter(text for text, _ in peer.heard())
            assert checked == "ok"
            assert max(arrived.values(), default=0) <= 1, "sent twice"
            files = Counter(name.removesuffix(".txt") for name, _ in peer.files()) if hasattr(peer, "files") else {}
            assert max(files.values(), default=0) <= 1, "a file was sent twice"
            states = {row.id: row.state for row in rows}
            assert acknowledged <= states.keys(), "an acknowledged reply is lost"
            assert {states[number] for number in said_sent} <= {SENT}
            assert not [row for row in rows if row.state == SENT and row.text not in arrived], (
                "called sent, and was not"
            )
            went = with_files(file, [row for row in rows if row.state == SENT]).values()
            lost = {name for names in went for name in names} - files.keys()
            assert not lost, "called sent, and its file was not"
            hidden = [row for row in rows if row.text in arrived and row.state not in (SENT, UNDECIDED)]
            assert not hidden, "arrived, and shown neither as sent nor as undecided"
            assert not [row for row in rows if row.state == SENDING]
            if sure in (KEY, LOOK_UP) and (count % _LOOKED_UP_AFTER == 0 or count == KILLS):
                server.moods = []
                settled(file, peer, fields, secrets)
                _grow_old(server)
                server.moods = Fickle()
        assert arrived
        assert peer.files() if hasattr(peer, "files") else True
        if sure not in (KEY, LOOK_UP):
            assert any(row.state == UNDECIDED for row in look(file)[0])
    finally:
        server.stop()


def _grow_old(server: Played) -> None:
    """Let what was said be an hour old: of more than 200 replies in ten minutes it is said that Mastodon can't tell."""
    if isinstance(server, ClientApi):
        for status in server.statuses.values():
            status["created_at"] = clock.iso(clock.now() - 3600)


def _played(kind: str) -> tuple[Played, Any]:
    """A played server of that kind, and the peer that speaks on it."""
    module = import_module(f"tests.app.channels.test_{kind}")
    server: Played = getattr(module, SERVERS[kind])()
    if isinstance(server, BotApi):
        server.most_a_minute = 100_000  # else it would be a test of patience
    if isinstance(server, ClientApi):
        server.allowed = 100_000
    if isinstance(server, YouTube):
        server.quota = 1_000_000
    return server, module.Peer(server)
