"""What helps in every field in which words to members are written: spelling, and emoji by their names."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from ui.shared.emoji_picker import EmojiPicker
from ui.shared.spelling import SpellCheck

if TYPE_CHECKING:
    from app.workbench import Workbench
    from ui.shared.draft_field import DraftField


def help_writing(bench: Workbench, field: DraftField, language: Callable[[], str]) -> SpellCheck:
    """Give a field its helpers; returns the one whose line has to be laid out. `language` returns the draft's code."""
    EmojiPicker(bench, field, language)
    return SpellCheck(bench, field, language)


def next_slip(usual: SpellCheck) -> None:
    """Go to the next slip of the field that has the focus; of the usual one if no such field has it."""
    focused = QApplication.focusWidget()
    own = focused.findChild(SpellCheck) if focused is not None else None
    (own or usual).next()
