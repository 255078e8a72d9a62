"""Strips for a gift that takes another way: another stage or an end, and items to choose among."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.gifts import STAGES, Gift, ends_open
from app.members import allergies
from ui.look import money, text
from ui.look.text import tr
from ui.pages.delight import words
from ui.pages.delight.leaving import Leaving
from ui.shared import gift_state
from ui.shared.asked_once import AskedOnce
from ui.widgets.fields import CheckBox, Choice
from ui.widgets.labels import Label
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.workbench import Workbench

_IN_A_ROW = 3


class StageStrip(Strip):
    """Moves a gift to any stage, or to an end that is open to it."""

    def __init__(self, bench: Workbench, gift: Gift) -> None:
        """Propose the first of its ends, or else the stage that it is at."""
        super().__init__(
            tr("Where does “{item}” for {name} stand?").format(
                item=text.embed(gift.item), name=text.embed(gift.member)
            ),
            "gift",
            tr("Move"),
        )
        self._bench, self._gift, self._asked, self._leaving = bench, gift, AskedOnce(), Leaving(bench)
        self.about = gift.id
        ends = ends_open(gift)
        states = [*ends, *(state for state in STAGES if state != gift.state)]
        self.state = Choice([(state, gift_state.title(state)) for state in states], states[0])
        self.charity = QLineEdit(gift.charity)
        self.charity.setPlaceholderText(tr("For “Given to charity”: who gets it"))
        self.field(tr("Stage or end"), self.state, 0, 0)
        self.field(tr("Charity"), self.charity, 0, 1)
        self.aside.setText(tr("Now: {stage}").format(stage=gift_state.title(gift.state)))

    def start(self) -> None:
        """Focus the stage."""
        self.state.setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self) -> str:
        """Move it; return the toast. Raises UserError once where it goes back, over the budget or out of stock."""
        state, charity = self.state.key(), self.charity.text() if self.state.key() == "charity" else ""
        self._leaving.look(self._gift, state)
        self._asked.step(state, lambda asked: self._bench.gifts.set_state(
            self._gift.id, state, over=asked, back=asked, charity=charity
        ))  # fmt: skip
        return words.moved(self._gift, state)


class ChoiceStrip(Strip):
    """Which items a member may choose among, and which one they chose."""

    def __init__(self, bench: Workbench, gift: Gift) -> None:
        """Show all items that are offered, those of this gift ticked."""
        super().__init__(tr("What may {name} choose among?").format(name=text.embed(gift.member)), "gift", tr("Save"))
        self._bench, self._gift, self._asked = bench, gift, AskedOnce()
        self.about = gift.id
        self._offered = {item.id for item in bench.gifts.choices.offered(gift.id)}
        items = bench.gifts.items.listed()
        self.boxes: dict[int, CheckBox] = {}
        for place, item in enumerate(items):
            price = f", {money.display(item.worth, item.currency)}" if item.worth else ""
            box = CheckBox(f"{item.name}{price}".replace("&", "&&"))
            box.setChecked(item.id in self._offered)
            self.boxes[item.id] = box
            self.form.addWidget(box, place // _IN_A_ROW, place % _IN_A_ROW)
        row = len(items) // _IN_A_ROW + 1
        self.chosen = Choice([("", tr("not yet known")), *((str(item.id), item.name) for item in items)], "")
        self.field(tr("They chose"), self.chosen, row, 0)
        if not items:
            self.form.addWidget(Label(tr("There are no items yet."), "meta", "text2"), 0, 0)

    def start(self) -> None:
        """Focus the first item; what they chose, if a choice was offered before."""
        first = next(iter(self.boxes.values()), None)
        target = self.chosen if self._offered or first is None else first
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self) -> str:
        """Save both as one undo step; return the toast.

        Raises UserError once if it goes over the budget, or they may not be able to have one of them.
        """
        ticked, chosen = [number for number, box in self.boxes.items() if box.isChecked()], self.chosen.key()
        choices = self._bench.gifts.choices

        def save(asked: str) -> None:
            title = tr("Choice of items: {name}").format(name=self._gift.member)
            with self._bench.store.write(title):
                if set(ticked) != self._offered or not chosen:
                    choices.offer(self._gift.id, ticked)
                if chosen:
                    choices.choose(self._gift.id, int(chosen), over=asked)

        of = [int(chosen)] if chosen else ticked
        warned = (allergies.warns(self._bench.store.read, self._gift.member_id, number) for number in of)
        self._asked.step((tuple(ticked), chosen), save, " ".join(filter(None, warned)))
        return tr("{item} for {name}: saved.").format(
            item=text.embed(self._bench.gifts.get(self._gift.id).item), name=text.name(self._gift.member)
        )
