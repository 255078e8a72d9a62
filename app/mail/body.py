"""Parse a mail's body: split its MIME parts, choose the text and the attachments, and tell what was left out.

Our own splitter stops at DEPTH_MAX levels, so that deep nesting cannot exhaust the stack. Rules: RFC 2045 and 2046
(MIME), RFC 3676 (format=flowed).
"""

from __future__ import annotations

import binascii
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from app.base.message import HIDDEN, OTHER_FORM, REST, Attached
from app.base.text import folded_words
from app.mail import headers
from app.mail.charsets import clean, decode
from app.mail.html import read as read_page

DEPTH_MAX = 24
PARTS_MAX = 400
TEXT_MAX = 200_000
_HTML_BODY_MAX = 400_000
LEFT_OUT_MAX = 2_000_000
"""Characters of what is left out that are kept."""
CUT, GARBLED, BROKEN, ENCRYPTED = "cut", "garbled", "broken", "encrypted"
"""Why a letter was not read wholly: too long, a part that cannot be decoded, MIME against its rules, encrypted."""
_TEXT_BYTES_MAX = 4_000_000
_FEW_LETTERS = 300  # of a plain part that only says that there is HTML
_MORE = 10  # times as long as the plain part: then that says nothing
_FEW_LINES = 6
_TWICE = 2
_PADDING = 8  # of base64, and what may stand around it
_LINE_MAX = 2_000  # characters before the limit in which the text is cut at a line's end
_MANY_WORDS = 10  # that the plain part lacks: then the other form is kept as well
_SEALED = frozenset(["application/pkcs7-mime", "application/x-pkcs7-mime"])
_PGP = "-----BEGIN PGP MESSAGE-----"
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


class Said(NamedTuple):
    """The text of a part, what is hidden in it, and why it was not read wholly."""

    text: str
    hidden: str
    flaws: set[str]


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

    def text(self) -> Said:
        """Return the plain text: HTML is converted, flowed lines are joined."""
        octets = self.content()
        text = clean(decode(octets[:_TEXT_BYTES_MAX], self.charset))
        flaws = {CUT} if len(octets) > _TEXT_BYTES_MAX else set()
        if self._is_garbled(octets) or "\ufffd" in text:
            flaws.add(GARBLED)
        if self.type == "text/html":
            page = read_page(text)
            return Said(page.text, page.hidden, flaws if page.whole else flaws | {CUT})
        return Said(_unflowed(text, delsp=self.delsp) if self.flowed else text, "", flaws)

    def _is_garbled(self, octets: bytes) -> bool:
        """Whether what should be base64 decodes to less than it is long, as where a part is damaged."""
        if self.encoding != "base64":
            return False
        written = len(self.octets) - self.octets.count(b"\n") - self.octets.count(b"\r")
        return len(octets) < written * 3 // 4 - _PADDING


@dataclass(slots=True)
class _Collected:
    """The texts and attachments collected by `_walk`, what was left out, and the number of parts visited."""

    texts: list[str]
    attached: list[Attached]
    parts: int = 0
    left_out: list[tuple[str, str]] = field(default_factory=list)
    flaws: set[str] = field(default_factory=set)

    def add(self, said: Said) -> None:
        """Add a part's text, and what it hides."""
        self.texts.append(said.text)
        self.left_out += [(HIDDEN, said.hidden)] if said.hidden else []
        self.flaws |= said.flaws


class Body(NamedTuple):
    """What a mail's body says. `left_out` are kinds with texts; `flaws` is why the body was not read wholly."""

    text: str
    attached: tuple[Attached, ...]
    left_out: tuple[tuple[str, str], ...]
    flaws: frozenset[str]


def read(head: dict[str, str], body: bytes) -> Body:
    """Read a mail's body, from its headers and the bytes after them."""
    collected = _Collected([], [])
    _walk(head, body, collected, 0)
    whole = tidy("\n\n".join(filter(None, collected.texts)) if len(collected.texts) != 1 else collected.texts[0])
    text, left_out, flaws = whole, collected.left_out, collected.flaws
    if len(whole) > TEXT_MAX:
        end = whole.rfind("\n", TEXT_MAX - _LINE_MAX, TEXT_MAX)
        end = end if end > 0 else TEXT_MAX
        text, flaws = whole[:end].rstrip() + "\n\n[…]", flaws | {CUT}
        left_out = [*left_out, (REST, whole[end:].lstrip("\n"))]
    if _PGP in text:
        flaws = flaws | {ENCRYPTED}
    kept = tuple((kind, said[:LEFT_OUT_MAX]) for kind, said in dict.fromkeys(left_out))
    return Body(text, tuple(collected.attached), kept, frozenset(flaws))


