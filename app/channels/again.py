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
class CurrentRows(Generic[T]):
    """The response to a re-fetch: `rows` maps ids to rows; `complete` is False if any row could not be parsed."""

    rows: Mapping[str, T]
    complete: bool

    def each(self, asked: Iterable[str]) -> Iterator[tuple[str, T | None]]:
        """Yield (id, row) in order, with None for a deleted message; skips ids whose fate is unknown."""
        return ((name, self.rows.get(name)) for name in asked if self.complete or name in self.rows)

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
        items = (incoming(row) for _, row in stand if row is not None and edited(row))
        return [item for item in items if item is not None] + [away(name) for name, row in stand if row is None]


def current_rows(rows: object, name: Callable[[Row], str | None]) -> CurrentRows[Row]:
    """Index a channel's list of rows by id; `name` returns a row's id, or None if it cannot be parsed.

    Duplicate ids make the response incomplete as well: one of them has replaced another row (seen on Mastodon).
    """
    every = rows if isinstance(rows, list) else []
    there = {number: row for row in every if isinstance(row, dict) and (number := name(row)) is not None}
    return CurrentRows(there, isinstance(rows, list) and len(there) == len(every))


def by(key: str) -> Callable[[Row], str | None]:
    """Return a function that reads a row's id from `key`; None unless that is a non-empty string."""
    return lambda row: value if isinstance(value := row.get(key), str) and value else None


def remembered(written: str, parse: Callable[..., Place]) -> dict[str, Place]:
    """Parse what `written` stored in the cursor: ids to `parse(*values)`; {} if it is empty or cannot be parsed."""
    try:
        return {name: parse(*values) for name, values in json.loads(written or "{}").items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def written(entries: Mapping[str, object], most: int) -> str:
    """Serialize the last `most` entries as JSON for the cursor."""
    return json.dumps(dict(list(entries.items())[-most:]), ensure_ascii=False, separators=(",", ":"))
