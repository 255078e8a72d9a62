"""The dictionaries of this system at work: which serves a language, and the processes that ask Hunspell."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from app.spelling import advice, places
from app.spelling.places import BUNDLED, Dictionary
from app.spelling.process import BrokenDictionaryError, SpellerProcess, no_package

_HOME = {"en": "GB", "is": "IS", "hu": "HU", "cs": "CZ", "el": "GR"}
_MAX_PROCESSES = 5  # one for each language of the house
_LOOK_AGAIN_SECONDS = 30
Answer = TypeVar("Answer")


class Found(NamedTuple):
    """A dictionary of this system. `used` is what for ("el", "en-GB"), "" if another serves; `wrong` says why not."""

    dictionary: Dictionary
    used: str
    wrong: str = ""


class Shelf:
    """Finds dictionaries and asks them. A *tag* is what one is for: "el", or "en-GB" and "en-US" for English."""

    def __init__(self, folders: Sequence[tuple[str, str]] | None = None, *, bundled: bool = True) -> None:
        """`folders` (source, folder) stand in for the system's, `bundled` is whether chunspell's own counts."""
        self._folders, self._bundled = folders, bundled
        self._lock, self._listing = threading.RLock(), threading.Lock()
        self._listed: tuple[Dictionary, ...] | None = None
        self._listed_at = 0.0
        self._processes: dict[str, SpellerProcess] = {}
        self._broken: dict[Dictionary, BrokenDictionaryError] = {}
        self._closed = False

    def all(self, *, again: bool = False) -> tuple[Dictionary, ...]:
        """All that were found, looked for once; `again` looks anew."""
        with self._listing:
            if self._listed is None or again:
                self._listed = places.find_dictionaries(self._folders, bundled=self._bundled)
                self._listed_at = time.monotonic()
            return self._listed

    def candidates(self, tag: str) -> list[Dictionary]:
        """The dictionaries that serve a tag, best first: the country's own, or any if there is only another.

        Of English only the one that is asked for: colour is a slip in one and right in the other.
        """
        language, _, region = tag.partition("-")
        wanted = region or _HOME.get(language, "")
        listed = [one for one in self.all() if one.language == language]
        if region:
            listed = [one for one in listed if one.region == region]
        return sorted(listed, key=lambda one: (one.source == BUNDLED, one.region != wanted, bool(one.region)))

    def with_use(self, tag_of: Callable[[str], str]) -> list[Found]:
        """The dictionaries by language, with which of them is used. It loads none."""
        rows = []
        for one in sorted(self.all(again=True), key=lambda one: (one.language, one.region, one.place)):
            tag = tag_of(one.language)
            sound = [other for other in self.candidates(tag) if other not in self._broken]
            why = self._broken.get(one)
            rows.append(Found(one, tag if sound[:1] == [one] else "", str(why) if why else ""))
        return rows

    def problem(self, tag: str) -> str:
        """Why nothing serves this tag, as one sentence that says what to do; "" if something does. Loads it."""
        if self._process(tag) is not None:
            return ""
        if not places.is_installed():
            return no_package()
        failures = [self._broken[one] for one in self.candidates(tag) if one in self._broken]
        return str(failures[0]) if failures else advice.how_to_get(tag)

    def left_out(self) -> list[str]:
        """A sentence for each dictionary that turned out to be broken in this run, even if another took its place."""
        return [str(why) for why in self._broken.values()]

    def ask(self, tag: str, question: Callable[[SpellerProcess], list[Answer]]) -> list[Answer]:
        """The answer of the dictionary; if it fails, it is left out and the next one asked. [] if there is none."""
        while (process := self._process(tag)) is not None:
            try:
                return question(process)
            except BrokenDictionaryError as why:
                with self._lock:
                    if self._processes.get(tag) is process:
                        del self._processes[tag]
                        self._broken[process.dictionary] = why
        return []

    def _process(self, tag: str) -> SpellerProcess | None:
        """The process with the dictionary for this, started if it is the first time; None if none works."""
        with self._lock:
            if tag in self._processes:
                return self._processes[tag]
            if not self.candidates(tag):
                self._look_again()
            for dictionary in self.candidates(tag):
                if self._closed or dictionary in self._broken:
                    continue
                try:
                    made = SpellerProcess(dictionary)
                except BrokenDictionaryError as why:
                    self._broken[dictionary] = why
                    continue
                while len(self._processes) >= _MAX_PROCESSES:
                    self._processes.pop(next(iter(self._processes))).close()
                self._processes[tag] = made
                return made
            return None

    def _look_again(self) -> None:
        """Look for dictionaries anew, at most every half minute: one may have been installed in the meantime."""
        if time.monotonic() - self._listed_at > _LOOK_AGAIN_SECONDS:
            self.all(again=True)

    def close(self) -> None:
        """End the processes; what is being asked fails at once."""
        self._closed = True
        for process in list(self._processes.values()):
            process.close()
