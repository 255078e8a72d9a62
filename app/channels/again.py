"""Asking for young messages again: which were edited, which were taken away. Nobody tells of either on most channels.

Written once, for one mistake is easy and loses what people said: a row that cannot be read is missing from an answer
as much as one that was deleted. So, of an answer with such a row in it, nothing is known to be gone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from app.base.message import Incoming

Row = dict[str, Any]
Place = TypeVar("Place")
T = TypeVar("T")


def young(times: Mapping[str, int], seconds: int, now: int | None = None) -> list[str]:
    """Of these names, in their order, those that are at most that many seconds older than the newest, or than `now`."""
    end = now if now is not None else max(times.values(), default=0)
    return [name for name, at in times.items() if at > end - seconds]


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What was answered when messages were asked for again: `there` by their names; `whole` if all could be read."""

    there: Mapping[str, T]
    whole: bool

    def each(self, asked: Iterable[str]) -> Iterator[tuple[str, T | None]]:
        """Those of which it is known how they stand, in order: as they are now, None for one that is gone."""
        return ((name, self.there.get(name)) for name in asked if self.whole or name in self.there)

    def gone(self, asked: Iterable[str]) -> list[str]:
        """Those that are there no more."""
        return [name for name, row in self.each(asked) if row is None]

    def changes(
        self,
        asked: Iterable[str],
        edited: Callable[[T], bool],
        incoming: Callable[[T], Incoming | None],
        away: Callable[[str], Incoming],
    ) -> list[Incoming]:
        """What to hand in for these: edited ones as they read now, then what is gone; nothing for what is as it was."""
        stand = list(self.each(asked))
        found = (incoming(row) for _, row in stand if row is not None and edited(row))
        return [item for item in found if item is not None] + [away(name) for name, row in stand if row is None]


def answer(rows: object, name: Callable[[Row], str | None]) -> Answer[Row]:
    """A list that a channel answered, by its rows' names; `name` gives None for a row that cannot be read.

    Two rows of one name are not whole either: one of them stands in the place of another (seen on Mastodon).
    """
    every = rows if isinstance(rows, list) else []
    there = {found: row for row in every if isinstance(row, dict) and (found := name(row)) is not None}
    return Answer(there, isinstance(rows, list) and len(there) == len(every))


def by(key: str) -> Callable[[Row], str | None]:
    """The name of a row that has it as a string under that key."""
    return lambda row: found if isinstance(found := row.get(key), str) and found else None


def remembered(written: str, place: Callable[..., Place]) -> dict[str, Place]:
    """What an earlier pull wrote of messages, by their names; nothing where that cannot be read."""
    try:
        return {name: place(*values) for name, values in json.loads(written or "{}").items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def written(places: Mapping[str, object], most: int) -> str:
    """The latest of these as JSON for the cursor, at most that many."""
    return json.dumps(dict(list(places.items())[-most:]), ensure_ascii=False, separators=(",", ":"))
