"""Detect edits and deletions by fetching recent messages again; most channels notify of neither.

Shared by all channels, because one mistake is easy and loses messages: a row that cannot be parsed is absent from a
response just like a deleted one. So a response that contains an unparsable row proves no deletion.
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
    """Return the ids less than `seconds` older than `now` (default: the newest time), in their order.

    `times` maps ids to Unix seconds.
    """
    end = now if now is not None else max(times.values(), default=0)
    return [name for name, at in times.items() if at > end - seconds]


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """The response to a re-fetch: `there` maps ids to rows; `whole` is False if any row could not be parsed."""

    there: Mapping[str, T]
    whole: bool

    def each(self, asked: Iterable[str]) -> Iterator[tuple[str, T | None]]:
        """Yield (id, row) in order, with None for a deleted message; skips ids whose fate is unknown."""
        return ((name, self.there.get(name)) for name in asked if self.whole or name in self.there)

    def gone(self, asked: Iterable[str]) -> list[str]:
        """Return the ids of deleted messages."""
        return [name for name, row in self.each(asked) if row is None]

    def changes(
        self,
        asked: Iterable[str],
        edited: Callable[[T], bool],
        incoming: Callable[[T], Incoming | None],
        away: Callable[[str], Incoming],
    ) -> list[Incoming]:
        """Return the messages to import: edited ones in their current form, then deletions; unchanged ones are skipped.

        `edited` tells whether a row was edited, `incoming` parses it (None skips it), `away` makes a deletion of an id.
        """
        stand = list(self.each(asked))
        found = (incoming(row) for _, row in stand if row is not None and edited(row))
        return [item for item in found if item is not None] + [away(name) for name, row in stand if row is None]


def answer(rows: object, name: Callable[[Row], str | None]) -> Answer[Row]:
    """Index a channel's list of rows by id; `name` returns a row's id, or None if it cannot be parsed.

    Duplicate ids make the answer not `whole` either: one of them has replaced another row (seen on Mastodon).
    """
    every = rows if isinstance(rows, list) else []
    there = {found: row for row in every if isinstance(row, dict) and (found := name(row)) is not None}
    return Answer(there, isinstance(rows, list) and len(there) == len(every))


def by(key: str) -> Callable[[Row], str | None]:
    """Return a function that reads a row's id from `key`; None unless that is a non-empty string."""
    return lambda row: found if isinstance(found := row.get(key), str) and found else None


def remembered(written: str, place: Callable[..., Place]) -> dict[str, Place]:
    """Parse what `written` stored in the cursor: ids to `place(*values)`; {} if it is empty or cannot be parsed."""
    try:
        return {name: place(*values) for name, values in json.loads(written or "{}").items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def written(places: Mapping[str, object], most: int) -> str:
    """Serialize the last `most` entries as JSON for the cursor."""
    return json.dumps(dict(list(places.items())[-most:]), ensure_ascii=False, separators=(",", ":"))
