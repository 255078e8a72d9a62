"""The block above a comment thread: the title, host and excerpt of the post, and the number of other comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.inbox import Opened
from ui.look import fonts, text
from ui.look.text import tr
from ui.look.theme import color, theme
from ui.pages.inbox.post_whole import WholePost
from ui.widgets import paint
from ui.widgets.avatar import Icon
from ui.widgets.buttons import ActionButton, PaintedButton
from ui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from app.workbench import Workbench

_MAX_EXCERPT_LINES = 2
_MAX_EXCERPT_CHARS = 600
"""The rest of the post is ignored; two lines hold fewer characters than this at any width."""


class PostBlock(QWidget):
    """Shows the post above its conversation; hidden if there is none."""

    link = Signal(str)
    """The post's title was clicked; carries its address."""
    beside = Signal()
    """The other comments under this post were asked for."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        """Start hidden, until `show_post`."""
        super().__init__(parent)
        self._bench = bench
        self._address = ""
        self.whole = WholePost(bench)
        self.whole.turned.connect(self._turned)
        self.title = _Title()
        self.host, self._out = ElidedLabel("", "meta", "text2"), Icon("external-link", "text3", 12)
        self.words = Clamped(_MAX_EXCERPT_LINES)
        self.others = ActionButton("", kind="quiet", height=26)
        self.others.follow("beside")
        self._lay_out()
        self.title.clicked.connect(self._pressed)
        self.others.clicked.connect(self.beside)
        theme().changed.connect(self.update)
        self._low = False
        self.hide()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 9, 6, 5)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Icon("newspaper", "text2", 14))
        head.addWidget(self.title, 1)
        column.addLayout(head)
        column.addWidget(self.words)
        column.addWidget(self.whole)
        foot = QHBoxLayout()
        foot.setSpacing(5)
        foot.addWidget(self._out)
        foot.addWidget(self.host, 1)
        foot.addWidget(self.others)
        column.addLayout(foot)

    def show_post(self, opened: Opened) -> None:
        """Show a conversation's post; hide if it has none."""
        self.setVisible(bool(opened.post_title or opened.post_url))
        offer = None if self.isHidden() else self._bench.context.offer(opened.row.id)
        self.whole.show_offer(opened.row.id, offer)
        if self.isHidden():
            return
        host = host_of(opened.post_url)
        self._address = opened.post_url if host else ""
        self.title.say(text.plain(opened.post_title or opened.post_url), self._address)
        self.host.setText(host)
        self._out.setVisible(bool(host))
        self.words.say(text.plain(opened.post_text[:_MAX_EXCERPT_CHARS]))
        self.others.setVisible(opened.beside > 0)
        self.others.set_title(tr("Other comments here ({count})").format(count=text.number(opened.beside)))
        self.setAccessibleName(tr("Under the post {title}").format(title=text.embed(opened.post_title)))

    def _turned(self) -> None:
        """The excerpt gives way to the whole."""
        self.words.set_most(0 if self.whole.is_open or self._low else _MAX_EXCERPT_LINES)

    def set_low(self, *, low: bool) -> None:
        """Hide the excerpt in a `low` window, to leave room for the messages."""
        self._low = low
        self._turned()

    def _pressed(self) -> None:
        if self._address:
            self.link.emit(self._address)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a subtle background with a bar at the left, like a quotation."""
        painter = QPainter(self)
        paint.box(painter, self.rect(), fill="subtle", radius=8)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - 3 if mirrored else 0
        paint.box(painter, QRect(left, 8, 3, self.height() - 16), fill="control", radius=1.5)


class _Title(PaintedButton):
    """The post's title as an elided link."""

    def __init__(self) -> None:
        super().__init__("")
        self._shown = ""
        self._leads = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, title: str, address: str) -> None:
        """Set the title; without an address it is not a link."""
        self._shown, self._leads = title, bool(address)
        self.setAccessibleName(title)
        self.setToolTip(f"{text.isolate(title)}\n{text.isolate(address)}" if address else "")
        self.setCursor(Qt.CursorShape.PointingHandCursor if address else Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if address else Qt.FocusPolicy.NoFocus)
        self.update()

    def title(self) -> str:
        """The full title."""
        return self._shown

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(fonts.px(80), max(fonts.px(22), QFontMetrics(fonts.font("strong")).height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the title, elided."""
        painter = QPainter(self)
        painter.setFont(fonts.font("strong", underline=self._leads and self.underMouse()))
        painter.setPen(color("accent" if self._leads else "text"))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        text.draw(painter, self.rect(), self._shown, right=mirrored)
        if self.ring:
            paint.focus_ring(painter, self.rect(), 4)


class Clamped(QWidget):
    """A paragraph cut to a few lines; the last one is elided in the text's own direction."""

    def __init__(self, lines: int) -> None:
        """Show at most so many lines."""
        super().__init__()
        self._most, self._shown = lines, ""
        self._broken: dict[int, list[str]] = {}  # width -> lines, cached: layouts ask for the same width many times
        shape = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)  # one line needs no room for two
        shape.setHeightForWidth(True)
        self.setSizePolicy(shape)
        theme().changed.connect(self._restyle)

    def _restyle(self) -> None:
        """Drop the cached lines: another text size breaks them elsewhere."""
        self._broken.clear()
        self.updateGeometry()

    def say(self, words: str) -> None:
        """Set the text; hide if it is empty."""
        self._shown = words
        self._broken.clear()
        self.setVisible(bool(words) and self._most > 0)
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def set_most(self, lines: int) -> None:
        """Set the maximum number of lines; 0 hides it."""
        if lines != self._most:
            self._most = lines
            self.say(self._shown)

    def hasHeightForWidth(self) -> bool:
        """True: narrower is taller, up to the maximum number of lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the lines it takes at that width."""
        return len(self._lines(width)) * self._line_height()

    def sizeHint(self) -> QSize:
        """All its lines."""
        return QSize(fonts.px(200), self._line_height() * self._most)

    def minimumSizeHint(self) -> QSize:
        """One line."""
        return QSize(fonts.px(40), self._line_height())

    @staticmethod
    def _line_height() -> int:
        return round(QFontMetrics(fonts.font("meta")).height() * 1.15)

    def _lines(self, width: int) -> list[str]:
        """The lines of the paragraph at that width in pixels; the last one holds all the rest."""
        lines = self._broken.get(width)
        if lines is None:
            lines = self._broken[width] = self._broken_at(width)
        return lines

    def _broken_at(self, width: int) -> list[str]:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout = QTextLayout(self._shown, fonts.font("meta"))
        layout.setTextOption(option)
        layout.beginLayout()
        starts: list[int] = []
        line = layout.createLine()
        while line.isValid() and len(starts) < self._most:
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, 0))
            starts.append(line.textStart())
            line = layout.createLine()
        layout.endLayout()
        units = self._shown.encode("utf-16-le")  # Qt's positions are UTF-16 code units
        ends = [*starts[1:], len(units) // 2]
        return [
            units[2 * first : 2 * last].decode("utf-16-le", "replace").strip()
            for first, last in zip(starts, ends, strict=True)
        ]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the lines; the last one holds the rest and is elided."""
        painter = QPainter(self)
        painter.setFont(fonts.font("meta"))
        painter.setPen(color("text2"))
        high, right = self._line_height(), text.is_rtl(self._shown)
        mark = (
            "\u200f" if right else "\u200e" if not self._shown.isascii() else ""
        )  # give each line the whole paragraph's direction
        lines = self._lines(self.width())
        there = max(1, min(len(lines), self.height() // high))  # a toast or a low window may leave room for fewer
        for place, words in enumerate([*lines[: there - 1], " ".join(lines[there - 1 :])]):
            text.draw(painter, QRect(0, place * high, self.width(), high), mark + words, right=right)


def host_of(address: str) -> str:
    """The host of an http(s) address as a browser would resolve it; "" for anything else."""
    url = QUrl(address)
    return url.host() if url.scheme() in ("http", "https") else ""
