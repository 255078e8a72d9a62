"""The gifts, their budget and their stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base.words import N_
from ui.frame.registry import Entry

if TYPE_CHECKING:
    from app.workbench import Workbench


def _count(bench: Workbench) -> int:
    """The gifts that need something: an address, shipping, or a thank-you."""
    return int(bench.gifts.needs().total)


_PARTS = (
    "app.deserving", "app.fairness", "app.calendar.typed", "app.csvfile", "app.giveaways",
    "ui.pages.delight.giveaways",
)  # fmt: skip
ENTRY = Entry("delight", N_("Delight"), "gift", order=40, counter=_count, parts=_PARTS)
