"""Decode bytes in the charset that a mail declares, corrected for common mislabelling."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
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
OFFERED = (
    "windows-1250", "windows-1252", "windows-1253", "iso-8859-2", "iso-8859-1", "iso-8859-7", "cp852", "cp850", "cp737",
    "macintosh", "x-mac-ce", "utf-8",
)  # fmt: skip
"""What a letter in one of our languages may have been written in, the likeliest first."""
_ASCII = bytes(range(0x80))
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class Guesses:
    """The codecs that parts of a mail were read in by a guess; `chosen` is used in their place, "" for none."""

    __slots__ = ("chosen", "made")

    def __init__(self, chosen: str = "") -> None:
        """Start with none; `chosen` is a codec's name."""
        self.chosen, self.made = chosen, list[str]()


_GUESSES: ContextVar[Guesses | None] = ContextVar("guesses", default=None)


@contextmanager
def noting(guesses: Guesses) -> Iterator[None]:
    """Note within the block what `decode` guesses, and let it use what was chosen."""
    token = _GUESSES.set(guesses)
    try:
        yield
    finally:
        _GUESSES.reset(token)


def usual_name(codec_name: str) -> str:
    """A codec's name as people know it: `windows-1250` for cp1250."""
    return f"windows-{codec_name[2:]}" if codec_name.startswith("cp125") else codec_name


class UnknownCharsetError(ValueError):
    """The declared charset is unknown, and it cannot be guessed from the bytes."""


_MISSPELT = (
    (re.compile(r"iso[-_ ]?8859[-_ ]?(\d{1,2})"), "iso-8859-{}"),
    (re.compile(r"(?:windows|win|cp|x-cp|ms)[-_ ]?(12[45]\d|874|85[027]|437|93[26]|949|950)"), "cp{}"),
    (re.compile(r"ibm[-_ ]?(85[027]|437)"), "cp{}"),
    (re.compile(r"utf[-_ ]?(8|16|7)(?!\d)"), "utf-{}"),
    (re.compile(r"latin[-_ ]?(\d{1,2})"), "latin-{}"),
    (re.compile(r"mac(?:intosh|roman)"), "mac_roman"),
)
"""Names without a hyphen, with one too many, or with a tail (`cp-1250`, `windows1250`, `iso-8859-2;x`), as mails have
them, and what is meant."""
_WITH_QUOTES = {
    "iso8859-1": "cp1252", "iso8859-15": "cp1252", "iso8859-2": "cp1250", "iso8859-7": "cp1253", "iso8859-4": "cp1257",
    "iso8859-13": "cp1257", "iso8859-5": "cp1251", "iso8859-9": "cp1254",
}  # fmt: skip
"""Windows' code page that is meant where an ISO one is named and bytes of 0x80 to 0x9F occur: in ISO's they are control
characters, in Windows' the quotation marks and dashes that its programs type."""
_OUR_PAGES = ("cp1252", "cp1250", "cp1253")
"""The code pages of the languages that the product speaks, the likeliest first: a guess stays within them, for Arabic
letters in a Hungarian name (`Erdﺀs`) help nobody. charset_normalizer, held to these three, takes every Icelandic word
for cp1250 (`Kveđja`)."""
_OUR_LETTERS = frozenset(
    "áéíóúýþæöðÁÉÍÓÚÝÞÆÖÐőüűŐÜŰčěňřšťůžČĚŇŘŠŤŮŽαβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΌΎΏ"
)
_RARE_LETTERS = frozenset("ďĎäÄßôâêèàçñåøïîûë")
"""Letters of neighbours, and one of ours that is as rare: they count half as much (`Tričko`, not `Trièko`)."""
_FINAL_I = re.compile(r"ï(?!\w)")
"""No word ends so: `teď` in the wrong code page."""
_OUR_MARKS = frozenset("–—„“”‚‘’«»…€•·§°™®©½¿¡\u00a0")
_COUNTED_HALF = _RARE_LETTERS | _OUR_MARKS
_MAX_SAMPLE_BYTES = 20_000
_SURE_LETTERS = 2  # characters beyond ASCII from which on valid UTF-8 is UTF-8, whatever the label says


@lru_cache(maxsize=256)
def codec(name: str) -> str | None:
    """Return Python's codec name for a declared charset, or None; iso-8859-1 means cp1252, as in browsers."""
    wanted = name.strip(" \"'").lower()
    codec_name = _looked_up(_ALIASES.get(wanted, wanted))
    if codec_name is None:
        for pattern, meant in _MISSPELT:
            match = pattern.search(wanted[:200])
            if match:
                right = meant.format(*match.groups())
                return _looked_up(_ALIASES.get(right, right))
    return codec_name