def tidy(text: str) -> str:
    """Strip trailing spaces and runs of blank lines."""
    if " \n" in text or "\t\n" in text:
        text = _TRAILING_SPACE.sub("\n", text)
    if "\n\n\n\n" in text:
        text = _GAPS.sub("\n\n\n", text)
    return text.strip("\n\t ")


def _walk(head: dict[str, str], body: bytes, collected: _Collected, depth: int, inside: str = "") -> None:
    collected.parts += 1
    if collected.parts > PARTS_MAX:
        collected.flaws.add(BROKEN)
        return
    kind, parameters = headers.parameters(head.get("content-type", ""))
    if kind.startswith("multipart/") and depth < DEPTH_MAX and parameters.get("boundary"):
        pieces = [_piece(piece) for piece in cut(body, parameters["boundary"])[:PARTS_MAX]]
        if not pieces:
            collected.flaws.add(BROKEN)
        if kind == "multipart/alternative":
            _alternative(pieces, collected, depth + 1)
        else:
            for at, (piece_head, piece_body) in enumerate(pieces):
                _walk(piece_head, piece_body, collected, depth + 1, kind if at else "")
        return
    if kind.startswith("multipart/"):
        collected.flaws.add(BROKEN)
    sealed = kind in _SEALED and parameters.get("smime-type", "").lower() != "signed-data"
    if sealed or inside == "multipart/encrypted":
        collected.flaws.add(ENCRYPTED)
    part = _leaf(kind, parameters, head, body)
    if (
        part.type in {"text/plain", "text/html"}
        and not part.attached
        and (inside != "multipart/related" or part.type == "text/plain")
    ):
        collected.add(part.text())
    elif part.type not in {"application/pgp-signature", "application/pkcs7-signature"}:
        collected.attached.append(_attached(part, len(collected.attached) + 1))


def _alternative(pieces: list[tuple[dict[str, str], bytes]], collected: _Collected, depth: int) -> None:
    """Handle multipart/alternative: plain text if it says anything, else HTML; all attachments are kept.

    HTML beside a plain text of about its length says the same, and is not read: that takes longest.
    """
    tries: list[_Collected] = []
    best: _Collected | None = None
    for head, body in sorted(pieces, key=_is_html):
        alternative = _Collected([], [], collected.parts)
        said = _joined(best)
        is_page = _is_html((head, body))
        if best is not None and is_page and len(body) < _TWICE * len(said) + _FEW_LETTERS and not _stands_in(said):
            continue
        _walk(head, body, alternative, depth)
        collected.parts = alternative.parts
        tries.append(alternative)
        if best is None:
            best = alternative if any(text.strip() for text in alternative.texts) else None
        elif is_page:
            other = _joined(alternative)
            if _says_nothing(said, other):
                best, alternative = alternative, best
            else:
                collected.left_out += alternative.left_out
                if not _says_more(other, said):
                    continue
            collected.left_out += [(OTHER_FORM, text) for text in alternative.texts if text.strip()]
    if best is not None:
        collected.texts += best.texts
        collected.left_out += best.left_out
        collected.flaws |= best.flaws
    for alternative in tries:
        collected.attached += alternative.attached


def _joined(said: _Collected | None) -> str:
    return "" if said is None else "\n".join(said.texts)


def _says_nothing(plain: str, page: str) -> bool:
    """Whether a plain text only stands in for the page beside it, or is far shorter."""
    if not any(letter.isalnum() for letter in page):
        return False
    return _stands_in(plain) or len(plain.strip()) * _MORE < len(page)


def _stands_in(plain: str) -> bool:
    """Whether a plain text says nothing: it is without letters, or a sentence that names HTML."""
    bare = plain.strip()
    if len(bare) >= _FEW_LETTERS:
        return False
    return not any(letter.isalnum() for letter in bare) or (bare.count("\n") < _FEW_LINES and "html" in bare.casefold())


def _says_more(other: str, said: str) -> bool:
    """Whether a form has many words that the one that is shown lacks."""
    lacking = Counter(folded_words(other).split()) - Counter(folded_words(said).split())
    return lacking.total() >= _MANY_WORDS


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
