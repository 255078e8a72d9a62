"""Where an answer goes, to whom, and who will see it: the head of the composer, said before a word is written."""

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

_POST_WIDE = 150


class Destination(QWidget):
    """Public or private in words and icon, to whom, the place, as whom we speak, and who sees it.

    What the channel says of itself is asked for after the first paint: its code need not be there before.
    """

    known = Signal(object)
    """How much room the channel gives (app.outbox.fitting.Room)."""
    by_hand = Signal(bool)
    """Whether the person posts there, for no program may."""
    hindered = Signal(object)
    """Why nothing can be sent there (a UserError), or None."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        """Empty until `show_conversation`; `row` takes what stands beside."""
        super().__init__(parent)
        self._bench = bench
        self._opened: Opened | None = None
        self._choice = Choice(None)
        self._painted = self._warm = False
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
        first.addWidget(self.where, 1)  # the whole width: where it goes is never cut
        column.addLayout(first)
        self.row.setSpacing(6)
        self.row.addWidget(self.audience, 1)
        self.row.addWidget(self.change)
        column.addLayout(self.row)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._ask)

    def show_conversation(self, opened: Opened, choice: Choice) -> None:
        """Say it for this conversation, and for whom the reply goes to."""
        self._opened, self._choice = opened, choice
        words = going(opened, choice.to)
        self.where.setText(text.breakable(words))
        self.where.setAccessibleName(words)
        whom = choice.to.identity_id if choice.to is not None else None
        self.change.setVisible(any(one.identity_id != whom for one in opened.speakers))
        if opened.row.public:
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
        from app.outbox.by_hand import is_by_hand  # noqa: PLC0415  after the first paint
        from app.outbox.fitting import audience  # noqa: PLC0415

        row = opened.row
        post = text.elide(text.plain(opened.post_title), self.fontMetrics(), fonts.px(_POST_WIDE))
        to = self._choice.to
        whom = text.name(to.label) if to is not None else ""
        said = audience(channel(row.kind), text.isolate(row.account), whom, public=row.public, post=text.isolate(post))
        mine = is_by_hand(row.kind, opened.account_mode)
        if mine:
            ours = tr("You post it yourself: the words are copied, the page opens.")
            said = f"{ours} {said}".strip()
        self.audience.say(said)
        self.audience.setToolTip(said)
        room = self._bench.outbox.room(opened.account_id)
        if room.counts == "graphemes" and not self._warm:
            self._warm = True  # what counts them is large: it is loaded while nobody types yet
            threading.Thread(target=partial(room.length, "a"), name="counting", daemon=True).start()
        self.known.emit(room)
        self.by_hand.emit(mine)
        self.hindered.emit(self._bench.outbox.hindrance(row.id, to.message_id if to is not None else None))


def going(opened: Opened, to: Receiver | None) -> str:
    """Where a reply goes and to whom, in words: "E-mail to Anna (anna@example.org), as Jana"."""
    row = opened.row
    place, whom = text.isolate(row.account), text.name(to.name or to.address) if to else ""
    if channel(row.kind).by_address:
        words = tr("E-mail to {name}").format(name=whom or tr("nobody yet"))
        if to is not None and to.name and to.address:
            words = tr("{place} ({address})").format(place=words, address=text.embed(to.address))
    elif whom:
        words = tr("Reply to {name} on {channel}").format(name=whom, channel=place)
    else:
        words = tr("Reply on {channel}").format(channel=place)
    if opened.speaks_as:
        return tr("{place}, as {speaker}").format(place=words, speaker=text.isolate(opened.speaks_as))
    return words
