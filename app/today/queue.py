"""What fits into so many minutes, and in which order: pure, so that a table of cases can hold it.

Ordered by the harm that is done if it is late; within one rank by when it falls due in working time, which is how old
it is against the promise of its channel. Conversations count once, by the most pressing reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from app.handling import USUAL_MINUTES

MOST_ANGRY = 4
"""Unhappy ones in a row: a fifth is put off until a calm one was in between, unless nothing calm is left."""
_HOUR_SECONDS = 3600

LATE, CLOSING, UNHAPPY, PROMISED, CAME_BACK, WAITS, GIFT = range(7)
"""The reasons, the most harmful to be late with first."""
REASONS = ("late", "closing", "unhappy", "promised", "came_back", "waits", "gift")
"""Their names, for programs."""
CONVERSATION, PROMISE, HANDOFF, GIFTS = "conversation", "promise", "handoff", "gift"
"""The nouns that a thing can be."""
_FALLBACK_MINUTES = 3


class Thing(NamedTuple):
    """What could be done today. Times are Unix seconds.

    `noun` and `id` name its row, `reason` is one of the ranks above, `kind` the kind that its handling is timed under.
    `due` is when it ought to be done, `since` since when it waits. `first` puts somebody before others who wait equally
    long, as those who never got an answer. `who` and `what` are for the screen; `detail` is what its reason needs: who
    answered, or the stage of a gift.
    """

    noun: str
    id: int
    reason: int
    kind: str
    due: int
    since: int
    conversation_id: int | None = None
    member_id: int | None = None
    angry: bool = False
    first: bool = False
    who: str = ""
    what: str = ""
    detail: str = ""


class Timed(NamedTuple):
    """A thing of the queue, with the minutes that it is going to take."""

    thing: Thing
    minutes: int


class Queue(NamedTuple):
    """What fits, in order, and what waits; `total` counts all, also what was not looked at as too much waits before it.

    `used` is how many of the `minutes` what fits takes. `oldest` is when the oldest open promise among them was made.
    """

    fits: tuple[Timed, ...]
    waits: tuple[Timed, ...]
    minutes: int
    used: int
    total: int
    oldest: int | None = None

    @property
    def waiting(self) -> int:
        """How many do not fit."""
        return self.total - len(self.fits)


def queue(
    things: Iterable[Thing],
    minutes: int,
    estimates: Mapping[str, int],
    *,
    more: int = 0,
    without: Collection[tuple[str, int]] = (),
) -> Queue:
    """What of `things` fits into so many minutes, by these estimates in minutes for each kind.

    `without` are (noun, id) that were put off; `more` are how many there are besides, which wait anyway. The minutes of
    what fits add up to at most `minutes`: something long is passed over for what is short and stands after it.
    """
    left = spread(sorted(once(thing for thing in things if (thing.noun, thing.id) not in without), key=_rank))
    timed = [Timed(thing, minutes_of(thing.kind, estimates)) for thing in left]
    fits, used = _packed(timed, minutes)
    taken = {(one.thing.noun, one.thing.id) for one in fits}
    waits = tuple(one for one in timed if (one.thing.noun, one.thing.id) not in taken)
    promises = [one.thing.since for one in timed if one.thing.noun == PROMISE]
    return Queue(fits, waits, minutes, used, len(timed) + more, min(promises, default=None))


def minutes_of(kind: str, estimates: Mapping[str, int]) -> int:
    """How many minutes one of this kind takes, at least 1."""
    return max(1, estimates.get(kind) or USUAL_MINUTES.get(kind, _FALLBACK_MINUTES))


def once(things: Iterable[Thing]) -> list[Thing]:
    """Each conversation once, for its most pressing reason; it is angry if any of its things is."""
    kept: dict[object, Thing] = {}
    for thing in things:
        key = thing.conversation_id if thing.conversation_id is not None else (thing.noun, thing.id)
        other = kept.get(key)
        if other is None:
            kept[key] = thing
            continue
        better = min(other, thing, key=_rank)
        kept[key] = better._replace(angry=other.angry or thing.angry)
    return list(kept.values())


def spread(things: Sequence[Thing]) -> list[Thing]:
    """The same in the same order, but after MOST_ANGRY unhappy ones the next calm one is taken before them."""
    left, ordered, run = list(things), [], 0
    while left:
        at = 0
        if run >= MOST_ANGRY:
            at = next((place for place, thing in enumerate(left) if not thing.angry), 0)
        thing = left.pop(at)
        run = run + 1 if thing.angry else 0
        ordered.append(thing)
    return ordered


def _rank(thing: Thing) -> tuple[int, int, bool, int, int]:
    """By reason, then by the hour in which it falls due, who it is, and when exactly."""
    return thing.reason, thing.due // _HOUR_SECONDS, not thing.first, thing.due, thing.id


def _packed(timed: Sequence[Timed], minutes: int) -> tuple[tuple[Timed, ...], int]:
    """What fits, in order, and the minutes that it takes; a calm one that does not fit lets no fifth angry one pass."""
    left, used, run = list(timed), 0, 0
    fits: list[Timed] = []
    while True:
        able = [place for place, one in enumerate(left) if used + one.minutes <= minutes]
        if not able:
            return tuple(fits), used
        calm = next((place for place in able if not left[place].thing.angry), None)
        at = calm if run >= MOST_ANGRY and calm is not None else able[0]
        one = left.pop(at)
        used += one.minutes
        run = run + 1 if one.thing.angry else 0
        fits.append(one)
