"""A teammate's file of 10,000 hand-offs that comes back: everything that happens before its preview is shown."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from app.base.paths import Profile
from app.workbench import Workbench
from tests.app.returns.returning import answered
from tests.bench.measure import Result, seconds

ROWS, _MOST_MS = 10_000, 1_000


def run(folder: Path) -> Iterator[Result]:
    """Each row answered; beside the bare reading of the same file by the csv module."""
    bench = Workbench(Profile(folder / "returns"))
    content = answered(bench, folder / "out.csv", ROWS)
    preview = partial(bench.returns.read_bytes, "jon.csv", content)
    taken = min(seconds(preview) for _ in range(3)) * 1000
    bare = min(seconds(partial(_read, content)) for _ in range(3)) * 1000
    note = f"{len(preview().applied):,} of {ROWS:,} rows would be taken in"
    yield Result("returned file previewed (bare: csv)", taken, "ms", bare, at_most=_MOST_MS, note=note)
    bench.close()


def _read(content: bytes) -> int:
    return sum(1 for _ in csv.reader(io.StringIO(content.decode("utf-8-sig"))))
