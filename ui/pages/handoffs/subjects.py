"""The strip that says who answers for a subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from app.base.errors import UserError
from ui.look import text
from ui.look.text import tr
from ui.shared.owning import NOBODY, keep_owner, owner_choices
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.workbench import Workbench


class SubjectStrip(Strip):
    """A subject, who answers for it, and who stands in; those that have somebody are listed."""

    def __init__(self, bench: Workbench) -> None:
        """Start empty; known subjects are offered while one types."""
        super().__init__(tr("Who's responsible for a subject"), "users", tr("Save"))
        self._bench = bench
        self.subject = QLineEdit()
        self.subject.setPlaceholderText(tr("invoices, allergens, press photos"))
        helped = {subject for mate in bench.teammates.all() for subject in mate.subjects}
        owned = [one for one in bench.responsible.all() if one.subject]
        completer = QCompleter(sorted({*helped, *(one.subject for one in owned)}, key=str.casefold), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self._typed)
        self.subject.setCompleter(completer)
        self.subject.editingFinished.connect(self._typed)
        self.owner, self.stand_in = owner_choices(bench, None)
        self.field(tr("Subject"), self.subject, 0, 0, 2)
        self.field(tr("Who's responsible"), self.owner, 1, 0)
        self.field(tr("Stands in while they are away"), self.stand_in, 1, 1)
        lines = [tr("{what}: {name}").format(what=one.what, name=text.name(one.teammate or tr("You"))) for one in owned]
        self.aside.setText(" · ".join(lines) or tr("Hand-offs about it are offered to them first."))

    def start(self) -> None:
        """Focus the subject."""
        self.subject.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self, _words: str = "") -> None:
        """Show who answers for it so far."""
        known = self._bench.responsible.of_subject(self.subject.text())
        if known is not None and self.owner.key() == NOBODY:
            owner, stand_in = owner_choices(self._bench, known)
            self.owner.set_key(owner.key())
            self.stand_in.set_key(stand_in.key())

    def do(self) -> str:
        """Save; return the toast. Raises UserError without a subject or anybody who answers for it."""
        subject = self.subject.text().strip()
        known = self._bench.responsible.of_subject(subject) if subject else None
        if not subject:
            raise UserError(tr("Name the subject, such as invoices."))
        if self.owner.key() == NOBODY and known is None:
            raise UserError(tr("Choose who's responsible for it."))
        keep_owner(self._bench, subject, known, self.owner, self.stand_in)
        if self.owner.key() == NOBODY:
            return tr("No one in particular is responsible for {what} now.").format(what=text.isolate(subject))
        name = text.name(self.owner.currentText())
        return tr("{name}: responsible for {what}.").format(name=name, what=text.isolate(subject))
