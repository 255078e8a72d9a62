"""Where the hours went, in words; window and shell say the same."""

from __future__ import annotations

from app.base.words import tr
from app.handling.desk import Hours
from app.handling.kinds import KIND_NAMES


def spent(seconds: int) -> str:
    """So many hours and minutes, a minute begun counting whole: "1 h 20 min"."""
    hours, minutes = divmod(-(-seconds // 60), 60)
    if hours:
        return tr("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    return tr("{minutes} min").format(minutes=minutes)


def by_kind(hours: Hours) -> str:
    """A week by kind, the most first: "Replies in public 55 min, Gifts 11 min"; "" if nothing was timed."""
    return ", ".join(
        tr("{kind} {time}").format(kind=tr(KIND_NAMES[kind]), time=spent(seconds))
        for kind, seconds in hours.kinds.items()
    )
