"""The composer's header: where the reply goes, to whom, and who will see it."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.base.errors import UserError
from app.base.message import Addressee
from app.channels.registry import channel
from app.inbox import Choice, Opened, Receiver, addressing
from app.inbox.addressing import Addressing, Letter
from ui.look import fonts, text
from ui.look.text import tr
from ui.pages.inbox.post import Clamped
from ui.widgets.avatar import Chip
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.accounts.senders import Sender
    from app.outbox.composing import Way
    from app.workbench import Workbench

_MAX_POST_TITLE_WIDTH = 150
_LEAST_AUDIENCE = 250
"""Pixels, in which two lines say who sees it."""


class Destination(QWidget):
    """Shows public or private, the receiver, the account, the name we post under, and the audience.

    The first three stand in `target`, which the composer lays out where nothing scrolls, so that it is always read.
    The channel's own code is loaded only after the first paint, to keep startup fast.
    """

    addressed = Signal(str)
    """Whom it goes to, where, and whether everybody sees it, in one sentence for whoever hears the field alone."""
    known = Signal(object)
    """The channel's length limit (an app.outbox.fitting.Room)."""
    by_hand = Signal(bool)
    """Whether the person posts there by hand."""
    hindered = Signal(object)
    """Why nothing can be sent there (a UserError), or None."""
    planned = Signal(object)
    """How it would go (an app.outbox.composing.Way), or None while it could not."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        """Start empty, until `show_conversation`; the composer adds its chips to `row`."""
        super().__init__(parent)
        self._bench = bench
        self._opened: Opened | None = None
        self._choice, self._chosen, self._letter = Choice(None), Addressing(), Letter()
        self._addressees, self._to_list = tuple[Addressee, ...](), False
        self._painted = self._counter_loaded = False
        self._chips = list[ActionButton]()
        self._low = self._aside = False
        self.chip, self.where = Chip("", ""), Label("", "meta", "text2", wrap=True)
        self.change = ActionButton(tr("Change"), "users", kind="chip", height=24, menu=True)
        self.change.setAccessibleName(tr("Change who gets the reply"))
        self.audience = Clamped(2)
        self.target = QWidget()
        first, self.row = QHBoxLayout(self.target), QHBoxLayout(self)
        first.setContentsMargins(0, 0, 0, 0)
        first.setSpacing(8)
        first.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self.where, 1)  # the whole width, so that the destination is never cut off
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(6)
        self.row.addWidget(self.audience, 1)
        self.row.addStretch()  # keeps the chips together while the audience is hidden
        self.row.addWidget(self.change)
        self._chips.append(self.change)
        self._query_timer = QTimer(self)
        self._query_timer.setSingleShot(True)
        self._query_timer.setInterval(0)
        self._query_timer.timeout.connect(self._query_channel)

    def add_chip(self, chip: ActionButton) -> None:
        """Add a chip behind the audience; those that come first keep their words longest."""
        self._chips.append(chip)
        self.row.insertWidget(self.row.indexOf(self.change) + 1, chip)

    def event(self, event: QEvent) -> bool:
        """Make room anew when a chip comes, goes, or says something else."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fold_chips()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold chips to their icons where the row is narrow."""
        super().resizeEvent(event)
        self._fold_chips()

    def _fold_chips(self) -> None:
        """Let chips be icons, the last ones first, as far as the audience needs their room."""
        shown = [chip for chip in self._chips if not chip.isHidden()]
        sizes = [(chip.whole_width() + self.row.spacing(), chip.folded_width() + self.row.spacing()) for chip in shown]
        least = 0 if self.audience.isHidden() else fonts.px(_LEAST_AUDIENCE)
        for chip, folded in zip(shown, folded_in(sizes, self.width() - least), strict=True):
            chip.set_folded(folded)

    def show_conversation(self, opened: Opened, choice: Choice, chosen: Addressing) -> None:
        """Show the destination of a reply in this conversation, to the chosen receivers."""
        self._opened, self._choice, self._chosen = opened, choice, chosen
        by_letter = channel(opened.row.kind).by_address
        to = choice.to
        if by_letter:
            self._letter = self._bench.inbox.letters.of(to.message_id if to is not None else None)
        self._addressees = addressing.boxes(to, chosen) if by_letter else ()
        self._to_list = by_letter and addressing.reaches_list(self._addressees, self._letter, chosen)
        self._say(as_speaker(self._place(), opened.speaks_as))
        whom = to.identity_id if to is not None else None
        self.change.setVisible(by_letter or any(speaker.identity_id != whom for speaker in opened.speakers))
        if opened.row.public or self._to_list:
            self.chip.set(tr("Public"), "", "globe")
        else:
            self.chip.set(tr("Private"), "accent", "lock")
        if self._painted:
            self._query_channel()

    def set_low(self, *, low: bool) -> None:
        """Show one line of the audience in a low pane, else two."""
        self._low = low
        self._fit_audience()

    def set_aside(self, *, aside: bool) -> None:
        """Hide the audience while receivers are typed, which takes the room."""
        self._aside = aside
        self._fit_audience()

    def _fit_audience(self) -> None:
        self.audience.set_most(0 if self._aside else 1 if self._low else 2)

    def _place(self) -> str:
        opened, to = self._opened, self._choice.to
        if opened is None:
            return ""
        if channel(opened.row.kind).by_address:
            return addressing.head(self._addressees, to_list=self._to_list, show=text.name)
        return going(opened, to)

    def _say(self, words: str) -> None:
        """Show the destination; each of several receivers is named in full for screen readers and the pointer."""
        whole = ", ".join(text.embed(addressing.in_field([box])) for box in self._addressees)
        self.where.setText(text.breakable(words))
        self.where.setAccessibleName(words)
        seen = self._opened is not None and (self._opened.row.public or self._to_list)
        who_sees = tr("Public") if seen else tr("Private")
        self.addressed.emit(tr("{who_sees_it}. {where_to}").format(who_sees_it=who_sees, where_to=words))
        self.where.setAccessibleDescription(whole if len(self._addressees) > 1 else "")
        self.where.setToolTip(whole.replace("<", "\u2039") if len(self._addressees) > 1 else "")

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
        from app.outbox.fitting import audience, letter_audience  # noqa: PLC0415  as above

        row = opened.row
        post = text.elide(text.plain(opened.post_title), self.fontMetrics(), fonts.px(_MAX_POST_TITLE_WIDTH))
        to = self._choice.to
        whom = text.name(to.label) if to is not None else ""
        words = audience(channel(row.kind), text.isolate(row.account), whom, public=row.public, post=text.isolate(post))
        if self._addressees:
            words = letter_audience(self._addressees, whom, to_list=self._to_list)
        elif to is None and not row.public and channel(row.kind).by_address:
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
        self._plan(opened, to.message_id if to is not None else None)

    def _plan(self, opened: Opened, answers: int | None) -> None:
        """Say from which address it would go, and emit how, and what stands in the way.

        A receiver that is no address is told at its field instead.
        """
        outbox, chosen = self._bench.outbox, self._chosen
        goes, why = self._way(opened, answers, chosen)
        if chosen.is_chosen:
            plain = outbox.why_not_sendable(opened.row.id, answers)
            why = why if plain is not None and chosen.to else plain
        self.hindered.emit(why)
        if goes is None:
            self.planned.emit(None)
            return
        senders = self._bench.accounts.signatures.senders(goes.account_id) if goes.boxes else []
        if len(senders) > 1:
            sender = next((one for one in senders if one.address == goes.sender), senders[0])
            written_to = not chosen.sender and sender.address.lower() == self._letter.alias
            self._say(f"{self._place()}. {comes_from(sender, written_to=written_to)}")
        if goes.boxes and not channel(goes.kind).by_address:
            self._say_company(opened, goes)
        self.planned.emit(goes)

    def _way(self, opened: Opened, answers: int | None, chosen: Addressing) -> tuple[Way | None, UserError | None]:
        """How it would go, or else why it could not."""
        try:
            return self._bench.outbox.way(opened.row.id, answers, chosen), None
        except UserError as why:
            return None, why

    def _say_company(self, opened: Opened, goes: Way) -> None:
        """Name all whom a private post goes to."""
        names = in_names([text.name(box.name or box.address) for box in goes.boxes])
        place = tr("Reply to {name} on {channel}").format(name=names, channel=text.isolate(opened.row.account))
        self._say(as_speaker(place, opened.speaks_as))
        words = tr("Visible to {whom} only.").format(whom=names)
        self.audience.say(words)
        self.audience.setToolTip(words)


