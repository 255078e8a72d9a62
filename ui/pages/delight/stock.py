"""Strips for what is given: count the stock, enter and correct items, ship more than there is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.base import money
from app.base.errors import UserError
from app.base.words import N_
from app.gifts import Gift
from app.gifts.items import KIND_NAMES
from ui.frame import files
from ui.look import text
from ui.look.text import tr
from ui.pages.delight import words
from ui.widgets.buttons import LinkButton
from ui.widgets.fields import Choice
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.workbench import Workbench

_COUNTED = "counted"
_HAPPENED = {
    _COUNTED: N_("Counted: this many are there"),
    "bought": N_("Delivered"),
    "lost": N_("Lost or broken"),
    "found": N_("Found"),
}
_TEXTS = (
    ("supplier", N_("Supplier")), ("lead_days", N_("Lead time in days")), ("reorder_at", N_("Reorder at")),
    ("customs_text", N_("Customs text")), ("allergens", N_("Allergens")), ("note", N_("Note")),
)  # fmt: skip


class CountStrip(Strip):
    """Enters how many there are of an item, or how many came or went."""

    def __init__(self, bench: Workbench, item: int | None = None) -> None:
        """Start with this item, else with the first one that runs low."""
        super().__init__(tr("Count the stock"), "package-open", tr("Save"))
        self._bench = bench
        self.what = Choice(_sized(bench))
        self.happened = Choice([(key, tr(name)) for key, name in _HAPPENED.items()], _COUNTED)
        self.number, self.why = QLineEdit(), QLineEdit()
        self.field(tr("Item"), self.what, 0, 0)
        self.field(tr("What happened"), self.happened, 0, 1)
        self.field(tr("How many"), self.number, 0, 2)
        self.field(tr("Note"), self.why, 0, 3)
        for column, stretch in enumerate((3, 3, 1, 2)):
            self.form.setColumnStretch(column, stretch)
        low = next((one.id for one in bench.gifts.stock() if one.low), None)
        self.choose(item or low)
        self.what.currentIndexChanged.connect(self._say)
        self._say()

    def choose(self, item: int | None) -> None:
        """Choose an item, in its first size."""
        place = next((at for at in range(self.what.count()) if _of(self.what.itemData(at))[0] == item), 0)
        self.what.setCurrentIndex(place)

    def start(self) -> None:
        """Focus the number."""
        self.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, _index: int = 0) -> None:
        key = self.what.key()
        self.aside.setText(
            self._bench.gifts.items.stock_in_words(*_of(key)) if key else tr("There are no items yet: enter one.")
        )

    def do(self) -> str:
        """Write it down; return the toast. Raises UserError for what isn't a number, or more than can have gone."""
        typed, key = self.number.text().strip(), self.what.key()
        if not key:
            raise UserError(tr("There are no items yet: enter one."))
        if not typed.isascii() or not typed.isdigit():
            self.number.setFocus(Qt.FocusReason.OtherFocusReason)
            raise UserError(tr("Enter how many, as a number."))
        item, size = _of(key)
        name, why, items = self.what.currentText(), self.why.text().strip(), self._bench.gifts.items
        count, happened = int(typed[:20]), self.happened.key()
        if happened != _COUNTED:
            there = items.change(item, count, happened, size, why)
            return tr("{item}: {count} in stock now.").format(item=text.embed(name), count=there)
        difference = items.count(item, count, size, why)
        if not difference:
            return tr("{item}: {count}, as the books say.").format(item=text.embed(name), count=count)
        return tr("{item}: {count} counted; the books said {before}.").format(
            item=text.embed(name), count=count, before=count - difference
        )


