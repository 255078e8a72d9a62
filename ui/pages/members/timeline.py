"""A member's timeline across all channels: conversations, promises and gifts, latest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.base.words import N_
from app.members import Card, History
from app.members.card import GiftLine
from app.promises import Promise
from ui.look import fonts, icons, text
from ui.look.text import tr
from ui.look.theme import theme
from ui.shared import gift_state
from ui.widgets import paint
from ui.widgets.rowview import RowDelegate

EntryRole = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_SHORT_ROW_HEIGHT = 50  # of an entry without an excerpt
_STATES = {
    "needs_me": N_("needs a reply"),
    "waiting": N_("waiting for them"),
    "snoozed": N_("snoozed"),
    "quiet": N_("needs no reply"),
    "done": N_("done"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the timeline; clicking it opens `target` (an id) on `page`. `at` is Unix UTC."""

    at: int
    title: str
    line: str
    quote: str
    icon: str
    tone: str
    page: str
    target: int
    kind: str = ""


def entries(card: Card, kind: str = "") -> list[Entry]:
    """The entries of a member's card, latest first; only those of one kind of channel if given."""
    listed = [_talk(entry) for entry in card.history]
    listed += [_promise(entry) for entry in card.promises if entry.conversation_id is not None]
    listed += [_gift(entry) for entry in card.gifts]
    return sorted(
        (entry for entry in listed if not kind or entry.kind == kind), key=lambda entry: entry.at, reverse=True
    )


def _talk(talk: History) -> Entry:
    needs = talk.state == "needs_me"
    line = text.sentence(f"{text.isolate(talk.account)}, {tr(_STATES.get(talk.state, talk.state))}")
    return Entry(talk.last_at, talk.title or tr("Untitled"), line, talk.preview, icons.for_channel(talk.kind),
                 "accent" if needs else "", "inbox", talk.conversation_id, talk.kind)  # fmt: skip


def _promise(promise: Promise) -> Entry:
    title = text.sentence(tr("I promised: {what}").format(what=text.embed(promise.what)))
    pending = promise.kept_at is None and not promise.dropped_why
    line = (
        tr("kept")
        if promise.kept_at is not None
        else tr("dropped: {reason}").format(reason=promise.dropped_why)
        if promise.dropped_why
        else tr("open")
    )
    return Entry(
        promise.at, title, line, "", "circle-dot", "warn" if pending else "", "inbox", promise.conversation_id or 0
    )


def _gift(gift: GiftLine) -> Entry:
    title = text.sentence(tr("Gift: {item}").format(item=text.embed(gift.item)))
    return Entry(gift.at, title, gift_state.words(gift.state), gift.why, "gift", "delight", "delight", gift.id)


class TimelineModel(QAbstractListModel):
    """The entries of the timeline."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.entries: list[Entry] = []
        self.now = 0

    def show(self, entries: Sequence[Entry], now: int) -> None:
        """Show these entries; `now` is Unix UTC."""
        self.beginResetModel()
        self.entries, self.now = list(entries), now
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """The number of entries."""
        return 0 if parent is not None and parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        """The entry for the delegate, a sentence for screen readers, or the whole excerpt as tooltip."""
        entry = self.entries[index.row()]
        if role == EntryRole:
            return entry
        if role == Qt.ItemDataRole.ToolTipRole:
            return text.tooltip(entry.quote)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join((entry.title, entry.line, text.age(entry.at, self.now)))
        return None


class TimelineDelegate(RowDelegate):
    """Paints an entry: icon on the line, title and age, a grey line, and the excerpt."""

    row_height = 68
    same_height = False

    def height_of(self, index: Index) -> int:
        """The height of this entry in pixels."""
        entry = index.data(EntryRole)
        return self.height() if isinstance(entry, Entry) and entry.quote else fonts.px(_SHORT_ROW_HEIGHT)

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
        fill, letter = paint.tone_pair(entry.tone)
        paint.box(painter, disc, fill=fill, radius=px(12))
        icons.draw(painter, entry.icon, theme().hex(letter), disc.left() + px(5), disc.top() + px(5), px(14))

    @staticmethod
    def _texts(painter: QPainter, rect: QRect, entry: Entry, now: int) -> None:
        px = fonts.px
        left, right, line = rect.left() + px(40), rect.right() - px(8), px(18)
        painter.setFont(fonts.font("meta"))
        painter.setPen(theme().color("text2"))
        age = text.age(entry.at, now)
        day = painter.fontMetrics().horizontalAdvance(age)
        text.draw(painter, QRect(left, rect.top() + px(6), right - left, line), age, right=True)
        text.draw(painter, QRect(left, rect.top() + px(24), right - left, px(16)), entry.line)
        painter.setFont(fonts.font("row"))
        painter.setPen(theme().color("text"))
        text.draw(painter, QRect(left, rect.top() + px(6), right - left - day - px(10), line), text.plain(entry.title))
        painter.setFont(fonts.font("body"))
        text.draw(painter, QRect(left, rect.top() + px(42), right - left, line), text.plain(entry.quote))
