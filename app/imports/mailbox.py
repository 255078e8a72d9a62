"""Read the mails of an mbox, a Maildir, a folder or archive of them or a single file as messages, with progress.

What is in a folder or archive is recognised file by file: `.eml`, Apple's `.emlx`, mbox files, Maildirs. What its
program calls deleted, spam or a draft is left out (`app.imports.marks`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import PurePosixPath
from typing import NamedTuple

from app.base.addresses import address_key
from app.base.message import Incoming
from app.imports import emlx, left_out, mail_heads, marks, mbox, takeout
from app.imports.bundle import Bundle, One, Part, open_bundle, reading
from app.imports.marks import Marks
from app.imports.notes import Notes
from app.imports.recognise import MAILDIR, MBOX, SourceFile
from app.mail import headers, mailboxes
from app.mail.parse import parse

_USUAL_MAIL_BYTES = 4_096  # estimated bytes of a mail
_SMALL_BYTES = 200 << 20  # of a folder whose mails a preview reads
_MAX_MAIL_BYTES = 64 << 20
_LARGE_BYTES = 8 << 20  # a folder with a file of that size shows its progress in bytes
_MOST_LEFT_OUT = 2_000  # letters that a preview passes over in search of one that is imported
_DELIVERED = ("to", "cc")
_MAILS = frozenset((".eml", ".emlx", ".mbox", ".mbx"))
_CLUTTER = frozenset((".msf", ".plist", ".dat", ".emlxpart", ".sqlite", ".cache", ".log", ".index", ".html", ".json"))
_CLUTTER_NAMES = ("table_of_contents", "maildirfolder", "dovecot", "courier", "subscriptions")


class Letter(NamedTuple):
    """A mail's bytes, what its program says of it, when it was delivered (Unix seconds, if known), and the progress.

    `raw` is None for a file that holds no mail.
    """

    raw: bytes | None
    marks: Marks
    arrived: int | None
    done: int


@dataclass(frozen=True, slots=True)
class Read:
    """A message and the progress so far: bytes of an mbox, else number of files. `item` is None if it is left out."""

    item: Incoming | None
    done: int
    left_out: str = ""
    labels: tuple[str, ...] = ()


def total(file: SourceFile) -> int:
    """Return the final value of `Read.done`."""
    with open_bundle(file.path) as bundle:
        parts = _parts(file, bundle)
        in_bytes = file.kind == MBOX or _in_bytes(parts)
        return sum(part.size for part in parts) if in_bytes else len(parts)


def read(
    file: SourceFile, own: Collection[str], notes: Notes | None = None, passed: Collection[Part] = ()
) -> Iterator[Read]:
    """Yield every mail in the file's order, broken ones as unreadable messages. Raises OSError, UserError.

    `passed` are files of an archive that others read.
    """
    for letter in _letters(file, notes or Notes(), passed):
        if letter.raw is None or letter.marks.left_out:
            yield Read(None, letter.done, letter.marks.left_out or left_out.FILES)
            continue
        item = parse(letter.raw, own, letter.arrived)
        if letter.marks.flags or letter.marks.sent:
            item = item._replace(flags=letter.marks.flags, out=item.out or letter.marks.sent)
        yield Read(item, letter.done, labels=letter.marks.labels)


def _parts(file: SourceFile, bundle: Bundle) -> tuple[Part, ...]:
    if file.kind == MAILDIR:
        return tuple(part for part in bundle.parts if _is_delivered(part))
    return tuple(part for part in bundle.parts if not _is_clutter(part))


def _is_delivered(part: Part) -> bool:
    return PurePosixPath(part.name).parent.name in ("cur", "new")


def _is_clutter(part: Part) -> bool:
    """Whether mail programs keep such a file for themselves, or a letter is not finished in it (`tmp` of a Maildir)."""
    path = PurePosixPath(part.name)
    name = path.name.casefold()
    return path.suffix.casefold() in _CLUTTER or name.startswith(_CLUTTER_NAMES) or path.parent.name == "tmp"


def _in_bytes(parts: Collection[Part]) -> bool:
    return any(part.size > _LARGE_BYTES for part in parts)


def _letters(file: SourceFile, notes: Notes, passed: Collection[Part] = ()) -> Iterator[Letter]:
    """Yield every letter, the ones to leave out too."""
    with open_bundle(file.path) as bundle:
        notes.refused = bundle.refused
        notes.said += takeout.remarks(bundle, tables=passed)
        parts = [part for part in _parts(file, bundle) if part not in passed]
        several = not isinstance(bundle, One)
        in_bytes, done = file.kind == MBOX or _in_bytes(parts), 0
        for number, part in enumerate(parts, 1):
            above = marks.of_path(part.name) if several else Marks()
            end = done + part.size if in_bytes else number
            try:
                for letter in _of_part(bundle, part, above, notes):
                    so_far = min(done + (letter.done or part.size), end) if in_bytes else end
                    yield Letter(letter.raw, letter.marks, letter.arrived, so_far)
            except OSError:
                notes.unreadable.append(part.name)
            done = end


def _of_part(bundle: Bundle, part: Part, above: Marks, notes: Notes) -> Iterator[Letter]:
    path = PurePosixPath(part.name)
    with reading(bundle, part) as stream:
        head = stream.read(mail_heads.HEAD_BYTES)
        if mail_heads.looks_like_mbox(head):
            with closing(mbox.mails_of(stream, head)) as mails:
                for mail in mails:
                    yield Letter(mail.raw, above.joined(marks.of_head(mail.raw)), None, mail.end)
            return
        if not head.strip() and path.suffix.casefold() not in (".eml", ".emlx") and not _is_delivered(part):
            return  # an mbox file that is empty
        if emlx.looks_so(head):
            letter = emlx.read(head + stream.read(_MAX_MAIL_BYTES))
            notes.partial += emlx.is_partial(part.name)
            said = above.joined(marks.of_emlx(letter.flags)).joined(marks.of_head(letter.raw))
            yield Letter(letter.raw, said, None, 0)
            return
        named = path.suffix.casefold() in _MAILS or _is_delivered(part) or isinstance(bundle, One)
        if not named and not mail_heads.looks_like_mail(head):
            yield Letter(None, Marks(), None, 0)
            return
        raw = head + stream.read(_MAX_MAIL_BYTES - len(head))
        said = above.joined(marks.of_file_name(path.name)).joined(marks.of_head(raw))
        yield Letter(raw, said, _arrived(path.name), 0)


def _arrived(name: str) -> int | None:
    """Return the delivery time that a Maildir file name begins with; not the file's mtime, which a copy changes."""
    start = name.split(".", 1)[0]
    return int(start) if start.isdecimal() and start.isascii() and len(start) in (9, 10) else None


