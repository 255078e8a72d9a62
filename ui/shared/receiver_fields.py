"""To, Cc, Bcc and From of a letter: fields that complete members' addresses, and say what is wrong where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.base.errors import UserError
from app.base.message import Addressee
from app.inbox import addressing
from app.inbox.addressing import BCC, CC, ROLES, TO, Addressing, Letter, begun, in_field, typed
from ui.look import text
from ui.look.text import tr
from ui.shared.address_field import AddressField, Complete
from ui.widgets.fields import Choice
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.accounts.senders import Sender


class ReceiverFields(QWidget):
    """Shows an Addressing and gives back what the person made of it. Rows without a choice are hidden."""

    changed = Signal()
    """The person has changed a receiver or the sender."""
    entered = Signal()
    """Enter was pressed: on to the words."""
    left = Signal()
    """Esc was pressed."""

    def __init__(self, complete: Complete, parent: QWidget | None = None) -> None:
        """`complete` finds members' addresses for letters typed; empty until `show_addressing`."""
        super().__init__(parent)
        self._shown, self._author, self._letter = Addressing(), tuple[Addressee, ...](), Letter()
        self._filling, self._whole = False, True
        titles = {TO: tr("To"), CC: tr("Cc"), BCC: tr("Bcc")}
        self.fields = {role: AddressField(titles[role], complete) for role in ROLES}
        self.wrong = {role: Label("", "meta", "danger", wrap=True) for role in ROLES}
        self.from_address = Choice(name=tr("Send from"))
        self.from_address.setMinimumWidth(1)  # else the longest address would widen all rows
        self._from_label = Label(tr("From"), "meta", "text2")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self._labels: dict[str, Label] = {}
        for row, role in enumerate(ROLES):
            label = self._labels[role] = Label(titles[role], "meta", "text2")
            label.setBuddy(self.fields[role])
            grid.addWidget(label, 2 * row, 0)
            grid.addWidget(self.fields[role], 2 * row, 1)
            grid.addWidget(self.wrong[role], 2 * row + 1, 1)
            self.wrong[role].hide()
        grid.addWidget(self._from_label, 2 * len(ROLES), 0)
        grid.addWidget(self.from_address, 2 * len(ROLES), 1, Qt.AlignmentFlag.AlignLeft)
        self._connect()

    def _connect(self) -> None:
        for field in self.fields.values():
            field.textChanged.connect(self._typed)
            field.finished.connect(self._finished)
            field.entered.connect(self.entered)
            field.left.connect(self.left)
        self.from_address.picked.connect(self._sender_picked)

    def show_addressing(
        self,
        chosen: Addressing,
        author: Sequence[Addressee] = (),
        senders: Sequence[Sender] = (),
        sender: str = "",
        letter: Letter | None = None,
    ) -> None:
        """Show whom a letter goes to. What is typed in a field stays if it means the same.

        `author` are the mailboxes of the one whom it answers, who gets it if nobody else is chosen; `letter` is their
        letter. `senders` are what it can come from, `sender` the address among them that it comes from now.
        """
        typing = self.has_focus() and self.value() == chosen
        self._shown, self._author, self._letter = chosen, tuple(author), letter or Letter()
        self._filling = True
        for role, boxes in zip(ROLES, (chosen.to or self._author, chosen.cc, chosen.bcc), strict=True):
            field = self.fields[role]
            if not typing and begun(field.toPlainText(), role) != tuple(box._replace(role=role) for box in boxes):
                field.set_words(in_field(boxes))
                self._mark(role, "")
        self.from_address.set_choices([(one.address, _named(one)) for one in senders], sender)
        self._show_rows()
        self._filling = False

    def set_whole(self, *, whole: bool) -> None:
        """Show all rows, or only those where something is wrong."""
        self._whole = whole
        self._show_rows()

    def _show_rows(self) -> None:
        for role, field in self.fields.items():
            for widget in (self._labels[role], field):
                widget.setVisible(self._whole or not self.wrong[role].isHidden())
        several = self._whole and self.from_address.count() > 1
        self._from_label.setVisible(several)
        self.from_address.setVisible(several)

    def value(self) -> Addressing:
        """Whom the letter goes to by now. What is no address yet stands in it as one, and sending refuses it."""
        to, cc, bcc = (begun(self.fields[role].toPlainText(), role) for role in ROLES)
        if _addresses(to) == _addresses(self._author):
            to = ()
        chosen = self._shown._replace(to=to, cc=cc, bcc=bcc)
        everybody = (*(to or self._author), *cc, *bcc)
        return chosen._replace(to_list=addressing.reaches_list(everybody, self._letter, chosen))

    def problem(self) -> str:
        """What is wrong with the first field that is wrong, which is then shown under it; "" if all is well."""
        first = ""
        for role in ROLES:
            words = self._judged(role)
            self._mark(role, words)
            first = first or words
        return first

    def _judged(self, role: str) -> str:
        try:
            typed(self.fields[role].toPlainText(), role)
        except UserError as why:
            return str(why)
        return ""

    def go_to_problem(self) -> None:
        """Focus the first field that is wrong."""
        for role, label in self.wrong.items():
            if not label.isHidden():
                self.go_to(role)
                return

    def go_to(self, role: str = TO) -> None:
        """Focus a field, with the cursor at its end."""
        self.fields[role].setFocus(Qt.FocusReason.OtherFocusReason)
        self.fields[role].moveCursor(self.fields[role].textCursor().MoveOperation.End)

    def tab_after(self, before: QWidget) -> None:
        """Put the rows behind this widget in the order of Tab."""
        for field in (*self.fields.values(), self.from_address):
            QWidget.setTabOrder(before, field)
            before = field

    def has_focus(self) -> bool:
        """Whether one of the fields has the focus."""
        return any(field.hasFocus() for field in (*self.fields.values(), self.from_address))

    def _typed(self) -> None:
        if not self._filling:
            for role, label in self.wrong.items():  # what is wrong is said when a field is left, and gone once mended
                if not label.isHidden():
                    self._mark(role, self._judged(role))
            self.changed.emit()

    def _finished(self) -> None:
        """Judge what was typed; an empty To goes back to whom the letter answers."""
        if self._author and not self.fields[TO].toPlainText().strip(" ,;"):
            self.fields[TO].set_words(in_field(self._author))
        self.problem()

    def _mark(self, role: str, words: str) -> None:
        label, field = self.wrong[role], self.fields[role]
        label.setText(text.breakable(words))
        label.setVisible(bool(words))
        field.setAccessibleDescription(words)

    def _sender_picked(self, address: str) -> None:
        self._shown = self._shown._replace(sender=address)
        self.changed.emit()


def _named(sender: Sender) -> str:
    """An address of ours with its name, for the list box, which takes an & for a mnemonic."""
    words = f"{sender.name} <{sender.address}>" if sender.name else sender.address
    return words.replace("&", "&&")


def _addresses(boxes: Sequence[Addressee]) -> list[str]:
    return [box.address.lower() for box in boxes]
