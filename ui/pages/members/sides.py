"""The switch of the members page: people, who may be the same person, who has gone quiet, and who is new."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ui.look.text import tr
from ui.pages.members.side import PairSide, Side
from ui.widgets.segments import SegmentSwitch
from ui.widgets.stack import Stack

if TYPE_CHECKING:
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
        QTimer.singleShot(_SOON_MS, self, self._look)
        self._made: dict[str, Side] = {}

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

    def _look(self) -> None:
        """Look who may be the same person, once what is in sight is painted, so that the switch can say how many."""
        self.side("same").reload()

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
