"""Background work: a few daemon threads, a queue by urgency, one job at a time for each account. No Qt.

Daemon threads, because a pool's or Qt's threads hold up the end of the process or abort it. A job is told to stop by
`Job.stopping`, and is expected to look at it between pages.
"""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.base.errors import UserError

SEND, ASKED, PULL, IDLE = 0, 1, 5, 9
"""Urgencies, the lowest first."""
WORKERS = 16
"""Threads at most, hired as jobs come: most of them wait for a server, and a slow one must not keep others waiting."""
_STOP_SECONDS = 1.5
_LONGEST_PAUSE = 60.0
_log = logging.getLogger(__name__)

Work = Callable[["Job"], Any]


@dataclass(eq=False, slots=True)
class Job:
    """One piece of work and what became of it."""

    work: Work
    urgency: int
    account: int | None
    key: str
    done: Callable[[Any], object] | None
    failed: Callable[[Exception], object] | None
    number: int
    result: Any = None
    error: Exception | None = None
    _stop: threading.Event = field(default_factory=threading.Event)
    _over: threading.Event = field(default_factory=threading.Event)

    @property
    def stopping(self) -> bool:
        """Whether it has been asked to stop."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask it to stop; what it has committed stays."""
        self._stop.set()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it is over; False when that took longer than `seconds`."""
        return self._over.wait(seconds)

    def run(self) -> None:
        """Do it, and call `done` or `failed` on this thread. What is not a UserError goes to the log as well."""
        try:
            self.result = self.work(self)
        except UserError as error:
            self.error = error
        except Exception as error:  # noqa: BLE001  whatever it is: logged below, and told to whoever asked
            self.error = error
            if not self.stopping:  # at the end of the program the file may be closed under it
                _log.error("A job failed: %s", self.key, exc_info=error)
        self._tell()
        self._over.set()

    def _tell(self) -> None:
        try:
            if self.error is not None and self.failed is not None:
                self.failed(self.error)
            elif self.error is None and self.done is not None:
                self.done(self.result)
        except Exception:  # noqa: BLE001  the worker lives on
            _log.exception("A job's answer was not taken: %s", self.key)


class Jobs:
    """The queue and its workers; they are started by the first job."""

    def __init__(self, workers: int = WORKERS) -> None:
        """`workers`: how many jobs may run at once."""
        self._workers = workers
        self._changed = threading.Condition()
        self._waiting: list[Job] = []
        self._running: list[Job] = []
        self._threads: list[threading.Thread] = []
        self._schedules: list[threading.Thread] = []
        self._count = itertools.count()
        self._stopped = False
        self._woken = threading.Event()

    def submit(
        self,
        work: Work,
        *,
        urgency: int = ASKED,
        account: int | None = None,
        key: str = "",
        done: Callable[[Any], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> Job:
        """Queue `work(job)`. While a job with the same `key` waits, that one is returned and nothing is added.

        `done(result)` or `failed(error)` is called on the worker's thread. Two jobs of one account never run at once.
        """
        with self._changed:
            waiting = next((job for job in self._waiting if key and job.key == key), None)
            if waiting is not None:
                waiting.urgency = min(waiting.urgency, urgency)
                self._changed.notify()
                return waiting
            job = Job(work, urgency, account, key, done, failed, next(self._count))
            if self._stopped:
                job.stop()
                return job
            self._waiting.append(job)
            self._hire()
            self._changed.notify()
            return job

    def _hire(self) -> None:
        """Start one worker if jobs are queued and all are busy; each worker starts the next when it picks up a job.

        So whoever submits a dozen jobs starts one thread at most: starting one waits until it runs.
        """
        free = len(self._threads) - len(self._running)
        if free < min(1, len(self._waiting)) and len(self._threads) < self._workers:
            thread = threading.Thread(target=self._serve, name=f"worker {len(self._threads) + 1}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self) -> None:
        while True:
            with self._changed:
                job = self._take()
                while job is None:
                    if self._stopped:
                        return
                    self._changed.wait()
                    job = self._take()
                self._running.append(job)
                if not self._stopped:
                    self._hire()
            job.run()
            with self._changed:
                self._running.remove(job)
                self._changed.notify_all()

    def _take(self) -> Job | None:
        """The most urgent waiting job whose account is free, oldest first."""
        busy = {job.account for job in self._running} - {None}
        free = [job for job in self._waiting if job.account not in busy]
        if self._stopped or not free:
            return None
        job = min(free, key=lambda one: (one.urgency, one.number))
        self._waiting.remove(job)
        return job

    def repeat(self, look: Callable[[], float]) -> None:
        """Call `look` again and again on a thread of its own: it says in how many seconds next, `wake` says at once."""

        def keep_looking() -> None:
            while not self._ended():
                self._woken.clear()
                try:
                    pause = look()
                except Exception:  # noqa: BLE001  the schedule lives on
                    if self._ended():
                        return
                    _log.exception("The schedule failed")
                    pause = _LONGEST_PAUSE
                self._woken.wait(min(max(pause, 0.05), _LONGEST_PAUSE))

        thread = threading.Thread(target=keep_looking, name="schedule", daemon=True)
        self._schedules.append(thread)
        thread.start()

    def wake(self) -> None:
        """Something may be due now."""
        self._woken.set()

    def has(self, key: str) -> bool:
        """Whether a job with this key waits or runs."""
        with self._changed:
            return any(job.key == key for job in (*self._waiting, *self._running))

    def _ended(self) -> bool:
        return self._stopped

    def idle(self) -> bool:
        """Whether nothing waits and nothing runs."""
        with self._changed:
            return not self._waiting and not self._running

    def stop(self, seconds: float = _STOP_SECONDS) -> bool:
        """Drop what waits, ask what runs to stop, and wait at most `seconds` for it; whether all has ended."""
        with self._changed:
            self._stopped = True
            for job in (*self._waiting, *self._running):
                job.stop()
            self._waiting.clear()
            self._changed.notify_all()
        self._woken.set()
        until = time.monotonic() + seconds
        everyone = [*self._threads, *self._schedules]
        for thread in everyone:
            if thread is not threading.current_thread():
                thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in everyone)
