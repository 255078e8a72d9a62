"""The blanks of the text that is edited, to be inserted again, and the menu of those that can be inserted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from app.templates.blank_words import words
from app.templates.blanks import FACT
from ui.look import text
from ui.look.text import tr
from ui.widgets.buttons import ActionButton, IconButton
from ui.widgets.flow import Flow
from ui.widgets.labels import Label
from ui.widgets.panels import empty_layout

if TYPE_CHECKING:
    from app.workbench import Workbench

KNOWN = (
    "first_name", "first_name:vocative", "name", "name:dative", "greeting", "who_helps", "gift", "gift_date", "post",
    "subject", "today", "our_name", "community",
)  # fmt: skip
"""Blanks that are filled in automatically; any other blank is filled in by the person while writing."""
_VALUE_CHARS = 50


class BlankRow(QWidget):
    """Offers blanks by the words that they are read by."""

    wanted = Signal(str)
    """A blank is to be inserted; carries its name."""

    def __init__(self, bench: Workbench, language: Callable[[], str]) -> None:
        """Start with none; `language` says in which language the text is."""
        super().__init__()
        self._bench, self._language = bench, language
        self._buttons: list[ActionButton] = []
        self.menu: QMenu | None = None
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(Label(tr("Blanks"), "meta", "text2"))
        chips = QWidget()
        self._flow = Flow(chips)
        row.addWidget(chips, 1)
        self.more = IconButton("plus", tr("Insert a blank"), size=26, glyph=14)
        self.more.clicked.connect(self._offer)
        row.addWidget(self.more)

    def add(self, button: QWidget) -> None:
        """Put another button at the end of the row."""
        self._row.addWidget(button)

    def show_blanks(self, names: Sequence[str]) -> None:
        """Rebuild the chips of the blanks; left alone if unchanged, since one may have the focus."""
        if list(names) == [chip.objectName() for chip in self._buttons]:
            return
        empty_layout(self._flow)
        self._buttons = []
        for name in names:
            chip = ActionButton(words(name), kind="chip", height=24)
            chip.setObjectName(name)
            chip.setToolTip(tr("Insert it again"))
            chip.clicked.connect(self._again)
            self._flow.addWidget(chip)
            self._buttons.append(chip)

    def _again(self) -> None:
        self.wanted.emit(self.sender().objectName())

    def _offer(self) -> None:
        self.menu = menu = QMenu(self)
        for name in KNOWN:
            menu.addAction(words(name)).setData(name)
        facts = self._bench.facts.listed()
        if facts:
            menu.addSection(tr("Facts"))
        for fact in facts:
            value = fact.value(self._language())
            said = text.plain(fact.name)
            if value is not None:
                said = f"{said}: {text.short(value.words, _VALUE_CHARS)}"
            menu.addAction(said.replace("&", "&&")).setData(f"{FACT}{fact.key}")
        menu.triggered.connect(self._picked)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _picked(self, action: QAction) -> None:
        self.wanted.emit(str(action.data()))
