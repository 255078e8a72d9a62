"""The reply target of an account as it is typed and shown: "30 min", "4 h", "1 h 30 min"."""

from __future__ import annotations

import re

from app.base.errors import UserError
from app.base.text import fold
from app.base.words import tr

MOST_HOURS = 720
"""As in the settings."""
_HOURS = r"h|hrs?|hours?|hod|hodin[ay]?|ora|orat|orak|klst|ωρα|ωρεσ|ω"
_MINUTES = r"m|mins?|minutes?|minut[ay]?|perc|percet|min|minutur|λ|λεπτα"
_TYPED = re.compile(
    rf"(?:(?P<hours>\d{{1,4}}(?:[.,]\d{{1,2}})?)\s*(?:{_HOURS})\.?)?\s*(?:(?P<minutes>\d{{1,5}})\s*(?:{_MINUTES})\.?)?"
)
_ALONE = re.compile(r"(?P<hours>\d{1,4}(?:[.,]\d{1,2})?)|(?P<clock>\d{1,3}):(?P<minutes>\d{2})")


def understood(typed: str) -> int | None:
    """The minutes that were typed; a number alone is hours. None for blank words.

    Raises UserError for what is no length of time, and for less than a minute or more than 720 hours.
    """
    words = fold(typed).strip()
    if not words:
        return None
    hit = _ALONE.fullmatch(words) or _TYPED.fullmatch(words)
    if hit is None:
        msg = tr("“{typed}” isn't a length of time. Write it like 30 min or 4 h.").format(typed=typed.strip())
        raise UserError(msg)
    parts = hit.groupdict()
    hours = float((parts["hours"] or parts.get("clock") or "0").replace(",", "."))
    minutes = round(hours * 60) + int(parts["minutes"] or 0)
    if not 1 <= minutes <= MOST_HOURS * 60:
        msg = tr("A reply target is from 1 minute to {most} hours.").format(most=MOST_HOURS)
        raise UserError(msg)
    return minutes


def written(minutes: int | None) -> str:
    """Minutes as they can be typed: "1 h 30 min"; "" for None."""
    if minutes is None:
        return ""
    hours, rest = divmod(minutes, 60)
    if not rest:
        return tr("{hours} h").format(hours=hours)
    return (
        tr("{hours} h {minutes} min").format(hours=hours, minutes=rest)
        if hours
        else tr("{minutes} min").format(minutes=rest)
    )
