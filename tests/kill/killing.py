"""Where a child is killed: at what it, or the server that it speaks to, says is about to happen; never by the clock.

A child says each step on its standard output. Before some of them it waits for a line on its standard input, so that it
is known to stand just there when it is killed. A server says what it is about to do by `heed`, on its own thread.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

KILLS = int(os.environ.get("RAPPORT_KILLS", "25"))
ROOT = Path(__file__).parents[2]

SENDING, ARRIVED, TAKEN, ANSWERED, SENT, LINE = "sending", "arrived", "taken", "answered", "sent", "line"
POINTS = (SENDING, ARRIVED, TAKEN, ANSWERED, SENT, LINE)
"""It is marked as being sent, and no byte has left; the server has the request; the server has taken it, and not
answered; the answer is there, and nothing of it written down; that is written down; or, after any line that was said,
wherever the child is by then."""
IN_THE_MIDST = (SENDING, ARRIVED, TAKEN, ANSWERED)
"""The points at which a row stands in the file as being sent."""
COMMITTED, DONE = "committed", "done"
"""For what is taken in: a page is committed, or all of it is."""
_WAITS = ("SENDING", "ANSWERED", "COMMITTED")
_LONGEST = 120.0  # seconds until a child that does not come to its point is given up


class Killing:
    """Runs one child after the other, and kills each at its point."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[str] | None = None
        self._point, self._passes = "", 0
        self._reached, self._later = False, 0.0

    def run(self, words: Sequence[str], point: str, passes: int, later: float = 0.0) -> list[list[str]]:
        """Start `python -m words...` and kill it when it comes to the point once more than `passes` times.

        `later`: so many seconds after it has gone on from there, so that it may die anywhere. All that it said, a list
        of words for each line. AssertionError where it did not come to the point, unless it said that it was done.
        """
        command = [sys.executable, "-m", *words]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
            with self._lock:
                self._child, self._point, self._passes, self._reached = child, point, passes, False
                self._later = later
            late = threading.Timer(_LONGEST, child.kill)
            late.daemon = True
            late.start()
            said = self._listen(child)
            late.cancel()
        over = ["DONE"] in said
        assert self._reached or over, f"the child did not come to “{point}”: {said}"
        assert child.returncode == -9 or (over and child.returncode == 0), said
        return said

    def _listen(self, child: subprocess.Popen[str]) -> list[list[str]]:
        assert child.stdout is not None
        assert child.stdin is not None
        said = []
        for line in child.stdout:
            said.append(line.split())
            word = said[-1][0]
            if self.heed(word.lower()) or self.heed(LINE):
                continue
            if word in _WAITS:
                self._go_on(child.stdin)
        return said

    @staticmethod
    def _go_on(told: IO[str]) -> None:
        with suppress(BrokenPipeError):  # the server's thread was quicker
            os.write(told.fileno(), b"\n")  # past the buffer: nothing is left in it for a child that is dead

    def heed(self, point: str) -> bool:
        """The child, or its server, is at that point; whether the child is dead now."""
        with self._lock:
            if point != self._point or self._child is None:
                return False
            self._passes -= 1
            if self._passes >= 0:
                return False
            self._reached, self._point = True, ""
            child = self._child
        if self._later and child.stdin is not None:
            self._go_on(child.stdin)
            time.sleep(self._later)
        child.kill()
        until = time.monotonic() + _LONGEST
        while child.poll() is None and time.monotonic() < until:
            time.sleep(0.001)
        return True


def turns(kills: int) -> list[tuple[str, int]]:
    """So many points and how often each is passed before, all points in turn."""
    return [(POINTS[number % len(POINTS)], random.randint(0, 3)) for number in range(kills)]
