"""The menu of facts at the text cursor: the chosen one's value is put into the draft, and that is noted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ui.frame.doing import show_errors
from ui.look import text

if TYPE_CHECKING:
    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.shared.draft_field import DraftField
    from ui.shared.language_chip import LanguageChip

_VALUE_CHARS = 60


class FactMenu(QObject):
    """Offers what the facts say in the draft's language, then the lines on what may not be told yet."""

    inserted = Signal()

    def __init__(
        self,
        frame: Frame,
        field: DraftField,
        language: LanguageChip,
        conversation: Callable[[], int | None],
    ) -> None:
        """`conversation` says whose draft is written; None for a new message."""
        super().__init__(field)
        self._frame, self._field, self._language, self._conversation = frame, field, language, conversation

    def ask(self) -> None:
        """Open the menu; without a fact, the page on which they are noted."""
        bench: Workbench = self._frame.bench
        facts = bench.facts.listed()
        lines = [one.line for one in bench.embargoes.listed() if not one.is_released]
        if not facts and not lines:
            self._frame.go("facts", 0)
            return
        menu = QMenu(self._field)
        for place, fact in enumerate((*facts, *lines)):
            value = fact.value(self._language.code)
            if place == len(facts) and facts:
                menu.addSeparator()
            if value is not None:
                words = f"{text.plain(fact.name)}: {text.short(value.words, _VALUE_CHARS)}"
                action = QAction(words.replace("&", "&&"), menu)
                action.setData(fact.id)
                menu.addAction(action)
        menu.triggered.connect(self._picked)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._field.viewport().mapToGlobal(self._field.cursorRect().bottomLeft()))

    def _picked(self, action: QAction) -> None:
        self.insert(int(action.data()))

    def insert(self, number: int) -> None:
        """Put the value of a fact (its id) into the draft, where the cursor is."""
        with show_errors(self._frame):
            words = self._frame.bench.facts.insert(number, self._language.code, self._conversation())
            self._field.textCursor().insertText(words)
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.inserted.emit()
