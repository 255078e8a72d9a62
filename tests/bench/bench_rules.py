"""What a rule would have hit in the last days, shown before it is saved: as somebody fills its form in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from app.base.paths import Profile
from app.rules import Conditions
from app.workbench import Workbench
from tests.bench.community import CHUNK, OWN, messages
from tests.bench.measure import Result, seconds

_MESSAGES, _MOST_MS, _DAY = 33_000, 1_000, 86_400  # of which some 20,000 are members'
_ASKED = {
    "words": Conditions(words=("lemon", "parcel")), "only emoji": Conditions(only="emoji"),
    "an address": Conditions(has=("address",)), "a link": Conditions(has=("link",)),
    "few words": Conditions(fewer_than=5), "first time": Conditions(first_time=True),
}  # fmt: skip


def run(folder: Path) -> Iterator[Result]:
    """A month in which 20,000 messages came in, each kind of condition by itself."""
    bench = Workbench(Profile(folder / "rules"))
    with bench.store.write() as conn:
        made = conn.execute(
            "INSERT INTO account (kind, name, mode, own, created_at) VALUES ('discourse', 'Bench', 'demo', ?, 0)",
            (OWN,),
        )
    items = list(messages(_MESSAGES, 0, 1, seed=3))
    end = max(item.at for item in items)
    spread = [item._replace(at=end - 29 * _DAY * (len(items) - at) // len(items)) for at, item in enumerate(items)]
    for start in range(0, len(spread), CHUNK):
        bench.intake.take(int(made.lastrowid or 0), spread[start : start + CHUNK])
    for name, asked in _ASKED.items():
        preview = partial(bench.rules.preview, asked, end)
        taken = min(seconds(preview) for _ in range(2)) * 1000
        yield Result(f"rule previewed, {name}", taken, "ms", at_most=_MOST_MS, note=f"{preview().total:,} messages")
    bench.close()
