"""How many minutes one has, and the button that begins."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.today import Day
from ui.look import text
from ui.look.text import tr
from ui.widgets.buttons import ActionButton, Runner
from ui.widgets.flow import Flow
from ui.widgets.labels import Label
from ui.widgets.segments import SegmentSwitch

MINUTES = (10, 25, 45, 60)
USUAL = "25"
BLOCK = "block"


class Chooser(QWidget):
    """The choice "I have 10 | 25 | 45 | 60 | until 12:00", and Start. `chosen` carries nothing: ask `minutes`."""

    chosen = Signal()

    def __init__(self, runner: Runner) -> None:
        """Nothing is begun yet."""
        super().__init__()
        self._until = 0
        choices = [*((str(minutes), str(minutes)) for minutes in MINUTES), (BLOCK, tr("until the block ends"))]
        self.switch = SegmentSwitch(choices, USUAL, tr("How many minutes you have"))
        self.switch.set_shown(BLOCK, shown=False)
        self.switch.chosen.connect(self._chose)
        self.start = ActionButton(tr("Start"), "play", kind="primary", height=32)
        self.start.follow("next_waiting")
        self.start.clicked.connect(lambda: runner.run("next_waiting"))
        words = QWidget()
        line = Flow(words, 10)
        line.addWidget(_centred(Label(tr("I have"), "section", weight=500)))
        line.addWidget(self.switch)
        self._unit = _centred(Label(tr("minutes"), "section", weight=500))
        line.addWidget(self._unit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(words, 1)
        row.addWidget(self.start)

    def minutes(self) -> int:
        """How many were chosen."""
        chosen = self.switch.current()
        return self._until if chosen == BLOCK else int(chosen)

    def choose(self, place: int) -> None:
        """Choose by the place from the left, from 1; what is not shown is not chosen."""
        keys = [*map(str, MINUTES), BLOCK]
        if keys[place - 1] != BLOCK or self._until:
            self.switch.set_current(keys[place - 1])
            self._chose(keys[place - 1])

    def show_block(self, day: Day) -> bool:
        """Offer what is left of the block that is under way; whether another choice had to be made as it is over."""
        left = max(0, day.current.ends - day.now) // 60 if day.current is not None else 0
        self._until = left
        self.switch.set_shown(BLOCK, shown=left > 0)
        if day.current is not None and left:
            self.switch.set_title(BLOCK, tr("until {time}").format(time=text.clock(day.current.ends)))
            self.switch.set_tip(BLOCK, text.counted(left, "{count} minute is left", "{count} minutes are left"))
        if not left and self.switch.current() == BLOCK:
            self.switch.set_current(USUAL)
            return True
        self._unit.setVisible(self.switch.current() != BLOCK)
        return False

    def _chose(self, _key: str) -> None:
        self.chosen.emit()


def _centred(label: Label) -> Label:
    label.setMinimumHeight(30)
    label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return label
