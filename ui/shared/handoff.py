"""The strip that hands a conversation to a teammate."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit

from app.base.errors import UserError
from app.handoffs import KIND_NAMES
from app.inbox import Opened
from ui.look import text
from ui.look.text import tr
from ui.widgets.fields import Choice
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.teammates import Teammate
    from app.workbench import Workbench


class KindChoice(Choice):
    """A list box of the kinds of hand-off."""

    def __init__(self, current: str) -> None:
        """Start with this kind's key."""
        super().__init__([(key, tr(name)) for key, name in KIND_NAMES.items()], current)


class HandoffStrip(Strip):
    """Asks for the teammate (likeliest first), the kind, the request and the due date."""

    def __init__(self, bench: Workbench, opened: Opened) -> None:
        """Rank the teammates by the title and the last messages of the conversation."""
        super().__init__(tr("Hand off to a teammate"), "arrow-right-left", tr("Hand off"))
        self._bench, self._opened = bench, opened
        self.whom = Choice(self._teammates())
        self.kind = KindChoice("problem" if opened.row.unhappy else "question")
        self.ask = QLineEdit()
        self.ask.setPlaceholderText(tr("What they should find out or do"))
        due = date.today() + timedelta(days=2)  # noqa: DTZ011  the person's own day
        self.needed = QLineEdit(due.isoformat())
        self.field(tr("To"), self.whom, 0, 0, 2)
        self.field(tr("Kind"), self.kind, 0, 2)
        self.field(tr("Needed by"), self.needed, 0, 3)
        self.field(tr("Request"), self.ask, 1, 0, 4)
        self._name_lack()

    def showEvent(self, event: QShowEvent) -> None:
        """Offer the teammates added on another page while the strip was open."""
        super().showEvent(event)
        if not self.whom.count():
            self.whom.set_choices(self._teammates())
            self._name_lack()

    def _teammates(self) -> list[tuple[str, str]]:
        """The (id, name and team) of every teammate, likeliest first."""
        opened, mates = self._opened, self._bench.teammates
        recent = " ".join(
            [opened.row.title, *(line.text for line in opened.lines[-4:] if line.kind == "said" and not line.out)]
        )
        first = [match.teammate.id for match in mates.likeliest(recent, opened.row.language)]
        everyone = {mate.id: mate for mate in mates.all()}
        order = [*first, *(number for number in everyone if number not in first)]
        return [(str(number), self._title(everyone[number])) for number in order if number in everyone]

    def _name_lack(self) -> None:
        """Say so while there is no teammate; the error of a try before there was one goes once there is."""
        lacking = not self.whom.count()
        self.aside.setText(tr("No teammates yet. Add one on the Hand-offs page.") if lacking else "")
        if not lacking:
            self.wrong.hide()

    @staticmethod
    def _title(mate: Teammate) -> str:
        return f"{mate.name}, {mate.team}" if mate.team else mate.name

    def do(self) -> str:
        """Create the hand-off; return the toast. Raises UserError if there is no teammate."""
        whom = self.whom.key()
        if not whom:
            msg = tr("Add a teammate on the Hand-offs page first, then hand this off.")
            raise UserError(msg)
        self._bench.handoffs.add(
            self._opened.row.id, int(whom), self.ask.text(), kind=self.kind.key(), needed_by=self.needed.text().strip()
        )
        name = text.name(self._bench.teammates.get(int(whom)).name)
        return tr("Handed to {name}, who gets it with the next file: “Send a file” under Hand-offs").format(name=name)
