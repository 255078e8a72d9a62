"""The lines above a conversation that say what rules did there, each with Undo, and what they offer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.frame.doing import undoable
from ui.look import text
from ui.look.text import tr
from ui.widgets.avatar import Icon
from ui.widgets.buttons import ActionButton, LinkButton
from ui.widgets.labels import ElidedLabel
from ui.widgets.panels import empty_layout

if TYPE_CHECKING:
    from app.rules import Hit, Offer
    from app.rules.words import Names
    from app.workbench import Workbench
    from ui.frame.page import Frame

_MAX_LINES = 3
_DELAY_MS = 120


class RuleLines(QWidget):
    """A line for each hit, the latest few; hidden where no rule did anything, or all was undone."""

    template = Signal(str)
    """An offered template was taken; carries its key."""
    teammate = Signal(int)
    """An offered hand-off was taken; carries the teammate's id."""

    def __init__(self, bench: Workbench, frame: Frame, parent: QWidget | None = None) -> None:
        """Start hidden, until `show_conversation`."""
        super().__init__(parent)
        self._bench, self._frame, self._number = bench, frame, 0
        self._timer = QTimer(self)  # who goes through the list does not wait for it
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self._read)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(2)
        self._shown: tuple[tuple[Hit, ...], tuple[Offer, ...]] = ((), ())
        self.buttons: list[LinkButton | ActionButton] = []
        self.setAccessibleName(tr("What rules did here"))
        self.hide()

    def show_conversation(self, number: int) -> None:
        """Tell of a conversation, a little later."""
        if number != self._number:
            self._show((), ())
        self._number = number
        self._timer.start()

    def leave(self) -> None:
        """Read nothing more: the file is about to be closed."""
        self._timer.stop()

    def _read(self) -> None:
        rules = self._bench.rules
        self._show(tuple(rules.hits_in(self._number)), tuple(rules.offers(self._number)))

    def _show(self, hits: tuple[Hit, ...], offers: tuple[Offer, ...]) -> None:
        if (hits, offers) == self._shown:
            return
        self._shown, self.buttons = (hits, offers), []
        empty_layout(self._lines)
        if hits:
            from app.rules import words  # noqa: PLC0415  few conversations have any
            from ui.shared.rule_names import names_of  # noqa: PLC0415  as above

            names = names_of(self._bench)
            for hit in hits[-_MAX_LINES:]:
                self._add(text.plain(words.deeds_in_words(hit, names)), hit)
            self._add_offers(offers, names)
        self.setVisible(bool(hits))

    def _add(self, sentence: str, hit: Hit) -> None:
        undo = LinkButton(tr("Undo"))
        undo.setAccessibleName(tr("Undo: {sentence}").format(sentence=sentence))
        undo.clicked.connect(partial(self._undo, hit))
        self.buttons.append(undo)
        said = ElidedLabel(sentence, "meta", "text2")
        said.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._row(Icon("list-filter", "text2", 14), said, undo)

    def _add_offers(self, offers: tuple[Offer, ...], names: Names) -> None:
        chips, templates, mates = [], {one.key for one in self._bench.templates.all()}, names.teammates
        for offer in offers:
            if offer.template in templates:
                title = tr("Use “{template}”").format(template=names.templates[offer.template])
                chip = ActionButton(title, "quote", kind="chip", height=24)
                chip.clicked.connect(partial(self.template.emit, offer.template))
                chips.append(chip)
            elif offer.teammate_id is not None and offer.teammate_id in mates:
                title = tr("Hand off to {name}").format(name=mates[offer.teammate_id])
                chip = ActionButton(title, "arrow-right-left", kind="chip", height=24)
                chip.clicked.connect(partial(self.teammate.emit, offer.teammate_id))
                chips.append(chip)
        if chips:
            self.buttons += chips
            self._row(*chips)

    def _row(self, *widgets: QWidget) -> None:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget in widgets:
            row.addWidget(widget)
        row.addStretch(1)
        self._lines.addWidget(holder)

    def _undo(self, hit: Hit) -> None:
        words = tr("{name}: undone. The rule won't do it again for this message.").format(
            name=text.name(hit.who or tr("Unknown"))
        )
        with undoable(self._frame, words):
            self._bench.rules.undo([hit.id])
        self._timer.start()
