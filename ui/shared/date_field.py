"""The field for a date: words are typed, what they mean stands below, and a small calendar is a key away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.base import clock
from app.base.errors import UserError
from ui.look.text import tr
from ui.widgets.buttons import IconButton
from ui.widgets.labels import Label
from ui.widgets.scaled import scaled

if TYPE_CHECKING:
    from app.dates import Dates
    from ui.shared.date_calendar import DateCalendar
    from ui.shared.date_offers import DateOffers


class DateField(QWidget):
    """A line for typed words such as "mon 9" or "po 9"; `changed` tells that they are others.

    With `timed` a time is asked for, else a day; with `back` one that is over.
    """

    changed = Signal()

    def __init__(
        self, dates: Dates, words: str = "", *, timed: bool = False, back: bool = False,
        warn: Callable[[int], str] = lambda _at: "",
    ) -> None:  # fmt: skip
        """Start with these words. `warn` says what is wrong with a time (Unix UTC) that can be taken all the same."""
        super().__init__()
        self._warn = warn
        self._dates, self._timed, self._back = dates, timed, back
        self.line = _Line(words)
        self.line.setPlaceholderText(tr("fri, mon 9, in 3 days") if timed else tr("fri, in 3 days, 24.12."))
        scaled(self.line, min_width=104)
        self.reading = Label("", "meta", "text2", wrap=True)
        self.opener = IconButton("calendar", tr("Calendar (Down)"), size=26)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.line, 1)
        row.addWidget(self.opener)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.reading)
        self.setFocusProxy(self.line)
        self._offers: DateOffers | None = None
        self._offered: list[tuple[str, str]] = []
        self.line.textEdited.connect(self._offer)
        self.line.left.connect(self._hide_offers)
        self.line.steer = self._steered
        self.line.textChanged.connect(self._typed)
        self.line.editingFinished.connect(self._finished)
        self.line.down.connect(self.open_calendar)
        self.opener.clicked.connect(self.open_calendar)
        self._tell()

    def text(self) -> str:
        """The words as they were typed."""
        return self.line.text()

    def setText(self, words: str) -> None:
        """Replace the words."""
        self.line.setText(words)

    def setAccessibleName(self, name: str) -> None:
        """Name the line, which has the focus."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def minimumSizeHint(self) -> QSize:
        """A line with its button; what is said below wraps."""
        hint = super().minimumSizeHint()
        return QSize(self.line.minimumWidth() + self.opener.sizeHint().width() + 4, hint.height())

    def iso(self) -> str:
        """The day as it is stored (YYYY-MM-DD), "" for an empty field. Raises UserError for words that mean none."""
        return self._dates.day(self.text(), back=self._back)

    def moment(self) -> int:
        """The time (Unix UTC). Raises UserError for words that mean none, or one on the wrong side of now."""
        return self._dates.moment(self.text(), back=self._back)

    def open_calendar(self) -> DateCalendar:
        """Open the calendar below the field, at the day that is typed, else at today."""
        from ui.shared.date_calendar import DateCalendar  # noqa: PLC0415  rarely needed

        try:
            at = date.fromisoformat(self._dates.day(self.text() or "today", back=self._back))
        except UserError:
            at = clock.local(clock.now()).date()
        found = DateCalendar(at, self._dates, self.window(), letters=not self._back)
        found.picked.connect(self._picked)
        found.named.connect(self._named)
        found.popup_at(self.line)
        return found

    def _picked(self, day: date) -> None:
        """Take the day; a time that was typed stays."""
        hour = ""
        if self._timed:
            try:
                moment = clock.local(self._dates.moment(self.text(), back=self._back))
                hour = f" {moment:%H:%M}"
            except UserError:
                pass
        self._named(f"{day.isoformat()}{hour}")

    def _named(self, words: str) -> None:
        self.setText(words)
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def _offer(self, typed: str) -> None:
        """Offer what the words may become."""
        lines = self._dates.completions(typed, back=self._back)
        if not lines:
            self._hide_offers()
            return
        if self._offers is None:
            from ui.shared.date_offers import DateOffers  # noqa: PLC0415  once a word is begun

            self._offers = DateOffers(self.window())
            self._offers.taken.connect(self._take_offer)
        self._offered = [
            (line, self._dates.explain(line, timed=self._timed, back=self._back).sentence) for line in lines
        ]
        self._offers.show_items(self._offered, self._place())

    def _place(self) -> QRect:
        return QRect(self.line.mapTo(self.window(), QPoint(0, 0)), self.line.size())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the list of offers follow: what is said below the line may have become longer."""
        super().resizeEvent(event)
        if self._offers is not None and self._offers.isVisible():
            self._offers.show_items(self._offered, self._place())

    def _take_offer(self, words: str) -> None:
        self._hide_offers()
        self.setText(words)

    def _hide_offers(self) -> None:
        if self._offers is not None:
            self._offers.hide()

    def _steered(self, event: QKeyEvent) -> bool:
        """Whether a key was for the list of offers, while it is open."""
        return self._offers is not None and self._offers.isVisible() and self._offers.steer(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Close the list with the field."""
        self._hide_offers()
        super().hideEvent(event)

    def _typed(self, _words: str) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        told = self._dates.explain(self.text(), timed=self._timed, back=self._back)
        warning = self._warn(self.moment()) if self._timed and told.good and told.sentence else ""
        said = tr("{first} {second}").format(first=f"{told.sentence}.", second=warning) if warning else told.sentence
        self.reading.setText(said)
        self.reading.set_tone("warn" if warning else "text2")  # no alarm at half a word
        self.line.setAccessibleDescription(said)

    def _finished(self) -> None:
        told = self._dates.explain(self.text(), timed=self._timed, back=self._back)
        if not told.good and told.sentence:
            self.reading.set_tone("danger")


class _Line(QLineEdit):
    """A line whose Down key opens the calendar, unless an open list takes its keys."""

    down, left = Signal(), Signal()
    steer: Callable[[QKeyEvent], bool]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down opens the calendar; every other key is the line's."""
        if self.steer(event):
            event.accept()
            return
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say so."""
        super().focusOutEvent(event)
        self.left.emit()


def written(at: int) -> str:
    """A time (Unix UTC) as a field starts with it: "2026-12-24 09:00"."""
    return f"{clock.local(at):%Y-%m-%d %H:%M}"


def tomorrow() -> str:
    """The day after today as a field starts with it."""
    return (clock.local(clock.now()).date() + timedelta(days=1)).isoformat()
