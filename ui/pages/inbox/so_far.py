"""The lines above a long conversation that tell what happened so far; each fact leads to where it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from app.base import clock
from ui.frame.working import Working
from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets.buttons import LinkButton
from ui.widgets.labels import Label
from ui.widgets.panels import empty_layout

if TYPE_CHECKING:
    from app.inbox.so_far import Brief, Fact, SoFar
    from app.inbox.so_far_words import Shown
    from app.workbench import Workbench

_MAX_FACT_CHARS, _MAX_MENU_CHARS = 160, 90
_ROOMY_WIDTH, _DELAY_MS = 620, 120
LONG = 8  # as app.inbox.so_far.LONG, which is not loaded for a short conversation


class SoFarLines(QWidget):
    """At most three lines; hidden above a short conversation, and where nothing is to be told."""

    chosen = Signal(object)
    """A fact was pressed; carries the app.inbox.so_far.Fact."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        """Start hidden, until `show_conversation`."""
        super().__init__(parent)
        self._bench = bench
        self._number = 0
        self._told: SoFar | None = None
        self._most = 1
        self._timer = QTimer(self)  # who goes through the list does not wait for it
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self._read)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 2, 0, 0)
        self._lines.setSpacing(0)
        self.buttons: list[LinkButton] = []
        self.setAccessibleName(tr("What happened so far"))
        self.hide()

    def show_conversation(self, number: int, messages: int) -> None:
        """Tell a conversation with so many messages so far: read on a worker, as it looks into their words."""
        if number != self._number:
            self._clear()
        self._number = number
        if messages <= LONG:
            self._timer.stop()
            self._clear()
            return
        self._timer.start()

    def _read(self) -> None:
        number = self._number
        work = Working(lambda _progress, _stop: (number, self._bench.inbox.so_far(number)), "so far")
        work.finished.connect(self._show)
        work.start()

    def _clear(self) -> None:
        self._told = None
        self.buttons = []
        empty_layout(self._lines)
        self.hide()

    def _show(self, read: tuple[int, SoFar]) -> None:
        number, told = read
        if number == self._number and told != self._told:
            self._told, self._most = told, self._fitting()
            self._rebuild(told)

    def _fitting(self) -> int:
        """How many facts a line has room for."""
        holder = self.parentWidget()
        return 2 if holder is not None and holder.width() >= fonts.px(_ROOMY_WIDTH) else 1

    def _rebuild(self, told: SoFar) -> None:
        from app.inbox.so_far import in_lines  # noqa: PLC0415  few conversations are long

        self.buttons = []
        empty_layout(self._lines)
        shown = _shown()
        for brief in in_lines(told, self._most):
            self._add(brief, shown)
        self.setVisible(self._lines.count() > 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show more or fewer facts a line where another number fits."""
        super().resizeEvent(event)
        if self._told is not None and self._most != self._fitting():
            self._most = self._fitting()
            QTimer.singleShot(0, self, self._refit)

    def _refit(self) -> None:
        if self._told is not None:
            self._rebuild(self._told)

    def _add(self, brief: Brief, shown: Shown) -> None:
        from app.inbox.so_far_words import GROUPS, in_words  # noqa: PLC0415  as above

        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for name, facts in brief.shown:
            row.addWidget(Label(tr("{what}:").format(what=tr(GROUPS[name])), "meta", "text2"))
            for fact in facts:
                row.addWidget(self._button(text.short(in_words(fact, shown), _MAX_FACT_CHARS), fact), 1)
        if brief.rest:
            more = LinkButton(tr("{count} more").format(count=text.number(brief.rest)))
            more.clicked.connect(lambda: self._offer(brief, more))
            row.addWidget(more)
        row.addStretch(0)
        self._lines.addWidget(holder)

    def _button(self, words: str, fact: Fact) -> LinkButton:
        button = LinkButton(words, tone="text", weight=400)
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)  # elided in a narrow pane
        button.setToolTip(words.replace("<", "\u2039"))
        button.clicked.connect(lambda: self.chosen.emit(fact))
        self.buttons.append(button)
        return button

    def _offer(self, brief: Brief, more: LinkButton) -> None:
        """Offer every fact of a line."""
        from app.inbox.so_far_words import in_words  # noqa: PLC0415  as above

        menu = QMenu(more)
        shown = _shown()
        for fact in brief.every:
            words = text.short(in_words(fact, shown), _MAX_MENU_CHARS).replace("&", "&&")  # a single one is a mnemonic
            action = QAction(words, menu)
            action.triggered.connect(self._leads_to(fact))
            menu.addAction(action)
        menu.exec(more.mapToGlobal(more.rect().bottomLeft()))
        menu.deleteLater()

    def _leads_to(self, fact: Fact) -> Callable[[], None]:
        return lambda: self.chosen.emit(fact)


def _shown() -> Shown:
    """How the window writes times, dates and words from outside."""
    from app.inbox.so_far_words import Shown  # noqa: PLC0415  as above

    now = clock.now()

    def moment(at: int) -> str:
        return text.ahead(at, now) if at > now else text.stamp(at, now)

    return Shown(moment, text.iso_day, text.embed)
