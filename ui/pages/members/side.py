"""A side of the members page besides the people: a list of its own, with a reason in each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from app.store.changes import Changes
    from app.workbench import Workbench
    from ui.frame.listed import Listed
    from ui.frame.page import Frame

REASONS = ("member", "identity", "message", "conversation", "put_off", "involvement", "gift", "outbox")
"""Tables by which another member may be quiet or new."""
_HALF = 32
"""Bits of a number that a member's id takes."""


class Side(QWidget):
    """Made when it is first shown. `member` asks the page to show a member by id, among the people.

    `counted` says how many wait here, for the switch; `left` that Esc was pressed where nothing is open.
    """

    member = Signal(int)
    counted = Signal(int)
    left = Signal()

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        """Keep the frame and call `build`; subclasses override `build`."""
        super().__init__(parent)
        self.frame = frame
        self.bench: Workbench = frame.bench
        self.build()

    def build(self) -> None:
        """Create the widgets; `reload` follows before they are shown."""

    def reload(self) -> None:
        """Read all anew, keeping what is selected."""

    def refresh(self, changes: Changes) -> None:
        """Reload what changed; called while this side is shown."""

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The command handlers available now, besides those that turn to another side."""
        return {}

    def panes(self) -> Sequence[QWidget]:
        """What F6 goes through, in reading order, after the switch."""
        return ()

    def activate(self) -> None:
        """Put the focus where work goes on."""

    def back(self) -> bool:
        """Handle Esc: close what is open here; False if nothing is."""
        return False

    def listed(self) -> Listed | None:
        """What is listed here, to be exported or printed; None where there is no list of members."""
        return None

    def chosen(self) -> int | None:
        """The id of the member that is selected; None for nobody."""
        return None


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two members with why they may be one; `reasons` is empty for two that the person has put together."""

    one: int
    other: int
    names: tuple[str, str]
    reasons: tuple[str, ...]

    @property
    def id(self) -> int:
        """One number for both."""
        return self.one << _HALF | self.other


class PairSide(Side):
    """A side that shows two members side by side; `found` carries the pairs that may be one person."""

    found = Signal(object)

    def show_pair(self, keep: int, other: int) -> None:
        """Show these two, of whom `keep` would be kept."""
