"""The groups beside the queue, each with its first rows, and one kind word at the bottom."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.base import clock
from app.kind_words import KindWord
from app.today import Day, Group, GroupRow
from app.today.words import note
from ui.look import fonts, icons, text
from ui.look.text import tr
from ui.look.theme import theme
from ui.pages.today import words
from ui.pages.today.signature import Signature
from ui.pages.today.week import WeekCard
from ui.widgets import paint
from ui.widgets.avatar import Icon
from ui.widgets.buttons import LinkButton, PaintedButton
from ui.widgets.labels import Heading, Label, Rule
from ui.widgets.panels import Fill, Panel, Scroll, empty_layout

_BY_NAME = ("waits", "first", "second", "back", "due", "due_never", "closes", "quiet")
"""Notes of rows whose first line is who it is about; of the others it is what."""
PLACES: dict[str, str | tuple[str, str]] = {
    "waiting": "inbox", "came_back": "handoffs", "gifts": "delight", "drafts": "drafts", "closing": "inbox",
    "put_right": "facts", "news": ("facts", "embargoes"), "facts": "facts",
    "quiet": ("members", "quiet"), "in_touch": ("members", "quiet"), "first_time": ("members", "new"),
    "second_time": ("members", "new"), "back_again": ("members", "new"),
}  # fmt: skip
"""The page with all rows of a group, and what of it."""
_WORDS_CHARS, _LEAST_HEIGHT = 200, 520


class GroupLine(PaintedButton):
    """A row of a group in two lines; a click opens it."""

    def __init__(self, row: GroupRow, now: int, of: str) -> None:
        """`now` is Unix UTC, `of` the key of its group."""
        self.row, self.of = row, of
        self._title = text.plain(row.who if row.note in _BY_NAME or not row.what else row.what)
        self._note = note(row, now, words.SHOWN)
        super().__init__(f"{self._title}, {self._note}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(text.tooltip(row.what if row.note in _BY_NAME else self._title))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(fonts.px(200), fonts.px(42))

    def minimumSizeHint(self) -> QSize:
        """Narrow: both lines elide."""
        return QSize(fonts.px(100), fonts.px(42))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw avatar, title and note."""
        painter, px = QPainter(self), fonts.px
        if self.underMouse():
            paint.box(painter, self.rect(), fill="hover")
        side, middle = px(28), self.height() // 2
        at = QRect(px(4), middle - side // 2, side, side)
        if self.row.who:
            paint.avatar(painter, at, self.row.who, self.row.member_id or self.row.who)
        else:
            icons.draw(painter, "pencil", theme().hex("text2"), at.x() + px(6), at.y() + px(6), px(16))
        left, high = at.right() + px(10), px(18)
        upper = QRect(left, middle - high, self.width() - left - px(4), high)
        paint.words(painter, upper, self._title, "row", "text")
        late = self.row.note == "late"
        paint.words(painter, upper.translated(0, high), self._note, "meta", "danger" if late else "text2")
        if self.ring:
            paint.focus_ring(painter, self.rect())


class KindCard(Panel):
    """One kind word of the shelf; a click opens where it was said."""

    opened = Signal(object)
    """The conversation's id."""
    every = Signal()

    def __init__(self, word: KindWord) -> None:
        """Show its words in quotation marks, and who said them."""
        super().__init__()
        self.word = word
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Icon("heart", "delight", 14))
        head.addWidget(Label(tr("From the shelf of kind words"), "badge", "text2", wrap=True), 1)
        everything = LinkButton(tr("All"))
        everything.setAccessibleName(tr("All kind words"))
        everything.clicked.connect(self.every)
        head.addWidget(everything)
        self.column.addLayout(head)
        self.words = Label(tr("“{words}”").format(words=text.short(word.words, _WORDS_CHARS)), "body", wrap=True)
        self.column.addWidget(self.words)
        signature = Signature(word.who, _day(word.at))
        signature.clicked.connect(lambda: self.opened.emit(word.conversation_id))
        self.column.addWidget(signature)
        self.setAccessibleName(tr("From the shelf of kind words"))


def _day(at: int) -> str:
    return text.day(clock.local(at).date(), clock.local(clock.now()).date())


