"""The strip that writes a dated note on a member, or changes or deletes one."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit

from app.base import clock
from ui.look import text
from ui.look.text import tr
from ui.shared.date_field import DateField
from ui.widgets.buttons import LinkButton
from ui.widgets.scaled import scaled
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.workbench import Workbench


class DatedNoteStrip(Strip):
    """Asks for the words of a note and its day."""

    def __init__(self, bench: Workbench, member_id: int, member: str, note: int | None = None) -> None:
        """A new note on this member, or the one with this id."""
        name = text.embed(member)
        title = tr("Note on {name}") if note is None else tr("Change the note on {name}")
        super().__init__(title.format(name=name), "notebook-pen", tr("Save"))
        self._bench, self._member, self._note = bench, member_id, note
        self.about = (member_id, note)
        _, kept = bench.members.own.note(note) if note is not None else (member_id, None)
        self._at = kept.at if kept is not None else clock.now()
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setPlainText(kept.text if kept is not None else "")
        scaled(self.words, height=72)
        self._shown = clock.local(self._at).date().isoformat()
        self.day = DateField(bench.dates, self._shown, back=True)
        self.field(tr("Note"), self.words, 0, 0, 2)
        self.field(tr("Day"), self.day, 1, 0)
        if kept is not None:
            self.drop = LinkButton(tr("Delete this note"), tone="danger")
            self.drop.clicked.connect(self._delete)
            self.field("", self.drop, 1, 1)

    def start(self) -> None:
        """Focus the words."""
        self.words.setFocus()

    def do(self) -> str:
        """Write it; return the toast."""
        own, words, at = self._bench.members.own, self.words.toPlainText(), self._when()
        if self._note is None:
            own.add_note(self._member, words, at)
        else:
            own.edit_note(self._note, words, at)
        return tr("Note on {name} saved.").format(name=self._name())

    def _when(self) -> int:
        """The note's time while its day is left as it was; else noon of the day that was chosen."""
        chosen = self.day.iso()
        if chosen == self._shown:
            return self._at
        return clock.at_local(datetime.combine(date.fromisoformat(chosen), time(12)))

    def _delete(self) -> None:
        if self._note is not None:
            self._bench.members.own.remove_note(self._note)
            self.finished.emit(tr("Note on {name} deleted.").format(name=self._name()))

    def _name(self) -> str:
        return text.name(self._bench.members.get(self._member).name)
