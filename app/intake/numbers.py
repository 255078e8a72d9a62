"""Message ids, which sort by time (docs/decisions/0001)."""

from __future__ import annotations

import json
from collections.abc import Iterable

from app.store.sqlite import Connection

ROOM = 32
"""Number of ids per minute; more messages in one minute take the next free ids."""


class Numbers:
    """Allocates free ids; what it has read from the file is valid until somebody else writes."""

    def __init__(self) -> None:
        """Start with nothing cached."""
        self._next: dict[int, int] = {}
        self._skip: dict[int, int] = {}

    def clear_cache(self) -> None:
        """Drop the cache of free ids, as others may have written in the meantime."""
        self._next.clear()

    def look_up(self, conn: Connection, times: Iterable[int]) -> None:
        """Read the free ids for the minutes of all these times (Unix seconds) in one query."""
        self._next.update(_first_free(conn, [_minute(at) for at in times]))

    def take(self, conn: Connection, at: int) -> int:
        """Allocate an id for a message at that time (Unix seconds); if its minute is full, in a later one."""
        minute = _minute(at)
        block = self._skip.get(minute, minute)
        while True:
            number = self._next.get(block) or _first_free(conn, [block])[block]
            self._next[block] = number + 1
            if number < block + ROOM:
                if block != minute:
                    self._skip[minute] = block
                return number
            block += ROOM


def free(conn: Connection, at: int) -> int:
    """A free id for a single message at that time (Unix seconds)."""
    return Numbers().take(conn, at)


def _minute(at: int) -> int:
    return max(at, 0) // 60 * ROOM


def _first_free(conn: Connection, blocks: list[int]) -> dict[int, int]:
    """The first free id in each minute's block; one past the block if it is full."""
    rows = conn.execute(
        "SELECT j.value, (SELECT max(id) FROM message WHERE id >= j.value AND id < j.value + ?) FROM json_each(?) j",
        (ROOM, json.dumps(blocks)),
    )
    return {block: block if last is None else last + 1 for block, last in rows}
