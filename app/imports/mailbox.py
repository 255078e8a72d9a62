"""Read the mails of an mbox, a Maildir, a folder or a single file as messages, with progress."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from app.base.addresses import address_key
from app.base.message import Incoming
from app.imports import maildir, mbox
from app.imports.recognise import EML, MAILDIR, MBOX, SourceFile
from app.mail import headers, mailboxes
from app.mail.parse import parse

_USUAL_MAIL_BYTES = 4_096  # estimated bytes of a mail
_DELIVERED = ("to", "cc")


@dataclass(frozen=True, slots=True)
class Read:
    """A message and the progress so far: bytes of an mbox, else number of files."""

    item: Incoming
    done: int


def total(file: SourceFile) -> int:
    """Return the final value of `Read.done`."""
    return file.size if file.kind == MBOX else len(files(file))


def files(file: SourceFile) -> list[Path]:
    """Return the files of a source with one mail per file."""
    if file.kind == EML:
        return [file.path]
    return maildir.maildir_files(file.path) if file.kind == MAILDIR else maildir.eml_files(file.path)


def read(file: SourceFile, own: Collection[str]) -> Iterator[Read]:
    """Yield every mail in the file's order, broken ones as unreadable messages. Raises OSError."""
    if file.kind == MBOX:
        with closing(mbox.mails(file.path)) as mails:
            for mail in mails:
                yield Read(parse(mail.raw, own), mail.end)
    else:
        for number, (path, raw) in enumerate(maildir.mails(files(file)), 1):
            yield Read(parse(raw, own, _arrived(path)), number)


def _arrived(path: Path) -> int | None:
    """Return the delivery time that a Maildir file name begins with; not the file's mtime, which a copy changes."""
    start = path.name.split(".", 1)[0]
    return int(start) if start.isdigit() and len(start) in (9, 10) else None


def is_small(file: SourceFile, most: int) -> bool:
    """Whether there are probably at most `most` mails, so that a preview may read them all."""
    return file.size <= most * _USUAL_MAIL_BYTES if file.kind == MBOX else len(files(file)) <= most


def estimate(file: SourceFile, sample: list[bytes]) -> int:
    """Estimate the number of mails by the size of the first ones."""
    if file.kind != MBOX:
        return len(files(file))
    each = sum(map(len, sample)) / len(sample) if sample else _USUAL_MAIL_BYTES
    return max(len(sample), round(file.size / max(each, 1)))


def raws(file: SourceFile, most: int) -> list[bytes]:
    """Return the bytes of the first `most` mails."""
    if file.kind == MBOX:
        with closing(mbox.mails(file.path)) as mails:
            return [mail.raw for mail in islice(mails, most)]
    return [raw for _, raw in maildir.mails(files(file)[:most])]


def likely_own(mails: list[bytes]) -> str:
    """Return the address that more than half of these mails were sent to; "" if there is none."""
    seen: Counter[str] = Counter()
    for raw in mails:
        seen.update(_receivers(raw))
    return next((address for address, times in seen.most_common(1) if times * 2 > len(mails)), "")


def _receivers(raw: bytes) -> set[str]:
    try:
        head = headers.fields(headers.split(raw)[0])
    except (ValueError, LookupError):
        return set()
    return {address_key(address) for name in _DELIVERED for _, address in mailboxes.addresses(head.get(name, ""))}
