"""Today: what is due, what waits, how fresh it is, and what fits into the minutes that one has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base.words import N_
from ui.frame.registry import Entry

if TYPE_CHECKING:
    from app.workbench import Workbench


def _count(bench: Workbench) -> int:
    """What is promised by today, came back from teammates, and is to thank for."""
    return int(bench.today.count())


ENTRY = Entry("today", N_("Today"), "sun", order=5, counter=_count)
