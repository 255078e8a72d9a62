"""How fresh it is: what was read of each account and when, and whether conversations may be missing. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

OK, BEHIND, FAILING, ENDED, PAUSED, NEVER, BY_HAND, FILE = (
    "ok", "behind", "failing", "ended", "paused", "never", "by_hand", "file",
)  # fmt: skip
_MISSING = (BEHIND, FAILING, ENDED, PAUSED, NEVER)
"""Standings in which conversations may be missing."""
BEHIND_SECONDS = 86_400
"""A read that is older than a day is told, even if it went well."""


class Place(NamedTuple):
    """An account as it is told of. Times are Unix seconds; `heard_at` is its last message's, of an assisted account."""

    id: int
    name: str
    mode: str
    state: str
    ok_at: int | None
    error: str
    error_at: int | None
    heard_at: int | None = None


class Told(NamedTuple):
    """What is told of one account: how it stands, and when it was last read, or heard from by hand.

    `why` is the sentence of what went wrong, "" where nothing did.
    """

    id: int
    name: str
    standing: str
    at: int | None
    why: str = ""


class Freshness(NamedTuple):
    """When the accounts that work were read, the one that was read longest ago counting; None if there is none.

    `told` has every account, those with trouble first.
    """

    read_at: int | None
    told: tuple[Told, ...]

    @property
    def troubles(self) -> tuple[Told, ...]:
        """The accounts of which conversations may be missing."""
        return tuple(one for one in self.told if one.standing in _MISSING)

    @property
    def by_hand(self) -> tuple[Told, ...]:
        """The accounts of which only that is here which the person adds, or which notification e-mails tell."""
        return tuple(one for one in self.told if one.standing == BY_HAND)


def fresh(places: Iterable[Place], now: int) -> Freshness:
    """How fresh everything is at `now` (Unix seconds). Removed accounts and imported files say nothing about it."""
    told = [_told(place, now) for place in places if place.state != "removed" and place.mode != FILE]
    good = [one.at for one in told if one.standing == OK and one.at is not None]
    told.sort(key=lambda one: (one.standing not in _MISSING, one.standing == BY_HAND, one.name.casefold()))
    return Freshness(min(good, default=None), tuple(told))


def _told(place: Place, now: int) -> Told:
    if place.mode == "assisted":
        return Told(place.id, place.name, BY_HAND, place.heard_at)
    return Told(place.id, place.name, _standing(place, now), place.ok_at, place.error)


def _standing(place: Place, now: int) -> str:
    """A login that ended comes before an error, which may be of that; what was never read is told as such."""
    if place.state == "needs_login":
        return ENDED
    if place.state == "paused":
        return PAUSED
    if place.error:
        return FAILING
    if place.ok_at is None:
        return NEVER
    return BEHIND if now - place.ok_at > BEHIND_SECONDS else OK
