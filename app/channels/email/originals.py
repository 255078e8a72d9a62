"""Reads one letter out of the mailbox as it came: where it was last seen, else wherever it is now."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.base.message import Place
from app.channels.email.imap import PARTIAL, Mailbox
from app.channels.email.seeking import seek
from app.mail.headers import APART, MADE
from app.mail.parse import parse

_MAX_BYTES = 200_000_000


def find(box: Mailbox, read: Collection[str], places: Sequence[Place], remote_id: str) -> bytes | None:
    """The bytes of a letter; None if it is in no folder. `read` are the folders that we read."""
    for uid in seek(box, read, places, remote_id):
        octets = _whole(box, uid)
        if octets is not None and _is_it(octets, remote_id):
            return octets
    return None


def _is_it(octets: bytes, remote_id: str) -> bool:
    """Whether a letter has the hash of its content that its remote id tells, if that tells one."""
    if remote_id.startswith(MADE):
        return parse(octets).remote_id == remote_id
    _, apart, digest = remote_id.partition(APART)
    return not apart or parse(octets).letter == digest


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
