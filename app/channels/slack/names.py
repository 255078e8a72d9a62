"""The names of people: asked for one by one, or all at once where many are missing.

They are remembered for the whole process, for a day: all accounts of a workspace share them, and a limit that is
reached while many are looked up loses none.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Mapping
from typing import Any

from app.channels.base import Refused, TryLater
from app.channels.http.shape import UNREADABLE
from app.channels.slack.wire import PEOPLE, PERSON, Wire
from app.channels.slack.words import name_of, people

_DAY_SECONDS = 86_400.0
_MAX_SINGLE = 30  # with more unknown people than this, the list of all is read
_MAX_LISTED = 16  # pages of that list for one lookup, so that a limit a minute is not used up by it
_ROWS = 900
_lock = threading.Lock()
_known: dict[tuple[str, str], tuple[str, float]] = {}
_programs: set[tuple[str, str]] = set()  # the accounts of apps, by workspace and id
_listed: dict[str, str] = {}  # workspace -> where the reading of its list stands


class Names:
    """The names of one workspace's people, by their ids."""

    def __init__(self, wire: Wire) -> None:
        """Ask by this wire."""
        self._wire = wire
        self.channels: dict[str, str] = {}
        """The names of the channels that we are in, by their ids: a message that names one may leave its name out."""
        self._strange: set[str] = set()  # ids whose answer could not be read

    def of(self, rows: Iterable[dict[str, Any]]) -> dict[str, str]:
        """Return the names of the authors of these messages, and of the people and channels mentioned in them.

        Whoever cannot be looked up goes by the id. Raises TryLater if a limit is reached; what was found is kept.
        """
        wanted = {name for row in rows for name in people(row)}
        missing = self._missing(wanted)
        if len(missing) > _MAX_SINGLE:
            self._read_list(missing)
        for person in sorted(self._missing(wanted)):
            try:
                self._note(person, self._wire.ask(PERSON, {"user": person}, patient=False)["user"])
            except Refused:
                self._keep(person, person)
            except UNREADABLE:
                self._strange.add(person)
        with _lock:
            found = {person: _known.get((self._wire.place, person), (person, 0.0))[0] for person in wanted}
        return {**self.channels, **found}

    def _missing(self, wanted: Iterable[str]) -> set[str]:
        since = time.monotonic() - _DAY_SECONDS
        with _lock:
            return {
                person
                for person in wanted
                if person not in self._strange and _known.get((self._wire.place, person), ("", since))[1] <= since
            }

    def is_program(self, person: str) -> bool:
        """Whether that is the account of an app, as far as its name has been looked up."""
        with _lock:
            return (self._wire.place, person) in _programs

    def _note(self, person: str, told: Mapping[str, Any]) -> None:
        self._keep(person, name_of(told) or person)
        if told.get("is_bot") is True:
            with _lock:
                _programs.add((self._wire.place, person))

    def _keep(self, person: str, name: str) -> None:
        with _lock:
            _known[(self._wire.place, person)] = name, time.monotonic()

    def _read_list(self, missing: set[str]) -> None:
        """Read on in the list of all people, from where it was left, until nobody is missing or it has ended."""
        for _ in range(_MAX_LISTED):
            cursor = _listed.get(self._wire.place, "")
            try:
                page = self._wire.ask(PEOPLE, {"limit": _ROWS, **({"cursor": cursor} if cursor else {})}, patient=False)
                for person in page["members"]:
                    self._note(str(person["id"]), person)
                cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            except (Refused, *UNREADABLE):
                _listed.pop(self._wire.place, None)  # the cursor may have grown old
                return
            except TryLater as why:
                if not why.limited:
                    raise
                return
            _listed[self._wire.place] = cursor
            if not cursor or not self._missing(missing):
                return


def forget() -> None:
    """Forget all names: a process begins so."""
    with _lock:
        _known.clear()
        _programs.clear()
        _listed.clear()
