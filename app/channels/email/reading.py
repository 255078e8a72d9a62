"""How far one folder has been read: what is new, the history before it, and what other programs did there.

The cursor of a folder is `VALIDITY:HIGH`, or `VALIDITY:LOW:HIGH` while history is left: everything with a UID from LOW
to HIGH has been read. The newest are read first, then page after page below LOW, so that whatever interrupts it, the
window that has been read has no gap.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from app.base.message import FLAGS, FolderChanges
from app.channels.base import PAGE
from app.channels.email.answers import Told
from app.channels.email.imap import SLICE, Mailbox, Selected

PAGE_BYTES = 8_000_000
WHOLE_MAX = 30_000_000
_LOOK_SECONDS = 10.0  # a server may look through all files of a folder when it is opened
Sized = tuple[int, int]
"""UID and size in bytes of a mail."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Mails to fetch as one page, in ascending order of UID, and the cursor entries once they are stored."""

    mails: list[Sized]
    cursor: dict[str, str]


class Reading:
    """The reading of one folder during a pull."""

    def __init__(self, folder: str, cursor: Mapping[str, str]) -> None:
        """Go on from the account's `cursor`."""
        self.folder = folder
        self.count = 0  # mails in the folder when it was opened last
        self.reached_at: int | None = None  # when the oldest mail read so far arrived (Unix seconds)
        self.fresh = False  # whether nothing of it has been read
        self._key, self._changes_key = f"folder:{folder}", f"changes:{folder}"
        self._validity, self._low, self._high = _parsed(cursor.get(self._key, ""))
        self._seen_changes = cursor.get(self._changes_key, "")
        self._opened_at = 0.0
        self._here: Selected | None = None  # how it was when it was opened, until that has been looked at
        self._waiting: list[Sized] = []  # listed, and not read yet: below `_low`
        self._below = 0  # how many there are below those

    @property
    def left(self) -> int:
        """How many mails of the history have not been read, as far as is known."""
        return len(self._waiting) + self._below

    def begin(self, box: Mailbox) -> tuple[FolderChanges | None, dict[str, str]]:
        """Open the folder; returns what other programs did there since the last pull, with its cursor entries.

        Raises FolderGoneError if there is no such folder.
        """
        tells = box.tells_changes()
        here = self._open(box)
        point = f"{here.validity}:{here.modseq if tells else 0}"
        moved = {self._changes_key: point}
        if self._validity != here.validity:
            self._validity, self._low, self._high = here.validity, None, max(0, here.next_uid - 1)
            self.fresh = True
            self._list_older(box, here)
            if not here.next_uid:
                self._high = max((uid for uid, _ in self._waiting), default=0)
            if not self._waiting:  # an empty folder
                moved[self._key] = self._cursor()
            return FolderChanges(self.folder, anew=True), moved
        if self._low is not None and self._low > 1:
            self._list_older(box, here)
        if not self._high or (here.modseq and tells and point == self._seen_changes):
            return None, {}
        return self._changes(box, here, tells=tells), moved

    def _open(self, box: Mailbox) -> Selected:
        here = box.open(self.folder)
        self._opened_at = time.monotonic()
        self._here, self.count = here, here.count
        return here

    def _changes(self, box: Mailbox, here: Selected, *, tells: bool) -> FolderChanges:
        low, high = self._low or 1, self._high
        validity, _, since = self._seen_changes.partition(":")
        if not tells or not here.modseq or validity != str(here.validity) or since in ("", "0"):
            return self._compared(box, low, high, identify=not self._seen_changes)
        flagged, gone = box.changed(int(since), low, high)
        return FolderChanges(self.folder, _flags(flagged), tuple(gone))

    def _compared(self, box: Mailbox, low: int, high: int, *, identify: bool) -> FolderChanges:
        """The flags of the newest mails, for a server that cannot say what changed.

        `identify`: with their Message-IDs, as they may have been read before their places were kept.
        """
        if identify:
            known = box.identified(self.count)
            flags = {uid: plain(marked) for uid, (_, marked) in known.items() if low <= uid <= high}
            letters = {uid: known[uid][0] for uid in flags if known[uid][0]}
            return FolderChanges(self.folder, flags, listed=self._listed(known, low, high), letters=letters)
        listed = box.flags(self.count)
        flags = _flags([mail for mail in listed if low <= mail.uid <= high])
        return FolderChanges(self.folder, flags, listed=self._listed([mail.uid for mail in listed], low, high))

    def _listed(self, uids: Collection[int], low: int, high: int) -> tuple[int, int]:
        """The range of UIDs of which all were listed: the whole window if all mails of the folder fitted in."""
        return (low if self.count <= SLICE else max(low, min(uids, default=high + 1))), high

    def new(self, box: Mailbox) -> Iterator[Chunk]:
        """Yield what has arrived since the folder was last read, oldest first; asks every few seconds at most."""
        if box.selected != self.folder or time.monotonic() - self._opened_at >= _LOOK_SECONDS:
            self._open(box)
        here, self._here = self._here, None
        if here is None:  # looked at a moment ago
            return
        if here.validity != self._validity:  # numbered anew meanwhile: the next pull begins again
            self._waiting, self._below = [], 0
            return
        if here.next_uid and here.next_uid - 1 <= self._high:
            return
        for mails in pages(box.newer(self._high, here.count)):
            self._high = mails[-1][0]
            yield Chunk(mails, {self._key: self._cursor()})

    def older(self, box: Mailbox) -> Chunk | None:
        """The next page of the history, going back; None if all has been read."""
        if box.selected != self.folder:
            self._open(box)
        if not self._waiting and self._below:
            self._list_older(box, self._open(box))
        if not self._waiting:
            self._below = 0
            return None
        mails = next(pages_back(self._waiting))
        del self._waiting[-len(mails) :]
        self._low = mails[0][0]
        if not self._waiting and not self._below:
            self._low = None
        return Chunk(mails, {self._key: self._cursor()})

    def _list_older(self, box: Mailbox, here: Selected) -> None:
        """List the mails just below those that have been read, in the folder that was just opened."""
        self._waiting, self._below = box.older(self._low, here.count)
        if self._low is None:
            self._waiting = [mail for mail in self._waiting if not self._high or mail[0] <= self._high]

    def _cursor(self) -> str:
        return f"{self._validity}:{self._high}" if self._low is None else f"{self._validity}:{self._low}:{self._high}"


