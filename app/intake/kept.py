"""Letters whose bytes are kept: those that could not be read wholly, or whose character set was guessed."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from app.base import ids
from app.base.errors import NotFoundError
from app.base.words import tr
from app.intake import originals
from app.store.sqlite import Connection, scalar


class KeptLetter(NamedTuple):
    """A letter as it came; `at` is its time in Unix seconds, `own` are our addresses on its account."""

    octets: bytes
    at: int
    envelope: str
    own: frozenset[str]


def kept_letter(conn: Connection, message_id: int, original: Callable[[], bytes] | None = None) -> KeptLetter | None:
    """A letter by its bytes, or by those that `original` fetches where they are not kept; None if there are none.

    Raises NotFoundError if there is no such message, and as `original` does.
    """
    row = conn.execute(
        "SELECT r.bytes, r.packed, m.at, m.envelope, a.own FROM message m JOIN account a ON a.id = m.account_id"
        " LEFT JOIN raw r ON r.message_id = m.id WHERE m.id = ?",
        (message_id,),
    ).fetchone()
    if row is None:
        msg = tr("There's no message {id}.").format(id=ids.display(ids.MESSAGE, message_id))
        raise NotFoundError(msg)
    if row["bytes"] is None and original is None:
        return None
    octets = originals.octets(row) if row["bytes"] is not None or original is None else original()
    return KeptLetter(octets, row["at"], row["envelope"], frozenset(row["own"].split()))


def is_guess_without_bytes(conn: Connection, message_id: int) -> bool:
    """Whether a letter was read by a guess or not at all, and its bytes are not kept: it was too large for that."""
    return bool(
        scalar(
            conn,
            "SELECT EXISTS (SELECT 1 FROM message m LEFT JOIN raw r ON r.message_id = m.id WHERE m.id = ?"
            " AND r.message_id IS NULL"
            " AND (m.kind = 'unreadable' OR coalesce(nullif(m.envelope, '') ->> '$.charset', '') <> ''))",
            (message_id,),
        )
    )
