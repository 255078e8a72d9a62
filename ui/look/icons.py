"""Lucide icons, tinted and cached: `pixmap("gift", "#A93463", 16, ratio)`.

The SVGs lie in `resources/icons`, where packaging puts the ones that are used, for a wheel and for a checkout
(`packaging/icons.py`). One that is not there yet, in a checkout, is read from the zip inside the package
`justmyresource-lucide`. Our own mark, `resources/mark.svg`, has the name `rapport`.
"""

from __future__ import annotations

from functools import cache
from importlib import util
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.base import resources
from app.channels.registry import channel

if TYPE_CHECKING:
    from zipfile import ZipFile

STROKE = "1.75"
_BALLOON = "message-square"


@cache
def source(name: str) -> str:
    """The SVG text of an icon; KeyError when there is none of that name."""
    path = resources.ROOT / ("mark.svg" if name == "rapport" else f"icons/{name}.svg")
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return _packaged(name)


def _packaged(name: str) -> str:
    """The SVG text from Lucide's package; KeyError where that has none of the name, or is itself not installed."""
    lucide = _lucide()
    if lucide is None:
        raise KeyError(name)
    return lucide.read(f"{name}.svg").decode("utf-8")


@cache
def _lucide() -> ZipFile | None:
    """The zip of Lucide's package; None where that is not installed. Its 1,700 entries take 7 ms, once."""
    from zipfile import ZipFile  # noqa: PLC0415  an icon that lies unpacked does not need it

    known = util.find_spec("justmyresource_lucide")
    if known is None or not known.submodule_search_locations:
        return None
    path = Path(next(iter(known.submodule_search_locations))) / "icons.zip"
    return ZipFile(BytesIO(path.read_bytes()))


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
