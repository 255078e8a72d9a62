"""A file of voucher codes: one a line, or CSV with a day of expiry. Pure; no sentence here holds a code."""

from __future__ import annotations

import csv
from collections.abc import Container
from dataclasses import dataclass, field

from app.base import clock
from app.base.errors import UserError
from app.base.text import fold
from app.base.words import tr

MOST = 1_000
"""The most codes that are read from one file: each is a call to the keyring."""
_LONGEST = 200
_TITLES = frozenset({"code", "codes", "voucher", "voucher code"})
_FROM_END = ((12, 4), (6, 2))


@dataclass(slots=True)
class Codes:
    """Codes with their days of expiry (YYYY-MM-DD or ""), and a sentence for each line that was left out."""

    found: dict[str, str] = field(default_factory=dict, repr=False)
    left_out: list[str] = field(default_factory=list)


def read(text: str, known: Container[str] = ()) -> Codes:
    """Read the codes; those in `known`, blank ones and repeated ones are left out, with a sentence each.

    Raises UserError if there is none at all, or more than MOST.
    """
    codes, lines = Codes(), text.removeprefix("\ufeff").splitlines()
    while lines and not lines[-1].strip():
        lines.pop()
    if not lines:
        raise UserError(tr("The file is empty. Write one code a line."))
    separator = next((sign for sign in ("\t", ";", ",") if sign in text), ",")
    places = dict[str, int]()
    for line, written in enumerate(lines, 1):
        cells = next(csv.reader([written[: _LONGEST * 4]], delimiter=separator), [])
        code, expires = (*(cell.strip() for cell in cells), "", "")[:2]
        if line == 1 and fold(code) in _TITLES:
            continue
        why = _wrong(code, line, places, known)
        day = ""
        try:
            day = clock.day(expires) or ""
        except UserError:
            why = why or tr("Line {line}: the day of expiry isn't a date. Write it like 2026-11-23.").format(line=line)
        if why:
            codes.left_out.append(why)
            continue
        places[code] = line
        codes.found[code] = day
        if len(codes.found) > MOST:
            msg = tr("The file holds more than {most} codes. Split it, and bring in the parts one by one.")
            raise UserError(msg.format(most=MOST))
    return codes


def _wrong(code: str, line: int, places: dict[str, int], known: Container[str]) -> str:
    """Why a code can't be taken; "" if it can."""
    if not code:
        return tr("Line {line}: there's no code in it.").format(line=line)
    if len(code) > _LONGEST or not code.isprintable():
        return tr("Line {line}: that isn't a code.").format(line=line)
    if code in places:
        return tr("Line {line}: the same code as in line {first}.").format(line=line, first=places[code])
    return tr("Line {line}: Rapport has this code already.").format(line=line) if code in known else ""


def ending(code: str) -> str:
    """The last letters of a code, by which two are told apart; "" for one so short that they would give it away."""
    return next((code[-letters:] for least, letters in _FROM_END if len(code) >= least), "")
