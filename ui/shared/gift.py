"""The form that logs a gift, shared by the inbox and the Delight page, which differ in how the member is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from app.base import money
from app.base.errors import UserError
from app.gifts import OCCASION_NAMES, STAGES, likely_occasion, reason
from app.members.cautions import of_gift
from ui.look import text
from ui.look.text import tr
from ui.shared import gift_state
from ui.widgets.fields import Choice
from ui.widgets.scaled import scaled
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.inbox import Opened
    from app.workbench import Workbench


class OccasionChoice(Choice):
    """A list box of occasions."""

    def __init__(self, current: str) -> None:
        """Start with this occasion's key."""
        super().__init__([(key, tr(name)) for key, name in OCCASION_NAMES.items()], current)


class GiftForm(Strip):
    """Item, value, reason, occasion and stage, with likely defaults; `made` is the gift's id once it is logged."""

    made: int | None = None

    def __init__(self, bench: Workbench, title: str, occasion: str, whom: QWidget | None = None) -> None:
        """`whom` is a widget to choose the member, if they are not known."""
        super().__init__(title, "gift", tr("Log the gift"), "delight")
        self._bench = bench
        self._offered = ""
        self._cautioned: int | None = None  # the member of the last caution
        self._last_warning: tuple[money.Money, str] | None = None  # (value, stage) of the last budget warning
        usual = bench.gifts.usual()
        self.item, self.worth, self.why = QLineEdit(usual.item), QLineEdit(usual.worth), QLineEdit()
        self.currency = QLineEdit(usual.currency)
        scaled(self.currency, max_width=72)
        self.why.setPlaceholderText(tr("What they did: a gift needs a reason"))
        self.occasion = OccasionChoice(occasion)
        self.occasion.currentIndexChanged.connect(self._offer)
        self.state = Choice([(key, gift_state.title(key)) for key in STAGES], "idea")
        if whom is not None:
            self.field(tr("For"), whom, 0, 0)
        self.field(tr("What"), self.item, 0, 0 if whom is None else 1, 2 if whom is None else 1)
        self.field(tr("Value"), self.worth, 0, 2)
        self.field(tr("Currency"), self.currency, 0, 3)
        self.field(tr("Reason"), self.why, 1, 0, 2)
        self.field(tr("Occasion"), self.occasion, 1, 2)
        self.field(tr("Stage"), self.state, 1, 3)
        self._offer()

    def subject(self) -> tuple[str, list[str]]:
        """What it may be about: a conversation's title, and what the member said there, oldest first."""
        return "", []

    def _offer(self, _index: int = 0) -> None:
        """Fill in the reason of the occasion, unless the person wrote another one."""
        if self.why.text() == self._offered:
            self._offered = reason(self.occasion.key(), *self.subject())
            self.why.setText(self._offered)
            self.why.setCursorPosition(0)

    def start(self) -> None:
        """Focus the first of what, value and reason that is empty, else the reason; typing replaces what is there."""
        fields = (self.item, self.worth, self.why)
        wanted = next((field for field in fields if not field.text().strip()), self.why)
        wanted.setFocus(Qt.FocusReason.TabFocusReason)
        whole = len(wanted.text())
        wanted.setSelection(whole, -whole)  # backwards, so that its beginning is in sight

    def receiver(self) -> tuple[int, int | None]:
        """Return (member id, conversation id or None). Raises UserError if nobody is chosen."""
        raise NotImplementedError

    def said_of(self, member: int) -> None:
        """Show which gifts the member has had so far."""
        self.aside.setText(text.sentence(self._bench.gifts.said_of(member)))

    def do(self) -> str:
        """Log the gift; return the toast.

        Raises UserError for missing fields, and once per value and stage if it is over the budget: submitting again
        logs it.
        """
        member, conversation = self.receiver()
        for field, question in (
            (self.item, tr("Enter what the gift is.")),
            (self.worth, tr("Enter its value, such as 15 or 15.50.")),
            (self.why, tr("Enter a reason: every gift needs one.")),
        ):
            if not field.text().strip():
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                raise UserError(question)
        caution = of_gift(self._bench.members.get(member))
        if caution and self._cautioned != member:
            self._cautioned = member
            raise UserError(caution + " " + tr("Press again to log it all the same."))
        worth, state = money.parse(self.worth.text(), money.code(self.currency.text())), self.state.key()
        warning = self._bench.gifts.budgets.warning(worth.amount, worth.currency, state=state)
        if warning and self._last_warning != (worth, state):
            self._last_warning = (worth, state)
            msg = warning + " " + tr("Press again to log it all the same.")
            raise UserError(msg)
        self.made = self._bench.gifts.log(
            member, self.item.text(), self.why.text(), worth, conversation_id=conversation, state=state,
            occasion=self.occasion.key(),
        )  # fmt: skip
        return tr("{item} for {name}: logged.").format(
            item=text.embed(self.item.text()), name=text.name(self._bench.members.get(member).name)
        )


class GiftStrip(GiftForm):
    """Logs a gift for the member of a conversation."""

    def __init__(self, bench: Workbench, opened: Opened) -> None:
        """Show which gifts the member has had so far."""
        name = text.embed(opened.row.member)
        self._opened = opened
        occasion = likely_occasion(unhappy=opened.row.unhappy or bench.handoffs.makes_good(opened.row.id))
        super().__init__(bench, tr("A gift for {name}").format(name=name), occasion)
        self.about = opened.row.id
        self.form.setColumnStretch(0, 3)  # the reason has a title in it
        if opened.row.member_id is not None:
            self.said_of(opened.row.member_id)

    def receiver(self) -> tuple[int, int | None]:
        """The conversation's member and id. Raises UserError if no member has written."""
        row = self._opened.row
        if row.member_id is None:
            msg = tr("Nobody but us has written here yet, so there is nobody to give a gift to.")
            raise UserError(msg)
        return row.member_id, row.id

    def subject(self) -> tuple[str, list[str]]:
        """The conversation's title, and what was said in it."""
        said = [line.text for line in self._opened.lines if line.kind == "said" and not line.out]
        return self._opened.row.title, said
