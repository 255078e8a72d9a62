"""Enter in a dialog that does something for good: it presses the button in focus, and no other."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog

from ui.widgets.buttons import ActionButton


def pressed(dialog: QDialog, event: QKeyEvent, by_ctrl: Callable[[], object] | None = None) -> bool:
    """Let Enter press the button in focus and no other, with Ctrl do this instead; whether it was Enter."""
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return False
    focused = dialog.focusWidget()
    if by_ctrl is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        by_ctrl()
    elif isinstance(focused, ActionButton):
        focused.click()
    return True
