"""What a screen reader is told of a window: names, roles, the words of rows, and the order in which Tab goes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractScrollArea, QCheckBox, QWidget

from tests.ui.faults import parts, said

_NO_ROLE = {QAccessible.Role.NoRole, QAccessible.Role.Client}
_ROWS_ASKED = 20


def stops(root: QWidget) -> list[QWidget]:
    """Everything in sight at which Tab stops, in its order."""
    first, found = root, []
    widget = first.nextInFocusChain()
    while widget is not None and widget is not first:
        if (
            widget.isVisible() and widget.isEnabled() and widget.window() is root.window()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        ):  # fmt: skip
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def unspoken(root: QWidget) -> Iterator[str]:
    """What in sight has no name or no fitting role, and which rows say nothing."""
    for widget in parts(root):
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            if isinstance(widget, QAbstractButton):
                yield f"{said(widget)}: no key reaches it"
            continue
        face = QAccessible.queryAccessibleInterface(widget)
        if not face.text(QAccessible.Text.Name).strip():
            yield f"{said(widget)}: no name"
        if face.role() in _NO_ROLE:
            yield f"{said(widget)}: no role"
        if face.role() == QAccessible.Role.CheckBox and not isinstance(widget, QCheckBox):
            yield f"{said(widget)}: said to be a check box"
        if isinstance(widget, QAbstractItemView):
            yield from _silent_rows(widget)


def _silent_rows(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for row in range(min(_ROWS_ASKED, model.rowCount() if model is not None else 0)):
        index = model.index(row, 0)
        words = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data(Qt.ItemDataRole.DisplayRole)
        if not str(words or "").strip():
            yield f"{said(view)}: row {row} says nothing"


def out_of_order(root: QWidget) -> Iterator[str]:
    """Where Tab goes back up within what one widget holds, or from right to left in a line of it."""
    mirrored = root.layoutDirection() == Qt.LayoutDirection.RightToLeft
    order = stops(root)
    for before, after in pairwise(order):
        one, other = _siblings(before, after)
        if one is None or other is None or one.parentWidget() is None:
            continue
        first, second = one.geometry(), other.geometry()
        below = second.top() >= first.bottom() - 2
        beside = second.right() <= first.left() + 2 if mirrored else second.left() >= first.right() - 2
        above = second.bottom() <= first.top() + 2
        if above or not (below or beside):
            yield f"{said(after)} comes after {said(before)}"


def _siblings(one: QWidget, other: QWidget) -> tuple[QWidget | None, QWidget | None]:
    """The ancestors of both that are children of the same widget."""
    line: list[QWidget] = []
    widget: QWidget | None = one
    while widget is not None:
        line.append(widget)
        widget = None if widget.isWindow() else widget.parentWidget()
    before: QWidget | None = other
    while before is not None and not before.isWindow():
        holder = before.parentWidget()
        if holder in line and holder is not one:
            at = line.index(holder)
            scrolls = isinstance(holder, QAbstractScrollArea)
            return (None, None) if scrolls or at == 0 else (line[at - 1], before)
        before = holder
    return None, None
