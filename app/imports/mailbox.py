"""Mails of an mbox, a Maildir, a folder or a single file as messages, with how far the reading has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from app.base.message import Incoming
from app.imports import maildir, mbox
from app.imports.recognise import EML, MAILDIR, MBOX, Found
from app.mail import headers, mailboxes
from app.mail.parse import parse

_USUAL = 4_096  # bytes of an everyday mail
_DELIVERED = ("to", "cc")


@dataclass(frozen=True, slots=True)
class Read:
    """A message, and what has been read of the whole: bytes of an mbox, files otherwise."""

    item: Incoming
    done: int


def total(found: Found) -> int:
    """What `Read.done` will reach."""
    return found.size if found.kind == MBOX else len(files(found))


def files(found: Found) -> list[Path]:
    """The files of everything that has one mail a file."""
    if found.kind == EML:
        return [found.path]
    return maildir.maildir_files(found.path) if found.kind == MAILDIR else maildir.eml_files(found.path)


def read(found: Found, own: Collection[str]) -> Iterator[Read]:
    """Every mail in the file's order; what cannot be read comes as an unreadable message. OSError passes."""
    if found.kind == MBOX:
        with closing(mbox.mails(found.path)) as mails:
            for mail in mails:
                yield Read(parse(mail.raw, own), mail.end)
    else:
        for number, (path, raw) in enumerate(maildir.mails(files(found)), 1):
            yield Read(parse(raw, own, _arrived(path)), number)


def _arrived(path: Path) -> int | None:
    """When the file was put there: a Maildir's name begins with it; the file's own time may be that of a copy."""
    start = path.name.split(".", 1)[0]
    return int(start) if start.isdigit() and len(start) in (9, 10) else None


def is_small(found: Found, most: int) -> bool:
    """Whether there are so few mails that all may be read for a preview."""
    return found.size <= most * _USUAL if found.kind == MBOX else len(files(found)) <= most


def estimate(found: Found, sample: list[bytes]) -> int:
    """About how many mails there are, by the size of the first ones."""
    if found.kind != MBOX:
        return len(files(found))
    each = sum(map(len, sample)) / len(sample) if sample else _USUAL
    return max(len(sample), round(found.size / max(each, 1)))


def raws(found: Found, most: int) -> list[bytes]:
    """The first mails' bytes."""
    if found.kind == MBOX:
        with closing(mbox.mails(found.path)) as mails:
            return [mail.raw for mail in islice(mails, most)]
    return [raw for _, raw in maildir.mails(files(found)[:most])]


def likely_own(mails: list[bytes]) -> str:
    """The address that most of these mails were delivered to; "" where no single one stands out."""
    seen: Counter[str] = Counter()
    for raw in mails:
        seen.update(_receivers(raw))
    best = seen.most_common(1)
    return best[0][0] if best and best[0][1] * 2 > len(mails) else ""


def _receivers(raw: bytes) -> set[str]:
    try:
        head = headers.fields(headers.split(raw)[0])
    except (ValueError, LookupError):
        return set()
    return {address.lower() for name in _DELIVERED for _, address in mailboxes.addresses(head.get(name, ""))}
