"""Recognise a file's kind by its content, never by its name."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from app.base.errors import UserError
from app.base.words import N_, tr
from app.channels.feed.document import is_feed
from app.contacts import cards
from app.imports import emlx, exports, packed, workbook
from app.imports.bundle import Bundle, content, is_archive, open_bundle
from app.imports.mail_heads import HEAD_BYTES, looks_like_mail, looks_like_mbox

MBOX, EML, EMLX, MAILDIR, FOLDER, ARCHIVE = "mbox", "eml", "emlx", "maildir", "folder", "archive"
TABLE, FEED, CARDS, EXPORT = "csv", "feed", "vcard", "export"
KINDS = (MBOX, EML, EMLX, MAILDIR, FOLDER, ARCHIVE, TABLE, FEED, CARDS, EXPORT)
MAIL = frozenset((MBOX, EML, EMLX, MAILDIR, FOLDER, ARCHIVE))
_MAGIC_NUMBERS = (
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
_LETTERS_TO_A_CONTROL = 20
"""A text has at least so many other bytes to each control character; a program's own file has fewer."""
_MOST_LOOKED_AT = 2_000
_LOOKS = (
    (MBOX, looks_like_mbox),
    (CARDS, cards.looks_so),
    (EML, looks_like_mail),
    (EMLX, emlx.looks_so),
    (FEED, is_feed),
)
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
        head = file.read(HEAD_BYTES)
    return SourceFile(path, kind or _content(head, path), path.stat().st_size)


def _folder(path: Path) -> str:
    if any((path / part).is_dir() for part in ("cur", "new")) or any(path.glob("*/cur")):
        return MAILDIR
    with open_bundle(path) as bundle:
        kind = _parts(bundle, path.name)
    if kind:
        return FOLDER if kind == ARCHIVE else kind
    msg = tr(
        "The folder {name} holds nothing that Rapport imports: no mails (.eml, .emlx, mbox, Maildir), no chats and no "
        "export of a service."
    ).format(name=path.name)
    raise NotAMailboxError(msg)


def _archive(path: Path) -> str:
    with open_bundle(path) as bundle:
        if workbook.is_workbook(bundle):
            return TABLE
        kind = _parts(bundle, path.name)
        is_office = any(part.name == "[Content_Types].xml" for part in bundle.parts)
        is_sheet = workbook.is_other_sheet(bundle)
    if kind:
        return kind
    if is_sheet:
        raise NotAMailboxError(workbook.how_to_save(path.name))
    sentence = tr(
        "The archive {name} holds nothing that Rapport imports: no mails (.eml, .emlx, mbox, Maildir), no chats and no "
        "export of a service."
    )
    if is_office:
        sentence = tr("{name} isn't a mailbox: it's an Office document.")
    raise NotAMailboxError(sentence.format(name=path.name))


def _parts(bundle: Bundle, name: str) -> str:
    """What the files of a folder or an archive are: EXPORT, else ARCHIVE (mails), CARDS, TABLE; else ""."""
    if exports.find(bundle, name) is not None:
        return EXPORT
    found = ""
    for part in bundle.parts[:_MOST_LOOKED_AT]:
        head = content(bundle, part, HEAD_BYTES) or b""
        if cards.looks_so(head):
            found = CARDS
        elif looks_like_mail(head) or looks_like_mbox(head) or emlx.looks_so(head):
            return ARCHIVE
    return found or (TABLE if packed.tables(bundle) else "")


def _content(head: bytes, path: Path) -> str:
    if not head.strip():
        msg = tr("{name} is empty: there's nothing to import.").format(name=path.name)
        raise NotAMailboxError(msg)
    _refuse_known(head, path)
    kind = next((kind for kind, looks_so in _LOOKS if looks_so(head)), "")
    if kind:
        return kind
    if is_archive(head):
        return _archive(path)
    with open_bundle(path) as bundle:
        if exports.find(bundle, path.name) is not None:
            return EXPORT
        if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
            exports.refuse_torn(bundle, path.name)
    if _is_text(head) and not head.lstrip().startswith((b"{", b"[", b"<")):
        return TABLE
    msg = tr(
        "{name} is neither a mailbox nor a table. Rapport imports mbox, .eml, .emlx and Maildir folders, CSV, vCards, "
        "feeds, and the exports of chats and services."
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
    """Whether the bytes are text: UTF-16 with a byte order mark, or with few control characters in it."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    return len(_CONTROL.findall(head)) * _LETTERS_TO_A_CONTROL < len(head)


def _is_ours(head: bytes) -> bool:
    return int.from_bytes(head[68:72], "big") == _OUR_APPLICATION_ID
