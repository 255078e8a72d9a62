"""Find a postal address in what a member wrote: Greek, Hungarian, Czech, Icelandic and English shapes. Pure.

What is quoted is left aside. An address is a street with a number and, near it, a postal code with a town; the name
before it and the country after it belong to it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from app.base.text import fold, visible

_LETTER = r"[^\W\d_]"
_TOWN = rf"{_LETTER}[^\W\d_.'’/ -]*(?:[ .'’/-]+{_LETTER}[^\W\d_'’]*){{0,4}}(?: \d{{1,2}}\b)?"
_PREFIX = r"(?:[A-Z]{1,2}[ -]|(?:TK|ΤΚ|T\.\s?K\.|Τ\.\s?Κ\.):?\s?)?"
_CODE = r"\d{3} ?\d{2}|\d{4}|\d{3}"
_UK_CODE = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"
_CODE_FIRST = re.compile(rf"^{_PREFIX}(?P<code>{_CODE}),?\s+(?P<city>{_TOWN})[.!]?$")
_CITY_FIRST = re.compile(
    rf"^(?P<city>{_TOWN}),?\s+(?P<code>{_UK_CODE}|[A-Z]{{2}} \d{{5}}(?:-\d{{4}})?|{_PREFIX}\d{{3}} ?\d{{2}})[.!]?$"
)
_CODE_ALONE = re.compile(rf"^(?P<code>{_UK_CODE}|(?:[A-Z]{{1,2}}[ -])?\d{{3}} ?\d{{2}})[.!]?$")
_HUNGARIAN_CODE = re.compile(r"^(?:H-)?\d{4}$")
_CITY_ALONE = re.compile(rf"^(?P<city>{_TOWN})$")
_NUMBER = r"\d{1,4}(?:[ ]?[A-Za-zΑ-Ωα-ω])?(?:[/-]\d{1,4}[A-Za-z]?)?"
_NUMBER_LAST = re.compile(rf"^{_LETTER}[\w .'’/-]*?[ .]{_NUMBER}\.?(?:[ ,].{{0,20}})?$")
_NUMBER_FIRST = re.compile(rf"^{_NUMBER},? {_LETTER}[\w .'’-]{{2,50}}$")
_STREET_WORD = re.compile(r"\b(?:street|road|lane|avenue|drive|square|st|rd|ave|dr)\b", re.IGNORECASE)
_WITHIN = re.compile(
    r"^(?:flat|apt|apartment|unit|floor|suite|room|byt|patro|lakás|ajtó|emelet|όροφος|διαμέρισμα|íbúð|hæð)\b",
    re.IGNORECASE,
)
_PO_BOX = re.compile(
    r"^(?:P\.? ?O\.? ?Box|Pósthólf|Postafiók|Pf\.|Τ\.?Θ\.?|P\.? ?O\.? ?přihrádka)\s*\d+$", re.IGNORECASE
)
_LEAD_IN = re.compile(
    r"^.*?(?:\baddress(?: is| would be)?|διε[υύ]θυνσ[ηή](?:\s+μου)?(?:\s+ε[ιί]ναι)?"
    r"|\bcímem(?: a következő| ez)?|\bcím\b"
    r"|\badres[au](?: je| zní)?|heimilisfang(?:ið)?(?: mitt)?(?: er)?|\bsend it to|\bship it to)\s*[:,–-]*\s*",
    re.IGNORECASE,
)
_SENTENCES = re.compile(
    r"(?<=[^\W\d_]{3}[.!?])\s+(?=\S{2})|(?<=\d[.!])\s+(?=[A-ZÁÉÍÓÖŐÚÜŰÝÞÆČĎŘŠŤŽΑ-ΩΆΈΉΊΌΎΏ][^\W\d_]{3})"
)
_NAME = re.compile(rf"^(?:{_LETTER}[\w.'’-]*)(?: {_LETTER}[\w.'’-]*){{1,4}}$")
_QUOTED = re.compile(r"^\s*(?:>|\|)")
_QUOTES_BELOW = re.compile(
    r"^\s*(?:-{2,}\s*(?:original message|forwarded message|αρχικό μήνυμα|původní zpráva|eredeti üzenet)"
    r"|(?:on|στις|dne|þann) .{4,120}(?:wrote|έγραψε|napsala?|skrifaði)\s*:)|^.{6,120}\b(?:ezt írta|írta)\s*:\s*$",
    re.IGNORECASE,
)
_COUNTRIES = frozenset(
    fold(name)
    for name in (
        "Greece", "Ελλάδα", "Ελλάς", "Hellas", "Cyprus", "Κύπρος", "Hungary", "Magyarország", "Czech Republic",
        "Czechia", "Česká republika", "Česko", "Iceland", "Ísland", "United Kingdom", "UK", "Great Britain", "England",
        "Scotland", "Wales", "Ireland", "USA", "United States", "United States of America", "Germany", "Deutschland",
        "Austria", "Österreich", "Slovakia", "Slovensko", "Poland", "Polska", "France", "Italy", "Italia", "Spain",
        "España", "Netherlands", "Nederland", "Belgium", "Denmark", "Danmark", "Norway", "Norge", "Sweden", "Sverige",
        "Finland", "Suomi", "Romania", "România", "Bulgaria", "Croatia", "Slovenia", "Serbia", "Switzerland", "Canada",
        "Australia", "New Zealand", "Portugal", "Turkey", "Japan",
    )
)  # fmt: skip
_GREETS = frozenset(
    fold(word)
    for word in (
        "hi", "hello", "dear", "thanks", "thank", "cheers", "regards", "best", "kind", "yours", "γεια", "καλημέρα",
        "ευχαριστώ", "αγαπητή", "αγαπητέ", "köszönöm", "kedves", "szia", "üdv", "üdvözlettel", "dobrý", "děkuji",
        "ahoj", "hæ", "sæl", "sæll", "takk", "kær", "kveðja", "bestu", "my", "the", "please", "here", "it", "sure",
        "yes",
    )
)  # fmt: skip
_BETWEEN = 3  # pieces that may stand between the street and the town


class Found(NamedTuple):
    """An address, and which lines of the message hold it (0 for the first); what is missing is ""."""

    recipient: str
    address_1: str
    address_2: str
    address_3: str
    postal_code: str
    city: str
    country: str
    lines: tuple[int, ...]

    def columns(self) -> dict[str, str]:
        """The values by the columns of an address."""
        return {name: str(value) for name, value in self._asdict().items() if name != "lines"}


class _Piece(NamedTuple):
    line: int
    text: str


def find(text: str) -> Found | None:
    """The postal address in a message's `text`; None if it holds none. The last one wins: it corrects the others."""
    pieces = _pieces(visible(text))
    for place in range(len(pieces) - 1, -1, -1):
        found = _around(pieces, place)
        if found is not None:
            return found
    return None


