"""Parse an IMAP server's responses: mails, folders and folder names, with IMAPClient's parser and checks of our own.

Only the parser of IMAPClient is used; docs/decisions/0014 says why its client is not.
"""

from __future__ import annotations

import imaplib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from imapclient import imap_utf7
from imapclient.response_parser import parse_fetch_response, parse_response

from app.base.words import tr


class UnreadableError(imaplib.IMAP4.error):
    """The response cannot be parsed."""


@dataclass(frozen=True, slots=True)
class Told:
    """A FETCH response for one mail: `arrived` in Unix seconds, `raw` None if the body was not requested."""

    uid: int
    size: int
    flags: frozenset[str]
    arrived: int | None
    raw: bytes | None


def mails(answer: Sequence[Any]) -> list[Told]:
    """Parse the data of imaplib's FETCH response, in its order; raises UnreadableError.

    Keyed by sequence number, because a server may send unsolicited flag updates, which have no UID (skipped).
    """
    try:
        rows = parse_fetch_response(list(answer), normalise_times=False, uid_is_key=False)
        return [_parse_mail(row) for row in rows.values() if isinstance(row.get(b"UID"), int)]
    except (imaplib.IMAP4.error, ValueError, TypeError, LookupError, AttributeError, RecursionError) as why:
        raise UnreadableError(tr("its answer can't be read")) from why


def _parse_mail(row: dict[bytes, Any]) -> Told:
    size, arrived = row.get(b"RFC822.SIZE"), row.get(b"INTERNALDATE")
    raw = next((value or b"" for name, value in row.items() if name.startswith(b"BODY[")), None)
    return Told(
        row[b"UID"],
        size if isinstance(size, int) else 0,
        _flags(row.get(b"FLAGS")),
        _seconds(arrived) if isinstance(arrived, datetime) else None,
        raw if isinstance(raw, bytes) or raw is None else str(raw).encode(),
    )


def sections(answer: Sequence[Any]) -> tuple[dict[str, bytes], Any]:
    """The parts in the data of imaplib's FETCH response for one mail, by their number, and its BODYSTRUCTURE or None.

    Raises UnreadableError.
    """
    try:
        rows = parse_fetch_response(list(answer), normalise_times=False, uid_is_key=False)
        found: dict[str, bytes] = {}
        structure = None
        for row in rows.values():
            structure = row.get(b"BODYSTRUCTURE", structure)
            for name, value in row.items():
                if name.startswith(b"BODY[") and isinstance(value, bytes | int):
                    found[name[5:-1].decode("ascii", "replace").upper()] = (
                        value if isinstance(value, bytes) else str(value).encode()
                    )
    except (imaplib.IMAP4.error, ValueError, TypeError, LookupError, AttributeError, RecursionError) as why:
        raise UnreadableError(tr("its answer can't be read")) from why
    return found, structure


def ranges(said: Sequence[object]) -> list[tuple[int, int]]:
    """The ranges of UIDs in the data of imaplib's VANISHED responses (RFC 7162, 3.2.10), both ends included."""
    found: list[tuple[int, int]] = []
    for line in said:
        words = line.decode("ascii", "replace").split() if isinstance(line, bytes) else []
        for part in words[-1].split(",") if words else ():
            first, _, last = part.partition(":")
            if first.isdecimal() and (last or first).isdecimal():
                pair = sorted((int(first), int(last or first)))
                found.append((pair[0], pair[1]))
    return found


def _flags(value: object) -> frozenset[str]:
    named = (flag for flag in value if isinstance(flag, bytes)) if isinstance(value, tuple) else ()
    return frozenset(flag.decode("ascii", "replace").lower() for flag in named)


def _seconds(at: datetime) -> int | None:
    try:
        return int(at.timestamp())
    except (ValueError, OverflowError):  # a UTC offset of more than a day
        return None


def folders(answer: Sequence[Any]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield (decoded name, flags in lower case) from the data of imaplib's LIST response.

    Parsed line by line, so that an invalid one is skipped without hiding the others.
    """
    for line in answer:
        try:
            flags, _, name = parse_response([line])
        except (imaplib.IMAP4.error, ValueError, TypeError, RecursionError):
            continue
        if isinstance(flags, tuple) and isinstance(name, bytes | int) and name != b"":
            yield readable(name if isinstance(name, bytes) else str(name).encode()), _flags(flags)


def readable(name: bytes) -> str:
    """Decode a folder's name (modified UTF-7: RFC 3501, 5.1.3); an invalid one is returned as it is."""
    try:
        decoded = str(imap_utf7.decode(name)) if name.isascii() else name.decode()
        decoded.encode()  # raises for a lone surrogate, which could not be stored
    except ValueError:
        return name.decode("utf-8", "replace")
    return decoded


def coded(name: str) -> str:
    """Encode and quote a folder's name for a command."""
    bare = str(imap_utf7.encode(name.encode("utf-8", "replace").decode()), "ascii")
    return '"' + bare.replace("\\", "\\\\").replace('"', '\\"') + '"'
