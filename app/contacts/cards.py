"""Whom each vCard of a file is about: names, addresses, telephones, birthday, languages, groups, notes.

What a card says of them and Rapport keeps no place for (their sex, spouse, calendar) stays in the file; so do photos.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import IO

from app.base.text import fold, legible
from app.base.words import tr
from app.channels.registry import known
from app.contacts.addresses import NoAddressError, addresses
from app.contacts.birthdays import NoBirthdayError, day_of
from app.contacts.card_lines import PHOTO, Line, cards, looks_so, parts, plain, split
from app.contacts.person import NAME_MOST, WISHES, Person, languages_of, wishes_of

__all__ = ["GROUP", "NAMELESS", "PHOTO", "TOO_LONG", "looks_so", "persons"]
_PHONE_KINDS = ("CELL", "VOICE", "HOME", "WORK", "MAIN", "IPHONE", "")
_NO_PHONES = ("FAX", "PAGER", "MODEM", "TEXTPHONE")
_PROFILES = ("X-SOCIALPROFILE", "IMPP", "SOCIALPROFILE")
_GROUP_KINDS = ("X-ADDRESSBOOKSERVER-KIND", "KIND")
NAMELESS, GROUP, TOO_LONG = "nameless", "groups", "long_names"
"""Why a card is nobody."""


def persons(stream: IO[bytes], out: Counter[str] | None = None) -> Iterator[Person | str]:
    """Yield whom each card is about; else why it is nobody: NAMELESS, GROUP or TOO_LONG.

    Photos that are passed over are counted in `out`, under PHOTO.
    """
    for card in cards(stream, Counter() if out is None else out):
        yield _person(card)


def _person(card: list[Line]) -> Person | str:
    if any(line.name in _GROUP_KINDS and line.value.strip().casefold() == "group" for line in card):
        return GROUP
    boxes, handles = _boxes(card), _handles(card)
    name = _name(card) or next((called for called, _ in boxes if called), "")
    name = name or next(iter(handles.values()), "") or next((address for _, address in boxes), "")
    if not name:
        return NAMELESS
    if len(name) > NAME_MOST:
        return TOO_LONG
    numbers, languages = _phones(card), _languages(card)
    columns = {
        "name": name,
        "email": next((address for _, address in boxes), ""),
        "phone": numbers[0] if numbers else "",
        "company": parts(_first(card, "ORG"))[0],
        "job_title": plain(_first(card, "TITLE")) or plain(_first(card, "ROLE")),
        "website": plain(_first(card, "URL")),
        "language": languages[0] if languages else "",
        "languages": ",".join(languages[1:]),
        "birthday": _day(card, "BDAY"),
        "pronouns": plain(_first(card, "PRONOUNS"))[:NAME_MOST],
        "time_zone": _time_zone(card),
        **_address(card),
        **wishes_of({wish: plain(_first(card, _wish(wish))) for wish in WISHES}),
    }
    filled = {column: value for column, value in columns.items() if value}
    found = tuple(dict.fromkeys(address for _, address in boxes))
    return Person(filled, found, _note(card), handles, _number(card), tuple(numbers), _labels(card))


def _wish(column: str) -> str:
    """The property of a wish on a card that Rapport wrote."""
    return f"X-RAPPORT-{column.upper().replace('_', '-')}"


def _first(card: list[Line], name: str) -> str:
    """The preferred value of a property, else the first; "" if there is none."""
    lines = [line for line in card if line.name == name and line.value.strip()]
    return min(lines, key=lambda line: not line.is_preferred).value if lines else ""


def _name(card: list[Line]) -> str:
    shown = " ".join(legible(plain(_first(card, "FN"))).split())
    if shown:
        return shown
    last, first, middle, before, after = (*parts(_first(card, "N")), "", "", "", "", "")[:5]
    return " ".join(filter(None, (before, first, middle, last, after))) or parts(_first(card, "ORG"))[0]


def _boxes(card: list[Line]) -> list[tuple[str, str]]:
    """(name, address) of every e-mail address, the preferred first; what is none is passed over."""
    found: list[tuple[str, str]] = []
    lines = sorted((line for line in card if line.name == "EMAIL"), key=lambda line: not line.is_preferred)
    for line in lines:
        try:
            found += addresses(plain(line.value))
        except NoAddressError:
            continue
    return found


def _phones(card: list[Line]) -> list[str]:
    """The numbers that people answer: the preferred one first, else a mobile one, else as they stand."""
    lines = [line for line in card if line.name == "TEL" and not line.says(*_NO_PHONES) and line.value.strip()]

    def rank(line: Line) -> tuple[bool, int]:
        kinds = ";".join(line.parameters)
        return not line.is_preferred, next(place for place, kind in enumerate(_PHONE_KINDS) if kind in kinds)

    values = (plain(line.value) for line in sorted(lines, key=rank))
    bare = (value[4:] if value.lower().startswith("tel:") else value for value in values)
    return list(dict.fromkeys(filter(None, bare)))


def _address(card: list[Line]) -> dict[str, str]:
    box, more, street, city, region, code, country = (*parts(_first(card, "ADR")), *[""] * 7)[:7]
    lines = [line for line in (street or box, more if street else "") if line]
    del region  # the card has no place for it, and the postal code says it
    return {
        "address_1": lines[0] if lines else more,
        "address_2": lines[1] if len(lines) > 1 else "",
        "city": city,
        "postal_code": code,
        "country": country,
    }


@cache
def _kinds() -> dict[str, str]:
    """The kinds of channels by the words that cards name them with."""
    return {of.kind: of.kind for of in known() if of.handles} | {word: of.kind for of in known() for word in of.also}


def _handles(card: list[Line]) -> dict[str, str]:
    """Names on channels: `X-SOCIALPROFILE;TYPE=mastodon`, and `IMPP` of the kinds that we know."""
    kinds, found = _kinds(), dict[str, str]()
    for line in card:
        if line.name in _PROFILES:
            types = [fold(parameter.rpartition("=")[2]) for parameter in line.parameters]
            scheme, _, rest = plain(line.value).partition(":")
            kind = next((kinds[word] for word in (*types, fold(scheme)) if word in kinds), "")
            value = line.user or (rest if fold(scheme) in kinds else plain(line.value))
            handle = value.rstrip("/").rpartition("/")[2]
            if kind and handle:
                found.setdefault(kind, handle)
    return found


def _languages(card: list[Line]) -> list[str]:
    """Their languages, the preferred first (LANG of 4.0; several with PREF)."""
    lines = sorted((line for line in card if line.name in ("LANG", "X-LANG")), key=lambda line: not line.is_preferred)
    return languages_of([plain(line.value) for line in lines])


def _day(card: list[Line], name: str) -> str:
    """A day as MM-DD; "" where the card has none, or words in its place ("circa 1800")."""
    try:
        return day_of(plain(_first(card, name)))
    except NoBirthdayError:
        return ""


def _is_day(written: str) -> bool:
    """Whether a birthday is one that we keep, or says that there is none; what is neither goes into the note."""
    try:
        day_of(written)
    except NoBirthdayError:
        return False
    return True


@cache
def _zones() -> frozenset[str]:
    from zoneinfo import available_timezones  # noqa: PLC0415  0.8 MB, for the few cards with a time zone

    return frozenset(available_timezones())


def _time_zone(card: list[Line]) -> str:
    """The time zone, where it is a name of the IANA's; an offset alone says nothing of the summer."""
    written = plain(_first(card, "TZ"))
    return written if written and written in _zones() else ""


