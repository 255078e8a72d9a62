"""The bytes of letters that could not be read wholly, as they came: compressed, and counted apart."""

from __future__ import annotations

import zlib

from app.base.message import Incoming
from app.store.sqlite import Connection, Row

KEPT_MAX = 50_000_000
"""Bytes of a letter that are kept at most; of a longer one there is only the mailbox."""


def keep(conn: Connection, message_id: int, letter: Incoming) -> None:
    """Keep the bytes of a letter, if it has any to be kept, with why."""
    octets, why = (letter.raw, letter.text) if letter.raw is not None else (letter.source, _why(letter))
    if octets is None or len(octets) > KEPT_MAX:
        return
    small = zlib.compress(octets, 6)
    packed = len(small) < len(octets)
    conn.execute(
        "INSERT OR REPLACE INTO raw (message_id, bytes, why, packed) VALUES (?, ?, ?, ?)",
        (message_id, small if packed else octets, why, packed),
    )


def _why(letter: Incoming) -> str:
    return f"charset {letter.charset}" if letter.charset else ", ".join(letter.flaws)


def octets(row: Row) -> bytes:
    """The bytes of a letter, from its columns `bytes` and `packed`."""
    return zlib.decompress(row["bytes"]) if row["packed"] else bytes(row["bytes"])
