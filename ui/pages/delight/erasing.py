"""The strip that erases a gift's address: it says before what that does, for it can't be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ui.look import text
from ui.look.text import tr
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.gifts import Gift
    from app.workbench import Workbench


class EraseStrip(Strip):
    """Erases the address of a gift from the whole profile."""

    def __init__(self, bench: Workbench, gift: Gift) -> None:
        """Say what is erased, and what is beyond us. Raises UserError where there is nothing to erase, or not yet."""
        said = bench.addresses.said_before(gift.id)
        super().__init__(
            tr("Erase the address of {name}?").format(name=text.embed(gift.member)), "trash-2", tr("Erase for good"),
            "danger",
        )  # fmt: skip
        self._bench, self._gift = bench, gift
        self.about = ("erase", gift.id)
        self.aside.setText(" ".join(said))
        self.sheet.hide()  # there is nothing to fill in

    def start(self) -> None:
        """Focus the button: Enter erases, Esc leaves everything as it is."""
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self) -> str:
        """Erase it; return the toast."""
        done = self._bench.addresses.erase(self._gift.id)
        return " ".join(self._bench.addresses.said_after(done))
