"""A teammate's plain letter, put to the hand-off that it answers: shown first, then written down as one action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from app.base.text import preview
from app.handoffs import STATE_NAMES, STATUSES, Handoff
from ui.look import text
from ui.look.text import tr
from ui.widgets.fields import Choice
from ui.widgets.scaled import scaled
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.returns import PlainAnswer
    from app.workbench import Workbench

_MAX_CHARS = 60


class LetterStrip(Strip):
    """Asks which hand-off a letter answers and what it says of it, with the words of the letter filled in."""

    def __init__(self, bench: Workbench, found: PlainAnswer) -> None:
        """Start with the likeliest hand-off, and the letter's own words without what they quote."""
        super().__init__(tr("Take as an answer"), "corner-up-left", tr("Take the answer"))
        self._bench, self._found = bench, found
        self.about = found.message_id
        self.which = Choice([(str(one.id), _named(one)) for one in found.handoffs], str(found.handoffs[0].id))
        statuses = [(key, tr(STATE_NAMES[key])) for key in STATUSES[1:]]
        self.status = Choice([("", tr("Choose…")), *statuses], found.status)
        self.answer = QPlainTextEdit(found.words)
        self.answer.setTabChangesFocus(True)
        scaled(self.answer, height=92)
        self.field(tr("Hand-off"), self.which, 0, 0)
        self.field(tr("Status"), self.status, 0, 1)
        self.field(tr("Answer"), self.answer, 1, 0, 2)
        name = found.teammate.name if found.teammate is not None else ""
        if name:
            self.aside.setText(tr("{name} wrote this.").format(name=text.isolate(name)))

    def start(self) -> None:
        """Focus what is to be chosen: the hand-off, unless the letter names it; else the status, else the answer."""
        field = self.which if not self._found.named else self.answer if self.status.key() else self.status
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def topic(self) -> object:
        """The letter."""
        return self.about

    def do(self) -> str:
        """Write the answer down; return the toast. Raises UserError without a status or words."""
        number = int(self.which.key())
        one = self._bench.handoffs.get(number)
        self._bench.returns.take_answer(self._found, number, self.status.key(), self.answer.toPlainText())
        named = text.name(one.member or one.title or one.ask)
        return tr("{name}: the answer is with the hand-off.").format(name=named)


def _named(one: Handoff) -> str:
    return text.embed(" · ".join(filter(None, (one.member, preview(one.ask, _MAX_CHARS)))), _MAX_CHARS + 30)
