"""Lucide icons, tinted and cached: `pixmap("gift", "#A93463", 16, ratio)`.

The SVGs are in `resources/icons`, where `packaging/icons.py` copies those that are used. In a checkout, one that is not
there yet is read from the zip in the package `justmyresource-lucide`. The name `rapport` is our logo,
`resources/mark.svg`.
"""

from __future__ import annotations

from functools import cache
from importlib import util
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.base import resources
from app.channels.registry import channel
from ui.look.mirror import upright

if TYPE_CHECKING:
    from zipfile import ZipFile

STROKE_WIDTH = "1.75"
_FALLBACK_ICON = "message-square"


@cache
def source(name: str) -> str:
    """The SVG source of an icon. Raises KeyError if there is none of that name."""
    path = resources.ROOT / ("mark.svg" if name == "rapport" else f"icons/{name}.svg")
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return _packaged(name)


def _packaged(name: str) -> str:
    """The SVG source from Lucide's package. Raises KeyError if it is not there or the package is not installed."""
    lucide = _lucide()
    if lucide is None:
        raise KeyError(name)
    return lucide.read(f"{name}.svg").decode("utf-8")


@cache
def _lucide() -> ZipFile | None:
    """Lucide's zip, opened once: its 1,700 entries take 7 ms. None if the package is not installed."""
    from zipfile import ZipFile  # noqa: PLC0415  unpacked icons do not need it

    known = util.find_spec("justmyresource_lucide")
    if known is None or not known.submodule_search_locations:
        return None
    path = Path(next(iter(known.submodule_search_locations))) / "icons.zip"
    return ZipFile(BytesIO(path.read_bytes()))


def for_channel(kind: str) -> str:
    """The icon's name for a kind of channel, from its CHANNEL; a speech balloon if there is no such icon.

    Icons are neutral rather than brand logos; the name beside them tells the channel.
    """
    name = channel(kind).icon
    try:
        source(name)
    except KeyError:
        return _FALLBACK_ICON
    return name


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    tinted = source(name).replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{STROKE_WIDTH}"')
    return QSvgRenderer(QByteArray(tinted.encode()))


@cache
def pixmap(name: str, colour: str, size: int = 16, ratio: float = 1.0) -> QPixmap:
    """The icon as a cached pixmap, `size` device-independent pixels wide, for a screen of that pixel ratio."""
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
    with upright(painter, QRect(round(x), round(y), size, size)):
        painter.drawPixmap(round(x), round(y), pixmap(name, colour, size, ratio))


def icon(name: str, colour: str, size: int = 16) -> QIcon:
    """A QIcon for menus and native buttons, for pixel ratios 1 and 2."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, colour, size, ratio))
    return made
