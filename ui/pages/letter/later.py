"""Choosing any day and time for a new message."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.base import clock
from app.base.errors import UserError
from app.outbox.moments import moment
from ui.look.text import tr
from ui.shared.when import When
from ui.widgets.form_dialog import FormDialog


class LaterDialog(FormDialog):
    """Fields for a day and a time; `chosen` carries it in Unix seconds."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        """Start with tomorrow morning."""
        super().__init__(
            parent, tr("Send later"), tr("Send later"), tr("The message waits in the outbox until then."), tr("Cancel")
        )
        self._when = When(moment("tomorrow", clock.local(clock.now())))
        self.fields.addWidget(self._when)
        self.fit()

    def keep(self) -> None:
        """Choose the time, unless it is past."""
        try:
            at = self._when.at()
        except UserError as why:
            self.wrong.setText(str(why))
            self.wrong.show()
            return
        self.accept()
        self.chosen.emit(at)
