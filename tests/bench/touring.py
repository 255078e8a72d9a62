"""Every page is walked through by keys while accounts sync: how long the window's thread is ever held up, and by what.

RAPPORT_TOUR_SECONDS sets how long it goes on: half a minute unless told; the ten minutes of a release are 600.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

from app.store import backup
from app.workbench import Workbench
from tests.bench import window
from tests.bench.measure import Result, percentile
from tests.bench.texts import SENTENCES
from tests.servers.telegram import BotApi

ACCOUNTS = 3
_SECONDS = float(os.environ.get("RAPPORT_TOUR_SECONDS", "30"))
_SAID_EVERY = 0.5  # seconds


def run(folder: Path, bench: Workbench) -> Iterator[Result]:
    """On a copy of the bench's community, while people go on speaking on three servers that play Telegram's answers."""
    copy = folder / "touring"
    copy.mkdir()
    backup.copy(bench.store.read, copy / bench.profile.file.name)
    servers, over = [BotApi() for _ in range(ACCOUNTS)], threading.Event()
    speaking = threading.Thread(target=_speak, args=(servers, over), daemon=True)
    speaking.start()
    try:
        told = {"seconds": _SECONDS, "servers": [{"url": server.url, "token": server.token} for server in servers]}
        with window.screen() as settings:
            found = window.child(settings, "child_tour.py", str(copy), json.dumps(told))
    finally:
        over.set()
        speaking.join()
        for server in servers:
            server.stop()
        shutil.rmtree(copy)
    gaps = sorted(gap for gap, _ in found["gaps"])
    note = f"{found['deeds']:,} deeds, {found['messages']:,} new messages; at work for at most {found['busy']:.0f} ms"
    note += "; the worst: " + ", ".join(f"{deed} {gap:.0f}" for gap, deed in sorted(found["worst"], reverse=True)[:6])
    yield Result(
        f"a walk of {_SECONDS:.0f} s over every page while accounts sync, longest stall", gaps[-1], "ms", at_most=50,
        note=note,
    )  # fmt: skip
    yield Result("the same, p99.9", percentile(gaps, 0.999), "ms")
    yield Result("a change of text size, longest stall", max(found["sizes"]), "ms", at_most=100)


def _speak(servers: list[BotApi], over: threading.Event) -> None:
    lines = [line for spoken in SENTENCES.values() for line in spoken]
    number = 0
    while not over.wait(_SAID_EVERY):
        servers[number % ACCOUNTS].say(f"member{number % 7}", f"{lines[number % len(lines)]} ({number})", "")
        number += 1
