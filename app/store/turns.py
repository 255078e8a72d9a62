"""Waiting for one's turn to write: behind another thread as long as it takes, behind another program for a while only.

SQLite could wait by itself, but it would hold this process's own lock meanwhile, so that the window stood still for as
long as a worker waits.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.store.failures import is_busy
from app.store.sqlite import DatabaseError

_PATIENCE_SECONDS = 5.0
_HURRIED_SECONDS = 1.0  # for the window's thread; longer than any transaction of ours takes
_IN_VAIN_SECONDS = 0.05  # for the window's thread, once it has waited in vain
_PAUSE_SECONDS = 0.02


class Turn:
    """Who waits how long for another program that writes."""

    def __init__(self) -> None:
        """Nobody is in a hurry."""
        self._hurried: int | None = None
        self._in_vain = False

    def hurry_here(self) -> None:
        """Let the calling thread wait shortly: it is the window's."""
        self._hurried = threading.get_ident()

    @contextmanager
    def of(self, lock: threading.RLock, begin: Callable[[], object]) -> Iterator[None]:
        """Hold the lock, with the transaction that `begin` began. Raises DatabaseError if another program writes on."""
        until = time.monotonic() + self._patience()
        while not self._begins(lock, begin, until):
            time.sleep(_PAUSE_SECONDS)
        try:
            yield
        finally:
            lock.release()

    def _patience(self) -> float:
        if threading.get_ident() != self._hurried:
            return _PATIENCE_SECONDS
        return _IN_VAIN_SECONDS if self._in_vain else _HURRIED_SECONDS

    def _begins(self, lock: threading.RLock, begin: Callable[[], object], until: float) -> bool:
        """Take the lock and begin; without the lock False if another program writes, until it is too late to wait."""
        lock.acquire()
        try:
            begin()
        except BaseException as why:
            lock.release()
            if not (isinstance(why, DatabaseError) and is_busy(why)):
                raise
            if time.monotonic() >= until:
                self._in_vain = True
                raise
            return False
        self._in_vain = False
        return True
