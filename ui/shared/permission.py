"""The strips of works: asking a member for permission to use what they made, and noting what they said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from app.base.words import N_
from app.works import KIND_NAMES, Work, standing
from app.works.desk import Said
from ui.look import text
from ui.look.text import tr
from ui.shared.date_field import DateField
from ui.widgets.buttons import LinkButton
from ui.widgets.fields import Choice
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.workbench import Workbench

GRANTED, REFUSED, WITHDRAWN = "granted", "refused", "withdrawn"
_ANSWERS = {
    GRANTED: N_("Yes, we may use it"), REFUSED: N_("No, they don't want it used"),
    WITHDRAWN: N_("They've taken it back"),
}  # fmt: skip
_MAX_TITLE_CHARS = 60


class AskStrip(Strip):
    """Asks what a message brings, what it is for, and begins the reply that asks; or only notes it."""

    begun = Signal(int)
    """The draft that asks is there; carries its conversation."""

    def __init__(self, bench: Workbench, message_id: int) -> None:
        """For what this message brought: noted already, or about to be. Raises UserError for a message of ours."""
        super().__init__(tr("Ask for permission to use this"), "camera", tr("Write the question"))
        self._bench, self._message, self._only_note = bench, message_id, False
        known = next(iter(bench.works.of_message(message_id)), None)
        self._known = known
        self.about = message_id
        offered = bench.works.offer(message_id)
        self.kind = Choice(
            [(key, tr(title)) for key, title in KIND_NAMES.items()], known.kind if known else offered.kind
        )
        self.title = QLineEdit(known.title if known else offered.title)
        self.what = QLineEdit(known.for_what if known else "")
        self.what.setPlaceholderText(tr("Our newsletter in May"))
        self.field(tr("Kind"), self.kind, 0, 0)
        self.field(tr("What you'll call it"), self.title, 0, 1, 2)
        self.field(tr("What you want it for, in their language"), self.what, 1, 0, 3)
        self.only_note = LinkButton(tr("Only note it, ask later"))
        self.only_note.clicked.connect(self._note_only)
        self.form.addWidget(self.only_note, 4, 0, 1, 3, Qt.AlignmentFlag.AlignLeft)
        self.only_note.setVisible(known is None)
        self.aside.setText(tr("Until they say yes, Rapport stops what you publish with it."))

    def start(self) -> None:
        """Focus what it is for."""
        self.what.setFocus()

    def do(self) -> str:
        """Note it, and begin the draft; return the toast. Raises UserError."""
        work = self._noted()
        if self._only_note:
            words = tr("Noted “{title}” by {name}: it isn't used before they say yes.")
            return words.format(title=text.embed(work.title, _MAX_TITLE_CHARS), name=text.name(work.member))
        begun = self._bench.works.ask(work.id, self._bench.templates, self.what.text())
        self.begun.emit(begun.conversation_id)
        return tr("The question to {name} is in your draft. Nothing is sent yet.").format(name=text.name(work.member))

    def _noted(self) -> Work:
        works = self._bench.works
        if self._known is None:
            number = works.add(self._message, self.kind.key(), self.title.text(), self.what.text())
            self._known = works.get(number)
        elif (self._known.kind, self._known.title) != (self.kind.key(), self.title.text()):
            works.change(self._known.id, {"kind": self.kind.key(), "title": self.title.text()})
        return works.get(self._known.id)

    def _note_only(self) -> None:
        self._only_note = True
        self.act()
        self._only_note = False


class SaidStrip(Strip):
    """Asks what a member said about a work: yes with its terms, no, or that it is taken back."""

    def __init__(self, bench: Workbench, work: Work, message_id: int | None = None) -> None:
        """`message_id` is the message in which they said it, None if they said it elsewhere."""
        title = tr("What did {name} say about “{title}”?")
        super().__init__(
            title.format(name=text.embed(work.member), title=text.embed(work.title, _MAX_TITLE_CHARS)), "camera",
            tr("Note it"),
        )  # fmt: skip
        self._bench, self._work, self._message = bench, work, message_id
        self.about = (work.id, message_id)
        can = [GRANTED, WITHDRAWN] if standing(work) == GRANTED else [GRANTED, REFUSED]
        self.answer = Choice([(key, tr(_ANSWERS[key])) for key in can])
        self.what = QLineEdit(work.for_what)
        self.what.setPlaceholderText(tr("Our newsletter in May"))
        self.credit = QLineEdit(work.credit or bench.works.credit(work.id, message_id))
        self.credit.setPlaceholderText(tr("Leave it empty for none"))
        self.until = DateField(bench.dates, text.iso_day(work.until_on) if work.until_on else "")
        self.note = QLineEdit(work.note)
        self.field(tr("Answer"), self.answer, 0, 0, 2)
        self.field(tr("For what"), self.what, 0, 2)
        self.field(tr("Credit line"), self.credit, 1, 0, 2)
        self.field(tr("Until (empty: no end)"), self.until, 1, 2)
        self.field(tr("Your note"), self.note, 2, 0, 3)
        self.answer.activated.connect(self._chosen)
        self._chosen(0)

    def _chosen(self, _place: int) -> None:
        """Terms belong to a yes."""
        yes = self.answer.key() == GRANTED
        for field in (self.what, self.credit, self.until):
            field.setEnabled(yes)
        said = (
            tr("What you publish with it needs the credit line.") if yes else tr("Texts that use it will be stopped.")
        )
        self.aside.setText(said)

    def start(self) -> None:
        """Focus the answer."""
        self.answer.setFocus()

    def do(self) -> str:
        """Note it; return the toast. Raises UserError for a date that means none, or is over."""
        works, name = self._bench.works, text.name(self._work.member)
        title, answer = text.embed(self._work.title, _MAX_TITLE_CHARS), self.answer.key()
        note = self.note.text()
        if answer == GRANTED:
            until = self.until.iso()
            works.grant(
                self._work.id, Said(self.what.text(), self.credit.text(), until, self._message, note=note)
            )  # fmt: skip
            if until:
                words = tr("{name} gave permission for “{title}” until {day}.")
                return words.format(name=name, title=title, day=text.iso_day(until))
            return tr("{name} gave permission for “{title}”.").format(name=name, title=title)
        said = Said(message_id=self._message, note=note)
        if answer == WITHDRAWN:
            works.withdraw(self._work.id, said)
            return tr("{name} took back permission for “{title}”.").format(name=name, title=title)
        works.refuse(self._work.id, said)
        return tr("{name} doesn't want “{title}” used.").format(name=name, title=title)