def _labels(card: list[Line]) -> tuple[str, ...]:
    """The groups that a card is in; what programs put everybody into is none."""
    words = [plain(word) for line in card if line.name == "CATEGORIES" for word in split(line.value, ",")]
    return tuple(dict.fromkeys(word for word in words if word and fold(word) not in ("mycontacts", "my contacts")))


def _note(card: list[Line]) -> str:
    notes = [plain(line.value) for line in card if line.name == "NOTE"]
    called = " ".join(plain(_first(card, "NICKNAME")).split())
    if called:
        notes.append(tr("Nickname: {name}").format(name=called[:NAME_MOST]))
    born = " ".join(plain(_first(card, "BDAY")).split())
    if born and not _is_day(born):
        notes.append(tr("Birthday: {value}").format(value=born[:NAME_MOST]))
    anniversary = _anniversary(card)
    if anniversary:
        notes.append(tr("Anniversary: {day}").format(day=anniversary))
    return "\n".join(filter(None, notes))


def _anniversary(card: list[Line]) -> str:
    """The day as MM-DD: a property of 4.0, of several programs, or Apple's date with a label of its own."""
    named = {line.group for line in card if line.name == "X-ABLABEL" and "ANNIVERSARY" in line.value.upper()}
    apples = [line._replace(name="ANNIVERSARY") for line in card if line.name == "X-ABDATE" and line.group in named]
    return _day([*card, *apples], "ANNIVERSARY") or _day(card, "X-ANNIVERSARY")


def _number(card: list[Line]) -> int | None:
    """The id of the member that the card is about, if Rapport wrote it."""
    written = plain(_first(card, "X-RAPPORT-MEMBER"))
    digits = written.removeprefix("P-")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 16 else None  # noqa: PLR2004  SQLite's
