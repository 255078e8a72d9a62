"""A give-away of 100,000 entries: entered, read, closed and drawn; and for how long others wait for the file."""

from __future__ import annotations

import hashlib
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from app.base.paths import Profile
from app.giveaways import NewEntry, Plan
from app.workbench import Workbench
from tests.bench.measure import Result

_ENTRIES, _PEOPLE, _PRIZES = 100_000, 90_000, 100
_DRAW_MS, _WAIT_MS = 1_000, 1_000
_SEED = "7 12 19 23 38 41"
_BARE = "INSERT INTO giveaway_entry (giveaway_id, name, contact, channel, at) VALUES (?, ?, ?, ?, ?)"


def run() -> Iterator[Result]:
    """The figures in a file of its own; in processor time, but for how long another write waits."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Workbench(Profile(Path(folder)))
        try:
            yield from _figures(bench)
        finally:
            bench.close()


def _figures(bench: Workbench) -> Iterator[Result]:
    rows = [
        NewEntry(f"Person {at % _PEOPLE}", f"p{at % _PEOPLE}@x.example", "E-mail", 1_790_000_000 + at)
        for at in range(_ENTRIES)
    ]
    desk = bench.giveaways
    number, other = desk.add(Plan("Shirts", _PRIZES)), desk.add(Plan("Bare", 1))
    bare = _processor(lambda: _insert(bench, other, rows))
    waits = list[float]()
    yield Result(
        "give-away: enter, processor", _beside(bench, waits, lambda: desk.enter_rows(number, rows)), "ms", bare
    )
    yield Result("give-away: another write waits, entering", max(waits), "ms", at_most=_WAIT_MS)
    yield Result("give-away: read and judge, processor", _processor(lambda: desk.entries(number)), "ms", bare)
    waits.clear()
    closing = _beside(bench, waits, lambda: desk.close(number, "Lottery"))
    yield Result("give-away: close, processor", closing, "ms", bare)
    yield Result("give-away: another write waits, closing", max(waits), "ms", at_most=_WAIT_MS)
    lines = desk.document(number).partition(b"\n\n")[2].splitlines()
    hashed = _processor(lambda: sorted(lines, key=lambda line: hashlib.sha256(line).digest()))
    drawing = _processor(lambda: desk.draw(number, _SEED))
    note = f"{_ENTRIES:,} entries, {len(lines):,} take part"
    yield Result("give-away: draw, processor", drawing, "ms", hashed, at_most=_DRAW_MS, note=note)


def _insert(bench: Workbench, number: int, rows: list[NewEntry]) -> None:
    """What the database alone takes, without an action that can be undone."""
    with bench.store.write() as conn:
        conn.executemany(_BARE, [(number, one.name, one.contact, one.channel, one.at) for one in rows])


def _beside(bench: Workbench, waits: list[float], work: Callable[[], object]) -> float:
    """Milliseconds of the processor, while another thread writes again and again; how long it waits goes to `waits`."""
    over = threading.Event()

    def others() -> None:
        while not over.wait(0.05):
            begun = time.perf_counter()
            with bench.store.write() as conn:
                conn.execute("UPDATE setting SET value = value WHERE key = 'nothing'")
            waits.append((time.perf_counter() - begun) * 1000)

    beside = threading.Thread(target=others)
    beside.start()
    try:
        return _processor(work)
    finally:
        over.set()
        beside.join()


def _processor(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000
