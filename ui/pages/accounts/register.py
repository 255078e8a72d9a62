"""The form for an account's register entry: owner, access, recovery, what ends when, and who answers for it here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from app.accounts.account import Account, Register
from app.base.errors import UserError
from app.base.words import N_
from ui.look import text
from ui.look.text import tr
from ui.shared.date_field import DateField
from ui.shared.owning import keep_owner, owner_choices
from ui.widgets.form_dialog import FormDialog, labelled

if TYPE_CHECKING:
    from app.workbench import Workbench

_FIELDS = (
    ("owner", N_("Who owns it"), N_("The organisation, by its legal name; a person only if there is no alternative.")),
    ("others", N_("Who else has access"), N_("Names, separated by commas. At least one stand-in.")),
    (
        "recovery",
        N_("Account recovery"),
        N_("Which mailbox or phone, and where the recovery codes are kept. Never the password."),
    ),
    ("ends_what", N_("What ends"), N_("A token, a contract, a certificate, someone’s time here.")),
    ("ends_on", N_("When it ends"), N_("Reminders start 30 days before.")),
)


class RegisterForm(FormDialog):
    """A dialog of five fields and who answers for it; Enter saves, Esc closes."""

    def __init__(self, bench: Workbench, parent: QWidget, account: Account) -> None:
        """Start with the saved entry."""
        about = tr("For whoever takes over one day, and for your policy's account list.")
        super().__init__(parent, tr("Register"), text.plain(account.name), about, tr("Close"))
        self._bench, self._account = bench, account
        self.lines: dict[str, QLineEdit | DateField] = {}
        for key, title, words in _FIELDS:
            noted = str(getattr(account.register, key))
            line = self.lines[key] = DateField(bench.dates, noted) if key == "ends_on" else QLineEdit(noted)
            self.fields.addWidget(labelled(line, tr(title), tr(words)))
        self._known = bench.responsible.of_account(account.id)
        self.responsible, self.stand_in = owner_choices(bench, self._known)
        words = tr("Hand-offs of its conversations are offered to them first.")
        self.fields.addWidget(labelled(self.responsible, tr("Who's responsible"), words))
        self.fields.addWidget(labelled(self.stand_in, tr("Stands in while they are away")))
        self.fit()
        self.lines["owner"].setFocus()

    def keep(self) -> None:
        """Save and close; a UserError (an unreadable date) is shown in the dialog, which stays open."""
        try:
            noted = Register(**{
                key: line.iso() if isinstance(line, DateField) else line.text().strip()
                for key, line in self.lines.items()
            })  # fmt: skip
            self._bench.accounts.register(self._account.id, noted)
        except UserError as why:
            self.complain(str(why))
            self.lines["ends_on"].setFocus()
            return
        try:
            keep_owner(self._bench, self._account.id, self._known, self.responsible, self.stand_in)
        except UserError as why:
            self.complain(str(why))
            self.stand_in.setFocus()
            return
        self.accept()
