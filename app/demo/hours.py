"""The demo's working blocks, and what was timed in the weeks before."""

from __future__ import annotations

from datetime import timedelta

from app.base import clock
from app.demo.planting import Planting

BLOCKS = "Tue, Thu 17-19, Sat 10-12"
_WEEKS = 6
_DAY = timedelta(days=1)
_TIMED = (
    ("reply", 150, "sent"), ("private", 260, "sent"), ("reply", 95, "sent"), ("unhappy", 350, "sent"),
    ("thanks", 25, "done"), ("reply", 210, "sent"), ("handoff", 240, "handed_off"), ("private", 185, "sent"),
    ("reply", 60, "done"), ("private", 320, "sent"), ("reply", 170, "sent"), ("gift", 130, "done"),
    ("unhappy", 285, "handed_off"), ("reply", 130, "snoozed"), ("promise", 215, "sent"), ("thanks", 35, "done"),
)  # fmt: skip
"""What a block is made of: kind, active seconds, and what ended it; each goes on where the last block stopped."""
_PAUSE_SECONDS = 90
_AHEAD_SECONDS = 600
"""Every block begins a little after its start."""


def plant(planting: Planting) -> None:
    """Set the blocks."""
    planting.bench.blocks.add(BLOCKS)


def plant_work(planting: Planting) -> None:
    """Note the work of each block that is over, of the last six weeks, on the conversations that there are."""
    now, conversations = clock.at_local(planting.now), sorted(planting.conversations.values())
    working, count = planting.bench.blocks.working(now), 0
    for block in working.ahead(now - round(_WEEKS * 7 * _DAY.total_seconds())):
        if block.ends > now:
            return
        at = block.starts + _AHEAD_SECONDS
        while True:
            kind, seconds, ended = _TIMED[count % len(_TIMED)]
            at += seconds + _PAUSE_SECONDS
            if at > block.ends:
                break
            planting.bench.handling.note(kind, conversations[count % len(conversations)], seconds, ended, at)
            count += 1
