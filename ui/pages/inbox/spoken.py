"""The notice at the head of a reply that is in another language than it is marked as: one key marks it so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.base import language_names
from ui.look.text import tr
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from app.voice import Finding
    from ui.shared.language_chip import LanguageChip

_CHANGE = "change"


class SpokenNotice(Notice):
    """Hidden unless the draft is in another language; it never stops anything."""

    changed = Signal()
    """It came or went."""

    def __init__(self, language: LanguageChip) -> None:
        """Change this chip's language."""
        super().__init__("languages", quiet=True)
        self._language = language
        self._code = ""
        self.pressed.connect(self._pressed_button)

    def show_finding(self, finding: Finding | None) -> None:
        """Say which language it is in; None hides it."""
        before = self.isHidden()
        self._code = "" if finding is None else finding.language
        if finding is None:
            self.hide()
        else:
            spoken, marked = (language_names.name(code) for code in (finding.language, self._language.code))
            words = tr("This is in {spoken}, but marked as {language}.").format(spoken=spoken, language=marked)
            self.say(words, {_CHANGE: tr("Change to {language}").format(language=spoken)})
            self.buttons[_CHANGE].follow("draft_language")
        if self.isHidden() != before:
            self.changed.emit()

    def change(self) -> bool:
        """Mark the draft as what it is in; False if that is so already, or nobody can tell."""
        if not self._code:
            return False
        self._language.set_language(self._code)
        self._language.changed.emit()
        return True

    def _pressed_button(self, _name: str) -> None:
        self.change()
