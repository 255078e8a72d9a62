"""Paints a row of the inbox list: avatar, name, subject, account, last message, waiting time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from app.channels.windows import closes_at
from app.inbox import UNTIL_REPLY, ConversationRow
from ui.look import fonts, icons, text
from ui.look.text import tr
from ui.look.theme import theme
from ui.pages.inbox import marked
from ui.pages.inbox.conversation_model import FoundRole, RowRole, account_name, headline
from ui.pages.inbox.row_labels import draw_chips, draw_dots
from ui.pages.inbox.turn import in_row, is_late
from ui.widgets import paint
from ui.widgets.rowview import RowDelegate, RowView

if TYPE_CHECKING:
    from app.blocks import Lateness
    from app.search import Marker
    from app.settings import Settings

ROW_HEIGHT, COMPACT_ROW_HEIGHT = 76, 56
_NOTE_WIDTH = 56


class ConversationDelegate(RowDelegate):
    """Paints rows; the list sets `now` (Unix UTC), `marking` while rows are marked, and `marker` in a search.

    `lateness` is set with it, and says which ones are amber.
    """

    now = 0
    marking = False
    marker: Marker | None = None
    lateness: Lateness | None = None
    compact = False

    def settle(self, settings: Settings) -> bool:
        """Take the row height from the settings; True if it has changed."""
        before = self.compact
        self.compact = bool(settings.get("compact"))
        return before != self.compact

    def height(self) -> int:
        """A row's height in pixels at the current text size."""
        return fonts.px(COMPACT_ROW_HEIGHT if self.compact else ROW_HEIGHT)

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw one row."""
        row = index.data(RowRole)
        rows = option.widget  # instead of `option.state`, whose type loads all of QStyle: 4 ms at startup
        if not isinstance(row, ConversationRow) or not isinstance(rows, RowView):
            return
        rect = option.rect
        card = rect.adjusted(6, 2, -6, -2)
        selected, here = rows.selectionModel().isSelected(index), rows.currentIndex() == index
        if selected or here:  # while others are marked, the current row may not be
            paint.box(painter, card, fill="selected" if selected else "hover", radius=8)
            if here and (rows.hasFocus() or not selected):
                paint.focus_ring(painter, card, 8)
        elif rows.hovered == index.row() and rows.viewport().underMouse():
            paint.box(painter, card, fill="hover", radius=8)
        else:
            painter.fillRect(
                rect.left() + fonts.px(60), rect.bottom(), rect.width() - fonts.px(76), 1, theme().color("border")
            )
        self._contents(painter, rect, row, index.data(FoundRole) or "")
        if selected and self.marking:
            self._check(painter, rect)

    @staticmethod
    def _check(painter: QPainter, rect: QRect) -> None:
        """Draw the check mark over the avatar."""
        px, size = fonts.px, fonts.px(30)
        disc = QRect(rect.left() + px(20), rect.top() + px(15), size, size)
        paint.box(painter, disc, fill="accent", radius=size / 2)
        glyph = px(18)
        inset = (size - glyph) / 2
        icons.draw(painter, "check", theme().hex("on_accent"), disc.left() + inset, disc.top() + inset, glyph)

    def _contents(self, painter: QPainter, rect: QRect, row: ConversationRow, excerpt: str) -> None:
        px, strong = fonts.px, 600 if row.unread or row.state == "needs_me" else 400
        if row.unread:
            paint.box(painter, QRect(rect.left() + px(10), rect.top() + px(27), px(6), px(6)), fill="accent", radius=3)
        size = px(30)
        paint.avatar(
            painter,
            QRect(rect.left() + px(20), rect.top() + px(15), size, size),
            row.member or "?",
            row.member_id or "",
        )
        left, right = rect.left() + px(62), rect.right() - px(16)
        line = px(19)
        top = rect.top() + (px(7) if self.compact else px(9))
        used = self._when(painter, row, QRect(left, top, right - left, line))
        painter.setFont(fonts.font("row", strong))
        painter.setPen(theme().color("text"))
        name = QRect(left, top, right - left - used - px(8), line)
        named = marked.draw(painter, name, text.plain(row.member or tr("Unknown")), self.marker)
        self._note(painter, name.adjusted(named + px(8), 0, 0, 0), row.note)
        signs = self._signs(painter, row, right, top + line, self.now)
        if self.compact:
            signs += draw_dots(painter, right - signs, QRect(left, top + line, right - left, line), row.labels)
        painter.setFont(fonts.font("row", 500 if strong == 600 else 400))  # noqa: PLR2004  weights of the design
        painter.setPen(theme().color("text" if strong == 600 else "text2"))  # noqa: PLR2004  as above
        title, of_post = headline(row)
        if of_post:
            size = px(13)
            icons.draw(painter, "newspaper", theme().hex("text2"), left, top + line + px(3), size)
            left += size + px(5)
        marked.draw(painter, QRect(left, top + line, right - left - signs, line), text.plain(title), self.marker)
        left = rect.left() + px(62)
        if not self.compact:
            last = QRect(left, top + 2 * line, right - left, line)
            last.setWidth(last.width() - draw_chips(painter, last, row.labels))
            self._last(painter, last, row, excerpt)

    def _note(self, painter: QPainter, rect: QRect, note: str) -> None:
        """Draw our note on the member beside the name, where there is room for a word of it."""
        if note and rect.width() >= fonts.px(_NOTE_WIDTH):
            painter.setFont(fonts.font("meta"))
            painter.setPen(theme().color("text2"))
            marked.draw(painter, rect, text.plain(note), self.marker)

    def _last(self, painter: QPainter, rect: QRect, row: ConversationRow, excerpt: str) -> None:
        px = fonts.px
        icons.draw(painter, icons.for_channel(row.kind), theme().hex("text2"), rect.left(), rect.top() + px(3), px(13))
        painter.setFont(fonts.font("meta"))
        painter.setPen(theme().color("text2"))
        name = QRect(rect.left() + px(18), rect.top(), px(84), rect.height())
        used = text.draw(painter, name, account_name(row))
        preview = text.plain(excerpt or row.preview)
        if row.draft and not excerpt:
            start = name.left() + used + px(12)
            painter.setPen(theme().color("danger"))
            start += text.draw(painter, QRect(start, rect.top(), rect.right() - start, rect.height()), tr("Draft:"))
            painter.setPen(theme().color("text2"))
            start += px(5)
            text.draw(painter, QRect(start, rect.top(), rect.right() - start, rect.height()), text.plain(row.draft))
            return
        if row.ours and not excerpt:
            preview = tr("You: {text}").format(text=preview)
        elif row.writer and not excerpt:
            preview = tr("{name}: {text}").format(name=text.name(row.writer), text=preview)
        start = name.left() + used + px(12)
        turn = "" if excerpt else in_row(row, self.now)
        if turn:
            painter.setPen(theme().color("text"))
            start += text.draw(painter, QRect(start, rect.top(), rect.right() - start, rect.height()), turn) + px(8)
            painter.setPen(theme().color("text2"))
        marked.draw(painter, QRect(start, rect.top(), rect.right() - start, rect.height()), preview, self.marker)

    def _when(self, painter: QPainter, row: ConversationRow, rect: QRect) -> int:
        """Draw the time at the right, amber with a clock past the target, or where it closes before the next block.

        Returns the width used in pixels.
        """
        late = self.lateness is not None and self.lateness.is_late(row.account_id, row.due_since)
        closes = closes_at(row, self.now)
        if closes is not None and self.lateness is not None and self.lateness.is_before_next_block(closes):
            when, late = tr("closes {when}").format(when=text.day_and_time(closes, self.now)), True
        elif row.state == "needs_me" and row.waiting_since is not None:
            when = text.waits(row.waiting_since, self.now)
        elif row.state == "snoozed" and row.snoozed_until is not None and row.snoozed_until != UNTIL_REPLY:
            when = text.ahead(row.snoozed_until, self.now)
        else:
            when = text.age(row.last_at, self.now)
        painter.setFont(fonts.font("meta", 500 if late else 400))
        painter.setPen(theme().color("warn" if late else "text2"))
        text.draw(painter, rect, when, right=True)
        used = QFontMetrics(painter.font()).horizontalAdvance(when)
        if late:
            size = fonts.px(13)
            icons.draw(
                painter,
                "clock",
                theme().hex("warn"),
                rect.right() - used - size - fonts.px(5),
                rect.top() + fonts.px(3),
                size,
            )
            used += size + fonts.px(5)
        return used

    @staticmethod
    def _signs(painter: QPainter, row: ConversationRow, right: int, top: int, now: int) -> int:
        """Draw the state icons from the right edge inwards; return the width they take in pixels."""
        size, x = fonts.px(14), right
        for on, icon, tone in (
            (row.unsent, "octagon-x", "danger"),
            (row.held or row.reported, "shield-alert", "warn"),
            (row.locked, "lock", "text2"),
            (row.solved, "check-check", "ok"),
            (row.due, "calendar-clock", "text2"),
            (row.queued and not row.to_post, "send", "text2"),
            (row.to_post, "copy", "warn"),
            (row.passed_on, "forward", "text2"),
            (row.asked, "message-circle-question-mark", "text2"),
            (row.promises, "circle-dot", "danger" if is_late(row, now) else "warn"),
            (row.gifts, "gift", "delight"),
            (row.handoffs, "arrow-right-left", "text2"),
            (row.unhappy, "frown", "danger"),
            (row.hard, "circle-question-mark", "warn"),
            (row.flagged, "flag", "warn"),
            (row.state == "snoozed", "clock", "text2"),
            (row.state == "done", "circle-check", "ok"),
        ):
            if on:
                x -= size
                icons.draw(painter, icon, theme().hex(tone), x, top + fonts.px(3), size)
                x -= fonts.px(6)
        return right - x
