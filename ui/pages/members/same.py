"""The side of the members page that lists who may be the same person, with reasons, and two of them side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Never

from PySide6.QtCore import QRect, QSignalBlocker, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QStyleOptionViewItem, QVBoxLayout, QWidget

from app.members.reasons import in_words
from app.members.suggesting import Suggestion
from ui.frame.doing import undoable
from ui.frame.working import Working
from ui.look import fonts, text
from ui.look.text import tr
from ui.pages.members.beside import BesideView
from ui.pages.members.side import PairRow, PairSide
from ui.widgets import paint
from ui.widgets.labels import Label
from ui.widgets.panels import EmptyState
from ui.widgets.panes import Panes
from ui.widgets.rows import Index, RowModel, RowRole, ground, two_lines
from ui.widgets.rowview import RowDelegate, RowView
from ui.widgets.stack import Stack

if TYPE_CHECKING:
    from app.store.changes import Changes

_MARGINS = (24, 16)
_SHOWN = 200
"""So many pairs at most: who goes through that many sees the next ones then."""


class PairModel(RowModel[PairRow, Never]):
    """One row a pair, the likeliest first."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(PairRow)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        """The row for the delegate, or a sentence for screen readers."""
        row = self.rows[index.row()]
        if role == RowRole:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join((_names(row), *row.reasons))
        return None


def _names(row: PairRow) -> str:
    return tr("{name} and {other}").format(name=row.names[0], other=row.names[1])


class PairDelegate(RowDelegate):
    """Paints a pair in two lines: both names, and the reason."""

    row_height = 56

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row = index.data(RowRole)
        if not isinstance(row, PairRow):
            return
        ground(painter, option, _MARGINS)
        px, rect = fonts.px, option.rect
        left, right = rect.left() + px(_MARGINS[0]), rect.right() - px(_MARGINS[1])
        side, middle = px(24), rect.center().y()
        for number, name, at in ((row.one, row.names[0], 0), (row.other, row.names[1], px(28))):
            paint.avatar(painter, QRect(left + at, middle - side // 2, side, side), name, number)
        why = " · ".join(row.reasons) or tr("Chosen by you")
        names = (text.plain(_names(row)), "")
        two_lines(painter, option, (left + side + px(40), right), names, (text.plain(why), "text2"))


class SameSide(PairSide):
    """Lists pairs at the left, and shows one side by side at the right."""

    def build(self) -> None:
        """Build the list and the pair; nobody is looked for until `reload`."""
        self._found: list[Suggestion] = []
        self._later: list[tuple[int, int]] = []
        self._own: tuple[int, int] | None = None
        self._working: Working | None = None
        self._again = self._looked = False
        self.split = Panes(self, self._left, self._right, (412, 660), (2, 3), (300, 430), 700)
        self.split.left.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.split)

    def _left(self, parent: QWidget) -> QWidget:
        pane = QWidget(parent)
        self.model = PairModel()
        self.list = RowView(tr("Pairs"), PairDelegate(self))
        self.list.setModel(self.model)
        self.list.moved.connect(lambda _place: self._show())
        self.list.opened.connect(lambda _place: self._enter())
        self.list.menu_asked.connect(self.frame.show_menu)
        self.line = Label("", "meta", "text2", wrap=True)
        top = QHBoxLayout()
        top.setContentsMargins(24, 14, 16, 6)
        top.addWidget(self.line, 1)
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        return pane

    def _right(self, parent: QWidget) -> QWidget:
        self.middle = Stack(parent)
        self.view = BesideView(self.frame, self.middle)
        more = tr("Two members with one address, one phone number or one name are listed here, with the reason.")
        self.nobody = EmptyState("merge", tr("Nobody looks like the same person"), more=more)
        self.middle.addWidget(self.view)
        self.middle.addWidget(self.nobody)
        return self.middle

    # Reading

    def reload(self) -> None:
        """Look for pairs on a thread of its own; what was found before is shown meanwhile."""
        self._fill()
        if self._working is not None:
            self._again = True
            return
        pairs = self.bench.pairs
        self._working = Working(lambda _progress, _stop: pairs.suggest(), "same person")
        self._working.finished.connect(self._take)
        self._working.failed.connect(lambda _why: self._end())
        self._working.start()

    def _take(self, found: object) -> None:
        if isinstance(found, list):
            self._found, self._looked = found, True
        self._end()
        self._fill()

    def _end(self) -> None:
        self._working = None
        if self._again:
            self._again = False
            self.reload()

    def _fill(self) -> None:
        """Show the pairs of which both are still there, those for later at the end."""
        shown = sorted(
            self._found, key=lambda pair: self._later.index(at) if (at := (pair.one, pair.other)) in self._later else -1
        )[:_SHOWN]
        wanted = [number for pair in shown for number in (pair.one, pair.other)] + list(self._own or ())
        there, open_ = self.bench.members.names(wanted), self.bench.members.unmerged(wanted)
        rows = [
            PairRow(pair.one, pair.other, (there[pair.one], there[pair.other]), tuple(map(in_words, pair.reasons)))
            for pair in shown
            if {pair.one, pair.other} <= open_
        ]
        self.counted.emit(len(rows))
        self.found.emit(rows[:])
        own = self._own
        if own is not None and open_.issuperset(own):
            same = [row for row in rows if {row.one, row.other} == set(own)]
            reasons = same[0].reasons if same else ()
            rows = [row for row in rows if row not in same]
            rows.insert(0, PairRow(*own, (there[own[0]], there[own[1]]), reasons))
        current = self.current()
        at = next((place for place, row in enumerate(rows) if current is not None and row.id == current.id), -1)
        place = self.list.place()
        self.model.show_rows(rows)
        with QSignalBlocker(self.list):  # what is chosen is shown below, once
            self.list.choose(at if at >= 0 else min(max(place, 0), len(rows) - 1))
        self._say(len(rows))
        self._show()

    def _say(self, count: int) -> None:
        if count:
            self.line.setText(
                text.counted(count, "{count} pair, the likeliest first", "{count} pairs, the likeliest first")
            )
        else:
            self.line.setText("" if self._looked else tr("Looking…"))

    def current(self) -> PairRow | None:
        """The pair that is selected, or None."""
        return self.model.row_at(self.list.place())

    def show_pair(self, keep: int, other: int) -> None:
        """Show two members that the person wants to merge, above all others."""
        self._own = (keep, other)
        self._fill()
        self.list.choose(0)
        self._show()
        self.split.to_right()

    def _show(self) -> None:
        row = self.current()
        self.middle.setCurrentIndex(0 if row is not None else 1)
        if row is not None:
            bench = self.bench
            compared = bench.pairs.compare(row.one, row.other)
            self.view.show_pair(compared, (bench.card(row.one), bench.card(row.other)), row.reasons)

    # Page

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The command handlers available now."""
        handlers: dict[str, Callable[[], object]] = {"next": self.list.next, "previous": self.list.previous}
        if self.current() is not None:
            handlers |= {
                "open": self._enter, "merge_pair": self._merge,
                "not_same": self._set_apart, "pair_later": self._put_off,
            }  # fmt: skip
        return handlers

    def panes(self) -> Sequence[QWidget]:
        """The list and the pair."""
        return (self.list, self.view.pane)

    def activate(self) -> None:
        """Focus the list."""
        self.list.setFocus()

    def refresh(self, changes: Changes) -> None:
        """Look again when members or their names have changed; what came in since waits for the next look."""
        if changes.touches("member_apart", "member_merge"):
            self.reload()
        elif changes.touches("member", "identity"):
            self._fill()

    def chosen(self) -> int | None:
        """The one of the pair who would be kept."""
        row = self.current()
        return row.one if row is not None else None

    def back(self) -> bool:
        """Handle Esc: from the pair to the list, where only one is in sight."""
        if self.split.one_pane and self.view.isVisible():
            self.split.to_left()
            self.list.setFocus()
            return True
        return False

    # Commands

    def _enter(self) -> None:
        self.split.to_right()
        self.view.go.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _merge(self) -> None:
        row = self.current()
        if row is None:
            return
        theirs = self.view.theirs()
        name = row.names[1] if "name" in theirs else row.names[0]
        with undoable(
            self.frame,
            tr("{name} and {other} are one member now: {kept}.").format(
                name=text.name(row.names[0]), other=text.name(row.names[1]), kept=text.name(name)
            ),
        ):
            self.bench.pairs.merge(row.one, row.other, theirs)
        mine, self._own = (row.one, row.other) == self._own, None
        self._fill()
        if mine:
            self.member.emit(row.one)

    def _set_apart(self) -> None:
        row = self.current()
        if row is None:
            return
        with undoable(
            self.frame,
            tr("{name} and {other} are two people.").format(
                name=text.name(row.names[0]), other=text.name(row.names[1])
            ),
        ):
            self.bench.pairs.set_apart(row.one, row.other)
        self._own = None
        self._found = [pair for pair in self._found if {pair.one, pair.other} != {row.one, row.other}]
        self._fill()

    def _put_off(self) -> None:
        row = self.current()
        if row is not None:
            pair = (row.one, row.other)
            self._later = [one for one in self._later if one != pair] + [pair]
            self._own = None if self._own == pair else self._own
            self.list.choose(-1)
            self._fill()
            self.list.choose(0)
            self._show()
