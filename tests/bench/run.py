"""Prints the figures as ratios to bare runs in the same job.

`python tests/bench/run.py [--size N] [--only NAME] [--keep DIR]`. The exit status is 4 when times alone were missed,
which may be the machine's doing, and 6 when a size was: bytes, memory, modules. Where RAPPORT_REPORT names a file, each
figure that was missed is a line of it. A community of a million takes some two minutes to make; --keep holds it for the
next run.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.workbench import Workbench
from tests.bench import (
    bench_data,
    bench_deserving,
    bench_forgetting,
    bench_forms,
    bench_giveaways,
    bench_history,
    bench_involvement,
    bench_mail,
    bench_mailbox,
    bench_members,
    bench_pairs,
    bench_returns,
    bench_rules,
    bench_search,
    bench_today,
    community,
    syncing,
    touring,
    window,
)
from tests.bench.measure import Result, seconds

MISSED, TOO_MUCH = 4, 6

Bench = Callable[[Path, Workbench, int], Iterator[Result]]
BENCHES: dict[str, Bench] = {
    "ingest": bench_data.ingest,
    "mail": lambda folder, _bench, size: bench_mail.run(folder, size),
    "mailbox": lambda folder, _bench, size: bench_mailbox.run(folder, size),
    "search": lambda _folder, bench, _size: bench_data.search(bench),
    "operators": lambda _folder, bench, _size: bench_search.run(bench),
    "returns": lambda folder, _bench, _size: bench_returns.run(folder),
    "rules": lambda folder, _bench, _size: bench_rules.run(folder),
    "forms": lambda _folder, _bench, _size: bench_forms.run(),
    "pairs": lambda _folder, bench, _size: bench_pairs.run(bench),
    "involvement": lambda _folder, bench, _size: bench_involvement.run(bench),
    "deserving": lambda _folder, bench, _size: bench_deserving.run(bench),
    "forgetting": lambda folder, bench, _size: bench_forgetting.run(folder, bench),
    "giveaways": lambda _folder, _bench, _size: bench_giveaways.run(),
    "today": lambda _folder, bench, _size: bench_today.run(bench),
    "members": lambda _folder, bench, _size: bench_members.run(bench),
    "history": lambda _folder, bench, _size: bench_history.run(bench),
    "pages": lambda _folder, bench, _size: bench_data.pages(bench),
    "disk": lambda _folder, bench, size: bench_data.disk(bench, size),
    "opening": lambda _folder, bench, _size: bench_data.opening(bench),
    "csv": lambda folder, bench, _size: bench_data.csv_out(folder, bench),
    "window": lambda _folder, bench, _size: window.run(bench),
    "sync": lambda folder, bench, _size: syncing.run(folder, bench),
    "tour": lambda folder, bench, _size: touring.run(folder, bench),
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
        missed: list[Result] = []
        for name in asked.only or BENCHES:
            for result in BENCHES[name](Path(scratch), found[0], asked.size):
                print(result.line(), flush=True)
                if not result.reached:
                    missed.append(result)
        found[0].close()
    report(missed)
    return 0 if not missed else MISSED if all(result.is_time for result in missed) else TOO_MUCH


def report(missed: Sequence[Result]) -> None:
    """Write down what was missed, for whoever ran this and sums up."""
    path = os.environ.get("RAPPORT_REPORT")
    if path:
        with Path(path).open("a", encoding="utf-8") as file:
            file.writelines(f"{'time' if result.is_time else 'size'}\t{result.name}\n" for result in missed)


if __name__ == "__main__":
    sys.exit(main())
