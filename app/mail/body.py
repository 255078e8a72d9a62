"""The parts of a mail's body: where they are cut, and the text of one. `app.mail.parts` chooses among them.

Rules: RFC 2045 and 2046 (MIME), RFC 3676 (format=flowed).
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple

from app.mail import headers
from app.mail.charsets import clean, decode
from app.mail.html import read as read_page

DEPTH_MAX = 24
PARTS_MAX = 400
CUT, GARBLED, BROKEN, ENCRYPTED = "cut", "garbled", "broken", "encrypted"
"""Why a letter was not read wholly: too long, a part that cannot be decoded, MIME against its rules, encrypted."""
_TEXT_TYPES = frozenset(["text/plain", "text/html", "text/markdown", "text/x-markdown"])
_TEXT_NAMES = (".txt", ".md", ".markdown")
_TEXT_BYTES_MAX, _HTML_BYTES_MAX = 4_000_000, 16_000_000
_HTML_BODY_MAX = 400_000
_PADDING = 8  # of base64, and what may stand around it
_TRAILING_SPACE = re.compile(r"(?<![ \t])[ \t]++\n")
_DATA = re.compile(r"data:image/[^\"'\s<>]++", re.IGNORECASE)
_GAPS = re.compile(r"\n{4,}")


class Said(NamedTuple):
    """The text of a part, what is hidden in it, and why it was not read wholly."""

    text: str
    hidden: str = ""
    flaws: frozenset[str] = frozenset()


class Part(NamedTuple):
    """A leaf of the MIME tree: its type, its parameters, and its still encoded bytes."""

    type: str
    charset: str
    flowed: bool
    delsp: bool
    encoding: str
    name: str
    disposition: str
    content_id: str
    octets: bytes

    @property
    def attached(self) -> bool:
        """Whether it is a file beside the words; a text that only has a name may be words all the same."""
        named = bool(self.name and self.type != "text/html" and self.disposition != "inline")
        return self.disposition == "attachment" or named

    @property
    def is_text(self) -> bool:
        """Whether it is a text: by its type, or by the file's name and its bytes where the type says nothing."""
        if self.type == "application/octet-stream" and self.name.lower().endswith(_TEXT_NAMES):
            with suppress(UnicodeDecodeError):
                return "\0" not in self.content()[:_TEXT_BYTES_MAX].decode("utf-8")
        return self.type in _TEXT_TYPES

    def content(self) -> bytes:
        """Decode the transfer encoding."""
        if self.encoding == "base64":
            return headers.unbase64(self.octets)
        if self.encoding == "quoted-printable":
            return binascii.a2b_qp(self.octets)
        return self.octets

    def page(self) -> str:
        """Return the HTML as it is, with the pictures in it."""
        return decode(self.content()[:_HTML_BYTES_MAX], self.charset)

    def text(self, page: str | None = None) -> Said:
        """Return the plain text: HTML is converted, flowed lines are joined. `page` is `self.page()`, where known."""
        if self.type == "text/html":
            page = self.page() if page is None else page
            said = page_text(page)
            return said._replace(flaws=said.flaws | self._flaws(page, self.content()))
        octets = self.content()
        text = clean(decode(octets[:_TEXT_BYTES_MAX], self.charset))
        flaws = self._flaws(text, octets) | ({CUT} if len(octets) > _TEXT_BYTES_MAX else set())
        return Said(_unflowed(text, delsp=self.delsp) if self.flowed else text, flaws=flaws)

    def _flaws(self, text: str, octets: bytes) -> frozenset[str]:
        return frozenset([GARBLED]) if "\ufffd" in text or self._is_garbled(octets) else frozenset()

    def _is_garbled(self, octets: bytes) -> bool:
        """Whether what should be base64 decodes to less than it is long, as where a part is damaged."""
        if self.encoding != "base64":
            return False
        written = len(self.octets) - self.octets.count(b"\n") - self.octets.count(b"\r")
        return len(octets) < written * 3 // 4 - _PADDING


def page_text(html: str) -> Said:
    """The text of a page of HTML, without the pictures in it, which would take up the room for the words."""
    bare = _DATA.sub("data:", html) if "data:" in html else html
    page = read_page(clean(bare[:_TEXT_BYTES_MAX]))
    whole = page.whole and len(bare) <= _TEXT_BYTES_MAX
    return Said(page.text, page.hidden, frozenset() if whole else frozenset([CUT]))


