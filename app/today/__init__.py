"""What a day is made of: how fresh it is, what each noun has for it, and a queue that fits into so many minutes."""

from __future__ import annotations

from app.today.desk import Day, Today
from app.today.fresh import Freshness
from app.today.groups import Group, GroupRow
from app.today.queue import Queue, Thing, Timed
from app.today.run import Run, Step

__all__ = [
    "Day",
    "Freshness",
    "Group",
    "GroupRow",
    "Queue",
    "Run",
    "Step",
    "Thing",
    "Timed",
    "Today",
]
