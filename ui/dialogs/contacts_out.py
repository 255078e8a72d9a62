"""The dialog that sends members out: to a phone, a mail program, HubSpot or Google, or their days to a calendar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.base import clock
from app.base.filenames import safe
from app.base.words import N_
from ui.frame.files import save_path, show_in_folder
from ui.frame.working import Working
from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets.buttons import ActionButton
from ui.widgets.fields import CheckBox, Choice
from ui.widgets.labels import Label
from ui.widgets.reading_order import InReadingOrder

if TYPE_CHECKING:
    from app.base.errors import UserError
    from app.contacts.desk import Sent
    from ui.frame.page import Frame

_PURPOSE, _WIDTH, _FRAME = "export", 520, 40
_CALENDAR = "calendar"
_FORMATS = {
    "vcard": (N_("vCard, for phones and mail programs"), ".vcf"),
    "vcard3": (N_("vCard 3.0, for older phones"), ".vcf"),
    "google": (N_("Google Contacts (CSV)"), ".csv"),
    "hubspot": (N_("HubSpot (CSV)"), ".csv"),
    "rapport": (N_("Table of everything known (CSV)"), ".csv"),
    _CALENDAR: (N_("Calendar file, for birthdays and other days (.ics)"), ".ics"),
}
"""What can be written, as it is called, and how the file's name ends."""
_LISTED, _THIS, _ALL = "listed", "this", "all"


class Chosen(NamedTuple):
    """Whom the page shows: the selected or listed members, whether those are some of all, and the one beside them."""

    listed: Sequence[int]
    is_filtered: bool
    member: tuple[int, str] | None


