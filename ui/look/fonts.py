"""Inter at the sizes of the design, as QFonts: `font("body")`, `font("meta", 600)`.

Inter comes as one variable file from the package `fontpkg-inter`; its weight and optical size are axes, which Qt does
not set from `setWeight` alone (seen: every weight drew as Regular). Sizes are in points, times the person's text size.
"""

from __future__ import annotations

import sys
from importlib import util
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

SIZES: dict[str, tuple[float, int]] = {
    "welcome": (24, 600),
    "title": (20, 600),
    "figure": (22, 600),
    "conversation": (18, 600),
    "member": (17, 600),
    "question": (16, 500),
    "section": (16, 600),
    "name": (14, 600),
    "message": (14, 400),
    "body": (13, 400),
    "row": (13, 500),
    "strong": (13, 600),
    "heading": (12, 600),
    "meta": (12, 400),
    "badge": (11, 500),
    "number": (13, 500),
    "count": (12, 400),
}
"""Role to size in CSS pixels (1/96 inch) and weight; "number" and "count" are for columns of figures."""

_TABULAR = {"figure", "number", "count"}

FAMILIES = ["Inter", "Noto Sans", "Noto Sans Hebrew", "Noto Sans Arabic", "Noto Color Emoji"]
_PIXEL_IN_POINTS = 1.0 if sys.platform == "darwin" else 0.75  # macOS counts 72 points an inch on screen, others 96
_SMALLEST, _LARGEST = 0.9, 2.0
_cache: dict[tuple[str, int, bool], QFont] = {}
_scale = 1.0
_loaded = False


def load() -> bool:
    """Register Inter with Qt, once; False when the package is not there and the system's sans-serif has to do."""
    global _loaded  # noqa: PLW0603  one process has one font database
    if not _loaded:
        found = util.find_spec("fontpkg_inter")
        if found is None or not found.submodule_search_locations:
            return False
        path = Path(next(iter(found.submodule_search_locations))) / "files" / "Inter[opsz,wght].ttf"
        _loaded = QFontDatabase.addApplicationFont(str(path)) >= 0
    return _loaded


def scale() -> float:
    """The text size chosen by the person: 1.0 is the design's."""
    return _scale


def set_scale(factor: float) -> None:
    """Choose the text size, kept within 90 and 200 %; fonts asked for from now on have it."""
    global _scale  # noqa: PLW0603  the text size belongs to the process, like its fonts
    _scale = min(_LARGEST, max(_SMALLEST, factor))
    _cache.clear()


def px(length: float) -> int:
    """A length of the design (CSS pixels at 100 %) for the text size in use, in device-independent pixels."""
    return round(length * _scale)


def font(role: str = "body", weight: int | None = None, *, underline: bool = False) -> QFont:
    """The QFont of a role in `SIZES`, another weight (400 to 600) if given.

    Only the roles for figures have figures of one width: Inter widens hyphens, stops and commas with them (seen).
    """
    size, own = SIZES[role]
    key = (role, weight or own, underline)
    made = _cache.get(key)
    if made is None:
        made = _cache[key] = sized(size, weight or own, tabular=role in _TABULAR)
        made.setUnderline(underline)
    return QFont(made)


def sized(size: float, weight: int = 400, *, tabular: bool = False) -> QFont:
    """A QFont of any size in CSS pixels before scaling; weights end at 600, above it Qt fattens Inter by itself."""
    made = QFont(FAMILIES)
    made.setPointSizeF(size * _PIXEL_IN_POINTS * _scale)
    made.setWeight(QFont.Weight(min(weight, 600)))
    made.setVariableAxis(QFont.Tag("wght"), min(weight, 600))
    made.setVariableAxis(QFont.Tag("opsz"), max(14.0, min(32.0, size * _scale)))
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made
