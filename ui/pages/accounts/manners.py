"""The form for an account's place: what is worth knowing there, our own note, who speaks, and how soon we reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.accounts.target import understood, written
from app.base.errors import UserError
from app.outbox.manners import NOTE
from ui.commands.in_use import keymap
from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets.fields import Choice
from ui.widgets.form_dialog import FormDialog, labelled
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.accounts import Account
    from app.workbench import Workbench

_LINES_SHOWN = 4
_SHORT_NAME_CHARS = 48


class MannersForm(FormDialog):
    """A note of several lines, a choice where several can speak, the reply target, and what the channel says."""

    def __init__(self, bench: Workbench, parent: QWidget, account: Account) -> None:
        """Start with the saved note and choice."""
        about = tr("The note is shown at your first reply there, and with {key} whenever you want it.").format(
            key=keymap().name("manners")
        )
        super().__init__(parent, tr("Manners"), text.plain(account.name), about, tr("Close"))
        self._bench, self._account = bench, account
        notes = bench.accounts.notes
        self.note = QPlainTextEdit(notes.note(account.id))
        self.note.setTabChangesFocus(True)
        self.note.setPlaceholderText(tr("Such as: first names only; no links in comments; Jana reads along"))
        self.note.setFixedHeight(self.note.fontMetrics().lineSpacing() * _LINES_SHOWN + fonts.px(20))
        self.fields.addWidget(labelled(self.note, tr("Your note")))
        known = notes.may_speak(account.id)
        self.who_speaks = Choice(
            [("", tr("Ask me")), *((one.key, _shown(one.name)) for one in known)], notes.who_speaks(account.id)
        )
        help_words = tr("A letter that was written to one of your addresses is answered from that one.")
        who = labelled(self.who_speaks, tr("Who speaks"), help_words, left=True)
        who.setVisible(bool(known))
        self.fields.addWidget(who)
        self.target = QLineEdit(written(notes.reply_target(account.id)))
        usual = written(bench.settings.number("answer_hours") * 60)
        self.target.setPlaceholderText(tr("{time}, as in Settings").format(time=usual))
        target_help = tr("In working time, such as 30 min or 4 h. After this, the waiting time turns amber.")
        self.fields.addWidget(labelled(self.target, tr("Reply target"), target_help))
        for point in bench.outbox.manners.points(account.id):
            if point.key != NOTE:
                words = Label(point.text, "body", wrap=True)
                self.fields.addWidget(labelled(words, point.title, name=f"{point.title}: {point.text}"))
        self.fields.addStretch(1)
        self.fit()
        self.note.setFocus()

    def keep(self) -> None:
        """Save and close; what cannot be (a long note, a target that is no time) is said in the dialog, which stays."""
        notes, account = self._bench.accounts.notes, self._account
        try:
            minutes = understood(self.target.text())
        except UserError as why:
            self.complain(str(why))
            self.target.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            notes.put(account.id, self.note.toPlainText(), account.name)
        except UserError as why:
            self.complain(str(why))
            self.note.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        notes.put_reply_target(account.id, minutes, account.name)
        notes.put_who_speaks(account.id, self.who_speaks.key(), account.name)
        self.accept()


def _shown(name: str) -> str:
    """A name for the list box, which takes an & for a mnemonic."""
    return text.short(name, _SHORT_NAME_CHARS).replace("&", "&&")
