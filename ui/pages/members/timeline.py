"""A member's timeline across all channels: all that was between them and us, latest first, read page by page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.history.desk import EVERYTHING, PAGE
from app.history.entry import Entry
from app.history.telling import title, under, words
from ui.frame.working import Working
from ui.look import fonts, icons, text
from ui.look.theme import theme
from ui.widgets import paint
from ui.widgets.rowview import RowDelegate

if TYPE_CHECKING:
    from app.history import Asked, Cursor, Histories, Page

EntryRole = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_SHORT_ROW_HEIGHT = 50  # of an entry without an excerpt
_ICONS = {
    "met": ("hand", ""), "gift": ("gift", "delight"), "promise": ("circle-dot", ""),
    "handoff": ("arrow-right-left", ""), "moderation": ("shield", ""), "note": ("notebook-pen", ""),
    "help": ("heart", ""), "introduction": ("users", ""), "quarrel": ("shield-alert", "danger"),
    "work": ("camera", ""), "merge": ("merge", ""),
}  # fmt: skip


def icon_of(entry: Entry) -> tuple[str, str]:
    """The icon and the tone of an entry: what they and we wrote has its channel's."""
    if entry.kind == "reply":
        return "reply", ""
    return _ICONS.get(entry.kind) or (icons.for_channel(entry.channel), "")


class TimelineModel(QAbstractListModel):
    """The entries of the timeline; more are read as one scrolls. What is filtered is read on a thread of its own."""

    shown = Signal()
    """What was asked for is there."""

    def __init__(self, history: Histories) -> None:
        """Start empty."""
        super().__init__()
        self._history = history
        self.entries: list[Entry] = []
        self.now = 0
        self._member, self._asked = 0, EVERYTHING
        self._after: Cursor | None = None
        self._working: Working | None = None

    @property
    def is_looking(self) -> bool:
        """Whether what fits the filter is being read; what was there before is shown meanwhile."""
        return self._working is not None

    def show(self, member: int, asked: Asked, now: int) -> None:
        """Show a member's entries, which `shown` tells; `now` is Unix UTC. Read anew, as many are there as before."""
        same = (member, asked) == (self._member, self._asked)
        self._member, self._asked, self.now = member, asked, now
        self._read(self._fill, limit=max(PAGE, len(self.entries) if same else 0))

    def _read(self, take: Callable[[Page], None], after: Cursor | None = None, limit: int = PAGE) -> None:
        """Read a page and have it taken: at once, or with a filter, which may take reading all, once it is found."""
        if self._working is not None:
            self._working.leave()
            self._working = None
        read = partial(self._history.page, self._member, self._asked, after, limit)
        if self._asked == EVERYTHING:
            take(read())
            return
        self._working = Working(lambda _progress, _stop: read(), "timeline")
        self._working.finished.connect(take)
        self._working.failed.connect(self._end)
        self._working.start()

    def _end(self) -> None:
        self._working = None

    def _fill(self, page: Page) -> None:
        self._end()
        self.beginResetModel()
        self.entries, self._after = list(page.entries), page.after
        self.endResetModel()
        self.shown.emit()

    def _add(self, page: Page) -> None:
        self._end()
        self._after = page.after
        if page.entries:
            self.beginInsertRows(QModelIndex(), len(self.entries), len(self.entries) + len(page.entries) - 1)
            self.entries += page.entries
            self.endInsertRows()

    def rowCount(self, parent: Index | None = None) -> int:
        """The number of entries that are read."""
        return 0 if parent is not None and parent.isValid() else len(self.entries)

    def canFetchMore(self, _parent: Index) -> bool:
        """Whether there are earlier ones that nobody reads yet."""
        return self._after is not None and self._working is None

    def fetchMore(self, _parent: Index) -> None:
        """Read the next page."""
        self._read(self._add, self._after)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        """The entry for the delegate, a sentence for screen readers, or the whole excerpt as tooltip."""
        entry = self.entries[index.row()]
        if role == EntryRole:
            return entry
        if role == Qt.ItemDataRole.ToolTipRole:
            return text.tooltip(words(entry))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(filter(None, (title(entry), under(entry), text.age(entry.at, self.now))))
        return None


class TimelineDelegate(RowDelegate):
    """Paints an entry: icon on the line, title and age, a grey line, and the excerpt."""

    row_height = 68
    same_height = False

    def height_of(self, index: Index) -> int:
        """The height of this entry in pixels."""
        entry = index.data(EntryRole)
        return self.height() if isinstance(entry, Entry) and words(entry) else fonts.px(_SHORT_ROW_HEIGHT)

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one entry."""
        entry = index.data(EntryRole)
        model = index.model()
        if not isinstance(entry, Entry) or not isinstance(model, TimelineModel):
            return
        rect: QRect = option.rect
        state = option.state
        if state & QStyle.StateFlag.State_HasFocus:
            paint.box(painter, rect.adjusted(0, 0, -2, -2), fill="selected", radius=6)
            paint.focus_ring(painter, rect.adjusted(0, 0, -2, -2), 6)
        elif state & QStyle.StateFlag.State_MouseOver:
            paint.box(painter, rect.adjusted(0, 0, -2, -2), fill="hover", radius=6)
        self._thread(painter, rect, entry, last=index.row() == model.rowCount() - 1)
        self._texts(painter, rect, entry, model.now)

    @staticmethod
    def _thread(painter: QPainter, rect: QRect, entry: Entry, *, last: bool) -> None:
        px = fonts.px
        disc = QRect(rect.left() + px(4), rect.top() + px(6), px(24), px(24))
        if not last:
            below = disc.bottom() + px(2)
            painter.fillRect(disc.center().x(), below, 2, rect.bottom() + px(5) - below, theme().color("border"))
        icon, tone = icon_of(entry)
        fill, letter = paint.tone_pair(tone)
        paint.box(painter, disc, fill=fill, radius=px(12))
        icons.draw(painter, icon, theme().hex(letter), disc.left() + px(5), disc.top() + px(5), px(14))

    @staticmethod
    def _texts(painter: QPainter, rect: QRect, entry: Entry, now: int) -> None:
        px = fonts.px
        left, right, line = rect.left() + px(40), rect.right() - px(8), px(18)
        painter.setFont(fonts.font("meta"))
        painter.setPen(theme().color("text2"))
        age = text.age(entry.at, now)
        day = painter.fontMetrics().horizontalAdvance(age)
        text.draw(painter, QRect(left, rect.top() + px(6), right - left, line), age, right=True)
        text.draw(painter, QRect(left, rect.top() + px(24), right - left, px(16)), under(entry, text.isolate))
        painter.setFont(fonts.font("row"))
        painter.setPen(theme().color("text"))
        said = text.sentence(title(entry, text.embed)) if entry.kind not in ("message", "reply") else title(entry)
        text.draw(painter, QRect(left, rect.top() + px(6), right - left - day - px(10), line), text.plain(said))
        painter.setFont(fonts.font("body"))
        text.draw(painter, QRect(left, rect.top() + px(42), right - left, line), text.plain(words(entry)))
