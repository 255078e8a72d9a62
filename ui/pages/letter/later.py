"""Choosing any day and time for a new message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.base.errors import UserError
from ui.frame import unsaved
from ui.look.text import tr
from ui.shared.date_field import DateField, tomorrow
from ui.widgets.form_dialog import FormDialog, labelled

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.dates import Dates
    from ui.frame.page import Frame


def choose_time(frame: Frame, button: QWidget, send: Callable[[int], object]) -> None:
    """Ask when to send, in a menu at the button; `send` gets the time in Unix seconds."""
    from app.calendar.choices import OWN  # noqa: PLC0415  rarely needed
    from ui.shared.when import choose, meant  # noqa: PLC0415  rarely needed

    def chosen(letter: str) -> None:
        if letter == OWN:
            ask_time(frame, send)
        else:
            send(meant(frame.bench.dates, letter))

    choose(tr("Send later"), button, frame.bench.dates, chosen)


def ask_time(frame: Frame, send: Callable[[int], object]) -> None:
    """Ask for any day and time; `send` gets it in Unix seconds."""
    dialog = LaterDialog(frame.window(), frame.bench.dates)
    dialog.chosen.connect(send)
    unsaved.open_dialog(frame, dialog, "letter")


class LaterDialog(FormDialog):
    """A field for a date; `chosen` carries it in Unix seconds."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget, dates: Dates) -> None:
        """Start with tomorrow morning."""
        super().__init__(
            parent, tr("Send later"), tr("Send later"), tr("The message waits in the outbox until then."), tr("Cancel")
        )
        self.when = DateField(dates, tomorrow(), timed=True)
        self.fields.addWidget(labelled(self.when, tr("Date")))
        self.fit()
        self.when.line.setFocus()
        self.when.line.selectAll()

    def keep(self) -> None:
        """Choose the time, unless it is past."""
        try:
            at = self.when.moment()
        except UserError as why:
            self.wrong.setText(str(why))
            self.wrong.show()
            return
        self.accept()
        self.chosen.emit(at)
