"""What an IMAP server answered: mails, folders and folders' names. IMAPClient's parser reads it, and we doubt it.

Of IMAPClient only the parser is used; why not its client, docs/decisions/0014 says.
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
    """An answer that no parser understands."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was said of one mail: `arrived` in Unix seconds, `raw` None where its bytes were not asked for."""

    uid: int
    size: int
    flags: frozenset[str]
    arrived: int | None
    raw: bytes | None


def mails(answer: Sequence[Any]) -> list[Told]:
    """The mails of imaplib's answer to FETCH, in its order; UnreadableError where it makes no sense.

    By their sequence numbers: a server may tell unasked that a mail was read meanwhile, and that names no UID.
    """
    try:
        rows = parse_fetch_response(list(answer), normalise_times=False, uid_is_key=False)
        return [_told(row) for row in rows.values() if isinstance(row.get(b"UID"), int)]
    except (imaplib.IMAP4.error, ValueError, TypeError, LookupError, AttributeError, RecursionError) as why:
        raise UnreadableError(tr("its answer can't be read")) from why


def _told(row: dict[bytes, Any]) -> Told:
    size, arrived = row.get(b"RFC822.SIZE"), row.get(b"INTERNALDATE")
    raw = next((value or b"" for name, value in row.items() if name.startswith(b"BODY[")), None)
    return Told(
        row[b"UID"],
        size if isinstance(size, int) else 0,
        _flags(row.get(b"FLAGS")),
        _seconds(arrived) if isinstance(arrived, datetime) else None,
        raw if isinstance(raw, bytes) or raw is None else str(raw).encode(),
    )


def _flags(told: object) -> frozenset[str]:
    named = (flag for flag in told if isinstance(flag, bytes)) if isinstance(told, tuple) else ()
    return frozenset(flag.decode("ascii", "replace").lower() for flag in named)


def _seconds(at: datetime) -> int | None:
    try:
        return int(at.timestamp())
    except (ValueError, OverflowError):  # a zone of more than a day
        return None


def folders(answer: Sequence[Any]) -> Iterator[tuple[str, frozenset[str]]]:
    """(name as people read it, flags in lower case) of imaplib's answer to LIST; what makes no sense is left out.

    Line by line, for one that is wrong must not hide the others.
    """
    for line in answer:
        try:
            flags, _, name = parse_response([line])
        except (imaplib.IMAP4.error, ValueError, TypeError, RecursionError):
            continue
        if isinstance(flags, tuple) and isinstance(name, bytes | int) and name != b"":
            yield readable(name if isinstance(name, bytes) else str(name).encode()), _flags(flags)


def readable(name: bytes) -> str:
    """A folder's name as people read it (modified UTF-7: RFC 3501, 5.1.3); a wrongly coded one stays as it is."""
    try:
        found = str(imap_utf7.decode(name)) if name.isascii() else name.decode()
        found.encode()  # half a character would break whatever keeps the name
    except ValueError:
        return name.decode("utf-8", "replace")
    return found


def coded(name: str) -> str:
    """A folder's name as a command has it: coded, and in quotation marks."""
    bare = str(imap_utf7.encode(name.encode("utf-8", "replace").decode()), "ascii")
    return '"' + bare.replace("\\", "\\\\").replace('"', '\\"') + '"'
