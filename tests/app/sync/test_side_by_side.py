"""Several accounts at once: a slow one keeps nobody waiting, a broken one breaks nobody, and waking brings no burst."""

from __future__ import annotations

import threading

import pytest

from app.base import clock
from app.sync import SPREAD
from app.workbench import Workbench
from tests.servers.played import Call, Reply
from tests.servers.telegram import BotApi
from tests.waiting import wait_until


class Sluggish(BotApi):
    """Takes its time over every answer: so many seconds, or until it is let go."""

    pause = 120.0

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()

    def answer(self, call: Call) -> Reply | None:
        self.go.wait(self.pause)
        return super().answer(call)


class Babbling(BotApi):
    """Answers with what is no answer."""

    def serve(self, call: Call) -> Reply:
        if call.path.endswith("getUpdates"):
            return Reply(b"<html>", headers={"Content-Type": "text/html"})
        return super().serve(call)


def connect(bench: Workbench, server: BotApi, name: str) -> int:
    return bench.accounts.add("telegram", name, {"server": server.url}, {"token": server.token})[0].id


@pytest.mark.slow
def test_a_slow_and_a_broken_account_keep_nobody_waiting(bench: Workbench) -> None:
    slow, broken, quick = Sluggish(), Babbling(), [BotApi() for _ in range(10)]
    try:
        connect(bench, slow, "Slow")
        number = connect(bench, broken, "Broken")
        for place, server in enumerate(quick):
            connect(bench, server, f"Quick {place}")
            server.say("anna", f"Hello from {place}")
        slow.say("anna", "Hello, slowly")
        jobs = bench.sync.fetch()
        count = "SELECT count(*) FROM message"
        # while the slow one has not answered anything at all
        wait_until(lambda: bench.store.read.execute(count).fetchone()[0] == len(quick))
        slow.go.set()
        wait_until(lambda: bench.store.read.execute(count).fetchone()[0] == len(quick) + 1)
        assert all(job.wait(60) for job in jobs)
        assert bench.accounts.get(number).error.startswith("127.0.0.1 sent an unexpected response")
    finally:
        for server in (slow, broken, *quick):
            server.stop()


def test_waking_asks_one_account_after_another(bench: Workbench) -> None:
    names = [f"Group {place}" for place in range(6)]
    for name in names:
        bench.accounts.add("telegram", name, {"server": "http://127.0.0.1:9"}, {"token": "x"})
    now = clock.now()
    sync = bench.sync
    sync._spread_after_sleep(now)
    assert len(bench.accounts.due(now)) == 6  # a first look is no waking
    sync._spread_after_sleep(now + 30)
    assert len(bench.accounts.due(now + 30)) == 6
    sync._spread_after_sleep(now + 9_000)
    assert len(bench.accounts.due(now + 9_000)) == 1
    assert len(bench.accounts.due(now + 9_000 + SPREAD)) == 6


@pytest.mark.slow
def test_the_same_account_is_asked_by_one_at_a_time(bench: Workbench) -> None:
    server = Sluggish()
    server.pause = 0.2
    try:
        connect(bench, server, "Slow")
        server.say("anna", "Hello")
        first = bench.sync.fetch()
        again = bench.sync.fetch()
        for job in (*first, *again):
            assert job.wait(60)
        assert bench.store.read.execute("SELECT count(*) FROM message").fetchone()[0] == 1
        names = [call.path.rpartition("/")[2] for call in server.calls]
        assert names.count("getMe") == 1
    finally:
        server.stop()
