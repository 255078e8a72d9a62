"""Twelve accounts come in at once beneath the open window: `python tests/bench/child_sync.py FOLDER SERVERS`.

SERVERS is JSON: an address and a token each, of a server that plays Telegram's Bot API. One line of JSON comes out: how
long the window's thread was ever held up, in milliseconds, while nothing happened and while all came in.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import main
from tests.bench.child_inbox import SETTLED_MS, told, watched

_PROBE_MS = 4
_IDLE_S = 3.0
_LONGEST_S = 120.0


class Probe:
    """A timer on the window's thread; a gap between two of its ticks is what a key press would have waited."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer  # noqa: PLC0415

        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._last = time.perf_counter()
        self.gaps: list[float] = []
        self._timer.start(_PROBE_MS)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append(max(0.0, (now - self._last) * 1000 - _PROBE_MS))
        self._last = now

    def taken(self) -> list[float]:
        """The gaps since the last call, sorted."""
        found, self.gaps = sorted(self.gaps), []
        return found


def synced(application: Any) -> None:
    """Wait for the window to settle, watch it idle, then connect and fetch."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415

    servers = json.loads(sys.argv[2])
    bench = application.window.bench
    probe = Probe()

    def connect() -> None:
        for number, one in enumerate(servers["servers"]):
            bench.accounts.add("telegram", f"Group {number}", {"server": one["url"]}, {"token": one["token"]})
        bench.sync.fetch()

    def idle() -> None:
        probe.taken()
        QTimer.singleShot(int(_IDLE_S * 1000), begin)

    def begin() -> None:
        quiet = probe.taken()
        # as the form does, off the window's thread; each account is looked at as soon as it is there
        threading.Thread(target=connect, daemon=True).start()
        start = time.perf_counter()

        def look() -> None:
            count = bench.store.read.execute("SELECT count(*) FROM message").fetchone()[0] - before
            passed = time.perf_counter() - start
            if count >= servers["messages"] or passed > _LONGEST_S:
                told(quiet=quiet[-200:], busy=probe.taken(), messages=count, seconds=passed)

        timer.timeout.connect(look)
        timer.start(100)

    timer = QTimer(application.window)
    before = bench.store.read.execute("SELECT count(*) FROM message").fetchone()[0]
    QTimer.singleShot(SETTLED_MS, idle)


if __name__ == "__main__":
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    main.no_screen = watched(synced)  # type: ignore[assignment]
    sys.exit(main.main(["--profile", sys.argv[1]]))
