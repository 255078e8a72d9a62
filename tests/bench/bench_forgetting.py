"""Forgetting a member who has said 7,000 messages, in a copy of the community of the size that is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from app.base.message import Author, Incoming
from app.base.paths import Profile
from app.safety import backup
from app.store.sqlite import scalar
from app.workbench import Workbench
from tests.bench import community
from tests.bench.measure import Result, seconds

SAID, _MOST_MS = 7_000, 5_000
_ANNA = Author("anna@example.net", "anna@example.net", "Anna Kovácsová")


def run(folder: Path, bench: Workbench) -> Iterator[Result]:
    """Once, for it can't be undone; beside a backup of the same file."""
    profile = Profile(folder / "forgetting")
    profile.file.parent.mkdir(parents=True)
    bare = seconds(lambda: backup.make(bench.store, bench.profile, profile.file)) * 1000
    copy = Workbench(profile)
    account = int(scalar(copy.store.read, "SELECT min(id) FROM account"))
    source = _said()
    while chunk := list(islice(source, community.CHUNK)):
        copy.intake.take(account, chunk)
    (number,) = copy.members.find(_ANNA.name)
    planned = seconds(lambda: copy.forgetting.plan(number)) * 1000
    taken = seconds(lambda: copy.forgetting.forget(number)) * 1000
    (receipt,) = copy.forgetting.receipts()
    yield Result(f"forgetting planned, {SAID:,} messages", planned, "ms")
    yield Result(
        "member forgotten (bare: a backup)", taken, "ms", bare, at_most=_MOST_MS,
        note=f"{receipt.said:,} messages erased",
    )  # fmt: skip
    copy.close()


def _said() -> Iterator[Incoming]:
    """A few messages in each conversation, woven into four years."""
    for number in range(SAID):
        yield Incoming(
            remote_id=f"anna-{number}", at=community.END - community.SPAN + number * (community.SPAN // SAID),
            text=f"The parcel {number} has not come, and nobody in Brno knows of it.", author=_ANNA,
            thread=f"anna-{number // 5}", title=f"Parcel {number // 5}", language="en",
        )  # fmt: skip
