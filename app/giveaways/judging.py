"""Which entries take part: one a person, and none that the rules leave out. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from operator import attrgetter

from app.base.addresses import address_key
from app.base.text import fold, trimmed
from app.giveaways.rows import Entry, Giveaway

_LAST = 1 << 62
_Key = tuple[str, ...]


def judged(giveaway: Giveaway, entries: Iterable[Entry]) -> dict[int, str]:
    """For each entry's id one of STRUCK, or "" if it takes part.

    Of several entries of a person the earliest that nothing else strikes takes part; those without a time come last, in
    the order in which they were entered. What is kept by hand takes part whatever else holds, besides: two may
    share an address.
    """
    every = sorted(entries, key=attrgetter("id"))
    struck = {entry.id: _alone(giveaway, entry) for entry in every}
    people = _People()
    first = {entry.id: people.add(keys(entry)) for entry in every}
    taken = set[_Key]()
    for entry in sorted(every, key=lambda one: (_LAST if one.at is None else one.at, one.id)):
        if struck[entry.id] or entry.kept_by_hand:
            continue
        person = people.top(first[entry.id])
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


def keys(entry: Entry) -> list[_Key]:
    """By what an entry's person is known: entries that share one are of one person.

    A handle is a person's on its channel; the same handle on another channel is the same person's if the name is the
    same too. Who left nothing but a name is known by that on that channel.
    """
    found: list[_Key] = [] if entry.member_id is None else [("member", str(entry.member_id))]
    key = compared_form(entry.contact)
    if "@" in key:
        found.append(("address", key))
    elif key:
        found.append(("handle", _plain(entry.channel), key))
        found.append(("named", key, _plain(" ".join(entry.name.split()))))
    elif entry.member_id is None:
        found.append(("name", _plain(entry.channel), _plain(" ".join(entry.name.split()))))
    return found


@lru_cache(4_096)
def _plain(words: str) -> str:
    """Folded words; channels come again and again."""
    return fold(words.strip())


class _People:
    """Gathers what belongs together (union-find over `keys`)."""

    def __init__(self) -> None:
        self._above: dict[_Key, _Key] = {}

    def add(self, known: list[_Key]) -> _Key:
        """One more entry; returns the first of its keys."""
        first, *more = known
        self._above.setdefault(first, first)
        for key in more:
            self._above[self.top(key)] = self.top(first)
        return first

    def top(self, key: _Key) -> _Key:
        """The key that stands for all that are one person's."""
        above = self._above.setdefault(key, key)
        while above != key:
            over = self._above[above]
            self._above[key] = over
            key, above = above, over
        return key