class ContactsOut(InReadingOrder, QDialog):
    """Asks what to write, about whom, and what of the private facts goes along."""

    def __init__(self, frame: Frame, chosen: Chosen) -> None:
        """Everybody is offered, the list where it is filtered, and the member that is open."""
        super().__init__(frame.window())
        from app.contacts.desk import DATES, PRIVATE  # noqa: PLC0415  few sessions export

        self._frame, self._chosen = frame, chosen
        self.setWindowTitle(tr("Export members"))
        self.setMinimumWidth(min(fonts.px(_WIDTH), self.screen().availableGeometry().width() - _FRAME))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(tr("Export members"), "title"))
        self.form = Choice([(key, tr(words)) for key, (words, _) in _FORMATS.items()], "vcard", tr("Format"))
        self.form.picked.connect(self._turn)
        self.whom = Choice(self._whom(), name=tr("Members"))
        for words, field in ((tr("Format"), self.form), (tr("Members"), self.whom)):
            column.addWidget(Label(words, "meta", "text2"))
            column.addWidget(field)
        self.private = {key: CheckBox(tr(words)) for key, words in PRIVATE.items()}
        self.dates = {key: CheckBox(tr(words)) for key, words in DATES.items()}
        for tick in self.dates.values():
            tick.setChecked(True)
            tick.toggled.connect(self._turn)
        self._of_members = self._ticks(tr("Private facts that go along"), list(self.private.values()))
        self._of_calendar = self._ticks(tr("What goes into the calendar"), list(self.dates.values()))
        column.addWidget(self._of_members)
        column.addWidget(self._of_calendar)
        self.hint = Label("", "meta", "text2", wrap=True)
        column.addWidget(self.hint)
        column.addStretch(1)
        column.addLayout(self._foot())
        self._turn()
        self.form.setFocus()

    def _whom(self) -> list[tuple[str, str]]:
        """The choices of members; what is shown comes first."""
        everybody = self._frame.bench.members.count()
        choices = [(_ALL, text.counted(everybody, "Everybody: {count} member", "Everybody: {count} members"))]
        if self._chosen.is_filtered and self._chosen.listed:
            words = text.counted(len(self._chosen.listed), "These: {count} member", "These: {count} members")
            choices.insert(0, (_LISTED, words))
        if self._chosen.member is not None:
            choices.append((_THIS, tr("Only {name}").format(name=text.name(self._chosen.member[1]))))
        return choices

    @staticmethod
    def _ticks(title: str, ticks: Sequence[QWidget]) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(Label(title, "meta", "text2"))
        for tick in ticks:
            column.addWidget(tick)
        return holder

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        cancel = ActionButton(tr("Cancel"), kind="plain", height=32)
        cancel.clicked.connect(self.reject)
        self.go = ActionButton(tr("Export"), "file-up", "Ctrl ↵", kind="primary", height=32)
        self.go.clicked.connect(self._export)
        row.addWidget(cancel)
        row.addWidget(self.go)
        return row

    def _turn(self, *_: object) -> None:
        """Show what belongs to the format."""
        calendar = self.form.key() == _CALENDAR
        self._of_members.setVisible(not calendar)
        self._of_calendar.setVisible(calendar)
        hint = tr("What isn't ticked stays here. Nothing changes in Rapport.")
        if calendar:
            hint = tr("Import the file again after changes: its dates are replaced, not doubled.")
        elif self.form.key() in ("google", "hubspot"):
            hint = tr("This file is for a program. In a spreadsheet, cells that look like formulas would run.")
        self.hint.setText(hint)
        self.go.setEnabled(not calendar or any(tick.isChecked() for tick in self.dates.values()))
        self.adjustSize()

    def _members(self) -> list[int] | None:
        if self.whom.key() == _THIS and self._chosen.member is not None:
            return [self._chosen.member[0]]
        return list(self._chosen.listed) if self.whom.key() == _LISTED else None

    def _export(self) -> None:
        """Ask where to, and write on a thread of its own."""
        form, memory = self.form.key(), self._frame.memory
        words, ending = _FORMATS[form]
        stem = "calendar" if form == _CALENDAR else "members"
        if self.whom.key() == _THIS and self._chosen.member is not None:
            stem = safe(text.plain(self._chosen.member[1]))[:60].strip() or stem
        name = f"{stem}-{clock.local(clock.now()).date().isoformat()}{ending}"
        path = save_path(self, tr("Export members"), name, f"{tr(words)} (*{ending})", memory.folder(_PURPOSE))
        if path is None:
            return
        memory.keep_folder(_PURPOSE, path.parent)
        working = Working(self._work(form, path, self._members()), "export")
        working.finished.connect(partial(_finished, self._frame, form))
        working.failed.connect(partial(_failed, self._frame))
        working.start()
        self.accept()

    def _work(self, form: str, path: Path, members: list[int] | None) -> Callable[..., Sent]:
        desk = self._frame.bench.contacts
        private = [key for key, tick in self.private.items() if tick.isChecked()]
        dates = [key for key, tick in self.dates.items() if tick.isChecked()]

        def write(*_: object) -> Sent:
            if form == _CALENDAR:
                return desk.calendar(path, dates, members, replace=True)  # the dialog has asked
            return desk.export(path, form, members, private, replace=True)

        return write

    def keyPressEvent(self, event: Any) -> None:  # noqa: ANN401  QKeyEvent
        """Ctrl+Enter exports; plain Enter is swallowed."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and self.go.isEnabled():
                self._export()
            return
        super().keyPressEvent(event)


def _finished(frame: Frame, form: str, sent: Sent) -> None:
    file = text.embed(sent.path.name)
    if form == _CALENDAR:
        words = text.counted(
            sent.count, "{count} date exported to {file}.", "{count} dates exported to {file}.", file=file
        )
    else:
        words = text.counted(
            sent.count, "{count} member exported to {file}.", "{count} members exported to {file}.", file=file
        )
    frame.toast(words, partial(show_in_folder, sent.path), link=tr("Show in folder"))


def _failed(frame: Frame, why: UserError | None) -> None:
    if why is not None:  # a bug is reported by the application's exception hook
        frame.fail(str(why))
