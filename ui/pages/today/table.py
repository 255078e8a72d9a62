"""The queue: what fits, with the time at which it would be begun, and below it, dimmed, what waits."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.today import Day, Thing, Timed
from app.today.words import why
from ui.look import fonts, icons, text
from ui.look.text import tr
from ui.look.theme import theme
from ui.pages.today import words
from ui.widgets import paint
from ui.widgets.rows import Index, RowModel, RowRole, ground
from ui.widgets.rowview import RowDelegate

MARGINS = (12, 12)
WAITING_SHOWN = 40
_MINUTE = 60
_NARROW, _WITHOUT_TIME = 460, 380
"""CSS pixels of a row below which the reason takes the second line, and the time at which it begins is left out."""
_WHY_WIDE, _TIME_WIDE, _MINUTES_WIDE, _AVATAR = 200, 44, 52, 28


class QueueRow(NamedTuple):
    """A thing in the list. `starts` is when it would be begun (Unix seconds), None for what waits."""

    id: int
    timed: Timed
    starts: int | None

    @property
    def to_do(self) -> Thing:
        """What is to be done."""
        return self.timed.thing


class Head(NamedTuple):
    """The heading over what waits, and how much that is."""

    title: str
    aside: str


def row_id(thing: Thing) -> int:
    """A number of its own for each row of each noun."""
    return words.NOUNS.index(thing.noun) << 48 | thing.id


class QueueModel(RowModel[QueueRow, Head]):
    """What fits, then a heading and what waits."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(QueueRow)
        self.now = 0

    def show(self, day: Day) -> None:
        """Show a day's queue."""
        self.now = at = day.now
        rows: list[QueueRow | Head] = []
        for one in day.queue.fits:
            rows.append(QueueRow(row_id(one.thing), one, at))
            at += one.minutes * _MINUTE
        if day.queue.waiting:
            rows.append(Head(words.waits_for(day), _how_much(day)))
            rows += [QueueRow(row_id(one.thing), one, None) for one in day.queue.waits[:WAITING_SHOWN]]
        self.show_rows(rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        """The row for the delegate, a sentence for screen readers, or the reason as tooltip: it may be elided."""
        row = self.rows[index.row()]
        if role == RowRole:
            return row
        if isinstance(row, Head):
            return tr("{title}: {how_much}").format(title=row.title, how_much=row.aside) if _is_read(role) else None
        if _is_read(role):
            return spoken(row, self.now)
        return text.tooltip(why(row.to_do, self.now, words.SHOWN)) if role == Qt.ItemDataRole.ToolTipRole else None


def _is_read(role: int) -> bool:
    return role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


def _how_much(day: Day) -> str:
    many, minutes = day.queue.waiting, sum(one.minutes for one in day.queue.waits)
    took = text.counted(minutes, "{count} minute", "{count} minutes")
    if many > len(day.queue.waits):  # the others were not looked at
        return text.counted(many, "{count} thing", "{count} things")
    return text.counted(many, "{count} thing, {minutes}", "{count} things, {minutes}", minutes=took)


def spoken(row: QueueRow, now: int) -> str:
    """The row as a sentence: "Petr Hanák, Sraz v Brně, 3 days late, 4 minutes, begins at 17:40"."""
    thing = row.to_do
    parts = [
        text.name(thing.who), text.embed(thing.what), why(thing, now, words.SHOWN),
        text.counted(row.timed.minutes, "{count} minute", "{count} minutes"),
        _begins(row.starts),
    ]  # fmt: skip
    return ", ".join(part for part in parts if part)


def _begins(at: int | None) -> str:
    return tr("doesn't fit") if at is None else tr("begins at {time}").format(time=text.clock(at))


class QueueDelegate(RowDelegate):
    """Paints a row or the heading."""

    row_height = 48

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row, model = index.data(RowRole), index.model()
        if not isinstance(model, QueueModel):
            return
        painter.save()
        rect: QRect = QRect(option.rect)
        if isinstance(row, Head):
            self._head(painter, rect, row)
        elif isinstance(row, QueueRow):
            ground(painter, option, MARGINS)
            inner = rect.adjusted(fonts.px(MARGINS[0]), 0, -fonts.px(MARGINS[1]), 0)
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            self._row(painter, inner, row, model.now, chosen=chosen)
        painter.restore()

    @staticmethod
    def _head(painter: QPainter, rect: QRect, head: Head) -> None:
        line = rect.adjusted(fonts.px(MARGINS[0]), fonts.px(10), -fonts.px(MARGINS[1]), 0)
        used = paint.words(painter, line, head.title, "heading", "text")
        paint.words(painter, line.adjusted(used + fonts.px(10), 0, 0, 0), head.aside)

    def _row(self, painter: QPainter, inner: QRect, row: QueueRow, now: int, *, chosen: bool) -> None:
        px, fits, thing = fonts.px, row.starts is not None, row.to_do
        left, middle = inner.left(), inner.center().y()
        if inner.width() >= px(_WITHOUT_TIME):
            if row.starts is not None:
                paint.words(
                    painter, QRect(left, inner.top(), px(_TIME_WIDE), inner.height()), text.clock(row.starts), "count"
                )
            left += px(_TIME_WIDE + 8)
        side = px(_AVATAR)
        paint.avatar(painter, QRect(left, middle - side // 2, side, side), thing.who, thing.member_id or thing.who)
        left += side + px(12)
        minutes = QRect(inner.right() + 1 - px(_MINUTES_WIDE), inner.top(), px(_MINUTES_WIDE), inner.height())
        took = tr("{minutes} min").format(minutes=row.timed.minutes)
        paint.words(painter, minutes, took, "meta", "text" if fits else "text2", 600 if fits else 400, right=True)
        right = minutes.left() - px(12)
        wide = inner.width() >= px(_NARROW)
        if wide:
            self._why(
                painter, QRect(right - px(_WHY_WIDE), inner.top(), px(_WHY_WIDE), inner.height()), thing, now, fits
            )
            right -= px(_WHY_WIDE + 12)
        high = px(19)
        upper = QRect(left, middle - high + 1, max(0, right - left), high)
        paint.words(
            painter, upper, text.plain(thing.who), "row", "text" if fits else "text2", 600 if chosen or fits else 500
        )
        below = upper.translated(0, high)
        if wide:
            paint.words(painter, below, text.plain(thing.what))
        else:
            self._why(painter, below, thing, now, fits)

    @staticmethod
    def _why(painter: QPainter, rect: QRect, thing: Thing, now: int, fits: bool) -> None:  # noqa: FBT001  one switch
        tone, weight = words.tone(thing) if fits else ("text2", 400)
        size = fonts.px(15)
        token = tone if tone in ("danger", "warn") or not fits else words.TONES.get(thing.noun, "accent")
        icons.draw(painter, words.icon(thing), theme().hex(token), rect.left(), rect.center().y() - size / 2, size)
        paint.words(painter, rect.adjusted(fonts.px(21), 0, 0, 0), why(thing, now, words.SHOWN), "meta", tone, weight)