def tidy(text: str) -> str:
    """Strip trailing spaces and runs of blank lines."""
    if " \n" in text or "\t\n" in text:
        text = _TRAILING_SPACE.sub("\n", text)
    if "\n\n\n\n" in text:
        text = _GAPS.sub("\n\n\n", text)
    return text.strip("\n\t ")


def is_html(piece: tuple[dict[str, str], bytes]) -> bool:
    """Whether a piece is HTML."""
    return piece[0].get("content-type", "").lstrip()[:9].lower() == "text/html"


def pieces_of(piece: bytes) -> tuple[dict[str, str], bytes]:
    """The head and the body of a piece."""
    if piece[:1] == b"\n" or piece[:2] == b"\r\n":
        return {}, piece.lstrip(b"\r\n")
    head, body = headers.split(piece)
    return headers.fields(head), body


def cut(body: bytes, boundary: str) -> list[bytes]:
    """Split a multipart body (RFC 2046, 5.1.1), without preamble and epilogue; the closing boundary may be missing."""
    mark = b"--" + boundary.rstrip().encode("utf-8", "replace")
    parts: list[bytes] = []
    rest = (b"\n" + body).split(b"\n" + mark)
    for piece in rest[1:]:
        line, _, content = piece.partition(b"\n")
        tail = line.strip()
        if not tail:
            parts.append(content.removesuffix(b"\r"))
        elif tail == b"--" or (tail.startswith(b"--") and not parts):
            break
        elif parts:  # a longer boundary with ours as its prefix, which belongs to a nested part
            parts[-1] += b"\n" + mark + piece
    return parts


def leaf(kind: str, parameters: Mapping[str, str], head: dict[str, str], body: bytes) -> Part:
    """The part that a head and a body make."""
    disposition, more = headers.parameters(head.get("content-disposition", ""))
    name = more.get("filename") or parameters.get("name") or ""
    if not kind or "/" not in kind:
        kind = "text/plain"
    return Part(
        type=kind,
        charset=parameters.get("charset", ""),
        flowed="format" in parameters and parameters["format"].lower() == "flowed",
        delsp="delsp" in parameters and parameters["delsp"].lower() == "yes",
        encoding=head.get("content-transfer-encoding", "").strip().lower(),
        name=name,
        disposition=disposition,
        content_id=head["content-id"].strip().strip("<>") if "content-id" in head else "",
        octets=body,
    )


def _unflowed(text: str, *, delsp: bool) -> str:
    """Join the lines of format=flowed text (RFC 3676), also within quotes of the same depth."""
    out: list[str] = []
    before = -1  # the quote depth of the previous line if it flows into this one, else -1
    for line in text.split("\n"):
        bare = line.lstrip(">")
        depth = len(line) - len(bare)
        bare = bare.removeprefix(" ")
        flows = bare.endswith(" ") and bare != "-- "
        if before == depth and bare != "-- ":
            out[-1] += bare
        else:
            out.append(("> " * depth) + bare if depth else bare)
        if flows and delsp:
            out[-1] = out[-1][:-1]
        before = depth if flows else -1
    return "\n".join(out)


def may_be_html(body: bytes) -> bool:
    """Whether `html` is worth asking: a body that is not too large for a letter that a program wrote."""
    return len(body) <= _HTML_BODY_MAX


def html(head: dict[str, str], body: bytes) -> str:
    """The first HTML part of a mail, decoded and otherwise as it is; "" where there is none."""
    return _html(head, body, 0)


def _html(head: dict[str, str], body: bytes, depth: int) -> str:
    kind, parameters = headers.parameters(head.get("content-type", ""))
    if kind.startswith("multipart/") and depth < DEPTH_MAX and parameters.get("boundary"):
        pieces = (pieces_of(piece) for piece in cut(body, parameters["boundary"])[:PARTS_MAX])
        return next(filter(None, (_html(*piece, depth + 1) for piece in pieces)), "")
    part = leaf(kind, parameters, head, body)
    if part.type != "text/html" or part.attached:
        return ""
    try:
        return clean(decode(part.content()[:_TEXT_BYTES_MAX], part.charset))
    except (LookupError, ValueError):  # an unknown character set: its letter could not be read either
        return ""
