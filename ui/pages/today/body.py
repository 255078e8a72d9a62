"""What Today shows below its header: how fresh it is, the choice of minutes, the bar, the queue, and the groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.today import Day, Freshness, GroupRow, Thing
from app.today.groups import PEOPLE
from app.today.words import by_hand, freshness
from ui.look import fonts, text
from ui.look.text import tr
from ui.look.theme import theme
from ui.pages.today import words
from ui.pages.today.chooser import Chooser
from ui.pages.today.deeds import Deeds
from ui.pages.today.fit_bar import FitBar
from ui.pages.today.nothing import Nothing
from ui.pages.today.side import TodaySide
from ui.pages.today.table import QueueDelegate, QueueModel, QueueRow, row_id
from ui.pages.today.week import WeekCard
from ui.shared.stopwatch import Stopwatch
from ui.widgets.avatar import Icon
from ui.widgets.buttons import CommandButton, LinkButton
from ui.widgets.labels import Label
from ui.widgets.panes import Panes
from ui.widgets.rowview import RowView
from ui.widgets.stack import Stack

if TYPE_CHECKING:
    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.widgets.panels import PageHeader

_MOST_WIDE = 880
"""CSS pixels: over this the reasons drift away from the names."""
_DAY_SECONDS = 86_400


class Host(Protocol):
    """The page, as its body needs it."""

    frame: Frame
    bench: Workbench
    header: PageHeader

    @property
    def day(self) -> Day | None:
        """What is shown; None before it was read."""
        ...

    def read(self) -> None:
        """Read the day anew and show it."""
        ...


class FreshLine(QWidget):
    """How fresh it is, in one line: a check or a warning, and the sentences."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        super().__init__()
        self._good, self._bad = Icon("check", "text2", 14), Icon("triangle-alert", "warn", 14)
        self.words = Label("", "meta", "text2", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._good)
        row.addWidget(self._bad)
        row.addWidget(self.words, 1)

    def show_fresh(self, told: Freshness, now: int, backups: str = "") -> None:
        """Show how fresh it is at `now` (Unix UTC), and what is wrong with `backups`; nothing if there is neither."""
        sentences = [*freshness(told, now, words.READ), by_hand(told, now, words.SHOWN), text.plain(backups)]
        bad = bool(told.troubles or backups)
        self.words.setText(" ".join(filter(None, sentences)))
        self.words.set_tone("text" if bad else "text2")
        self._bad.setVisible(bad)
        self._good.setVisible(not bad)
        self.setVisible(bool(self.words.text()))


