"""What Outlook packs into `winmail.dat`: the letter's words and its files.

Rules: MS-OXTNEF (the stream and its attributes), MS-OXCMSG and MS-OXPROPS (the properties), MS-OXRTFCP (compressed
RTF), MS-OXRTFEX (HTML inside RTF). Every length is checked against what is there, and what is broken says less: read
are the attributes before it.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from app.base.message import Attached
from app.mail.charsets import clean, decode

TYPES = frozenset(["application/ms-tnef", "application/vnd.ms-tnef"])
NAMES = frozenset(["winmail.dat", "win.dat"])
FILES_MAX = 200
_SIGNATURE = b"\x78\x9f\x3e\x22"
_DEPTH_MAX = 4
_RTF_MAX, _RTF_BLOCK = 8_000_000, 4_096
_BODY, _PROPERTIES, _CODEPAGE = 0x2800C, 0x69003, 0x69007
_BEGINS_FILE, _TITLE, _DATA, _FILE_PROPERTIES = 0x69002, 0x18010, 0x6800F, 0x69005
_TEXT, _HTML, _RTF, _TEXT_CODEPAGE = 0x1000, 0x1013, 0x1009, 0x3FDE
_LONG_NAME, _SHORT_NAME, _SHOWN_NAME, _OBJECT, _MIME, _CONTENT_ID, _SUBJECT = (
    0x3707, 0x3704, 0x3001, 0x3701, 0x370E, 0x3712, 0x0037,
)  # fmt: skip
_FIXED = {
    0x01: 4, 0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16,
}  # fmt: skip
"""Bytes of a property's value by its type; the others carry their length."""
_UNICODE, _MANY = 0x1F, 0x1000
_NAMED = 0x8000


class Packed(NamedTuple):
    """The words of the letter inside, as plain text or HTML, and its files; `whole` is False where it was damaged."""

    text: str = ""
    html: str = ""
    files: tuple[Attached, ...] = ()
    whole: bool = True


@dataclass(slots=True)
class _File:
    """A file while its attributes are read."""

    title: bytes = b""
    content: bytes = b""
    properties: dict[int, bytes | str] = field(default_factory=dict)
    inner: bytes = b""


def is_packed(octets: bytes) -> bool:
    """Whether this is such a stream, whatever it is called."""
    return octets[:4] == _SIGNATURE


def read(octets: bytes, depth: int = 0) -> Packed:
    """What a stream holds; never raises."""
    if not is_packed(octets):
        return Packed(whole=False)
    reader = _Reader()
    whole = True
    try:
        for kind, content in _attributes(octets):
            reader.take(kind, content)
    except (ValueError, IndexError, struct.error):
        whole = False
    text, html = reader.words()
    files: list[Attached] = []
    for one in reader.files[:FILES_MAX]:
        inner = read(one.inner, depth + 1) if one.inner and depth < _DEPTH_MAX else None
        files += _inner_files(reader, one, inner) if inner is not None else [reader.attached(one, len(files) + 1)]
    return Packed(text, html, tuple(files), whole)


def _inner_files(reader: _Reader, one: _File, inner: Packed) -> list[Attached]:
    """A letter that was attached: its words as a file, and its own files."""
    title = reader.name(one) or "letter"
    words = (inner.text or inner.html).encode("utf-8", "replace")
    ending, kind = (".txt", "text/plain") if inner.text or not inner.html else (".html", "text/html")
    head = [Attached(f"{title.removesuffix('.msg')}{ending}", kind, words)] if words else []
    return [*head, *inner.files]


def _attributes(octets: bytes) -> Iterator[tuple[int, bytes]]:
    """Attributes with their content. Raises ValueError where the stream is cut off."""
    at = 6
    while at < len(octets):
        _, kind, length = struct.unpack_from("<BII", octets, at)
        at += 9
        if at + length > len(octets):
            msg = "cut off"
            raise ValueError(msg)
        yield kind, octets[at : at + length]
        at += length + 2


