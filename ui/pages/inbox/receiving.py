"""The receivers of a letter in the composer: what is offered at a press, and the fields, made at their first use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.base.errors import UserError
from app.inbox.addressing import CC, Addressing, Letter, refuse_unusable
from ui.look import fonts, text
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
FOLDED, WRONG, WHOLE = range(3)
_MIN_FIELDS_HEIGHT = 58  # a field, and what is wrong with it


def reply_to_all_words(everybody: Addressing) -> str:
    """What the offer to reply to all is called: how many more that reaches, or that it reaches the mailing list."""
    more = len(everybody.cc)
    if everybody.to_list and more == 1:
        return tr("Reply to all and the list")
    return text.counted(more, "Reply to all ({count} more)", "Reply to all ({count} more)")


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
    spread = Signal(int)
    """How much room the fields take: FOLDED, only those with a mistake (WRONG), or all (WHOLE)."""

    def __init__(self, bench: Workbench) -> None:
        """Start hidden, until `show_letter`."""
        super().__init__()
        self._bench = bench
        self.fields: ReceiverFields | None = None
        self.follows: QWidget | None = None
        """What comes before the fields in the order of Tab; Qt takes nothing there that cannot have the focus."""
        self._chosen, self._author, self._letter = Addressing(), tuple["Addressee", ...](), Letter()
        self._senders: Sequence[Sender] = ()
        self._sender = ""
        self._settled = True
        self._moot = False
        self.offers: dict[str, ActionButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._chips = QWidget()
        self._scroll = _Low()
        self._scroll.hide()
        self._flow = Flow(self._chips)
        self._column.addWidget(self._scroll)
        self._column.addWidget(self._chips)
        self._chips.hide()
        self.hide()

    # --- what is shown

    def show_letter(
        self, chosen: Addressing, author: Sequence[Addressee], letter: Letter, everybody: Addressing, alone: str
    ) -> None:
        """Show whom a letter goes to. `author` are the mailboxes of the one whom it answers, `letter` is theirs.

        `everybody` is a reply to all; `alone` is the name to offer a plain reply to, "" if it
        is one.
        """
        self._chosen, self._author, self._letter = chosen, tuple(author), letter
        offers = {}
        if everybody.cc and not chosen.cc:
            offers[ALL] = reply_to_all_words(everybody)
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
        self._show_chips()

    def set_moot(self, *, moot: bool) -> None:
        """Offer no other receivers while nothing can be sent to any."""
        self._moot = moot
        self._show_chips()
        self._show_or_hide()

    def _show_chips(self) -> None:
        offered = any(not button.isHidden() for button in self.offers.values())
        self._chips.setVisible(offered and not self.is_open and not self._moot)

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
        return not self._scroll.isHidden()

    def value(self) -> Addressing:
        """Whom the letter goes to by now."""
        return self.fields.value() if self.fields is not None and self.is_open else self._chosen

    def open(self, role: str = CC) -> None:
        """Show the fields and focus that of `role`."""
        if self.fields is None:
            self.fields = self._made()
        self._spread(WHOLE)
        self._show_fields()
        self.fields.go_to(role)

    def _made(self) -> ReceiverFields:
        from ui.shared.receiver_fields import ReceiverFields  # noqa: PLC0415  made at first use

        made = ReceiverFields(self._bench.members.mailboxes)
        self._scroll.setWidget(made)
        if self.follows is not None:
            made.tab_after(self.follows)
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
        if now is None or self.fields is None or not self.is_open:
            return
        if self.isAncestorOf(now):
            self._spread(WHOLE)
            self._scroll.ensureWidgetVisible(now)
            return
        if not self._settled:
            self._settled = True
            self.settled.emit()
        if self.fields.problem():
            self._spread(WRONG)
        else:
            self.fold()

    def _spread(self, how: int) -> None:
        if self.fields is not None:
            self.fields.set_whole(whole=how == WHOLE)
            self._scroll.setVisible(how != FOLDED)
        self._show_chips()
        self._show_or_hide()
        self.spread.emit(how)

    def fold(self) -> None:
        """Hide the fields; whom it goes to stays."""
        if self.is_open:
            self._spread(FOLDED)
        else:
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


class _Low(QScrollArea):
    """As tall as its fields, but gives way in a low window, where they scroll."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.viewport().setAutoFillBackground(False)

    def setWidget(self, widget: QWidget) -> None:
        super().setWidget(widget)
        widget.setAutoFillBackground(False)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for another height when the fields do."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        inner = self.widget()
        if inner is None:
            return QSize(0, 0)
        layout = inner.layout()
        width = self.viewport().width()
        tall = layout.totalHeightForWidth(width) if layout is not None and layout.hasHeightForWidth() else -1
        return QSize(inner.sizeHint().width(), max(tall, inner.sizeHint().height()) if tall < 0 else tall)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self.sizeHint().height(), fonts.px(_MIN_FIELDS_HEIGHT)))


_ICONS = {ALL: "users", LIST: "globe", ALONE: "user"}


def _boxes(chosen: Addressing) -> tuple[Addressee, ...]:
    return (*chosen.to, *chosen.cc, *chosen.bcc)


def _is_usable(address: str) -> bool:
    try:
        refuse_unusable(address)
    except UserError:
        return False
    return True
