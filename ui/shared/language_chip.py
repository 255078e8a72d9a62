"""The chip that shows and changes the language of a reply."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ui.look import languages
from ui.look.text import tr
from ui.widgets.buttons import ActionButton


class LanguageChip(ActionButton):
    """Shows the language that the draft is written in; a click offers others."""

    changed = Signal()
    """The person has chosen a language."""

    def __init__(self) -> None:
        """Start with no language known."""
        super().__init__("", "languages", kind="chip", height=24)
        self.code = ""
        """The language's code ("is"); "" while it is unknown."""
        self.clicked.connect(self._offer_all)

    def set_language(self, code: str) -> None:
        """Show this language, under its own name; "" for an unknown one."""
        self.code = code
        self.set_title(languages.own_name(code) if code else tr("Language"))

    def choose(self, codes: Sequence[str]) -> bool:
        """Ask which of these languages it is; False if the menu was closed without an answer."""
        menu = QMenu(self)
        for code in codes:
            action = QAction(languages.own_name(code), menu)
            action.setData(code)
            menu.addAction(action)
        # PySide's types leave out the None
        picked = cast("QAction | None", menu.exec(self.mapToGlobal(self.rect().bottomLeft())))
        menu.deleteLater()
        if picked is None:
            return False
        self.set_language(picked.data())
        self.changed.emit()
        return True

    def _offer_all(self) -> None:
        self.choose(languages.HOUSE)
