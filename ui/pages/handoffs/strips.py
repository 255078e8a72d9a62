"""Strips below a hand-off: edit teammates, edit the hand-off, close it with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.handoffs import PRIORITY_NAMES, Handoff
from ui.look.text import tr
from ui.pages.handoffs.words import about
from ui.shared.date_field import DateField
from ui.shared.handoff import KindChoice
from ui.widgets.fields import Choice
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.workbench import Workbench

_NEW_TEAMMATE = "new"
_DATES = ("away_from", "away_until")


class EditHandoffStrip(Strip):
    """Edits a hand-off: request, teammate, kind, priority, due date, ticket."""

    def __init__(self, bench: Workbench, handoff: Handoff) -> None:
        """Start with the saved values."""
        super().__init__(tr("Edit the hand-off"), "pencil", tr("Save"))
        self._bench, self._handoff = bench, handoff
        self.about = handoff.id
        mates = [(str(mate.id), mate.name) for mate in bench.teammates.all()]
        self.whom = Choice(mates, str(handoff.teammate_id or ""))
        self.kind = KindChoice(handoff.kind)
        self.priority = Choice([(key, tr(word)) for key, word in PRIORITY_NAMES.items()], handoff.priority)
        self.needed, self.ticket, self.ask = (
            DateField(bench.dates, handoff.needed_by),
            QLineEdit(handoff.ticket),
            QLineEdit(handoff.ask),
        )
        self.ask.setCursorPosition(0)
        for place, (title, widget) in enumerate((
            (tr("To"), self.whom), (tr("Kind"), self.kind), (tr("Priority"), self.priority),
            (tr("Needed by"), self.needed), (tr("Ticket"), self.ticket),
        )):  # fmt: skip
            self.field(title, widget, 0, place)
        self.field(tr("Request"), self.ask, 1, 0, 5)

    def start(self) -> None:
        """Focus the request."""
        self.ask.setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self) -> str:
        """Save; return the toast."""
        self._bench.handoffs.edit(self._handoff.id, {
            "teammate_id": int(self.whom.key()), "kind": self.kind.key(), "priority": self.priority.key(),
            "needed_by": self.needed.iso(), "ticket": self.ticket.text(), "ask": self.ask.text(),
        })  # fmt: skip
        return about(self._handoff, tr("{name}: hand-off saved."))


class CloseStrip(Strip):
    """Asks for the reason to close a hand-off that is unanswered or whose member has not been told."""

    def __init__(self, bench: Workbench, handoff: Handoff) -> None:
        """Start with an empty reason."""
        super().__init__(tr("Why close it without telling the member?"), "circle-check", tr("Close it"))
        self._bench, self._handoff = bench, handoff
        self.about = handoff.id
        self.why = QLineEdit()
        self.why.setPlaceholderText(tr("They found the answer themselves"))
        self.field(tr("Reason"), self.why, 0, 0)

    def start(self) -> None:
        """Focus the reason."""
        self.why.setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self) -> str:
        """Close the hand-off with the reason; return the toast."""
        self._bench.handoffs.close(self._handoff.id, self.why.text())
        return about(self._handoff, tr("Closed: {name}."))
