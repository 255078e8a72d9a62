"""Word forms and the guard: what is found and what is taken for something else, in each language, time, and memory.

`python -m tests.bench.bench_forms` prints them alone.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from app.base import resources
from app.voice import check, read
from tests.app.private import figures as private
from tests.app.wordforms import figures
from tests.bench.measure import Result, times

_DRAFT, _LONG, _ROUNDS = 2_000, 60_000, 3
_MOST_MS, _MOST_MB = 8, 160
_CHILD = """
from pathlib import Path
from app.base import resources
from app.voice import check, read
rules = read(Path(resources.ROOT, "demo", "voice.toml").read_text("utf-8")).rules
check("Děkuji, už jsem to našel a je to v pořádku.", "cs", rules)
check("Köszönöm, megvan, és nagyon szép.", "hu", rules)
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmRSS")))
"""


def run() -> Iterator[Result]:
    """The figures of each language, then times of the demo's rules on the demo's talk, and memory."""
    for language in figures.LANGUAGES:
        found = figures.measured(language)
        yield Result(f"forms found, {language}", found.recall * 100, "%", at_least=95, note=f"of {found.forms}")
        yield Result(
            f"near misses stopped, {language}", found.near_stopped * 100, "%", at_most=5, note=f"of {found.near}"
        )
        yield Result(
            f"false alarms, {language}", found.alarms_in_thousand, "/1,000", at_most=1, note=f"{found.tokens} words"
        )
        told = private.measured(language)
        yield Result(f"private data told, {language}", told.recall * 100, "%", at_least=97, note=f"of {told.instances}")
        yield Result(
            f"taken for private data, {language}",
            told.alarms_in_thousand,
            "/1,000",
            at_most=1,
            note=f"{told.tokens} words",
        )
    yield from _times()
    done = subprocess.run([sys.executable, "-c", _CHILD], capture_output=True, text=True, check=True)
    yield Result("memory of the guard, two languages", int(done.stdout) / 1024, "MB", at_most=_MOST_MB)


def _times() -> Iterator[Result]:
    rules = read(Path(resources.ROOT, "demo", "voice.toml").read_text("utf-8")).rules
    for language in figures.LANGUAGES:
        talk = " ".join(figures.ordinary(language))
        check(talk, language, rules)
        drafts = [talk[at : at + _DRAFT] for at in range(0, len(talk) - _DRAFT, _DRAFT)]
        took = sorted(ms for draft in drafts for ms in times(partial(check, draft, language, rules), _ROUNDS))
        p95 = took[int(len(took) * 0.95)]
        yield Result(f"a draft of 2,000 characters, {language}", p95, "ms", at_most=_MOST_MS, note="95th percentile")
        long = times(partial(check, (talk * 3)[:_LONG], language, rules), _ROUNDS)
        yield Result(f"60,000 characters, {language}", long[len(long) // 2], "ms")


if __name__ == "__main__":
    for result in run():
        print(result.line())
