"""The navigation rail at the window's left: community, "Find or do", pages with counts, progress."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.commands.in_use import keymap
from ui.frame.registry import page_cap
from ui.look import fonts, icons, text
from ui.look.theme import color, theme
from ui.widgets import paint
from ui.widgets.buttons import PaintedButton
from ui.widgets.emptying import empty
from ui.widgets.progress import Progress

WIDE, NARROW = 208, 56


class _RailButton(PaintedButton):
    """A row of the rail: full width, or only an icon when the rail is narrow."""

    tall = 32

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self.narrow = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001  one switch
        """Show only the icon, with the name as tooltip; or the full row."""
        self.narrow = narrow
        self.show_tip()
        self.update()

    def key(self) -> str:
        """The key that does the same, as shown on the screen; "" for none."""
        return ""

    def show_tip(self) -> None:
        """The key as tooltip; narrow, the name too, which is not shown then."""
        name, cap = self.accessibleName(), self.key()
        named = text.tr("{what} ({key})").format(what=name, key=cap) if cap else name
        self.setToolTip(named if self.narrow else cap)

    def sizeHint(self) -> QSize:
        """Narrow: the row takes the rail's width."""
        return QSize(fonts.px(32), fonts.px(self.tall))

    def minimumSizeHint(self) -> QSize:
        """A little lower in a low window with large letters, and all words whole."""
        return QSize(fonts.px(32), fonts.px(self.tall - min(7, self.tall // 7 + 1)))

    def mirror(self, rect: QRect) -> QRect:
        """Mirror a rectangle in a right-to-left layout."""
        if self.layoutDirection() == Qt.LayoutDirection.LeftToRight:
            return rect
        return QRect(self.width() - rect.x() - rect.width(), rect.y(), rect.width(), rect.height())


class NavRow(_RailButton):
    """A page: icon, name and count."""

    inset = 0
    """Pixels by which a row that belongs to the one above it is moved."""

    def __init__(self, page_id: str, title: str, icon: str, parent: QWidget) -> None:
        """Start without a count; the accessible name includes it later."""
        super().__init__(title, parent)
        self.page_id, self._title, self._icon, self._count = page_id, title, icon, 0
        self.current = False
        self.show_tip()

    def key(self) -> str:
        """The key that goes to the page."""
        return page_cap(self.page_id)

    def set_count(self, count: int) -> None:
        """Show a count; 0 shows none."""
        if count != self._count:
            self._count = count
            self.setAccessibleName(self._spoken(count) if count else self._title)
            self.set_narrow(self.narrow)

    def choose(self, *, chosen: bool) -> None:
        """Mark it as the current page or not. It is a button, not a tick: a screen reader says which one is current."""
        self.current = chosen
        self.setAccessibleDescription(text.tr("current page") if chosen else "")
        self.update()

    def _spoken(self, count: int) -> str:
        return text.counted(count, "{title}, {count} waiting", "{title}, {count} waiting", title=self._title)

    def _number(self) -> str:
        return text.number(self._count)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw background, icon, name and count."""
        painter, chosen = QPainter(self), self.current
        if chosen or self.underMouse():
            paint.box(painter, self.rect(), fill="nav" if chosen else "hover")
        size = fonts.px(16)
        left = (self.width() - size) // 2 if self.narrow else fonts.px(11 + self.inset)
        at = self.mirror(QRect(left, (self.height() - size) // 2, size, size))
        self._sign(painter, at, "accent" if chosen else "text2")
        if self.narrow:
            if self._count and not self.inset:
                dot = fonts.px(6)
                paint.box(painter, QRect(at.right() - 1, at.top() - 2, dot, dot), fill="accent", radius=dot / 2)
        else:
            self._words(painter, chosen=chosen)
        if self.ring:
            paint.focus_ring(painter, self.rect())

    def _sign(self, painter: QPainter, at: QRect, tone: str) -> None:
        icons.draw(painter, self._icon, theme().hex(tone), at.x(), at.y(), at.width())

    def _words(self, painter: QPainter, *, chosen: bool) -> None:
        count = self._number() if self._count else ""
        painter.setFont(fonts.font("number"))
        wide = painter.fontMetrics().horizontalAdvance(count) + 1
        end = self.width() - fonts.px(10)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.setPen(color("text2"))
        text.draw(painter, self.mirror(QRect(end - wide, 0, wide, self.height())), count)
        painter.setFont(fonts.font("row", 600 if chosen else 500))
        painter.setPen(color("text" if chosen else "text2"))
        left = fonts.px(37 + self.inset)
        text.draw(
            painter, self.mirror(QRect(left, 0, end - wide - left - 4, self.height())), self._title, right=mirrored
        )


class ShelfRow(NavRow):
    """A list of a page, below the page's row; hidden while it is empty, for nothing in it waits."""

    tall = 28
    inset = 14

    def __init__(self, page_id: str, title: str, icon: str, parent: QWidget) -> None:
        """`page_id` is the page's and the list's id, with a slash between."""
        super().__init__(page_id, title, icon, parent)
        self.hide()

    def set_count(self, count: int) -> None:
        """Show how many there are; 0 hides the row."""
        super().set_count(count)
        self.setVisible(count > 0)

    def _spoken(self, count: int) -> str:
        return text.counted(count, "{title}, {count} conversation", "{title}, {count} conversations", title=self._title)


class ViewRow(ShelfRow):
    """A saved view, shown also while nothing is in it; above `most` it only says that there are more."""

    def __init__(self, page_id: str, title: str, most: int, parent: QWidget) -> None:
        """`page_id` is the page's and the view's id, with a slash between."""
        super().__init__(page_id, title, "list-filter", parent)
        self._most = most
        self.setVisible(True)

    def set_count(self, count: int) -> None:
        """Show how many there are."""
        NavRow.set_count(self, count)

    def set_title(self, title: str) -> None:
        """Change the name."""
        if title != self._title:
            self._title = title
            self.setAccessibleName(self._spoken(self._count) if self._count else title)
            self.set_narrow(self.narrow)

    def _sign(self, painter: QPainter, at: QRect, tone: str) -> None:
        """Without room for the name its first letters tell the views apart."""
        if not self.narrow:
            super()._sign(painter, at, tone)
            return
        painter.setFont(fonts.font("badge", 600))
        painter.setPen(color(tone))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._title[:2])

    def _number(self) -> str:
        return text.number(self._count) if self._count <= self._most else f"{text.number(self._most)}+"


class CommunityButton(_RailButton):
    """The community's name with our logo; opens the community menu."""

    tall = 40

    def __init__(self, parent: QWidget) -> None:
        """Start without a name, until `set`."""
        super().__init__(text.tr("Community"), parent)
        self._name, self._line = "", ""

    def set(self, name: str, line: str) -> None:
        """Show the community's name, and below it a line, such as "Demo community"."""
        if (name, line) == (self._name, self._line):  # which is asked for after each change of rows
            return
        self._name, self._line = name, line
        self.setAccessibleName(f"{name}, {line}" if line else name)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw logo, name, line and arrow."""
        painter, side = QPainter(self), fonts.px(28)
        if self.underMouse() or self.isDown():
            paint.box(painter, self.rect(), fill="hover", radius=8)
        left = (self.width() - side) // 2 if self.narrow else fonts.px(4)
        mark = self.mirror(QRect(left, (self.height() - side) // 2, side, side))
        paint.box(painter, mark, fill="accent", radius=8)
        inner = fonts.px(18)
        icons.draw(
            painter,
            "rapport",
            theme().hex("on_accent"),
            mark.x() + (side - inner) / 2,
            mark.y() + (side - inner) / 2,
            inner,
        )
        if not self.narrow:
            self._words(painter)
        if self.ring:
            paint.focus_ring(painter, self.rect(), 8)

    def _words(self, painter: QPainter) -> None:
        left, middle = fonts.px(41), self.height() // 2
        wide, high = self.width() - left - fonts.px(28), fonts.px(18)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        top = middle - high + 1 if self._line else middle - high // 2
        painter.setFont(fonts.font("strong"))
        painter.setPen(color("text"))
        text.draw(painter, self.mirror(QRect(left, top, wide, high)), self._name, right=mirrored)
        painter.setFont(fonts.font("badge", 400))
        painter.setPen(color("text2"))
        text.draw(painter, self.mirror(QRect(left, middle, wide, fonts.px(15))), self._line, right=mirrored)
        size = fonts.px(14)
        at = self.mirror(QRect(self.width() - size - fonts.px(6), (self.height() - size) // 2, size, size))
        icons.draw(painter, "chevron-down", theme().hex("text3"), at.x(), at.y(), size)


class FindButton(_RailButton):
    """A button that looks like a search field and opens the palette."""

    def __init__(self, parent: QWidget) -> None:
        """The key cap shows the palette's key."""
        super().__init__(text.tr("Find or do"), parent)

    def key(self) -> str:
        """The palette's key."""
        return keymap().cap("palette")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw field, magnifier, text and key cap."""
        painter, size = QPainter(self), fonts.px(16)
        ground = "surface" if not theme().dark else "subtle"
        paint.box(painter, self.rect(), fill="hover" if self.underMouse() else ground, edge=theme().edge())
        left = (self.width() - size) // 2 if self.narrow else fonts.px(10)
        at = self.mirror(QRect(left, (self.height() - size) // 2, size, size))
        icons.draw(painter, "search", theme().hex("text2"), at.x(), at.y(), size)
        if not self.narrow:
            cap = paint.cap_width(self.key()) if self.key() else 0
            cap_left = self.width() - cap - fonts.px(6)
            painter.setFont(fonts.font("body"))
            painter.setPen(color("text2"))
            left = fonts.px(33)
            mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            text.draw(
                painter,
                self.mirror(QRect(left, 0, cap_left - left - 2, self.height())),
                text.tr("Find or do"),
                right=mirrored,
            )
            at = self.mirror(QRect(cap_left, (self.height() - fonts.px(18)) // 2, cap, fonts.px(18)))
            if self.key():
                paint.cap(painter, at.x(), at.y(), self.key())
        if self.ring:
            paint.focus_ring(painter, self.rect())


class RowsBelow(QScrollArea):
    """The page's lists and the views, which give way: in a low window they scroll, so that all pages stay in sight."""

    def __init__(self, parent: QWidget) -> None:
        """Hidden while there are none."""
        super().__init__(parent)
        self._inner = QWidget()
        whole = QVBoxLayout(self._inner)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        self._shelves, self._column = QVBoxLayout(), QVBoxLayout()
        for column in (self._shelves, self._column):
            column.setSpacing(2)
            whole.addLayout(column)
        self.setWidget(self._inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.viewport().setAutoFillBackground(False)
        self._inner.setAutoFillBackground(False)
        self._inner.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for another height when the rows do, also one that comes into sight as it is counted; never filters."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def add_shelf(self, row: ShelfRow) -> None:
        """Add the row of a list of the page, above those of the views."""
        self._shelves.addWidget(row)

    def fit(self) -> None:
        """Take the room that the rows need: some came or went."""
        self.setVisible(
            any(not row.isHidden() for row in self._inner.findChildren(ShelfRow) if not row.property("gone"))
        )
        self.updateGeometry()

    def rows(self) -> list[ViewRow]:
        """The rows of views from the top."""
        return [row for row in self._inner.findChildren(ViewRow) if not row.property("gone")]

    def show_rows(self, rows: Sequence[ViewRow]) -> None:
        """Show these instead."""
        for old in self.rows():
            old.setProperty("gone", True)
        empty(self._column)
        for row in rows:
            self._column.addWidget(row)
        self.fit()

    def sizeHint(self) -> QSize:
        """As high as the rows."""
        return QSize(fonts.px(32), self._inner.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """As high as one row."""
        return QSize(0, min(fonts.px(28), self.sizeHint().height()))


class Line(QWidget):
    """A line at the rail's foot, with less of it when the rail is narrow."""

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001  one switch
        """Take less width, or all that is needed again."""


class Rail(QWidget):
    """The rail. `chosen` carries a page's id; `finding` and `menu` ask for the palette and the community menu."""

    chosen = Signal(str)
    finding = Signal()
    menu = Signal()

    def __init__(
        self,
        pages: Sequence[tuple[str, str, str]],
        foot: Sequence[tuple[str, str, str]],
        parent: QWidget | None = None,
    ) -> None:
        """`pages` and `foot` are (id, title, icon), with PAGE/LIST as the id of a shelf."""
        super().__init__(parent)
        self.setAccessibleName(text.tr("Pages"))
        self.narrow = False
        self.rows: dict[str, NavRow] = {}
        self._line: Line | None = None
        self._column = QVBoxLayout(self)
        self._column.setSpacing(2)
        self.community = CommunityButton(self)
        self.community.clicked.connect(self.menu)
        self.finder = FindButton(self)
        self.finder.clicked.connect(self.finding)
        self._column.addWidget(self.community)
        self._column.addSpacing(9)
        self._column.addWidget(self.finder)
        self._column.addSpacing(10)
        self.views = RowsBelow(self)
        for page in pages:
            self._add(*page)
            if page[0] == "inbox":
                self._column.addWidget(self.views)
        self._column.addStretch(1)
        self.progress = Progress(self)
        self._column.addWidget(self.progress)
        self._column.addSpacing(6)
        for page in foot:
            self._add(*page)
        self._fit()
        theme().changed.connect(self._fit)
        keymap().changed.connect(self._rekey)

    def add_line(self, line: Line) -> None:
        """Put a line above what stands at the rail's foot; it hides itself while it has nothing to say."""
        self._line = line
        line.set_narrow(self.narrow)
        self._column.insertWidget(self._column.indexOf(self.progress), line)

    def _rekey(self) -> None:
        for row in (self.community, self.finder, *self.rows.values()):
            row.show_tip()
            row.update()

    def set_current(self, page_id: str) -> None:
        """Mark a page as the current one."""
        for row in self.rows.values():
            row.choose(chosen=row.page_id == page_id)

    def set_count(self, page_id: str, count: int) -> None:
        """Show a page's count."""
        if page_id in self.rows:
            self.rows[page_id].set_count(count)
            self.views.fit()

    def show_views(self, views: Sequence[tuple[str, str, int]], most: int) -> None:
        """Show rows of saved views below the lists of their page: (row id, name, count) each, at most `most` counted.

        Where the rail is too low for all, they scroll.
        """
        shown = [row.page_id for row in self.views.rows()]
        if shown != [row_id for row_id, *_ in views]:
            for row_id in shown:
                del self.rows[row_id]
            self.views.show_rows([ViewRow(row_id, title, most, self) for row_id, title, _ in views])
            for row in self.views.rows():
                row.set_narrow(self.narrow)
                row.clicked.connect(self._clicked)
                self.rows[row.page_id] = row
        for row, (_, title, count) in zip(self.views.rows(), views, strict=True):
            row.set_title(title)
            row.set_count(count)

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001  one switch
        """Switch between icons only (56 px) and the full width (208 px)."""
        if narrow != self.narrow:
            self.narrow = narrow
            for row in (self.community, self.finder, *self.rows.values()):
                row.set_narrow(narrow)
            self.progress.set_narrow(narrow)
            if self._line is not None:
                self._line.set_narrow(narrow)
            self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the background and the line at the edge."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("rail"))
        edge = self.width() - 1 if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else 0
        painter.fillRect(QRect(edge, 0, 1, self.height()), color("border"))

    def _add(self, page_id: str, title: str, icon: str) -> None:
        shelf = ShelfRow(page_id, title, icon, self) if "/" in page_id else None
        row = shelf or NavRow(page_id, title, icon, self)
        row.clicked.connect(self._clicked)
        self.rows[page_id] = row
        if shelf is not None:
            self.views.add_shelf(shelf)
        else:
            self._column.addWidget(row)

    def _clicked(self) -> None:
        row = self.sender()
        if isinstance(row, NavRow):
            self.chosen.emit(row.page_id)

    def _fit(self) -> None:
        self.setFixedWidth(fonts.px(NARROW if self.narrow else WIDE))
        side = fonts.px(9 if self.narrow else 12)
        self._column.setContentsMargins(side, fonts.px(9), side + 1, fonts.px(12))
