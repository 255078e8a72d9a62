"""What is asked once before a gift is approved or leaves us: its card, what the stock lacks, what they can't have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base.errors import UserError
from app.members import allergies
from ui.look.text import tr

if TYPE_CHECKING:
    from app.gifts import Gift
    from app.workbench import Workbench


class Leaving:
    """Remembers which question was put, so that the same step again answers it."""

    def __init__(self, bench: Workbench) -> None:
        """Nothing has been asked."""
        self._bench, self._asked = bench, ("", "")

    def look(self, gift: Gift, state: str) -> None:
        """Raise UserError if the voice guide stops the card, and once for too few in stock or an allergy."""
        stopped = self._bench.cards.stops_of(gift, state)
        if stopped:
            raise UserError(stopped)
        allergy = allergies.before(self._bench.store.read, gift, state)
        question = " ".join(filter(None, (allergy, self._bench.gifts.items.asks_of(gift, state))))
        if question and self._asked != (state, question):
            self._asked = (state, question)
            raise UserError(question + " " + tr("Press again to do it all the same."))
