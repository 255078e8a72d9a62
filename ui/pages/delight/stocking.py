"""What the Delight page does with items, stock and vouchers: it opens their strips, and asks before too much goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.base import clock
from app.gifts import Gift, next_state
from app.members import allergies
from ui.look import text
from ui.look.text import tr
from ui.pages.delight.stock import CountStrip, GiftItemStrip, ShipStrip
from ui.pages.delight.voucher import VoucherStrip

if TYPE_CHECKING:
    from ui.frame.strip_page import StripPage


class Stocking:
    """Belongs to a page that shows strips; `gift` tells the selected gift."""

    def __init__(self, page: StripPage, gift: Callable[[], Gift | None]) -> None:
        """Open nothing yet."""
        self._page, self._gift = page, gift

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The commands that are available now."""
        handlers: dict[str, Callable[[], object]] = {"count_stock": self.count, "items": self.items}
        gift = self._gift()
        if gift is not None and self.is_voucher(gift):
            handlers["voucher"] = self.voucher
        return handlers

    def is_voucher(self, gift: Gift) -> bool:
        """Whether a gift's item has codes."""
        items = self._page.bench.gifts.items
        return gift.item_id is not None and items.get(gift.item_id).kind == "voucher"

    def count(self, item: int | None = None) -> None:
        """Open the strip that counts the stock, of this item or of the first that runs low."""
        self._page.show_strip(CountStrip(self._page.bench, item or None))

    def items(self) -> None:
        """Open the strip of items."""
        self._page.show_strip(GiftItemStrip(self._page.bench))

    def voucher(self) -> None:
        """Open the strip of the selected gift's voucher."""
        gift = self._gift()
        if gift is not None:
            strip = VoucherStrip(self._page.bench, gift)
            strip.replying.connect(lambda blank: self._reply(gift, str(blank)))
            self._page.show_strip(strip)

    def stays(self, gift: Gift) -> bool:
        """Whether a gift's next step has to wait: its card is stopped, or a strip asks about what is missing."""
        state, bench = next_state(gift, clock.now()) or "", self._page.bench
        stopped = bench.cards.stops_of(gift, state)
        if stopped:
            self._page.frame.fail(stopped)
            return True
        question = bench.gifts.items.asks_of(gift, state)
        if question:
            question = " ".join(filter(None, (allergies.before(bench.store.read, gift, state), question)))
            self._page.show_strip(ShipStrip(bench, gift, state, question))
        return bool(question)

    def talk(self, gift: Gift) -> int | None:
        """The conversation in which a gift is spoken of: its own, or the member's latest."""
        if gift.conversation_id is not None:
            return gift.conversation_id
        return next((entry.conversation_id for entry in self._page.bench.card(gift.member_id).history), None)

    def _reply(self, gift: Gift, blank: str) -> None:
        """Add the blank of a code to the draft of the reply, and open it."""
        bench, frame, talk = self._page.bench, self._page.frame, self.talk(gift)
        if talk is None:
            frame.fail(tr("There's no conversation with {name}.").format(name=text.isolate(gift.member)))
            return
        opened = bench.inbox.open(talk)
        draft = f"{opened.draft.rstrip()}\n\n{blank}" if opened.draft.strip() else blank
        answers = opened.answering.message_id if opened.answering is not None else None
        bench.inbox.keep_draft(opened.row.id, draft, opened.row.language, answers, opened.addressing)
        frame.go("inbox", ("answer", opened.row.id, gift.member_id))
        frame.run("reply")
