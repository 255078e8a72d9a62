"""Painting from right to left: geometry is written once, from left to right, and turned over where the window mirrors.

`turn` puts a painter into a mirror; what draws letters and icons, which have a right side of their own, turns back
just for these (`upright`), so that they stand at the mirrored place and can be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

_RTL = Qt.LayoutDirection.RightToLeft


def turn(painter: QPainter, room: QRect | QRectF, direction: Qt.LayoutDirection = _RTL) -> bool:
    """Turn the painter over within `room`, if the direction is right to left; True if it was."""
    if direction != _RTL:
        return False
    painter.translate(2 * room.left() + room.width(), 0)
    painter.scale(-1, 1)
    return True


def is_turned(painter: QPainter) -> bool:
    """Whether what is drawn now comes out in a mirror."""
    return painter.worldTransform().m11() < 0


def upright(painter: QPainter, room: QRect | QRectF) -> AbstractContextManager[bool]:
    """Draw something within `room` unmirrored, at the mirrored place; the value tells whether left is right there."""
    return _turned_back(painter, room) if is_turned(painter) else _AS_IT_IS


_AS_IT_IS = nullcontext(enter_result=False)  # one for all: a list draws a hundred words and icons for each picture


@contextmanager
def _turned_back(painter: QPainter, room: QRect | QRectF) -> Iterator[bool]:
    painter.save()
    turn(painter, room)
    yield True
    painter.restore()
