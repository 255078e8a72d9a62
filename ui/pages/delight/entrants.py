"""The entrants of a give-away: who takes part, who is struck and why, and which place each winner has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Never

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from app.giveaways import STRUCK_NAMES, Entry
from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets import paint
from ui.widgets.rows import Index, RowModel, RowRole, ground
from ui.widgets.rowview import RowDelegate

_MARGINS = (8, 8)


class EntrantModel(RowModel[Entry, Never]):
    """All entries: winners first, then who takes part, then who is struck."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(Entry)

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these."""
        self.show_rows(sorted(entries, key=lambda one: (one.place is None, one.place or 0, one.struck != "", one.id)))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        """The row for the delegate; a sentence for screen readers."""
        row = self.row_at(index.row())
        if row is None or role == RowRole:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(part for part in (row.name, where(row), outcome(row)) if part)
        return None


def where(entry: Entry) -> str:
    """The channel and the address or handle: "Instagram, ana.b"."""
    return ", ".join(part for part in (entry.channel, entry.contact) if part)


def outcome(entry: Entry) -> str:
    """Why it takes no part, or what it won; "" for one that just takes part."""
    place = tr("Place {place}").format(place=entry.place) if entry.place is not None else ""
    if place and not entry.struck:
        return place
    reason = tr(STRUCK_NAMES[entry.struck]) if entry.struck else ""
    if entry.kept_by_hand:
        reason = tr("You let them take part")
    if entry.note:
        reason = tr("{reason}: {note}").format(reason=reason, note=entry.note)
    return ", ".join(filter(None, (place, reason)))


class EntrantDelegate(RowDelegate):
    """Paints an entry in one line: name, where it came from, and how it stands."""

    row_height = 28

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row = index.data(RowRole)
        if not isinstance(row, Entry):
            return
        tone = "delight" if row.place is not None and not row.struck else "warn" if row.struck else "text2"
        draw_entry(painter, option, row, text.plain(outcome(row)), tone)


def draw_entry(painter: QPainter, option: QStyleOptionViewItem, entry: Entry, words: str, tone: str) -> None:
    """Draw an entry in one line: the name, where it came from, and at the right how it stands, in these words."""
    ground(painter, option, _MARGINS)
    px = fonts.px
    line = QRect(option.rect).adjusted(px(_MARGINS[0] + 4), 0, -px(_MARGINS[1] + 4), 0)
    used = paint.words(painter, line, words, tone=tone, right=True)
    line = line.adjusted(0, 0, -used - px(12), 0)
    used = paint.words(painter, line, text.plain(entry.name), "row", "text2" if entry.struck else "text", 500)
    paint.words(painter, line.adjusted(used + px(10), 0, 0, 0), text.plain(where(entry)))
