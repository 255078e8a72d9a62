"""The working time that a day is decided by: which block is under way, which comes next, and what falls due when."""

from __future__ import annotations

from typing import NamedTuple

from app.blocks import Blocks, Targets
from app.calendar.working import Stretch


class Time(NamedTuple):
    """Working time as it stands at one moment. Blocks are in Unix seconds.

    `current` is the block that is under way, None between blocks; `following` is the first that begins later, None
    where all of them fall on free days.
    """

    targets: Targets
    current: Stretch | None
    following: Stretch | None


def time_at(blocks: Blocks, now: int) -> Time:
    """The working time at `now` (Unix seconds)."""
    targets = blocks.targets(now)
    following = next((block for block in targets.working.ahead(now) if block.starts > now), None)
    return Time(targets, targets.working.current_block(now), following)
