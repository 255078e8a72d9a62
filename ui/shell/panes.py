"""Moving the focus between the panes of a window by F6, and the menu of what has the focus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QWidget


def holds(pane: QWidget, focus: QWidget | None) -> bool:
    """Whether the pane or one of its descendants has the focus."""
    return focus is not None and (pane is focus or pane.isAncestorOf(focus))


def step(panes: Sequence[QWidget], by: int) -> None:
    """Focus the next (`by` 1) or previous (-1) visible pane, wrapping around."""
    visible = [pane for pane in panes if pane.isVisible()]
    if not visible:
        return
    focus = QApplication.focusWidget()
    inside = (place for place, pane in enumerate(visible) if holds(pane, focus))
    at = next(inside, -1 if by > 0 else 0)
    visible[(at + by) % len(visible)].setFocus(Qt.FocusReason.TabFocusReason)


def ask_menu(window: QWidget) -> None:
    """Ask the widget of the window that has the focus for its menu, as the Menu key does where a keyboard has one."""
    focus = window.focusWidget()
    if focus is not None:
        middle = focus.rect().center()
        asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, middle, focus.mapToGlobal(middle))
        QApplication.sendEvent(focus, asked)
