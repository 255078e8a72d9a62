"""Containers that pages are built from: PageHeader, Panel, SidePanel, Scroll, EmptyState."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from ui.look import fonts
from ui.look.theme import color, theme
from ui.widgets import paint
from ui.widgets.avatar import Icon
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import ElidedLabel, Label, Rule
from ui.widgets.stack import Stack

_QWIDGETSIZE_MAX = 16_777_215


class PageHeader(QWidget):
    """The header of a page, 56 px high with a line below: title, a grey line of text, buttons at the right."""

    def __init__(self, title: str, line: str = "", parent: QWidget | None = None) -> None:
        """Add a switch with `add_left`, buttons with `add`. The line is shown where there is room for all of it."""
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 0, 20, 0)
        self._row.setSpacing(10)
        self.title = Label(title, "title")
        self.line = ElidedLabel(line, "meta", "text2", whole=True)
        self._row.addWidget(self.title)
        self._row.addWidget(self.line, 1)
        self._row.addStretch(0)  # takes the room of the line where that is not shown, so that no button grows
        self._lefts = 1
        self._beside: list[QWidget] = []
        self._buttons: list[ActionButton] = []
        self._resize()
        theme().changed.connect(self._resize)

    def add_left(self, widget: QWidget) -> None:
        """Add a switch right after the title."""
        self._beside.append(widget)
        self._row.insertWidget(self._lefts, widget)
        self._lefts += 1

    def add(self, widget: QWidget) -> None:
        """Add a button at the right."""
        if isinstance(widget, ActionButton):
            self._buttons.append(widget)
        self._row.addWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the buttons by their icons, the first ones first, where there is no room for all titles."""
        super().resizeEvent(event)
        self.fold()

    def fold(self) -> None:
        """Do so now: where a button came or went."""
        for button in self._buttons:
            button.set_folded(False)
        others = [self.title.sizeHint().width(), self.line.minimumSizeHint().width()]
        others += [*(widget.sizeHint().width() for widget in self._beside)]
        shown = [button for button in self._buttons if not button.isHidden()]
        needed = {button: button.whole_width() for button in shown}
        margins = self._row.contentsMargins()
        gaps = self._row.spacing() * (len(others) + len(shown) + 1)
        room = self.width() - sum(others) - gaps - margins.left() - margins.right()
        for button in shown:
            if sum(needed.values()) <= room:
                break
            needed[button] = button.folded_width()
            button.set_folded(True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line below."""
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, color("border"))

    def _resize(self) -> None:
        self.setFixedHeight(fonts.px(56))


class Panel(QFrame):
    """A rounded box with a border; `fill` and `edge` are tokens."""

    def __init__(
        self,
        *,
        fill: str = "surface",
        edge: str = "border",
        radius: int = 10,
        margin: int = 14,
        parent: QWidget | None = None,
    ) -> None:
        """Create `column`, a QVBoxLayout with this margin."""
        super().__init__(parent)
        self._fill, self._edge, self._radius = fill, edge, radius
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(margin, margin, margin, margin)
        self.column.setSpacing(6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box."""
        paint.box(QPainter(self), self.rect(), fill=self._fill, edge=self._edge, radius=self._radius)


class Fill(QWidget):
    """A plain background in a token's colour."""

    def __init__(self, token: str, parent: QWidget | None = None) -> None:
        """Create it without a layout."""
        super().__init__(parent)
        self._token = token

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill with the colour."""
        QPainter(self).fillRect(self.rect(), color(self._token))


class Scroll(QScrollArea):
    """A scrolling column; add widgets to `column`."""

    def __init__(
        self,
        margins: tuple[int, int, int, int] = (20, 16, 20, 16),
        spacing: int = 8,
        ground: str = "surface",
        parent: QWidget | None = None,
        most: int = 0,
    ) -> None:
        """`margins` are left, top, right, bottom; `ground` is the background's token.

        `most` is the column's largest width in CSS pixels, 0 for any; beyond it the column is centred. The margins hold
        it there: layouts forget a widget's own largest width when they ask how high it gets, and words would be cut.
        """
        super().__init__(parent)
        self._margins, self._most = margins, most
        self.inner = Fill(ground)
        self.column = QVBoxLayout(self.inner)
        self.column.setContentsMargins(*margins)
        self.column.setSpacing(spacing)
        self.setWidget(self.inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if most:
            theme().changed.connect(self._centre)

    def clear(self) -> None:
        """Remove and delete everything in the column."""
        empty_layout(self.column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Centre the column again."""
        super().resizeEvent(event)
        self._centre()

    def _centre(self) -> None:
        left, top, right, bottom = self._margins
        spare = self.viewport().width() - fonts.px(self._most) - left - right
        half = max(0, spare // 2) if self._most else 0
        self.column.setContentsMargins(left + half, top, right + half, bottom)


def empty_layout(layout: QLayout) -> None:
    """Remove and delete every widget of a layout and of its nested layouts."""
    while (entry := layout.takeAt(0)) is not None:
        widget, inner = entry.widget(), entry.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty_layout(inner)


def only_first(pages: Stack) -> None:
    """Remove and delete every page but the first of a stack."""
    while (page := pages.widget(1)) is not None:
        pages.removeWidget(page)
        page.deleteLater()


class SidePanel(Fill):
    """The side panel at a page's right, with a line at its left; 304 CSS pixels wide by default."""

    def __init__(self, width: int = 304, parent: QWidget | None = None) -> None:
        """Add sections to `column`, with `section_break()` between them."""
        super().__init__("card", parent)
        self._wide, self._whole = width, False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(Rule(vertical=True))
        self.body = Scroll((20, 16, 20, 16), 6, "card")
        self.column = self.body.column
        row.addWidget(self.body, 1)
        self._resize()
        theme().changed.connect(self._resize)

    def clear(self) -> None:
        """Remove and delete all sections."""
        self.body.clear()

    def section_break(self) -> None:
        """Add a hairline with 14 px above and below."""
        self.column.addSpacing(8)
        self.column.addWidget(Rule())
        self.column.addSpacing(8)

    def spread(self, *, whole: bool) -> None:
        """Take all the width that there is, or the usual one again."""
        self._whole = whole
        self._resize()

    def _resize(self) -> None:
        if self._whole:
            self.setMinimumWidth(0)
            self.setMaximumWidth(_QWIDGETSIZE_MAX)
        else:
            self.setFixedWidth(fonts.px(self._wide))


class EmptyState(QWidget):
    """The content of an empty list or page: an icon, a sentence, and optionally a button."""

    def __init__(
        self,
        icon: str,
        words: str,
        action: str = "",
        act: Callable[[], object] | None = None,
        more: str = "",
        buttons: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        """`action` is the button's title, which calls `act`; `more` is a second, grey sentence.

        `buttons` are shown in its place, such as those of commands, which say their keys.
        """
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(Icon(icon, "text3", 28), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(4)
        self._more = Label(more, "body", "text2", wrap=True)
        for label in (Label(words, "name", "text", wrap=True), self._more):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        self._more.setVisible(bool(more))
        if action:
            self.action = ActionButton(action)
            if act is not None:
                self.action.clicked.connect(act)
            column.addSpacing(4)
            column.addWidget(self.action, 0, Qt.AlignmentFlag.AlignHCenter)
        if buttons:
            column.addSpacing(4)
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addStretch(1)
            for button in buttons:
                row.addWidget(button)
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch(3)

    def set_more(self, words: str) -> None:
        """Say something else in the second sentence."""
        self._more.setText(words)
        self._more.setVisible(bool(words))
