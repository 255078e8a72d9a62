"""All that was begun and is not sent: drafts of replies, new messages and posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base.words import N_
from ui.frame.registry import Entry

if TYPE_CHECKING:
    from app.workbench import Workbench


def _count(bench: Workbench) -> int:
    """All drafts."""
    return bench.unsent.count()


ENTRY = Entry("drafts", N_("Drafts"), "pencil", order=11, below="inbox", counter=_count)
