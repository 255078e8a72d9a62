"""Message ids, whose order is the order of time (docs/decisions/0001)."""

from __future__ import annotations

import json
from collections.abc import Iterable

from app.store.sqlite import Connection

ROOM = 32
"""How many ids each minute has; what does not fit takes the next free ones."""


class Numbers:
    """Hands out free ids; what it knows of the file holds as long as nobody else writes."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._next: dict[int, int] = {}
        self._skip: dict[int, int] = {}

    def forget(self) -> None:
        """Ask the file anew which ids are free: others may have written meanwhile."""
        self._next.clear()

    def look_up(self, conn: Connection, times: Iterable[int]) -> None:
        """Ask in one question for the minutes of all these times, in Unix seconds."""
        self._next.update(_first_free(conn, [_minute(at) for at in times]))

    def take(self, conn: Connection, at: int) -> int:
        """A free id for a message of that time; a full minute's messages overflow into the minutes after it."""
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
    """A free id for one message of that time."""
    return Numbers().take(conn, at)


def _minute(at: int) -> int:
    return max(at, 0) // 60 * ROOM


def _first_free(conn: Connection, blocks: list[int]) -> dict[int, int]:
    """For each minute's room the id after the last one taken in it; one past the room when it is full."""
    rows = conn.execute(
        "SELECT j.value, (SELECT max(id) FROM message WHERE id >= j.value AND id < j.value + ?) FROM json_each(?) j",
        (ROOM, json.dumps(blocks)),
    )
    return {block: block if last is None else last + 1 for block, last in rows}
