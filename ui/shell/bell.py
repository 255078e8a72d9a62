"""The working block that is under way: how much of it is left, in the rail's foot, and one quiet toast at its end.

At its start there is one notice of the desktop, if the person wants it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QSize, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.base import clock
from ui.commands.in_use import keymap
from ui.look import fonts, icons, text
from ui.look.text import tr
from ui.look.theme import color, theme
from ui.shell.host import Host
from ui.shell.rail import Line
from ui.widgets import paint

if TYPE_CHECKING:
    from app.calendar.working import Stretch
    from ui.shell.window import Window

_EVERY_MS = 15_000
_MISSED_SECONDS = 600
"""A bell that rang longer ago, as while the computer slept, is not told any more."""
_BAR_PX = 4


class BlockLine(Line):
    """How many minutes of a block are left, and a bar; hidden between blocks."""

    def __init__(self, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.words, self._part, self._narrow = "", 0.0, False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.hide()

    def set(self, left: int, total: int, until: str) -> None:
        """Show so many minutes as left of the block's total, which lasts `until`."""
        self.words = text.counted(left, "{count} of {total} min left", "{count} of {total} min left", total=total)
        self._part = 1 - left / total if total else 1
        self.setAccessibleName(self.words)
        self.setToolTip(tr("Your block lasts until {time}").format(time=until))
        self.show()
        self.update()

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001  one switch
        """Show only the bar where there is no room for words."""
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A line of words, and the bar below it."""
        return QSize(fonts.px(32), fonts.px(14 if self._narrow else 34))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw clock, words and bar."""
        painter, size = QPainter(self), fonts.px(14)
        side = 0 if self._narrow else fonts.px(11)
        if not self._narrow:
            icons.draw(painter, "hourglass", theme().hex("text2"), side, fonts.px(4), size)
            painter.setFont(fonts.font("meta", 500))
            painter.setPen(color("text2"))
            text.draw(
                painter, QRect(side + fonts.px(22), 0, self.width() - side - fonts.px(24), fonts.px(22)), self.words
            )
        track = QRect(side, self.height() - fonts.px(9), self.width() - 2 * side, fonts.px(_BAR_PX))
        paint.box(painter, track, fill="nav", radius=2)
        done = QRect(
            track.left(), track.top(), max(fonts.px(_BAR_PX), round(track.width() * self._part)), track.height()
        )
        paint.box(painter, done, fill="accent", radius=2)


def follow(window: Window) -> Bell:
    """Follow the window's working blocks in its rail, from now on."""
    bell = Bell(window, BlockLine(window.rail))
    window.rail.add_line(bell.line)
    bell.start()
    return bell


class Bell(QObject):
    """Looks at the clock every few seconds, once it is started; says nothing while no blocks are set."""

    def __init__(self, window: Host, line: BlockLine) -> None:
        """Show what is left in this line."""
        super().__init__(line)
        self._window, self.line = window, line
        self._ends: int | None = None
        self._idle_at: int | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look now, and go on."""
        self.look()
        self._timer.start()

    def look(self) -> None:
        """Show how much of the block is left; at its end say so once, and what can be done."""
        blocks, now = self._window.bench.blocks, clock.now()
        block = blocks.working(now).current_block(now) if blocks.all() else None
        if block is not None:
            if self._ends is None and self._idle_at is not None and self._idle_at < block.starts:
                self._begin(block, now)
            self._ends = block.ends
            total = (block.ends - block.starts) // 60
            self.line.set(-(-(block.ends - now) // 60), total, f"{clock.local(block.ends):%H:%M}")
            return
        self.line.hide()
        self._idle_at = now
        ended, self._ends = self._ends, None
        if ended is not None and 0 <= now - ended < _MISSED_SECONDS:
            self._ring(now)

    def _begin(self, block: Stretch, now: int) -> None:
        """Say by a notice what waits, if it is wanted: once a block, and only if it was seen to begin just now."""
        bench = self._window.bench
        if now - block.starts >= _MISSED_SECONDS or not bench.settings.get("block_notice"):
            return
        from app.today import notice  # noqa: PLC0415  once a block
        from ui.frame import notices  # noqa: PLC0415  as above

        words = notice.at_start(bench, now)
        if words:
            notices.show(bench, words, notice.until(block.ends), self._open_today, self)

    def _open_today(self) -> None:
        """Bring the window to the front, also out of the tray, with Today."""
        window = self._window.window()
        if window.isMinimized():
            window.showNormal()
        window.show()
        window.raise_()
        window.activateWindow()
        self._window.go("today")

    def _ring(self, now: int) -> None:
        from app.blocks.parking import parkable  # noqa: PLC0415  twice a week

        bench = self._window.bench
        found = parkable(bench.store, bench.blocks, now)
        if found.numbers:
            words = tr("The block is over. {key} parks the rest until {when}.")
            self._window.toast(words.format(key=keymap().name("park"), when=text.ahead(found.until, now)))
