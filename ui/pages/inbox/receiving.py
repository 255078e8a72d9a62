"""The receivers of a letter in the composer: what is offered at a press, and the fields, made at their first use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.base.errors import UserError
from app.inbox.addressing import CC, Addressing, Letter, refuse_unusable
from ui.look import text
from ui.look.text import tr
from ui.widgets.buttons import ActionButton
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.accounts.senders import Sender
    from app.base.message import Addressee
    from app.workbench import Workbench
    from ui.shared.receiver_fields import ReceiverFields

ALL, LIST, ALONE = "all", "list", "alone"


class Receiving(QWidget):
    """Hidden while there is nothing to offer and nobody types receivers."""

    pressed = Signal(str)
    """An offer was pressed: ALL, LIST or ALONE."""
    typed = Signal()
    """Receivers or the sender have changed; `value` has them."""
    settled = Signal()
    """The fields were left after a change."""
    entered = Signal()
    """Enter or Esc was pressed in a field: on to the words."""

    def __init__(self, bench: Workbench) -> None:
        """Start hidden, until `show_letter`."""
        super().__init__()
        self._bench = bench
        self.fields: ReceiverFields | None = None
        self._chosen, self._author, self._letter = Addressing(), tuple["Addressee", ...](), Letter()
        self._senders: Sequence[Sender] = ()
        self._sender = ""
        self._settled = True
        self.offers: dict[str, ActionButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._chips = QWidget()
        self._flow = Flow(self._chips)
        self._column.addWidget(self._chips)
        self._chips.hide()
        self.hide()

    # --- what is shown

    def show_letter(
        self, chosen: Addressing, author: Sequence[Addressee], letter: Letter, others: int, alone: str
    ) -> None:
        """Show whom a letter goes to. `author` are the mailboxes of the one whom it answers, `letter` is theirs.

        `others` is how many more a reply to all would reach; `alone` is the name to offer a plain reply to, "" if it
        is one.
        """
        self._chosen, self._author, self._letter = chosen, tuple(author), letter
        offers = {}
        if others and not chosen.cc:
            offers[ALL] = text.counted(others, "Reply to all ({count} more)", "Reply to all ({count} more)")
        if letter.mailing_list and not chosen.to_list:
            offers[LIST] = tr("Reply to the list")
        if alone:
            offers[ALONE] = tr("Reply to {name} only").format(name=alone)
        self._offer(offers)
        self._show_fields()
        self._show_or_hide()

    def nothing(self) -> None:
        """Hide all: it is no letter."""
        self._chosen = Addressing()
        self._offer({})
        self.fold()

    def set_senders(self, senders: Sequence[Sender], sender: str) -> None:
        """The addresses of ours that it can come from, and the one that it comes from."""
        self._senders, self._sender = senders, sender
        self._show_fields()

    def _offer(self, offers: dict[str, str]) -> None:
        for name, button in self.offers.items():
            button.setVisible(name in offers)
        for name, title in offers.items():
            if name not in self.offers:
                button = self.offers[name] = ActionButton(title, _ICONS[name], kind="chip", height=24)
                button.setObjectName(name)
                button.clicked.connect(self._pressed)
                self._flow.addWidget(button)
            self.offers[name].set_title(title)
            self.offers[name].show()
        self._chips.setVisible(bool(offers))

    def _show_or_hide(self) -> None:
        self.setVisible(not self._chips.isHidden() or self.is_open)

    def _pressed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.pressed.emit(sender.objectName())

    # --- the fields

    @property
    def is_open(self) -> bool:
        """Whether the fields are shown."""
        return self.fields is not None and not self.fields.isHidden()

    def value(self) -> Addressing:
        """Whom the letter goes to by now."""
        return self.fields.value() if self.fields is not None and self.is_open else self._chosen

    def open(self, role: str = CC) -> None:
        """Show the fields and focus that of `role`."""
        if self.fields is None:
            self.fields = self._made()
        self.fields.show()
        self.show()
        self._show_fields()
        self.fields.go_to(role)

    def _made(self) -> ReceiverFields:
        from ui.shared.receiver_fields import ReceiverFields  # noqa: PLC0415  made at first use

        made = ReceiverFields(self._bench.members.mailboxes, self)
        made.hide()
        self._column.insertWidget(0, made)
        made.changed.connect(self._typed)
        made.entered.connect(self._leave)
        made.left.connect(self._leave)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
        return made

    def _show_fields(self) -> None:
        if self.fields is not None and self.is_open:
            self.fields.show_addressing(self._chosen, self._author, self._senders, self._sender, self._letter)

    def _typed(self) -> None:
        self._settled = False
        self.typed.emit()

    def _leave(self) -> None:
        self.entered.emit()

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Fold the fields once the words have the focus: the head says by then whom it goes to."""
        if now is None or self.fields is None or not self.is_open or self.isAncestorOf(now):
            return
        if not self._settled:
            self._settled = True
            self.settled.emit()
        if not self.fields.problem():
            self.fold()

    def fold(self) -> None:
        """Hide the fields; whom it goes to stays."""
        if self.fields is not None:
            self.fields.hide()
        self._show_or_hide()

    def stops(self) -> bool:
        """Whether a receiver is no address: then the field is shown with what is wrong, and has the focus."""
        wrong = next((box.role for box in _boxes(self._chosen) if not _is_usable(box.address)), None)
        if wrong is None and not (self.is_open and self.fields is not None and self.fields.problem()):
            return False
        if not self.is_open:
            self.open(wrong or CC)
        if self.fields is not None and self.fields.problem():
            self.fields.go_to_problem()
        return True


_ICONS = {ALL: "users", LIST: "globe", ALONE: "user"}


def _boxes(chosen: Addressing) -> tuple[Addressee, ...]:
    return (*chosen.to, *chosen.cc, *chosen.bcc)


def _is_usable(address: str) -> bool:
    try:
        refuse_unusable(address)
    except UserError:
        return False
    return True
