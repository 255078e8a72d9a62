"""Tab goes as one reads: down a column, along a line, pane after pane, whenever a widget was made.

Qt's own order is the one in which widgets were made, and most of what a page shows is made anew again and again: a row
that came last would be reached last. So the order is read from the layouts at each press of Tab.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QGridLayout, QLayout, QWidget


@runtime_checkable
class HasChosen(Protocol):
    """What holds buttons of which one is chosen."""

    def chosen_button(self) -> QAbstractButton | None:
        """The chosen one; None where none is."""


def stops(root: QWidget, also: QWidget | None = None) -> list[QWidget]:
    """Everything visible in `root` at which Tab stops, in reading order; `also` counts as one of these."""
    return list(_within(root, also))


def step(root: QWidget, *, forwards: bool) -> bool:
    """Move the focus to the next stop in `root`, or the previous one, wrapping around; False if there is none."""
    here = QApplication.focusWidget()
    while here is not None and here.focusProxy() is not None:
        here = here.focusProxy()
    order = stops(root, here)
    if not order or order == [here]:
        return False
    at = order.index(here) if here in order else -1 if forwards else 0
    reason = Qt.FocusReason.TabFocusReason if forwards else Qt.FocusReason.BacktabFocusReason
    order[(at + (1 if forwards else -1)) % len(order)].setFocus(reason)
    return True


class InReadingOrder:
    """For a window or a dialog: put it before Qt's class among the bases."""

    def focusNextPrevChild(self, forwards: bool) -> bool:  # noqa: FBT001  as Qt calls it
        """Move the focus to the next stop, or back; Qt asks this of the window at each Tab that nobody else needs."""
        return isinstance(self, QWidget) and step(self.reading_root(), forwards=forwards)

    def reading_root(self) -> QWidget:
        """Within what Tab stays."""
        assert isinstance(self, QWidget)  # noqa: S101  see the class
        return self


def _within(widget: QWidget, also: QWidget | None) -> Iterator[QWidget]:
    for child in _children(widget):
        if not child.isVisible() or child.isWindow():
            continue
        if child is also or _stops(child):
            yield child
        yield from _within(child, also)


def _stops(widget: QWidget) -> bool:
    around: object = widget.parentWidget() if isinstance(widget, QAbstractButton) else None
    if isinstance(around, HasChosen) and around.chosen_button() is not None:
        # Of several, Tab stops at the chosen one. Qt sets their policies so only once one has had the focus.
        return widget.isEnabled() and widget is around.chosen_button()
    takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    # The proxy is asked for last: PySide 6.11 crashes at the end of a window where that of one of Qt's own parts was.
    return bool(takes) and widget.isEnabled() and widget.focusProxy() is None


def _children(widget: QWidget) -> Sequence[QWidget]:
    """The widget's children: those in its layout as they lie in it, then the others as they lie on the screen."""
    children = [child for child in widget.children() if isinstance(child, QWidget)]
    layout = widget.layout()
    placed = placed_in(layout, children) if layout is not None else []
    known = set(placed)
    rest = [child for child in children if child not in known]
    mirrored = widget.layoutDirection() == Qt.LayoutDirection.RightToLeft
    rest.sort(key=lambda child: (child.y(), -child.geometry().right() if mirrored else child.x()))
    return [*placed, *rest]


def placed_in(layout: QLayout, among: Sequence[QWidget]) -> list[QWidget]:
    """Those of `among` that are in a layout or in one within it, as they lie there.

    The layout is asked where each of them is, and never for its items: PySide keeps the Python object of each item
    that `itemAt` gave out for as long as the layout lives, and Qt deletes the item with its widget. Whatever came to
    lie at the same address was then taken for that item, and the window crashed (seen about once in ten runs of the
    tests that press Tab on every page).
    """
    found: list[tuple[tuple[int, ...], list[QWidget]]] = []
    for widget in among:
        place = layout.indexOf(widget)
        if place >= 0:
            found.append((_position(layout, place), [widget]))
    inner = [child for child in layout.children() if isinstance(child, QLayout)]
    found += [(_position(layout, layout.indexOf(one)), placed_in(one, among)) for one in inner]
    found.sort(key=lambda entry: entry[0])
    return [widget for _position, widgets in found for widget in widgets]


def _position(layout: QLayout, place: int) -> tuple[int, ...]:
    """What the entries of a layout are sorted by: a grid's are read line by line, whatever was added first."""
    if isinstance(layout, QGridLayout):
        return tuple(layout.getItemPosition(place))[:2]  # type: ignore[arg-type]  # PySide says object
    return (place,)