def _pieces(text: str) -> list[_Piece]:
    """The parts of the member's own lines between commas; what leads in to an address is left away."""
    pieces: list[_Piece] = []
    for number, line in enumerate(text.splitlines()):
        if _QUOTES_BELOW.match(line):
            break
        if _QUOTED.match(line):
            continue
        for sentence in _SENTENCES.split(_LEAD_IN.sub("", line, count=1)):
            pieces += [_Piece(number, bare) for part in re.split(r"[,;]", sentence) if (bare := part.strip(" \t.*·:"))]
    return pieces


def _around(pieces: list[_Piece], place: int) -> Found | None:
    """The address whose town is the piece at `place`; None if that is no town, or no street is near it."""
    code, city, first, last = _town(pieces, place)
    if not code:
        return _in_hungarian_order(pieces, place)
    before = range(first - 1, max(-1, first - 2 - _BETWEEN), -1)
    streets = [at for at in before if _is_street(pieces[at].text)]
    street = next((at for at in streets if not _WITHIN.match(pieces[at].text)), -1)
    if street < 0:
        after = last + 1
        if after >= len(pieces) or not _is_street(pieces[after].text):
            return None
        street, more, last = after, [], after
        begin = first
    else:
        more = [piece.text for piece in pieces[street + 1 : first]]
        begin = street
    return _whole(pieces, begin, last, (pieces[street].text, *more), code, city)


def _in_hungarian_order(pieces: list[_Piece], place: int) -> Found | None:
    """The town, the street and, last of all, the postal code at `place`."""
    text = pieces[place].text
    if place < 2 or not _HUNGARIAN_CODE.match(text) or not _is_street(pieces[place - 1].text):  # noqa: PLR2004
        return None
    town = pieces[place - 2].text
    return _whole(pieces, place - 2, place, (pieces[place - 1].text,), text, town) if _CITY_ALONE.match(town) else None


def _whole(pieces: list[_Piece], begin: int, last: int, street: tuple[str, ...], code: str, city: str) -> Found:
    """The address in these pieces, with the name before them and the country after."""
    name = ""
    if begin and _is_name(pieces[begin - 1].text) and pieces[begin - 1].line >= pieces[begin].line - 1:
        begin -= 1
        name = pieces[begin].text
    country = ""
    if last + 1 < len(pieces) and fold(pieces[last + 1].text) in _COUNTRIES:
        last += 1
        country = pieces[last].text
    lines = tuple(sorted({piece.line for piece in pieces[begin : last + 1]}))
    second, third = street[1] if len(street) > 1 else "", ", ".join(street[2:])
    return Found(name, street[0], second, third, code, city, country, lines)


def _town(pieces: list[_Piece], place: int) -> tuple[str, str, int, int]:
    """The code and the town at `place`, and the first and last piece that they take; "" as the code for none."""
    text = pieces[place].text
    alone = _CODE_ALONE.match(text)
    if alone is not None and place and (town := _CITY_ALONE.match(pieces[place - 1].text)):
        return alone["code"], town["city"].strip(), place - 1, place
    hit = _CODE_FIRST.match(text) or _CITY_FIRST.match(text)
    if hit is not None and fold(hit["city"]) not in _COUNTRIES and not _STREET_WORD.search(text):
        return hit["code"], hit["city"].strip(), place, place
    return "", "", place, place


def _is_street(text: str) -> bool:
    if _CODE_FIRST.match(text) and not _STREET_WORD.search(text):
        return False
    return any(shape.match(text) for shape in (_NUMBER_LAST, _NUMBER_FIRST, _PO_BOX)) and len(text) <= 70  # noqa: PLR2004


def _is_name(text: str) -> bool:
    words = text.split()
    if not _NAME.match(text) or fold(words[0]) in _GREETS:
        return False
    return sum(word[:1].isupper() for word in words) >= max(2, len(words) - 1)