class GiftItemStrip(Strip):
    """Enters an item, or corrects one: name, kind, cost, sizes, and what a box is made of."""

    def __init__(self, bench: Workbench, item: int | None = None) -> None:
        """Start with an item, or with an empty form for a new one."""
        super().__init__(tr("Items to give"), "package", tr("Save"))
        self._bench, self.item = bench, item
        self.about = item
        listed = [(str(one.id), one.name) for one in bench.gifts.items.listed(retired=True)]
        self.which = Choice([("", tr("A new item")), *listed], str(item or ""))
        self.name, self.cost, self.currency, self.sizes, self.parts = (QLineEdit() for _ in range(5))
        self.kind = Choice([(key, tr(name)) for key, name in KIND_NAMES.items()])
        self.lines = {key: QLineEdit() for key, _ in _TEXTS}
        self.parts.setPlaceholderText(tr("2 × Bottle; 1 × Recipe book"))
        self.sizes.setPlaceholderText(tr("S, M, L"))
        for place, (label, field) in enumerate((
            (tr("Item"), self.which), (tr("Name"), self.name), (tr("Kind"), self.kind), (tr("Cost"), self.cost),
            (tr("Currency"), self.currency), (tr("Sizes"), self.sizes), (tr("A box of"), self.parts),
            *((tr(label), self.lines[key]) for key, label in _TEXTS),
        )):  # fmt: skip
            self.field(label, field, place // 4, place % 4)
        self.retire, self.codes = LinkButton(""), LinkButton(tr("Bring in codes from a file"))
        self.retire.clicked.connect(self._retire)
        self.codes.clicked.connect(self._bring)
        self.form.addWidget(self.retire, 7, 1, 1, 1)
        self.form.addWidget(self.codes, 7, 2, 1, 2)
        self._show()
        self.which.picked.connect(self._picked)

    def _picked(self, key: str) -> None:
        def show() -> None:
            self.item = self.about = int(key) if key else None
            self._show()

        self.turn(show)

    def _show(self) -> None:
        """Fill in the item's values."""
        items, self._said = self._bench.gifts.items, ""
        item = items.get(self.item) if self.item is not None else None
        self.name.setText(item.name if item else "")
        self.kind.set_key(item.kind if item else "")
        self.currency.setText(item.currency if item else self._bench.settings.text("currency"))
        self.cost.setText(money.short(item.worth, item.currency) if item else "")
        self.sizes.setText(", ".join(item.sizes) if item else "")
        self.parts.setText(items.parts_text(item.id) if item else "")
        for key, line in self.lines.items():
            value = getattr(item, key) if item else ""
            line.setText("" if value in (0, "") else str(value))
            line.setCursorPosition(0)
        for field in (self.name, self.parts, self.sizes):
            field.setCursorPosition(0)  # its beginning is in sight
        self.retire.setVisible(item is not None)
        self.retire.set_title(tr("Offer it again") if item and item.retired_at else tr("Stop offering it"))
        self.codes.setVisible(item is not None and item.kind == "voucher")
        self.aside.setText(items.stock_in_words(item.id) if item and not item.sizes else "")

    def start(self) -> None:
        """Focus the list of items, or the name of the one that it was opened for."""
        (self.which if self.item is None and self.which.count() > 1 else self.name).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def _values(self) -> dict[str, object]:
        currency = money.code(self.currency.text())
        cost = self.cost.text().strip()
        lines = {key: line.text().strip() for key, line in self.lines.items()}
        return {
            "name": self.name.text(), "kind": self.kind.key(), "currency": currency, "sizes": self.sizes.text(),
            "worth": money.amount(cost, currency) if cost else 0, **lines,
            "lead_days": lines["lead_days"] or 0, "reorder_at": lines["reorder_at"] or 0,
        }  # fmt: skip

    def do(self) -> str:
        """Save it as one action; return the toast. Raises UserError for what an item can't be."""
        items, values = self._bench.gifts.items, self._values()
        parts = items.parts_typed(self.parts.text())
        name = " ".join(self.name.text().split())
        items.save(self.item, values, parts)
        return tr("{item}: saved.").format(item=text.embed(name))

    def _retire(self) -> None:
        if self.item is not None:
            item = self._bench.gifts.items.get(self.item)
            self._bench.gifts.items.retire(self.item, retired=item.retired_at is None)
            said = tr("{item}: offered again.") if item.retired_at else tr("{item}: no longer offered.")
            self.finished.emit(said.format(item=text.embed(item.name)))

    def _bring(self) -> None:
        path = files.open_path(self, tr("Codes from a file"), tr("Codes (*.csv *.txt)"))
        if path is not None:
            self.bring(path)

    def bring(self, path: Path) -> None:
        """Bring in the codes of a file; what was left out is said in the strip."""
        if self.item is None:
            return
        try:
            added = self._bench.vouchers.add(self.item, path)
        except UserError as why:
            self.wrong.setText(str(why))
            self.wrong.show()
            return
        said = tr("Vouchers added: {count}. Delete the file now.").format(count=len(added.numbers))
        self.aside.setText(said if added.numbers else tr("No voucher was added."))
        self.wrong.setText("\n".join(added.left_out))
        self.wrong.setVisible(bool(added.left_out))


class ShipStrip(Strip):
    """Asks whether to ship more than the books say there is."""

    def __init__(self, bench: Workbench, gift: Gift, state: str, question: str) -> None:
        """`state` is where the gift goes if the answer is yes."""
        name = text.embed(gift.member)
        super().__init__(
            tr("{item} for {name}").format(item=text.embed(gift.item), name=name), "package-x", tr("Ship anyway")
        )
        self._bench, self._gift, self._state = bench, gift, state
        self.about = gift.id
        self.wrong.setText(question)
        self.wrong.show()

    def start(self) -> None:
        """Focus the button."""
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self) -> str:
        """Ship it; return the toast."""
        self._bench.gifts.set_state(self._gift.id, self._state)
        return words.moved(self._gift, self._state)


def _sized(bench: Workbench) -> list[tuple[str, str]]:
    """The items as choices, one for each size."""
    return [
        (f"{item.id}|{size}", f"{item.name}, {size}" if size else item.name)
        for item in bench.gifts.items.listed()
        for size in (item.sizes or ("",))
    ]


def _of(key: object) -> tuple[int, str]:
    """The item's id and the size of a choice of `_sized`."""
    number, _, size = str(key or "0|").partition("|")
    return int(number), size
