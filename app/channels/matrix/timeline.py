"""What a room's timeline has left out: read back page by page; what cannot be read now is kept as a gap."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from app.channels.base import Refused, TryLater
from app.channels.http.parts import dicts
from app.channels.matrix.annotations import REACTION
from app.channels.matrix.events import NAMES, SAID, Event
from app.channels.matrix.server import NotThere, Server

PAGE_EVENTS = 100
MAX_FIRST_PAGES, _MAX_PAGES = 5, 100  # maximum pages to read back: in a room that is new to us, and after an absence
_MAX_FAILURES = 2  # rooms that may fail before no more of them is asked for in this pull
EVENT_FILTER: dict[str, Any] = {"types": [*SAID, REACTION, "m.room.redaction", *NAMES], "lazy_load_members": True}
Gap = tuple[str, str]
"""A part of a room's timeline that is still to be read: back from the first token, to the second ("" for no end)."""


class Timeline:
    """Reads back in rooms, during one pull at a time. `late` is why something could not be read in it."""

    def __init__(self, server: Server) -> None:
        """Use this server."""
        self._server = server
        self.begin()

    def begin(self) -> None:
        """A new pull begins."""
        self.late: TryLater | None = None
        self._failures = 0

    def end(self) -> None:
        """The pull has ended; raises TryLater if the server asked us to wait meanwhile."""
        if self.late is not None and self.late.limited:
            raise self.late

    def back(self, room: str, gap: Gap) -> tuple[list[Event], list[Event], Gap | None]:
        """Return the events of a gap, oldest first, the member events that belong to them, and what is left of it.

        A room whose history cannot be read now keeps no other room back.
        """
        start, since = gap
        events: list[Event] = []
        members: list[Event] = []
        asked = {"dir": "b", "limit": PAGE_EVENTS, "filter": json.dumps(EVENT_FILTER)} | (
            {"to": since} if since else {}
        )
        for _ in range(_MAX_PAGES if since else MAX_FIRST_PAGES):
            if self._waits():
                return events[::-1], members, (start, since)
            try:
                messages = self._server.call("GET", f"rooms/{quote(room)}/messages", params={**asked, "from": start})
            except Refused:  # we may not read it, or no longer
                break
            except TryLater as why:
                self.late, self._failures = why, self._failures + 1
                return events[::-1], members, (start, since)
            events += dicts(messages.get("chunk"))
            members += dicts(messages.get("state"))
            start = str(messages.get("end") or "")
            if not start or not messages.get("chunk"):
                break
        return events[::-1], members, None

    def _waits(self) -> bool:
        """Whether no more history is asked for in this pull: the server asked us to wait, or fails."""
        return (self.late is not None and self.late.limited) or self._failures > _MAX_FAILURES

    def edited(self, room: str, event: str) -> Event | None:
        """An older event that another one changes; None if it cannot be read now: that keeps nothing else back."""
        try:
            return self.event(room, event)
        except (Refused, TryLater) as why:
            if isinstance(why, TryLater) and why.limited:
                raise
            return None

    def event(self, room: str, event: str) -> Event | None:
        """An event by its id; None if it is not there for us."""
        try:
            return self._server.call("GET", f"rooms/{quote(room)}/event/{quote(event, safe='')}")
        except NotThere:
            return None


def gaps_in(written: str) -> list[Gap]:
    """Parse the gaps of a room from the cursor; [] for anything else."""
    try:
        return [(str(start), str(since)) for start, since in json.loads(written or "[]")]
    except (ValueError, TypeError):
        return []
