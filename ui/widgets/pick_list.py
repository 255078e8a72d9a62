"""An overlay with a field that filters and a list to choose from, which stays open: for labels and saved views."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.look import fonts, icons, text
from ui.look.mirror import turn
from ui.look.theme import color, theme
from ui.widgets import paint
from ui.widgets.avatar import KeyCap
from ui.widgets.labels import Label, Rule
from ui.widgets.overlay import Overlay
from ui.widgets.toast import speak

NONE, SOME, ALL = "none", "some", "all"
"""How many of what is decided on have a row: shown as an empty box, a dash, a check mark."""
_WIDTH, _TOP, _ROW, _MAX_ROWS = 420, 96, 34, 9
Index = QModelIndex | QPersistentModelIndex


class Pick(NamedTuple):
    """A row: `key` is its own, `tone` the colour of its dot ("" for none), `mark` one of NONE, SOME, ALL, or "".

    One without a key is a heading: no key stops there.
    """

    key: str
    title: str
    aside: str = ""
    tone: str = ""
    mark: str = ""
    icon: str = ""
    spoken: str = ""


class _Rows(QAbstractListModel):
    """The rows as a list model."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Pick] = []

    def show(self, rows: Sequence[Pick]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """The number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading can't be chosen."""
        return super().flags(index) if self.rows[index.row()].key else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row for the delegate; a sentence for screen readers."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken or ", ".join(part for part in (row.title, row.aside) if part)
        return None


class _Painter(QStyledItemDelegate):
    """Paints a row: box, dot or icon, title, aside."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """The row's height."""
        return QSize(100, fonts.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(row, Pick):
            return
        painter.save()
        px, rect = fonts.px, QRect(option.rect)
        turn(painter, rect, option.direction)
        if option.state & QStyle.StateFlag.State_Selected:
            paint.box(painter, rect.adjusted(8, 1, -8, -1), fill="selected")
        left, middle = rect.left() + px(18), rect.center().y() + 1
        if not row.key:
            self._heading(painter, rect.adjusted(px(18), px(8), -px(18), 0), row)
            painter.restore()
            return
        if row.mark:
            self._box(painter, QRect(left, middle - px(8), px(16), px(16)), row.mark)
            left += px(26)
        if row.tone:
            letter = paint.tone_pair(row.tone)[1]
            paint.box(painter, QRect(left, middle - px(5), px(10), px(10)), fill=letter, radius=px(5))
            left += px(20)
        elif row.icon:
            icons.draw(painter, row.icon, theme().hex("text2"), left, middle - px(8), px(16))
            left += px(24)
        right = rect.right() - px(18)
        painter.setFont(fonts.font("meta"))
        painter.setPen(color("text2"))
        wide = min(painter.fontMetrics().horizontalAdvance(row.aside) + 2, (right - left) // 2)
        text.draw(painter, QRect(right - wide, rect.top(), wide, rect.height()), row.aside, right=True)
        painter.setFont(fonts.font("row"))
        painter.setPen(color("text"))
        text.draw(painter, QRect(left, rect.top(), right - wide - left - px(10), rect.height()), row.title)
        painter.restore()

    @staticmethod
    def _heading(painter: QPainter, rect: QRect, row: Pick) -> None:
        painter.setFont(fonts.font("heading"))
        painter.setPen(color("text2"))
        text.draw(painter, rect, row.title)
        painter.setFont(fonts.font("meta"))
        text.draw(painter, rect, row.aside, right=True)

    @staticmethod
    def _box(painter: QPainter, rect: QRect, mark: str) -> None:
        on = mark != NONE
        paint.box(painter, rect, fill="accent" if on else "surface", edge="accent" if on else "control", radius=4)
        if on:
            glyph, side = "check" if mark == ALL else "minus", fonts.px(12)
            inset = (rect.width() - side) / 2
            icons.draw(painter, glyph, theme().hex("on_accent"), rect.left() + inset, rect.top() + inset, side)


class PickList(Overlay):
    """Subclasses implement `picks`; the signals carry the key of the row that a key was pressed on."""

    chosen = Signal(str)
    edited = Signal(str)
    moved = Signal(str, int)
    dropped = Signal(str)

    def __init__(self, window: QWidget, title: str, hint: str, keys: Sequence[tuple[str, str]]) -> None:
        """`hint` stands in the empty field; `keys` are (key, what it does) for the foot, translated."""
        super().__init__(window, title)
        self._over = window
        column = QVBoxLayout(self.card)
        column.setContentsMargins(1, 12, 1, 8)
        column.setSpacing(8)
        self.heading = Label(title, "strong", wrap=True)
        self.heading.setContentsMargins(18, 0, 18, 0)
        column.addWidget(self.heading)
        self.field = QLineEdit()
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(hint)
        row = QHBoxLayout()
        row.setContentsMargins(18, 0, 18, 0)
        row.addWidget(self.field)
        column.addLayout(row)
        self._rows = _Rows(self)
        self._list = QListView()
        self._list.setAccessibleName(title)
        self._list.setModel(self._rows)
        self._list.setItemDelegate(_Painter(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._list)
        column.addWidget(Rule())
        column.addLayout(_foot(keys))
        self.field.textEdited.connect(self._typed)
        self.field.installEventFilter(self)
        self._list.clicked.connect(self._clicked)

    def open(self) -> None:
        """Show it with all rows, and focus the field."""
        self.show_picks()
        super().open()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def picks(self, typed: str) -> list[Pick]:
        """The rows for what is typed, best first."""
        raise NotImplementedError

    def current(self) -> Pick | None:
        """The row that keys act on; None if there is none."""
        at = self._list.currentIndex().row()
        return self._rows.rows[at] if 0 <= at < len(self._rows.rows) else None

    def rows(self) -> list[Pick]:
        """The rows as they are shown."""
        return list(self._rows.rows)

    def show_picks(self) -> None:
        """Read the rows anew; the current one stays."""
        key = row.key if (row := self.current()) is not None else ""
        self._rows.show(self.picks(self.field.text().strip()))
        self.choose(next((at for at, row in enumerate(self._rows.rows) if row.key == key), 0))
        self.fit()

    def come_back(self, _result: int = 0) -> None:
        """After a dialog that changed a row: read the rows anew, and focus the field."""
        self.show_picks()
        self.field.setFocus()

    def choose(self, place: int) -> None:
        """Make a row current; of a heading the one below it, or coming from there the one above."""
        rows, here = self._rows.rows, self._list.currentIndex().row()
        place = min(max(place, 0), len(rows) - 1)
        if rows and not rows[place].key:
            place += -1 if 0 < place < here else 1
        if rows:
            index = self._rows.index(place, 0)
            self._list.setCurrentIndex(index)
            self._list.scrollTo(self._rows.index(0, 0) if place == 1 and not rows[0].key else index)

    def _typed(self, _words: str) -> None:
        self._rows.show(self.picks(self.field.text().strip()))
        self.choose(0)
        self.fit()

    def fit(self) -> None:
        """Give the rows the room that there is, and place the card."""
        self.setGeometry(self._over.rect())
        wide = min(fonts.px(_WIDTH), self._over.width() - 32)
        self._list.setFixedHeight(fonts.px(_ROW) * min(max(1, len(self._rows.rows)), self._fitting()) + 4)
        self.card.setFixedWidth(wide)
        self.card.adjustSize()
        top = min(fonts.px(_TOP), max(8, (self._over.height() - self.card.height()) // 4))
        self.card.move((self._over.width() - wide) // 2, top)
        self.update()

    def _fitting(self) -> int:
        """How many rows have room in the window."""
        room = self._over.height() - fonts.px(_TOP) - fonts.px(150)
        return max(2, min(_MAX_ROWS, room // fonts.px(_ROW)))

    def _clicked(self, index: QModelIndex) -> None:
        if self._rows.rows[index.row()].key:
            self.choose(index.row())
            self.chosen.emit(self._rows.rows[index.row()].key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Handle the field's Up, Down, Enter, Tab, Delete and Esc for the list."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(event)
        return super().eventFilter(watched, event)

    def _pressed(self, event: QKeyEvent) -> bool:
        key, row = Qt.Key(event.key()), self.current()
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(key, 0)
        if key == Qt.Key.Key_Escape:
            self.dismiss()
        elif step and event.modifiers() & Qt.KeyboardModifier.AltModifier and row is not None:
            self.moved.emit(row.key, step)
        elif step:
            self.choose(self._list.currentIndex().row() + step)
            speak(self.field, str(self._list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row is not None:
            self.chosen.emit(row.key)
        elif key == Qt.Key.Key_Tab and row is not None:
            self.edited.emit(row.key)
        elif key == Qt.Key.Key_Delete and not self.field.text() and row is not None:
            self.dropped.emit(row.key)
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close on a click outside the card."""
        if not self.card.geometry().contains(event.position().toPoint()):
            self.dismiss()


def _foot(keys: Sequence[tuple[str, str]]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(17, 0, 17, 0)
    row.setSpacing(6)
    for key, words in keys:
        row.addWidget(KeyCap(key))
        row.addWidget(Label(words, "meta", "text2"))
        row.addSpacing(6)
    row.addStretch(1)
    return row
