"""The strip that logs what a member said in person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from app.base import clock
from ui.look import text
from ui.look.text import tr
from ui.shared.date_field import DateField
from ui.widgets.scaled import scaled
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.workbench import Workbench


class NoteStrip(Strip):
    """Asks what a member said face to face or on the phone, where, and when."""

    def __init__(self, bench: Workbench, member_id: int, member: str) -> None:
        """For this member, with today as the day."""
        super().__init__(tr("In-person note: {name}").format(name=text.embed(member)), "hand", tr("Save"))
        self._bench, self._member = bench, member_id
        self.about = member_id
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        scaled(self.words, height=72)
        self.place, self.day = (
            QLineEdit(),
            DateField(bench.dates, clock.local(clock.now()).date().isoformat(), back=True),
        )
        self.field(tr("What was said"), self.words, 0, 0, 2)
        self.field(tr("Where"), self.place, 1, 0)
        self.field(tr("Day"), self.day, 1, 1)

    def start(self) -> None:
        """Focus what was said."""
        self.words.setFocus()

    def do(self) -> str:
        """Add it to the member's history; return the toast."""
        self._bench.in_person.note(self._member, self.words.toPlainText(), self.place.text(), self.day.iso())
        return tr("Conversation with {name} logged.").format(name=text.name(self._bench.members.get(self._member).name))
