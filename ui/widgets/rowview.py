"""A list view whose rows are painted by a delegate: a one-column QTableView with fixed row heights.

Only the visible rows cost anything, even with a million of them.
"""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.look import fonts
from ui.look.mirror import turn
from ui.look.theme import theme


class RowDelegate(QStyledItemDelegate):
    """Paints the rows of a `RowView`; subclasses set `row_height` (CSS pixels) and implement `draw`, as read from left.

    Where rows differ in height, `same_height` is False and `height_of` is overridden.
    """

    row_height = 0
    same_height = True

    def height(self) -> int:
        """A usual row's height in pixels at the current text size."""
        return fonts.px(self.row_height)

    def height_of(self, _index: QModelIndex | QPersistentModelIndex) -> int:
        """The height of this row in pixels."""
        return self.height()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row, in a mirror where the window reads from right to left."""
        painter.save()
        turn(painter, option.rect, option.direction)
        self.draw(painter, option, index)
        painter.restore()

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw one row from left to right; what the painter is set to is forgotten afterwards."""
        raise NotImplementedError

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The row's height; the width is the list's."""
        return QSize(0, self.height_of(index))


class RowView(QTableView):
    """A list. `moved` carries the current row (-1 for none), `opened` a row that was double-clicked or entered.

    `menu_asked` carries where on the screen the menu of the current row is asked for, by mouse or by key.
    """

    moved = Signal(object)
    opened = Signal(object)
    menu_asked = Signal(object)

    def __init__(self, name: str, delegate: RowDelegate, parent: QWidget | None = None) -> None:
        """`name` is the accessible name."""
        super().__init__(parent)
        self._delegate = delegate
        self.setAccessibleName(name)
        self.setProperty("painted", True)
        self.setItemDelegate(delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(delegate.height())
        self.hovered = -1
        """The row under the pointer; -1 for none."""
        self.entered.connect(self._entered)
        self.viewportEntered.connect(self._entered_none)
        self.doubleClicked.connect(self._opened)
        theme().changed.connect(self._restyle)

    def setModel(self, model: QAbstractItemModel) -> None:  # type: ignore[override]  # Qt allows None, we do not
        """Set the model and follow its selection."""
        super().setModel(model)
        model.modelReset.connect(self.fit)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.fit()

    def fit(self) -> None:
        """Set the row heights for the current text size."""
        self.verticalHeader().setDefaultSectionSize(self._delegate.height())
        if not self._delegate.same_height and self.model() is not None:
            for place in range(self.model().rowCount()):
                self.setRowHeight(place, self._delegate.height_of(self.model().index(place, 0)))
        if self.isVisible():  # calling `viewport()` makes PySide6 load every widget class: 7 ms
            self.viewport().update()

    def _restyle(self) -> None:
        """Fit, and keep the current row in sight if it was: rows of another height would move it away."""
        here = self.currentIndex()
        seen = here.isValid() and self.viewport().rect().intersects(self.visualRect(here))
        self.fit()
        if seen:
            self.scrollTo(here)

    def place(self) -> int:
        """The current row; -1 for none."""
        return self.currentIndex().row() if self.currentIndex().isValid() else -1

    def choose(self, place: int) -> None:
        """Make a row current and scroll to it; out of range clears the current row."""
        if self.model() is not None and 0 <= place < self.model().rowCount():
            self.setCurrentIndex(self.model().index(place, 0))
            self.scrollTo(self.currentIndex())
        else:
            self.setCurrentIndex(QModelIndex())

    def step(self, by: int) -> None:
        """Move so many rows down (or up, if negative), skipping disabled ones."""
        model = self.model()
        place = self.place() + by if self.place() >= 0 else 0
        while 0 <= place < model.rowCount():
            if model.flags(model.index(place, 0)) & Qt.ItemFlag.ItemIsEnabled:
                self.choose(place)
                return
            place += by or 1

    def next(self) -> None:
        """Move one row down."""
        self.step(1)

    def previous(self) -> None:
        """Move one row up."""
        self.step(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; Home and End move to the first and last row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and self.place() >= 0:
            self.opened.emit(self.place())
            return
        if event.key() == Qt.Key.Key_Home and self.model() is not None:
            self.choose(-1)
            self.step(1)
            return
        if event.key() == Qt.Key.Key_End and self.model() is not None:
            self.choose(self.model().rowCount() - 1)
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row under the pointer, which becomes the current one; by key, of the current row."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self.place() if by_key else self.indexAt(event.pos()).row()
        if place < 0 or not self.model().flags(self.model().index(place, 0)) & Qt.ItemFlag.ItemIsEnabled:
            return
        self.take_for_menu(place)
        below = self.visualRect(self.model().index(place, 0)).center()
        self.menu_asked.emit(self.viewport().mapToGlobal(below) if by_key else event.globalPos())

    def take_for_menu(self, place: int) -> None:
        """Make the row current whose menu is asked for."""
        if place != self.place():
            self.choose(place)

    def leaveEvent(self, event: QEvent) -> None:
        """Clear the hovered row."""
        super().leaveEvent(event)
        self.hovered = -1

    def keyboardSearch(self, _typed: str) -> None:
        """Do nothing: Qt's type-ahead search would take letters that are commands."""

    def _moved(self, now: QModelIndex | QPersistentModelIndex, _before: QModelIndex | QPersistentModelIndex) -> None:
        self.moved.emit(now.row() if now.isValid() else -1)

    def _entered(self, index: QModelIndex | QPersistentModelIndex) -> None:
        self.hovered = index.row()

    def _entered_none(self) -> None:
        self.hovered = -1

    def _opened(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if index.isValid():
            self.opened.emit(index.row())
