"""What a screen reader is told of a window: names, roles, the words of rows, and the order in which Tab goes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QButtonGroup,
    QCheckBox,
    QSplitter,
    QWidget,
)

from tests.ui.faults import parts, said
from ui.widgets.columns import TableHead
from ui.widgets.reading_order import placed_in

_NO_ROLE = {QAccessible.Role.NoRole, QAccessible.Role.Client}
_ROWS_ASKED, _MOST_STOPS, _COLUMN = 20, 400, 40


def stops(root: QWidget) -> list[QWidget]:
    """Everything in sight at which Tab stops, in its order, by pressing it until the focus is back."""
    root.window().activateWindow()
    found: list[QWidget] = []
    for _ in range(_MOST_STOPS):
        here = QApplication.focusWidget()
        if here is None or here in found:
            break
        found.append(here)
        if not root.focusNextPrevChild(True):  # noqa: FBT003   # what Qt asks of a window at each Tab that no field needs for itself
            break
    return found


def unspoken(root: QWidget) -> Iterator[str]:
    """What in sight has no name or no fitting role, and which rows say nothing."""
    for widget in parts(root):
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            if isinstance(widget, QAbstractButton) and widget.isEnabled() and not _by_arrows(widget):
                yield f"{said(widget)}: no key reaches it"
            continue
        face = QAccessible.queryAccessibleInterface(widget)
        if not face.text(QAccessible.Text.Name).strip():
            yield f"{said(widget)}: no name"
        if face.role() in _NO_ROLE and not isinstance(widget, QAbstractScrollArea):
            yield f"{said(widget)}: no role"
        if face.role() == QAccessible.Role.CheckBox and not isinstance(widget, QCheckBox):
            yield f"{said(widget)}: said to be a check box"
        if isinstance(widget, QAbstractItemView):
            yield from _silent_rows(widget)


def _by_arrows(button: QAbstractButton) -> bool:
    """Whether it is one of several of which Tab stops at one, and the arrows go through them; or a head without use."""
    group: QButtonGroup | None = button.group()
    return (group is not None and group.exclusive()) or isinstance(button, TableHead) or not button.accessibleName()


def _silent_rows(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for row in range(min(_ROWS_ASKED, model.rowCount())):
        index = model.index(row, 0)
        words = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data(Qt.ItemDataRole.DisplayRole)
        if not str(words or "").strip():
            yield f"{said(view)}: row {row} says nothing"


def out_of_order(root: QWidget) -> Iterator[str]:
    """Where Tab goes back up within what one widget holds, or from right to left in a line of it."""
    mirrored = root.layoutDirection() == Qt.LayoutDirection.RightToLeft
    order = _from_the_top(stops(root))
    for before, after in pairwise(order):
        one, other = _siblings(before, after)
        if one is None or other is None or one is other or not (_laid_out(one) and _laid_out(other)):
            continue
        first, second = one.geometry(), other.geometry()
        below = second.top() >= first.bottom() - 2
        beside = second.right() <= first.left() + 2 if mirrored else second.left() >= first.right() - 2
        above = second.bottom() <= first.top() + 2
        if above or not (below or beside):
            yield f"{said(after)} comes after {said(before)}"


def _from_the_top(order: list[QWidget]) -> list[QWidget]:
    """The same order, beginning where one begins to read: Tab goes round."""
    corner = min(order, key=_corner, default=None)
    at = order.index(corner) if corner is not None else 0
    return order[at:] + order[:at]


def _corner(widget: QWidget) -> tuple[int, int]:
    at = widget.mapTo(widget.window(), widget.rect().topLeft())
    left = at.x() if widget.window().layoutDirection() == Qt.LayoutDirection.LeftToRight else -at.x() - widget.width()
    return (left // _COLUMN, at.y())


def _laid_out(widget: QWidget) -> bool:
    """Whether a layout or a splitter has placed it; a toast or an overlay lies over the rest."""
    holder = widget.parentWidget()
    if holder is None:
        return False
    layout = holder.layout()
    return isinstance(holder, QSplitter) or (layout is not None and bool(placed_in(layout, [widget])))


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
