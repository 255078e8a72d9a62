"""The strip that gives hand-offs to teammates: a file for one, a file for each, or letters that bring them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from app.base import clock
from app.base.errors import UserError
from app.export.giving import Due
from ui.frame import files
from ui.look import text
from ui.look.text import tr
from ui.widgets.fields import CheckBox, Choice
from ui.widgets.labels import Label
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.workbench import Workbench

EACH, EVERYBODY = "each", ""
_SAVE, _LETTER = "save", "letter"


class FileStrip(Strip):
    """Gives a teammate's hand-offs, or each teammate's, in files of the format that they like."""

    drafted = Signal(object)
    """The ids of the letters that were drafted, as a list."""

    def __init__(self, bench: Workbench, teammate: int | None = None, *, each: bool = False) -> None:
        """Start with this teammate's id, with everybody, or with each who is to be given something new."""
        super().__init__(tr("Send a file"), "file-up", tr("Save as…"))
        self._bench, self.about = bench, EACH if each else teammate
        self._all = {due.teammate.id: due for due in bench.giving.due(everything=True)}
        if teammate is not None and teammate not in self._all:
            self._all[teammate] = bench.giving.due_for(teammate)
        self._new = [due for due in self._all.values() if due.news]
        chosen = EACH if each or (teammate is None and self._new) else str(teammate or EVERYBODY)
        self.whom = Choice(self._choices(), chosen)
        self.way = Choice([(_SAVE, tr("A file to save")), (_LETTER, tr("A letter with the file"))], _SAVE)
        self.separator = Choice(
            [(",", tr("Comma")), (";", tr("Semicolon, for Excel in many countries")), ("\t", tr("Tab"))]
        )
        self.private = CheckBox(tr("Include e-mail, address and phone"))
        self.listed = Label("", "body", "text2", wrap=True)
        self.field(tr("To"), self.whom, 0, 0, 2)
        self.field(tr("How"), self.way, 1, 0)
        self.field(tr("Separator"), self.separator, 1, 1)
        self.form.addWidget(self.listed, 4, 0, 1, 2)
        self.form.addWidget(self.private, 5, 0, 1, 2)
        self.whom.picked.connect(self._changed)
        self.way.picked.connect(self._changed)
        self._changed()

    def _choices(self) -> list[tuple[str, str]]:
        waiting = sum(len(due.rows) for due in self._all.values())
        each = text.counted(
            len(self._new), "{count} teammate with something new", "{count} teammates with something new, a file each"
        )
        one = [
            (str(due.teammate.id), tr("{name}, {count} open").format(name=due.teammate.name, count=len(due.rows)))
            for due in self._all.values()
        ]
        everybody = (EVERYBODY, tr("Everybody in one file, {count} open").format(count=waiting))
        return [*([(EACH, each)] if self._new else []), everybody, *one]

    def start(self) -> None:
        """Focus the teammate."""
        self.whom.setFocus(Qt.FocusReason.OtherFocusReason)

    def _dues(self) -> list[Due]:
        """Who gets a file, in the order of the list; nobody in particular where all goes into one."""
        key = self.whom.key()
        if key == EACH:
            return self._new
        return [self._all[int(key)]] if key else []

    def _changed(self, _key: str = "") -> None:
        """Say who gets what, and what the button does."""
        dues, each = self._dues(), self.whom.key() == EACH
        letter = self.way.key() == _LETTER
        if dues and not each:
            self.separator.set_key(dues[0].how.separator)
        self.separator.setEnabled(not each and not letter and (not dues or dues[0].how.format == "csv"))
        self.listed.setText("\n".join(_line(due) for due in dues))
        self.listed.setVisible(bool(dues))
        titles = (tr("Draft the letter"), tr("Draft the letters")) if letter else (tr("Save as…"), tr("Save in…"))
        self.go.set_title(titles[each])
        self.aside.setText(
            tr("Nothing is sent yet: you read the letter and send it.")
            if letter
            else tr("It opens in any spreadsheet. Rapport doesn't send it.")
        )

    def do(self) -> str:
        """Make the files or letters; return the toast. Raises UserError if no file was chosen or nothing is to give."""
        if self.way.key() == _LETTER:
            return self._letters()
        return self._save_each() if self.whom.key() == EACH else self._save_one()

    def _letters(self) -> str:
        dues = self._dues()
        if not dues:
            raise UserError(tr("Choose whom the letter is for."))
        drafts = self._bench.giving.letters([due.teammate.id for due in dues], private=self.private.isChecked())
        self.drafted.emit([draft.id for draft in drafts])
        return text.counted(
            len(drafts), "Letter to {names} drafted. Nothing is sent yet.",
            "{count} letters drafted: {names}. Nothing is sent yet.", names=_names(dues),
        )  # fmt: skip

    def _save_each(self) -> str:
        folder = files.choose_folder(self, tr("Where to save the files"))
        if folder is None:
            raise UserError(_nothing())
        dues = self._dues()
        done = self._bench.giving.save_each(folder, [due.teammate.id for due in dues], private=self.private.isChecked())
        return text.counted(
            len(done), "{count} file saved in {folder}, for {names}. Send it yourself; Rapport doesn't.",
            "{count} files saved in {folder}, for {names}. Send them yourself; Rapport doesn't.",
            folder=text.isolate(str(folder)), names=_names(dues),
        )  # fmt: skip

    def _save_one(self) -> str:
        dues = self._dues()
        name = dues[0].name if dues else f"handoffs-all-{clock.local(clock.now()).date().isoformat()}.csv"
        path: Path | None = files.save_path(self, tr("Send a file"), name, tr("Tables (*.csv *.xlsx)"))
        if path is None:
            raise UserError(_nothing())
        from dataclasses import replace  # noqa: PLC0415  few sessions export

        to = dues[0].teammate.id if dues else None
        how = self._bench.giving.options(to, private=self.private.isChecked(), replace=True)  # the dialog has asked
        plain = path.suffix.casefold() == ".csv"
        how = replace(how, separator=self.separator.key(), xlsx=how.xlsx and not plain)
        written = self._bench.export.file("handoffs", path, how)
        rows = text.counted(written.rows, "{count} hand-off", "{count} hand-offs")
        sentence = tr("{handoffs} exported to {file}. Send the file yourself; Rapport doesn't.")
        if dues:
            sentence = tr("{handoffs} for {name} exported to {file}. Send the file yourself; Rapport doesn't.")
        told = sentence.format(handoffs=rows, file=text.isolate(str(written.path)), name=_names(dues))
        return " ".join([told, *written.notes])


def _line(due: Due) -> str:
    """What a teammate gets: "Jón Einarsson: 2 new of 3, handoffs-Jon-2026-12-01.csv"."""
    new, of = len(due.news), len(due.rows)
    line = tr("{name}: {new} new of {count}, in {file}").format(
        name=text.name(due.teammate.name), new=new, count=of, file=due.name
    )
    if not of:
        line = tr("{name} has nothing to answer.").format(name=text.name(due.teammate.name))
    return tr("{what} · away now").format(what=line) if due.away else line


def _names(dues: list[Due]) -> str:
    return ", ".join(text.name(due.teammate.name) for due in dues)


def _nothing() -> str:
    return tr("Nothing was saved: choose where to save the file.")