def _looked_up(wanted: str) -> str | None:
    if len(wanted) > 40 or not wanted.isascii() or "\0" in wanted:  # noqa: PLR2004  longer than any charset's name
        return None
    try:
        info = codecs.lookup(wanted)
    except (LookupError, ValueError):
        return None
    is_text = getattr(info, "_is_text_encoding", True)
    return info.name if is_text and info.name not in _NOT_CHARSETS else None


def decode(octets: bytes, charset: str) -> str:
    """Decode bytes; invalid ones become U+FFFD.

    Valid UTF-8 with several letters beyond ASCII is UTF-8, whatever was declared: no text in another charset looks so
    by chance. Text that is wrongly declared as UTF-8 or ASCII, or in a charset that nobody knows, is guessed within the
    code pages of our languages. Raises UnknownCharsetError if that gives no text.
    """
    name = codec(charset)
    if octets.isascii() and name is not None:
        return octets.decode(name, "replace")
    if name == "utf-8":
        return _utf8(octets)
    if _is_utf8(octets):
        return octets.decode("utf-8", "replace")
    if name is None:
        return _guessed(octets, charset)
    if name in _WITH_QUOTES and any(0x80 <= byte <= 0x9F for byte in octets):  # noqa: PLR2004  see there
        name = _WITH_QUOTES[name]
    text = octets.decode(name, "replace")
    return _guess(octets, name) if "\ufffd" in text else text


def _is_utf8(octets: bytes) -> bool:
    """Whether bytes are UTF-8 beyond doubt."""
    try:
        text = octets.decode()
    except UnicodeDecodeError:
        return False
    return sum(not letter.isascii() for letter in text) >= _SURE_LETTERS


def _utf8(octets: bytes) -> str:
    """Decode UTF-8 with a few broken characters; text that is mostly invalid is guessed."""
    try:
        return octets.decode()
    except UnicodeDecodeError:
        read = octets.decode("utf-8", "replace")
        high = len(octets.translate(None, _ASCII))
        return _guess(octets, "utf-8") if read.count("\ufffd") * 4 < high else _of_ours(octets)


def _guessed(octets: bytes, charset: str) -> str:
    try:
        octets.decode()
        return _guess(octets, "utf-8")
    except UnicodeDecodeError:
        guesses = _GUESSES.get()
        if b"\0" in octets[:_MAX_SAMPLE_BYTES] and not (guesses and guesses.chosen):
            raise UnknownCharsetError(charset[:40]) from None
        return _of_ours(octets)


def _of_ours(octets: bytes) -> str:
    """Decode bytes in whichever of our code pages makes the most letters of our languages of them."""
    sample = octets[:_MAX_SAMPLE_BYTES]
    return _guess(octets, max(_OUR_PAGES, key=lambda page: _likelihood(sample.decode(page, "replace"))))


def _guess(octets: bytes, name: str) -> str:
    """Decode bytes as guessed, unless the person has chosen what such bytes are in; either is noted."""
    guesses = _GUESSES.get()
    if guesses is not None:
        name = guesses.chosen or name
        guesses.made.append(name)
    return octets.decode(name, "replace")


def _likelihood(text: str) -> int:
    """How much a text looks like one in our languages: letters of theirs count, others and broken ones count against.

    A Greek letter beside a Latin one in a word is none: `Kveπja` is Icelandic.
    """
    score = -3 * len(_FINAL_I.findall(text))
    before = " "
    for letter in text:
        if letter == "\ufffd" or "\x80" <= letter <= "\x9f":
            score -= 3
        elif not letter.isascii():
            mixed = before.isalpha() and before.isascii() and "\u0370" <= letter <= "\u03ff"
            score += -2 if mixed else 2 if letter in _OUR_LETTERS else 1 if letter in _COUNTED_HALF else -1
        elif letter.isalpha() and "\u0370" <= before <= "\u03ff":
            score -= 2
        before = letter
    return score


def clean(text: str) -> str:
    """Normalize line ends to line feeds, and remove control characters and lone surrogates."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isprintable() or text.replace("\n", "").isprintable():  # the fast path: neither of them is printable
        return text
    return _CONTROLS.sub("", text)
