"""Prints the figures as ratios to bare runs in the same job.

`python tests/bench/run.py [--size N] [--only NAME] [--keep DIR]`. The exit status is 4 when a target is missed.
A community of a million takes some two minutes to make; --keep holds it for the next run.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.workbench import Workbench
from tests.bench import bench_data, bench_mail, community, syncing, window
from tests.bench.measure import Result, seconds

MISSED = 4

Bench = Callable[[Path, Workbench, int], Iterator[Result]]
BENCHES: dict[str, Bench] = {
    "ingest": bench_data.ingest,
    "mail": lambda folder, _bench, size: bench_mail.run(folder, size),
    "search": lambda _folder, bench, _size: bench_data.search(bench),
    "pages": lambda _folder, bench, _size: bench_data.pages(bench),
    "disk": lambda _folder, bench, _size: bench_data.disk(bench),
    "opening": lambda _folder, bench, _size: bench_data.opening(bench),
    "csv": lambda folder, bench, _size: bench_data.csv_out(folder, bench),
    "window": lambda _folder, bench, _size: window.run(bench),
    "sync": lambda folder, bench, _size: syncing.run(folder, bench),
}


def main(arguments: list[str] | None = None) -> int:
    """Run the benches that are asked for; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--size", type=int, default=100_000, help="messages in the community")
    parser.add_argument("--only", choices=sorted(BENCHES), action="append")
    parser.add_argument("--keep", type=Path, help="a folder that keeps the community for the next run")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="rapport-bench-") as scratch:
        found: list[Workbench] = []
        taken = seconds(lambda: found.append(community.bench(asked.keep or Path(scratch), asked.size)))
        print(f"a community of {asked.size:,} messages, ready after {taken:.1f} s")
        missed = 0
        for name in asked.only or BENCHES:
            for result in BENCHES[name](Path(scratch), found[0], asked.size):
                print(result.line(), flush=True)
                missed += not result.reached
        found[0].close()
    return MISSED if missed else 0


if __name__ == "__main__":
    sys.exit(main())
