"""What the reader of HTML needs besides its tags: the marks of lists, the host of a link, character references."""

from __future__ import annotations

import re
from html import unescape

_HALVES = re.compile(r"(?:&#(?:[xX][0-9a-fA-F]{1,8}|\d{1,8});?){2,}")
_HALF = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|(\d{1,8}));?")
_HOST = re.compile(
    r"(?:https?://|www\.|[\w.+-]{1,64}@)?((?:[\w-]{1,63}\.){1,8}([^\W\d_]{2,24}))(?=[/:?#]|$)", re.IGNORECASE
)
_ENDINGS = frozenset(
    ["pdf", "doc", "docx", "xls", "xlsx", "odt", "ods", "jpg", "jpeg", "png", "gif", "zip", "txt", "csv"]
)
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


_FORMS = ("1", "a", "A", "i", "I")
_INTEGER = re.compile(r"[ \t\n\f\r]*([+-]?\d{1,9})(?!\d)", re.ASCII)
_IN_QUOTES = re.compile(r"""\"[^"]*"|'[^']*'""")
_REVERSED = re.compile(r"(?:^|[\s/\"'])reversed(?=[\s/=]|$)", re.IGNORECASE)


def is_reversed(inside: str) -> bool:
    """Whether a list's tag has the attribute `reversed`, whatever its value."""
    return "reversed" in inside.lower() and _REVERSED.search(_IN_QUOTES.sub('""', inside)) is not None


class ListMarks:
    """An open list: whether its items are numbered, the next number, and whether they go down.

    As browsers count (HTML Living Standard, 4.4.5 and 4.4.8): a reversed list without a start begins with how many
    items it has; an item with a value of its own goes by that, and those after it go on from there.
    """

    __slots__ = ("_form", "_next", "_numbered", "_step")

    def __init__(self, *, numbered: bool, start: str, form: str, down_from: int | None = None) -> None:
        """`start` and `form` are the attributes start and type; `down_from` counts the items of a reversed list."""
        self._numbered = numbered
        self._step = 1 if down_from is None else -1
        self._next = _whole(start, 1 if down_from is None else down_from)
        self._form = form if form in _FORMS else "1"

    def mark(self, value: str, form: str = "") -> str:
        """The mark of the next item; `value` is a number and `form` a type that it gives itself."""
        if not self._numbered:
            return "-"
        number = _whole(value, self._next)
        self._next = number + self._step
        return f"{_numeral(number, form if form in _FORMS else self._form)}."


def _whole(typed: str, otherwise: int) -> int:
    """The integer that an attribute begins with, as browsers read it (`3.`, `+3`); `otherwise` if it is none."""
    found = _INTEGER.match(typed)
    return int(found[1]) if found else otherwise


def _numeral(number: int, form: str) -> str:
    """A number as a list has it: 3, c, C, iii or III."""
    if form in ("a", "A") and 0 < number <= 26 * 27:
        high, low = divmod(number - 1, 26)
        letters = (chr(96 + high) if high else "") + chr(97 + low)
        return letters if form == "a" else letters.upper()
    if form in ("i", "I") and 0 < number < 400:  # noqa: PLR2004  no list is longer
        made = ""
        for worth, letters in _ROMAN:
            count, number = divmod(number, worth)
            made += letters * count
        return made if form == "i" else made.upper()
    return str(number)


def other_host(shown: str, href: str) -> str:
    """The host that a link leads to, where its words name another; "" where they name that one, or none."""
    named = _HOST.match(shown)
    if named is None or named[2].casefold() in _ENDINGS or href[:4].lower() != "http":
        return ""
    true = href.partition("//")[2].partition("/")[0].partition("?")[0].partition("#")[0].rpartition("@")[2]
    true = true.partition(":")[0].casefold()
    said = named[1].casefold()
    return "" if said.removeprefix("www.") == true.removeprefix("www.") or not true else true


def unescaped(text: str) -> str:
    """The text with its character references resolved; two halves of an emoji (UTF-16) are one letter.

    A half alone becomes U+FFFD.
    """
    if "&" not in text:
        return text
    if "&#" in text:
        text = _HALVES.sub(_joined, text)
    try:
        return unescape(text)
    except ValueError:  # a numeric character reference with thousands of digits
        return text.replace("&#", " ")


def _joined(run: re.Match[str]) -> str:
    """A run of numeric character references, with pairs of halves replaced by the letter that they are."""
    joined, before, said = list[str](), 0, ""
    for half in _HALF.finditer(run[0]):
        code = int(half[1], 16) if half[1] else int(half[2])
        if before and 0xDC00 <= code <= 0xDFFF:  # noqa: PLR2004  the second half
            joined.append(chr(0x10000 + ((before - 0xD800) << 10) + (code - 0xDC00)))
            before = 0
            continue
        if before:
            joined.append(said)
        before, said = (code, half[0]) if 0xD800 <= code <= 0xDBFF else (0, "")  # noqa: PLR2004  the first half
        if not before:
            joined.append(half[0])
    return "".join([*joined, *([said] if before else [])])
