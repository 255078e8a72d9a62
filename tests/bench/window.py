"""What the window does at size: starting, memory, typing in the search, opening, paging, scrolling.

A start is compared with an empty framed Qt window, run by turns with it on the same screen: Xvfb where there is one,
else Qt's offscreen platform.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from app.base.message import Author, Incoming
from app.mail.parse import parse
from app.workbench import Workbench
from tests.bench import pictures
from tests.bench.community import END, OWN
from tests.bench.measure import Result, percentile

HERE = Path(__file__).parent
_ROUNDS = 9
_TALKS = (("bench-20", 20, 6), ("bench-500", 500, 2))
_LINE = "Where can I buy rhubarb in Leeds? Þetta er besta límonaði sem ég hef smakkað. Πού μπορώ να βρω λεμονάδα;"


def run(bench: Workbench) -> Iterator[Result]:
    """The figures of the window on the bench's community."""
    _talks(bench)
    with screen() as settings:
        yield from _starts(bench.profile.folder, settings)
        yield from _uses(bench.profile.folder, settings)


def _talks(bench: Workbench) -> None:
    """Conversations of 20 and of 500 messages; taken in once, known the next time."""
    place = bench.store.read.execute("SELECT min(id) FROM account").fetchone()[0]
    brand = Author(OWN, OWN, "Brand")
    writer = Author("long@example.net", "long@example.net", "Poppy Thorne")
    for kind, length, count in _TALKS:
        for number in range(count):
            name = f"{kind} {number}"
            said = [
                Incoming(f"{name}-{at}", END - 60 * (length - at), _LINE, brand if at % 3 else writer, out=bool(at % 3),
                         thread=name, title=name, language="en")
                for at in range(length)
            ]  # fmt: skip
            bench.intake.take(place, said)
    bench.intake.take(place, [parse(pictures.letter())])


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """The settings that both sides run with: bytecode kept, and the same screen."""
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    program = shutil.which("Xvfb")
    if program is None or "QT_QPA_PLATFORM" in settings:
        yield {"QT_QPA_PLATFORM": "offscreen", **settings}
        return
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [program, "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    try:
        yield {**settings, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait()


def child(settings: dict[str, str], name: str, *arguments: str) -> dict[str, Any]:
    """One run of a child; what it told, with `wall`: milliseconds from before the process was made."""
    start = time.monotonic()
    words = [sys.executable, str(HERE / name), *arguments]
    done = subprocess.run(words, check=False, capture_output=True, text=True, env=settings)
    if done.returncode:
        msg = f"{name} ended with {done.returncode}: {done.stderr or done.stdout}"
        raise RuntimeError(msg)
    found: dict[str, Any] = json.loads(done.stdout)
    if "at" in found:
        found["wall"] = (found["at"] - start) * 1000
    return found


def _starts(folder: Path, settings: dict[str, str]) -> Iterator[Result]:
    child(settings, "child_empty.py")
    child(settings, "child_inbox.py", "start", str(folder))  # bytecode and the file are warm from here on
    bare, ours = [], []
    for _ in range(_ROUNDS):
        bare.append(child(settings, "child_empty.py"))
        ours.append(child(settings, "child_inbox.py", "start", str(folder)))
    empty, wall = median(one["wall"] for one in bare), median(one["wall"] for one in ours)
    cpu = median(one["cpu"] for one in ours) / median(one["cpu"] for one in bare)
    after = median(one["cpu_after"] for one in ours) * 1000
    note = f"processor time alone: {cpu:.2f}; {after:.0f} ms of it follow once idle; {settings['QT_QPA_PLATFORM']}"
    yield Result(
        "start to a painted, idle inbox (bare: empty window)", wall, "ms", empty, at_most=1.6 * empty, note=note
    )
    heavy = sorted({name for one in ours for name in one["heavy"]})
    yield Result("heavy modules before the first paint", len(heavy), "", at_most=0, note=" ".join(heavy))
    weight, nothing = median(one["resident"] for one in ours), median(one["resident"] for one in bare)
    yield Result("resident at start (bare: empty window)", weight, "MB", nothing, at_most=110)
    yield Result("resident once settled", median(one["resident_after"] for one in ours), "MB", nothing, at_most=110)


def _uses(folder: Path, settings: dict[str, str]) -> Iterator[Result]:
    found = {name: sorted(taken) for name, taken in child(settings, "child_inbox.py", "use", str(folder)).items()}
    for name, words, limit in (
        ("key", "keystroke to painted result, p95", 16),
        ("open20", "a conversation of 20 opened, painted, p95", 16),
        ("open500", "a conversation of 500 opened, painted, p95", 40),
        ("page", "next inbox page and badges, p95", 1),
        ("scroll", "scroll frame, p95", 8),
        ("done", "done, and the next one open and painted, p95", 16),
    ):
        taken = found[name]
        note = f"p50 {percentile(taken, 0.5):.2f}, worst {taken[-1]:.2f}"
        if name == "done":
            note += f"; with all that follows p50 {percentile(found['done_whole'], 0.5):.2f}"
        yield Result(words, percentile(taken, 0.95), "ms", at_most=limit, note=note)
    for name, bare, words, most in (
        ("open20", "bare20", "a conversation of 20 opened, painted (bare: the text alone)", 4),
        ("open500", "bare500", "a conversation of 500 opened, painted (bare: the text alone)", 8),
    ):
        ours, alone = percentile(found[name], 0.5), percentile(found[bare], 0.5)
        yield Result(words, ours, "ms", alone, at_most=most * alone, note=f"{ours / alone:.1f} times the text alone")
    yield Result("keystroke to painted result, worst", found["key"][-1], "ms", at_most=50)
    passes = found["pictures"]
    note = f"{len(passes)} passes of the loop, p50 {percentile(passes, 0.5):.2f}"
    yield Result("a letter of 5 MB with 30 pictures, longest stall", passes[-1], "ms", at_most=50, note=note)
