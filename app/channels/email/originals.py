"""Reads one letter out of the mailbox as it came: where it was last seen, else wherever it is now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress

from app.base.message import Place
from app.channels.email.elsewhere import folders_in_order
from app.channels.email.imap import PARTIAL, FolderGoneError, Mailbox
from app.mail.headers import MADE, original
from app.mail.parse import parse

_MAX_BYTES = 200_000_000


def find(box: Mailbox, read: Collection[str], places: Sequence[Place], remote_id: str) -> bytes | None:
    """The bytes of a letter; None if it is in no folder. `read` are the folders that we read."""
    wanted = original(remote_id)
    for place in places:
        with suppress(FolderGoneError):
            box.open(place.folder)
            octets = _whole(box, place.uid)
            if octets is not None and original(parse(octets).remote_id) == wanted:
                return octets
    if wanted.startswith(MADE):  # without a Message-ID there is nothing to search for
        return None
    for folder, _ in folders_in_order(box, read):
        with suppress(FolderGoneError):
            for uid in box.look_up(folder, wanted):
                octets = _whole(box, uid)
                if octets is not None:
                    return octets
    return None


def _whole(box: Mailbox, uid: int) -> bytes | None:
    """A letter of the open folder, read in slices; None if it is not there."""
    octets, size = b"", 1
    while len(octets) < min(size, _MAX_BYTES):
        mails = [mail for mail in box.fetch([uid], partial=True, begin=len(octets)) if mail.uid == uid]
        if not mails or not mails[0].raw:
            break
        octets += mails[0].raw
        size = max(mails[0].size, len(octets))
        if len(mails[0].raw) < PARTIAL:
            break
    return octets or None
