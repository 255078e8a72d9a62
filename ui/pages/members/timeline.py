"""A member's timeline over all channels: conversations, promises and gifts on one thread, the latest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.base.words import N_
from app.members import Card, History
from app.members.card import GiftLine
from app.promises import Promise
from ui.look import fonts, icons, text
from ui.look.text import tr
from ui.look.theme import theme
from ui.shared import gift_state
from ui.widgets import paint

EntryRole = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_TALL_ROW, _SHORT_ROW = 68, 50
_STATES = {
    "needs_me": N_("needs a reply"),
    "waiting": N_("waiting for them"),
    "snoozed": N_("snoozed"),
    "done": N_("done"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened; pressing it goes to `page` and there to `target`."""

    at: int
    title: str
    line: str
    said: str
    icon: str
    tone: str
    page: str
    target: int
    kind: str = ""


def entries(card: Card, kind: str = "") -> list[Entry]:
    """All of a member's card on one thread, the latest first; of one kind of channel only, if asked."""
    told = [_talk(one) for one in card.history]
    told += [_promise(one) for one in card.promises if one.conversation_id is not None]
    told += [_gift(one) for one in card.gifts]
    return sorted((one for one in told if not kind or one.kind == kind), key=lambda one: one.at, reverse=True)


def _talk(one: History) -> Entry:
    needs = one.state == "needs_me"
    line = text.sentence(f"{text.isolate(one.account)}, {tr(_STATES.get(one.state, one.state))}")
    return Entry(one.last_at, one.title or tr("Untitled"), line, one.preview, icons.for_channel(one.kind),
                 "accent" if needs else "", "inbox", one.conversation_id, one.kind)  # fmt: skip


def _promise(one: Promise) -> Entry:
    title = text.sentence(tr("I promised: {what}").format(what=text.embed(one.what)))
    still = one.kept_at is None and not one.dropped_why
    line = (
        tr("kept")
        if one.kept_at is not None
        else tr("dropped: {reason}").format(reason=one.dropped_why)
        if one.dropped_why
        else tr("open")
    )
    return Entry(one.at, title, line, "", "circle-dot", "warn" if still else "", "inbox", one.conversation_id or 0)


def _gift(one: GiftLine) -> Entry:
    title = text.sentence(tr("Gift: {item}").format(item=text.embed(one.item)))
    return Entry(one.at, title, gift_state.words(one.state), one.why, "gift", "delight", "delight", one.id)


class TimelineModel(QAbstractListModel):
    """The entries shown."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.entries: list[Entry] = []
        self.now = 0

    def show(self, told: Sequence[Entry], now: int) -> None:
        """Show these."""
        self.beginResetModel()
        self.entries, self.now = list(told), now
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many."""
        return 0 if parent is not None and parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        """The entry; a sentence for a screen reader; all of what was said as tooltip."""
        entry = self.entries[index.row()]
        if role == EntryRole:
            return entry
        if role == Qt.ItemDataRole.ToolTipRole:
            return text.tooltip(entry.said)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join((entry.title, entry.line, text.age(entry.at, self.now)))
        return None


class TimelineDelegate(QStyledItemDelegate):
    """Icon on the thread, title and day, one grey line, what was said."""

    def height(self) -> int:
        """The height of an entry with words."""
        return fonts.px(_TALL_ROW)

    def height_of(self, index: Index) -> int:
        """The height of this entry."""
        entry = index.data(EntryRole)
        return fonts.px(_TALL_ROW if isinstance(entry, Entry) and entry.said else _SHORT_ROW)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As tall as its words."""
        return QSize(240, self.height_of(index))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one entry."""
        entry = index.data(EntryRole)
        model = index.model()
        if not isinstance(entry, Entry) or not isinstance(model, TimelineModel):
            return
        painter.save()
        rect: QRect = option.rect
        state = option.state
        if state & QStyle.StateFlag.State_HasFocus:
            paint.box(painter, rect.adjusted(0, 0, -2, -2), fill="selected", radius=6)
            paint.focus_ring(painter, rect.adjusted(0, 0, -2, -2), 6)
        elif state & QStyle.StateFlag.State_MouseOver:
            paint.box(painter, rect.adjusted(0, 0, -2, -2), fill="hover", radius=6)
        self._thread(painter, rect, entry, last=index.row() == model.rowCount() - 1)
        self._told(painter, rect, entry, model.now)
        painter.restore()

    @staticmethod
    def _thread(painter: QPainter, rect: QRect, entry: Entry, *, last: bool) -> None:
        px = fonts.px
        disc = QRect(rect.left() + px(4), rect.top() + px(6), px(24), px(24))
        if not last:
            below = disc.bottom() + px(2)
            painter.fillRect(disc.center().x(), below, 2, rect.bottom() + px(5) - below, theme().color("border"))
        fill, letter = paint.tone_pair(entry.tone)
        paint.box(painter, disc, fill=fill, radius=px(12))
        icons.draw(painter, entry.icon, theme().hex(letter), disc.left() + px(5), disc.top() + px(5), px(14))

    @staticmethod
    def _told(painter: QPainter, rect: QRect, entry: Entry, now: int) -> None:
        px = fonts.px
        left, right, line = rect.left() + px(40), rect.right() - px(8), px(18)
        painter.setFont(fonts.font("meta"))
        painter.setPen(theme().color("text2"))
        shown = text.age(entry.at, now)
        day = painter.fontMetrics().horizontalAdvance(shown)
        text.draw(painter, QRect(left, rect.top() + px(6), right - left, line), shown, right=True)
        text.draw(painter, QRect(left, rect.top() + px(24), right - left, px(16)), entry.line)
        painter.setFont(fonts.font("row"))
        painter.setPen(theme().color("text"))
        text.draw(painter, QRect(left, rect.top() + px(6), right - left - day - px(10), line), text.plain(entry.title))
        painter.setFont(fonts.font("body"))
        text.draw(painter, QRect(left, rect.top() + px(42), right - left, line), text.plain(entry.said))
