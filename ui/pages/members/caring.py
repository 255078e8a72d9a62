"""What is set by hand about how far a member takes part: the level, the rhythm of care, and whether they fit."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from app.involvement import LEVEL_NAMES, LEVELS, Standing
from app.involvement.rhythm import phrase, typed
from ui.frame.doing import undoable
from ui.look import text
from ui.look.text import tr
from ui.widgets.lettermenu import LetterMenu
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.workbench import Workbench
    from ui.frame.page import Frame

_LETTERS = dict(zip("VPCO", LEVELS, strict=True))
_BY_DEEDS = "N"


def involvement_line(standing: Standing) -> str:
    """How far somebody takes part: "Contributor · wrote on 12 days · started 4 conversations"; "" for nothing.

    Whom they helped is in the line of figures.
    """
    did = standing.deeds
    parts = []
    if standing.level:
        level = tr(LEVEL_NAMES[standing.level])
        parts.append(tr("{level}, pinned").format(level=level) if standing.pinned else level)
    if did.days:
        parts.append(text.counted(did.days, "wrote on {count} day", "wrote on {count} days"))
    if did.started:
        parts.append(text.counted(did.started, "started {count} conversation", "started {count} conversations"))
    if did.cheered:
        parts.append(text.counted(did.cheered, "cheered {count} time", "cheered {count} times"))
    if standing.rhythm_days:
        parts.append(tr("in touch {rhythm}").format(rhythm=phrase(standing.rhythm_days)))
    return text.sentence(" · ".join(parts))


def choose_level(frame: Frame, member: int, beside: QWidget, done: Callable[[], object]) -> LetterMenu:
    """Open the menu of levels at a widget, each with a letter; `done` follows once one is pinned."""
    rows = [(letter, tr(LEVEL_NAMES[level]), "") for letter, level in _LETTERS.items()]
    menu = LetterMenu([*rows, (_BY_DEEDS, tr("By what they do"), "")], tr("Pin the level"), beside.window())
    menu.chosen.connect(partial(_pin, frame, member, done))
    menu.popup_at(beside)
    return menu


def _pin(frame: Frame, member: int, done: Callable[[], object], letter: str) -> None:
    level, name = _LETTERS.get(letter, ""), text.name(frame.bench.members.get(member).name)
    words = tr("{name} is pinned as {level}.").format(name=name, level=tr(LEVEL_NAMES[level])) if level else ""
    with undoable(frame, words or tr("{name}: the level follows what they do.").format(name=name)):
        frame.bench.involvement.pin([member], level)
    done()


def unmark(frame: Frame, member: int) -> None:
    """Take the mark of the ideal audience away."""
    name = text.name(frame.bench.members.get(member).name)
    with undoable(frame, tr("{name} isn't marked as the audience any more.").format(name=name)):
        frame.bench.involvement.mark_fits([member], "", fits=False)


class RhythmStrip(Strip):
    """Asks how often we want to be in touch with a member."""

    def __init__(self, bench: Workbench, member: int) -> None:
        """For the member with this id."""
        name = bench.members.get(member).name
        super().__init__(tr("In touch with {name}").format(name=text.embed(name)), "clock", tr("Set rhythm"))
        self._bench, self._member = bench, member
        self.about = ("rhythm", member)
        self.every = QLineEdit(phrase(bench.involvement.of(member).rhythm_days))
        self.every.setPlaceholderText(tr("every 3 months"))
        self.field(tr("How often"), self.every, 0, 0, 2)
        self.aside.setText(tr("Messages, talks and gifts count. Leave it empty for no rhythm."))

    def start(self) -> None:
        """Focus the rhythm."""
        self.every.setFocus()
        self.every.selectAll()

    def do(self) -> str:
        """Set it; return the toast. Raises UserError for what is no rhythm."""
        days = typed(self.every.text())
        self._bench.involvement.keep_rhythm([self._member], days)
        name = text.name(self._bench.members.get(self._member).name)
        if not days:
            return tr("{name} has no rhythm now.").format(name=name)
        return tr("{name}: in touch {rhythm}.").format(name=name, rhythm=phrase(days))


class FitsStrip(Strip):
    """Asks why a member fits the ideal audience."""

    def __init__(self, bench: Workbench, member: int) -> None:
        """For the member with this id; the criteria of the audience are shown."""
        found, audience = bench.members.get(member), bench.involvement.audience()
        super().__init__(
            tr("Mark {name} as your audience").format(name=text.embed(found.name)), "circle-check", tr("Mark")
        )
        self._bench, self._member = bench, member
        self.about = ("fits", member)
        self.why = QLineEdit(found.fits_why)
        self.why.setPlaceholderText(audience.criteria[0] if audience.criteria else tr("Makes lemonade at home"))
        self.field(tr("Why they fit"), self.why, 0, 0, 3)
        told = "; ".join(audience.criteria) or audience.description
        self.aside.setText(text.short(told, 160) if told else tr("Say in Settings who the community is for."))

    def start(self) -> None:
        """Focus the reason."""
        self.why.setFocus()

    def do(self) -> str:
        """Mark them; return the toast."""
        self._bench.involvement.mark_fits([self._member], self.why.text(), fits=True)
        return tr("{name} fits the audience.").format(name=text.name(self._bench.members.get(self._member).name))
