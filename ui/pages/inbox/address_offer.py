"""The notice above a reply while somebody has answered where their gift goes: one key takes the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.frame.doing import undoable
from ui.look import text
from ui.look.text import tr
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from app.inbox import Opened
    from app.workbench import Workbench
    from ui.frame.page import Frame

_TAKE, _LATIN = "take", "latin"


class AddressOffer(Notice):
    """Shown while an address that was asked for has come and is not taken; it says what would be taken."""

    def __init__(self, bench: Workbench, frame: Frame) -> None:
        """Start hidden, until `show_conversation`."""
        super().__init__("map-pin", quiet=True)
        self._bench, self._frame = bench, frame
        self._talk: int | None = None
        self._due = False
        self.pressed.connect(self._pressed_button)

    def show_conversation(self, opened: Opened) -> None:
        """Show it where an address waits to be taken."""
        self._talk = opened.row.id
        offer = self._bench.address_to_take(self._talk)
        self._due = offer is not None
        if offer is None:
            self.hide()
            return
        said = tr("{name} wrote where “{item}” goes: {address}.").format(
            name=text.name(offer.gift.member),
            item=text.embed(offer.gift.item),
            address=text.embed(offer.on_one_line, 200),
        )
        latin = {_LATIN: tr("Take it in Latin letters")} if offer.warning else {}
        self.say(f"{said} {offer.warning}".strip(), {_TAKE: tr("Take the address"), **latin})
        self.buttons[_TAKE].follow("take_address")

    def set_crowded(self, *, crowded: bool) -> None:
        """Make way for a finding of the voice guide, which comes first."""
        self.setVisible(self._due and not crowded)

    def take(self, *, latin: bool = False) -> None:
        """Take the address; say so if there is none."""
        offer = None if self._talk is None else self._bench.address_to_take(self._talk)
        if offer is None:
            self._frame.fail(tr("No gift is waiting for an address from this conversation."))
            return
        taken = offer.in_latin() if latin else offer
        said = tr("Address of {name} taken: {address}.").format(
            name=text.name(offer.gift.member), address=text.embed(taken.on_one_line, 200)
        )
        with undoable(self._frame, said):
            self._bench.addresses.take(taken)
        self._due = False
        self.hide()

    def _pressed_button(self, name: str) -> None:
        self.take(latin=name == _LATIN)
