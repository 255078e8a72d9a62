"""The strip that hands a conversation to a teammate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit

from app.base import clock
from app.base.errors import UserError
from app.handoffs import KIND_NAMES, already, reason, suggested, usual_due
from app.inbox import Opened
from ui.look import text
from ui.look.text import tr
from ui.shared.date_field import DateField
from ui.widgets.fields import Choice
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.teammates import Teammate
    from app.workbench import Workbench

_MIN_NAME_CHARS = 8
_ADDING = "open "
"""What the key of a choice begins with that adds to an open hand-off, whose id follows."""


class KindChoice(Choice):
    """A list box of the kinds of hand-off."""

    def __init__(self, current: str) -> None:
        """Start with this kind's key."""
        super().__init__([(key, tr(name)) for key, name in KIND_NAMES.items()], current)


class HandoffStrip(Strip):
    """Asks for the request first; the teammate (likeliest first), the kind and the due date are chosen already."""

    def __init__(self, bench: Workbench, opened: Opened) -> None:
        """Where a hand-off is open, adding to it is the first choice."""
        super().__init__(tr("Hand off to a teammate"), "arrow-right-left", tr("Hand off"))
        self._bench, self._opened = bench, opened
        self.about = opened.row.id
        self._today = clock.local(clock.now()).date()
        self._suggest()
        self.whom = Choice(self._teammates())
        self.whom.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.whom.setMinimumContentsLength(_MIN_NAME_CHARS)
        self.kind = KindChoice(self._suggested.kind)
        self.ask = QLineEdit()
        self.ask.setPlaceholderText(tr("What they should find out or do"))
        self.needed = DateField(bench.dates, usual_due(self._today).isoformat())
        self.field(tr("To"), self.whom, 0, 0, 2)
        self.field(tr("Kind"), self.kind, 0, 2)
        self.field(tr("Needed by"), self.needed, 0, 3)
        self.field(tr("Request"), self.ask, 1, 0, 4)
        self.form.setColumnStretch(0, 3)
        self.whom.currentIndexChanged.connect(self._explain)
        self._explain()

    def start(self) -> None:
        """Focus the request: who and when are probably right."""
        self.ask.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Offer the teammates added on another page while the strip was open."""
        super().showEvent(event)
        if not self.whom.count():
            self._suggest()
            self.whom.set_choices(self._teammates())
            self.wrong.setHidden(bool(self.whom.count()) or self.wrong.isHidden())
            self._explain()

    def _suggest(self) -> None:
        bench, opened = self._bench, self._opened
        self._suggested = suggested(
            opened, bench.teammates.all(), bench.handoffs.of_conversation(opened.row.id), self._today,
            owners=bench.responsible.all(),
        )  # fmt: skip

    def _teammates(self) -> list[tuple[str, str]]:
        """The (key, title) of each choice: adding to what is open, then every teammate, likeliest first."""
        open_ = self._suggested.open
        choices = teammate_choices(self._bench, [one.teammate for one in self._suggested.people])
        if open_ is not None:
            adding = tr("Add to {teammate}'s").format(teammate=open_.teammate)
            choices.insert(0, (f"{_ADDING}{open_.id}", adding))
        return choices

    def _explain(self, _index: int = 0) -> None:
        """Say why this choice, what is open already, or that there is nobody yet."""
        open_, key = self._suggested.open, self.whom.key()
        adding = key.startswith(_ADDING)
        for field in (self.kind, self.needed):
            field.setEnabled(not adding)
        if not key:
            words = [tr("No teammates yet. Add one on the Hand-offs page.")]
        else:
            words = [already(open_, self._today)] if open_ is not None else []
            words += [tr("Your request is added to it.")] if adding else []
            words += [reason(one) for one in self._suggested.people if str(one.teammate.id) == key]
        self.aside.setText(" ".join(filter(None, words)))

    def do(self) -> str:
        """Create the hand-off, or add to the open one; return the toast. Raises UserError if there is no teammate."""
        whom, handoffs = self.whom.key(), self._bench.handoffs
        if not whom:
            msg = tr("Add a teammate on the Hand-offs page first, then hand this off.")
            raise UserError(msg)
        if whom.startswith(_ADDING):
            number = int(whom.removeprefix(_ADDING))
            handoffs.add_to(number, self.ask.text())
            return tr("Added to the hand-off with {teammate}.").format(teammate=handoffs.get(number).teammate)
        made = handoffs.add(
            self._opened.row.id, int(whom), self.ask.text(), kind=self.kind.key(), needed_by=self.needed.iso()
        )
        name = text.name(handoffs.get(made).teammate)
        return tr("Handed to {name}, who gets it with the next file: “Send a file” under Hand-offs").format(name=name)


def teammate_choices(bench: Workbench, first: Sequence[Teammate]) -> list[tuple[str, str]]:
    """The (key, title) of every teammate; these come first, in their order."""
    everyone = {mate.id: mate for mate in (*first, *bench.teammates.all())}
    return [(str(mate.id), f"{mate.name}, {mate.team}" if mate.team else mate.name) for mate in everyone.values()]
