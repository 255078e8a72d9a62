"""Ids of hand-offs and gifts as they come back: copied, or retyped by a hand that knows no alphabet. Pure.

`h 42 7k`, `H0042-7K` and `Η-ΟΟ42-7Κ` in Greek letters are H-0042-7K. What stands there is taken only where its check
code agrees (`app/base/ids.py`); of anything else the likely readings can be offered.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from app.base import ids

KINDS = {"handoffs": ids.HANDOFF, "gifts": ids.GIFT}
"""The letter of each kind of file's ids."""
_ALIKE = str.maketrans({
    "Η": "H", "Α": "A", "Β": "B", "Ε": "E", "Κ": "K", "Μ": "M", "Ν": "N", "Ρ": "P", "Τ": "T", "Χ": "X", "Υ": "Y",
    "Ζ": "Z", "Ο": "0", "Ι": "1",
    "Н": "H", "А": "A", "В": "B", "С": "C", "Е": "E", "К": "K", "М": "M", "Р": "P", "Т": "T", "Х": "X", "У": "Y",
    "Ѕ": "S", "О": "0", "І": "1", "Ԍ": "G", "З": "3",
    "O": "0", "I": "1", "L": "1",
})  # fmt: skip
"""Greek and Cyrillic capitals that look like ours, and letters that no id has, as the digits that they look like."""
_OTHERS = re.compile(r"[\W_]+")
_SHAPE = re.compile(r"([HG])([0-9]{1,12})([0-9A-Z]{2})")
_FOUND = re.compile(r"(?<![0-9A-Z])[HG][-‐–— ]?\d{4,12}[-‐–— ]?[0-9A-Z]{2}(?![0-9A-Z])", re.IGNORECASE)
_DIGITS = "0123456789"
_MOST_CHARS = 40


def read(typed: str, kind: str) -> int | None:
    """The number of an id of this kind of file; None unless it has the shape of one and its check code agrees."""
    shape = _shape(typed)
    if shape is None or shape[0] != KINDS[kind]:
        return None
    letter, digits, check = shape
    number = int(digits)
    return number if ids.display(letter, number).endswith(f"-{check}") else None


def kind_of(typed: str) -> str:
    """Which kind of file has such an id; "" if none."""
    return next((kind for kind in KINDS if read(typed, kind) is not None), "")


def likely(typed: str, kind: str, known: Collection[int]) -> list[int]:
    """The numbers that a misspelled id may mean, likeliest first: of those that are `known`."""
    shape = _shape(typed)
    digits = "".join(re.findall(r"\d", typed.upper().translate(_ALIKE)))[:12] if shape is None else shape[1]
    if not digits:
        return []
    found = [int(digits)]
    if shape is not None:
        letter, check = KINDS[kind], shape[2]
        found += [number for number in _near(digits) if ids.display(letter, number).endswith(f"-{check}")]
    return [number for number in dict.fromkeys(found) if number in known]


def within(text: str, kind: str) -> list[int]:
    """The numbers of all ids of a kind that stand in a text, in its order, each once."""
    numbers = (read(match[0], kind) for match in _FOUND.finditer(text))
    return list(dict.fromkeys(number for number in numbers if number is not None))


def _shape(typed: str) -> tuple[str, str, str] | None:
    """The letter, the digits and the check code; None if it looks like no id."""
    if len(typed) > _MOST_CHARS:
        return None
    bare = _OTHERS.sub("", unicodedata.normalize("NFKC", typed)).upper().translate(_ALIKE)
    match = _SHAPE.fullmatch(bare)
    return None if match is None else (match[1], match[2], match[3])


def _near(digits: str) -> list[int]:
    """The numbers that are one wrong, missing, added or swapped digit away."""
    places = range(len(digits))
    changed = [digits[:at] + other + digits[at + 1 :] for at in places for other in _DIGITS]
    dropped = [digits[:at] + digits[at + 1 :] for at in places if len(digits) > 1]
    added = [digits[:at] + other + digits[at:] for at in range(len(digits) + 1) for other in _DIGITS]
    swapped = [digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in places if at + 1 < len(digits)]
    return [int(near) for near in (*changed, *swapped, *dropped, *added)]
