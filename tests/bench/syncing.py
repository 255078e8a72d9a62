"""Twelve accounts with 500 new messages each come in at once: how long the window is ever held up meanwhile."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from app.store import backup
from app.workbench import Workbench
from tests.bench import window
from tests.bench.measure import Result, percentile
from tests.bench.texts import SENTENCES
from tests.servers.telegram import BotApi

ACCOUNTS, MESSAGES, WHO = 12, 500, 40


def run(folder: Path, bench: Workbench) -> Iterator[Result]:
    """On a copy of the bench's community, with servers of their own that play Telegram's documented answers."""
    copy = folder / "syncing"
    copy.mkdir()
    backup.copy(bench.store.read, copy / bench.profile.file.name)
    servers = [BotApi() for _ in range(ACCOUNTS)]
    try:
        for server in servers:
            _fill(server)
        told = {
            "messages": ACCOUNTS * MESSAGES,
            "servers": [{"url": server.url, "token": server.token} for server in servers],
        }
        with window.screen() as settings:
            found = window.child(settings, "child_sync.py", str(copy), json.dumps(told))
    finally:
        for server in servers:
            server.stop()
        shutil.rmtree(copy)
    quiet, busy = sorted(found["quiet"]), found["busy"]
    note = f"{found['messages']:,} messages of {ACCOUNTS} accounts in {found['seconds']:.1f} s"
    yield Result("longest stall while 12 accounts sync", busy[-1], "ms", max(quiet[-1], 0.1), at_most=50, note=note)
    yield Result("stalls while 12 accounts sync, p99", percentile(busy, 0.99), "ms", max(percentile(quiet, 0.99), 0.1))
    rate = found["messages"] / found["seconds"]
    yield Result("messages a second over 12 accounts", rate, "/s")


def _fill(server: BotApi) -> None:
    first, lines = "", [line for spoken in SENTENCES.values() for line in spoken]
    for number in range(MESSAGES):
        said = f"{lines[number % len(lines)]} ({number})"
        named = server.say(f"member{number % WHO}", said, first if number % 3 else "")
        first = named if number % 3 == 0 else first
