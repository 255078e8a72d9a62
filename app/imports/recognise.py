"""Recognise a file's kind by its content, never by its name."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from app.base.errors import UserError
from app.base.words import N_, tr
from app.channels.feed.document import is_feed

MBOX, EML, MAILDIR, FOLDER, TABLE, FEED = "mbox", "eml", "maildir", "folder", "csv", "feed"
KINDS = (MBOX, EML, MAILDIR, FOLDER, TABLE, FEED)
MAIL = frozenset((MBOX, EML, MAILDIR, FOLDER))
_HEAD_BYTES = 65_536
_FROM_LINE = re.compile(rb"\s*From (?:(?=[^\n]*?\d:\d\d)[^\n]*+|-?[ \t]*+\r?)\n(?:>From [^\n]*+\n)*+[!-9;-~]+:")
_HEADER = re.compile(rb"[!-9;-~]++:[^\n]*+(?:\n[ \t][^\n]*+)*+(?:\n|\Z)")
_MAIL_HEADERS = re.compile(
    rb"^(?:from|received|return-path|message-id|mime-version|delivered-to|subject|date|to|x-[a-z-]+):",
    re.IGNORECASE | re.MULTILINE,
)
_MAGIC_NUMBERS = (
    (
        b"PK\x03\x04",
        N_("{name} isn't a mailbox: it's a ZIP archive or an Office document. Unpack it, or save the sheet as CSV."),
    ),
    (b"\x1f\x8b", N_("{name} isn't a mailbox: it's compressed (gzip). Unpack it first.")),
    (b"%PDF", N_("{name} isn't a mailbox: it's a PDF.")),
    (b"\x89PNG", N_("{name} isn't a mailbox: it's a picture.")),
    (b"\xff\xd8\xff", N_("{name} isn't a mailbox: it's a picture.")),
    (b"GIF8", N_("{name} isn't a mailbox: it's a picture.")),
    (b"!BDN", N_("{name} isn't a mailbox: it's an Outlook data file. Export it as mbox or .eml.")),
    (
        b"\xd0\xcf\x11\xe0",
        N_("{name} isn't a mailbox: it's an old Office document or an Outlook message. Save it as CSV or .eml."),
    ),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_OUR_APPLICATION_ID = 0x52505254  # SQLite's application_id (at byte 68) of our own files


class NotAMailboxError(UserError):
    """The file cannot be imported; the sentence says what it is, if known."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file or folder, its kind, and its size in bytes (0 for a folder)."""

    path: Path
    kind: str
    size: int


def recognise(path: Path, kind: str = "") -> SourceFile:
    """Recognise the file at `path`; a given `kind` (one of KINDS) is trusted. Raises NotAMailboxError or UserError."""
    try:
        return _look(path, kind)
    except FileNotFoundError as why:
        msg = tr("There's no file at {path}. Check the name and try again.").format(path=path)
        raise NotAMailboxError(msg) from why
    except OSError as why:
        msg = tr("Can't read {path}. Check that you have permission to open it, then try again.").format(path=path)
        raise NotAMailboxError(msg) from why


def _look(path: Path, kind: str) -> SourceFile:
    if kind and kind not in KINDS:
        msg = tr("“{kind}” isn't a kind of file that Rapport can import. Choose from: {kinds}.").format(
            kind=kind, kinds=", ".join(KINDS)
        )
        raise UserError(msg)
    if path.is_dir():
        return SourceFile(path, kind or _folder(path), 0)
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    return SourceFile(path, kind or _content(head, path), path.stat().st_size)


def _folder(path: Path) -> str:
    if any((path / part).is_dir() for part in ("cur", "new")) or any(path.glob("*/cur")):
        return MAILDIR
    if any(_is_mail(file) for file in path.iterdir() if file.is_file()):
        return FOLDER
    msg = tr("The folder {name} isn't a mailbox: it contains neither Maildir's cur and new nor any .eml files.").format(
        name=path.name
    )
    raise NotAMailboxError(msg)


def _is_mail(path: Path) -> bool:
    with path.open("rb") as file:
        return looks_like_mail(file.read(_HEAD_BYTES))


def _content(head: bytes, path: Path) -> str:
    if not head.strip():
        msg = tr("{name} is empty: there's nothing to import.").format(name=path.name)
        raise NotAMailboxError(msg)
    _refuse_known(head, path)
    if _FROM_LINE.match(head):
        return MBOX
    if looks_like_mail(head):
        return EML
    if is_feed(head):
        return FEED
    if _is_text(head) and not head.lstrip().startswith((b"{", b"[", b"<")):
        return TABLE
    msg = tr(
        "{name} is neither a mailbox nor a table. Rapport imports mbox, .eml, Maildir folders, CSV and feeds."
    ).format(name=path.name)
    raise NotAMailboxError(msg)


def _refuse_known(head: bytes, path: Path) -> None:
    if head.startswith(b"SQLite format 3\0"):
        sentence = tr("{name} isn't a mailbox: it's a database.")
        if _is_ours(head):
            sentence = tr("{name} isn't a mailbox: it's a Rapport file. Open it, or restore it if it's a backup.")
        raise NotAMailboxError(sentence.format(name=path.name))
    for magic, sentence in _MAGIC_NUMBERS:
        if head.startswith(magic):
            raise NotAMailboxError(tr(sentence).format(name=path.name))


def _is_text(head: bytes) -> bool:
    """Whether the bytes are text: UTF-16 with a byte order mark, or free of control characters."""
    return head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or not _CONTROL.search(head)


def _is_ours(head: bytes) -> bool:
    return int.from_bytes(head[68:72], "big") == _OUR_APPLICATION_ID


def looks_like_mail(head: bytes) -> bool:
    """Whether the bytes start with a mail header: only header lines before a blank one, with a well-known one."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    top = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
    if not _MAIL_HEADERS.search(top):
        return False
    whole = top.replace(b"\r\n", b"\n")
    read = 0
    while match := _HEADER.match(whole, read):
        read = match.end()
    return read >= len(whole) or (read > 0 and len(top) == len(start))
