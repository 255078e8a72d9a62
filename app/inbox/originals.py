"""Letters as they came: how many are kept, and what they take in the file; in which mailboxes the others may be."""

from __future__ import annotations

from typing import NamedTuple

from app.base.message import Place
from app.base.sizes import in_words
from app.base.words import counted, tr
from app.store.sqlite import Connection

_TWINS = """
SELECT a.id AS account_id, a.id = m.account_id AS mine, t.id IS NOT NULL AS has_it, p.folder, p.uid
FROM message m JOIN account own ON own.id = m.account_id
JOIN account a ON a.kind = own.kind AND a.mode = 'live' AND a.state <> 'removed'
LEFT JOIN message t ON t.account_id = a.id AND t.remote_id = m.remote_id
LEFT JOIN letter_place p ON p.account_id = a.id AND p.message_id IN (m.id, t.id)
WHERE m.id = ? AND (own.mode = 'file' OR a.id = m.account_id OR p.uid IS NOT NULL)
ORDER BY p.uid IS NULL, mine DESC, has_it DESC, a.id, p.folder, p.uid
"""


class Home(NamedTuple):
    """A connected mailbox that may have a letter, and where in it the letter was last seen."""

    account_id: int
    places: tuple[Place, ...]


def homes(conn: Connection, message_id: int) -> list[Home]:
    """The mailboxes to ask for a letter, likeliest first; [] where none can have it, or there is no such message.

    One that came from a file may be in any mailbox: it was read there too, or was before the file was made.
    """
    found: dict[int, list[Place]] = {}
    for account, _, _, folder, uid in conn.execute(_TWINS, (message_id,)):
        places = found.setdefault(account, [])
        if uid is not None:
            places.append(Place(folder, uid))
    return [Home(account, tuple(places)) for account, places in found.items()]


class Kept(NamedTuple):
    """How many originals are kept, and how many bytes they take in the file."""

    letters: int
    octets: int

    def sentence(self) -> str:
        """The same in words, in the language in use."""
        if not self.letters:
            return tr("No originals are kept: all letters could be read wholly.")
        return counted(
            self.letters,
            "Originals kept: {count} letter, {size}",
            "Originals kept: {count} letters, {size}",
            size=in_words(self.octets),
        )


def kept(conn: Connection) -> Kept:
    """How many originals are kept, and what they take."""
    return Kept(*conn.execute("SELECT count(*), coalesce(sum(length(bytes)), 0) FROM raw").fetchone())
