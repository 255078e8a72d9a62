"""The replies that are not sent yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base.words import N_
from ui.frame.registry import Entry

if TYPE_CHECKING:
    from app.workbench import Workbench


def _count(bench: Workbench) -> int:
    """The replies that the person has to deal with."""
    return bench.outbox.needing_me()


ENTRY = Entry("outbox", N_("Outbox"), "send", order=60, foot=True, counter=_count)
