"""The hand-offs to teammates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base.words import N_
from ui.frame.registry import Entry

if TYPE_CHECKING:
    from app.workbench import Workbench


def _count(bench: Workbench) -> int:
    """The hand-offs that are late, came back, or whose member has not been told."""
    return int(bench.handoffs.counts()["needs_me"])


ENTRY = Entry("handoffs", N_("Hand-offs"), "arrow-right-left", order=50, counter=_count)
