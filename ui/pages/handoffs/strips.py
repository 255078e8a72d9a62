"""Strips at the page's foot: teammates, a file for one of them, changing a hand-off, closing it with a reason."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.base import clock
from app.base.errors import UserError
from app.base.text import words
from app.export import Options
from app.handoffs import PRIORITY_NAMES, Handoff
from app.teammates import Teammate
from ui.frame import files
from ui.look import text
from ui.look.text import tr
from ui.shared.handoff import KindChoice
from ui.widgets.buttons import LinkButton
from ui.widgets.fields import CheckBox, Choice
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.workbench import Workbench

_NEW = "new"


class TeammateStrip(Strip):
    """Add a teammate, or change one who is chosen in the first field."""

    def __init__(self, bench: Workbench, teammate: int | None = None) -> None:
        """Start with a new one, or with this one."""
        super().__init__(tr("Teammates"), "users", tr("Save"))
        self._bench = bench
        self._all = {one.id: one for one in bench.teammates.all()}
        who = [(_NEW, tr("New teammate")), *((str(one.id), one.name) for one in self._all.values())]
        self.who = Choice(who, str(teammate) if teammate in self._all else _NEW)
        self.who.picked.connect(self._picked)
        self.lines = {
            key: QLineEdit() for key in ("name", "team", "email", "languages", "subjects", "away_from", "away_until")
        }
        self.lines["languages"].setPlaceholderText("is en")
        self.lines["subjects"].setPlaceholderText(tr("refund, parcel, photo rights"))
        for key in ("away_from", "away_until"):
            self.lines[key].setPlaceholderText(clock.local(clock.now()).date().isoformat())
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
        """Begin with the name."""
        self.lines["name"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> Teammate | None:
        return None if self.who.key() == _NEW else self._all[int(self.who.key())]

    def _picked(self, _key: str) -> None:
        self._show()
        self.start()

    def _show(self) -> None:
        one = self._chosen()
        shown = {} if one is None else {
            "name": one.name, "team": one.team, "email": one.email, "languages": " ".join(one.languages),
            "subjects": ", ".join(one.subjects), "away_from": one.away_from, "away_until": one.away_until,
        }  # fmt: skip
        for key, line in self.lines.items():
            line.setText(shown.get(key, ""))
            line.setCursorPosition(0)
        others = [(str(mate.id), mate.name) for mate in self._all.values() if one is None or mate.id != one.id]
        stands = str(one.stand_in_id) if one is not None and one.stand_in_id else ""
        self.stand_in.set_choices([("", tr("Nobody")), *others], stands)
        self.leave.setVisible(one is not None)

    def do(self) -> str:
        """Keep it."""
        one = self._chosen()
        values: dict[str, object] = {key: line.text() for key, line in self.lines.items()}
        values["subjects"] = [part.strip() for part in self.lines["subjects"].text().split(",") if part.strip()]
        values["languages"] = self.lines["languages"].text().replace(",", " ").split()
        values["stand_in_id"] = int(self.stand_in.key()) if self.stand_in.key() else None
        if one is None:
            name = str(values.pop("name"))
            self._bench.teammates.add(name, **values)
            return tr("{name} is now a teammate.").format(name=name)
        self._bench.teammates.edit(one.id, values)
        return tr("Saved.")

    def _left(self) -> None:
        one = self._chosen()
        if one is not None:
            self._bench.teammates.archive(one.id)
            self.finished.emit(tr("{name} is no longer offered as a teammate.").format(name=one.name))


class FileStrip(Strip):
    """What is open with a teammate, as a CSV to fill in and send back."""

    def __init__(self, bench: Workbench, teammate: int | None = None) -> None:
        """Start with the teammate whose hand-off is chosen."""
        super().__init__(tr("Send a file"), "file-up", tr("Save as…"))
        self._bench = bench
        self._all = {one.id: one for one in bench.teammates.all()}
        open_ = bench.handoffs.listed("open")
        choices = [("", tr("Everybody, {count} open").format(count=len(open_)))]
        for one in self._all.values():
            count = sum(handoff.teammate_id == one.id for handoff in open_)
            choices.append((str(one.id), tr("{name}, {count} open").format(name=one.name, count=count)))
        self.whom = Choice(choices, str(teammate or ""))
        self.separator = Choice([(",", tr("Comma")), (";", tr("Semicolon, for Excel in many countries"))])
        self.private = CheckBox(tr("Include e-mail, address and phone"))
        self.field(tr("To"), self.whom, 0, 0)
        self.field(tr("Separator"), self.separator, 0, 1)
        self.form.addWidget(self.private, 2, 0, 1, 2)
        self.aside.setText(tr("It opens in any spreadsheet. Enter each answer here, in its hand-off."))

    def start(self) -> None:
        """Begin with whom."""
        self.whom.setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self) -> str:
        """Write it and say where it went; "" when the person thought better of it."""
        mate = self._all.get(int(self.whom.key() or 0))
        whose = "-".join(words(f"{mate.team} {mate.name.split()[0]}" if mate else "all"))
        name = f"handoffs-{whose}-{clock.local(clock.now()).date().isoformat()}.csv"
        path: Path | None = files.save_path(self, tr("Send a file"), name, tr("Tables (*.csv *.xlsx)"))
        if path is None:
            msg = tr("Nothing was saved: choose where to save the file.")
            raise UserError(msg)
        to, separator = mate.id if mate else None, self.separator.key()
        how = Options(to, separator=separator, private=self.private.isChecked(), replace=True)
        written = self._bench.export.file("handoffs", path, how)
        rows = text.counted(written.rows, "{count} hand-off", "{count} hand-offs")
        said = tr("{handoffs} exported to {file}.").format(handoffs=rows, file=text.isolate(str(written.path)))
        return " ".join([said, *written.notes])


class EditHandoffStrip(Strip):
    """What is asked, of whom, until when."""

    def __init__(self, bench: Workbench, one: Handoff) -> None:
        """Start with what is known."""
        super().__init__(tr("Edit the hand-off"), "pencil", tr("Save"))
        self._bench, self._one = bench, one
        mates = [(str(mate.id), mate.name) for mate in bench.teammates.all()]
        self.whom = Choice(mates, str(one.teammate_id or ""))
        self.kind = KindChoice(one.kind)
        self.priority = Choice([(key, tr(word)) for key, word in PRIORITY_NAMES.items()], one.priority)
        self.needed, self.ticket, self.ask = QLineEdit(one.needed_by), QLineEdit(one.ticket), QLineEdit(one.ask)
        self.ask.setCursorPosition(0)
        for place, (title, widget) in enumerate((
            (tr("To"), self.whom), (tr("Kind"), self.kind), (tr("Priority"), self.priority),
            (tr("Needed by"), self.needed), (tr("Ticket"), self.ticket),
        )):  # fmt: skip
            self.field(title, widget, 0, place)
        self.field(tr("Request"), self.ask, 1, 0, 5)

    def start(self) -> None:
        """Begin with the ask."""
        self.ask.setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self) -> str:
        """Keep it."""
        self._bench.handoffs.edit(self._one.id, {
            "teammate_id": int(self.whom.key()), "kind": self.kind.key(), "priority": self.priority.key(),
            "needed_by": self.needed.text(), "ticket": self.ticket.text(), "ask": self.ask.text(),
        })  # fmt: skip
        return tr("Saved.")


class CloseStrip(Strip):
    """Close a hand-off that is not answered, or of which the member has not heard: that needs a reason."""

    def __init__(self, bench: Workbench, one: Handoff) -> None:
        """Ask for it."""
        super().__init__(tr("Why close it without telling the member?"), "circle-check", tr("Close it"))
        self._bench, self._one = bench, one
        self.why = QLineEdit()
        self.why.setPlaceholderText(tr("They found the answer themselves"))
        self.field(tr("Reason"), self.why, 0, 0)

    def start(self) -> None:
        """Begin with the reason."""
        self.why.setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self) -> str:
        """Close it."""
        self._bench.handoffs.close(self._one.id, self.why.text())
        return tr("Closed.")