class _Reader:
    """Collects what the attributes say."""

    def __init__(self) -> None:
        self.files: list[_File] = []
        self._codepage = "cp1252"
        self._body = b""
        self._properties: dict[int, bytes | str] = {}

    def take(self, kind: int, content: bytes) -> None:
        """Take one attribute."""
        if kind == _CODEPAGE and len(content) >= 4:  # noqa: PLR2004  a number of four bytes
            self._codepage = _codepage(struct.unpack_from("<I", content)[0])
        elif kind == _BODY:
            self._body = content
        elif kind == _PROPERTIES:
            self._properties |= _properties(content)
        elif kind == _BEGINS_FILE:
            self.files.append(_File())
        elif self.files and kind == _TITLE:
            self.files[-1].title = content
        elif self.files and kind == _DATA:
            self.files[-1].content = content
        elif self.files and kind == _FILE_PROPERTIES:
            self.files[-1].properties |= _properties(content)
            self._look_inside(self.files[-1])

    @staticmethod
    def _look_inside(one: _File) -> None:
        """A file may be an object: a letter, or an object of OLE behind the sixteen bytes of an interface's name."""
        held = one.properties.get(_OBJECT, b"")
        content = held[16:] if isinstance(held, bytes) and is_packed(held[16:20]) else held
        if isinstance(content, bytes) and is_packed(content):
            one.inner = content
        elif isinstance(content, bytes) and content and not one.content:
            one.content = content

    def words(self) -> tuple[str, str]:
        """The letter's words: plain text, else HTML."""
        number = self._properties.get(_TEXT_CODEPAGE, b"")
        charset = _codepage(int.from_bytes(number[:4], "little")) if isinstance(number, bytes) and number else ""
        html = self._properties.get(_HTML, b"")
        page = html if isinstance(html, str) else clean(decode(html, charset or self._codepage)) if html else ""
        text = self._said(self._properties.get(_TEXT, b"") or self._body)
        rich = self._properties.get(_RTF, b"")
        if not text.strip() and not page.strip() and isinstance(rich, bytes) and rich:
            return _of_rtf(unpacked(rich), charset or self._codepage)
        return text, page

    def _said(self, value: bytes | str) -> str:
        text = value if isinstance(value, str) else clean(decode(value.rstrip(b"\0"), self._codepage))
        return text.rstrip("\0").replace("\r\n", "\n")

    def name(self, one: _File) -> str:
        """A file's name, "" if it has none."""
        known = (one.properties.get(kind, "") for kind in (_LONG_NAME, _SHOWN_NAME, _SHORT_NAME))
        return next((name for value in known if value and (name := self._said(value).strip())), "") or self._said(
            one.title
        )

    def attached(self, one: _File, number: int) -> Attached:
        """A file of the letter."""
        kind = self._said(one.properties.get(_MIME, "")).strip().lower()
        content_id = self._said(one.properties.get(_CONTENT_ID, "")).strip("<> ")
        known = kind if re.fullmatch(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,80}", kind) else "application/octet-stream"
        return Attached(self.name(one) or f"{number}", known, one.content, content_id)


def _codepage(number: int) -> str:
    return "utf-8" if number == 65001 else f"cp{number}" if 0 < number < 100_000 else "cp1252"  # noqa: PLR2004  UTF-8's


def _properties(octets: bytes) -> dict[int, bytes | str]:
    """The properties of a block, by their number; of several values the first. Stops where the block is broken."""
    found: dict[int, bytes | str] = {}
    (count,) = struct.unpack_from("<I", octets)
    at = 4
    try:
        for _ in range(min(count, 10_000)):
            kind, number = struct.unpack_from("<HH", octets, at)
            at += 4
            if number >= _NAMED:
                at = _after_name(octets, at)
            value, at = _value(octets, at, kind)
            found.setdefault(number, value)
    except (struct.error, ValueError):
        pass
    return found


def _after_name(octets: bytes, at: int) -> int:
    """The offset behind the name of a named property: its set, and a number or words."""
    by_words, length = struct.unpack_from("<II", octets, at + 16)
    at += 24
    return at + _even(length) if by_words else at


def _value(octets: bytes, at: int, kind: int) -> tuple[bytes | str, int]:
    """A property's value, and the offset behind it. Raises ValueError where it is cut off."""
    bare, many = kind & ~_MANY, bool(kind & _MANY)
    if bare in _FIXED and not many:
        size = _FIXED[bare]
        return octets[at : at + size], at + size
    (count,) = struct.unpack_from("<I", octets, at)
    at += 4
    if bare in _FIXED:
        return octets[at : at + _FIXED[bare]], at + _FIXED[bare] * count
    first: bytes = b""
    for place in range(min(count, 10_000)):
        (length,) = struct.unpack_from("<I", octets, at)
        at += 4
        if at + length > len(octets):
            msg = "cut off"
            raise ValueError(msg)
        first = first if place else octets[at : at + length]
        at += _even(length)
    return (first.decode("utf-16-le", "replace").rstrip("\0") if bare == _UNICODE else first), at


def _even(length: int) -> int:
    """Values are filled up to whole words of four bytes."""
    return (length + 3) & ~3


_PRELOADED = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans "
    rb"SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n" + rb"\par "
    rb"\pard\plain\f0\fs20\b\i\u\tab\tx"
)
"""What the dictionary holds before anything is read (MS-OXRTFCP, 2.1.3.1.1)."""


def unpacked(octets: bytes) -> bytes:
    """RTF from its compressed form (MS-OXRTFCP, 2.2): LZ77 with a dictionary of 4,096 bytes; b"" where it is broken."""
    try:
        size, raw_size, kind, _ = struct.unpack_from("<IIII", octets)
    except struct.error:
        return b""
    if kind == 0x414C454D:  # noqa: PLR2004  "MELA": not compressed
        return octets[16 : 16 + min(raw_size, _RTF_MAX)]
    if kind != 0x75465A4C:  # noqa: PLR2004  "LZFu"
        return b""
    return _inflated(octets[16 : min(len(octets), size + 4)], min(raw_size, _RTF_MAX))


