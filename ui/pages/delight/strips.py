"""Strips below the table: log a gift, edit one, set its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.base import money
from app.base.errors import UserError
from app.base.words import N_
from app.deserving import Proposal, telling
from app.gifts import Gift, cannot_ship
from ui.look import text
from ui.look.text import tr
from ui.pages.delight import words
from ui.pages.delight.leaving import Leaving
from ui.shared import gift_state
from ui.shared.asked_once import AskedOnce
from ui.shared.date_field import DateField
from ui.shared.gift import GiftForm, OccasionChoice
from ui.shared.member_chooser import MemberChooser
from ui.widgets.buttons import LinkButton
from ui.widgets.fields import CheckBox
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.workbench import Workbench

ADDRESS = (
    ("recipient", N_("Recipient")),
    ("address_1", N_("Address")),
    ("address_2", N_("Address line 2")),
    ("postal_code", N_("Postal code")),
    ("city", N_("Town")),
    ("country", N_("Country")),
)
_OPTIONAL = ("address_2",)


class LogStrip(GiftForm):
    """Logs a gift for any member, chosen by a search."""

    def __init__(self, bench: Workbench, member: int | None = None) -> None:
        """With a `member` id, that member is chosen already."""
        chooser = MemberChooser(bench, tr("Who gets it?"))
        super().__init__(bench, tr("Log a gift"), "thank_you", chooser)
        self.whom = chooser
        self.whom.chosen.connect(self._chosen)
        self.whom.left.connect(self.close_strip)
        for column, stretch in enumerate((3, 3, 2, 2)):
            self.form.setColumnStretch(column, stretch)
        for widget in (self.whom, self.item, self.worth, self.currency):
            self.form.setAlignment(widget, Qt.AlignmentFlag.AlignTop)
        self.about = member
        self._talk: tuple[int, int | None] | None = None
        if member is not None:
            self.whom.set_member(member)
            self.said_of(member)

    def propose(self, proposal: Proposal) -> None:
        """Fill in what is proposed: occasion, reason, what and its value; the conversation goes along."""
        self.occasion.set_key(proposal.occasion)
        self.why.setText(telling.reason(proposal))
        self.why.setCursorPosition(0)
        if proposal.item is not None:
            currency = self._bench.settings.text("currency")
            self.item.setText(proposal.item.name)
            self.currency.setText(currency)
            self.worth.setText(money.short(proposal.item.worth, currency) if proposal.item.worth else "")
        self._talk = (proposal.person.id, proposal.deeds[0].conversation_id)

    def start(self) -> None:
        """Focus the member search, or what is still to be said if the member is chosen."""
        if self.whom.member is not None:
            super().start()
        else:
            self.whom.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self, member: int | None) -> None:
        self.aside.setText("")
        if member is not None:
            self.said_of(member)
            self.start()

    def receiver(self) -> tuple[int, int | None]:
        """Return (member id, conversation id or None: only a proposal knows one). Raises UserError for nobody."""
        if self.whom.member is None:
            msg = tr("Choose who gets it: type a name and press Enter.")
            raise UserError(msg)
        if self._talk is not None and self._talk[0] == self.whom.member:
            return self._talk
        return self.whom.member, None


class EditStrip(Strip):
    """Edits a gift: item, reason, costs, shipping."""

    def __init__(self, bench: Workbench, gift: Gift) -> None:
        """Start with the saved values."""
        super().__init__(
            tr("{item} for {name}").format(item=text.embed(gift.item), name=text.embed(gift.member)),
            "gift",
            tr("Save"),
        )
        self._bench, self._gift, self._asked = bench, gift, AskedOnce()
        self.about = gift.id
        self.item, self.why = QLineEdit(gift.item), QLineEdit(gift.why)
        self.worth = QLineEdit(money.short(gift.worth, gift.currency))
        self.actual = QLineEdit("" if gift.actual_cost is None else money.short(gift.actual_cost, gift.currency))
        self.currency, self.fit = QLineEdit(gift.currency), QLineEdit(gift.size)
        self.card, self.tracking = QLineEdit(gift.card_text), QLineEdit(gift.tracking)
        self.carrier = QLineEdit(gift.carrier)
        self.occasion = OccasionChoice(gift.occasion)
        self.card.textChanged.connect(self._look)
        self.field(tr("What"), self.item, 0, 0)
        self.field(tr("Size"), self.fit, 0, 1)
        self.field(tr("Value"), self.worth, 0, 2)
        self.field(tr("Actual cost"), self.actual, 0, 3)
        self.field(tr("Currency"), self.currency, 0, 4)
        self.field(tr("Reason"), self.why, 1, 0, 2)
        self.field(tr("Occasion"), self.occasion, 1, 2, 3)
        self.field(tr("On the card"), self.card, 2, 0, 2)
        self.field(tr("Carrier"), self.carrier, 2, 2)
        self.field(tr("Tracking"), self.tracking, 2, 3, 2)
        for column, stretch in enumerate((3, 2, 2, 2, 1)):
            self.form.setColumnStretch(column, stretch)

    def start(self) -> None:
        """Focus the item."""
        self.item.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look(self, said: str) -> None:
        """Show what the voice guide says about the card."""
        found = self._bench.cards.says(said, self._gift.member_id)
        self.wrong.setText(found)
        self.wrong.setVisible(bool(found))

    def do(self) -> str:
        """Save; return the toast. Raises UserError for an unreadable amount, or a card that the guide stops.

        What goes over the budget is asked once.
        """
        stopped = self._bench.cards.stops(self.card.text(), self._gift.member_id)
        if stopped:
            raise UserError(stopped)
        currency = money.code(self.currency.text())
        actual = self.actual.text().strip()
        values: dict[str, object] = {
            "item": self.item.text(), "why": self.why.text(), "currency": currency, "size": self.fit.text(),
            "worth": money.amount(self.worth.text(), currency), "occasion": self.occasion.key(),
            "actual_cost": money.amount(actual, currency) if actual else None, "card_text": self.card.text(),
            "carrier": self.carrier.text(), "tracking": self.tracking.text(),
        }  # fmt: skip
        about = [values[name] for name in ("worth", "actual_cost", "currency", "occasion")]
        self._asked.step(about, lambda asked: self._bench.gifts.edit(self._gift.id, values, over=asked))
        return tr("{item} for {name}: saved.").format(
            item=text.embed(self.item.text()), name=text.name(self._gift.member)
        )


class AddressStrip(Strip):
    """Edits a gift's address; by default it is saved with the member too.

    While only the address keeps a gift from being shipped, it can be handed over in person instead.
    """

    def __init__(self, bench: Workbench, gift: Gift) -> None:
        """Start with the saved values."""
        super().__init__(
            tr("Where should {name}'s gift go?").format(name=text.embed(gift.member)), "map-pin", tr("Save")
        )
        self._bench, self._gift, self._leaving = bench, gift, Leaving(bench)
        self.about = gift.id
        self.lines = {key: QLineEdit(str(getattr(gift, key))) for key, _ in ADDRESS}
        self.keep = CheckBox(tr("Use for this member's future gifts too"))
        for place, (key, label) in enumerate(ADDRESS):
            self.field(tr(label), self.lines[key], place // 3, place % 3)
        self.in_person = LinkButton(tr("Handed over in person"))
        self.in_person.clicked.connect(self._handed_over)
        self.gone = DateField(bench.dates, gift.erase_on)
        days = bench.settings.number("address_days")
        self.gone.line.setPlaceholderText(text.counted(days, "{count} day after arrival", "{count} days after arrival"))
        self.field(tr("Erase it on"), self.gone, 2, 0)
        self.form.addWidget(self.keep, 5, 1)
        self.form.addWidget(self.in_person, 5, 2)
        stays = cannot_ship(gift)
        self.in_person.setVisible(stays)
        if stays:
            sentence = tr("There's no address yet, so the gift stays at “{stage}”: enter one, or choose “{in_person}”.")
            self.aside.setText(
                sentence.format(stage=gift_state.title(gift.state), in_person=tr("Handed over in person"))
            )

    def _handed_over(self) -> None:
        """Move the gift to "Shipped" without an address; an error, and what is asked first, is shown in the strip."""
        title = tr("Handed over in person: {item} for {member}")
        try:
            self._leaving.look(self._gift, "shipped")
            with self._bench.store.write(title.format(item=self._gift.item, member=self._gift.member)):
                self._bench.gifts.edit(self._gift.id, {"in_person": 1})
                self._bench.gifts.set_state(self._gift.id, "shipped")
        except UserError as why:
            self.wrong.setText(str(why))
            self.wrong.show()
            return
        self.finished.emit(words.moved(self._gift, "shipped"))

    def start(self) -> None:
        """Focus the first empty field that an address needs, else the first one."""
        needed = (line for key, line in self.lines.items() if key not in _OPTIONAL)
        first = next((line for line in needed if not line.text()), self.lines["recipient"])
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self) -> str:
        """Save it with the gift and, if checked, with the member, as one undo step; return the toast.

        Raises UserError without a street, or for a day that is over.
        """
        gone = self.gone.iso()
        values = {key: line.text().strip() for key, line in self.lines.items()}
        if not values["address_1"]:
            msg = tr("Enter at least the street or the PO box.")
            raise UserError(msg)
        with self._bench.store.write(f"Address: {self._gift.member}"):
            if self._gift.state == "asked":
                self._bench.addresses.put(self._gift.id, values)
            else:
                self._bench.gifts.edit(self._gift.id, values)
            if gone != self._gift.erase_on:
                self._bench.addresses.set_erase_on(self._gift.id, gone)
            if self.keep.isChecked():
                self._bench.members.edit(self._gift.member_id, values)
        return tr("Address of {name} saved.").format(name=text.name(self._gift.member))
