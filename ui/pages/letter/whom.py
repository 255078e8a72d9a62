"""Whom a new message goes to and why this way is the likeliest, or where a post goes; and through which account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.base import clock
from app.base.errors import UserError
from app.base.message import Addressee
from app.inbox.addressing import BCC, CC, TO, Addressing
from app.outbox import aimed, is_post, why_likeliest, why_not_a_post
from ui.look import text
from ui.look.text import tr
from ui.pages.letter.venue import VenueRow
from ui.shared.receiver_fields import ReceiverFields
from ui.widgets.avatar import Chip
from ui.widgets.buttons import ActionButton
from ui.widgets.fields import CheckBox, Choice
from ui.widgets.flow import Flow
from ui.widgets.labels import Label
from ui.widgets.panels import empty_layout
from ui.widgets.segments import SegmentSwitch

if TYPE_CHECKING:
    from app.accounts.senders import Sender
    from app.outbox import Destination, LetterDraft, Reach
    from app.workbench import Workbench

_LOOK_UP_DELAY_MS = 300
_SEPARATORS = ",;\n"
MESSAGE, POST = "message", "post"


class Whom(QWidget):
    """Shows a draft's receivers and gives back what the person made of them."""

    changed = Signal()
    """The person has changed the account, a receiver or the sender."""
    readdressed = Signal(object)
    """The person has chosen another account or way: carries the LetterDraft."""
    turned = Signal(str)
    """The person has said that it is a POST, or a MESSAGE to somebody."""
    entered = Signal()
    """Enter was pressed in a field: on to the words."""
    left = Signal()
    """Esc was pressed in a field."""

    def __init__(self, bench: Workbench) -> None:
        """Start empty, until `show_draft`."""
        super().__init__()
        self._bench = bench
        self._draft: LetterDraft | None = None
        self._filling = False
        self.what = SegmentSwitch(
            [(MESSAGE, tr("Write to somebody")), (POST, tr("Post in public"))], name=tr("What you write")
        )
        self.account = Choice(name=tr("Send through"))
        self.fields = ReceiverFields(bench.members.mailboxes)
        self.handles = QLineEdit()
        self.handles.setAccessibleName(tr("To"))
        self.handles.setPlaceholderText(tr("Name, or handle such as @anna@mastodon.social"))
        self.venue = VenueRow(bench)
        self.together = CheckBox(tr("One letter to all, who see each other"))
        self.seen, self.where = Chip(tr("Private"), "", "lock"), Label("", "meta", "text2", wrap=True)
        self.why = Label("", "meta", "text3", wrap=True)
        self._ways = QWidget()
        self._flow = Flow(self._ways)
        self._reaches: list[Reach] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LOOK_UP_DELAY_MS)
        self._timer.timeout.connect(self.changed)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.what)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._through = Label(tr("Through"), "meta", "text2")
        self._through.setBuddy(self.account)
        head.addWidget(self._through)
        head.addWidget(self.account)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self.fields)
        column.addWidget(self.handles)
        column.addWidget(self.venue)
        column.addWidget(self.together)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.seen)
        line.addWidget(self.where, 1)
        column.addLayout(line)
        column.addWidget(self.why)
        column.addWidget(self._ways)

    def _connect(self) -> None:
        self.account.picked.connect(self._account_picked)
        self.fields.changed.connect(self._typed)
        self.fields.entered.connect(self.entered)
        self.fields.left.connect(self.left)
        self.handles.textEdited.connect(self._typed)
        self.handles.returnPressed.connect(self.entered)
        self.venue.changed.connect(self.changed)
        self.venue.field.entered.connect(self.entered)
        self.venue.field.left.connect(self.left)
        self.together.toggled.connect(self._toggled)
        self.what.chosen.connect(self.turned)

    # --- what is shown

    def show_draft(self, draft: LetterDraft, goes: Destination) -> None:
        """Show whom a draft goes to; what is typed in a field stays if it means the same."""
        same = self._draft is not None and self._draft.id == draft.id and self._draft.account_id == draft.account_id
        self._draft = draft
        self._filling = True
        letters = self._bench.letters
        accounts = letters.posting_accounts() if goes.post else letters.accounts()
        others = letters.accounts() if goes.post else letters.posting_accounts()
        self.what.set_current(POST if goes.post else MESSAGE)
        self.what.setVisible(bool(others) and not why_not_a_post(draft))
        self.account.set_choices(
            [(str(one.id), one.name.replace("&", "&&")) for one in accounts], str(draft.account_id)
        )
        for widget in (self._through, self.account):
            widget.setVisible(len(accounts) > 1)
        self._through.setText(tr("On") if goes.post else tr("Through"))
        senders = self._senders(draft) if goes.by_mail else []
        to, cc, bcc = (tuple(box for box in draft.receivers if box.role == role) for role in (TO, CC, BCC))
        self.fields.setVisible(goes.by_mail)
        self.handles.setVisible(not goes.by_mail and not goes.post)
        self.venue.show_draft(draft)
        if goes.by_mail:
            who_speaks = self._bench.accounts.notes.who_speaks(draft.account_id) if draft.account_id is not None else ""
            sender = draft.sender or who_speaks or (senders[0].address if senders else "")
            self.fields.show_addressing(Addressing(to, cc, bcc, draft.sender), (), senders, sender)
        elif not goes.post and not (same and self.handles.hasFocus()):
            self.handles.setText(", ".join(box.name or box.address for box in draft.receivers))
        self.together.setChecked(draft.together)
        self.together.setVisible(goes.by_mail and len(to) > 1 and not cc and not bcc)
        self._filling = False
        self._show_ways(draft, goes)

    def _senders(self, draft: LetterDraft) -> list[Sender]:
        return self._bench.accounts.signatures.senders(draft.account_id) if draft.account_id is not None else []

    def _show_ways(self, draft: LetterDraft, goes: Destination) -> None:
        """Say where it goes, and for a member why this way is the likeliest, with the others to choose."""
        self.where.setText(text.breakable(goes.problem or goes.sentence))
        said = any(not label.isHidden() and label.text() == self.where.text() for label in self.fields.wrong.values())
        typing = self.fields.has_focus() or (self.venue.field.hasFocus() and self.venue.field.isModified())
        half_typed = bool(goes.problem and draft.receivers) and typing  # judged when it is left
        self.where.setVisible(not said and not half_typed)
        begun = any(box.name or box.address for box in draft.receivers)
        self.where.set_tone("text2" if goes.letters or not begun else "danger")
        self.seen.set(*((tr("Post"), "warn", "globe") if goes.post else (tr("Private"), "", "lock")))
        self.seen.setVisible(bool(goes.letters) or goes.post)
        self._reaches = self._bench.letters.reaches(draft.member_id) if draft.member_id is not None else []
        addressed = {(draft.account_id, box.address.lower()) for box in draft.receivers}
        current = next((w for w in self._reaches if (w.account_id, w.address.lower()) in addressed), None)
        self.why.setText(why_likeliest(current, clock.now()) if current is not None else "")
        self.why.setVisible(current is not None)
        others = [way for way in self._reaches if way != current]
        empty_layout(self._flow)
        for way in others:
            button = ActionButton(
                tr("{address} instead").format(address=text.isolate(way.label)), kind="chip", height=24
            )
            button.setProperty("way", self._reaches.index(way))
            button.clicked.connect(self._way_chosen)
            self._flow.addWidget(button)
        self._ways.setVisible(bool(others))

    # --- what the person does

    def value(self, draft: LetterDraft, *, by_mail: bool) -> LetterDraft:
        """The draft with what stands in the fields by now. What is no address yet stands in it as one."""
        if is_post(draft):
            return draft._replace(receivers=(self.venue.field.value(),))
        if by_mail:
            chosen = self.fields.value()
            boxes = (*chosen.to, *chosen.cc, *chosen.bcc)
            return draft._replace(
                receivers=boxes, sender=chosen.sender, together=self.together.isChecked(),
                member_id=self._member(draft, boxes),
            )  # fmt: skip
        if not self.handles.isModified():
            return draft
        boxes = tuple(self._resolved(draft, piece) for piece in _pieces(self.handles.text()))
        return draft._replace(receivers=boxes, together=False, member_id=self._member(draft, boxes))

    def _member(self, draft: LetterDraft, boxes: tuple[Addressee, ...]) -> int | None:
        """The member whom the message is for: as before while it still goes to them, else whose the address is."""
        if len(boxes) != 1:
            return draft.member_id if not boxes else None
        if any(way.address.lower() == boxes[0].address.lower() for way in self._reaches):
            return draft.member_id
        try:
            return self._bench.letters.find(boxes[0].address, draft.account_id).member_id
        except UserError:
            return None

    def _resolved(self, draft: LetterDraft, piece: str) -> Addressee:
        """A handle, or a member's name, as a receiver; what is neither stands as it was typed."""
        try:
            way = self._bench.letters.find(piece, draft.account_id)
        except UserError:
            return Addressee(TO, "", piece)
        return Addressee(TO, way.name, way.address)

    def problem(self) -> str:
        """What is wrong in the fields of a letter, shown under the field; "" if all is well."""
        return self.fields.problem() if not self.fields.isHidden() else ""

    def focus_first(self) -> None:
        """Focus the field of receivers, or of the place of a post."""
        if not self.venue.isHidden():
            self.venue.field.setFocus()
        elif self.fields.isHidden():
            self.handles.setFocus()
        else:
            self.fields.go_to(TO)

    def _typed(self) -> None:
        if not self._filling:
            self._timer.start()

    def settle(self) -> None:
        """Take what is typed now, without waiting for a pause."""
        if self._timer.isActive():
            self._timer.stop()
            self.changed.emit()

    def _toggled(self) -> None:
        if not self._filling:
            self.changed.emit()

    def _account_picked(self, number: str) -> None:
        """Send through another account: to the same member there, if they can be reached."""
        if self._draft is None:
            return
        account = int(number)
        if is_post(self._draft):
            self._readdress(self._bench.letters.as_post(self._draft, account))
            return
        way = next((way for way in self._reaches if way.account_id == account), None)
        if way is not None:
            self._readdress(aimed(self._draft, way))
            return
        kinds = {one.id: one.kind for one in self._bench.letters.accounts()}
        before = self._draft.account_id or 0
        receivers = self._draft.receivers if kinds.get(account) == kinds.get(before) else ()
        self._readdress(self._draft._replace(account_id=account, receivers=receivers, sender=""))

    def _way_chosen(self) -> None:
        draft, pressed = self._draft, self.sender()
        if draft is not None:
            self._readdress(aimed(draft, self._reaches[int(pressed.property("way"))]))

    def _readdress(self, draft: LetterDraft) -> None:
        self.handles.setModified(False)
        self.readdressed.emit(draft)


def _pieces(words: str) -> list[str]:
    for sign in _SEPARATORS:
        words = words.replace(sign, ",")
    return [piece.strip() for piece in words.split(",") if piece.strip()]