def is_small(file: SourceFile, most: int) -> bool:
    """Whether there are probably at most `most` mails, so that a preview may read them all."""
    with open_bundle(file.path) as bundle:
        parts = _parts(file, bundle)
        if _in_bytes(parts) or isinstance(bundle, One):
            return sum(part.size for part in parts) <= most * _USUAL_MAIL_BYTES
        return len(parts) <= most and sum(part.size for part in parts) <= _SMALL_BYTES


def estimate(file: SourceFile, sample: list[bytes]) -> int:
    """Estimate the number of mails by the size of the first ones."""
    with open_bundle(file.path) as bundle:
        parts = _parts(file, bundle)
        if not isinstance(bundle, One) and not _in_bytes(parts):
            return len(parts)
    each = sum(map(len, sample)) / len(sample) if sample else _USUAL_MAIL_BYTES
    return max(len(sample), round(sum(part.size for part in parts) / max(each, 1)))


def raws(file: SourceFile, most: int) -> list[bytes]:
    """Return the bytes of the first `most` mails that are not left out."""
    with closing(_letters(file, Notes())) as letters:  # type: ignore[type-var]
        looked = islice(letters, most + _MOST_LEFT_OUT)
        kept = (letter.raw for letter in looked if letter.raw is not None and not letter.marks.left_out)
        return list(islice(chain(kept), most))


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
