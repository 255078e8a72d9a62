"""Decode bytes in the charset that a mail declares, corrected for common mislabelling."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

_ALIASES = {
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "unicode-1-1-utf-7": "utf-7",
    "x-mac-ce": "mac_latin2",
    "x-mac-roman": "mac_roman",
    "windows-874": "cp874",
    "utf8mb4": "utf-8",
    "unicode": "utf-8",
    "default": "utf-8",
    "x-unknown": "utf-8",
    "unknown-8bit": "utf-8",
    "8bit": "utf-8",
    "": "utf-8",
}
_NOT_CHARSETS = {
    "punycode",
    "idna",
    "unicode_escape",
    "raw-unicode-escape",
    "raw_unicode_escape",
    "unicode-escape",
    "undefined",
    "mbcs",
    "oem",
}
_ASCII = bytes(range(0x80))
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class UnknownCharsetError(ValueError):
    """The declared charset is unknown, and it cannot be guessed from the bytes."""


@lru_cache(maxsize=256)
def codec(name: str) -> str | None:
    """Return Python's codec name for a declared charset, or None; iso-8859-1 means cp1252, as in browsers."""
    wanted = name.strip(" \"'").lower()
    wanted = _ALIASES.get(wanted, wanted)
    if len(wanted) > 40 or not wanted.isascii() or "\0" in wanted:  # noqa: PLR2004  longer than any charset's name
        return None
    try:
        found = codecs.lookup(wanted)
    except (LookupError, ValueError):
        return None
    is_text = getattr(found, "_is_text_encoding", True)
    return found.name if is_text and found.name not in _NOT_CHARSETS else None


def decode(octets: bytes, charset: str) -> str:
    """Decode bytes; invalid ones become U+FFFD.

    Text that is wrongly declared as UTF-8 or ASCII is decoded as cp1252. Raises UnknownCharsetError if the charset is
    unknown and the bytes are neither UTF-8 nor in a charset that can be guessed.
    """
    name = codec(charset)
    if name is None:
        return _guessed(octets, charset)
    if name == "utf-8":
        return _utf8(octets)
    return octets.decode(name, "replace")


def _utf8(octets: bytes) -> str:
    """Decode UTF-8 with a few broken characters; text that is mostly invalid is decoded as cp1252."""
    try:
        return octets.decode()
    except UnicodeDecodeError:
        read = octets.decode("utf-8", "replace")
        high = len(octets.translate(None, _ASCII))
        return read if read.count("\ufffd") * 4 < high else octets.decode("cp1252", "replace")


def _guessed(octets: bytes, charset: str) -> str:
    try:
        return octets.decode()
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes  # noqa: PLC0415  rare, and slow to load

        best = from_bytes(octets[:20_000]).best()
        if best is None:
            raise UnknownCharsetError(charset[:40]) from None
        return octets.decode(best.encoding, "replace")


def clean(text: str) -> str:
    """Normalize line ends to line feeds, and remove control characters and lone surrogates."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isprintable() or text.replace("\n", "").isprintable():  # the fast path: neither of them is printable
        return text
    return _CONTROLS.sub("", text)
