"""Rounds without a window: what is due, at the accounts' pace, and never while somebody else is at it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.base import clock, locks
from app.base.locks import FileLock
from app.base.paths import Profile
from app.sync import Pulled, Round
from app.workbench import Workbench
from tests.servers.played import Call, Reply
from tests.servers.telegram import BotApi
from tests.waiting import wait_until


class Opening(BotApi):
    """A window opens while this is asked for what is new."""

    opening: FileLock | None = None

    def answer(self, call: Call) -> Reply | None:
        if self.opening is not None and call.path.endswith("getUpdates"):
            self.opening.take()
        return super().answer(call)


@pytest.fixture
def server() -> Iterator[Opening]:
    made = Opening()
    yield made
    made.stop()


def connect(bench: Workbench, server: BotApi, name: str = "Group") -> int:
    return bench.accounts.add("telegram", name, {"server": server.url}, {"token": server.token})[0].id


def test_only_what_is_due_is_read(bench: Workbench, server: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    connect(bench, server)
    server.say("anna", "Hello")
    assert bench.sync.round() == Round((Pulled("Group", new=1),))
    server.say("anna", "Again")
    assert bench.sync.round() == Round()
    later = clock.now() + 400  # five minutes and their spread
    monkeypatch.setattr(clock, "now", lambda: later)
    assert bench.sync.round() == Round((Pulled("Group", new=1),))


def test_an_account_that_asked_for_patience_gets_it(bench: Workbench, server: Opening) -> None:
    number = connect(bench, server)
    bench.sync.round()
    bench.accounts.note_failure(number, "Too many requests.", clock.now() + 3000, needs_login=False)
    server.say("anna", "Hello")
    assert bench.sync.round() == Round()


def test_only_the_named_accounts_are_read(bench: Workbench, server: Opening) -> None:
    connect(bench, server, "One")
    connect(bench, server, "Two")
    assert [line.account for line in bench.sync.round(["two"]).lines] == ["Two"]
    assert [line.account for line in bench.sync.round().lines] == ["One"]


def test_an_ended_login_is_told_every_time(bench: Workbench, server: Opening) -> None:
    number = connect(bench, server)
    bench.accounts.note_failure(number, "It refused the token.", clock.now() + 3600, needs_login=True)
    for _ in range(2):
        (line,) = bench.sync.round().lines
        assert line.error == "“Group” needs its password. It refused the token."


def test_nothing_is_done_beside_a_window_or_another_round(bench: Workbench, server: Opening) -> None:
    connect(bench, server)
    folder = bench.store.path.parent
    for name in (locks.WINDOW, locks.ROUND):
        lock = FileLock(folder / name)
        assert lock.take()
        assert bench.sync.round() == Round(left_to=name)
        lock.free()
    assert [line.account for line in bench.sync.round().lines] == ["Group"]


def test_a_window_that_opens_in_the_middle_gets_the_rest(bench: Workbench, server: Opening) -> None:
    connect(bench, server, "One")
    connect(bench, server, "Two")
    server.say("anna", "Hello")
    server.opening = FileLock(bench.store.path.parent / locks.WINDOW)
    assert bench.sync.round() == Round((Pulled("One", new=1),))
    assert bench.sync.round().left_to == locks.WINDOW
    server.opening.free()


def test_sending_is_free_for_a_window_between_two_rounds(bench: Workbench, server: Opening) -> None:
    connect(bench, server)
    other = Workbench(Profile(bench.store.path.parent))
    try:
        assert bench.outbox.take_charge()
        assert not other.outbox.take_charge()
        bench.sync.round()
        assert other.outbox.take_charge()
    finally:
        other.close()


@pytest.mark.slow
def test_a_window_waits_until_the_round_is_over(bench: Workbench, server: Opening) -> None:
    connect(bench, server)
    server.say("anna", "Hello")
    lock = FileLock(bench.store.path.parent / locks.ROUND)
    assert lock.take()
    (job,) = bench.sync.fetch()
    assert not job.wait(0.5)
    lock.free()
    wait_until(lambda: job.wait(0))
    assert job.result.new == 1
