"""The start line on the page: from which day, what that closes and what stays open, and the button that draws it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.base import clock
from app.base.dates import in_words
from app.base.errors import UserError
from app.base.words import N_
from app.first_week import DONE, LINE, Offer, Overview, Step, today, words
from ui.frame.doing import announce
from ui.frame.working import Working
from ui.look import text
from ui.look.text import tr
from ui.pages.firstweek.section import Section
from ui.shared.date_field import DateField
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import Label
from ui.widgets.scaled import scaled

if TYPE_CHECKING:
    from app.workbench import Workbench
    from ui.frame.page import Frame

_ABOUT = N_(
    "Close older conversations in one go, so that only new ones need you. Older messages that are still being fetched "
    "from a mailbox are closed too. You can undo this."
)
_TYPING_MS, _WIDE, _FIELD_TALL = 250, 240, 32


class LineSection(Section):
    """Counts for the day that is typed, on a thread of its own; nothing is closed before the button is pressed."""

    def __init__(self, bench: Workbench, frame: Frame) -> None:
        """Start with today."""
        super().__init__(LINE, tr("Start line"), tr(_ABOUT))
        self._bench, self._frame = bench, frame
        self._offer: Offer | None = None
        self._day = today()
        self._counting: Working | None = None
        self._drawing: Working | None = None
        self._before: int | None = None
        self.field = DateField(bench.dates, tr("today"), back=True)
        self.field.setAccessibleName(tr("Start from"))
        scaled(self.field, width=_WIDE)
        self.field.changed.connect(self._typed)
        row = QHBoxLayout()
        row.setSpacing(10)
        label = Label(tr("Start from"), "body", "text2")
        label.setBuddy(self.field)
        scaled(label, height=_FIELD_TALL)
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.field)
        row.addStretch(1)
        self.body.addLayout(row)
        self.closes = Label("", "body", "text", wrap=True, weight=600)
        self.parts, self.stays = Label("", "body", "text2", wrap=True), Label("", "body", "text2", wrap=True)
        for words_label in (self.closes, self.parts, self.stays):
            self.body.addWidget(words_label)
        self.button = ActionButton(tr("Close older conversations"), "check")
        self.button.clicked.connect(self._draw)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_MS)
        self._pause.timeout.connect(self._count)

    def show_overview(self, made: Overview) -> None:
        """Show the state, and what the line would do as things stand now."""
        self.show_step(made.step(LINE))
        if made.drawn is not None and made.step(LINE).state == DONE:
            day = clock.local(made.drawn).date()
            self.note.setText(tr("Set to the start of {day}").format(day=in_words(day)))
        if self._day == today():
            self._show(made.offer)
        else:
            self._count()

    def has_body(self, step: Step) -> bool:
        """It is drawn once."""
        return super().has_body(step) and step.state != DONE

    def focus(self) -> None:
        """Focus the button, else the field."""
        at: QWidget = self.button if self.button.isEnabled() else self.field
        at.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Count no more: the file is going to be closed."""
        self._pause.stop()
        if self._counting is not None:
            self._counting.leave()

    def _typed(self) -> None:
        self._offer = None
        self.button.setEnabled(False)
        self._pause.start()

    def _count(self) -> None:
        try:
            self._day = date.fromisoformat(self.field.iso() or today().isoformat())
        except UserError:
            self._offer = None
            self.button.setEnabled(False)
            return
        day, week = self._day, self._bench.first_week
        if self._counting is not None:
            self._counting.leave()
        self._counting = Working(lambda _progress, _stop: week.offer(day), "start line")
        self._counting.finished.connect(self._counted)
        self._counting.start()

    def _counted(self, offer: object) -> None:
        self._counting = None
        if isinstance(offer, Offer):
            self._show(offer)

    def _show(self, offer: Offer) -> None:
        self._offer = offer
        self.closes.setText(words.closes(offer, self._day, today()))
        self.parts.setText(words.parts(offer))
        self.parts.setVisible(bool(offer.closes))
        self.stays.setText(" ".join(words.stays(offer)))
        self.stays.setVisible(bool(self.stays.text()))
        self.button.set_title(text.counted(
            offer.closes, "Close {count} older conversation", "Close {count} older conversations"
        ))  # fmt: skip
        self.button.setEnabled(offer.closes > 0)

    def _draw(self) -> None:
        if self._offer is None or self._drawing is not None:
            return
        day, week = self._day, self._bench.first_week
        self._before = self._bench.store.last_action  # the button stays enabled: without it the focus would jump
        self._drawing = Working(lambda _progress, _stop: week.draw_line(day), "draw line")
        self._drawing.finished.connect(self._drawn)
        self._drawing.failed.connect(self._refused)
        self._drawing.start()

    def _drawn(self, offer: object) -> None:
        self._drawing = None
        if isinstance(offer, Offer):
            said = text.counted(
                offer.closes, "{count} older conversation is closed, and stays found by search.",
                "{count} older conversations are closed, and stay found by search.",
            )  # fmt: skip
            announce(self._frame, said, self._before)

    def _refused(self, why: object) -> None:
        self._drawing = None
        if isinstance(why, UserError):
            self._frame.fail(str(why))
