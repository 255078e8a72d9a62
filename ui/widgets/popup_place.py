"""Where a list pops up at a text cursor, and how many of its rows have room. Pure: rectangles in, a rectangle out."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect

_GAP, _EDGE = 4, 8
_LEAST_ROWS = 2  # fewer are no choice: then it may cover what is to stay in sight


class Look(NamedTuple):
    """A list's measures in pixels: its own width, the width that it needs, a row's height, and all but its rows."""

    width: int
    narrowest: int
    row: int
    around: int

    def high(self, rows: int) -> int:
        """The height with so many rows."""
        return self.around + self.row * max(1, rows)

    def rows_in(self, height: int) -> int:
        """How many rows that height holds."""
        return (height - self.around) // self.row


class Placed(NamedTuple):
    """The list's rectangle, and how many rows it shows at once."""

    at: QRect
    rows: int


def near(anchor: QRect, room: QRect, look: Look, rows: int) -> Placed:
    """Below the cursor, above it where there is no room below; what fits in neither shows fewer rows at once."""
    width = min(look.width, room.width() - 2 * _EDGE)
    x = max(_EDGE, min(anchor.left(), room.width() - width - _EDGE))
    below, above = room.height() - anchor.bottom() - _GAP - _EDGE, anchor.top() - _GAP - _EDGE
    goes_below = look.high(rows) <= below or below >= above
    fit = max(1, min(rows, look.rows_in(below if goes_below else above)))
    high = look.high(fit)
    y = anchor.bottom() + _GAP if goes_below else max(_EDGE, anchor.top() - high - _GAP)
    return Placed(QRect(x, y, width, high), fit)


def clear_of(keep: QRect, anchor: QRect, room: QRect, look: Look, rows: int, *, mirrored: bool = False) -> Placed:
    """As `near`, but what is to stay in sight, `keep`, which is above the cursor, is not covered.

    Whole below the cursor, else beside, at the side where a line begins (at the right if `mirrored`), else with as many
    rows as there is room for below.
    """
    below = room.height() - anchor.bottom() - _GAP - _EDGE
    if look.high(rows) <= below:
        return near(anchor, room, look, rows)
    beside = (room.width() - keep.right() if mirrored else keep.left()) - 2 * _EDGE
    if beside >= look.narrowest:
        width = min(look.width, beside)
        fit = max(1, min(rows, look.rows_in(room.height() - 2 * _EDGE)))
        high = look.high(fit)
        x = keep.right() + _EDGE if mirrored else keep.left() - _EDGE - width
        return Placed(QRect(x, max(_EDGE, min(anchor.top(), room.height() - _EDGE - high)), width, high), fit)
    fit = min(rows, look.rows_in(below))
    if fit < min(rows, _LEAST_ROWS):
        return near(anchor, room, look, rows)
    beginning = near(anchor, room, look, 1).at
    return Placed(QRect(beginning.left(), anchor.bottom() + _GAP, beginning.width(), look.high(fit)), fit)
