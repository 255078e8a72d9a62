"""vCards 2.1, 3.0 and 4.0 as members: names, addresses, telephones, notes; photos and the like are passed over.

A reader of our own (RFC 2426, RFC 6350, and 2.1 with its quoted-printable), as libraries refuse a whole file for one
line that is out of order, and hold all of it, photos too, in memory.
"""

from __future__ import annotations

import io
import quopri
import re
from collections.abc import Iterator
from typing import IO, NamedTuple, cast

from app.base.text import fold
from app.channels.registry import known
from app.imports.addresses import NoAddressError, addresses
from app.imports.rows import Person, language_of
from app.mail.charsets import UnknownCharsetError, decode

_BEGIN = b"begin:vcard"
_GROUP = re.compile(r"^[A-Za-z0-9-]{1,40}\.")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_MAX_LINE_CHARS, _MAX_LINES = 100_000, 20_000  # of a line, and of a card; a photo is passed over line by line
_PASSED_OVER = frozenset(("PHOTO", "LOGO", "SOUND", "KEY", "X-THUMBNAIL", "X-MS-CARDPICTURE"))
_PREFERRED = frozenset(("PREF", "PREF=1"))
_PHONE_KINDS = ("CELL", "VOICE", "HOME", "WORK", "MAIN", "IPHONE", "")


class Line(NamedTuple):
    """A property: its name in capitals, its parameters in capitals, and its value, not yet unescaped."""

    name: str
    parameters: tuple[str, ...]
    value: str


