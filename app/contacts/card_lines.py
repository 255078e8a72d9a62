"""The lines of a file of vCards, versions 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350): unfolded, decoded, with their parts.

A reader of our own: libraries refuse a whole file for one line that is out of order, and hold all of it, photos too, in
memory (docs/decisions/0028).
"""

from __future__ import annotations

import codecs
import io
import quopri
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import IO, NamedTuple

from app.mail.charsets import UnknownCharsetError, decode

_BEGIN = b"begin:vcard"
_UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_GROUP = re.compile(r"^([A-Za-z0-9-]{1,40})\.")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_USER = "X-USER="
_MAX_LINE_CHARS, _MAX_LINES = 100_000, 20_000  # of a line, and of a card; a photo is passed over line by line
_MAX_LOOKED_AT = 200
PHOTO = "photos"
PICTURES = frozenset(("PHOTO", "LOGO", "X-MS-CARDPICTURE"))
_PASSED_OVER = PICTURES | {"SOUND", "KEY", "X-THUMBNAIL"}


class Line(NamedTuple):
    """A property: its name in capitals, its parameters in capitals, its value, not yet unescaped, and its group.

    `user` is its parameter X-USER, a name on a channel, as it is written.
    """

    name: str
    parameters: tuple[str, ...]
    value: str
    group: str = ""
    user: str = ""

    def says(self, *words: str) -> bool:
        """Whether one of its parameters is one of these types, bare (2.1) or as TYPE=a,b."""
        kinds = {kind for one in self.parameters for kind in one.rpartition("=")[2].strip('"').split(",")}
        return not kinds.isdisjoint(words)

    @property
    def is_preferred(self) -> bool:
        """Whether it is the one to use: PREF (2.1, 3.0), PREF=1 (4.0)."""
        return "PREF=1" in self.parameters or self.says("PREF")


def looks_so(head: bytes) -> bool:
    """Whether a file that begins so holds vCards."""
    wide = _UTF_16.get(head[:2])
    if wide:
        head = head[2 : 2 * _MAX_LOOKED_AT].decode(wide, "ignore").encode()
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[: len(_BEGIN)].lower() == _BEGIN


def cards(stream: IO[bytes], out: Counter[str]) -> Iterator[list[Line]]:
    """The properties of each card; one that is not ended ends where the next begins.

    Pictures are passed over and counted under PHOTO; a card within a card (AGENT, of 2.1) is passed over as well.
    """
    card: list[Line] | None = None
    inner = False
    for line in filter(None, map(_line, _unfolded(stream))):
        begins, ends = line.name == "BEGIN" and line.value.strip().upper() == "VCARD", line.name == "END"
        if begins and card and _has_agent(card):
            inner = True
        elif inner:
            inner = not ends
        elif begins or ends:
            if card:
                yield card
            card = [] if begins else None
        else:
            out[PHOTO] += line.name in PICTURES
            if card is not None and line.name not in _PASSED_OVER and len(card) < _MAX_LINES:
                card.append(line)
    if card:
        yield card


def _has_agent(card: list[Line]) -> bool:
    """Whether the card goes on with that of somebody's assistant."""
    return card[-1].name == "AGENT" and not card[-1].value.strip()


def _unfolded(stream: IO[bytes]) -> Iterator[bytes]:
    """Lines with what continues them: by a space (3.0), or by `=` at the end of quoted-printable (2.1)."""
    whole = b""
    for line in _lines(stream):
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


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    """Lines without their ends, of whatever system: CR LF, LF, or CR alone; those of UTF-16 as UTF-8."""
    begun = stream.read(2)
    if begun in _UTF_16:
        wide = io.TextIOWrapper(stream, _UTF_16[begun], "replace", newline=None)
        try:
            for line in wide:
                yield line.rstrip("\n").encode()
        finally:
            wide.detach()  # whoever opened the stream closes it
        return
    for raw in chain((begun + stream.readline(),) if begun[-1:] != b"\n" else (begun,), stream):
        yield from raw.rstrip(b"\r\n").split(b"\r")


def _goes_on(line: bytes) -> bool:
    """Whether a line of quoted-printable says that the next belongs to it."""
    return line.endswith(b"=") and b"QUOTED-PRINTABLE" in line.partition(b":")[0].upper()


def _line(raw: bytes) -> Line | None:
    head, colon, octets = _parted(raw.lstrip(b"\xef\xbb\xbf"))
    if not colon:
        return None
    shown = head.decode("utf-8", "replace")
    group = _GROUP.match(shown)
    name, *rest = (one.strip() for one in _outside_quotes(shown[group.end() :] if group else shown, ";"))
    parameters = tuple(parameter.upper() for parameter in rest)
    if any("QUOTED-PRINTABLE" in parameter for parameter in parameters):
        octets = quopri.decodestring(octets)
    charset = next((p.partition("=")[2] for p in parameters if p.startswith("CHARSET=")), "")
    try:
        text = decode(octets, charset.strip('"') or "utf-8")
    except UnknownCharsetError:
        text = octets.decode("utf-8", "replace")
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    user = next((one[len(_USER) :].strip('"') for one in rest if one[: len(_USER)].upper() == _USER), "")
    return Line(name.upper(), parameters, text, group[1].casefold() if group else "", user)


def _outside_quotes(text: str, mark: str) -> list[str]:
    """The text parted at each mark that stands outside quotation marks."""
    if '"' not in text:
        return text.split(mark)
    found, begun, inside = [], 0, False
    for place, letter in enumerate(text):
        inside ^= letter == '"'
        if letter == mark and not inside:
            found.append(text[begun:place])
            begun = place + 1
    return [*found, text[begun:]]


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


def parts(value: str) -> list[str]:
    """The parts of a value that has several, between semicolons that are not escaped; at least one."""
    return [" ".join(plain(part).split()) for part in split(value, ";")]


def split(value: str, mark: str) -> list[str]:
    """A value parted at each mark that is not escaped; the parts are not yet unescaped."""
    found, begun, escaped = [], 0, False
    for place, letter in enumerate(value):
        if escaped:
            escaped = False
        elif letter == "\\":
            escaped = True
        elif letter == mark:
            found.append(value[begun:place])
            begun = place + 1
    return [*found, value[begun:]]


def plain(value: str) -> str:
    """A value without the backslashes that escape line ends, commas and semicolons."""
    return _ESCAPED.sub(lambda hit: "\n" if hit[1] in "nN" else hit[1], value).strip()
