"""Bytes to text in the charset that a mail names, or in the one that it meant."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

_MEANT = {
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
_NO_TEXT = {
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
    """The mail names a charset that nobody knows, and its bytes do not tell either."""


@lru_cache(maxsize=256)
def codec(name: str) -> str | None:
    """Python's name of the codec that is meant, or None. A sender's iso-8859-1 is cp1252, as every browser has it."""
    wanted = name.strip(" \"'").lower()
    wanted = _MEANT.get(wanted, wanted)
    if len(wanted) > 40 or not wanted.isascii() or "\0" in wanted:  # noqa: PLR2004  longer than any charset's name
        return None
    try:
        found = codecs.lookup(wanted)
    except (LookupError, ValueError):
        return None
    is_text = getattr(found, "_is_text_encoding", True)
    return found.name if is_text and found.name not in _NO_TEXT else None


def decode(octets: bytes, charset: str) -> str:
    """The text of these bytes; a byte that the charset does not have becomes U+FFFD.

    A wrong claim of UTF-8 or ASCII is read as cp1252. UnknownCharsetError where the name is not known and the bytes
    are neither UTF-8 nor a charset that can be told from them.
    """
    name = codec(charset)
    if name is None:
        return _guessed(octets, charset)
    if name == "utf-8":
        return _utf8(octets)
    return octets.decode(name, "replace")


def _utf8(octets: bytes) -> str:
    """Mostly sound UTF-8 with a cut or hurt letter stays; what is no UTF-8 at all is read as the old default."""
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
    """The text with a line feed as its only line end, and without control characters and broken halves of letters."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isprintable() or text.replace("\n", "").isprintable():  # neither a control character nor half a letter is
        return text
    return _CONTROLS.sub("", text)
