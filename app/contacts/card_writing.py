"""vCards as phones and mail programs take them: 4.0 (RFC 6350, PRONOUNS of RFC 9554) and 3.0 (RFC 2426) for older ones.

Lines end in CRLF and are folded at 75 octets between whole letters (RFC 6350 3.2). The UID of a member is the same each
time, so that a phone that takes the file again changes its card and makes no second one.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid5

from app.base import ids
from app.contacts.outgoing import Entry

FOUR, THREE = "4.0", "3.0"
VERSIONS = (FOUR, THREE)
SPACE = UUID("6f1d1a52-7c0b-4d5e-9a0e-0f4a6c3b8e21")
"""The namespace of the UIDs that we give (RFC 9562, version 5)."""
_OCTETS = 75
_LEAP_YEAR = "1604"  # what Apple writes where a birthday has no year, and 3.0 has to have one
_ESCAPED = str.maketrans({"\\": "\\\\", "\n": "\\n", ",": "\\,", ";": "\\;", "\r": None})
_COMMA, _SEMICOLON = "\\,", "\\;"
_CONTROL = dict.fromkeys(code for code in range(32) if code != ord("\n"))


def card(entry: Entry, version: str = FOUR) -> str:
    """A member's card, in one of VERSIONS."""
    lines = ["BEGIN:VCARD", f"VERSION:{version}", "PRODID:-//Rapport//EN", *_lines(entry, four=version == FOUR)]
    return "".join(f"{folded(line)}\r\n" for line in (*lines, "END:VCARD"))


def uid(what: str, at: int | str) -> str:
    """The id of something of ours in other programs, the same each time: its id here, and when it was made."""
    return str(uuid5(SPACE, f"{what} {at}"))


def _lines(entry: Entry, *, four: bool) -> Iterator[str]:
    number = ids.display(ids.MEMBER, entry.id)
    yield f"UID:{'urn:uuid:' if four else ''}{uid(number, entry.made_at)}"
    yield f"FN:{escaped(entry.name)}"
    yield f"N:{escaped(entry.family)};{escaped(entry.given)};;;"
    for place, address in enumerate(entry.emails):
        yield f"EMAIL{_kind('INTERNET', four=four, preferred=place == 0)}:{escaped(address)}"
    for place, phone in enumerate(entry.phones):
        yield f"TEL{_kind('VOICE', four=four, preferred=place == 0)}:{escaped(phone)}"
    yield from _facts(entry, four=four)
    for handle in entry.handles:
        where = escaped(handle.url or handle.handle)
        yield f"X-SOCIALPROFILE;TYPE={handle.kind};X-USER={_quoted(handle.handle)}:{where}"
    yield f"X-RAPPORT-MEMBER:{number}"


def _facts(entry: Entry, *, four: bool) -> Iterator[str]:
    yield from _work_and_place(entry, four=four)
    for place, language in enumerate(entry.languages, 1):
        yield f"LANG;PREF={place}:{language}" if four else f"X-LANG:{language}"
    if entry.birthday:
        month, day = entry.birthday.split("-")
        yield f"BDAY:--{month}{day}" if four else f"BDAY;X-APPLE-OMIT-YEAR={_LEAP_YEAR}:{_LEAP_YEAR}-{month}-{day}"
    if entry.pronouns:
        yield f"PRONOUNS:{escaped(entry.pronouns)}"
    if entry.labels:
        yield f"CATEGORIES:{','.join(map(escaped, entry.labels))}"
    if entry.street or entry.city or entry.postal_code or entry.country:
        street, more = (*entry.street, "", "")[0], "\n".join(entry.street[1:])
        parts = ("", more, street, entry.city, "", entry.postal_code, entry.country)
        yield f"ADR:{';'.join(map(escaped, parts))}"
    for key, value in entry.wishes:
        yield f"X-RAPPORT-{key.upper().replace('_', '-')}:{escaped(value)}"
    if entry.note:
        yield f"NOTE:{escaped(entry.note)}"


def _work_and_place(entry: Entry, *, four: bool) -> Iterator[str]:
    """Where they work, their page and their time zone."""
    for name, value in (("ORG", entry.company), ("TITLE", entry.job_title)):
        if value:
            yield f"{name}:{escaped(value)}"
    if entry.website:  # of a URI, commas and semicolons are parts (RFC 6350 4.2)
        yield f"URL:{escaped(entry.website).replace(_COMMA, ',').replace(_SEMICOLON, ';')}"
    if entry.time_zone:  # 3.0 has an offset there, unless it says that it is a name (RFC 2426 3.4.1)
        yield f"TZ{'' if four else ';VALUE=TEXT'}:{escaped(entry.time_zone)}"


def _kind(old: str, *, four: bool, preferred: bool) -> str:
    """The parameters of an address or number: 3.0 names its sort, and both say which is preferred."""
    if four:
        return ";PREF=1" if preferred else ""
    return f";TYPE={old},PREF" if preferred else f";TYPE={old}"


def escaped(value: str) -> str:
    """A text as a value; control characters are left out."""
    return value.replace("\r\n", "\n").translate(_CONTROL).translate(_ESCAPED)


def _quoted(value: str) -> str:
    """A text as a parameter, which can hold no quotation mark and no line end (RFC 6350 3.3)."""
    return '"' + value.translate(_CONTROL).replace('"', "'").replace("\n", " ") + '"'


def folded(line: str) -> str:
    """A line in pieces of at most 75 octets, each after the first with a space before it."""
    if len(line.encode()) <= _OCTETS:
        return line
    pieces: list[str] = []
    piece: list[str] = []
    size = 0
    for letter in line:
        octets = len(letter.encode("utf-8", "replace"))
        if size + octets > _OCTETS:
            pieces.append("".join(piece))
            piece, size = [" "], 1
        piece.append(letter)
        size += octets
    return "\r\n".join([*pieces, "".join(piece)])
