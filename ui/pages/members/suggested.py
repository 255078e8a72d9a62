"""The question on a member's profile whether another one is the same person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.frame.doing import undoable
from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets.avatar import Avatar
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import Label
from ui.widgets.panels import Panel

if TYPE_CHECKING:
    from ui.frame.page import Frame


_WIDE = 440
"""CSS pixels from which there is room for the reason."""


class Pair(Protocol):
    """Two members, their names, and why they may be one person."""

    @property
    def one(self) -> int:
        """The id of the first."""
        ...

    @property
    def other(self) -> int:
        """The id of the second."""
        ...

    @property
    def names(self) -> tuple[str, str]:
        """Both names."""
        ...

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons, in words."""
        ...


class Suggested(Panel):
    """Hidden unless the member who is shown may be somebody else; `compared` asks to show both side by side."""

    compared = Signal(int, int)

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        """Know of no pair, until `take`."""
        super().__init__(fill="accent_bg", edge="", margin=12, parent=parent)
        self._frame = frame
        self._pairs: Sequence[Pair] = ()
        self._member: int | None = None
        self._other: tuple[int, str] | None = None
        self._avatar = Avatar("", "", 28)
        self.question, self.why = Label("", "strong", wrap=True), Label("", "meta", "text2", wrap=True)
        self.compare = ActionButton(tr("Compare"), "merge")
        self.compare.clicked.connect(self._compare)
        self.no = ActionButton(tr("No"), kind="plain")
        self.no.clicked.connect(self._set_apart)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.question)
        words.addWidget(self.why)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._avatar)
        row.addLayout(words, 1)
        row.addWidget(self.compare)
        row.addWidget(self.no)
        self.column.addLayout(row)
        self.hide()

    def take(self, pairs: Sequence[Pair]) -> None:
        """Know of these pairs from now on."""
        self._pairs = pairs
        if self._member is not None:
            self.show_member(self._member)

    def show_member(self, number: int) -> None:
        """Ask about a member, if there is something to ask."""
        self._member, self._other = number, None
        for pair in self._pairs:
            if number in (pair.one, pair.other) and pair.reasons:
                at = int(pair.one == number)
                self._other = ((pair.one, pair.other)[at], pair.names[at])
                self._avatar.set(self._other[1], self._other[0])
                self.question.setText(tr("Is “{name}” the same person?").format(name=text.embed(self._other[1], 60)))
                self.why.setText(text.sentence(" · ".join(pair.reasons)))
                break
        self.setVisible(self._other is not None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow pane the question stands alone, for the timeline needs the room; the reason is its tooltip."""
        super().resizeEvent(event)
        wide = self.width() >= fonts.px(_WIDE)
        self.why.setVisible(wide)
        self._avatar.setVisible(wide)
        self.question.setToolTip("" if wide else text.tooltip(self.why.text()))

    def _compare(self) -> None:
        if self._member is not None and self._other is not None:
            self.compared.emit(self._member, self._other[0])

    def _set_apart(self) -> None:
        if self._member is None or self._other is None:
            return
        number, name = self._other
        mine = self._frame.bench.members.get(self._member).name
        with undoable(
            self._frame,
            tr("{name} and {other} are two people.").format(name=text.name(mine), other=text.name(name)),
        ):
            self._frame.bench.pairs.set_apart(self._member, number)
        self._pairs = [pair for pair in self._pairs if {pair.one, pair.other} != {self._member, number}]
        self.show_member(self._member)
