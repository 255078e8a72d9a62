"""The strip that hands several conversations to one teammate, each as a hand-off of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from app.base import clock
from app.base.errors import UserError
from app.handoffs import suggested_for_all, usual_due
from app.inbox import ConversationRow
from ui.look import text
from ui.look.text import tr
from ui.shared.date_field import DateField
from ui.shared.handoff import KindChoice, teammate_choices
from ui.widgets.fields import Choice
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.workbench import Workbench


class HandOverStrip(Strip):
    """Asks for the teammate (likeliest first), the kind, the request and the due date of all of them."""

    def __init__(self, bench: Workbench, rows: Sequence[ConversationRow]) -> None:
        """Rank the teammates by what the conversations are about, and by their language if they share one."""
        many = len(rows)
        super().__init__(
            text.counted(many, "Hand {count} conversation to a teammate", "Hand {count} conversations to a teammate"),
            "arrow-right-left",
            text.counted(many, "Hand off {count}", "Hand off {count}"),
        )
        self._bench, self._rows = bench, rows
        self._numbers = tuple(row.id for row in rows)
        self.about = self._numbers
        today = clock.local(clock.now()).date()
        likely = suggested_for_all(rows, bench.teammates.all(), today, bench.responsible.all())
        self.whom = Choice(teammate_choices(bench, [one.teammate for one in likely.people]))
        self.kind = KindChoice(likely.kind)
        self.ask = QLineEdit()
        self.ask.setPlaceholderText(tr("What they should find out or do"))
        self.needed = DateField(bench.dates, usual_due(today).isoformat())
        self.field(tr("To"), self.whom, 0, 0, 2)
        self.field(tr("Kind"), self.kind, 0, 2)
        self.field(tr("Needed by"), self.needed, 0, 3)
        self.field(tr("Request"), self.ask, 1, 0, 4)
        self.aside.setText(self._open_already())

    def _open_already(self) -> str:
        """Say how many of them are with a teammate already."""
        if not self.whom.count():
            return tr("No teammates yet. Add one on the Hand-offs page.")
        already = sum(bool(row.handoffs) for row in self._rows)
        if not already:
            return tr("Each becomes a hand-off of its own.")
        return text.counted(
            already, "{count} of them is with a teammate already, and gets a second hand-off.",
            "{count} of them are with a teammate already, and get a second hand-off.",
        )  # fmt: skip

    def start(self) -> None:
        """Focus the request: the likeliest teammate is chosen already."""
        self.ask.setFocus()

    def do(self) -> str:
        """Create the hand-offs as one action; return the toast. Raises UserError if there is no teammate."""
        whom = self.whom.key()
        if not whom:
            raise UserError(tr("Add a teammate on the Hand-offs page first, then hand these off."))
        self._bench.handoffs.add_all(
            self._numbers, int(whom), self.ask.text(), kind=self.kind.key(), needed_by=self.needed.iso()
        )
        return text.counted(
            len(self._numbers), "{count} handed off to {name}.", "{count} handed off to {name}.",
            name=text.isolate(self.whom.currentText()),
        )  # fmt: skip
