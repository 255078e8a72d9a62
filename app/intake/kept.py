"""Letters whose bytes are kept: those that could not be read wholly, or whose character set was guessed."""

from __future__ import annotations

from typing import NamedTuple

from app.base import ids
from app.base.errors import NotFoundError
from app.base.words import tr
from app.intake import originals
from app.store.sqlite import Connection


class KeptLetter(NamedTuple):
    """A letter as it came; `at` is its time in Unix seconds, `own` are our addresses on its account."""

    octets: bytes
    at: int
    envelope: str
    own: frozenset[str]


def kept_letter(conn: Connection, message_id: int) -> KeptLetter | None:
    """The bytes of a letter; None if they are not kept. Raises NotFoundError if there is no such message."""
    row = conn.execute(
        "SELECT r.bytes, r.packed, m.at, m.envelope, a.own FROM message m JOIN account a ON a.id = m.account_id"
        " LEFT JOIN raw r ON r.message_id = m.id WHERE m.id = ?",
        (message_id,),
    ).fetchone()
    if row is None:
        msg = tr("There's no message {id}.").format(id=ids.display(ids.MESSAGE, message_id))
        raise NotFoundError(msg)
    return (
        None
        if row["bytes"] is None
        else KeptLetter(originals.octets(row), row["at"], row["envelope"], frozenset(row["own"].split()))
    )
