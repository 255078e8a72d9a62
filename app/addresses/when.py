"""When the address of a gift is to be erased. Pure, but for the two settings."""

from __future__ import annotations

from datetime import date, timedelta

from app.base import clock
from app.gifts import ENDS, Gift
from app.gifts.rows import ARRIVES_IN


def arrived(gift: Gift, now: int) -> date | None:
    """The local day on which a gift arrived, or probably did by `now` (Unix seconds); None if it has not.

    What ended otherwise needs no address from that day on; what got lost from the day on which that was noted.
    """
    if gift.arrived_on:
        return date.fromisoformat(gift.arrived_on)
    if gift.state == "shipped":
        heard = gift.heard_at or 0
        at = heard if heard > gift.state_at else gift.state_at + ARRIVES_IN
        return clock.local(at).date() if at <= now else None
    return clock.local(gift.state_at).date() if gift.state in ENDS or gift.state in ("thanked", "story") else None


def erase_on(gift: Gift, days: int, now: int) -> date | None:
    """The day on which its address is erased, `days` after it arrived; None while that is not known."""
    if gift.erase_on:
        return date.fromisoformat(gift.erase_on)
    came = arrived(gift, now)
    return None if came is None else came + timedelta(days=days)