class Centred(QWidget):
    """A column that is at most so wide, in the middle of its room."""

    def __init__(self, inner: QWidget, most: int) -> None:
        """`most` in CSS pixels."""
        super().__init__()
        self._most = most
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(inner)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Centre it again."""
        super().resizeEvent(event)
        half = max(0, (self.width() - fonts.px(self._most)) // 2)
        self._row.setContentsMargins(half, 0, half, 0)


class Body(QWidget):
    """All of it; `show_day` fills it."""

    def __init__(self, page: Host) -> None:
        """Build the parts, empty."""
        super().__init__()
        self.page = page
        self.stopwatch = Stopwatch(page.bench, self)
        self.deeds = Deeds(page.frame, page.bench, self.stopwatch, self.read)
        page.header.add(CommandButton("sync", page.frame))
        self.fresh = FreshLine()
        self.chooser = Chooser(page.frame)
        self.chooser.chosen.connect(self.read)
        self.bar = FitBar()
        self.model = QueueModel()
        self.list = RowView(tr("Queue"), QueueDelegate(self))
        self.list.setModel(self.model)
        self.list.moved.connect(self._moved)
        self.list.opened.connect(self._open_row)
        self.list.menu_asked.connect(page.frame.show_menu)
        self.week = WeekCard(page.bench)
        self.week.asked.connect(partial(page.frame.go, "firstweek"))
        self.week.changed.connect(self.fit)
        self.side = TodaySide(self.week)
        self.side.opened.connect(self.deeds.open_group_row)
        self.side.asked.connect(self.deeds.show_group)
        self.side.talk.connect(self.deeds.open_talk)
        self.side.shelf.connect(self.deeds.show_shelf)
        self.nothing = Nothing(page.frame, self.deeds)
        self.aside = LinkButton(tr("Also today"))
        self.aside.clicked.connect(self._to_side)
        self.aside.hide()  # until the panes know their widths
        self.split = Panes(self, self._main, self._beside, (752, 320), (1, 0), (430, 260), 16_000)
        self.split.left.connect(self.focus)
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.split)
        theme().changed.connect(self._scaled)

    def _scaled(self) -> None:
        QTimer.singleShot(0, self, self.fit)

    def _beside(self, parent: QWidget) -> QWidget:
        self.side.setParent(parent)
        return self.side

    def _main(self, parent: QWidget) -> QWidget:
        inner = QWidget(parent)
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 16, 20, 8)
        column.setSpacing(14)
        column.addWidget(self.fresh)
        self.work = QWidget()
        work = QVBoxLayout(self.work)
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(14)
        work.addWidget(self.chooser)
        work.addWidget(self.bar)
        work.addWidget(self.list, 1)
        self.middle = Stack()
        self.middle.addWidget(self.work)
        self.middle.addWidget(self.nothing)
        column.addWidget(self.middle, 1)
        column.addWidget(self.aside)
        return Centred(inner, _MOST_WIDE)

    def show_day(self, day: Day) -> None:
        """Show a day; the row that was chosen stays chosen, or the one in its place."""
        self.page.header.line.setText(words.date_line(day.now))
        self.fresh.show_fresh(day.fresh, day.now, self.page.bench.backup_warning())
        if self.chooser.show_block(day):
            self.read()
            return
        before, place = self.chosen_thing(), self.list.place()
        self.model.show(day)
        self.bar.show_day(day)
        at = self.model.place_of(row_id(before)) if before is not None else -1
        self.list.choose(at if at >= 0 else max(0, min(place, len(self.model.rows) - 1)))
        if self.model.rows and self.chosen_thing() is None:
            self.list.step(1)
        word = self.page.bench.kind_words.of_day(day.now // _DAY_SECONDS)
        self.side.show_day(day, word)
        self.nothing.show_day(day, self.chooser.minutes(), has_words=word is not None, empty=self.page.bench.is_empty)
        self.middle.setCurrentIndex(0 if day.queue.total else 1)
        many = sum(group.total for group in day.groups)
        self.aside.set_title(
            text.counted(many, "Also today: {count}", "Also today: {count}") if many else tr("Also today")
        )
        QTimer.singleShot(0, self, self.fit)

    def fit(self) -> None:
        """Offer the way to the groups where they are not in sight."""
        self.aside.setVisible(self.split.one_pane and bool(self.side.lines or not self.week.isHidden()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See whether the groups are in sight."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self.fit)  # once the panes know their widths

    def read(self) -> None:
        """Read the day anew."""
        self.page.read()

    def chosen_thing(self) -> Thing | None:
        """What is chosen in the queue."""
        row = self.model.row_at(self.list.place())
        return row.to_do if row is not None else None

    def _moved(self, _place: int) -> None:
        self.stopwatch.begin(row_id(thing) if (thing := self.chosen_thing()) is not None else None)

    def focus(self) -> None:
        """Focus the queue; without one, what can be done instead."""
        self.split.to_left()
        if self.middle.currentIndex() == 0:
            self.list.setFocus()
        else:
            self.nothing.focus()

    def _to_side(self) -> None:
        self.split.to_right()
        self.side.focus_first()

    def panes(self) -> Sequence[QWidget]:
        """The choice of minutes, the queue, and the groups."""
        left = (self.chooser.switch, self.list) if self.middle.currentIndex() == 0 else (self.nothing,)
        first = self.side.lines[:1]
        week = self.week.lines[:1] if not self.week.isHidden() else []
        return (*left, *week, *first)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The command handlers available now."""
        found: dict[str, Callable[[], object]] = {"kind_words": self.deeds.show_shelf, "back": self._back}
        line = self.side.focused()
        if self.middle.currentIndex() != 0 and line is None:
            return found
        found |= {"next": self.list.next, "previous": self.list.previous}
        found |= {f"have_{place}": partial(self.chooser.choose, place) for place in range(1, 6)}
        day = self.page.day
        if day is not None and day.queue.fits:
            found["next_waiting"] = self._start
        if line is not None:
            found["open"] = partial(self.deeds.open_group_row, line.row)
            return found | (self._about_person(line.row) if line.of in PEOPLE else {})
        thing = self.chosen_thing()
        if thing is not None:
            found |= {
                "open": partial(self.deeds.open, thing), "done": partial(self.deeds.done, thing),
                "put_off": partial(self.deeds.put_off, thing),
            }  # fmt: skip
            if thing.conversation_id is not None or thing.member_id is not None:
                found["promise"] = partial(self.deeds.promise, thing)
            if thing.conversation_id is not None:
                found["snooze"] = partial(self.deeds.snooze, thing, self.list)
        return found

    def _about_person(self, row: GroupRow) -> dict[str, Callable[[], object]]:
        """What one key does with the member of a group in whose row the focus is."""
        found: dict[str, Callable[[], object]] = {
            "reply": partial(self.deeds.write_to, row), "put_off": partial(self.deeds.put_off_person, row),
        }  # fmt: skip
        if row.note == "quiet":
            found["let_be"] = partial(self.deeds.let_be, row)
        return found

    def _start(self) -> None:
        day = self.page.day
        if day is not None:
            self.deeds.start(day)

    def _back(self) -> None:
        if not self.split.to_left():
            self.page.frame.leave(by_link=True)
        self.focus()

    def _open_row(self, place: int) -> None:
        row = self.model.row_at(place)
        if isinstance(row, QueueRow):
            self.deeds.open(row.to_do)
