"""Parse a mail's body: split its MIME parts, and choose the text and the attachments.

Our own splitter stops at DEPTH_MAX levels, so that deep nesting cannot exhaust the stack. Rules: RFC 2045 and 2046
(MIME), RFC 3676 (format=flowed).
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.base.message import Attached
from app.mail import headers
from app.mail.charsets import clean, decode
from app.mail.html import to_text

DEPTH_MAX = 24
PARTS_MAX = 400
TEXT_MAX = 200_000
_TEXT_BYTES_MAX = 2_000_000
_HTML_BODY_MAX = 400_000
_TRAILING_SPACE = re.compile(r"(?<![ \t])[ \t]++\n")
_GAPS = re.compile(r"\n{4,}")
_UNSAFE_CHARS = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u202a-\u202e\u2066-\u2069\u200b-\u200f]+")
_ENDINGS = {
    "text/html": ".html",
    "text/plain": ".txt",
    "text/calendar": ".ics",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "message/rfc822": ".eml",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf of the MIME tree: its type, its parameters, and its still encoded bytes."""

    type: str
    charset: str
    flowed: bool
    delsp: bool
    encoding: str
    name: str
    attached: bool
    octets: bytes

    def content(self) -> bytes:
        """Decode the transfer encoding."""
        if self.encoding == "base64":
            return headers.unbase64(self.octets)
        if self.encoding == "quoted-printable":
            return binascii.a2b_qp(self.octets)
        return self.octets

    def text(self) -> str:
        """Return the plain text: HTML is converted, flowed lines are joined."""
        text = clean(decode(self.content()[:_TEXT_BYTES_MAX], self.charset))
        if self.type == "text/html":
            return to_text(text)
        return _unflowed(text, delsp=self.delsp) if self.flowed else text


@dataclass(slots=True)
class _Collected:
    """The texts and attachments collected by `_walk`, and the number of parts visited."""

    texts: list[str]
    attached: list[Attached]
    parts: int = 0


def read(head: dict[str, str], body: bytes) -> tuple[str, tuple[Attached, ...]]:
    """Return a mail's text and attachments, from its headers and the bytes after them."""
    collected = _Collected([], [])
    _walk(head, body, collected, 0)
    text = "\n\n".join(filter(None, collected.texts)) if len(collected.texts) != 1 else collected.texts[0]
    return tidy(text), tuple(collected.attached)


def tidy(text: str) -> str:
    """Strip trailing spaces and runs of blank lines, and cut the text to TEXT_MAX characters."""
    if " \n" in text or "\t\n" in text:
        text = _TRAILING_SPACE.sub("\n", text)
    if "\n\n\n\n" in text:
        text = _GAPS.sub("\n\n\n", text)
    text = text.strip("\n\t ")
    return text if len(text) <= TEXT_MAX else text[:TEXT_MAX] + "\n\n[…]"


def _walk(head: dict[str, str], body: bytes, collected: _Collected, depth: int, inside: str = "") -> None:
    collected.parts += 1
    if collected.parts > PARTS_MAX:
        return
    kind, parameters = headers.parameters(head.get("content-type", ""))
    if kind.startswith("multipart/") and depth < DEPTH_MAX and parameters.get("boundary"):
        pieces = [_piece(piece) for piece in cut(body, parameters["boundary"])[:PARTS_MAX]]
        if kind == "multipart/alternative":
            _alternative(pieces, collected, depth + 1)
        else:
            for at, (piece_head, piece_body) in enumerate(pieces):
                _walk(piece_head, piece_body, collected, depth + 1, kind if at else "")
        return
    part = _leaf(kind, parameters, head, body)
    if (
        part.type in {"text/plain", "text/html"}
        and not part.attached
        and (inside != "multipart/related" or part.type == "text/plain")
    ):
        collected.texts.append(part.text())
    elif part.type not in {"application/pgp-signature", "application/pkcs7-signature"}:
        collected.attached.append(_attached(part, len(collected.attached) + 1))


def _alternative(pieces: list[tuple[dict[str, str], bytes]], collected: _Collected, depth: int) -> None:
    """Handle multipart/alternative: plain text if it is not blank, else HTML; all attachments are kept."""
    tries: list[_Collected] = []
    best: _Collected | None = None
    for head, body in sorted(pieces, key=_is_html):
        alternative = _Collected([], [], collected.parts)
        if best is not None and _is_html((head, body)):
            continue
        _walk(head, body, alternative, depth)
        collected.parts = alternative.parts
        tries.append(alternative)
        if best is None and any(text.strip() for text in alternative.texts):
            best = alternative
    collected.texts += best.texts if best else []
    for alternative in tries:
        collected.attached += alternative.attached


def _is_html(piece: tuple[dict[str, str], bytes]) -> bool:
    return piece[0].get("content-type", "").lstrip()[:9].lower() == "text/html"


def _piece(piece: bytes) -> tuple[dict[str, str], bytes]:
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


def _leaf(kind: str, parameters: Mapping[str, str], head: dict[str, str], body: bytes) -> Part:
    disposition, more = headers.parameters(head.get("content-disposition", ""))
    name = more.get("filename") or parameters.get("name") or ""
    if not kind or "/" not in kind:
        kind = "text/plain"
    return Part(
        type=kind,
        charset=parameters.get("charset", ""),
        flowed=parameters.get("format", "").lower() == "flowed",
        delsp=parameters.get("delsp", "").lower() == "yes",
        encoding=head.get("content-transfer-encoding", "").strip().lower(),
        name=name,
        attached=disposition == "attachment" or bool(name and kind != "text/html" and disposition != "inline"),
        octets=body,
    )


def _attached(part: Part, number: int) -> Attached:
    return Attached(
        file_name(headers.words(part.name)) or f"{number}{_ENDINGS.get(part.type, '')}", part.type, part.content()
    )


def file_name(name: str) -> str:
    """Sanitize a file name for any system: no folders, no control or bidi characters, at most 120 characters."""
    bare = _UNSAFE_CHARS.sub("_", name.replace("\\", "/").rpartition("/")[2]).strip(" ._") or ""
    stem, dot, ending = bare.rpartition(".")
    return f"{stem[:100]}{dot}{ending[:19]}" if dot else bare[:120]


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
        pieces = (_piece(piece) for piece in cut(body, parameters["boundary"])[:PARTS_MAX])
        return next(filter(None, (_html(*piece, depth + 1) for piece in pieces)), "")
    part = _leaf(kind, parameters, head, body)
    if part.type != "text/html" or part.attached:
        return ""
    try:
        return clean(decode(part.content()[:_TEXT_BYTES_MAX], part.charset))
    except (LookupError, ValueError):  # an unknown character set: its letter could not be read either
        return ""
