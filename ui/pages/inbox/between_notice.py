"""The lines over a conversation that say that two members quarrel, or that somebody was asked about an introduction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base import clock
from app.inbox.exchange import between
from app.introductions.standing import TO_INTRODUCE, state
from ui.look import text
from ui.look.text import tr
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from app.introductions import Introduction
    from app.quarrels import Quarrel
    from app.workbench import Workbench

SIDES, FIRST, SECOND, SETTLED, NONE = "both_sides", "write_first", "write_second", "settle_quarrel", "no_quarrel"
YES, NO, BOTH = "said_yes", "said_no", "write_both"
_TITLE_CHARS = 28


class BetweenNotices(QWidget):
    """Hidden unless there is something to say; `pressed` carries the id of the command that a button is for."""

    pressed = Signal(str)

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        """Start hidden, until `show_conversation`."""
        super().__init__(parent)
        self._bench = bench
        self.quarrel: Quarrel | None = None
        self.introduction: Introduction | None = None
        self.member = 0
        self._heat, self._meeting = Notice("zap"), Notice("users", quiet=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 2)
        column.setSpacing(6)
        for notice in (self._heat, self._meeting):
            notice.pressed.connect(self.pressed)
            column.addWidget(notice)
        self.hide()

    @property
    def buttons(self) -> dict[str, QWidget]:
        """All buttons that are shown, by their commands."""
        shown = [notice for notice in (self._heat, self._meeting) if not notice.isHidden()]
        return {name: button for notice in shown for name, button in notice.buttons.items()}

    def show_conversation(self, number: int, member: int | None) -> None:
        """Say what is open in the conversation, and what the member it is with was asked."""
        bench, self.member = self._bench, member or 0
        found = between(bench.store, number, self.member)
        self.quarrel = bench.quarrels.of_conversation(number) if found.quarrel else None
        self.introduction = self._asked(self.member) if found.introduction else None
        self._say_heat()
        self._say_meeting()
        self.setVisible(self.quarrel is not None or self.introduction is not None)

    def _asked(self, member: int) -> Introduction | None:
        awaited = self._bench.introductions.awaited(member)
        if awaited is not None:
            return awaited
        now = clock.now()
        found = self._bench.introductions.of_member(member)
        return next((made for made in found if state(made, now) == TO_INTRODUCE), None)

    def _say_heat(self) -> None:
        if self.quarrel is None:
            self._heat.hide()
            return
        from app.quarrels.telling import head  # noqa: PLC0415  few conversations need it

        first, second = self.quarrel.sides[0], self.quarrel.sides[-1]
        self._heat.say(
            tr("{sentence}.").format(sentence=head(self.quarrel, text.name)),
            {
                SIDES: tr("Both sides"),
                FIRST: tr("Write to {name}").format(name=text.embed(first.name, _TITLE_CHARS)),
                SECOND: tr("Write to {name}").format(name=text.embed(second.name, _TITLE_CHARS)),
                SETTLED: tr("Settled"),
                NONE: tr("Not a quarrel"),
            },
        )

    def _say_meeting(self) -> None:
        made = self.introduction
        if made is None:
            self._meeting.hide()
            return
        if state(made, clock.now()) == TO_INTRODUCE:
            words = tr("{name} and {other} both said yes.")
            words = words.format(name=text.name(made.one.name), other=text.name(made.other.name))
            self._meeting.say(words, {BOTH: tr("Introduce them")})
            return
        person = made.person(self.member)
        words = tr("You asked {name} about meeting {other}.").format(
            name=text.name(person.name if person is not None else ""), other=text.name(made.partner(self.member).name)
        )
        self._meeting.say(words, {YES: tr("They said yes"), NO: tr("They said no")})