def looks_so(head: bytes) -> bool:
    """Whether a file that begins so holds vCards."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[: len(_BEGIN)].lower() == _BEGIN


def persons(stream: IO[bytes]) -> Iterator[Person | None]:
    """Yield whom each card is about; None for a card that names nobody."""
    for card in _cards(stream):
        yield _person(card)


def _cards(stream: IO[bytes]) -> Iterator[list[Line]]:
    """The properties of each card; one that is not ended ends where the next begins."""
    card: list[Line] | None = None
    for line in _unfolded(stream):
        found = _line(line)
        if found is None:
            continue
        if found.name == "BEGIN" and found.value.strip().upper() == "VCARD":
            if card:
                yield card
            card = []
        elif found.name == "END" and card is not None:
            yield card
            card = None
        elif card is not None and found.name not in _PASSED_OVER and len(card) < _MAX_LINES:
            card.append(found)
    if card:
        yield card


def _unfolded(stream: IO[bytes]) -> Iterator[bytes]:
    """Lines with what continues them: by a space (3.0), or by `=` at the end of quoted-printable (2.1)."""
    whole = b""
    for raw in cast("io.BufferedIOBase", stream):
        line = raw.rstrip(b"\r\n")
        if whole and line[:1] in (b" ", b"\t") and line.strip():
            whole = (whole + line[1:])[:_MAX_LINE_CHARS]
        elif _goes_on(whole) and not line.upper().startswith(b"END:VCARD"):
            whole = (whole[:-1] + line)[:_MAX_LINE_CHARS]
        else:
            if whole:
                yield whole
            whole = line[:_MAX_LINE_CHARS]
    if whole:
        yield whole


def _goes_on(line: bytes) -> bool:
    """Whether a line of quoted-printable says that the next belongs to it."""
    return line.endswith(b"=") and b"QUOTED-PRINTABLE" in line.partition(b":")[0].upper()


def _line(raw: bytes) -> Line | None:
    head, colon, octets = _parted(raw.lstrip(b"\xef\xbb\xbf"))
    if not colon:
        return None
    name, *rest = (_GROUP.sub("", head.decode("ascii", "replace")) or "").split(";")
    parameters = tuple(parameter.strip().upper() for parameter in rest)
    if any("QUOTED-PRINTABLE" in parameter for parameter in parameters):
        octets = quopri.decodestring(octets)
    charset = next((p.partition("=")[2] for p in parameters if p.startswith("CHARSET=")), "")
    try:
        text = decode(octets, charset.strip('"') or "utf-8")
    except UnknownCharsetError:
        text = octets.decode("utf-8", "replace")
    return Line(name.strip().upper(), parameters, text)


def _parted(raw: bytes) -> tuple[bytes, bytes, bytes]:
    """Part at the first colon outside quotation marks."""
    if b'"' not in raw.partition(b":")[0]:
        return raw.partition(b":")
    inside = False
    for place, byte in enumerate(raw):
        inside ^= byte == ord('"')
        if byte == ord(":") and not inside:
            return raw[:place], b":", raw[place + 1 :]
    return raw, b"", b""


def _person(card: list[Line]) -> Person | None:
    boxes = _boxes(card)
    handles = _handles(card)
    name = _name(card) or next((called for called, _ in boxes if called), "")
    name = name or next(iter(handles.values()), "") or next((address for _, address in boxes), "")
    if not name:
        return None
    columns = {"name": name, "email": next((address for _, address in boxes), ""), "phone": _phone(card)}
    columns |= {
        "company": _parts(_first(card, "ORG"))[0],
        "job_title": _plain(_first(card, "TITLE")) or _plain(_first(card, "ROLE")),
        "website": _plain(_first(card, "URL")),
        "language": language_of(_plain(_first(card, "LANG"))),
        **_address(card),
    }
    note = "\n".join(filter(None, (_plain(line.value) for line in card if line.name == "NOTE")))
    filled = {column: value for column, value in columns.items() if value}
    return Person(filled, tuple(dict.fromkeys(address for _, address in boxes)), note, handles)


def _first(card: list[Line], name: str) -> str:
    """The preferred value of a property, else the first; "" if there is none."""
    lines = [line for line in card if line.name == name and line.value.strip()]
    return min(lines, key=lambda line: not _is_preferred(line)).value if lines else ""


def _is_preferred(line: Line) -> bool:
    return any(
        parameter in _PREFERRED or ("TYPE=" in parameter and "PREF" in parameter) for parameter in line.parameters
    )


def _name(card: list[Line]) -> str:
    shown = " ".join(_plain(_first(card, "FN")).split())
    if shown:
        return shown
    last, first, middle, before, after = (*_parts(_first(card, "N")), "", "", "", "", "")[:5]
    return " ".join(filter(None, (before, first, middle, last, after))) or _parts(_first(card, "ORG"))[0]


def _parts(value: str) -> list[str]:
    """The parts of a value that has several, between semicolons that are not escaped; at least one."""
    return [" ".join(_plain(part).split()) for part in re.split(r"(?<!\\);", value)]


def _plain(value: str) -> str:
    """A value without the backslashes that escape line ends, commas and semicolons."""
    return _ESCAPED.sub(lambda hit: "\n" if hit[1] in "nN" else hit[1], value).strip()


def _boxes(card: list[Line]) -> list[tuple[str, str]]:
    """(name, address) of every e-mail address, the preferred first; what is none is passed over."""
    found: list[tuple[str, str]] = []
    lines = sorted((line for line in card if line.name == "EMAIL"), key=lambda line: not _is_preferred(line))
    for line in lines:
        try:
            found += addresses(_plain(line.value))
        except NoAddressError:
            continue
    return found


def _phone(card: list[Line]) -> str:
    """The preferred number, else a mobile one, else the first that is no fax."""
    lines = [line for line in card if line.name == "TEL" and "FAX" not in ";".join(line.parameters)]

    def rank(line: Line) -> tuple[bool, int]:
        kinds = ";".join(line.parameters)
        return not _is_preferred(line), next(place for place, kind in enumerate(_PHONE_KINDS) if kind in kinds)

    best = min(lines, key=rank, default=None)
    if best is None:
        return ""
    value = _plain(best.value)
    return value[4:] if value.lower().startswith("tel:") else value


def _address(card: list[Line]) -> dict[str, str]:
    parts = (*_parts(_first(card, "ADR")), *[""] * 7)[:7]
    box, more, street, city, region, code, country = parts
    lines = [line for line in (street or box, more if street else "") if line]
    del region  # the card has no place for it, and the postal code says it
    return {
        "address_1": lines[0] if lines else more,
        "address_2": lines[1] if len(lines) > 1 else "",
        "city": city,
        "postal_code": code,
        "country": country,
    }


def _handles(card: list[Line]) -> dict[str, str]:
    """Names on channels: `X-SOCIALPROFILE;TYPE=mastodon`, and `IMPP` of the kinds that we know."""
    kinds = {of.kind: of.kind for of in known() if of.handles} | {word: of.kind for of in known() for word in of.also}
    found: dict[str, str] = {}
    for line in card:
        if line.name in ("X-SOCIALPROFILE", "IMPP", "SOCIALPROFILE"):
            types = [fold(parameter.rpartition("=")[2]) for parameter in line.parameters]
            scheme, _, rest = _plain(line.value).partition(":")
            kind = next((kinds[word] for word in (*types, fold(scheme)) if word in kinds), "")
            value = _shown_name(line) or (rest if fold(scheme) in kinds else _plain(line.value))
            handle = value.rstrip("/").rpartition("/")[2]
            if kind and handle:
                found.setdefault(kind, handle)
    return found


def _shown_name(line: Line) -> str:
    return next((p.partition("=")[2].casefold() for p in line.parameters if p.startswith("X-USER=")), "")
