"""How far the history of an account has been read: what was there before it was connected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from app.base.words import counted, tr
from app.channels.base import HISTORY, HISTORY_STOPPED


class History(NamedTuple):
    """So many messages of all are read; `stopped` if the person stopped it."""

    read: int
    total: int
    stopped: bool

    @property
    def left(self) -> int:
        """How many have not been read."""
        return max(0, self.total - self.read)


def history(cursor: Mapping[str, str]) -> History | None:
    """How far the history has been read, by the account's cursor; None if there is nothing left of it."""
    read, _, total = cursor.get(HISTORY, "").partition(":")
    if not read.isdecimal() or not total.isdecimal() or int(read) >= int(total):
        return None
    return History(int(read), int(total), bool(cursor.get(HISTORY_STOPPED)))


def in_words(read: int, total: int) -> str:
    """The progress in words: "1,200 of 20,000 letters"."""
    return counted(total, "{read:,} of {count:,} letter", "{read:,} of {count:,} letters", read=read)


def left_in_words(left: int) -> str:
    """That so many are left, in words."""
    return counted(left, "{count:,} older letter not read yet", "{count:,} older letters not read yet")


def progress_in_words(known: History) -> str:
    """How far it is, and whether it was stopped, as one line: "1,200 of 20,000 letters read, stopped"."""
    words = in_words(known.read, known.total)
    if known.stopped:
        return tr("{progress} read, stopped").format(progress=words)
    return tr("{progress} read").format(progress=words)
