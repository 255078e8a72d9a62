"""Numbers of accounts, cards and people in a text, told by their checksum, and order numbers by the word before them.

IBAN, cards, the Icelandic kennitala, the Czech rodné číslo, the Greek ΑΜΚΑ and ΑΦΜ, the Hungarian TAJ. A number whose
checksum may fit by chance is one only where a date in it can be, or a word says what it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date

from app.base.text import fold

IBAN, CARD, PERSON, TAX, HEALTH, ORDER = "iban", "card", "person", "tax", "health", "order"
_GAP = "[ \u00a0\u2009]"
_IBAN = re.compile(rf"(?<![^\W_])[A-Za-z]{{2}}\d{{2}}(?:{_GAP}?[A-Za-z0-9]){{11,30}}(?![^\W_])")
_IBAN_LENGTHS = {
    country: int(length)
    for length, countries in {
        "15": "NO", "16": "BE", "18": "DK FI FO GL NL SD", "19": "MK SI", "20": "AT BA EE KZ LT LU XK",
        "21": "CH HR LI LV",
        "22": "BG BH CR DE GB GE IE ME RS VA", "23": "AE GI IL IQ TL", "24": "AD CZ ES MD PK RO SA SE SK TN VG",
        "25": "LY PT ST", "26": "IS TR", "27": "BI DJ FR GR IT MC MR SM", "28": "AL AZ BY CY DO GT HU LB NI PL SV",
        "29": "BR EG PS QA UA", "30": "JO KW MU", "31": "MT SC", "32": "LC", "33": "RU",
    }.items()
    for country in countries.split()
}  # fmt: skip
_CARD = re.compile(rf"(?<![\w+])[2-6]\d{{3}}(?:(?:{_GAP}|-)?\d){{9,15}}(?!\w|-\d)")
_KENNITALA = re.compile(rf"(?<![\w-])\d{{6}}(?:-|{_GAP})?\d{{4}}(?![\w-])")
_RODNE = re.compile(rf"(?<![\w/-])\d{{6}}{_GAP}?/{_GAP}?\d{{3,4}}(?![\w/])|(?<![\w/-])\d{{9,10}}(?![\w/])")
_AMKA = re.compile(rf"(?<![\w-])\d{{6}}{_GAP}?\d{{5}}(?![\w-])")
_NINE = re.compile(rf"(?<![\w-])\d{{3}}(?:-|{_GAP})?\d{{3}}(?:-|{_GAP})?\d{{3}}(?![\w-])")
_TAX_WORD = re.compile(r"\b(?:α\.?φ\.?μ\.?|afm|vat|tin)\b[^\d\n]{0,12}$")
_HEALTH_WORD = re.compile(r"\btaj\w{0,8}\b[^\d\n]{0,14}$")
_RODNE_WORD = re.compile(r"\b(?:rodn\w{1,4} cisl\w{0,3}|r\. ?c\.|rc)[^\d\n]{0,12}$")
_ORDER = re.compile(
    r"\b(?:order|purchase|booking|pontun\w{0,9}|pantan\w{0,9}|rendeles\w{0,9}|megrendeles\w{0,9}|objednav\w{0,4}"
    r"|παραγγελι\w{0,4})"
    r"(?:[ ](?:number|no|nr|num|szam\w{0,6}|cisl\w{0,3}|c|αριθμ\w{0,4}|αρ|numer\w{0,6}))?[.:]?[ ]{0,2}"
    r"(?:(?:is|er|je|a|az|ειναι|με αριθμο|s cislem)[ ])?[#№]?[ ]?"
    r"((?=[a-z0-9/-]{0,12}\d{3})[a-z]{0,4}[-/]?\d[\d/-]{2,16})(?![^\W_])"
)
_WORD_CHARS = 40
_CENTURIES = {"8": 1800, "9": 1900, "0": 2000}
_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def identity_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Where such numbers stand in a text, and the kind of each; a piece of text is told once."""
    taken = [(start, end) for start, end in _ibans(text)]
    yield from ((start, end, IBAN) for start, end in taken)
    lower = _folded(text)
    for pattern, kind, holds in _KINDS:
        for one in pattern.finditer(text):
            start, end = one.span()
            if any(start < high and low < end for low, high in taken):
                continue
            if holds(one[0], lower[max(0, start - _WORD_CHARS) : start]):
                taken.append((start, end))
                yield start, end, kind


