"""What is wrong with how a window looks, measured: cut words, widgets outside of what holds them or on one another."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QSplitter,
    QWidget,
)  # fmt: skip

from ui.widgets.stack import Stack

SLACK = 1
"""Pixels that rounding may cost."""


def parts(root: QWidget) -> Iterator[QWidget]:
    """Everything within a top-level widget that is in sight, but what Qt's own widgets are made of."""
    for widget in root.findChildren(QWidget):
        if widget.isVisible() and widget.window() is root.window() and not widget.objectName().startswith("qt_"):
            yield widget


def said(widget: QWidget) -> str:
    """How a fault names a widget: its class and its words, and the class of what holds it."""
    words = getattr(widget, "text", str)() or widget.accessibleName()
    holder = widget.parentWidget()
    return f"{type(widget).__name__} {words[:40]!r} in {type(holder).__name__ if holder is not None else '-'}"


def cut(widget: QWidget) -> str:
    """Why its words are not all to be read; "" if they are, or end in an ellipsis."""
    if isinstance(widget, QLabel) and widget.text() and widget.pixmap().isNull():
        if widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            return f"{widget.height()} of {needed} high" if widget.height() + SLACK < needed else ""
        return _small(widget, widget.sizeHint().width(), widget.sizeHint().height())
    if isinstance(widget, QAbstractButton):
        least = widget.minimumSizeHint() if widget.minimumSizeHint().isValid() else widget.sizeHint()
        return _small(widget, least.width(), least.height())
    if isinstance(widget, QLineEdit | QComboBox | QAbstractSpinBox | QAbstractScrollArea):
        return _small(widget, 0, widget.fontMetrics().height())
    return _small(widget, 0, widget.minimumSizeHint().height()) if hasattr(widget, "setText") else ""


def _small(widget: QWidget, wide: int, high: int) -> str:
    if widget.width() + SLACK < wide:
        return f"{widget.width()} of {wide} wide"
    return f"{widget.height()} of {high} high" if widget.height() + SLACK < high else ""


def outside(widget: QWidget) -> str:
    """Which ancestor it stands out of; "" if it is whole in all of them, or can be scrolled to."""
    if not isinstance(
        widget, QLabel | QAbstractButton | QLineEdit | QComboBox | QAbstractSpinBox | QAbstractScrollArea
    ):
        return ""
    rect = QRect(QPoint(0, 0), widget.size())
    child: QWidget = widget
    holder = widget.parentWidget()
    while holder is not None and not child.isWindow():
        rect.translate(child.pos())
        area = holder.parentWidget()
        room = QRect(QPoint(0, 0), holder.size())
        if isinstance(area, QAbstractScrollArea) and area.viewport() is holder:
            off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            if area.verticalScrollBarPolicy() != off and area.verticalScrollBar().maximum() > 0:
                rect.moveTop(room.top())
                rect.setHeight(min(rect.height(), room.height()))
            if area.horizontalScrollBarPolicy() != off and area.horizontalScrollBar().maximum() > 0:
                rect.moveLeft(room.left())
                rect.setWidth(min(rect.width(), room.width()))
        if not room.adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(rect):
            return f"{rect.getRect()} out of {type(holder).__name__} {room.getRect()}"
        child, holder = holder, holder.parentWidget()
    return ""


def overlapping(holder: QWidget) -> Iterator[str]:
    """Which of a widget's children lie on one another, where a layout placed them."""
    layout = holder.layout()
    if layout is None or isinstance(holder, Stack | QSplitter):
        return
    children = [
        child for child in holder.children()
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow() and layout.indexOf(child) >= 0
    ]  # fmt: skip
    for at, one in enumerate(children):
        for other in children[at + 1 :]:
            both = one.geometry().intersected(other.geometry())
            if both.width() > SLACK and both.height() > SLACK:
                yield f"{said(one)} {one.geometry().getRect()} and {said(other)} {other.geometry().getRect()} overlap"


def faults(root: QWidget) -> list[str]:
    """All of these in one top-level widget."""
    found = list(overlapping(root))
    for widget in parts(root):
        found += [f"{said(widget)}: {why}" for why in (cut(widget), outside(widget)) if why]
        found += overlapping(widget)
    return found
