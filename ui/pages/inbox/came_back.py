"""The notice above a reply while a teammate's answer has not reached the member: the answer is at hand there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.base import clock
from ui.look import text
from ui.look.text import tr
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from app.inbox import Opened
    from app.inbox.owing import Owed
    from app.workbench import Workbench

_DRAFT, _OTHER, _THIS, _TOLD = "draft", "other", "this", "told"
_MAX_ANSWER_CHARS = 400


class CameBackNotice(Notice):
    """Hidden unless an answer is owed; `tells` are the hand-offs whose answer the reply tells, None without any."""

    drafted = Signal()
    """The words that tell the answer are to be begun."""
    told = Signal(int)
    """The member knows it already; carries the hand-off's id."""

    def __init__(self, bench: Workbench) -> None:
        """Start hidden, until `show_conversation`."""
        super().__init__("corner-up-left", quiet=True)
        self._bench = bench
        self._owed: list[Owed] = []
        self._talk, self._other, self._brief = 0, False, False
        self.pressed.connect(self._pressed_button)

    @property
    def tells(self) -> list[int] | None:
        """What the outbox is told: all that is owed, [] where the reply is about something else, None for its rule."""
        if not self._owed:
            return None
        return [] if self._other else [one.handoff_id for one in self._owed]

    @property
    def owed(self) -> list[Owed]:
        """The answers that the member has not heard."""
        return self._owed

    def show_conversation(self, opened: Opened, *, brief: bool) -> None:
        """Say who answered what (`brief`: as `set_brief`); what was chosen stays while it is open."""
        self._brief = brief
        if opened.row.id != self._talk:
            self._talk, self._other = opened.row.id, False
        self._owed = self._bench.inbox.several.owed([opened.row.id])
        if self._owed:
            self._tell()
        else:
            self.hide()

    def set_brief(self, *, brief: bool) -> None:
        """Say no more than what the reply does, as soon as one is written: the words need the room."""
        if brief != self._brief:
            self._brief = brief
            if self._owed:
                self._tell()

    def set_crowded(self, *, crowded: bool) -> None:
        """Make way for a finding of the voice guide, which comes first; what was chosen for the reply stays."""
        self.setVisible(bool(self._owed) and not crowded)

    def _tell(self) -> None:
        today = clock.local(clock.now()).date()
        said = [_answered(one, today) for one in self._owed]
        if any(one.outrun for one in self._owed):
            said.append(tr("The reply that's on its way was written before that."))
        member = text.name(self._owed[-1].member)
        self.setToolTip(text.plain(" ".join(said)).replace("<", "\u2039"))
        if self._brief and not self._other:
            teammate = text.name(self._owed[-1].teammate or tr("a teammate"))
            sentence = tr("Your reply tells {name} what {teammate} answered.")
            if len(self._owed) > 1:
                sentence = tr("Your reply tells {name} what came back.")
            words = sentence.format(name=member, teammate=teammate)
            self.say(words, {_OTHER: tr("Not this reply"), _TOLD: tr("Already told")})
            return
        if self._other:
            said.append(tr("{name} hasn't been told yet.").format(name=member))
            self.say(" ".join(said), {_THIS: tr("This reply tells it"), _TOLD: tr("Already told")})
            return
        said.append(tr("Your reply tells {name}.").format(name=member))
        buttons = {_DRAFT: tr("Draft it"), _OTHER: tr("Not this reply"), _TOLD: tr("Already told")}
        self.say(" ".join(said), buttons)

    def _pressed_button(self, name: str) -> None:
        if name == _DRAFT:
            self.drafted.emit()
        elif name == _TOLD:
            self.told.emit(self._owed[-1].handoff_id)
        else:
            self._other = name == _OTHER
            self._tell()
            self.buttons[_THIS if self._other else _OTHER].setFocus()

    def sent(self) -> None:
        """Forget the choice: the reply has gone."""
        self._other = False


def _answered(one: Owed, today: date) -> str:
    who = text.name(one.teammate or tr("A teammate"))
    when = text.day(date.fromisoformat(one.answered_on), today) if one.answered_on else ""
    if not one.answer.strip():
        return tr("{name} says it's solved ({day}).").format(name=who, day=when or tr("no date"))
    sentence = tr("{name} answered ({day}): “{answer}”.") if when else tr("{name} answered: “{answer}”.")
    return sentence.format(name=who, day=when, answer=text.embed(one.answer.strip().rstrip("."), _MAX_ANSWER_CHARS))
