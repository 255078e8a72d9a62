"""Working blocks and estimates in the settings: typed, with a reading of what was understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from app.base import clock
from app.base.words import N_
from app.handling import KIND_NAMES, KINDS, Estimate
from app.handling.desk import MOST_MINUTES
from app.handling.words import by_kind, spent
from ui.look.text import tr
from ui.pages.settings.fields import row
from ui.shared.blocks_field import BlocksField
from ui.widgets.fields import Spin
from ui.widgets.labels import Label
from ui.widgets.scaled import scaled

if TYPE_CHECKING:
    from app.workbench import Workbench
    from ui.frame.page import Frame

_HELP = N_("When you work. Only these hours count as waiting time, and snoozing and parking lead to the next of them.")
_ESTIMATES_HELP = N_("How many minutes each kind of work takes you. Set your own, or 0 to go by what was timed.")
_ESTIMATES_WORDS = N_("estimates minutes how long queue today handling time")
_WEEK_HELP = N_("Time on conversations that you finished or put off, long pauses left out. In the shell: hours --week")
_FIELD_WIDTH, _SPIN_WIDTH = 300, 220


class Estimates:
    """A row for each kind of work: how long it takes, by what was timed or as the person says."""

    def __init__(self, bench: Workbench) -> None:
        """Rows are made by `rows`."""
        self._bench = bench
        self.spins: dict[str, Spin] = {}

    def rows(self) -> list[tuple[QWidget, str]]:
        """The rows, with the words that the search field finds them by."""
        head = row(N_("Estimates"), _ESTIMATES_HELP, QWidget())
        return [(head, tr(_ESTIMATES_WORDS)), *(self._row(kind) for kind in KINDS)]

    def _row(self, kind: str) -> tuple[QWidget, str]:
        spin = self.spins[kind] = Spin()
        spin.setRange(0, MOST_MINUTES)
        spin.setKeyboardTracking(False)
        before, _, after = tr("{count} min").partition("{count}")
        spin.setPrefix(before)
        spin.setSuffix(after)
        spin.setAccessibleName(tr("Minutes for: {kind}").format(kind=tr(KIND_NAMES[kind])))
        scaled(spin, width=_SPIN_WIDTH)
        spin.valueChanged.connect(lambda minutes: self._correct(kind, minutes))
        made = row(KIND_NAMES[kind], "", spin)
        return made, f"{tr(KIND_NAMES[kind])} {tr(_ESTIMATES_WORDS)}"

    def show_again(self) -> None:
        """Show the estimates as they stand."""
        for estimate in self._bench.handling.estimated():
            self._show(estimate)

    def _show(self, estimate: Estimate) -> None:
        spin = self.spins[estimate.kind]
        with QSignalBlocker(spin):
            spin.setValue(estimate.corrected or 0)
        own = tr("{minutes} min, as timed") if estimate.is_own else tr("{minutes} min, as is usual")
        spin.setSpecialValueText(own.format(minutes=estimate.minutes))
        spin.setToolTip(estimate.why)
        spin.setAccessibleDescription(estimate.why)

    def _correct(self, kind: str, minutes: int) -> None:
        self._bench.handling.correct(kind, minutes or None)
        self.show_again()


class WorkingTime:
    """The rows of the group."""

    def __init__(self, bench: Workbench, frame: Frame) -> None:
        """Read what is set when `rows` or `show_again` is called."""
        self._bench = bench
        self.blocks, self.estimates = BlocksField(bench, frame), Estimates(bench)
        self.week = Label("", "body", "text2", wrap=True)
        scaled(self.week, width=_FIELD_WIDTH)

    def rows(self) -> list[tuple[QWidget, str]]:
        """The blocks, and an estimate for each kind of work."""
        made = row(N_("Working blocks"), _HELP, self.blocks)
        found = [(made, tr("working blocks hours shift week schedule part-time days"))]
        found += self.estimates.rows()
        found.append((row(N_("Where this week went"), _WEEK_HELP, self.week), tr("hours week time spent report")))
        self.show_again()
        return found

    def show_again(self) -> None:
        """Show what was changed elsewhere."""
        self.blocks.show_again()
        self.estimates.show_again()
        hours = self._bench.handling.hours(clock.local(clock.now()).date())
        whole = tr("{time} in all: {kinds}").format(time=spent(hours.seconds), kinds=by_kind(hours))
        self.week.setText(whole if hours.seconds else tr("Nothing was timed this week yet."))
