"""The strip that asks a teammate whether a reply may be sent that a rule of the voice guide stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.base import clock
from app.base.errors import UserError
from app.base.text import preview
from app.handoffs import usual_due
from app.handoffs.approvals import whom_to_ask
from ui.look import text
from ui.look.text import tr
from ui.shared.date_field import DateField
from ui.shared.handoff import handed, teammate_choices
from ui.widgets.fields import Choice
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.voice import Draft, Finding
    from app.workbench import Workbench

_MOST_WORDS = 40


class AskFirstStrip(Strip):
    """Asks whom: the rule's owner is chosen already; what is asked is said by the rule, and can be added to."""

    def __init__(self, bench: Workbench, draft: Draft, finding: Finding) -> None:
        """Ask about this finding in the draft of a reply, which is kept as it is now."""
        words = preview(finding.words, _MOST_WORDS)
        title = tr("Ask whether “{words}” may be sent").format(words=text.plain(words))
        super().__init__(title, "message-circle-question-mark", tr("Ask"))
        self._bench, self._draft, self._finding = bench, draft, finding
        self.about = draft.conversation_id
        people = whom_to_ask(bench, draft.conversation_id or 0, finding)
        self.whom = Choice(teammate_choices(bench, people))
        self.more = QLineEdit()
        self.more.setPlaceholderText(tr("What they should know besides; may stay empty"))
        self.needed = DateField(bench.dates, usual_due(clock.local(clock.now()).date()).isoformat())
        self.field(tr("To"), self.whom, 0, 0, 2)
        self.field(tr("Needed by"), self.needed, 0, 2)
        self.field(tr("Anything else"), self.more, 1, 0, 3)
        self.form.setColumnStretch(0, 3)
        self.aside.setText(
            tr("The whole reply goes along, and waits for the answer. A yes is for these words alone.")
            if people
            else tr("No teammates yet. Add one on the Hand-offs page.")
        )

    def start(self) -> None:
        """Focus what is asked besides: whom and by when are probably right."""
        self.more.setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self) -> str:
        """Make the hand-off; return the toast. Raises UserError if there is no teammate, or it was asked already."""
        if not self.whom.key():
            raise UserError(tr("Add a teammate on the Hand-offs page first, then ask them."))
        whom = self._bench.teammates.get(int(self.whom.key()))
        self._bench.approvals.ask(
            self._draft, self._finding, whom.id, more=self.more.text(), needed_by=self.needed.iso()
        )
        return handed(text.name(whom.name))
