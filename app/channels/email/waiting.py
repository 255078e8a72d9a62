"""Waits on a connection until the server says that something is new (IDLE, RFC 2177)."""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Callable
from contextlib import suppress

from app.channels.email.imap import Mailbox

RENEW_SECONDS = 27 * 60
"""IDLE has to be renewed before 29 minutes (RFC 2177); some servers close sooner, and then we connect again."""
_LOOK_SECONDS = 30.0  # how often the clock is looked at while nothing is heard
_SLEPT_SECONDS = 30.0  # wall-clock time beyond what we waited, from which the computer must have slept


class Waiting:
    """One waiting, which another thread can end."""

    def __init__(self) -> None:
        """Nothing is opened before `watch`."""
        self._ended = False
        self._ends: tuple[socket.socket, socket.socket] | None = None

    def watch(self, box: Mailbox, folder: str, heard: Callable[[], object]) -> bool:
        """Call `heard` whenever something changes in the folder, until `stop`; False if the server cannot say so.

        Raises TryLater if the connection breaks.
        """
        if not box.can_wait():
            return False
        self._ends = socket.socketpair()
        try:
            box.open(folder)
            while not self._ended:
                began = time.monotonic()
                if box.wait_for_news(lambda connection: self._wait(connection, began)) and not self._ended:  # noqa: B023
                    heard()
        finally:
            ends, self._ends = self._ends, None
            for end in ends:
                end.close()
        return True

    def _wait(self, connection: socket.socket, began: float) -> bool:
        """Wait until the connection can be read; False if the waiting is to be ended or renewed."""
        ends = self._ends
        while ends is not None and not self._ended and time.monotonic() - began < RENEW_SECONDS:
            before, ticked = time.time(), time.monotonic()
            ready, _, _ = select.select([connection, ends[0]], [], [], _LOOK_SECONDS)
            if connection in ready:
                return not self._ended
            # After sleep the server may have forgotten us without our being told: speaking to it shows that.
            if time.time() - before - (time.monotonic() - ticked) > _SLEPT_SECONDS:
                return False
        return False

    def stop(self) -> None:
        """End `watch` at once, from any thread; never raises."""
        self._ended = True
        with suppress(OSError, TypeError):
            if self._ends is not None:
                self._ends[1].send(b"x")
