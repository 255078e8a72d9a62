"""Strips below a hand-off: edit teammates, edit the hand-off, close it with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.handoffs import PRIORITY_NAMES, Handoff
from app.teammates import Teammate
from ui.look import text
from ui.look.text import tr
from ui.pages.handoffs.words import about
from ui.shared.date_field import DateField
from ui.shared.handoff import KindChoice
from ui.widgets.buttons import LinkButton
from ui.widgets.fields import Choice
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.workbench import Workbench

_NEW_TEAMMATE = "new"
_DATES = ("away_from", "away_until")


class TeammateStrip(Strip):
    """Adds a teammate, or edits the one chosen in the first field."""

    def __init__(self, bench: Workbench, teammate: int | None = None) -> None:
        """Start with this teammate's id, or with a new one."""
        super().__init__(tr("Teammates"), "users", tr("Save"))
        self._bench, self.about = bench, teammate
        self._all = {mate.id: mate for mate in bench.teammates.all()}
        who = [(_NEW_TEAMMATE, tr("New teammate")), *((str(mate.id), mate.name) for mate in self._all.values())]
        self.who = Choice(who, str(teammate) if teammate in self._all else _NEW_TEAMMATE)
        self.who.picked.connect(self._picked)
        self.unsaved.apart = (self.who,)
        self.lines: dict[str, QLineEdit | DateField] = {
            key: QLineEdit() for key in ("name", "team", "email", "languages", "subjects")
        } | {key: DateField(bench.dates) for key in _DATES}
        for key, example in (("languages", "is en"), ("subjects", tr("refund, parcel, photo rights"))):
            line = self.lines[key]
            if isinstance(line, QLineEdit):
                line.setPlaceholderText(example)
        self.stand_in = Choice()
        self.field(tr("Who"), self.who, 0, 0)
        self.field(tr("Name"), self.lines["name"], 0, 1)
        self.field(tr("Team"), self.lines["team"], 0, 2)
        self.field(tr("E-mail"), self.lines["email"], 0, 3)
        self.field(tr("Languages"), self.lines["languages"], 1, 0)
        self.field(tr("Helps with (comma-separated)"), self.lines["subjects"], 1, 1, 3)
        self.field(tr("Away from"), self.lines["away_from"], 2, 0)
        self.field(tr("Away until"), self.lines["away_until"], 2, 1)
        self.field(tr("Stand-in"), self.stand_in, 2, 2)
        self.leave = LinkButton(tr("Mark as left"), tone="danger")
        self.leave.clicked.connect(self._left)
        self.form.addWidget(self.leave, 5, 3)
        self._show()

    def start(self) -> None:
        """Focus the name."""
        self.lines["name"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> Teammate | None:
        return None if self.who.key() == _NEW_TEAMMATE else self._all[int(self.who.key())]

    def topic(self) -> object:
        """The teammate that is chosen."""
        return self.who.key()

    def _picked(self, _key: str) -> None:
        self.turn(self._show)
        self.start()

    def _show(self) -> None:
        teammate = self._chosen()
        values = {} if teammate is None else {
            "name": teammate.name, "team": teammate.team, "email": teammate.email,
            "languages": " ".join(teammate.languages), "subjects": ", ".join(teammate.subjects),
            "away_from": teammate.away_from, "away_until": teammate.away_until,
        }  # fmt: skip
        for key, line in self.lines.items():
            line.setText(values.get(key, ""))
            if isinstance(line, QLineEdit):
                line.setCursorPosition(0)
        others = [
            (str(mate.id), mate.name) for mate in self._all.values() if teammate is None or mate.id != teammate.id
        ]
        stand_in = str(teammate.stand_in_id) if teammate is not None and teammate.stand_in_id else ""
        self.stand_in.set_choices([("", tr("Nobody")), *others], stand_in)
        self.leave.setVisible(teammate is not None)

    def do(self) -> str:
        """Save; return the toast."""
        mate = self._chosen()
        values: dict[str, object] = {
            key: line.iso() if isinstance(line, DateField) else line.text() for key, line in self.lines.items()
        }
        values["subjects"] = [part.strip() for part in self.lines["subjects"].text().split(",") if part.strip()]
        values["languages"] = self.lines["languages"].text().replace(",", " ").split()
        values["stand_in_id"] = int(self.stand_in.key()) if self.stand_in.key() else None
        if mate is None:
            name = str(values.pop("name"))
            self._bench.teammates.add(name, **values)
            return tr("{name} is now a teammate.").format(name=name)
        self._bench.teammates.edit(mate.id, values)
        return tr("{name} saved.").format(name=text.name(str(values["name"])))

    def _left(self) -> None:
        mate = self._chosen()
        if mate is not None:
            self._bench.teammates.archive(mate.id)
            self.finished.emit(tr("{name} is no longer offered as a teammate.").format(name=mate.name))


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
