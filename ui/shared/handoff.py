"""The form that hands something to a teammate, and the strip of a conversation, with a warm introduction if wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from app.base import clock
from app.base.errors import UserError
from app.handoffs import KIND_NAMES, Handoff, Suggested, already, reason, suggested, usual_due
from app.inbox import Opened
from app.teammates import absence, is_away
from ui.look import text
from ui.look.text import tr
from ui.shared.date_field import DateField
from ui.shared.handoff_along import AlongPart
from ui.shared.telling import TellPart
from ui.widgets.fields import Choice
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.teammates import Teammate
    from app.workbench import Workbench

_MIN_NAME_CHARS = 6
_ADDING = "open "
"""What the key of a choice begins with that adds to an open hand-off, whose id follows."""


class KindChoice(Choice):
    """A list box of the kinds of hand-off."""

    def __init__(self, current: str) -> None:
        """Start with this kind's key."""
        super().__init__([(key, tr(name)) for key, name in KIND_NAMES.items()], current)


class HandoffForm(Strip):
    """Asks for the request first; the teammate (likeliest first), the kind and the due date are chosen already."""

    narrow = False
    """Whether it has to do with the width of a member's profile."""
    adds = True
    """Whether adding to what is open already is offered, and comes first."""

    def __init__(self, bench: Workbench, title: str, icon: str, action: str) -> None:
        """A subclass says in `_suggest` what it starts with, and begins the rest by `_explain`."""
        super().__init__(title, icon, action)
        self._bench = bench
        self._today = clock.local(clock.now()).date()
        self._suggested = self._suggest()
        self.whom = Choice(self._teammates())
        self.whom.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.whom.setMinimumContentsLength(_MIN_NAME_CHARS)
        self.kind = KindChoice(self._suggested.kind)
        self.kind.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)  # whole, beside a long name
        self.ask = QLineEdit()
        self.ask.setPlaceholderText(tr("What they should find out or do"))
        self.needed = DateField(bench.dates, usual_due(self._today).isoformat())
        self.field(tr("Request"), self.ask, 1, 0, 4)
        self.field(tr("To"), self.whom, 0, 0, 4 if self.narrow else 2)
        self.field(tr("Kind"), self.kind, *((2, 0, 2) if self.narrow else (0, 2)))
        self.field(tr("Needed by"), self.needed, *((2, 2, 2) if self.narrow else (0, 3)))
        self.form.setColumnStretch(0, 3)
        self.whom.currentIndexChanged.connect(self._explain)

    def start(self) -> None:
        """Focus the request: who and when are probably right."""
        self.ask.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Offer the teammates added on another page while the strip was open."""
        super().showEvent(event)
        if not self.whom.count():
            self._suggested = self._suggest()
            self.whom.set_choices(self._teammates())
            self.wrong.setHidden(bool(self.whom.count()) or self.wrong.isHidden())
            self._explain()

    def _suggest(self) -> Suggested:
        """Whom it is handed to most likely, as which kind, and what is open already."""
        raise NotImplementedError

    def _parts(self) -> Sequence[QWidget]:
        """What is of no use where a request is added to what is open already."""
        return (self.kind, self.needed)

    def _teammates(self) -> list[tuple[str, str]]:
        """The (key, title) of each choice: adding to what is open, then every teammate, likeliest first."""
        open_ = self._suggested.open
        choices = teammate_choices(self._bench, [one.teammate for one in self._suggested.people])
        if open_ is not None and self.adds:
            adding = tr("Add to {teammate}'s").format(teammate=open_.teammate)
            choices.insert(0, (f"{_ADDING}{open_.id}", adding))
        return choices

    def _explain(self, _index: int = 0) -> None:
        """Say why this choice, what is open already, or that there is nobody yet."""
        open_, key = self._suggested.open, self.whom.key()
        adding = key.startswith(_ADDING)
        for part in self._parts():
            part.setEnabled(not adding)
        if not key:
            words = [tr("No teammates yet. Add one on the Hand-offs page.")]
        else:
            words = (
                [tr("This is from the press, so whoever handles the press comes first.")]
                if self._suggested.press
                else []
            )
            words += [already(open_, self._today, self._since(open_))] if open_ is not None else []
            words += [tr("Your request is added to it.")] if adding else []
            words += [reason(one) for one in self._suggested.people if str(one.teammate.id) == key]
        self.aside.setText(" ".join(filter(None, words)))

    def _since(self, open_: Handoff) -> str:
        opened = clock.local(open_.opened_at).date()
        return "" if opened == self._today else text.day(opened, self._today)

    def do(self) -> str:
        """Create the hand-off, or add to the open one; return the toast. Raises UserError if there is no teammate."""
        whom, handoffs = self.whom.key(), self._bench.handoffs
        if not whom:
            msg = tr("Add a teammate on the Hand-offs page first, then hand this off.")
            raise UserError(msg)
        if whom.startswith(_ADDING):
            number = int(whom.removeprefix(_ADDING))
            handoffs.add_to(number, self.ask.text())
            return tr("Added to the hand-off with {teammate}.").format(teammate=handoffs.get(number).teammate)
        return self._hand_off(int(whom))

    def _hand_off(self, teammate_id: int) -> str:
        """Create the hand-off; return the toast."""
        raise NotImplementedError


class HandoffStrip(HandoffForm):
    """Hands off a conversation: also what goes along, and what its member is told."""

    def __init__(self, bench: Workbench, opened: Opened, *, introduce: bool = False) -> None:
        """Where a hand-off is open, adding to it is the first choice; not where the helper is to be introduced."""
        title, icon = tr("Hand off to a teammate"), "arrow-right-left"
        if introduce:
            title, icon = tr("Introduce a helper to {name}").format(name=text.name(opened.row.member)), "user-plus"
        self.introduce, self.adds = introduce, not introduce
        self._opened = opened
        super().__init__(bench, title, icon, tr("Introduce") if introduce else tr("Hand off"))
        self.about = opened.row.id
        self.along = AlongPart(bench, opened.row.id)
        self.along.translation.setHidden(introduce)  # until it is unfolded: the words to the member need the room
        self.tell = TellPart(bench, opened, introduce=introduce)
        self.form.addWidget(self.along, 4, 0, 1, 4)
        self.form.addWidget(self.tell, 5, 0, 1, 4)
        self.needed.changed.connect(self._follow)
        self._explain()

    def _suggest(self) -> Suggested:
        return suggested_in(self._bench, self._opened, self._today)

    def _parts(self) -> Sequence[QWidget]:
        return (*super()._parts(), self.along, self.tell)

    def _explain(self, _index: int = 0) -> None:
        super()._explain()
        self._follow()

    def _follow(self) -> None:
        key = self.whom.key()
        day = ""
        with suppress(UserError):  # it is still being typed
            day = self.needed.iso()
        self.tell.follow(int(key) if key.isdigit() else None, day)

    def _hand_off(self, teammate_id: int) -> str:
        told = self.tell.cleared()
        made = self._bench.following.hand_off(
            self._opened.row.id, teammate_id, self.ask.text(), kind=self.kind.key(), needed_by=self.needed.iso(),
            details=self.along.details(), reply=told, hold_seconds=self.tell.hold_seconds(),
        )  # fmt: skip
        name = text.name(self._bench.handoffs.get(made.handoff_id).teammate)
        return " ".join([handed(name), self.tell.when()] if told is not None else [handed(name)])


def suggested_in(bench: Workbench, opened: Opened, today: date) -> Suggested:
    """What a hand-off of this conversation starts with."""
    member = opened.row.member_id
    kind = bench.members.get(member).kind if member is not None else ""
    return suggested(
        opened, bench.teammates.all(), bench.handoffs.of_conversation(opened.row.id), today, "", kind,
        owners=bench.responsible.all(),
    )  # fmt: skip


def handed(name: str) -> str:
    """That it is handed off, and when the teammate will know; the name is isolated already."""
    return tr("Handed off to {name}, who finds out from the next file you send (“Send a file”).").format(name=name)


def teammate_choices(bench: Workbench, first: Sequence[Teammate]) -> list[tuple[str, str]]:
    """The (key, title) of every teammate; these come first, in their order."""
    everyone = {mate.id: mate for mate in (*first, *bench.teammates.all())}
    return [(str(mate.id), _named(mate, everyone)) for mate in everyone.values()]


def _named(mate: Teammate, everyone: Mapping[int, Teammate]) -> str:
    """A teammate with their team, else until when they are away and who stands in."""
    today = clock.local(clock.now()).date()
    if is_away(mate, today):
        away = absence(mate, everyone, today, lambda day: text.day(date.fromisoformat(day), today) if day else "")
        return f"{mate.name}, {away}"
    return f"{mate.name}, {mate.team}" if mate.team else mate.name