class TodaySide(Fill):
    """The groups, and one kind word below them.

    `opened` carries a GroupRow, `asked` what PLACES has for a group, `talk` a conversation's id.
    """

    opened = Signal(object)
    asked = Signal(object)
    talk = Signal(object)
    shelf = Signal()

    def __init__(self, week: WeekCard) -> None:
        """Empty until `show_day`; `week` stands above the groups while it is shown."""
        super().__init__("card")
        self.setAccessibleName(tr("Also today"))
        self.week = week
        self.lines: list[GroupLine] = []
        self.groups = Scroll((20, 16, 20, 16), 14, "card")
        self.groups.column.addWidget(week)
        self.column = QVBoxLayout()
        self.column.setSpacing(4)
        self.groups.column.addLayout(self.column, 1)
        self.card: KindCard | None = None
        self._below = QVBoxLayout()
        self._below.setContentsMargins(20, 4, 20, 14)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.groups, 1)
        column.addLayout(self._below)

    def show_day(self, day: Day, word: KindWord | None) -> None:
        """Show the groups of a day, and one kind word; what was in sight stays there.

        The row that had the focus keeps it; where it's gone, the row in its place has it.
        """
        focused = next((place for place, line in enumerate(self.lines) if line.hasFocus()), -1)
        before, scrolled = self.lines, self.groups.verticalScrollBar().value()
        if focused >= 0:
            self.groups.setFocus()  # else the focus goes through all that is taken away, and scrolls along
        empty_layout(self.column)
        self.lines = []
        for place, group in enumerate(day.groups):
            if place:
                self._rule()
            self._add(group, day.now)
        self.column.addStretch(1)
        self._show_word(word)
        self._lay_out()
        again = self._in_place_of(before, focused) if focused >= 0 else None
        if again is not None:
            again.setFocus(Qt.FocusReason.OtherFocusReason)
        self.groups.verticalScrollBar().setValue(scrolled)
        if again is not None:
            self.groups.ensureWidgetVisible(again)

    def _lay_out(self) -> None:
        """Give the rows their places at once: a layout does it a moment later, and what is hidden takes no focus."""
        if not self.isVisible():
            return
        for widget in self.groups.inner.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
                widget.show()
        self.groups.column.activate()
        inner = self.groups.inner
        inner.resize(inner.width(), max(self.groups.viewport().height(), self.groups.column.minimumSize().height()))

    def _in_place_of(self, before: Sequence[GroupLine], place: int) -> GroupLine | None:
        """The same row as before, else the one that has moved up to its place in its group, else the next one."""
        gone = before[place]
        same = next((line for line in self.lines if line.row[:2] == gone.row[:2] and line.of == gone.of), None)
        if same is not None or not self.lines:
            return same
        within = place - next(at for at, line in enumerate(before) if line.of == gone.of)
        group = [line for line in self.lines if line.of == gone.of]
        return group[min(within, len(group) - 1)] if group else self.lines[min(place, len(self.lines) - 1)]

    def _rule(self) -> None:
        self.column.addSpacing(8)
        self.column.addWidget(Rule())
        self.column.addSpacing(8)

    def _add(self, group: Group, now: int) -> None:
        more = group.total > len(group.rows) and group.key in PLACES
        heading = Heading(tr(group.title), count=text.number(group.total), aside=tr("All") if more else "", link=more)
        heading.activated.connect(lambda: self.asked.emit(PLACES[group.key]))
        self.column.addWidget(heading)
        for row in group.rows:
            line = GroupLine(row, now, group.key)
            line.clicked.connect(self._clicked)
            self.lines.append(line)
            self.column.addWidget(line)

    def _clicked(self) -> None:
        line = self.sender()
        if isinstance(line, GroupLine):
            self.opened.emit(line.row)

    def focused(self) -> GroupLine | None:
        """The row with the focus: keys are about that, and not about the queue."""
        line = self.window().focusWidget()
        return line if isinstance(line, GroupLine) else None

    def focus_first(self) -> None:
        """Focus the first row, of the first week if that is shown."""
        if not self.week.isHidden():
            self.week.focus_first()
        elif self.lines:
            self.lines[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _show_word(self, word: KindWord | None) -> None:
        if self.card is not None and self.card.word == word:
            return
        empty_layout(self._below)
        self.card = None
        if word is not None:
            self.card = KindCard(word)
            self.card.opened.connect(self.talk)
            self.card.every.connect(self.shelf)
            self._below.addWidget(self.card)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Without room for it beside the groups the kind word is left to its command; the focus stays in sight."""
        super().resizeEvent(event)
        self._fit()
        QTimer.singleShot(0, self, self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        line = next((line for line in self.lines if line.hasFocus()), None)
        if line is not None:
            self.groups.ensureWidgetVisible(line)

    def _fit(self) -> None:
        if self.card is not None:
            self.card.setVisible(self.height() >= fonts.px(_LEAST_HEIGHT))
