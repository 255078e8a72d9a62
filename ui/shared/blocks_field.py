"""The field for working blocks: days and hours are typed, what they mean stands below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.base.errors import UserError
from app.blocks.words import in_words, understood, written
from app.calendar.working import WORKING_DAYS, Block
from ui.frame.doing import undoable
from ui.look import text
from ui.look.text import tr
from ui.widgets.labels import Label
from ui.widgets.scaled import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.workbench import Workbench
    from ui.frame.page import Frame

_WIDTH = 300


class BlocksField(QWidget):
    """The field and, below it, what was understood; a valid text is kept when the field is left."""

    def __init__(self, bench: Workbench, frame: Frame) -> None:
        """Show the blocks that are set."""
        super().__init__()
        self._bench, self._frame = bench, frame
        self.field = QLineEdit()
        self.field.setAccessibleName(tr("Working blocks"))
        self.field.setPlaceholderText(tr("Tue 17-19, Sat 10-12"))
        self.reading = Label("", "meta", "text2", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.field)
        column.addWidget(self.reading)
        scaled(self, width=_WIDTH)
        self.field.textChanged.connect(self._read)
        self.field.editingFinished.connect(self._keep)
        self.setFocusProxy(self.field)
        self.show_again()

    def show_again(self) -> None:
        """Show what is set by now, unless somebody is typing."""
        if self.field.hasFocus():
            return
        with QSignalBlocker(self.field):
            self.field.setText(written([planned.block for planned in self._bench.blocks.all()]))
        self._read()

    def _read(self) -> None:
        words, tone = reading(self.field.text())
        self.reading.setText(words)
        self.reading.set_tone(tone)
        self.field.setAccessibleDescription(words)

    def _keep(self) -> None:
        typed = self.field.text()
        if reading(typed)[1] == "warn":
            return
        before = self._bench.blocks.all()
        words = tr("Your working blocks are set.") if typed.strip() else tr("No working blocks any more.")
        if (set(understood(typed)) if typed.strip() else set()) != {planned.block for planned in before}:
            with undoable(self._frame, words):
                self._bench.blocks.put(typed)


def reading(typed: str) -> tuple[str, str]:
    """What was understood, in words, and their tone."""
    if not typed.strip():
        return tr("Until you set your working blocks: {days}.").format(days=written(WORKING_DAYS)), "text2"
    try:
        blocks = understood(typed)
    except UserError as why:
        return str(why), "warn"
    return tr("{blocks}; {time} a week").format(blocks=in_words(blocks), time=_length(blocks)), "text2"


def _length(blocks: Sequence[Block]) -> str:
    hours, minutes = divmod(sum(block.ends - block.starts for block in blocks), 60)
    return (
        tr("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
        if minutes
        else text.counted(hours, "{count} hour", "{count} hours")
    )
