"""A search as it is understood: what to look for, what has to be so besides, and what to say about it."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from app.search.conditions import Condition
from app.search.spelled import HitWords, Word

_MINUTE_IDS = 32  # message ids per minute: see docs/decisions/0001
_MINUTE = 60
_DISPLACED_MINUTES = 2 * 24 * 60  # by which an id may be late: that many full minutes hold 92,000 messages


class Asked(NamedTuple):
    """What somebody looks for.

    `words` must all be in a hit, none of `without`. `writers` and `accounts` are those that the index is asked for,
    None for any; `conditions` hold for each hit's row. `since` and `until` are its time in Unix seconds, `until` not
    included. `notes` are sentences on how it was understood. `problem` is a sentence, with what to do, where it
    was not: then it finds nothing. `instead` is what was typed, where another word was searched for.
    """

    typed: str = ""
    words: tuple[Word, ...] = ()
    without: tuple[Word, ...] = ()
    writers: frozenset[int] | None = None
    accounts: frozenset[int] | None = None
    conditions: tuple[Condition, ...] = ()
    since: int | None = None
    until: int | None = None
    notes: tuple[str, ...] = ()
    problem: str = ""
    instead: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is looked for, as while an operator has no value yet."""
        return not (
            self.words or self.without or self.conditions or self.writers is not None or self.accounts is not None
            or self.since is not None or self.until is not None
        )  # fmt: skip

    def matches(self, hit: HitWords) -> bool:
        """Whether a hit has all words, and none that it may not have."""
        return all(word.matches(hit) for word in self.words) and not any(word.matches(hit) for word in self.without)

    def first_id(self) -> int:
        """The lowest id that a message of that time can have."""
        return 0 if self.since is None else max(self.since, 0) // _MINUTE * _MINUTE_IDS

    def last_id(self, before: int | None) -> int | None:
        """The id that all ids are below; None for no limit. Messages of a full minute have ids of later ones."""
        if self.until is None:
            return before
        latest = (max(self.until, 0) // _MINUTE + _DISPLACED_MINUTES) * _MINUTE_IDS
        return latest if before is None else min(before, latest)

    def narrowed(
        self,
        conditions: Collection[Condition] = (),
        writers: frozenset[int] | None = None,
        accounts: frozenset[int] | None = None,
    ) -> Asked:
        """The same, with more that has to be so."""
        return self._replace(
            conditions=(*self.conditions, *conditions),
            writers=_both(self.writers, writers),
            accounts=_both(self.accounts, accounts),
        )


def _both(one: frozenset[int] | None, other: frozenset[int] | None) -> frozenset[int] | None:
    return other if one is None else one if other is None else one & other
