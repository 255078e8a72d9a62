"""A list of members with the reason why each is in it, and what can be done with them by one key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QStyle, QStyleOptionViewItem, QVBoxLayout, QWidget

from app.base import clock
from app.involvement import LEVEL_NAMES
from ui.frame.doing import undoable
from ui.frame.listed import Listed
from ui.look import fonts, text
from ui.look.text import tr
from ui.pages.members.side import REASONS, Side
from ui.widgets import paint
from ui.widgets.buttons import CommandButton
from ui.widgets.labels import Label
from ui.widgets.panels import EmptyState
from ui.widgets.rows import Index, RowModel, RowRole, ground
from ui.widgets.rowview import RowDelegate, RowView

if TYPE_CHECKING:
    from app.store.changes import Changes

_MARGINS = (24, 22)
_LEVEL_WIDE, _AGE_WIDE, _NARROW = 110, 64, 460


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A member in a section, with the reason; `at` is in Unix seconds, `what` the conversation's title."""

    id: int
    member_id: int
    name: str
    reason: str
    level: str
    at: int | None
    what: str = ""
    conversation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """The heading over some rows, and how many there are."""

    title: str
    count: int


class ReasonModel(RowModel[ReasonRow, Section]):
    """The rows of all sections, each under its heading."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(ReasonRow)
        self.now = 0

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        """The row for the delegate, or a sentence for screen readers."""
        row = self.rows[index.row()]
        if role == RowRole:
            return row
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if isinstance(row, Section):
            return tr("{title}: {count}").format(title=row.title, count=text.number(row.count))
        return ", ".join(filter(None, (text.name(row.name), row.level, row.reason, text.embed(row.what))))


class ReasonDelegate(RowDelegate):
    """Paints a member in two lines: the name and how far they take part, the reason below."""

    row_height = 52

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row, or a heading."""
        row, rect = index.data(RowRole), QRect(option.rect)
        if isinstance(row, Section):
            line = rect.adjusted(fonts.px(_MARGINS[0]), fonts.px(18), -fonts.px(_MARGINS[1]), 0)
            used = paint.words(painter, line, row.title, "heading", "text")
            paint.words(painter, line.adjusted(used + fonts.px(8), 0, 0, 0), text.number(row.count), "meta", "text2")
        elif isinstance(row, ReasonRow):
            ground(painter, option, _MARGINS)
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            model = index.model()
            now = model.now if isinstance(model, ReasonModel) else clock.now()
            inner = rect.adjusted(fonts.px(_MARGINS[0]), 0, -fonts.px(_MARGINS[1]), 0)
            self._row(painter, inner, row, now, chosen=chosen)

    @staticmethod
    def _row(painter: QPainter, inner: QRect, row: ReasonRow, now: int, *, chosen: bool) -> None:
        px, side, middle = fonts.px, fonts.px(28), inner.center().y()
        paint.avatar(painter, QRect(inner.left(), middle - side // 2, side, side), row.name, row.member_id)
        high, left, right = px(19), inner.left() + side + px(12), inner.right() + 1
        age = QRect(right - px(_AGE_WIDE), inner.top(), px(_AGE_WIDE), inner.height())
        paint.words(painter, age, text.age(row.at, now) if row.at else "–", right=True)
        right = age.left() - px(12)
        if inner.width() >= px(_NARROW):
            level = QRect(right - px(_LEVEL_WIDE), inner.top(), px(_LEVEL_WIDE), inner.height())
            paint.words(painter, level, row.level)
            right = level.left() - px(12)
        upper = QRect(left, middle - high + 1, max(0, right - left), high)
        paint.words(painter, upper, text.plain(row.name), "row", "text", 600 if chosen else 500)
        below = " · ".join(filter(None, (row.reason, text.plain(row.what))))
        paint.words(painter, upper.translated(0, high), below)


class ReasonSide(Side):
    """Sections of members with reasons; subclasses say which, and what is shown where there is nobody."""

    BUTTONS: Sequence[tuple[str, str]] = ()
    """The commands below the list with their titles, "" for the command's own."""

    def build(self) -> None:
        """Build the list, the buttons below it, and what is shown in its place."""
        self.model = ReasonModel()
        self.list = RowView(self.called(), ReasonDelegate(self))
        self.list.setModel(self.model)
        self.list.opened.connect(self._opened)
        self.list.menu_asked.connect(self.frame.show_menu)
        self.nobody = self.nothing()
        self.foot = QWidget()
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(24, 8, 22, 12)
        row.setSpacing(8)
        for command, title in self.buttons():
            row.addWidget(CommandButton(command, self.frame, title=title))
        row.addStretch(1)
        self.line = Label("", "meta", "text2", wrap=True)
        self.line.setContentsMargins(24, 10, 22, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.line)
        column.addWidget(self.list, 1)
        column.addWidget(self.foot)
        column.addWidget(self.nobody, 1)

    # What subclasses say

    def called(self) -> str:
        """What the list is called for screen readers."""
        raise NotImplementedError

    def nothing(self) -> EmptyState:
        """What is shown while nobody is here."""
        raise NotImplementedError

    def buttons(self) -> Sequence[tuple[str, str]]:
        """The commands below the list, with their titles."""
        raise NotImplementedError

    def sections(self) -> Sequence[tuple[str, Sequence[ReasonRow]]]:
        """The headings with their rows; a section without rows is left out."""
        raise NotImplementedError

    def head_line(self) -> str:
        """A sentence above the list; "" for none."""
        return ""

    # The list

    def reload(self) -> None:
        """Read all anew, keeping what is selected, or the row in its place."""
        before, place = self.row(), self.list.place()
        self.model.now = clock.now()
        rows: list[ReasonRow | Section] = []
        for title, found in self.sections():
            if found:
                rows += [Section(title, len(found)), *found]
        self.model.show_rows(rows)
        many = len(self.model.numbers())
        self.counted.emit(many)
        at = self.model.place_of(before.id) if before is not None else -1
        self.list.choose(at if at >= 0 else max(0, min(place, len(rows) - 1)))
        if rows and self.row() is None:
            self.list.step(1)
        self.list.setVisible(many > 0)
        self.foot.setVisible(many > 0)
        self.nobody.setVisible(many == 0)
        self.line.setText(self.head_line())
        self.line.setVisible(bool(self.line.text()))

    def refresh(self, changes: Changes) -> None:
        """Read again where it may be another."""
        if changes.touches(*REASONS):
            self.reload()

    def row(self) -> ReasonRow | None:
        """The selected row; None for nobody."""
        return self.model.row_at(self.list.place())

    def put_off(self) -> frozenset[int]:
        """The members who are not for today."""
        return self.bench.today.members_put_off()

    def levels_of(self, members: Sequence[int]) -> Mapping[int, str]:
        """What is said of how far these take part; who has no level is left out."""
        return {number: tr(LEVEL_NAMES[level]) for number, level in self.bench.involvement.levels(members).items()}

    # Side

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Moving, and what can be done with the selected member."""
        found: dict[str, Callable[[], object]] = {"next": self.list.next, "previous": self.list.previous}
        row = self.row()
        if row is not None:
            found |= {"open": partial(self.member.emit, row.member_id), "reply": partial(self.write, row)}
            found["pair_later"] = partial(self._not_today, row)
        return found

    def write(self, row: ReasonRow) -> None:
        """Reply where they wrote, else begin a message to them."""
        if row.conversation_id is not None:
            self.frame.go("inbox", row.conversation_id)
            self.frame.run("reply")
        else:
            self.frame.go("letter", ("member", row.member_id))

    def _not_today(self, row: ReasonRow) -> None:
        with undoable(self.frame, tr("Not today: {name}. It's back tomorrow.").format(name=text.name(row.name))):
            self.bench.today.put_off_member(row.member_id)

    def panes(self) -> Sequence[QWidget]:
        """The list."""
        return (self.list,)

    def activate(self) -> None:
        """Focus the list; without one, what leads on."""
        (self.list if self.model.rows else self.nobody).setFocus()

    def listed(self) -> Listed | None:
        """Those that are listed, each once."""
        rows = [row.member_id for row in self.model.rows if isinstance(row, ReasonRow)]
        return Listed("members", lambda: list(dict.fromkeys(rows)), self.called()) if rows else None

    def chosen(self) -> int | None:
        """The id of the selected member."""
        row = self.row()
        return row.member_id if row is not None else None

    def _opened(self, place: int) -> None:
        row = self.model.row_at(place)
        if row is not None:
            self.member.emit(row.member_id)
