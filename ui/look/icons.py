"""Lucide icons, tinted and cached: `pixmap("gift", "#A93463", 16, ratio)`.

The SVGs lie in one zip inside the package `justmyresource-lucide`. The zip is opened directly and only when the first
icon is drawn: importing the package itself would load its registry. Our own mark, `resources/mark.svg`, has the name
`rapport`.
"""

from __future__ import annotations

import struct
import zlib
from functools import cache
from importlib import util
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.channels.registry import channel

MARK = Path(__file__).parents[2] / "resources" / "mark.svg"
STROKE = "1.75"
_BALLOON = "message-square"
_ENTRY = struct.Struct("<4s6H3L5H2L")  # a directory entry before its name (APPNOTE.TXT 4.3.12)
_LENGTHS = struct.Struct("<2H")  # of name and extra field in a local header (4.3.7, at byte 26)


@cache
def _archive() -> bytes:
    """Lucide's zip as bytes; nothing when the package is missing."""
    found = util.find_spec("justmyresource_lucide")
    if found is None or not found.submodule_search_locations:
        return b""
    path = Path(next(iter(found.submodule_search_locations))) / "icons.zip"
    return path.read_bytes() if path.exists() else b""


def _unpacked(archive: bytes, name: str) -> bytes:
    """One file of a zip, found by its entry in the directory at the end; KeyError when it has none of that name.

    `zipfile` would first read all 1,700 entries: 7 ms before the first paint, against 0.1 ms here.
    """
    wanted = name.encode()
    at = archive.rfind(wanted)
    while at >= 0:
        entry = at - _ENTRY.size
        if archive[entry : entry + 4] == b"PK\x01\x02":
            fields = _ENTRY.unpack_from(archive, entry)
            method, packed, length, start = fields[4], fields[8], fields[10], fields[16]
            if length == len(wanted):
                name_long, extra_long = _LENGTHS.unpack_from(archive, start + 26)
                begin = start + 30 + name_long + extra_long
                body = archive[begin : begin + packed]
                return zlib.decompress(body, -zlib.MAX_WBITS) if method else body
        at = archive.rfind(wanted, 0, at)
    raise KeyError(name)


@cache
def source(name: str) -> str:
    """The SVG text of an icon; KeyError when there is none of that name."""
    if name == "rapport":
        return MARK.read_text("utf-8")
    archive = _archive()
    if not archive:
        return '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"/>'
    return _unpacked(archive, f"{name}.svg").decode("utf-8")


def for_channel(kind: str) -> str:
    """The icon's name for a kind of channel, as the channel says it; a speech balloon where there is none of that name.

    Signs are neutral: brands' logos are not drawn, the name says which place it is.
    """
    name = channel(kind).icon
    try:
        source(name)
    except KeyError:
        return _BALLOON
    return name


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    tinted = source(name).replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{STROKE}"')
    return QSvgRenderer(QByteArray(tinted.encode()))


@cache
def pixmap(name: str, colour: str, size: int = 16, ratio: float = 1.0) -> QPixmap:
    """The icon `size` device-independent pixels wide for a screen of that pixel ratio; drawn once, then kept."""
    drawn = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    _renderer(name, colour).render(painter, QRectF(0, 0, drawn.width(), drawn.height()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


def draw(painter: QPainter, name: str, colour: str, x: float, y: float, size: int = 16) -> None:
    """Draw an icon with its top left at x, y; for paint methods and delegates."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(round(x), round(y), pixmap(name, colour, size, ratio))


def icon(name: str, colour: str, size: int = 16) -> QIcon:
    """A QIcon for menus and native buttons, sharp at a ratio of one and two."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, colour, size, ratio))
    return made
