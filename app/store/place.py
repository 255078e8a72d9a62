"""Whether the path of the open file still leads to it, as a program that syncs folders may put another in its place.

Whoever has the file open goes on with the one that was there: it has no name any more, and is gone once it is closed.
Its write-ahead log, which SQLite finds by its name, would be taken for that of the new file, and mix the two.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.base.errors import DiskError
from app.base.words import tr
from app.store import header
from app.store.obstacles import GONE, REPLACED, Obstacle

_Number = tuple[int, int]
_NOTHING: tuple[_Number | None, ...] = (None, None)


class Place:
    """The place of one open file and its write-ahead log, known by their numbers in the file system."""

    def __init__(self, path: Path) -> None:
        """Nothing is lost before `note`."""
        self._path = path
        self._files = (str(path), str(header.log_of(path)))
        self._noted: tuple[_Number | None, ...] = _NOTHING
        self._takes_last_words = False

    def note(self) -> None:
        """Take the files that are there now for those that are open."""
        self._noted = tuple(map(_number, self._files))

    def forget(self) -> None:
        """Nothing is open any more."""
        self._noted = _NOTHING

    def lost(self) -> Obstacle | None:
        """What happened to the open file; None while it is still where it was. Takes microseconds."""
        noted = self._noted
        for file, number in zip(self._files, noted, strict=True):
            if number is not None and (now := _number(file)) != number and self._noted is noted:  # not closed meanwhile
                return self._gone() if now is None and file == self._files[0] else self._replaced()
        return None

    def refuse_lost(self) -> None:
        """Raise DiskError if another file is in its place, or none."""
        if (found := self.lost()) is not None:
            raise DiskError(found.sentence)

    def refuse_write(self) -> None:
        """The same, but not within `last_words`."""
        if not self._takes_last_words:
            self.refuse_lost()

    @contextmanager
    def last_words(self) -> Iterator[None]:
        """Let a file that has lost its place be written to, once it is kept: what is typed, before it is closed."""
        self._takes_last_words = True
        try:
            yield
        finally:
            self._takes_last_words = False

    def _replaced(self) -> Obstacle:
        words = tr(
            "Another program has put another file in the place of {path}, as programs that sync folders do. What you "
            "see here is the file from before, and nothing more can be saved to it."
        )
        return Obstacle(REPLACED, words.format(path=self._path))

    def _gone(self) -> Obstacle:
        words = tr("{path} was moved or deleted while it was open. Nothing can be saved until it is there again.")
        return Obstacle(GONE, words.format(path=self._path))


def _number(file: str) -> _Number | None:
    try:
        stat = os.stat(file)  # noqa: PTH116  with each write: a Path costs more than the call
    except OSError:
        return None
    return stat.st_dev, stat.st_ino
