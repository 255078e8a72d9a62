"""The strip that erases a gift's address: it says before what that does, for it can't be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ui.frame.working import Working
from ui.look import text
from ui.look.text import tr
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.addresses import Erased
    from app.base.errors import UserError
    from app.gifts import Gift
    from ui.frame.page import Frame


class EraseStrip(Strip):
    """Erases the address of a gift from the whole profile, on a thread of its own: the window goes on meanwhile."""

    def __init__(self, frame: Frame, gift: Gift) -> None:
        """Say what is erased, and what is beyond us. Raises UserError where there is nothing to erase, or not yet."""
        said = frame.bench.addresses.said_before(gift.id)
        super().__init__(
            tr("Erase the address of {name}?").format(name=text.embed(gift.member)), "trash-2", tr("Erase for good"),
            "danger",
        )  # fmt: skip
        self._frame, self._gift = frame, gift
        self.about = ("erase", gift.id)
        self.aside.setText(" ".join(said))
        self.sheet.hide()  # there is nothing to fill in

    def start(self) -> None:
        """Focus the button: Enter erases, Esc leaves everything as it is."""
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self) -> str:
        """Begin to erase it, and close; a toast tells when it is gone, and what is beyond us."""
        _Erasing(self._frame, self._gift).start()
        return ""


_under_way: set[_Erasing] = set()
"""Keeps them until they have said what became of it: nothing else does."""


class _Erasing:
    """One address on its way out; it outlives the strip."""

    def __init__(self, frame: Frame, gift: Gift) -> None:
        self._frame = frame
        self._words = tr("Erasing the address of {name}").format(name=text.name(gift.member))
        self._working = Working(lambda _progress, _stop: frame.bench.addresses.erase(gift.id), "erase-address")
        self._working.finished.connect(self._finished)
        self._working.failed.connect(self._failed)

    def start(self) -> None:
        """Show that it is being done, and do it."""
        _under_way.add(self)
        self._frame.progress(self._words)
        self._working.start()

    def _finished(self, done: Erased) -> None:
        _under_way.discard(self)
        self._frame.progress("")
        self._frame.toast(" ".join(self._frame.bench.addresses.said_after(done)))

    def _failed(self, why: UserError | None) -> None:
        _under_way.discard(self)
        self._frame.progress("")
        self._frame.fail(str(why) if why is not None else tr("The address could not be erased. Try again."))
