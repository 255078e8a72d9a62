"""The table of members: a model that holds ids and reads rows in blocks as they become visible, and its delegate."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QCollator, QLocale, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.base import clock
from app.base.words import N_
from app.members import LEVELS, MemberRow
from app.members.desk import ORDERS
from app.members.talks import FEW_COUNTED
from ui.look import fonts, icons, text
from ui.look.text import tr
from ui.look.theme import theme
from ui.shared import channel_names
from ui.widgets import columns, paint
from ui.widgets.rows import Index, RowRole, ground
from ui.widgets.rowview import RowDelegate

if TYPE_CHECKING:
    from app.workbench import Workbench
    from ui.frame.working import Working

_BLOCK_ROWS, _MAX_CACHED_ROWS, _NO_LIMIT = 64, 4_000, 10_000_000
FEW = 2_000
"""Members that are found and sorted at once; finding and sorting 50,000 takes 20 to 500 ms, by the column."""
MARGINS = (24, 16)
_MIN_NOTE_WIDTH = 40
SIGNS = 4
"""A row draws at most so many channel icons; the rest are counted, as "+2"."""
COLUMNS = (
    columns.Column("name", N_("Member"), sorts=True),
    columns.Column("involvement", N_("Involvement"), 102, from_width=430, sorts=True),
    columns.Column("conversations", N_("Conversations"), 92, right=True, from_width=560, sorts=True),
    columns.Column("kinds", N_("Channels"), 76, from_width=380),
    columns.Column("last", N_("Last contact"), 80, right=True, sorts=True),
)


class MemberModel(QAbstractTableModel):
    """The members that match a search, sorted by a column."""

    whole = Signal()
    """All of many members are shown now, in their order."""

    def __init__(self, bench: Workbench) -> None:
        """Start empty, until `show`."""
        super().__init__()
        self._bench = bench
        self._ids: list[int] = []
        self._at: dict[int, int] = {}
        self._rows: dict[int, MemberRow] = {}
        self._asked = ("", "", "last", False)
        self._working: Working | None = None
        self.now = 0

    def show(self, typed: str, kind: str, by: str, *, upwards: bool) -> None:
        """Run a search, sorted by a column's key `by`; names are collated by the window's language.

        Of many members the first are shown at once, and all of them in their order as soon as a thread has them:
        `whole` says so.
        """
        if self._working is not None:
            self._working.leave()
            self._working = None
        self.now = clock.now()
        asked = (typed, kind, by, upwards)
        self._asked = asked
        counted = by == "conversations"  # of all whom the search finds, before the first can be told
        first = self._bench.members.find(typed, FEW + 1, kind, by if by in ORDERS and not counted else "last")
        if len(first) <= (FEW_COUNTED if counted else FEW):
            self._take(_every(self._bench, *asked) if counted else _sorted(self._bench, first, by, upwards=upwards))
            return
        self._take(first[:FEW])
        from ui.frame.working import Working  # noqa: PLC0415  only where there are many members

        bench = self._bench

        def work(_progress: Callable[[int, int], object], _stop: Event) -> list[int]:
            return _every(bench, *asked)

        self._working = Working(work, "members")
        self._working.finished.connect(self._took)
        self._working.start()

    def _took(self, numbers: object) -> None:
        self._working = None
        if isinstance(numbers, list):
            self._take(numbers)
            self.whole.emit()

    def _take(self, numbers: list[int]) -> None:
        self.beginResetModel()
        self._rows.clear()
        self._ids = numbers
        self._at = {number: place for place, number in enumerate(numbers)}
        self.endResetModel()

    def forget(self, numbers: frozenset[int]) -> None:
        """Drop these members' cached rows, to be read when next painted; an empty set means all."""
        for number in numbers or list(self._rows):
            self._rows.pop(number, None)
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, 0))

    def numbers(self) -> list[int]:
        """The ids of all members that the search finds, from the top."""
        return list(self._ids) if self._working is None else _every(self._bench, *self._asked)

    def id_at(self, place: int) -> int | None:
        """The member's id in that row; None if out of range."""
        return self._ids[place] if 0 <= place < len(self._ids) else None

    def place_of(self, number: int) -> int:
        """The row of a member; -1 if they are not shown."""
        return self._at.get(number, -1)

    def row_at(self, place: int) -> MemberRow | None:
        """The row's contents, reading its block if it is not cached; None if out of range."""
        number = self.id_at(place)
        if number is not None and number not in self._rows:
            if len(self._rows) > _MAX_CACHED_ROWS:
                self._rows.clear()
            first = place // _BLOCK_ROWS * _BLOCK_ROWS
            wanted = [member_id for member_id in self._ids[first : first + _BLOCK_ROWS] if member_id not in self._rows]
            self._rows.update((row.id, row) for row in self._bench.members.rows(wanted))
        return None if number is None else self._rows.get(number)

    def rowCount(self, parent: Index | None = None) -> int:
        """The number of members found; only visible rows are read."""
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index | None = None) -> int:
        """One: the delegate paints the row whole."""
        return 0 if parent is not None and parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        """The row object for the delegate; a sentence for screen readers."""
        if role not in (
            RowRole,
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return None
        row = self.row_at(index.row())
        if row is None or role == RowRole:
            return row
        return None if role == Qt.ItemDataRole.ToolTipRole else spoken(row, self.now)


def _every(bench: Workbench, typed: str, kind: str, by: str, upwards: bool) -> list[int]:  # noqa: FBT001  as `show` has it
    """The ids of all members that a search finds, in their order."""
    numbers = bench.members.find(typed, _NO_LIMIT, kind, by if by in ORDERS else "last")
    return _sorted(bench, numbers, by, upwards=upwards)


def _sorted(bench: Workbench, numbers: list[int], by: str, *, upwards: bool) -> list[int]:
    if by == "name":
        collator, names = collation(), bench.members.sort_names(numbers)
        numbers.sort(key=lambda number: collator.sortKey(names.get(number, "")))
    return numbers if upwards == (by == "name") else numbers[::-1]


def collation() -> QCollator:
    """A numeric collator for the window's language; English if the locale is "C"."""
    locale = QLocale().collation()
    made = QCollator(locale if locale.language() != QLocale.Language.C else QLocale(QLocale.Language.English))
    made.setNumericMode(True)
    return made


def spoken(row: MemberRow, now: int) -> str:
    """The row for screen readers: "Žofie, known on Forum and E-mail, 7 conversations, last contact 48 minutes ago"."""
    known = ", ".join(dict.fromkeys(channel_names.short(kind) for kind in row.kinds))
    noted = [tr("your note: {words}").format(words=row.note)] if row.note else []
    level = [tr(LEVELS[row.level])] if row.level else []
    parts = [row.name, *level, tr("known on {channels}").format(channels=known) if known else tr("no channel yet")]
    parts.append(text.counted(row.conversations, "{count} conversation", "{count} conversations"))
    parts.append(
        tr("last contact {age} ago").format(age=text.spoken_age(row.last_at, now))
        if row.last_at
        else tr("no contact yet")
    )
    return ", ".join([*parts, *noted])


class MemberDelegate(RowDelegate):
    """Paints a member's row."""

    row_height = 36
    marking = False
    """Whether rows are marked: the page says so."""

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row = index.data(RowRole)
        if not isinstance(row, MemberRow):
            return
        ground(painter, option, MARGINS)
        rect: QRect = option.rect
        left, right = rect.left() + fonts.px(MARGINS[0]), rect.right() + 1 - fonts.px(MARGINS[1])
        at = columns.places(COLUMNS, left, right)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        self._name(painter, rect, row, *at["name"], chosen=chosen)
        if chosen and self.marking:
            self._check(painter, rect, at["name"][0])
        if "involvement" in at and row.level:
            self._involvement(painter, rect, row.level, *at["involvement"])
        if "conversations" in at:
            paint.words(painter, columns.cell(rect, at["conversations"]), text.number(row.conversations), right=True)
        if "kinds" in at:
            self._channels(painter, rect, row, *at["kinds"])
        model = index.model()
        now = model.now if isinstance(model, MemberModel) else clock.now()
        last = text.age(row.last_at, now) if row.last_at else "–"
        paint.words(painter, columns.cell(rect, at["last"]), last, right=True)

    @staticmethod
    def _check(painter: QPainter, rect: QRect, x: int) -> None:
        """Draw the check mark over the avatar."""
        side, glyph = fonts.px(24), fonts.px(16)
        disc = QRect(x, rect.top() + (rect.height() - side) // 2, side, side)
        paint.box(painter, disc, fill="accent", radius=side / 2)
        inset = (side - glyph) / 2
        icons.draw(painter, "check", theme().hex("on_accent"), disc.left() + inset, disc.top() + inset, glyph)

    @staticmethod
    def _name(painter: QPainter, rect: QRect, row: MemberRow, x: int, width: int, *, chosen: bool) -> None:
        side = fonts.px(24)
        paint.avatar(painter, QRect(x, rect.top() + (rect.height() - side) // 2, side, side), row.name, row.id)
        start = x + side + fonts.px(10)
        named = columns.cell(rect, (start, x + width - start))
        used = paint.words(painter, named, text.plain(row.name), "row", "text", 600 if chosen else 500)
        rest = named.adjusted(used + fonts.px(10), 0, 0, 0)
        if row.note and rest.width() >= fonts.px(_MIN_NOTE_WIDTH):
            paint.words(painter, rest, text.plain(row.note))

    @staticmethod
    def _involvement(painter: QPainter, rect: QRect, level: str, x: int, width: int) -> None:
        """Draw bars that rise with the level, and what it is called."""
        px, reached = fonts.px, list(LEVELS).index(level) + 1
        bottom = rect.top() + (rect.height() + px(11)) // 2
        for place in range(len(LEVELS)):
            tall = px(4 + 2 * place)
            bar = QRect(x + place * px(6), bottom - tall, px(4), tall)
            paint.box(painter, bar, fill="accent" if place < reached else "border", radius=1)
        start = x + len(LEVELS) * px(6) + px(4)
        paint.words(painter, columns.cell(rect, (start, x + width - start)), tr(LEVELS[level]))

    @staticmethod
    def _channels(painter: QPainter, rect: QRect, row: MemberRow, x: int, width: int) -> None:
        signs = list(dict.fromkeys(icons.for_channel(kind) for kind in row.kinds))
        side, step = fonts.px(15), fonts.px(20)
        top = rect.top() + (rect.height() - side) / 2
        for place, name in enumerate(signs[:SIGNS]):
            icons.draw(painter, name, theme().hex("text2"), x + place * step, top, side)
        if len(signs) > SIGNS:
            rest = columns.cell(rect, (x + SIGNS * step, width - SIGNS * step))
            paint.words(painter, rest, f"+{len(signs) - SIGNS}")
