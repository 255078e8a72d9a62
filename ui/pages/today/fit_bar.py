"""The bar of what fits: a piece for each thing, as wide as its minutes, by kind; what is left of the time is empty."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.today import Day, Queue
from app.today.words import fits
from ui.look import fonts
from ui.look.text import tr
from ui.pages.today import words
from ui.widgets import paint
from ui.widgets.avatar import Icon
from ui.widgets.flow import Flow
from ui.widgets.labels import Label
from ui.widgets.panels import empty_layout


class _Bar(QWidget):
    """The bar alone."""

    def __init__(self) -> None:
        super().__init__()
        self._queue: Queue | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_queue(self, made: Queue) -> None:
        self._queue = made
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(200), fonts.px(10))

    def minimumSizeHint(self) -> QSize:
        return QSize(fonts.px(60), fonts.px(10))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setClipRect(self.rect())
        paint.box(painter, self.rect(), fill="track", radius=4)
        if self._queue is None:
            return
        a_minute, left = self.width() / max(1, self._queue.minutes, self._queue.used), 0.0
        order = sorted(self._queue.fits, key=lambda one: words.NOUNS.index(one.thing.noun))
        for one in order:
            wide = one.minutes * a_minute
            fill = words.TONES.get(one.thing.noun, "accent")
            paint.box(painter, QRectF(left, 0, max(1.0, wide - 2), self.height()), fill=fill, radius=2)
            left += wide


class FitBar(QWidget):
    """The bar, how much fits in words, and the minutes of each kind."""

    def __init__(self) -> None:
        """Empty until `show_day`."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.bar = _Bar()
        self.line = Label("", "meta", "text", weight=600, wrap=True)
        self.more = Label("", "meta", "text2", wrap=True)
        self._kinds = QWidget()
        self._flow = Flow(self._kinds, 14)
        column.addWidget(self.bar)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(self.line)
        lines.addWidget(self.more)
        column.addLayout(lines)
        column.addWidget(self._kinds)

    def show_day(self, day: Day) -> None:
        """Show what fits."""
        self.bar.show_queue(day.queue)
        self.line.setText(words.in_minutes(day) or tr("Nothing fits into so little time."))
        self.more.setText(fits(day.queue, day.now, words.SHOWN))
        empty_layout(self._flow)
        kinds = words.by_kind(day.queue.fits)
        for noun, minutes in kinds.items():
            self._flow.addWidget(_Kind(noun, minutes))
        self._kinds.setVisible(bool(kinds))
        self.bar.setAccessibleName(", ".join(words.kind_line(noun, minutes) for noun, minutes in kinds.items()))


class _Kind(QWidget):
    """One kind with its icon and minutes."""

    def __init__(self, noun: str, minutes: int) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        tone = words.TONES.get(noun, "accent")
        row.addWidget(Icon(words.ICONS.get(noun, "message-square"), tone if tone != "control" else "text2", 14))
        row.addWidget(Label(words.kind_line(noun, minutes), "meta", "text2"))
