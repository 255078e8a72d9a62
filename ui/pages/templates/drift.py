"""The view of the voice guide's drift: what its rules find in what was sent, month by month, and in which messages."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.base import clock
from app.voice.drift import MONTHS, Drift, months
from ui.frame.working import Working
from ui.look import text
from ui.look.text import tr
from ui.pages.templates.drift_table import FigureModel, FigureTable, ShownDelegate, ShownModel, month_named
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import ElidedLabel
from ui.widgets.panels import EmptyState
from ui.widgets.progress import Progress
from ui.widgets.rows import Index
from ui.widgets.rowview import RowView
from ui.widgets.stack import Stack

if TYPE_CHECKING:
    from app.store.changes import Changes
    from app.voice import Rule
    from app.workbench import Workbench
    from ui.frame.page import Frame

_NOTHING, _TABLE, _MESSAGES = range(3)


class DriftView(QWidget):
    """Counts on a thread of its own, and keeps what was counted while the page is there.

    `turned` says that something else is shown, so that the focus goes there.
    """

    turned = Signal()

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        """Nothing is counted until `begin`."""
        super().__init__(parent)
        self._frame, self._bench = frame, frame.bench
        self._working: Working | None = None
        self._at = 0
        self._rules: tuple[Rule, ...] = ()
        self._of = ("", "", 0)
        self.counted: Drift | None = None
        self.state = ElidedLabel("", "meta", "text2")
        self.back_button = ActionButton(tr("All months"), "arrow-left", "Esc", kind="plain")
        self.back_button.clicked.connect(self.back)
        self.again = ActionButton(tr("Count again"), "refresh-cw")
        self.again.clicked.connect(self._pressed)
        self.progress = Progress(self)
        self.figures = FigureModel()
        self.table = FigureTable(self.figures)
        self.table.opened.connect(self._open)
        self.messages = ShownModel()
        self.list = RowView(tr("Messages"), ShownDelegate(self))
        self.list.setModel(self.messages)
        self.list.opened.connect(self.go)
        self.none = EmptyState("shield-alert", tr("What the rules find in your sent messages appears here, by month"))
        self.views = Stack(self)
        holder = QWidget(self.views)
        inset = QHBoxLayout(holder)
        inset.setContentsMargins(18, 0, 14, 0)
        inset.addWidget(self.table)
        for view in (self.none, holder, self.list):
            self.views.addWidget(view)
        top = QHBoxLayout()
        top.setContentsMargins(24, 14, 20, 6)
        top.setSpacing(8)
        top.addWidget(self.back_button)
        top.addWidget(self.state, 1)
        top.addWidget(self.again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.progress)
        column.addWidget(self.views, 1)
        self._show()

    def begin(self) -> None:
        """Count, unless that was done or is being done."""
        if self.counted is None and self._working is None:
            self.count()

    def count(self) -> None:
        """Count anew; what was counted before stays until it is done."""
        if self._working is not None:
            return
        self._rules = self._bench.voice.rules()
        self._working = Working(_Count(self._bench, months(clock.now(), MONTHS)), "voice-drift")
        self._working.progressed.connect(self._progressed)
        self._working.finished.connect(self._finished)
        self._working.failed.connect(self._failed)
        self._progressed(0, 0)
        self._working.start()
        self._show()

    def stop(self) -> None:
        """Stop counting; what was counted before stays."""
        if self._working is not None:
            self._working.stop()

    def _pressed(self) -> None:
        if self._working is None:
            self.count()
        else:
            self.stop()

    def leave(self) -> None:
        """Stop counting: nobody waits for it any more."""
        if self._working is not None:
            self._working.leave()

    def refresh(self, changes: Changes) -> None:
        """Say that the rules have changed since; forget what was counted where somebody was forgotten."""
        if changes.touches("forgotten"):
            self._forget()
        self._show()

    def _forget(self) -> None:
        """Let go of all that was read; what is being counted is counted anew."""
        self.counted = None
        self.figures.show_drift(Drift((), (), 0))
        self.messages.show_rows([])
        self.views.setCurrentIndex(_NOTHING)
        if self._working is not None:
            self.leave()
            self._end()
            self.count()

    def home(self) -> QWidget:
        """What has the focus: the table, the list, or the button to count."""
        homes: Sequence[QWidget] = (self.again, self.table, self.list)
        return homes[self.views.currentIndex()]

    def next(self) -> None:
        """Go one rule or message down."""
        self._step(1)

    def previous(self) -> None:
        """Go one rule or message up."""
        self._step(-1)

    def open(self) -> None:
        """Open the messages of the figure, or the message in its conversation."""
        if self.views.currentIndex() == _TABLE:
            self.table.open()
        elif self.views.currentIndex() == _MESSAGES:
            self.go(self.list.place())

    def go(self, place: int) -> None:
        """Show a message of the list in its conversation."""
        row = self.messages.row_at(place)
        if row is not None:
            self._frame.go("inbox", ("message", row.id))

    def back(self) -> bool:
        """Go back to the table, or stop counting; whether there was either to do."""
        if self.views.currentIndex() == _MESSAGES:
            self.views.setCurrentIndex(_TABLE)
            self._show()
            self.turned.emit()
            return True
        if self._working is not None:
            self.stop()
            return True
        return False

    def _step(self, by: int) -> None:
        if self.views.currentIndex() == _TABLE:
            self.table.step(by)
        elif self.views.currentIndex() == _MESSAGES:
            self.list.step(by)

    def _progressed(self, done: int, of: int) -> None:
        self.progress.set(tr("Reading what was sent"), done, of)

    def _finished(self, drift: Drift | None) -> None:
        self._end()
        if drift is None:
            self._show()
            return
        self.counted, self._at = drift, clock.now()
        self.figures.show_drift(drift)
        self.table.choose_first()
        waiting = self.again.hasFocus()
        self.views.setCurrentIndex(_TABLE if drift.rows else _NOTHING)
        self._show()
        if waiting:  # else nothing takes the focus from what somebody is doing
            self.turned.emit()

    def _failed(self, why: object) -> None:
        self._end()
        self._show()
        if why is not None:  # a bug is reported by the application's exception hook
            self._frame.fail(str(why))

    def _end(self) -> None:
        self._working = None
        self.progress.set("")

    def _open(self, index: Index) -> None:
        found, rule, month = self.figures.of(index), self.figures.rules[index.row() // 2].rule, index.column()
        self.messages.show_rows(self._bench.voice.passages(found))
        self._of = (text.embed(rule.named, 60), month_named(self.figures.months[month]), len(found))
        self.list.choose(0)
        self.views.setCurrentIndex(_MESSAGES)
        self._show()
        self.turned.emit()

    def _show(self) -> None:
        """Say what is shown, and offer what can be done."""
        shown = self.views.currentIndex()
        self.back_button.setVisible(shown == _MESSAGES)
        self.again.setVisible(shown != _MESSAGES)
        if self._working is not None:
            self.again.set_title(tr("Stop"), "x")
        else:
            self.again.set_title(tr("Count") if self.counted is None else tr("Count again"), "refresh-cw")
        self.state.setText(self._listed() if shown == _MESSAGES else self._said())
        self.none.set_more(self._why_none())

    def _why_none(self) -> str:
        if self.counted is not None:
            return tr("In the last {many} months the rules found nothing.").format(many=len(self.counted.months))
        return tr("Each figure opens the messages behind it. You can go on working while they are read.")

    def _listed(self) -> str:
        rule, month, many = self._of
        said = text.counted(many, "{month}: {count} message, {rule}", "{month}: {count} messages, {rule}",
                            month=month, rule=rule)  # fmt: skip
        gone = many - self.messages.rowCount()
        if not gone:
            return said
        left = text.counted(gone, "{count} is no longer there", "{count} are no longer there")
        return tr("{said} ({left})").format(said=said, left=left)

    def _said(self) -> str:
        if self.counted is None:
            return ""
        if self._rules != self._bench.voice.rules():
            return tr("The rules have changed since this was counted.")
        read = text.counted(self.counted.messages, "{count} sent message read", "{count} sent messages read")
        return tr("{read} by today's rules, {when}").format(read=read, when=text.stamp(self._at, clock.now()))


class _Count:
    """Counts; called on a worker thread."""

    def __init__(self, bench: Workbench, shown: Sequence[str]) -> None:
        self._bench, self._shown = bench, shown

    def __call__(self, progress: Callable[[int, int], object], stop: threading.Event) -> object:
        return self._bench.voice.drift(self._shown, partial(_go_on, progress, stop))


def _go_on(progress: Callable[[int, int], object], stop: threading.Event, done: int, of: int) -> bool:
    progress(done, of)
    return not stop.is_set()
