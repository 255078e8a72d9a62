"""The strips about a teammate: adding or changing one, and thanking one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.following import helped
from app.handoffs import ANSWERED
from app.teammates import FILE_COLUMNS, FORMATS, SEPARATORS
from ui.look import text
from ui.look.text import tr
from ui.shared.date_field import DateField
from ui.widgets.fields import CheckBox, Choice
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.teammates import Teammate
    from app.workbench import Workbench

_LINES = ("name", "role", "team", "email", "languages", "subjects", "note", "file_columns")
_MOST_ANSWERED, _MAX_HELPED_CHARS = 8, 70
"""How many answered hand-offs can be named in thanks, the latest first, and how much of each is shown."""


class TeammateStrip(Strip):
    """Adds a teammate, or changes one."""

    def __init__(self, bench: Workbench, teammate: Teammate | None = None) -> None:
        """Start with this teammate, or with a new one."""
        title = tr("New teammate") if teammate is None else tr("Edit {name}").format(name=text.name(teammate.name))
        super().__init__(title, "users", tr("Save"))
        self._bench, self._mate = bench, teammate
        self.about = teammate.id if teammate is not None else "new"
        self.lines: dict[str, QLineEdit | DateField] = {key: QLineEdit() for key in _LINES} | {
            key: DateField(bench.dates) for key in ("away_from", "away_until")
        }
        for key, example in (
            ("languages", tr("Czech, en")), ("subjects", tr("refund, parcel, photo rights")),
            ("file_columns", tr("all of them")),
        ):  # fmt: skip
            line = self.lines[key]
            if isinstance(line, QLineEdit):
                line.setPlaceholderText(example)
        self.lines["file_columns"].setToolTip(", ".join(FILE_COLUMNS))
        self.stand_in, self.separator = Choice(), Choice([(key, tr(word)) for key, word in SEPARATORS.items()])
        self.format = Choice(list(FORMATS.items()))
        self._lay_out()
        self._show()

    def _lay_out(self) -> None:
        for title, key, row, column, span in (
            (tr("Name"), "name", 0, 0, 1), (tr("Role"), "role", 0, 1, 1), (tr("Team"), "team", 0, 2, 1),
            (tr("E-mail"), "email", 0, 3, 1), (tr("Helps with (comma-separated)"), "subjects", 1, 0, 2),
            (tr("Languages"), "languages", 1, 2, 1), (tr("Note"), "note", 1, 3, 1),
            (tr("Away from"), "away_from", 2, 0, 1), (tr("Away until"), "away_until", 2, 1, 1),
            (tr("File columns"), "file_columns", 3, 0, 1),
        ):  # fmt: skip
            self.field(title, self.lines[key], row, column, span)
        self.field(tr("Stand-in"), self.stand_in, 2, 2, 2)
        self.field(tr("File type"), self.format, 3, 1)
        self.field(tr("Separator"), self.separator, 3, 2, 2)
        self.format.currentIndexChanged.connect(self._separable)

    def _separable(self, _index: int = 0) -> None:
        self.separator.setEnabled(self.format.key() == "csv")

    def start(self) -> None:
        """Focus the name."""
        self.lines["name"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        mate = self._mate
        others = [(str(one.id), one.name) for one in self._bench.teammates.all() if mate is None or one.id != mate.id]
        stand_in = str(mate.stand_in_id) if mate is not None and mate.stand_in_id else ""
        self.stand_in.set_choices([("", tr("Nobody")), *others], stand_in)
        if mate is None:
            return
        shown = {
            "name": mate.name, "role": mate.role, "team": mate.team, "email": mate.email, "note": mate.note,
            "languages": ", ".join(mate.languages), "subjects": ", ".join(mate.subjects),
            "file_columns": ", ".join(mate.file_columns), "away_from": mate.away_from, "away_until": mate.away_until,
        }  # fmt: skip
        for key, line in self.lines.items():
            line.setText(shown[key])
            if isinstance(line, QLineEdit):
                line.setCursorPosition(0)
        self.separator.set_choices([(key, tr(word)) for key, word in SEPARATORS.items()], mate.file_separator)
        self.format.set_choices(list(FORMATS.items()), mate.file_format)
        self._separable()

    def do(self) -> str:
        """Save; return the toast. Raises UserError if the name is empty or taken, or a field cannot be read."""
        values: dict[str, object] = {
            key: line.iso() if isinstance(line, DateField) else line.text() for key, line in self.lines.items()
        }
        values["subjects"] = [part.strip() for part in self.lines["subjects"].text().split(",") if part.strip()]
        values["stand_in_id"] = int(self.stand_in.key()) if self.stand_in.key() else None
        values |= {"file_separator": self.separator.key(), "file_format": self.format.key()}
        if self._mate is None:
            name = str(values.pop("name"))
            self.made = self._bench.teammates.add(name, **values)
            return tr("{name} is now a teammate.").format(name=text.name(name))
        self._bench.teammates.edit(self._mate.id, values)
        return tr("{name} saved.").format(name=text.name(str(values["name"])))

    made: int | None = None
    """The id of the teammate who was added."""


class ThankStrip(Strip):
    """Keeps a word of thanks to a teammate, and drafts a letter that says it, unless it is only to be noted."""

    letter: int | None = None
    """The draft that was made, to be shown."""

    def __init__(self, bench: Workbench, teammate: Teammate) -> None:
        """Start with nothing said, about what they answered last."""
        super().__init__(tr("Thank {name}").format(name=text.name(teammate.name)), "heart", tr("Thank"))
        self._bench, self._mate = bench, teammate
        self.about = teammate.id
        answered = [one for one in bench.handoffs.of_teammate(teammate.id) if one.status in ANSWERED][:_MOST_ANSWERED]
        choices = [(str(one.id), text.embed(helped(one), _MAX_HELPED_CHARS)) for one in answered]
        self.helped = Choice([*choices, ("", tr("Nothing in particular"))], choices[0][0] if choices else "")
        self.helped.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.words = QLineEdit()
        self.words.setPlaceholderText(tr("What they did, and what it meant to the member"))
        self.write = CheckBox(tr("Draft a letter to them"))
        self.write.setAccessibleName(tr("Draft a letter to {name}").format(name=text.plain(teammate.name)))
        reaches = bench.following.can_write_to(teammate.id)
        self.write.setEnabled(reaches)
        self.write.setChecked(reaches)
        self.field(tr("Your words"), self.words, 0, 0)
        self.field(tr("They helped with"), self.helped, 1, 0)
        self.form.addWidget(self.write, 4, 0)
        self.write.toggled.connect(self._explain)
        self._explain()

    def _explain(self) -> None:
        if not self.write.isEnabled():
            why = tr("It's only noted here: there's no e-mail address for them, or no account that sends e-mail.")
        elif self.write.isChecked():
            why = tr("You'll see the letter before you send it.")
        else:
            why = tr("It's only noted here.")
        self.aside.setText(why)

    def start(self) -> None:
        """Focus the words."""
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self) -> str:
        """Keep the words; return the toast. Raises UserError without any."""
        name, number = text.name(self._mate.name), int(self.helped.key()) if self.helped.key() else None
        if not self.write.isChecked():
            self._bench.teammates.thank(self._mate.id, self.words.text(), number)
            return tr("Thanks to {name} noted.").format(name=name)
        draft = self._bench.following.thank(self._mate.id, self.words.text(), number)
        self.letter = draft.id if draft is not None else None
        return tr("Thanks to {name} noted. The letter isn't sent yet.").format(name=name)
