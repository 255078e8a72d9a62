"""The teammates' side of the page: a list of those who help, and the one that is selected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Never

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QStyleOptionViewItem, QVBoxLayout, QWidget

from app.base import clock
from app.handoffs import Load
from app.teammates import Teammate, absence
from ui.look import fonts, text
from ui.look.text import tr
from ui.pages.handoffs import words
from ui.pages.handoffs.mate import MateView
from ui.widgets import paint
from ui.widgets.buttons import CommandButton
from ui.widgets.panels import EmptyState
from ui.widgets.panes import Panes
from ui.widgets.rows import Index, RowModel, RowRole, ground, two_lines
from ui.widgets.rowview import RowDelegate, RowView
from ui.widgets.segments import SegmentSwitch
from ui.widgets.stack import Stack

if TYPE_CHECKING:
    from app.workbench import Workbench
    from ui.frame.page import Frame

_MARGINS = (24, 22)


@dataclass(frozen=True, slots=True)
class MateRow:
    """A teammate with what lies with them; `away` says when, now or later, and who stands in, "" if they are here."""

    mate: Teammate
    load: Load
    away: str

    @property
    def id(self) -> int:
        """The teammate's id."""
        return self.mate.id


class MateModel(RowModel[MateRow, Never]):
    """One row a teammate, by name."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(MateRow)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        """The row for the delegate, or a sentence for screen readers."""
        row = self.rows[index.row()]
        if role == RowRole:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(
                filter(None, (row.mate.name, row.mate.team, row.mate.role, open_words(row.load), row.away))
            )
        return None


def open_words(load: Load) -> str:
    """How many hand-offs wait for them: "3 open, 1 late"; "" for none."""
    if not load.open:
        return ""
    shown = tr("{count} open").format(count=load.open)
    return tr("{open}, {late} late").format(open=shown, late=load.late) if load.late else shown


class MateDelegate(RowDelegate):
    """Paints a teammate in two lines: name and what waits, team and whether they are away."""

    row_height = 56

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row = index.data(RowRole)
        if not isinstance(row, MateRow):
            return
        ground(painter, option, _MARGINS)
        px, rect = fonts.px, option.rect
        left, right = rect.left() + px(_MARGINS[0]), rect.right() - px(_MARGINS[1])
        side, middle = px(30), rect.center().y()
        paint.avatar(painter, QRect(left, middle - side // 2, side, side), row.mate.name, f"t{row.mate.id}")
        team = " · ".join(filter(None, (text.plain(row.mate.team), text.plain(row.mate.role))))
        two_lines(
            painter, option, (left + side + px(12), right), (text.plain(row.mate.name), open_words(row.load)),
            (row.away or team, "warn" if row.away else "text2"), "danger" if row.load.late else "text2",
        )  # fmt: skip


class MatesView(QWidget):
    """List and detail; `asked` carries the pressed button's name, `handoff` the id of a hand-off to be shown."""

    asked = Signal(str)
    handoff = Signal(int)
    left = Signal()

    def __init__(self, bench: Workbench, frame: Frame, parent: QWidget | None = None) -> None:
        """Start empty, until `reload`."""
        super().__init__(parent)
        self._bench, self._frame = bench, frame
        self.split = Panes(self, self._left_pane, self._right_pane, (412, 660), (1, 2), (310, 430), 640)
        self.split.left.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.split)

    def _left_pane(self, parent: QWidget) -> QWidget:
        pane = QWidget(parent)
        self.switch = SegmentSwitch([("here", tr("Helping")), ("gone", tr("Left"))], "here", tr("Which teammates"))
        self.switch.chosen.connect(lambda _key: self.reload())
        self.model = MateModel()
        self.list = RowView(tr("Teammates"), MateDelegate(self))
        self.list.setModel(self.model)
        self.list.moved.connect(lambda _place: self._show())
        self.list.opened.connect(lambda _place: self.asked.emit("edit"))
        self.list.menu_asked.connect(self._frame.show_menu)
        top = QHBoxLayout()
        top.setContentsMargins(20, 14, 16, 4)
        top.addWidget(self.switch)
        top.addStretch(1)
        top.addWidget(CommandButton("teammates", self._frame, title=tr("Add")))
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        return pane

    def _right_pane(self, parent: QWidget) -> QWidget:
        pane = QWidget(parent)
        self.view = MateView(pane)
        self.view.asked.connect(self.asked)
        self.view.handoff.connect(self.handoff)
        more = tr("Teammates never log in: you send them a file, and they send it back.")
        adding = CommandButton("teammates", self._frame, title=tr("Add a teammate"))
        self.middle = Stack()
        self.middle.addWidget(self.view)
        self.middle.addWidget(EmptyState("users", tr("Nobody here"), more=more, buttons=[adding]))
        self.under = QVBoxLayout(pane)
        self.under.setContentsMargins(0, 0, 0, 0)
        self.under.setSpacing(0)
        self.under.addWidget(self.middle, 1)
        return pane

    def current(self) -> Teammate | None:
        """The selected teammate, or None."""
        row = self.model.row_at(self.list.place())
        return row.mate if row is not None else None

    def reload(self, keep: int | None = None) -> None:
        """Read all anew; `keep` is the teammate to be selected, else the one who is."""
        current = self.current()
        keep = keep if keep is not None else current.id if current else None
        everyone = self._bench.teammates.all(archived=True)
        by_id = {mate.id: mate for mate in everyone}
        gone = self.switch.current() == "gone"
        self.switch.set_counts({"gone": sum(mate.archived for mate in everyone)})
        now = clock.now()
        loads = self._bench.handoffs.loads(self._bench.blocks.working(now).free)
        today = clock.local(now).date()
        shown = [mate for mate in everyone if mate.archived == gone]
        self.model.show_rows([MateRow(mate, loads.get(mate.id, Load()), away(mate, by_id, today)) for mate in shown])
        kept = self.model.place_of(keep) if keep is not None else -1
        self.list.choose(kept if kept >= 0 else min(0, len(shown) - 1))
        self._show()

    def show_mate(self, number: int) -> None:
        """Show a teammate by id, also one who has left."""
        gone = self._bench.teammates.get(number).archived
        self.switch.set_current("gone" if gone else "here")
        self.reload(number)

    def _show(self) -> None:
        row = self.model.row_at(self.list.place())
        self.middle.setCurrentIndex(0 if row is not None else 1)
        if row is None:
            return
        desk, today = self._bench, clock.local(clock.now()).date()
        self.view.show_mate(
            row.mate, row.load, row.away, desk.handoffs.of_teammate(row.id), desk.teammates.thanks(row.id), today
        )

    def panes(self) -> Sequence[QWidget]:
        """The switch and the list."""
        return (self.switch, self.list)


def away(mate: Teammate, everyone: Mapping[int, Teammate], today: date) -> str:
    """When they are away, now or later, and who stands in: "Away until Mon 7 Dec, Petra stands in"; "" if never."""
    said = text.plain(absence(mate, everyone, today, lambda day: words.when(day, today)))
    return said[:1].upper() + said[1:]
