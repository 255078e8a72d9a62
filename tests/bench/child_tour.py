"""Walks over every page by keys while accounts sync: `python tests/bench/child_tour.py FOLDER WHAT`.

WHAT is JSON: how many seconds to go on, and servers that play Telegram's Bot API. One line of JSON comes out: how long
the window's thread was ever held up, in milliseconds, and during which deed.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import main
from tests.bench.child_inbox import SETTLED_MS, told, watched

_PROBE_MS, _DEED_MS, _FETCH_S = 4, 60, 4.0
_SIZE = "a change of text size"
_SIZE_DEEDS = 5  # for so long nothing else is done: the letters are set once for several presses


class Probe:
    """A timer on the window's thread: a gap between two ticks is what a key press would have waited."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer  # noqa: PLC0415

        self.deed = ""
        self.gaps: list[tuple[float, str]] = []
        self.busy = 0.0
        """The longest that the window's own thread worked in a gap, in ms, without what others took of the machine."""
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._timer.start(_PROBE_MS)

    def _tick(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.gaps.append((max(0.0, (now - self._last) * 1000 - _PROBE_MS), self.deed))
        if self.deed and self.deed != _SIZE:
            self.busy = max(self.busy, (worked - self._worked) * 1000)
        self._last, self._worked = now, worked


class Walk:
    """Somebody's deeds, one every 60 ms, until the time is over."""

    def __init__(self, window: Any) -> None:
        self.window, self.done = window, 0

    def deeds(self) -> Iterator[tuple[str, Any]]:
        """What is done next, and what it is called."""
        from ui.frame.registry import in_rail  # noqa: PLC0415

        for round_number, entry in enumerate(cycle(in_rail())):
            yield f"open {entry.id}", lambda entry=entry: self.window.go(entry.id)
            for key in "JJJKJ":
                yield f"{key} on {entry.id}", lambda key=key: self.press(key)
            if entry.id == "inbox":
                yield from self._inbox()
            yield "find or do", lambda: self.window.run("palette")
            yield "close it", lambda: self.press("Escape")
            if round_number % len(in_rail()) == 0:
                for command in ("larger", "smaller"):
                    yield _SIZE, lambda command=command: self.window.run(command)
                    yield from [(_SIZE, lambda: None)] * _SIZE_DEEDS

    def _inbox(self) -> Iterator[tuple[str, Any]]:
        yield "search", lambda: self.window.run("search")
        for letter in "lemon":
            yield "a letter of a search", lambda letter=letter: self.press(letter.upper(), letter)
        yield "end of a search", lambda: self.press("Escape")
        yield "end of a search", lambda: self.press("Escape")
        for command in ("next_waiting", "reply"):
            yield command, lambda command=command: self.window.run(command)
        for letter in "Takk fyrir":
            yield "a letter of a reply", lambda letter=letter: self.press(letter.upper(), letter)
        yield "out of a reply", lambda: self.press("Escape")

    def press(self, name: str, text: str = "") -> None:
        """A press of a key, as the platform tells of it."""
        from PySide6.QtCore import Qt  # noqa: PLC0415

        from tests.ui.presses import press, send  # noqa: PLC0415

        key = Qt.Key.Key_Space if name == " " else getattr(Qt.Key, f"Key_{name}")
        send(self.window, press(int(key), text or (name.lower() if len(name) == 1 else "")))


def toured(application: Any) -> None:
    """Wait for the window to settle, connect the accounts, and walk."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415

    asked = json.loads(sys.argv[2])
    window, bench = application.window, application.window.bench
    walk, probe = Walk(window), Probe()
    before = bench.store.read.execute("SELECT count(*) FROM message").fetchone()[0]
    deeds, over = walk.deeds(), threading.Event()

    def sync() -> None:
        for number, one in enumerate(asked["servers"]):
            bench.accounts.add("telegram", f"Group {number}", {"server": one["url"]}, {"token": one["token"]})
        while not over.wait(_FETCH_S):
            bench.sync.fetch()

    def step() -> None:
        if time.perf_counter() > end:
            over.set()
            tell()
        probe.deed, deed = next(deeds)
        deed()
        walk.done += 1

    def tell() -> None:
        gaps = [(gap, deed) for gap, deed in probe.gaps if deed and deed != _SIZE]
        worst: dict[str, float] = {}
        for gap, deed in gaps:
            worst[deed] = max(worst.get(deed, 0), gap)
        told(
            gaps=gaps, busy=probe.busy, deeds=walk.done, sizes=[gap for gap, deed in probe.gaps if deed == _SIZE],
            worst=[(gap, deed) for deed, gap in worst.items()],
            messages=bench.store.read.execute("SELECT count(*) FROM message").fetchone()[0] - before,
        )  # fmt: skip

    end = 0.0

    def begin() -> None:
        nonlocal end
        threading.Thread(target=sync, daemon=True).start()
        end = time.perf_counter() + asked["seconds"]
        timer.timeout.connect(step)
        timer.start(_DEED_MS)

    timer = QTimer(window)
    QTimer.singleShot(SETTLED_MS, begin)


if __name__ == "__main__":
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    main.no_screen = watched(toured)  # type: ignore[assignment]
    sys.exit(main.main(["--profile", sys.argv[1]]))