def _parsed(cursor: str) -> tuple[int, int | None, int]:
    """UIDVALIDITY (0 if nothing was read), the lowest UID read (None if there is no history left), the highest."""
    parts = cursor.split(":")
    if not all(part.isdecimal() for part in parts) or len(parts) not in (2, 3):
        return 0, None, 0
    validity, *low, high = map(int, parts)
    return validity, low[0] if low else None, high


def plain(flags: frozenset[str]) -> frozenset[str]:
    """The flags that mean something to us, without their backslash."""
    return frozenset(flag.removeprefix("\\") for flag in flags) & FLAGS


def _flags(told: list[Told]) -> dict[int, frozenset[str]]:
    return {mail.uid: plain(mail.flags) for mail in told}


def pages(mails: list[Sized]) -> Iterator[list[Sized]]:
    """Split (UID, size) into pages of at most PAGE mails and about PAGE_BYTES bytes."""
    page: list[Sized] = []
    weight = 0
    for uid, size in mails:
        if page and (len(page) >= PAGE or weight + min(size, WHOLE_MAX) > PAGE_BYTES):
            yield page
            page, weight = [], 0
        page.append((uid, size))
        weight += size
    if page:
        yield page


def pages_back(mails: list[Sized]) -> Iterator[list[Sized]]:
    """The same from the end: the last page first, each still in ascending order."""
    for page in pages(mails[::-1]):
        yield page[::-1]
