"""What is said of a member's promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.look import text

if TYPE_CHECKING:
    from app.promises import InTime


def in_time_words(figures: InTime) -> str:
    """How many promises were kept in time, of those that are kept or late; "" while there are none."""
    if not figures.over:
        return ""
    return text.counted(
        figures.over,
        "{kept} of {count} promise kept in time",
        "{kept} of {count} promises kept in time",
        kept=figures.in_time,
    )