def _inflated(octets: bytes, most: int) -> bytes:
    held = bytearray(_PRELOADED.ljust(_RTF_BLOCK, b" "))
    out, write, at = bytearray(), len(_PRELOADED), 0
    while at < len(octets) and len(out) < most:
        control = octets[at]
        at += 1
        for bit in range(8):
            if at >= len(octets):
                break
            if not control >> bit & 1:
                run = octets[at : at + 1]
                at += 1
                read, length = 0, 0
            else:
                if at + 1 >= len(octets):
                    return bytes(out)
                read, length = octets[at] << 4 | octets[at + 1] >> 4, (octets[at + 1] & 15) + 2
                at += 2
                if read == write:  # points at itself: the end
                    return bytes(out[:most])
                run = b""
            for step in range(max(length, 1)):
                byte = run[0] if run else held[(read + step) % _RTF_BLOCK]
                held[write] = byte
                out.append(byte)
                write = (write + 1) % _RTF_BLOCK
    return bytes(out[:most])


_RTF_TOKEN = re.compile(rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|([^\\{}\r\n]+)")
_RTF_HIDDEN = frozenset(
    b"fonttbl colortbl stylesheet info pict object header footer themedata listtable rsidtbl generator xmlnstbl".split()
)
_RTF_BREAKS = {b"par": "\n", b"line": "\n", b"tab": "\t", b"cell": "\t", b"row": "\n", b"emdash": "—", b"endash": "–",
               b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•"}  # fmt: skip


@dataclass(slots=True)
class _Group:
    """The state within a pair of braces."""

    hidden: bool = False
    tag: bool = False  # inside \htmltag: HTML as it was
    rtf_only: bool = False  # \htmlrtf: what the HTML did not have
    skip: int = 1  # characters that stand for a Unicode one


def _of_rtf(rtf: bytes, charset: str) -> tuple[str, str]:
    """The words of RTF: plain text, or the HTML that it was made from (MS-OXRTFEX, 2.1.3)."""
    is_html = b"\\fromhtml" in rtf[:2_000]
    text = _Rtf(charset, is_html=is_html).read(rtf)
    return ("", text) if is_html else (text, "")


class _Rtf:
    """Reads RTF as a stream of tokens."""

    def __init__(self, charset: str, *, is_html: bool) -> None:
        self._charset, self._is_html = charset, is_html
        self._out: list[str] = []
        self._bytes = bytearray()  # of the code page, until a character is whole
        self._groups = [_Group()]
        self._skip = 0

    def read(self, rtf: bytes) -> str:
        """The text or HTML in it."""
        for token in _RTF_TOKEN.finditer(rtf):
            word, number, code, symbol, brace, plain = token.groups()
            if code is not None or plain is not None:
                self._letters(bytes.fromhex(code.decode()) if code is not None else plain)
            elif brace is not None:
                self._brace(brace)
            elif word is not None:
                self._word(word, int(number) if number else None)
            else:
                self._symbol(symbol)
        self._flush()
        halves = "".join(self._out)  # a character beyond 65,535 is written as two
        return clean(halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))

    def _brace(self, brace: bytes) -> None:
        self._flush()
        if brace == b"{":
            here = self._groups[-1]
            if len(self._groups) < 1_000:  # noqa: PLR2004  groups within groups, far beyond what is written
                self._groups.append(_Group(here.hidden, here.tag, here.rtf_only, here.skip))
        elif len(self._groups) > 1:
            self._groups.pop()

    def _shown(self) -> bool:
        here = self._groups[-1]
        return not here.hidden and not (self._is_html and here.rtf_only)

    def _letters(self, octets: bytes) -> None:
        octets, self._skip = octets[self._skip :], max(0, self._skip - len(octets))
        if octets and self._shown():
            self._bytes += octets

    def _say(self, text: str) -> None:
        self._flush()
        if self._shown():
            self._out.append(text)

    def _flush(self) -> None:
        if self._bytes:
            self._out.append(decode(bytes(self._bytes), self._charset))
            self._bytes.clear()

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._groups[-1].hidden = True
        else:
            self._say(
                {b"~": "\u00a0", b"_": "-", b"-": "", b"\n": "\n", b"\r": "\n"}.get(symbol, symbol.decode("latin-1"))
            )

    def _word(self, word: bytes, number: int | None) -> None:
        here = self._groups[-1]
        if word in (b"htmltag", b"mhtmltag"):
            here.hidden, here.tag = word == b"mhtmltag" or not self._is_html, True
        elif word == b"htmlrtf":
            self._flush()
            here.rtf_only = number != 0
        elif word in _RTF_HIDDEN:
            here.hidden = True
        elif word == b"ansicpg" and number:
            self._charset = _codepage(number)
        elif word == b"uc" and number is not None:
            here.skip = max(0, min(number, 10))
        elif word == b"u" and number is not None:
            self._say(chr(number % 65_536))
            self._skip = here.skip
        elif word in _RTF_BREAKS:
            self._say(_RTF_BREAKS[word])
