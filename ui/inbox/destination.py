"""Where an answer goes and who will see it: the head of the composer, said before a word is written."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.inbox import Opened
from ui import fonts, text
from ui.inbox.post import Clamped
from ui.text import tr
from ui.widgets.avatar import Chip
from ui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from app.workbench import Workbench

_POST_WIDE = 150


class Destination(QWidget):
    """Public or private in words and icon, the place, as whom we speak, and who sees it.

    What the channel says of itself is asked for after the first paint: its code need not be there before.
    """

    known = Signal(object)
    """How much room the channel gives (app.outbox.fitting.Room)."""
    by_hand = Signal(bool)
    """Whether the person posts there, for no program may."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        """Empty until `show_conversation`; `row` takes what stands beside."""
        super().__init__(parent)
        self._bench = bench
        self._opened: Opened | None = None
        self._painted = self._warm = False
        self.chip, self.where = Chip("", ""), ElidedLabel("", "meta", "text2")
        self.audience = Clamped(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.row = QHBoxLayout()
        self.row.setSpacing(6)
        self.row.addWidget(self.chip)
        self.row.addWidget(self.where, 1)
        column.addLayout(self.row)
        column.addWidget(self.audience)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._ask)

    def show_conversation(self, opened: Opened) -> None:
        """Say it for this conversation."""
        self._opened = opened
        row = opened.row
        place = text.isolate(row.account)
        words = tr("Reply on {0}") if row.public else tr("Reply by {0}")
        if row.kind == "email":
            words = tr("E-mail to {0}")
            place = text.isolate(text.plain(row.member or tr("nobody yet")))
        speaks = tr(", as {0}").format(text.isolate(opened.speaks_as)) if opened.speaks_as else ""
        self.where.setText(words.format(place) + speaks)
        if row.public:
            self.chip.set(tr("Public"), "", "globe")
        else:
            self.chip.set(tr("Private"), "accent", "lock")
        if self._painted:
            self._ask()

    def paintEvent(self, event: QPaintEvent) -> None:
        """From now on the channel may be asked."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self._soon.start()

    def _ask(self) -> None:
        """Who will see it, and how much there may be of it."""
        opened = self._opened
        if opened is None:
            return
        from app.accounts import channel  # noqa: PLC0415  after the first paint
        from app.outbox.by_hand import is_by_hand  # noqa: PLC0415
        from app.outbox.fitting import audience  # noqa: PLC0415

        row = opened.row
        post = text.elide(text.plain(opened.post_title), self.fontMetrics(), fonts.px(_POST_WIDE))
        whom = text.isolate(text.plain(row.member))
        said = audience(channel(row.kind), text.isolate(row.account), whom, public=row.public, post=text.isolate(post))
        mine = is_by_hand(row.kind, opened.account_mode)
        if mine:
            said = f"{tr('You post it yourself: the words are copied, the page opens.')} {said}".strip()
        self.audience.say(said)
        self.audience.setToolTip(said)
        room = self._bench.outbox.room(opened.account_id)
        if room.counts == "graphemes" and not self._warm:
            self._warm = True  # what counts them is large: it is loaded while nobody types yet
            threading.Thread(target=partial(room.length, "a"), name="counting", daemon=True).start()
        self.known.emit(room)
        self.by_hand.emit(mine)
