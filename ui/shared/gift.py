"""The form that logs a gift, shared by the inbox and the Delight page, which differ in how the member is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from app.base import money
from app.base.errors import UserError
from app.gifts import LEFT, OCCASION_NAMES, STAGES, likely_occasion, reason
from app.members import allergies
from app.members.cautions import of_gift
from ui.look import money as look
from ui.look import text
from ui.look.text import tr
from ui.shared import gift_state
from ui.shared.asked_once import AskedOnce
from ui.widgets.fields import Choice
from ui.widgets.scaled import scaled
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.gifts import GiftItem, Stock
    from app.inbox import Opened
    from app.workbench import Workbench


class OccasionChoice(Choice):
    """A list box of occasions."""

    def __init__(self, current: str) -> None:
        """Start with this occasion's key."""
        super().__init__([(key, tr(name)) for key, name in OCCASION_NAMES.items()], current)


class GiftItemChoice(Choice):
    """A list box of the items that are offered, each with its cost and what is left; none is chosen for other words."""

    def __init__(self, bench: Workbench, current: str) -> None:
        """Start with the item of this name."""
        self._items = {item.id: item for item in bench.gifts.items.listed()}
        left = {one.id: one for one in bench.gifts.stock()}
        titles = [(str(item.id), _titled(item, left.get(item.id))) for item in self._items.values()]
        chosen = bench.gifts.items.number(current)
        super().__init__([("", tr("Something else")), *titles], str(chosen or ""))

    def gift_item(self) -> GiftItem | None:
        """The chosen item, or None."""
        return self._items.get(int(self.key() or 0))


def _titled(item: GiftItem, stock: Stock | None) -> str:
    """An item's name with its cost, and how many there are."""
    parts = [item.name, *([look.bare(item.worth, item.currency)] if item.worth else [])]
    if stock is not None:
        parts.append((tr("{count}, reorder") if stock.low else tr("{count} left")).format(count=stock.on_hand))
    return " · ".join(parts)


class GiftForm(Strip):
    """Item, value, reason, occasion and stage, with likely defaults; `made` is the gift's id once it is logged."""

    made: int | None = None

    def __init__(self, bench: Workbench, title: str, occasion: str, whom: QWidget | None = None) -> None:
        """`whom` is a widget to choose the member, if they are not known."""
        super().__init__(title, "gift", tr("Log the gift"), "delight")
        self._bench = bench
        self._offered = ""
        self._stock_asked = ""  # the last question about the stock
        self._cautioned: tuple[int, str] | None = None  # the member of the last caution, and what it said
        self._asked = AskedOnce()
        usual = bench.gifts.usual()
        self.item, self.worth, self.why = QLineEdit(usual.item), QLineEdit(usual.worth), QLineEdit()
        self.of, self.fit, self.card = GiftItemChoice(bench, usual.item), QLineEdit(), QLineEdit()
        self.currency = QLineEdit(usual.currency)
        self._costs = usual.worth  # what was filled in: another item fills in its own, a typed value stays
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
        self.field(tr("From the items"), self.of, 2, 0)
        self.field(tr("Size"), self.fit, 2, 1)
        self.field(tr("On the card"), self.card, 2, 2, 2)
        self._sizes()
        self.of.picked.connect(self._picked)
        self.item.textEdited.connect(self._named)
        self.card.textChanged.connect(self._look)
        self._offer()

    def _picked(self, _key: str) -> None:
        """Fill in what the chosen item is called and costs."""
        item = self.of.gift_item()
        if item is not None:
            self.item.setText(item.name)
            self._fill_in_cost(item)
        self._sizes()

    def _fill_in_cost(self, item: GiftItem) -> None:
        """Fill in what an item costs."""
        self._costs = money.short(item.worth, item.currency) if item.worth else ""
        self.worth.setText(self._costs)
        self.currency.setText(item.currency)

    def _named(self, typed: str) -> None:
        """Follow the name of an item that is typed, with its cost unless one was typed; other words are no item."""
        self.of.set_key(str(self._bench.gifts.items.number(typed) or ""))
        item = self.of.gift_item()
        if item is not None and item.worth and self.worth.text() == self._costs:
            self._fill_in_cost(item)
        self._sizes()

    def _sizes(self) -> None:
        """Say which sizes there are."""
        item = self.of.gift_item()
        self.fit.setPlaceholderText(", ".join(item.sizes) if item is not None else "")
        if item is not None and item.sizes and self.fit.text() not in item.sizes:
            self.fit.clear()

    def _look(self, words: str) -> None:
        """Show what the voice guide says about the card."""
        said = self._bench.cards.says(words, self._whom())
        self.wrong.setText(said)
        self.wrong.setVisible(bool(said))

    def _whom(self) -> int | None:
        """The member who gets it, or None while nobody is chosen."""
        try:
            return self.receiver()[0]
        except UserError:
            return None

    def _ask(self, state: str) -> None:
        """Raise UserError for a card that is stopped, and once with the question whether to ship what isn't there."""
        stopped = self._bench.cards.stops(self.card.text(), self._whom())
        if stopped:
            self.card.setFocus(Qt.FocusReason.OtherFocusReason)
            raise UserError(stopped)
        item = self.of.gift_item()
        question = self._bench.gifts.items.asks(item.id, self.fit.text()) if item and state in LEFT else ""
        if question and self._stock_asked != question:
            self._stock_asked = question
            raise UserError(question + " " + tr("Press again to log it all the same."))

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

        Raises UserError for missing fields, and once per value and stage if it goes over the budget: submitting again
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
        item = self.of.gift_item()
        allergy = "" if item is None else allergies.warns(self._bench.store.read, member, item.id)
        caution = " ".join(filter(None, (of_gift(self._bench.members.get(member)), allergy)))
        if caution and self._cautioned != (member, caution):
            self._cautioned = member, caution
            raise UserError(caution + " " + tr("Press again to log it all the same."))
        worth, state = money.parse(self.worth.text(), money.code(self.currency.text())), self.state.key()
        self._ask(state)
        self.made = self._asked.step((member, worth, state), lambda asked: self._bench.gifts.log(
            member, self.item.text(), self.why.text(), worth, conversation_id=conversation, state=state,
            occasion=self.occasion.key(), size=self.fit.text(), card_text=self.card.text(),
            item_id=item.id if item is not None else None, over=asked,
        ))  # fmt: skip
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
