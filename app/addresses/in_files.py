"""Whether an address stands in a file: text, a letter, a table or document, packed or not, of any size. Pure.

Read piece by piece, and unpacked within bounds: what can't be searched is told apart from what doesn't hold it.
"""

from __future__ import annotations

import binascii
import bz2
import gzip
import io
import lzma
import quopri
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from app.addresses.anywhere import Address, holds

HOLDS, CLEAN, UNREAD = "holds", "clean", "unread"
"""What a search comes to; UNREAD is a file that can't be searched, or only in part."""
_PIECE, _OVERLAP = 1 << 20, 4 << 10
"""Bytes that are looked at together, and how many of them again with the next: more than an address is long."""
_MOST_UNPACKED = 256 << 20
_MOST_RATIO = 250
"""A part that grows more than so many times is a trap, not a letter."""
_MOST_PARTS, _MOST_DEEP = 5_000, 3
_ZIP, _NUL = b"PK\x03\x04", b"\x00"
_PACKED: dict[bytes, Callable[[IO[bytes]], IO[bytes]]] = {
    b"\x1f\x8b": lambda opened: gzip.GzipFile(fileobj=opened),  # type: ignore[dict-item, return-value]
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ": lzma.LZMAFile,
}
_CLOSED = (b"%PDF", b"7z\xbc\xaf", b"Rar!", b"\x28\xb5\x2f\xfd", b"\xd0\xcf\x11\xe0")
"""How files begin whose words can't be got at: PDF, 7z, RAR, Zstandard, and documents of old."""
_BOMS = (b"\xff\xfe", b"\xfe\xff")
_TAG = re.compile(r"<[^<>]{0,500}>")
_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/]{16,}={0,2}\r?\n)*[A-Za-z0-9+/]{16,}={0,2}")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)


@dataclass(slots=True)
class _Bounds:
    """What may still be unpacked."""

    octets: int = _MOST_UNPACKED
    parts: int = _MOST_PARTS


class _TooMuch(Exception):
    """More would be unpacked than is looked at."""


def search(opened: IO[bytes], addresses: Sequence[Address]) -> str:
    """HOLDS if any of the addresses' streets stands in a file, from where it is opened; else CLEAN or UNREAD."""
    try:
        return _search(opened, addresses, _Bounds(), 0)
    except _TooMuch:
        return UNREAD


def search_bytes(octets: bytes, addresses: Sequence[Address]) -> str:
    """The same for a file's content."""
    return search(io.BytesIO(octets), addresses)


def _search(opened: IO[bytes], addresses: Sequence[Address], left: _Bounds, deep: int) -> str:
    start = opened.read(64)
    opened.seek(0)
    if start.startswith((_ZIP, *_PACKED)):
        return _in_packed(opened, start, addresses, left, deep) if deep < _MOST_DEEP else UNREAD
    if start.startswith(_CLOSED):
        return UNREAD
    if _NUL in start and not start.startswith(_BOMS):
        return CLEAN  # a picture, a sound, a program
    return HOLDS if any(holds(text, one) for text in _texts(opened) for one in addresses) else CLEAN


def _in_packed(opened: IO[bytes], start: bytes, addresses: Sequence[Address], left: _Bounds, deep: int) -> str:
    try:
        if start.startswith(_ZIP):
            return _in_zip(opened, addresses, left, deep)
        unpack = next(one for magic, one in _PACKED.items() if start.startswith(magic))
        return _in_part(unpack(opened), addresses, left, deep)
    except _BROKEN:
        return UNREAD


def _in_zip(opened: IO[bytes], addresses: Sequence[Address], left: _Bounds, deep: int) -> str:
    found = CLEAN
    with zipfile.ZipFile(opened) as archive:
        for part in archive.infolist():
            left.parts -= 1
            if left.parts < 0:
                return UNREAD
            if part.is_dir():
                continue
            if part.flag_bits & 1 or part.file_size > max(part.compress_size, 64) * _MOST_RATIO:  # locked, or a trap
                found = UNREAD
                continue
            with archive.open(part) as inner:
                came = _in_part(inner, addresses, left, deep)
            if came == HOLDS:
                return HOLDS
            found = UNREAD if came == UNREAD else found
    return found


def _in_part(inner: IO[bytes], addresses: Sequence[Address], left: _Bounds, deep: int) -> str:
    """Search what is unpacked, as far as it may be."""
    content = io.BytesIO()
    while piece := inner.read(_PIECE):
        left.octets -= len(piece)
        if left.octets < 0:
            raise _TooMuch
        content.write(piece)
    content.seek(0)
    return _search(content, addresses, left, deep + 1)


def _texts(opened: IO[bytes]) -> Iterator[str]:
    """What a file says, piece by piece, in each way in which it may be written."""
    before = b""
    wide = opened.read(2)
    opened.seek(0)
    while piece := opened.read(_PIECE):
        whole = before + piece
        if wide in _BOMS:
            yield whole.decode("utf-16-le" if wide == _BOMS[0] else "utf-16-be", "ignore")
        else:
            yield from _readings(whole)
        before = whole[-_OVERLAP:]


def _readings(octets: bytes) -> Iterator[str]:
    soft = [quopri.decodestring(octets)] if b"=" in octets else []
    for plain in (octets, *soft, *_unfolded(octets)):
        for text in _decoded(plain):
            yield text
            if "<" in text:  # words of a document lie in several tags, and lines of a page end with one
                yield _TAG.sub("", text)
                yield _TAG.sub(" ", text)


def _decoded(octets: bytes) -> Iterator[str]:
    try:
        yield octets.decode("utf-8")
    except UnicodeDecodeError:  # a piece may begin within a letter
        yield octets.decode("utf-8", "ignore")
        for charset in ("cp1252", "cp1250", "cp1253"):
            yield octets.decode(charset, "replace")


def _unfolded(octets: bytes) -> Iterator[bytes]:
    """What is written in Base64, as letters are."""
    for hit in _BASE64.finditer(octets):
        packed = b"".join(hit[0].split()).rstrip(b"=")
        packed = packed[: len(packed) - (len(packed) % 4 == 1)]
        try:
            yield binascii.a2b_base64(packed + b"=" * (-len(packed) % 4))
        except binascii.Error:
            continue
