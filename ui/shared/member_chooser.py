"""A field to choose a member by typing, with the matches below. Used for merging, gifts and previews."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QStyle, QStyleOptionViewItem, QVBoxLayout, QWidget

from app.members import MemberRow
from ui.look import fonts, text
from ui.look.text import tr
from ui.look.theme import theme
from ui.shared import channel_names
from ui.widgets import paint
from ui.widgets.avatar import Avatar
from ui.widgets.buttons import IconButton
from ui.widgets.fields import SearchField
from ui.widgets.labels import ElidedLabel
from ui.widgets.rowview import RowDelegate, RowView

if TYPE_CHECKING:
    from app.workbench import Workbench

MEMBERS_OFFERED = 6
_ROW_HEIGHT = 40
Index = QModelIndex | QPersistentModelIndex


class _MatchModel(QAbstractListModel):
    """The matching members."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[MemberRow] = []

    def show(self, rows: list[MemberRow]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        return (
            f"{row.name}, {about(row)}"
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            else None
        )


class _Delegate(RowDelegate):
    """Paints a match: avatar, name, town and channels."""

    row_height = _ROW_HEIGHT

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            paint.box(painter, rect.adjusted(2, 1, -2, -1), fill="selected" if chosen else "hover", radius=6)
        side, px = fonts.px(24), fonts.px
        paint.avatar(painter, QRect(rect.left() + px(8), rect.top() + px(8), side, side), row.name, row.id)
        left, width = rect.left() + px(42), rect.width() - px(52)
        painter.setFont(fonts.font("row"))
        painter.setPen(theme().color("text"))
        text.draw(painter, QRect(left, rect.top() + px(3), width, px(18)), text.plain(row.name))
        painter.setFont(fonts.font("meta"))
        painter.setPen(theme().color("text2"))
        text.draw(painter, QRect(left, rect.top() + px(20), width, px(16)), about(row))


def about(row: MemberRow) -> str:
    """Town and channels, to tell people of the same name apart."""
    known = ", ".join(dict.fromkeys(channel_names.short(kind) for kind in row.kinds))
    return " · ".join(part for part in (text.plain(row.city), known) if part) or tr("no channel yet")


class MemberChooser(QWidget):
    """`chosen` carries the chosen member's id, or None when the choice was cleared; `left` is emitted on Esc."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, bench: Workbench, words: str = "", parent: QWidget | None = None) -> None:
        """`words` is the placeholder."""
        super().__init__(parent)
        self._bench = bench
        self._without: int | None = None
        self.member: int | None = None
        self.field = _Field(words or tr("Type a name"))
        self.field.textEdited.connect(self._typed)
        self.field.left.connect(self.left)
        self.field.below.connect(self._down)
        self.field.above.connect(self._up)
        self.field.taken.connect(self._accept)
        self.model = _MatchModel()
        self.view = RowView(tr("Matching members"), _Delegate())
        self.view.setModel(self.model)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.clicked.connect(self._clicked)
        self._chosen_row = self._build_chosen_row()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.field, self._chosen_row, self.view):
            column.addWidget(widget)
        self.setFocusProxy(self.field)
        self.view.hide()
        self._chosen_row.hide()

    def _build_chosen_row(self) -> QWidget:
        chosen = QWidget()
        row = QHBoxLayout(chosen)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._avatar, self._name = Avatar("", "", 24), ElidedLabel("", "row")
        self.again = IconButton("x", tr("Choose another member"), size=26, glyph=14)
        self.again.clicked.connect(self._another)
        row.addWidget(self._avatar)
        row.addWidget(self._name, 1)
        row.addWidget(self.again)
        chosen.setMinimumHeight(fonts.px(32))
        return chosen

    def reset(self, without: int | None = None) -> None:
        """Clear the choice; the member with the id `without` is not offered."""
        self._without, self.member = without, None
        self.field.clear()
        self._chosen_row.hide()
        self.field.show()
        self._typed("")

    def set_member(self, number: int) -> None:
        """Choose a member by id without emitting `chosen`."""
        rows = self._bench.members.rows([number])
        if rows:
            self.member = number
            self._avatar.set(rows[0].name, number)
            self._name.setText(rows[0].name)
            self._chosen_row.setVisible(True)
            self.field.setVisible(False)
            self.view.hide()

    def held(self) -> tuple[int | None, str]:
        """The member's id, or what was typed to find one."""
        return self.member, self.field.text()

    def hold(self, value: tuple[int | None, str]) -> None:
        """Fill in what `held` returned."""
        member, typed = value
        if self.member is not None or member is None:
            self.reset(self._without)
            self.field.setText(typed)
            self._typed(typed)
        if member is not None:
            self.set_member(member)
        self.chosen.emit(self.member)

    def _typed(self, typed: str) -> None:
        numbers = self._bench.members.find(typed, MEMBERS_OFFERED + 1) if typed.strip() else []
        rows = self._bench.members.rows([number for number in numbers if number != self._without][:MEMBERS_OFFERED])
        self.model.show(rows)
        self.view.setFixedHeight(fonts.px(_ROW_HEIGHT) * len(rows) + 2)
        self.view.setVisible(bool(rows))
        self.view.choose(0 if rows else -1)

    def _down(self) -> None:
        self.view.step(1)

    def _up(self) -> None:
        self.view.step(-1)

    def _clicked(self, index: QModelIndex) -> None:
        self.view.choose(index.row())
        self._accept()

    def _accept(self) -> None:
        place = self.view.place()
        if 0 <= place < len(self.model.rows):
            number = self.model.rows[place].id
            self.set_member(number)
            self.chosen.emit(number)

    def _another(self) -> None:
        self.reset(self._without)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit(None)


class _Field(SearchField):
    """A search field that passes Up, Down and Enter on to the matches."""

    above = Signal()
    taken = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Up:
            self.above.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        else:
            super().keyPressEvent(event)
