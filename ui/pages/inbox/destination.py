"""The composer's header: where the reply goes, to whom, and who will see it."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.channels.registry import channel
from app.inbox import Choice, Opened, Receiver
from ui.look import fonts, text
from ui.look.text import tr
from ui.pages.inbox.post import Clamped
from ui.widgets.avatar import Chip
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.workbench import Workbench

_MAX_POST_TITLE_WIDTH = 150


class Destination(QWidget):
    """Shows public or private, the receiver, the account, the name we post under, and the audience.

    The channel's own code is loaded only after the first paint, to keep startup fast.
    """

    known = Signal(object)
    """The channel's length limit (an app.outbox.fitting.Room)."""
    by_hand = Signal(bool)
    """Whether the person posts there by hand."""
    hindered = Signal(object)
    """Why nothing can be sent there (a UserError), or None."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        """Start empty, until `show_conversation`; the composer adds its chips to `row`."""
        super().__init__(parent)
        self._bench = bench
        self._opened: Opened | None = None
        self._choice = Choice(None)
        self._painted = self._counter_loaded = False
        self.chip, self.where = Chip("", ""), Label("", "meta", "text2", wrap=True)
        self.change = ActionButton(tr("Change"), "users", kind="chip", height=24, menu=True)
        self.change.setAccessibleName(tr("Change who gets the reply"))
        self.audience = Clamped(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        first, self.row = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self.where, 1)  # the whole width, so that the destination is never cut off
        column.addLayout(first)
        self.row.setSpacing(6)
        self.row.addWidget(self.audience, 1)
        self.row.addWidget(self.change)
        column.addLayout(self.row)
        self._query_timer = QTimer(self)
        self._query_timer.setSingleShot(True)
        self._query_timer.setInterval(0)
        self._query_timer.timeout.connect(self._query_channel)

    def show_conversation(self, opened: Opened, choice: Choice) -> None:
        """Show the destination of a reply in this conversation, to the chosen receiver."""
        self._opened, self._choice = opened, choice
        words = going(opened, choice.to)
        self.where.setText(text.breakable(words))
        self.where.setAccessibleName(words)
        whom = choice.to.identity_id if choice.to is not None else None
        self.change.setVisible(any(speaker.identity_id != whom for speaker in opened.speakers))
        if opened.row.public:
            self.chip.set(tr("Public"), "", "globe")
        else:
            self.chip.set(tr("Private"), "accent", "lock")
        if self._painted:
            self._query_channel()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Query the channel after the first paint."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self._query_timer.start()

    def _query_channel(self) -> None:
        """Show the audience, and emit the channel's limit, mode and hindrance."""
        opened = self._opened
        if opened is None:
            return
        from app.outbox.by_hand import is_by_hand  # noqa: PLC0415  after the first paint
        from app.outbox.fitting import audience  # noqa: PLC0415  as above

        row = opened.row
        post = text.elide(text.plain(opened.post_title), self.fontMetrics(), fonts.px(_MAX_POST_TITLE_WIDTH))
        to = self._choice.to
        whom = text.name(to.label) if to is not None else ""
        words = audience(channel(row.kind), text.isolate(row.account), whom, public=row.public, post=text.isolate(post))
        if to is None and not row.public and channel(row.kind).by_address:
            words = ""  # nobody sees what goes to nobody
        mine = is_by_hand(row.kind, opened.account_mode)
        if mine:
            ours = tr("You post it yourself: the words are copied, the page opens.")
            words = f"{ours} {words}".strip()
        self.audience.say(words)
        self.audience.setToolTip(words)
        room = self._bench.outbox.room(opened.account_id)
        if room.counts == "graphemes" and not self._counter_loaded:
            self._counter_loaded = True  # the grapheme tables are large: load them before anybody types
            threading.Thread(target=partial(room.length, "a"), name="counting", daemon=True).start()
        self.known.emit(room)
        self.by_hand.emit(mine)
        self.hindered.emit(self._bench.outbox.why_not_sendable(row.id, to.message_id if to is not None else None))


def going(opened: Opened, to: Receiver | None) -> str:
    """The destination and receiver of a reply in words: "E-mail to Anna (anna@example.org), as Jana"."""
    row = opened.row
    account, whom = text.isolate(row.account), text.name(to.name or to.address) if to else ""
    if channel(row.kind).by_address:
        words = tr("E-mail to {name}").format(name=whom or tr("nobody yet"))
        if to is not None and len(to.asked) > 1:
            words = tr("E-mail to {name}").format(name=text.name(to.label))
        elif to is not None and to.name and to.address:
            words = tr("{place} ({address})").format(place=words, address=text.embed(to.address))
    elif whom:
        words = tr("Reply to {name} on {channel}").format(name=whom, channel=account)
    else:
        words = tr("Reply on {channel}").format(channel=account)
    if opened.speaks_as:
        return tr("{place}, as {speaker}").format(place=words, speaker=text.isolate(opened.speaks_as))
    return words
