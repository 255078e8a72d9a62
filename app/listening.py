"""Waits, beside the schedule, for servers that say by themselves when something is new.

One connection and one thread for each account whose channel can (docs/decisions/0015 says why not a job). It only wakes
the schedule: whatever is missed while a connection is broken comes in with the next regular pull.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from typing import cast

from app.accounts import Accounts
from app.base.errors import UserError
from app.channels.base import TryLater, Watching

SOONEST, LATEST = 30.0, 3600.0
"""Limits in seconds of the pause after a connection broke; it doubles with each failure."""
_STEADY_SECONDS = 600  # a connection that held so long was no failure
_GATHER_SECONDS = 1.0  # several things that happen at once are fetched together
_CLOSE_SECONDS = 1.0
_log = logging.getLogger(__name__)


class Listening:
    """The accounts that are listened to now."""

    def __init__(self, accounts: Accounts, heard: Callable[[int], object]) -> None:
        """`heard` is called with an account's id, on a thread of its own, when something is new there."""
        self._accounts, self._heard = accounts, heard
        self._lock = threading.Lock()
        self._ears: dict[int, _Ear] = {}
        self._closed = False

    def listen_to(self, numbers: Iterable[int]) -> None:
        """Listen to exactly these accounts from now on; returns at once."""
        wanted = set(numbers)
        with self._lock:
            if self._closed:
                return
            for number in self._ears.keys() - wanted:
                self._ears.pop(number).stop()
            for number in wanted - self._ears.keys():
                self._ears[number] = _Ear(self._accounts, number, self._heard)

    def close(self) -> None:
        """Stop listening; waits a second at most, as a thread may be in the midst of connecting."""
        with self._lock:
            self._closed = True
            ears = list(self._ears.values())
            self._ears.clear()
        for ear in ears:
            ear.stop()
        until = time.monotonic() + _CLOSE_SECONDS
        for ear in ears:
            ear.thread.join(max(0.0, until - time.monotonic()))


class _Ear:
    """Listens to one account, and connects again whenever the connection breaks."""

    def __init__(self, accounts: Accounts, number: int, heard: Callable[[int], object]) -> None:
        self._accounts, self._number, self._heard = accounts, number, heard
        self._stopped = threading.Event()
        self._session: Watching | None = None
        self.thread = threading.Thread(target=self._run, name=f"listening {number}", daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """End the thread, as far as it does not wait for a connection to be made."""
        self._stopped.set()
        session = self._session
        if session is not None:
            session.stop_watching()

    def _run(self) -> None:
        pause = SOONEST
        while not self._stopped.is_set():
            began = time.monotonic()
            try:
                if not self._watch(again=pause > SOONEST):
                    return
            except UserError as why:
                pause = pause if isinstance(why, TryLater) else LATEST  # the next pull tells the person
            except Exception:  # noqa: BLE001  logged; whatever it is, the regular pulls go on
                if self._stopped.is_set():
                    return
                _log.exception("Listening to an account failed")
                pause = LATEST
            if time.monotonic() - began >= _STEADY_SECONDS:
                pause = SOONEST
            self._stopped.wait(pause)
            pause = min(LATEST, pause * 2)

    def _watch(self, *, again: bool) -> bool:
        """Listen until the connection breaks; False if the server cannot say what is new, or it is over."""
        self._session = session = cast("Watching", self._accounts.session(self._number))
        try:
            if again:  # something may have arrived while nobody listened
                self._heard(self._number)
            return not self._stopped.is_set() and session.watch(self._notify) and not self._stopped.is_set()
        finally:
            self._session = None
            session.close()

    def _notify(self) -> None:
        if not self._stopped.wait(_GATHER_SECONDS):
            self._heard(self._number)