def folded_in(sizes: Sequence[tuple[int, int]], room: int) -> list[bool]:
    """Which of the chips are folded, from their widths (whole, folded) and the room for all: no more than need be.

    The last is folded first.
    """
    over = sum(whole for whole, _ in sizes) - room
    folded = [False] * len(sizes)
    for place in reversed(range(len(sizes))):
        if over > 0:
            folded[place] = True
            over -= sizes[place][0] - sizes[place][1]
    return folded


def in_names(names: Sequence[str]) -> str:
    """Names in a sentence, the last two joined by "and"."""
    if len(names) == 1:
        return names[0]
    return tr("{first} and {second}").format(first=", ".join(names[:-1]), second=names[-1])


def comes_from(sender: Sender, *, written_to: bool) -> str:
    """The address of ours that a letter comes from, in words; `written_to`: theirs was written to it."""
    address = text.embed(sender.address)
    if sender.name:
        address = tr("{name}, {address}").format(name=text.name(sender.name), address=address)
    if written_to:
        return tr("From {address} (the address it was written to).").format(address=address)
    return tr("From {address}.").format(address=address)


def going(opened: Opened, to: Receiver | None) -> str:
    """The destination and receiver of a post or direct message in words: "Reply to Anna on Blog"."""
    account, whom = text.isolate(opened.row.account), text.name(to.name or to.address) if to else ""
    if whom:
        return tr("Reply to {name} on {channel}").format(name=whom, channel=account)
    return tr("Reply on {channel}").format(channel=account)


def as_speaker(place: str, speaker: str) -> str:
    """The destination with the name that we write under: "E-mail to Anna, as Jana"."""
    return tr("{place}, as {speaker}").format(place=place, speaker=text.isolate(speaker)) if speaker else place
