"""A list of rows that a delegate paints whole: a one-column table.

A million rows cost what fits on the screen.
"""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStyledItemDelegate, QTableView, QWidget

from ui.look.theme import theme


class RowView(QTableView):
    """Rows to walk through. `moved` carries the current place, `opened` that of a row pressed twice or with Enter."""

    moved = Signal(object)
    opened = Signal(object)

    def __init__(self, name: str, delegate: QStyledItemDelegate, height: int, parent: QWidget | None = None) -> None:
        """`name` is for screen readers; `height` of a row in pixels, `delegate.height()` is asked again."""
        super().__init__(parent)
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
        self.verticalHeader().setDefaultSectionSize(height)
        self.hovered = -1
        """The row under the pointer; -1 for none."""
        self.entered.connect(self._entered)
        self.viewportEntered.connect(self._entered_none)
        self.doubleClicked.connect(self._opened)
        theme().changed.connect(self.fit)

    def setModel(self, model: QAbstractItemModel) -> None:  # type: ignore[override]  # Qt allows none; we do not
        """Show a model."""
        super().setModel(model)
        model.modelReset.connect(self.fit)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.fit()

    def fit(self) -> None:
        """Give the rows the height of the text size, and those that ask for another their own."""
        delegate = self.itemDelegate()
        usual = delegate.height() if hasattr(delegate, "height") else self.verticalHeader().defaultSectionSize()
        self.verticalHeader().setDefaultSectionSize(usual)
        own = getattr(delegate, "height_of", None)
        if own is not None and self.model() is not None:
            for place in range(self.model().rowCount()):
                self.setRowHeight(place, own(self.model().index(place, 0)))
        if self.isVisible():  # `viewport()` of a widget that Qt made loads every widget class of PySide6: 7 ms
            self.viewport().update()

    def place(self) -> int:
        """The current row; -1 for none."""
        return self.currentIndex().row() if self.currentIndex().isValid() else -1

    def choose(self, place: int) -> None:
        """Make a row the current one and bring it into view; outside there is none."""
        if self.model() is not None and 0 <= place < self.model().rowCount():
            self.setCurrentIndex(self.model().index(place, 0))
            self.scrollTo(self.currentIndex())
        else:
            self.setCurrentIndex(QModelIndex())

    def step(self, by: int) -> None:
        """Go up or down, over rows that cannot be chosen."""
        model = self.model()
        place = self.place() + by if self.place() >= 0 else 0
        while 0 <= place < model.rowCount():
            if model.flags(model.index(place, 0)) & Qt.ItemFlag.ItemIsEnabled:
                self.choose(place)
                return
            place += by or 1

    def next(self) -> None:
        """One down."""
        self.step(1)

    def previous(self) -> None:
        """One up."""
        self.step(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; letters are left to the table of commands."""
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

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is on no row now."""
        super().leaveEvent(event)
        self.hovered = -1

    def keyboardSearch(self, _typed: str) -> None:
        """Qt's own search by first letters would take the letters that are commands."""

    def _moved(self, now: QModelIndex | QPersistentModelIndex, _before: QModelIndex | QPersistentModelIndex) -> None:
        self.moved.emit(now.row() if now.isValid() else -1)

    def _entered(self, index: QModelIndex | QPersistentModelIndex) -> None:
        self.hovered = index.row()

    def _entered_none(self) -> None:
        self.hovered = -1

    def _opened(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if index.isValid():
            self.opened.emit(index.row())
