"""Inter at the sizes of the design, as QFonts: `font("body")`, `font("meta", 600)`.

Inter is one variable font file of the package `fontpkg-inter`; weight and optical size are axes, which `setWeight`
alone does not set (observed: every weight was drawn as Regular). Sizes are in points, times the chosen text size.
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
"""Role -> (size in CSS pixels (1/96 inch), weight); "number" and "count" are for columns of figures."""

_TABULAR = {"figure", "number", "count"}

FAMILIES = ["Inter", "Noto Sans", "Noto Sans Hebrew", "Noto Sans Arabic", "Noto Color Emoji"]
_POINTS_PER_PIXEL = 1.0 if sys.platform == "darwin" else 0.75  # macOS has 72 logical dpi, other systems 96
_MIN_SCALE, _MAX_SCALE = 0.9, 2.0
_cache: dict[tuple[str, int, bool], QFont] = {}
_scale = 1.0
_loaded = False


def load() -> bool:
    """Register Inter with Qt, once; False if the package is missing, so that the system's sans-serif is used."""
    global _loaded  # noqa: PLW0603  one process has one font database
    if not _loaded:
        spec = util.find_spec("fontpkg_inter")
        if spec is None or not spec.submodule_search_locations:
            return False
        path = Path(next(iter(spec.submodule_search_locations))) / "files" / "Inter[opsz,wght].ttf"
        _loaded = QFontDatabase.addApplicationFont(str(path)) >= 0
    return _loaded


def scale() -> float:
    """The chosen text size as a factor; 1.0 is 100 %."""
    return _scale


def set_scale(factor: float) -> None:
    """Set the text size, clamped to 90 to 200 %; it applies to fonts requested from now on."""
    global _scale  # noqa: PLW0603  the text size belongs to the process, like its fonts
    _scale = clamped(factor)
    _cache.clear()


def clamped(factor: float) -> float:
    """The text size that a factor stands for: 90 to 200 %."""
    return min(_MAX_SCALE, max(_MIN_SCALE, factor))


def px(length: float) -> int:
    """Scale a length in CSS pixels by the text size, to device-independent pixels."""
    return round(length * _scale)


def font(role: str = "body", weight: int | None = None, *, underline: bool = False) -> QFont:
    """The QFont of a role in `SIZES`, in another weight (400 to 600) if given.

    Only the roles for figures have tabular figures, which in Inter also widen hyphens, periods and commas (observed).
    """
    size, own = SIZES[role]
    key = (role, weight or own, underline)
    made = _cache.get(key)
    if made is None:
        made = _cache[key] = sized(size, weight or own, tabular=role in _TABULAR)
        made.setUnderline(underline)
    return QFont(made)


def sized(size: float, weight: int = 400, *, tabular: bool = False, scale: float = 0.0) -> QFont:
    """A QFont of a size in CSS pixels before scaling, to the text size or another `scale`.

    Weights are capped at 600, since Qt emboldens Inter above it.
    """
    made, factor = QFont(FAMILIES), scale or _scale
    made.setPointSizeF(size * _POINTS_PER_PIXEL * factor)
    made.setWeight(QFont.Weight(min(weight, 600)))
    made.setVariableAxis(QFont.Tag("wght"), min(weight, 600))
    made.setVariableAxis(QFont.Tag("opsz"), max(14.0, min(32.0, size * factor)))
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made
