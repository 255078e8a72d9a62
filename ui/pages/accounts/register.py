"""The form for an account's register entry: owner, access, recovery, and what ends when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.accounts.account import Account, Register
from app.base.errors import UserError
from app.base.words import N_
from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import Label
from ui.widgets.panels import Scroll

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
    ("ends_on", N_("When it ends"), N_("For example 2027-03-31. Reminders start 30 days before.")),
)


class RegisterForm(QDialog):
    """A dialog of five fields; Enter saves, Esc closes."""

    def __init__(self, bench: Workbench, parent: QWidget, account: Account) -> None:
        """Start with the saved entry."""
        super().__init__(parent)
        self._bench, self._account = bench, account
        self.setWindowTitle(tr("Register"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(text.plain(account.name), "title", wrap=True))
        about = tr("For whoever takes over one day, and for your policy's account list.")
        column.addWidget(Label(about, "body", "text2", wrap=True))
        self._scroll = Scroll((0, 0, 6, 0), 10)
        column.addWidget(self._scroll, 1)
        self.lines: dict[str, QLineEdit] = {}
        for key, title, words in _FIELDS:
            self._scroll.column.addWidget(self._row(key, tr(title), tr(words)))
        self.wrong = Label("", "body", "danger", wrap=True)
        self.wrong.hide()
        column.addWidget(self.wrong)
        column.addLayout(self._foot())
        self._fit(column)
        self.lines["owner"].setFocus()

    def _row(self, key: str, title: str, words: str) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        line = self.lines[key] = QLineEdit(str(getattr(self._account.register, key)))
        line.setAccessibleName(title)
        line.setAccessibleDescription(words)
        label = Label(title, "heading", "text2", wrap=True)
        label.setBuddy(line)
        for widget in (label, line, Label(words, "meta", "text2", wrap=True)):
            column.addWidget(widget)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        cancel = ActionButton(tr("Close"), kind="plain", height=32)
        cancel.clicked.connect(self.reject)
        go = ActionButton(tr("Save"), "check", "Ctrl ↵", kind="primary", height=32)
        go.clicked.connect(self.keep)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(go)
        return row

    def _fit(self, column: QVBoxLayout) -> None:
        """Fit the height to the fields, at most to the screen."""
        room = self.screen().availableGeometry()
        wide = min(fonts.px(520), room.width() - 48)
        wanted = self._scroll.column.heightForWidth(wide - 48)
        self._scroll.setMinimumHeight(0)
        rest = column.totalMinimumHeightForWidth(wide)
        self._scroll.setMinimumHeight(max(fonts.px(120), min(wanted, room.height() - 48 - rest)))
        self.setMinimumWidth(wide)
        column.activate()
        self.resize(wide, min(room.height() - 48, column.totalMinimumHeightForWidth(wide)))

    def keep(self) -> None:
        """Save and close; a UserError (an unreadable date) is shown in the dialog, which stays open."""
        noted = Register(**{key: line.text().strip() for key, line in self.lines.items()})
        try:
            self._bench.accounts.register(self._account.id, noted)
        except UserError as why:
            self.wrong.setText(str(why))
            self.wrong.show()
            self.lines["ends_on"].setFocus()
            return
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Ctrl+Enter save."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep()
            return
        super().keyPressEvent(event)