def orders_in(text: str) -> Iterator[tuple[int, int]]:
    """Where the number of an order stands, by the word before it."""
    yield from (one.span(1) for one in _ORDER.finditer(_folded(text)))


def without_identity(text: str, instead: str) -> str:
    """The text with `instead` for each number of an account, a card or a person."""
    for start, end, _ in sorted(identity_in(text), reverse=True):
        text = text[:start] + instead + text[end:]
    return text


def _folded(text: str) -> str:
    """The text in lower case without accents, letter for letter."""
    return text.lower() if text.isascii() else "".join((fold(char) or " ")[:1] for char in text)


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _ibans(text: str) -> Iterator[tuple[int, int]]:
    for one in _IBAN.finditer(text):
        length = _IBAN_LENGTHS.get(one[0][:2].upper(), 0)
        letters = [at for at in range(*one.span()) if text[at].isalnum()][:length]
        plain = "".join(text[at] for at in letters).upper()
        rest = text[letters[-1] + 1 : letters[-1] + 2] if letters else ""
        if length and len(plain) == length and plain.isascii() and not rest.isalnum():
            number = int("".join(str(int(char, 36)) for char in plain[4:] + plain[:4]))
            if number % 97 == 1:
                yield one.start(), letters[-1] + 1


def _is_card(text: str, before: str) -> bool:  # noqa: ARG001  as above
    digits = _digits(text)
    return digits[0] in "23456" and len(set(digits)) > 1 and _luhn(digits)


def _luhn(digits: str) -> bool:
    doubled = (sum(divmod(int(digit) * (1 + at % 2), 10)) for at, digit in enumerate(reversed(digits)))
    return sum(doubled) % 10 == 0


def _is_kennitala(text: str, before: str) -> bool:  # noqa: ARG001  as above
    digits = _digits(text)
    century = _CENTURIES.get(digits[9])
    if century is None or not _is_day(century + int(digits[4:6]), int(digits[2:4]), int(digits[:2]) % 40):
        return False
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 11
    return rest % 11 == int(digits[8])


def _is_rodne(text: str, before: str) -> bool:
    digits = _digits(text)
    named = "/" in text or _RODNE_WORD.search(before) is not None
    if len(digits) == 9:  # noqa: PLR2004  before 1954, without a checksum
        return named and _has_czech_day(digits)
    fits = int(digits) % 11 == 0 or (int(digits[:9]) % 11 == 10 and digits[9] == "0")  # noqa: PLR2004  the old exception
    return fits and named and _has_czech_day(digits)


def _has_czech_day(digits: str) -> bool:
    month = int(digits[2:4]) % 50
    return _is_day(1900 + int(digits[:2]), month - 20 if month > 20 else month, int(digits[4:6]))  # noqa: PLR2004  since 2004


def _is_amka(text: str, before: str) -> bool:  # noqa: ARG001  as above
    digits = _digits(text)
    return _luhn(digits) and any(
        _is_day(century + int(digits[4:6]), int(digits[2:4]), int(digits[:2])) for century in (1900, 2000)
    )


def _is_tax(text: str, before: str) -> bool:
    digits = _digits(text)
    rest = sum(int(digit) << (8 - at) for at, digit in enumerate(digits[:8])) % 11 % 10
    return _TAX_WORD.search(before) is not None and rest == int(digits[8])


def _is_taj(text: str, before: str) -> bool:
    digits = _digits(text)
    fits = sum(int(digit) * (3 if at % 2 == 0 else 7) for at, digit in enumerate(digits[:8])) % 10 == int(digits[8])
    return fits and (
        _HEALTH_WORD.search(before) is not None or re.fullmatch(r"\d{3}([ -])\d{3}\1\d{3}", text) is not None
    )


def _is_day(year: int, month: int, day: int) -> bool:
    with suppress(ValueError):
        return date(year, month, day) <= date(2100, 1, 1)
    return False


_KINDS: tuple[tuple[re.Pattern[str], str, Callable[[str, str], bool]], ...] = (
    (_CARD, CARD, _is_card),
    (_AMKA, HEALTH, _is_amka),
    (_KENNITALA, PERSON, _is_kennitala),
    (_RODNE, PERSON, _is_rodne),
    (_NINE, TAX, _is_tax),
    (_NINE, HEALTH, _is_taj),
)
