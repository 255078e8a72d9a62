"""The list of drafts: whom each goes to and where, what it is about, how it begins, and since when it rests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Never

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.base.words import N_
from app.outbox.unfinished import FORWARD, MESSAGE, POST, PRIVATE, REPLY, Unfinished
from ui.look import fonts, icons, text
from ui.look.text import tr
from ui.look.theme import theme
from ui.widgets import paint
from ui.widgets.rows import Index, RowModel, RowRole, ground
from ui.widgets.rowview import RowDelegate

MARGINS = (24, 22)
KINDS = {
    REPLY: N_("Reply"), MESSAGE: N_("New message"), FORWARD: N_("Forward"), PRIVATE: N_("Private message"),
    POST: N_("New post"),
}  # fmt: skip
_ICONS = {REPLY: "reply", MESSAGE: "square-pen", FORWARD: "forward", PRIVATE: "lock", POST: "globe"}


class DraftRow(NamedTuple):
    """A draft in the list; `id` is its number."""

    id: int
    draft: Unfinished


class DraftModel(RowModel[DraftRow, Never]):
    """All drafts, the one written on last first."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(DraftRow)
        self.now = 0

    def show(self, drafts: Sequence[Unfinished], now: int) -> None:
        """Show these; `now` is Unix UTC."""
        self.now = now
        self.show_rows([DraftRow(draft.number, draft) for draft in drafts])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        """The row for the delegate; a sentence for screen readers."""
        row = self.row_at(index.row())
        if row is None or role == RowRole:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(row.draft, self.now)
        return None


def heading(draft: Unfinished) -> str:
    """Whom it goes to: "To Anna", "To nobody yet", "New post in News"."""
    to = text.name(draft.to)
    if draft.kind == POST:
        return tr("New post in {venue}").format(venue=to) if to else tr("New post")
    return tr("To {name}").format(name=to or tr("nobody yet"))


def beginning(draft: Unfinished) -> str:
    """What it is about and how it begins, in one line."""
    words = text.plain(draft.text.strip()) or text.counted(
        draft.files, "{count} file, no words yet", "{count} files, no words yet"
    )
    return tr("{subject}: {text}").format(subject=text.embed(draft.title), text=words) if draft.title else words


def remark(draft: Unfinished) -> str:
    """What is to be known besides: another version of it, and whether its conversation is done; "" if nothing is."""
    parts = [
        text.counted(draft.beside, "{count} more version", "{count} more versions") if draft.beside else "",
        tr("conversation done") if draft.state == "done" else "",
        tr("snoozed") if draft.state == "snoozed" else "",
    ]
    return ", ".join(part for part in parts if part)


def spoken(draft: Unfinished, now: int) -> str:
    """The row as a sentence: "Reply, To Anna, Blog, public, The box: Dear Anna, 2 hours ago"."""
    when = tr("{age} ago").format(age=text.spoken_age(draft.at, now)) if draft.at else ""
    parts = (tr(KINDS[draft.kind]), heading(draft), draft.where, beginning(draft), when, remark(draft))
    return ", ".join(part for part in parts if part)


class DraftDelegate(RowDelegate):
    """Paints a draft in two lines."""

    row_height = 56

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row, model = index.data(RowRole), index.model()
        if not isinstance(row, DraftRow) or not isinstance(model, DraftModel):
            return
        ground(painter, option, MARGINS)
        px, rect, draft = fonts.px, QRect(option.rect), row.draft
        left, right, line = rect.left() + px(MARGINS[0]), rect.right() + 1 - px(MARGINS[1]), px(20)
        icons.draw(painter, _ICONS[draft.kind], theme().hex("text2"), left, rect.top() + px(12), px(16))
        left += px(30)
        upper = QRect(left, rect.top() + px(8), right - left, line)
        when = text.age(draft.at, model.now) if draft.at else ""
        used = paint.words(painter, upper, when, right=True)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        named = upper.adjusted(0, 0, -used - px(12), 0)
        used = paint.words(painter, named, heading(draft), "row", "text", 600 if chosen else 500)
        where = ", ".join(part for part in (draft.where, remark(draft)) if part)
        paint.words(painter, named.adjusted(used + px(10), 0, 0, 0), where)
        paint.words(painter, upper.translated(0, line), beginning(draft), "row", "text2", 400)
