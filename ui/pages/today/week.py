"""The list of the first week on Today: beside the groups, gone once all of it is done, left out, or hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.first_week import DONE, OPEN, Overview, Step
from app.first_week.words import note
from ui.look import fonts, icons, text
from ui.look.text import tr
from ui.look.theme import theme
from ui.shared.week_reader import OFTEN, SELDOM, WeekReader
from ui.widgets import paint
from ui.widgets.buttons import IconButton, PaintedButton
from ui.widgets.labels import Label
from ui.widgets.panels import Panel, empty_layout

if TYPE_CHECKING:
    from app.workbench import Workbench

_TALL, _SHORT = 40, 28


class StepLine(PaintedButton):
    """A step; a click shows it. One that is settled has a single line."""

    def __init__(self, step: Step) -> None:
        """Its name, and what it offers or its state."""
        self.step = step
        self._title, self._note = tr(step.title), note(step)
        super().__init__(f"{self._title}: {self._note}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(text.tooltip(self._note))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Two lines, or one."""
        return QSize(fonts.px(200), fonts.px(_TALL if self.step.state == OPEN else _SHORT))

    def minimumSizeHint(self) -> QSize:
        """Narrow: both lines elide."""
        return QSize(fonts.px(90), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sign of its state, its name and note."""
        painter, px = QPainter(self), fonts.px
        if self.underMouse():
            paint.box(painter, self.rect(), fill="hover")
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        size, left = px(16), px(4)
        open_ = self.step.state == OPEN
        sign, tone = ("circle-check", "ok") if self.step.state == DONE else ("circle-dashed", "text2")
        across = self.width() - left - size if mirrored else left
        icons.draw(painter, sign, theme().hex(tone), across, (self.height() - size) / 2, size)
        inset = left + size + px(8)
        rect = QRect(px(4) if mirrored else inset, 0, self.width() - inset - px(4), self.height())
        if open_:
            high = px(18)
            upper = QRect(rect.x(), self.height() // 2 - high, rect.width(), high)
            paint.words(painter, upper, self._title, "row", "text", 500)
            paint.words(painter, upper.translated(0, high), self._note, "meta", "text2")
        else:
            paint.words(painter, rect, self._title, "row", "text2", 400)
            taken = QFontMetrics(fonts.font("row", 400)).horizontalAdvance(self._title) + px(10)
            if self.step.state != DONE and taken < rect.width():
                beside = rect.adjusted(0, 0, -taken, 0) if mirrored else rect.adjusted(taken, 0, 0, 0)
                paint.words(painter, beside, self._note, "meta", "text2", right=not mirrored)
        if self.ring:
            paint.focus_ring(painter, self.rect())


class WeekCard(Panel):
    """The steps; `asked` carries the id of one to be shown."""

    asked = Signal(str)
    changed = Signal()
    """It came, went, or has become higher."""

    def __init__(self, bench: Workbench) -> None:
        """Hidden until `follow` finds that it is wanted."""
        super().__init__()
        self._bench = bench
        self.setAccessibleName(tr("First week"))
        self.lines: list[StepLine] = []
        self._steps: tuple[Step, ...] = ()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(tr("First week"), "heading", "text"))
        self.progress = Label("", "meta", "text2")
        head.addWidget(self.progress, 1)
        self.away = IconButton("x", tr("Hide the first week"), size=26, glyph=14)
        self.away.clicked.connect(self._hide)
        head.addWidget(self.away)
        self.column.addLayout(head)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.column.addLayout(self._rows)
        self.reader = WeekReader(bench, self)
        self.reader.told.connect(self._show)
        self.hide()

    def follow(self, *, now: bool = False) -> None:
        """Look whether it is wanted, and read what there is on a thread of its own."""
        if self._bench.first_week.is_shown():
            self.reader.ask(now=now)
        else:
            self._vanish()

    def focus_first(self) -> None:
        """Focus the first step that is open."""
        first = next((line for line in self.lines if line.step.state == OPEN), None)
        at: QWidget = first or self.away
        at.setFocus(Qt.FocusReason.TabFocusReason)

    def _show(self, made: object) -> None:
        if not isinstance(made, Overview):
            return
        self.reader.seconds_between = SELDOM if made.is_over else OFTEN
        if not self._bench.first_week.is_listed(made):
            self._vanish()
            return
        if made.steps != self._steps or self.isHidden():
            self._put(made.steps)
        self.show()
        self.changed.emit()

    def _put(self, steps: tuple[Step, ...]) -> None:
        focused = next((at for at, line in enumerate(self.lines) if line.hasFocus()), None)
        self._steps = steps
        empty_layout(self._rows)
        self.lines = []
        for step in steps:
            line = StepLine(step)
            line.clicked.connect(self._clicked)
            row = QHBoxLayout()
            row.setSpacing(2)
            row.addWidget(line, 1)
            if step.state == OPEN:
                leave = IconButton("x", tr("Leave out: {step}").format(step=tr(step.title)), size=26, glyph=12)
                leave.setProperty("step", step.id)
                leave.clicked.connect(self._leave_out)
                row.addWidget(leave)
            self._rows.addLayout(row)
            self.lines.append(line)
        settled = sum(step.state != OPEN for step in steps)
        self.progress.setText(tr("{settled} of {all}").format(settled=settled, all=len(steps)))
        if focused is not None:
            self.lines[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def _clicked(self) -> None:
        line = self.sender()
        if isinstance(line, StepLine):
            self.asked.emit(line.step.id)

    def _leave_out(self) -> None:
        self._bench.first_week.leave_out(str(self.sender().property("step")))
        self.follow(now=True)
        self.focus_first()

    def _hide(self) -> None:
        self._bench.first_week.show(shown=False)
        self._vanish()

    def _vanish(self) -> None:
        if not self.isHidden():
            self.hide()
            self.changed.emit()
