"""Read the mails of an mbox, a Maildir, a folder or a single file as messages, with progress."""

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

_USUAL_MAIL_BYTES = 4_096  # estimated bytes of a mail
_DELIVERED = ("to", "cc")


@dataclass(frozen=True, slots=True)
class Read:
    """A message and the progress so far: bytes of an mbox, else number of files."""

    item: Incoming
    done: int


def total(found: Found) -> int:
    """Return the final value of `Read.done`."""
    return found.size if found.kind == MBOX else len(files(found))


def files(found: Found) -> list[Path]:
    """Return the files of a source with one mail per file."""
    if found.kind == EML:
        return [found.path]
    return maildir.maildir_files(found.path) if found.kind == MAILDIR else maildir.eml_files(found.path)


def read(found: Found, own: Collection[str]) -> Iterator[Read]:
    """Yield every mail in the file's order, broken ones as unreadable messages. Raises OSError."""
    if found.kind == MBOX:
        with closing(mbox.mails(found.path)) as mails:
            for mail in mails:
                yield Read(parse(mail.raw, own), mail.end)
    else:
        for number, (path, raw) in enumerate(maildir.mails(files(found)), 1):
            yield Read(parse(raw, own, _arrived(path)), number)


def _arrived(path: Path) -> int | None:
    """Return the delivery time that a Maildir file name begins with; not the file's mtime, which a copy changes."""
    start = path.name.split(".", 1)[0]
    return int(start) if start.isdigit() and len(start) in (9, 10) else None


def is_small(found: Found, most: int) -> bool:
    """Whether there are probably at most `most` mails, so that a preview may read them all."""
    return found.size <= most * _USUAL_MAIL_BYTES if found.kind == MBOX else len(files(found)) <= most


def estimate(found: Found, sample: list[bytes]) -> int:
    """Estimate the number of mails by the size of the first ones."""
    if found.kind != MBOX:
        return len(files(found))
    each = sum(map(len, sample)) / len(sample) if sample else _USUAL_MAIL_BYTES
    return max(len(sample), round(found.size / max(each, 1)))


def raws(found: Found, most: int) -> list[bytes]:
    """Return the bytes of the first `most` mails."""
    if found.kind == MBOX:
        with closing(mbox.mails(found.path)) as mails:
            return [mail.raw for mail in islice(mails, most)]
    return [raw for _, raw in maildir.mails(files(found)[:most])]


def likely_own(mails: list[bytes]) -> str:
    """Return the address that more than half of these mails were sent to; "" if there is none."""
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
