"""The page of today: how fresh it is, what fits into the minutes that one has, and what each noun has for the day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.words import N_
from app.inbox import Query
from ui.frame.page import Page
from ui.frame.working import Working
from ui.look.text import tr
from ui.widgets.panels import PageHeader

if TYPE_CHECKING:
    from app.store.changes import Changes
    from app.today import Day
    from ui.pages.today.body import Body

_MINUTE_MS, _SETTLE_MS = 60_000, 120
_TABLES = (
    "conversation", "message", "promise", "handoff", "gift", "draft", "draft_beside", "letter_draft", "put_off",
    "kind_word", "account", "member", "involvement", "identity", "outbox", "block", "handling", "teammate",
    "work", "quarrel", "introduction", "fact", "fact_value", "fact_told", "embargo",
)  # fmt: skip


class TodayPage(Page):
    """What is to be done today, and how much of it fits.

    Its parts are built after the first paint: they need more of the product than a start may load.
    """

    id: ClassVar[str] = "today"
    title: ClassVar[str] = N_("Today")
    icon: ClassVar[str] = "sun"

    def build(self) -> None:
        """Build the header; the rest follows once that is painted."""
        self._day: Day | None = None
        self.body: Body | None = None
        self._wanted: object = None
        self._is_growing = False
        self._aside: Working | None = None
        # Damage in the file has to be met while a backup can be offered in its place, and not by a timer.
        self.bench.inbox.rows([ref.id for ref in self.bench.inbox.refs(Query(), 1)])
        self.header = PageHeader(tr("Today"))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(self.header)
        self.column.addStretch(1)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE_MS)
        self._minute.timeout.connect(self.read_aside)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.read_aside)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The first paint is what the rest waits for."""
        super().paintEvent(event)
        if not self._is_growing:
            self._is_growing = True
            QTimer.singleShot(0, self, self._load)

    def _load(self) -> None:
        """Load what the parts need; each step is a turn of the event loop, so that keys are heard in between."""
        import app.today  # noqa: F401, PLC0415  not before the first paint

        QTimer.singleShot(0, self, self._load_parts)

    def _load_parts(self) -> None:
        import ui.pages.today.body  # noqa: F401, PLC0415  as above

        QTimer.singleShot(0, self, self._build_parts)

    def _build_parts(self) -> Body:
        if self.body is None:
            from ui.pages.today.body import Body  # noqa: PLC0415  as above

            self.body = Body(self)
            self.column.takeAt(1)
            self.column.addWidget(self.body, 1)
            QTimer.singleShot(0, self, self.finish)
        return self.body

    def finish(self) -> Body:
        """Build what the first paint did without, and read the day; the body, which is there from then on."""
        body = self._build_parts()
        if self._day is None:
            self.read()
            body.week.follow(now=True)
            if self.isVisible() and self._may_take_focus():
                body.focus()
            if self._wanted is not None:
                self.open(self._wanted)
        return body

    def _may_take_focus(self) -> bool:
        return self.window().focusWidget() in (None, self)

    # Reading

    @property
    def day(self) -> Day | None:
        """What is shown; None before it was read."""
        return self._day

    def read(self) -> None:
        """Read the day anew and show it."""
        if self.body is not None:
            self._settle.stop()
            self._leave_aside()
            self._show(self.bench.today.day(self.body.chooser.minutes()))

    def read_aside(self) -> None:
        """The same on a thread of its own, where nobody has asked for it; one such reading at a time."""
        if self.body is None:
            return
        if self._aside is not None:
            self._settle.start()
            return
        today, minutes = self.bench.today, self.body.chooser.minutes()
        self._aside = Working(lambda _progress, _stop: today.day(minutes), "today")
        self._aside.finished.connect(self._show)
        self._aside.failed.connect(self._leave_aside)
        self._aside.start()

    def _leave_aside(self) -> None:
        if self._aside is not None:
            self._aside.leave()
        self._aside = None

    def _show(self, day: Day) -> None:
        self._aside = None
        if self.body is not None:
            self._day = day
            self.body.show_day(day)

    # Page

    def activate(self) -> None:
        """Read what has changed meanwhile, and focus the queue."""
        if self.body is not None and self._day is not None:
            self.read()
            self.body.week.follow(now=True)
            self.body.focus()

    def open(self, target: object) -> None:
        """("kind_words",): the shelf."""
        self._wanted = None
        if self._day is None:
            self._wanted = target
        elif target == ("kind_words",) and self.body is not None:
            self.body.deeds.show_shelf()

    def refresh(self, changes: Changes) -> None:
        """Read the day again, once for all that changes within a moment; hidden, when it is shown again."""
        if self.isVisible() and changes.touches(*_TABLES):
            self._settle.start()
            if self.body is not None:
                self.body.week.follow(now=changes.touches("action"))

    def panes(self) -> Sequence[QWidget]:
        """The choice of minutes, the queue, and the groups."""
        return self.body.panes() if self.body is not None else ()

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The command handlers available now."""
        return self.body.handlers() if self.body is not None else {}

    def selected(self) -> object:
        """The row that a menu would be about."""
        thing = self.body.chosen_thing() if self.body is not None else None
        return (thing.noun, thing.id) if thing is not None else None

    def showEvent(self, event: QShowEvent) -> None:
        """Ages grow while it is shown."""
        super().showEvent(event)
        self._minute.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is read while nobody looks."""
        super().hideEvent(event)
        self._minute.stop()
        self._settle.stop()
        self._leave_aside()

    def closing(self) -> None:
        """Stop reading: the file is going to be closed."""
        if self.body is not None:
            self.body.week.reader.leave()
        self._minute.stop()
        self._settle.stop()
        self._leave_aside()
