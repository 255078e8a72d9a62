"""The list of channels that can be connected, automatic or assisted; typing filters it, arrow keys move in it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.channels.base import Channel
from ui.commands.matching import match
from ui.look import fonts, icons, text
from ui.look.text import tr
from ui.look.theme import theme
from ui.pages.accounts.words import line
from ui.widgets import paint
from ui.widgets.buttons import PaintedButton
from ui.widgets.labels import Label
from ui.widgets.panels import Scroll
from ui.widgets.search import SearchField


class ChannelRow(PaintedButton):
    """A channel: icon, title and a short description."""

    stepped = Signal(int)
    """Up (-1) or Down (1) was pressed."""

    def __init__(self, channel: Channel) -> None:
        """Set the description as the accessible description too."""
        super().__init__(tr(channel.title))
        self.channel, self._line = channel, line(channel)
        self.setAccessibleDescription(self._line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Two lines of text with padding; expands horizontally."""
        title, words = (QFontMetrics(fonts.font(role)).height() for role in ("row", "meta"))
        return QSize(fonts.px(240), max(fonts.px(48), title + words + fonts.px(12)))

    def minimumSizeHint(self) -> QSize:
        """Narrow: the texts elide."""
        return QSize(fonts.px(120), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Emit `stepped` on Up and Down."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self.stepped.emit(step)
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the boxed icon, two lines of text, and a chevron at the end."""
        painter = QPainter(self)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if self.underMouse() or self.isDown() or self.hasFocus():
            paint.box(painter, self.rect(), fill="selected" if self.hasFocus() else "hover", radius=8)
        box, small, pad = fonts.px(32), fonts.px(16), fonts.px(10)

        def from_left(left: int, width: int) -> int:
            return self.width() - left - width if mirrored else left

        icon_box = QRect(from_left(pad, box), (self.height() - box) // 2, box, box)
        paint.box(painter, icon_box, fill="surface", edge=theme().edge(), radius=8)
        inset = (box - small) / 2
        icons.draw(
            painter,
            icons.for_channel(self.channel.kind),
            theme().hex("text2"),
            icon_box.x() + inset,
            icon_box.y() + inset,
            small,
        )
        icons.draw(
            painter, "chevron-right", theme().hex("text3"), from_left(self.width() - pad - small, small),
            (self.height() - small) / 2, small,
        )  # fmt: skip
        left = pad + box + fonts.px(12)
        wide = max(0, self.width() - left - small - 2 * pad)
        painter.setFont(fonts.font("row", 600))
        title = painter.fontMetrics().height()
        words = QFontMetrics(fonts.font("meta")).height() if self._line else 0
        top = (self.height() - title - words - 1) // 2
        painter.setPen(theme().color("text"))
        text.draw(painter, QRect(from_left(left, wide), top, wide, title), tr(self.channel.title), right=mirrored)
        painter.setFont(fonts.font("meta"))
        painter.setPen(theme().color("text2"))
        text.draw(painter, QRect(from_left(left, wide), top + title + 1, wide, words), self._line, right=mirrored)
        if self.ring:
            paint.focus_ring(painter, self.rect(), 8)


class Chooser(QWidget):
    """A searchable list of channels; `chosen` carries the kind of a channel, `left` is emitted on Esc."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self, channels: Iterable[Channel]) -> None:
        """List the channels in two groups, leaving out an empty one."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.search = SearchField(tr("Find a channel"))
        self.search.setAccessibleName(tr("Find a channel"))
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._take_first)
        self.search.below.connect(self._into_list)
        self.search.left.connect(self.left)
        column.addWidget(self.search)
        self.area = Scroll((0, 0, 6, 0), 2)
        column.addWidget(self.area, 1)
        self.rows: list[ChannelRow] = []
        self._heads: list[tuple[list[QWidget], list[ChannelRow]]] = []
        every = list(channels)
        self._group(tr("Automatic"), "", [channel for channel in every if channel.live])
        assisted = tr("You read and reply there; Rapport keeps the text, the history and what's still open.")
        self._group(tr("Assisted"), assisted, [channel for channel in every if not channel.live])
        self._nothing = Label(tr("No channels found."), "body", "text2")
        self._nothing.hide()
        self.area.column.addWidget(self._nothing)
        self.area.column.addStretch(1)

    def _group(self, title: str, words: str, channels: list[Channel]) -> None:
        if not channels:
            return
        if self.rows:
            self.area.column.addSpacing(10)
        heads: list[QWidget] = [Label(title, "heading", "text2")]
        if words:
            heads.append(Label(words, "meta", "text2", wrap=True))
        rows = [ChannelRow(channel) for channel in channels]
        for widget in (*heads, *rows):
            self.area.column.addWidget(widget)
        for row in rows:
            row.clicked.connect(self._clicked)
            row.stepped.connect(self._step)
        self.rows += rows
        self._heads.append((heads, rows))

    def _visible_rows(self) -> list[ChannelRow]:
        return [row for row in self.rows if not row.isHidden()]

    def _narrow(self, typed: str) -> None:
        for row in self.rows:
            words = f"{tr(row.channel.title)} {row.accessibleDescription()}"
            row.setVisible(not typed.strip() or match(typed, words) is not None)
        for heads, rows in self._heads:
            for head in heads:
                head.setVisible(any(not row.isHidden() for row in rows))
        self._nothing.setVisible(not self._visible_rows())

    def _take_first(self) -> None:
        seen = self._visible_rows()
        if seen:
            self.chosen.emit(seen[0].channel.kind)

    def _clicked(self) -> None:
        row = self.sender()
        if isinstance(row, ChannelRow):
            self.chosen.emit(row.channel.kind)

    def _step(self, step: int) -> None:
        seen, row = self._visible_rows(), self.sender()
        at = seen.index(row) + step if row in seen else 0
        if at < 0:
            self.search.setFocus(Qt.FocusReason.BacktabFocusReason)
        elif at < len(seen):
            seen[at].setFocus(Qt.FocusReason.TabFocusReason)
            self.area.ensureWidgetVisible(seen[at])

    def _into_list(self) -> None:
        seen = self._visible_rows()
        if seen:
            seen[0].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Swallow Enter: the form would take it for the fields that this choice has just brought up."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def height_wanted(self) -> int:
        """The height in pixels at which every channel is visible."""
        inner = self.area.widget()
        rows = inner.sizeHint().height() if inner is not None else 0
        return self.search.sizeHint().height() + 10 + rows
