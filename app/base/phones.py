"""Phone numbers in one form, so that two spellings of one are one: `+3545551234`.

Source: ITU-T E.164 (a country code of one to three digits, at most 15 digits in all) and its list of assigned codes;
which digits people dial before a number within their country is from the ITU's national numbering plans.
"""

from __future__ import annotations

import re
from functools import lru_cache

from app.base.text import visible

MOST_DIGITS, LEAST_DIGITS = 15, 7
_LEAST_NATIONAL = 5
_ONE_DIGIT = "17"
_TWO_DIGITS = frozenset((
    20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 60, 61, 62,
    63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98,
))  # fmt: skip
_TRUNK = {"36": "06", "7": "8", "1": "1"}
"""What is dialled within a country before its numbers, where that is not a 0."""
_NO_TRUNK = frozenset(["30", "34", "39", "45", "47", "48", "351", "352", "354", "356", "357", "371", "372", "420"])
"""Countries whose numbers are dialled as they are; a 0 at their beginning belongs to them."""
_OF_COUNTRIES = {
    "at": "43", "be": "32", "ch": "41", "cz": "420", "de": "49", "dk": "45", "es": "34", "fi": "358", "fr": "33",
    "gb": "44", "gr": "30", "hu": "36", "ie": "353", "is": "354", "it": "39", "nl": "31", "no": "47", "pl": "48",
    "pt": "351", "se": "46", "sk": "421", "us": "1",
}  # fmt: skip
_MAY_BE = re.compile(r"(?:tel:)?\s{0,4}[+(]?[\d\s().+/–-]{4,40}")
_PUNCTUATION = re.compile(r"[\s().+/–-]+")
_OPTIONAL_TRUNK = re.compile(r"\(0\)")


def country_code(number: str) -> str:
    """The country code of a number in international form ("+354..."), "" if it is none."""
    digits = number.removeprefix("+")
    if not number.startswith("+") or not digits.isdigit():
        return ""
    if digits[0] in _ONE_DIGIT:
        return digits[0]
    return digits[:2] if int(digits[:2]) in _TWO_DIGITS else digits[:3]


def home_of(country: str) -> str:
    """How numbers of a country begin ("hu": "+36"), as `normalized` takes it for a home; "" for an unknown one."""
    code = _OF_COUNTRIES.get(country, "")
    return f"+{code}" if code else ""


@lru_cache(maxsize=4096)
def normalized(typed: str, home: str = "") -> str:
    """A phone number in international form, "" if this is none.

    `home` is a number of ours in international form, or how it begins: one without a country code is taken to be from
    its country.
    Without it such a number is returned as its digits.
    """
    text = _ascii_digits(visible(typed)).strip()
    if not _MAY_BE.fullmatch(text):
        return ""
    text = _OPTIONAL_TRUNK.sub("", text.removeprefix("tel:")) if "+" in text or text.startswith("00") else text
    digits = _PUNCTUATION.sub("", text.removeprefix("tel:"))
    if text.lstrip("( ").startswith("+"):
        return _international(digits)
    code = country_code(home)
    if digits.startswith("00"):
        return _international(digits[2:])
    if code == "1" and digits.startswith("011"):
        return _international(digits[3:])
    if not _LEAST_NATIONAL <= len(digits) <= MOST_DIGITS:
        return ""
    return _international(code + _without_trunk(digits, code), _LEAST_NATIONAL) if code else digits


def is_same(one: str, other: str, home: str = "") -> bool:
    """Whether two are one number, as far as can be told; of other text, by its digits. `home` as in `normalized`."""
    return _digits_of(one, home) == _digits_of(other, home)


def _digits_of(typed: str, home: str) -> str:
    """The digits that tell it from others: without what stands for a plus, or is dialled before it."""
    return (normalized(typed, home) or "".join(filter(str.isdigit, typed))).lstrip("+0")


def display(number: str) -> str:
    """A number as it is read: its country code set apart."""
    code = country_code(number)
    return f"+{code} {number[len(code) + 1 :]}" if code else number


def _international(digits: str, least: int = LEAST_DIGITS) -> str:
    fits = digits.isdigit() and least <= len(digits) <= MOST_DIGITS and digits[0] != "0"
    return f"+{digits}" if fits else ""


def _without_trunk(digits: str, code: str) -> str:
    trunk = _TRUNK.get(code, "0")
    if trunk == "0" and code in _NO_TRUNK:
        return digits
    return digits.removeprefix(trunk)


def _ascii_digits(text: str) -> str:
    """The text with the digits of every script as ours."""
    if text.isascii():
        return text
    return "".join(str(int(letter)) if letter.isdecimal() else letter for letter in text)
