"""The switch of the members page: people, who may be the same person, who has gone quiet, and who is new."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ui.look.text import tr
from ui.pages.members.side import REASONS, PairSide, Side
from ui.widgets.segments import SegmentSwitch
from ui.widgets.stack import Stack

if TYPE_CHECKING:
    from app.store.changes import Changes
    from ui.frame.page import Frame

_SOON_MS = 1_500
PEOPLE = "people"
SIDES = (PEOPLE, "same", "quiet", "new")


class Sides(QObject):
    """Holds the switch and what it switches; the people are the page's own. `turned` says that another is shown.

    `found` carries the pairs that may be one person, as they are found.
    """

    turned = Signal()
    member = Signal(int)
    left = Signal()
    found = Signal(object)

    def __init__(self, frame: Frame, people: QWidget, parent: QWidget) -> None:
        """Show `people` first."""
        super().__init__(parent)
        self._frame = frame
        titles = (tr("People"), tr("Same person?"), tr("Quiet"), tr("New"))
        self.switch = SegmentSwitch(list(zip(SIDES, titles, strict=True)), PEOPLE, tr("What is shown"))
        self.switch.chosen.connect(self._chosen)
        self.stack = Stack(parent)
        self.stack.addWidget(people)
        self._people = people
        self._made: dict[str, Side] = {}
        self._due = frozenset(SIDES) - {PEOPLE}
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(_SOON_MS)
        self._counting.timeout.connect(self._look)
        self._counting.start()

    @property
    def key(self) -> str:
        """The key of the side that is shown, one of SIDES."""
        return self.switch.current()

    @property
    def current(self) -> Side | None:
        """The side that is shown; None while that is the people."""
        return None if self.key == PEOPLE else self.side(self.key)

    def side(self, key: str) -> Side:
        """A side besides the people, made at its first use."""
        if key not in self._made:
            made = _CLASSES[key]()(self._frame, self.stack)
            made.member.connect(self.member)
            made.left.connect(self.left)
            made.counted.connect(lambda count, key=key: self.switch.set_counts({key: count}))
            if isinstance(made, PairSide):
                made.found.connect(self.found)
            self.stack.addWidget(made)
            self._made[key] = made
        return self._made[key]

    def turn(self, key: str) -> None:
        """Show a side; nothing if it is shown already."""
        if key != self.key:
            self.switch.set_current(key)
            self._chosen(key)

    def turn_next(self) -> None:
        """Show the side that follows in the switch, after the last one the people."""
        self.turn(SIDES[(SIDES.index(self.key) + 1) % len(SIDES)])

    def refresh(self, changes: Changes) -> None:
        """Reload what changed on the side that is shown; the others are counted anew in a moment."""
        for key, side in self._made.items():
            if side is self.current or (key == "same" and changes.touches("member_apart", "member_merge")):
                side.refresh(changes)
        if changes.touches(*REASONS):
            self._due |= {"quiet", "new"}
            self._counting.start()

    def count_again(self) -> None:
        """The page is shown again: count what changed meanwhile."""
        if self._due:
            self._counting.start()

    def _look(self) -> None:
        """Read what isn't shown, once what is in sight is painted, so that the switch can say how many wait there.

        One side in a turn of the event loop; while the page isn't shown, nothing.
        """
        if not self._due or not self.stack.isVisible():
            return
        key = next(key for key in SIDES if key in self._due)
        self._due -= {key}
        if key != self.key:
            self.side(key).reload()
        QTimer.singleShot(0, self, self._look)

    def show_pair(self, keep: int, other: int) -> None:
        """Show two members side by side."""
        self.turn("same")
        side = self.side("same")
        if isinstance(side, PairSide):
            side.show_pair(keep, other)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The commands that turn to a side."""
        return {
            "next_side": self.turn_next,
            "show_people": lambda: self.turn(PEOPLE),
            "show_same": lambda: self.turn("same"),
            "show_quiet": lambda: self.turn("quiet"),
            "show_new": lambda: self.turn("new"),
        }

    def _chosen(self, _key: str) -> None:
        side = self.current
        if side is not None:
            side.reload()
        self.stack.setCurrentWidget(side or self._people)
        self.turned.emit()


def _same() -> type[Side]:
    from ui.pages.members.same import SameSide  # noqa: PLC0415  here and below: loaded at first use

    return SameSide


def _quiet() -> type[Side]:
    from ui.pages.members.quiet import QuietSide  # noqa: PLC0415

    return QuietSide


def _new() -> type[Side]:
    from ui.pages.members.newcomers import NewSide  # noqa: PLC0415

    return NewSide


_CLASSES: dict[str, Callable[[], type[Side]]] = {"same": _same, "quiet": _quiet, "new": _new}
