"""Which entries take part: one a person, and none that the rules leave out. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from operator import attrgetter

from app.base.addresses import address_key
from app.base.text import fold, trimmed
from app.giveaways.rows import Entry, Giveaway

_LAST = 1 << 62


def judged(giveaway: Giveaway, entries: Iterable[Entry]) -> dict[int, str]:
    """For each entry's id one of STRUCK, or "" if it takes part.

    Of several entries of a person the earliest that nothing else strikes takes part; those without a time come last, in
    the order in which they were entered. What is kept by hand takes part whatever else holds, besides: two may
    share an address.
    """
    every = sorted(entries, key=attrgetter("id"))
    struck = {entry.id: _alone(giveaway, entry) for entry in every}
    people = _People()
    for entry in every:
        people.add(entry)
    taken = set[tuple[str, ...]]()
    for entry in sorted(every, key=lambda one: (_LAST if one.at is None else one.at, one.id)):
        if struck[entry.id] or entry.kept_by_hand:
            continue
        person = people.of(entry)
        if person in taken:
            struck[entry.id] = "double"
        taken.add(person)
    return struck


def _alone(giveaway: Giveaway, entry: Entry) -> str:
    """What strikes an entry whoever else has entered."""
    if entry.kept_by_hand:
        return ""
    if entry.struck == "hand":
        return "hand"
    if entry.standing:
        return entry.standing
    if entry.at is not None and giveaway.opens_at is not None and entry.at < giveaway.opens_at:
        return "early"
    if entry.at is not None and giveaway.closes_at is not None and entry.at > giveaway.closes_at:
        return "late"
    return ""


def compared_form(contact: str) -> str:
    """An address or a handle in the form in which it is compared."""
    typed = contact.strip()
    if "@" in typed.lstrip("@"):
        return address_key(typed.lstrip("@"))
    return unicodedata.normalize("NFKC", trimmed(typed.lstrip("@"))).casefold()


def keys(entry: Entry) -> Iterator[tuple[str, ...]]:
    """By what an entry's person is known: entries that share one are of one person.

    A handle is a person's on its channel; the same handle on another channel is the same person's if the name is the
    same too. Who left nothing but a name is known by that on that channel.
    """
    if entry.member_id is not None:
        yield "member", str(entry.member_id)
    key, channel, name = compared_form(entry.contact), fold(entry.channel.strip()), fold(" ".join(entry.name.split()))
    if "@" in key:
        yield "address", key
    elif key:
        yield "handle", channel, key
        yield "named", key, name
    elif entry.member_id is None:
        yield "name", channel, name


class _People:
    """Gathers what belongs together (union-find over `keys`)."""

    def __init__(self) -> None:
        self._above: dict[tuple[str, ...], tuple[str, ...]] = {}

    def add(self, entry: Entry) -> None:
        first, *more = keys(entry)
        for key in more:
            self._above[self._top(key)] = self._top(first)

    def of(self, entry: Entry) -> tuple[str, ...]:
        return self._top(next(keys(entry)))

    def _top(self, key: tuple[str, ...]) -> tuple[str, ...]:
        above = self._above.setdefault(key, key)
        while above != key:
            over = self._above[above]
            self._above[key] = over
            key, above = above, over
        return key
