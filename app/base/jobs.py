"""Background work: a few daemon threads, a priority queue, at most one running job per account. No Qt.

Daemon threads, because threads of a pool or of Qt delay the process's exit or abort it. Cancellation is cooperative: a
job should check `Job.stopping` between pages.
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
"""Priorities; lower runs first."""
WORKERS = 16
"""Maximum number of threads, started on demand. Most wait for a server, and a slow one must not delay the others."""
_STOP_SECONDS = 1.5
_MAX_PAUSE_SECONDS = 60.0
_log = logging.getLogger(__name__)

Work = Callable[["Job"], Any]


@dataclass(eq=False, slots=True)
class Job:
    """One piece of work, its callbacks, and its result or error."""

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
        """Block until it has finished; returns False on timeout (`seconds`)."""
        return self._over.wait(seconds)

    def run(self) -> None:
        """Run it, and call `done` or `failed` on this thread. Errors other than UserError are logged as well."""
        try:
            self.result = self.work(self)
        except UserError as error:
            self.error = error
        except Exception as error:  # noqa: BLE001  logged below and passed to `failed`
            self.error = error
            if not self.stopping:  # at shutdown the file may be closed while the job runs
                _log.error("A job failed: %s", self.key, exc_info=error)
        self._notify()
        self._over.set()

    def _notify(self) -> None:
        try:
            if self.error is not None and self.failed is not None:
                self.failed(self.error)
            elif self.error is None and self.done is not None:
                self.done(self.result)
        except Exception:  # noqa: BLE001  a failing callback must not kill the worker
            _log.exception("A job's answer was not taken: %s", self.key)


class Jobs:
    """A priority queue with worker threads, which are started on demand."""

    def __init__(self, workers: int = WORKERS) -> None:
        """`workers` is the maximum number of jobs that run at once."""
        self._workers = workers
        self._changed = threading.Condition()
        self._waiting: list[Job] = []
        self._running: list[Job] = []
        self._threads: list[threading.Thread] = []
        self._schedules: list[threading.Thread] = []
        self._count = itertools.count()
        self._stopped = False
        self._woken: list[threading.Event] = []  # one for each schedule: none takes the other's call

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
        """Queue `work(job)`. If a job with the same non-empty `key` is waiting, return that one and add nothing.

        `done(result)` or `failed(error)` is called on the worker thread. Two jobs of one account never run at once.
        After `stop`, the job is returned without being queued.
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
            self._add_worker()
            self._changed.notify()
            return job

    def _add_worker(self) -> None:
        """Start one worker if jobs are queued and all are busy; each worker starts the next when it picks up a job.

        That way a caller that submits a dozen jobs starts at most one thread; `Thread.start` blocks until it runs.
        """
        free = len(self._threads) - len(self._running)
        if free < min(1, len(self._waiting)) and len(self._threads) < self._workers:
            thread = threading.Thread(target=self._serve, name=f"worker {len(self._threads) + 1}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self) -> None:
        while True:
            with self._changed:
                job = self._next_job()
                while job is None:
                    if self._stopped:
                        return
                    self._changed.wait()
                    job = self._next_job()
                self._running.append(job)
                if not self._stopped:
                    self._add_worker()
            job.run()
            with self._changed:
                self._running.remove(job)
                self._changed.notify_all()

    def _next_job(self) -> Job | None:
        """Remove and return the most urgent waiting job whose account is free, oldest first; None if there is none."""
        busy = {job.account for job in self._running} - {None}
        free = [job for job in self._waiting if job.account not in busy]
        if self._stopped or not free:
            return None
        job = min(free, key=lambda waiting: (waiting.urgency, waiting.number))
        self._waiting.remove(job)
        return job

    def repeat(self, look: Callable[[], float]) -> None:
        """Call `look` repeatedly on its own thread. It returns the seconds until the next call; `wake` calls it now."""
        woken = threading.Event()
        self._woken.append(woken)

        def keep_looking() -> None:
            while not self._is_stopped():
                woken.clear()
                try:
                    pause = look()
                except Exception:  # noqa: BLE001  the schedule must survive
                    if self._is_stopped():
                        return
                    _log.exception("The schedule failed")
                    pause = _MAX_PAUSE_SECONDS
                woken.wait(min(max(pause, 0.05), _MAX_PAUSE_SECONDS))

        thread = threading.Thread(target=keep_looking, name="schedule", daemon=True)
        self._schedules.append(thread)
        thread.start()

    def wake(self) -> None:
        """Make the schedules look again now."""
        for woken in self._woken:
            woken.set()

    def has(self, key: str) -> bool:
        """Whether a job with this key is waiting or running."""
        with self._changed:
            return any(job.key == key for job in (*self._waiting, *self._running))

    def _is_stopped(self) -> bool:
        return self._stopped

    def idle(self) -> bool:
        """Whether no job is waiting or running."""
        with self._changed:
            return not self._waiting and not self._running

    def stop(self, seconds: float = _STOP_SECONDS) -> bool:
        """Drop waiting jobs, stop running ones, and wait at most `seconds` for them; returns whether all ended."""
        with self._changed:
            self._stopped = True
            for job in (*self._waiting, *self._running):
                job.stop()
            self._waiting.clear()
            self._changed.notify_all()
        self.wake()
        until = time.monotonic() + seconds
        everyone = [*self._threads, *self._schedules]
        for thread in everyone:
            if thread is not threading.current_thread():
                thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in everyone)
