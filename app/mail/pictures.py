"""Pictures of a letter: which kind they are by their content, and what its HTML says of them; none is ever fetched.

Signatures of files: the formats' own specifications (PNG 5.2, JFIF, GIF89a, RIFF/WebP, BMP, TIFF 6.0, ISO 14496-12).
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from app.base.message import Attached
from app.mail.headers import unbase64

PNG, JPEG, GIF, WEBP, BMP, TIFF, SVG, HEIC, AVIF, ICO = (
    "png", "jpeg", "gif", "webp", "bmp", "tiff", "svg", "heic", "avif", "ico",
)  # fmt: skip
SHOWN = frozenset([PNG, JPEG, GIF, WEBP, BMP])
"""The kinds that are drawn: the others are saved and opened elsewhere. SVG is a program's text, not a picture."""
DATA_MAX, DATA_COUNT_MAX = 10_000_000, 60
"""Bytes and number of pictures that are taken out of a letter's HTML."""
_STARTS = (
    (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG), (b"GIF87a", GIF), (b"GIF89a", GIF), (b"BM", BMP),
    (b"II*\0", TIFF), (b"MM\0*", TIFF), (b"\0\0\1\0", ICO),
)  # fmt: skip
_BRANDS = {b"avif": AVIF, b"avis": AVIF, b"heic": HEIC, b"heix": HEIC, b"mif1": HEIC, b"hevc": HEIC, b"msf1": HEIC}
_IMAGE = re.compile(r"""<img\b((?:[^>"']++|"[^"]*+"|'[^']*+')*+)""", re.IGNORECASE)
_SOURCE = re.compile(r"""(?:^|[\s"'/])src\s{0,20}=\s{0,20}(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""", re.IGNORECASE)
_DATA = re.compile(r"data:(image/[a-z0-9.+-]{1,40})((?:;[^;,]{1,60}){0,5}),", re.IGNORECASE)
_ENDINGS = {JPEG: "jpg", TIFF: "tif"}


def kind_of(content: bytes) -> str:
    """Which kind of picture the content is, whatever it is called; "" if it is none that is known here."""
    head = content[:32]
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "")
    return SVG if _is_svg(content) else ""


def _is_svg(content: bytes) -> bool:
    head = content[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<svg", b"<?xml", b"<!--", b"<!doctype svg")) and b"<svg" in head


class InPage(NamedTuple):
    """The pictures of a page of HTML: those that are in its text, and how many are on other computers."""

    inside: tuple[Attached, ...] = ()
    remote: int = 0


def in_page(html: str) -> InPage:
    """What a page says of its pictures. Those of one pixel count as well: they are there to tell that it was read."""
    inside: list[Attached] = []
    remote = size = 0
    for tag in _IMAGE.finditer(html):
        source = _SOURCE.search(tag[1])
        address = "" if source is None else (source[1] or source[2] or source[3] or "")
        if address[:4].lower() == "http" or address[:2] == "//":
            remote += 1
        elif address[:5].lower() == "data:" and len(inside) < DATA_COUNT_MAX and size + len(address) <= DATA_MAX * 2:
            picture = _coded_picture(address, len(inside) + 1)
            if picture is not None and size + len(picture.content) <= DATA_MAX:
                inside.append(picture)
                size += len(picture.content)
    return InPage(tuple(inside), remote)


def _coded_picture(address: str, number: int) -> Attached | None:
    """The picture in an address (RFC 2397); None if it holds none that is known."""
    match = _DATA.match(address)
    if match is None:
        return None
    rest = address[match.end() :]
    is_coded = match[2].lower().endswith(";base64")
    content = unbase64(rest.encode("ascii", "ignore")) if is_coded else unquote_to_bytes(rest)
    kind = kind_of(content)
    if not kind:
        return None
    return Attached(f"picture-{number}.{_ENDINGS.get(kind, kind)}", type_of(kind), content, f"data-{number}")


def type_of(kind: str) -> str:
    """The MIME type of a kind of picture."""
    return {SVG: "image/svg+xml", ICO: "image/vnd.microsoft.icon"}.get(kind, f"image/{kind}")
