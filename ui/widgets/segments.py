"""A segmented switch between a few views: "Unanswered 12 | Waiting 4 | All"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from ui.look import fonts, text
from ui.look.theme import theme
from ui.widgets import paint
from ui.widgets.buttons import PaintedButton

_LEAST_LETTERS = 4
"""Of a title, where there is no room for all of it."""


class _Segment(PaintedButton):
    """One segment of the switch."""

    def __init__(self, key: str, title: str, count: str, parent: QWidget) -> None:
        super().__init__(f"{title} {count}".strip(), parent)
        self.key, self._title, self._count = key, title, count
        self.setCheckable(True)
        self.setAutoExclusive(True)  # one of several, to a screen reader too
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_count(self, count: str) -> None:
        """Change the count; "" for none."""
        if count != self._count:
            self._count = count
            self.setAccessibleName(f"{self._title} {count}".strip())
            self._restyle()

    def set_title(self, title: str) -> None:
        """Change the title."""
        if title != self._title:
            self._title = title
            self.setAccessibleName(f"{title} {self._count}".strip())
            self._restyle()

    def sizeHint(self) -> QSize:
        """The width in the heavier font weight, so that nothing moves when it is chosen."""
        wide = QFontMetrics(fonts.font("heading")).horizontalAdvance(self._title)
        return QSize(wide + self._count_width() + fonts.px(20), fonts.px(24))

    def _count_width(self) -> int:
        if not self._count:
            return 0
        return QFontMetrics(fonts.font("heading")).horizontalAdvance(self._count) + fonts.px(5)

    def minimumSizeHint(self) -> QSize:
        """Room for the count and a few letters: without room the title ends in an ellipsis."""
        whole, metrics = self.sizeHint(), QFontMetrics(fonts.font("heading"))
        spare = metrics.horizontalAdvance(self._title) - metrics.horizontalAdvance(self._title[:_LEAST_LETTERS] + "…")
        return QSize(whole.width() - max(0, spare), whole.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw background, title and count."""
        painter = QPainter(self)
        chosen = self.isChecked()
        if chosen:
            ground = "hover" if theme().dark else "surface"
            paint.box(painter, self.rect(), fill=ground, edge=theme().edge(), radius=5)
        elif self.underMouse():
            paint.box(painter, self.rect(), fill="hover", radius=5)
        painter.setFont(fonts.font("heading", 600 if chosen else 500))
        painter.setPen(theme().color("text" if chosen else "text2"))
        x = fonts.px(10)
        room = self.width() - x - fonts.px(10) - self._count_width() + 1
        x += text.draw(painter, QRect(x, 0, room, self.height()), self._title) + fonts.px(5)
        painter.setFont(fonts.font("heading", 500))
        painter.setPen(theme().color("text2"))
        text.draw(painter, QRect(x, 0, self.width() - x, self.height()), self._count)
        if self.ring:
            paint.focus_ring(painter, self.rect(), 5)


class SegmentSwitch(QWidget):
    """A row of exclusive choices; Left and Right move between them. `chosen` carries the key."""

    chosen = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, str]], current: str = "", name: str = "", parent: QWidget | None = None
    ) -> None:
        """`choices` are (key, title); `name` is the accessible name."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._segments: dict[str, _Segment] = {}
        for key, title in choices:
            segment = _Segment(key, title, "", self)
            self._segments[key] = segment
            self._group.addButton(segment)
            row.addWidget(segment)
        self._told = ""
        self.set_current(current or choices[0][0])
        self._group.buttonClicked.connect(self._clicked)
        self._group.buttonToggled.connect(self._toggled)

    def current(self) -> str:
        """The key of the current choice; "" for none."""
        return next((key for key, segment in self._segments.items() if segment.isChecked()), "")

    def chosen_button(self) -> QAbstractButton | None:
        """The one at which Tab stops; None for none."""
        return self._segments.get(self.current())

    def set_current(self, key: str) -> None:
        """Choose without emitting `chosen`; an unknown key is ignored."""
        if key in self._segments:
            self._told = key
            self._segments[key].setChecked(True)
            self.setFocusProxy(self._segments[key])

    def set_shown(self, key: str, *, shown: bool) -> None:
        """Show a choice, or take it away for as long as it makes no sense."""
        self._segments[key].setVisible(shown)

    def set_title(self, key: str, title: str) -> None:
        """Change the title of a choice."""
        self._segments[key].set_title(title)

    def set_tip(self, key: str, words: str) -> None:
        """Set a choice's tooltip and accessible description."""
        self._segments[key].setToolTip(words)
        self._segments[key].setAccessibleDescription(words)

    def set_counts(self, counts: dict[str, int]) -> None:
        """Set the counts beside the titles, by key; 0 shows none."""
        for key, value in counts.items():
            if key in self._segments:
                self._segments[key].set_count(text.number(value) if value else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the background."""
        paint.box(QPainter(self), self.rect(), fill="subtle", radius=7)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right choose the neighbour, wrapping around."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        keys = [key for key, segment in self._segments.items() if not segment.isHidden()]
        at = (keys.index(self.current()) + step) % len(keys)
        self._segments[keys[at]].setFocus(Qt.FocusReason.TabFocusReason)
        self._segments[keys[at]].click()

    def _toggled(self, segment: _Segment, on: bool) -> None:  # noqa: FBT001  as Qt calls it
        """A screen reader's own press only checks a segment, without a click; a click says itself what was chosen."""
        if on and segment.key != self._told:
            QTimer.singleShot(0, self, partial(self._checked, segment))

    def _checked(self, segment: _Segment) -> None:
        if segment.isChecked() and segment.key != self._told:
            self._clicked(segment)

    def _clicked(self, segment: _Segment) -> None:
        self._told = segment.key
        self.setFocusProxy(segment)
        self.chosen.emit(segment.key)
