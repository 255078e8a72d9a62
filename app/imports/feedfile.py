"""Read a saved feed (RSS, Atom or JSON Feed, including blog exports) as messages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, MutableMapping
from itertools import islice

from app.base import clock
from app.base.errors import UserError
from app.base.message import Incoming
from app.base.words import tr
from app.channels.feed.document import is_feed, read_all
from app.channels.feed.entry import Document
from app.channels.feed.messages import incoming
from app.channels.feed.same import remembered
from app.imports.mailbox import Read
from app.imports.recognise import SourceFile
from app.store.sqlite import Connection

LARGEST = 100_000_000
"""Maximum bytes of a file; it is held in memory two or three times over."""
SMALL = 2_000_000
"""Maximum bytes of a file that is read whole for a preview."""
_PLACE = "Imported feed"
_MAX_NAME_CHARS = 60


def called_before(conn: Connection, account_id: int | None) -> dict[str, str]:
    """What the account's entries, pages and hosts were called when they came, for `read`; {} if there is none yet."""
    if account_id is None:
        return {}

    def listed(question: str) -> list[str]:
        return [str(name) for (name,) in conn.execute(question, (account_id,))]

    entries = listed("SELECT remote_id FROM message WHERE account_id = ? AND remote_id IS NOT NULL")
    pages = listed("SELECT remote_id FROM conversation WHERE account_id = ? AND remote_id IS NOT NULL")
    hosts = listed(
        "SELECT DISTINCT substr(i.key, 1, instr(i.key, '/') - 1) FROM message m JOIN identity i ON i.id = m.identity_id"
        " WHERE m.account_id = ? AND instr(i.key, '/') > 1"
    )
    return remembered(entries, pages, hosts)


def read(file: SourceFile, own: Collection[str], names: MutableMapping[str, str] | None = None) -> Iterator[Read]:
    """Yield every entry, oldest first within each group of up to 500. Raises UserError if too large, OSError.

    `names` is what they were called before: a feed that moved to https or lost its `www.` since is the same one.
    """
    holders: dict[str, str] = {}
    names = {} if names is None else names
    number = 0
    for document in _documents(file):
        for item in incoming(document, clock.now(), own=own, holders=holders, names=names):
            number += 1
            yield Read(item, number)


def first(file: SourceFile, own: Collection[str], most: int) -> list[Incoming]:
    """Return the first `most` entries, for a preview."""
    return [entry.item for entry in islice(read(file, own), most) if entry.item is not None]


def name(file: SourceFile) -> str:
    """Return the feed's title, at most 60 characters; "Imported feed" if it has none."""
    document = next(_documents(file), None)
    return (document.title[:_MAX_NAME_CHARS].strip() if document else "") or _PLACE


def _documents(file: SourceFile) -> Iterator[Document]:
    if file.size > LARGEST:
        msg = tr("{name} is over {megabytes} MB, too big for a feed. Save it in parts.").format(
            name=file.path.name, megabytes=LARGEST // 1000000
        )
        raise UserError(msg)
    octets = file.path.read_bytes()
    found = read_all(octets)
    document = next(found, None)
    if document is not None:
        yield document
        yield from found
    elif not is_feed(octets) or octets.lstrip().startswith(b"{"):
        msg = tr(
            "{name} can't be read as a feed: it's another kind of file, or damaged. Download it again, then import it."
        ).format(name=file.path.name)
        raise UserError(msg)
