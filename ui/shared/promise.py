"""The strips of promises: what is promised to whom and by when, and why one is dropped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from ui.look import text
from ui.look.text import tr
from ui.shared.date_field import DateField
from ui.widgets.fields import Choice
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.inbox import Opened
    from app.workbench import Workbench

Person = tuple[int, str]
"""A member's id and name."""


def people_of(bench: Workbench, opened: Opened) -> list[Person]:
    """The members to whom something can be promised in a conversation: whom a reply goes to first."""
    first = opened.answering.member_id if opened.answering is not None else opened.row.member_id
    found = [one.member_id for one in opened.speakers if one.member_id is not None]
    numbers = dict.fromkeys(number for number in (first, opened.row.member_id, *found) if number is not None)
    return [(number, bench.members.get(number).name) for number in numbers]


class PromiseStrip(Strip):
    """Asks what is promised, to whom and by when."""

    def __init__(
        self,
        bench: Workbench,
        people: Sequence[Person],
        conversation_id: int | None = None,
        handoff_id: int | None = None,
    ) -> None:
        """`people` are those to whom it may be promised, the likeliest first."""
        name = people[0][1]
        title = tr("Promise to {name}").format(name=text.embed(name)) if len(people) == 1 else tr("Promise")
        super().__init__(title, "circle-dot", tr("Note it"))
        self._bench, self._conversation, self._handoff = bench, conversation_id, handoff_id
        self.about = (people[0][0], conversation_id, handoff_id)
        self.what = QLineEdit()
        self.what.setPlaceholderText(tr("Send the price list"))
        self.due = DateField(bench.dates)
        self.whom = Choice([(str(number), who) for number, who in people])
        self.field(tr("What you'll do"), self.what, 0, 0, 2)
        self.field(tr("By"), self.due, 0, 2)
        if len(people) > 1:
            self.field(tr("For"), self.whom, 1, 0, 2)
        self.aside.setText(tr("It's open until you've told them, and on Today when it's due."))

    def start(self) -> None:
        """Focus what is promised."""
        self.what.setFocus()

    def do(self) -> str:
        """Note the promise; return the toast. Raises UserError without words, or with a date that means none."""
        member = int(self.whom.key())
        due = self.due.iso()
        self._bench.promises.add(member, self.what.text(), due, self._conversation, handoff_id=self._handoff)
        name = text.name(self._bench.members.get(member).name)
        if not due:
            return tr("Promised to {name}.").format(name=name)
        return tr("Promised to {name}: by {day}.").format(name=name, day=text.iso_day(due))


class DropStrip(Strip):
    """Asks why a promise can't be kept."""

    def __init__(self, bench: Workbench, promise: int) -> None:
        """For the promise with this id."""
        found = bench.promises.get(promise)
        super().__init__(
            tr("Drop the promise “{what}”?").format(what=text.embed(found.what, 80)), "circle-dot", tr("Drop it")
        )
        self._bench, self._promise = bench, promise
        self.about = promise
        self.why = QLineEdit()
        self.why.setPlaceholderText(tr("It's sold out, and they know"))
        self.field(tr("Why"), self.why, 0, 0)
        self.aside.setText(tr("Esc keeps it open."))

    def start(self) -> None:
        """Focus the reason."""
        self.why.setFocus()

    def do(self) -> str:
        """Drop it; return the toast. Raises UserError without a reason."""
        self._bench.promises.drop(self._promise, self.why.text())
        member = self._bench.promises.get(self._promise).member_id
        return tr("Promise to {name} dropped.").format(name=text.name(self._bench.members.get(member).name))
