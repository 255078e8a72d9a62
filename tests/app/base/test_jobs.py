"""Background work: order, one at a time for each account, stopping."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from functools import partial

import pytest

from app.base.errors import UserError
from app.base.jobs import ASKED, PULL, SEND, Job, Jobs


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs(3)
    yield made
    made.stop()


def blocked(jobs: Jobs) -> threading.Event:
    """All workers wait until the event is set."""
    go = threading.Event()
    for _ in range(3):
        jobs.submit(lambda _: go.wait(60), urgency=-1)
    while jobs._waiting:
        time.sleep(0.001)
    return go


def test_a_job_tells_its_result(jobs: Jobs) -> None:
    told: list[object] = []
    job = jobs.submit(lambda _: 42, done=told.append, failed=told.append)
    assert job.wait(60)
    assert (job.result, job.error, told) == (42, None, [42])


def _note(ran: list[str], name: str, _: Job) -> None:
    ran.append(name)


def test_urgent_ones_go_first_and_equals_in_order(jobs: Jobs) -> None:
    go = blocked(jobs)
    ran: list[str] = []
    last = [
        jobs.submit(partial(_note, ran, name), urgency=urgency, account=1)
        for name, urgency in (("pull", PULL), ("asked", ASKED), ("send", SEND), ("send 2", SEND))
    ]
    go.set()
    assert all(job.wait(60) for job in last)
    assert ran == ["send", "send 2", "asked", "pull"]


def test_one_at_a_time_for_each_account(jobs: Jobs) -> None:
    running: dict[int, int] = {}
    most: dict[int, int] = {}
    both = []

    def work(job: Job) -> None:
        account = job.account or 0
        running[account] = running.get(account, 0) + 1
        most[account] = max(most.get(account, 0), running[account])
        both.append(sum(running.values()))
        time.sleep(0.003)
        running[account] -= 1

    all_of_them = [jobs.submit(work, account=number % 3 + 1) for number in range(30)]
    assert all(job.wait(60) for job in all_of_them)
    assert most == {1: 1, 2: 1, 3: 1}
    assert max(both) > 1


def test_the_same_key_waits_once_and_takes_the_higher_urgency(jobs: Jobs) -> None:
    go = blocked(jobs)
    first = jobs.submit(lambda _: 1, key="pull 1", urgency=PULL)
    again = jobs.submit(lambda _: 2, key="pull 1", urgency=SEND)
    assert first is again
    assert first.urgency == SEND
    assert jobs.has("pull 1")
    go.set()
    assert first.wait(60)
    assert jobs.submit(lambda _: 3, key="pull 1").wait(60)


def test_a_plain_failure_is_told_and_the_worker_lives_on(jobs: Jobs) -> None:
    told: list[Exception] = []

    def work(_: Job) -> None:
        msg = "Nobody answers."
        raise UserError(msg)

    assert jobs.submit(work, failed=told.append).wait(60)
    assert str(told[0]) == "Nobody answers."
    assert jobs.submit(lambda _: 1).wait(60)


@pytest.mark.expects_errors
def test_a_fault_is_logged_and_the_worker_lives_on(jobs: Jobs, no_error_unseen: list[str]) -> None:
    told: list[Exception] = []
    for _ in range(5):
        assert jobs.submit(lambda _: 1 // 0, failed=told.append).wait(60)
        assert jobs.submit(lambda _: 1, done=lambda _: 1 // 0).wait(60)
    assert len(told) == 5
    assert len(no_error_unseen) == 10


def test_stopping_drops_what_waits_and_tells_what_runs(jobs: Jobs) -> None:
    begun = threading.Event()

    def work(job: Job) -> str:
        begun.set()
        while not job.stopping:
            time.sleep(0.002)
        return "stopped"

    running = jobs.submit(work, account=1)
    waiting = jobs.submit(lambda _: "never", account=1)
    assert begun.wait(60)
    assert jobs.stop()
    assert running.result == "stopped"
    assert waiting.result is None
    assert jobs.idle()
    assert jobs.submit(lambda _: 1).stopping


def test_stopping_does_not_wait_for_ever() -> None:
    jobs, go, begun_at = Jobs(), threading.Event(), threading.Event()

    def work(_: Job) -> None:
        begun_at.set()
        go.wait(60)

    job = jobs.submit(work)
    assert begun_at.wait(60)
    begun = time.monotonic()
    assert not jobs.stop(0.2)
    assert time.monotonic() - begun < 30
    go.set()
    assert job.wait(60)


def test_a_schedule_looks_again_when_woken(jobs: Jobs) -> None:
    looked = threading.Semaphore(0)

    def look() -> float:
        looked.release()
        return 60

    jobs.repeat(look)
    assert looked.acquire(timeout=60)
    jobs.wake()
    assert looked.acquire(timeout=60)
    assert jobs.submit(lambda _: 1).wait(60)
