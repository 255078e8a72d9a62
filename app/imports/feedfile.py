"""A feed that was saved as a file (RSS or Atom, a blog's export among them), entry by entry as messages."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice

from app.base import clock
from app.base.errors import UserError
from app.base.message import Incoming
from app.base.words import tr
from app.channels.feed.document import Document, read_all
from app.channels.feed.messages import incoming
from app.imports.mailbox import Read
from app.imports.recognise import Found

LARGEST = 100_000_000
"""Bytes: it is held in memory whole, two or three times over."""
SMALL = 2_000_000
"""Bytes of a file that is read whole for a preview."""
_PLACE = "Imported feed"
_NAME = 60


def read(found: Found, own: Collection[str]) -> Iterator[Read]:
    """Every entry, the oldest of each few hundred first; UserError where it is too large, OSError passes."""
    holders: dict[str, str] = {}
    number = 0
    for document in _documents(found):
        for item in incoming(document, clock.now(), own=own, holders=holders):
            number += 1
            yield Read(item, number)


def first(found: Found, own: Collection[str], most: int) -> list[Incoming]:
    """Some of the entries, for a look."""
    return [one.item for one in islice(read(found, own), most)]


def name(found: Found) -> str:
    """What the feed calls itself, short; a plain word where it has no title."""
    document = next(_documents(found), None)
    return (document.title[:_NAME].strip() if document else "") or _PLACE


def _documents(found: Found) -> Iterator[Document]:
    if found.size > LARGEST:
        msg = tr("{name} is over {megabytes} MB, too big for a feed. Save it in parts.").format(
            name=found.path.name, megabytes=LARGEST // 1000000
        )
        raise UserError(msg)
    return read_all(found.path.read_bytes())
