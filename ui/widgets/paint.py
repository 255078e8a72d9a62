"""Drawing functions of painted widgets and delegates: boxes, focus rings, avatars, chips, key caps."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from ui.look import fonts, icons, text
from ui.look.mirror import upright
from ui.look.theme import theme

CHIP, CAP = 22, 18
LABEL = "label:"
"""Before a label's colour, in a tone."""
TONES = ("accent", "delight", "warn", "danger", "ok")


def tone_pair(tone: str) -> tuple[str, str]:
    """Return background and text of a tone, as tokens or #RRGGBB.

    A tone is "accent", "delight", "warn", "danger", "ok", "" for neutral, or "label:" and the colour of a label.
    """
    if tone.startswith(LABEL):
        return theme().tokens.labels.get(tone.removeprefix(LABEL), ("hover", "text2"))
    return (f"{tone}_bg", tone) if tone in TONES else ("hover", "text2")


def words(
    painter: QPainter,
    rect: QRect,
    line: str,
    role: str = "meta",
    tone: str = "text2",
    weight: int | None = None,
    *,
    right: bool = False,
) -> int:
    """Draw one line in a role's font and a token's colour, elided to `rect`; return the width used in pixels."""
    painter.setFont(fonts.font(role, weight))
    painter.setPen(theme().color(tone))
    return text.draw(painter, rect, line, right=right)


def box(
    painter: QPainter, rect: QRect | QRectF, fill: str = "", radius: float = 6, edge: str = "", width: float = 1.0
) -> None:
    """Draw a rounded box; `fill` and `edge` are tokens or #RRGGBB, "" for none."""
    hexed = theme().hex
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(hexed(fill)) if fill else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(hexed(edge)), width) if edge else Qt.PenStyle.NoPen)
    inset = width / 2 if edge else 0.0
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def focus_ring(painter: QPainter, rect: QRect | QRectF, radius: float = 6) -> None:
    """Draw the keyboard focus ring: 2 px of accent just inside `rect`."""
    box(painter, rect, edge="accent", radius=radius, width=2.0)


def avatar(painter: QPainter, rect: QRect, name: str, key: str | int = "") -> None:
    """Draw a member's circle with initials; its colour is derived from `key` (the member's id), else from the name."""
    pairs = theme().tokens.avatars
    ground, letter = pairs[text.avatar_colour(key or name, len(pairs))]
    box(painter, rect, fill=ground, radius=rect.width() / 2)
    painter.setFont(_initials(rect.width(), fonts.scale()))
    painter.setPen(QColor(letter))
    with upright(painter, rect):
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text.initials(name))


@lru_cache(maxsize=16)
def _initials(width: int, scale: float) -> QFont:
    """The font of initials in a circle of that width; cached, since creating one takes as long as drawing them."""
    return fonts.sized(width * 0.36 / scale, 600)


def chip_width(label: str, icon: str = "") -> int:
    """The width in pixels that `chip` will draw."""
    return QFontMetrics(fonts.font("meta", 500)).horizontalAdvance(label) + fonts.px(16) + (fonts.px(18) if icon else 0)


def chip(painter: QPainter, x: int, y: int, label: str, tone: str = "accent", icon: str = "") -> int:
    """Draw a chip with its top left at x, y; return its width in pixels."""
    width, height = chip_width(label, icon), fonts.px(CHIP)
    ground, letter = tone_pair(tone)
    rect = QRect(x, y, width, height)
    box(painter, rect, fill=ground, radius=height / 2)
    left = x + fonts.px(8)
    if icon:
        size = fonts.px(14)
        icons.draw(painter, icon, theme().hex(letter), left, y + (height - size) / 2, size)
        left += fonts.px(18)
    painter.setFont(fonts.font("meta", 500))
    painter.setPen(QColor(theme().hex(letter)))
    text.draw(painter, QRect(left, y, x + width - left, height), label)
    return width


def cap_width(key: str) -> int:
    """The width in pixels that `cap` will draw."""
    return max(fonts.px(CAP), QFontMetrics(fonts.font("badge")).horizontalAdvance(key) + fonts.px(10))


def cap(painter: QPainter, x: int, y: int, key: str, height: int = 0) -> int:
    """Draw a key cap with its top left at x, y; return its width in pixels."""
    rect = QRect(x, y, cap_width(key), height or fonts.px(CAP))
    box(painter, rect, fill="surface", edge="border", radius=4)
    painter.setFont(fonts.font("badge"))
    painter.setPen(theme().color("text2"))
    with upright(painter, rect):
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, key)
    return rect.width()
