"""The composer: whom the reply goes to (`whom`), its words (`words`), the draft's keeping (`draft`), and sending."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.base.errors import UserError
from app.inbox import Opened
from ui.frame.doing import undoable
from ui.look import fonts, text
from ui.look.text import tr
from ui.pages.inbox.address_offer import AddressOffer
from ui.pages.inbox.answered import AnsweredNotice
from ui.pages.inbox.came_back import CameBackNotice
from ui.pages.inbox.careful import Careful
from ui.pages.inbox.closed import ClosedNotice
from ui.pages.inbox.closing import ClosingNotice
from ui.pages.inbox.destination import Destination
from ui.pages.inbox.draft_keeper import DraftKeeper
from ui.pages.inbox.held import HeldNotice
from ui.pages.inbox.manners import BeforeReply
from ui.pages.inbox.promising import Promising
from ui.pages.inbox.receiving import FOLDED, WHOLE, WRONG
from ui.pages.inbox.second_draft import SecondDraft
from ui.pages.inbox.send_bar import SendBar
from ui.pages.inbox.whom import Whom
from ui.pages.inbox.words import Words
from ui.shared.aids import next_slip
from ui.shared.bringing import DropTarget
from ui.shared.draft_field import DraftField
from ui.shared.field_box import FieldBox
from ui.shared.outgoing_files import OutgoingFilesRow
from ui.widgets.fitted import Fitted

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.inbox.addressing import Addressing
    from app.outbox.composing import Way
    from app.outbox.files import Whose
    from app.voice import Cleared
    from app.workbench import Workbench
    from ui.frame.page import Frame

_MIN_FIELD_HEIGHT, _MAX_SHARE_OF_PANE = 72, 0.4
_OUTER_MARGINS, _BOX_MARGIN, _BOX_SPACING = (16, 0, 16, 16), 12, 8
_WITH_HINT = 1.125  # times the height without one: a hint and three lines of words are then in sight at 1280 x 800
_LEAST_LINES = 3  # of the draft, in sight however little the composer's share of the height is


class Sender(Protocol):
    """Sends a cleared draft."""

    def send(
        self,
        cleared: Cleared,
        *,
        then_done: bool,
        at: int | None = None,
        parts: int = 1,
        answers: int | None = None,
        addressing: Addressing | None = None,
        keep_held: bool = False,
        solved: str = "",
    ) -> None:
        """Submit it to the outbox, scheduled `at` that time (Unix seconds) if given, as a thread of `parts`.

        `answers` is the id of the message whose author receives it, `addressing` whom a letter goes to otherwise. A
        message that awaits approval is approved with it, unless `keep_held`. `solved` is how an unhappy or difficult
        conversation was solved.
        """

    def ask_solved(self, send: Callable[[bool, str], None]) -> None:
        """Ask how the open conversation was solved, and then `send`: whether it is done, and how it was solved."""


class Composer(QWidget):
    """Stays at the bottom of the conversation; grows with the draft up to two fifths of the pane's height."""

    left = Signal()
    """Esc was pressed in the field."""
    delayed = Signal()
    """The reply is to be sent later."""
    threaded = Signal()
    """The reply is to be sent as a thread."""

    def __init__(self, bench: Workbench, frame: Frame, sender: Sender, parent: QWidget | None = None) -> None:
        """Start empty, until `show_conversation`."""
        super().__init__(parent)
        self._bench, self._frame, self._sender = bench, frame, sender
        self._spread = FOLDED  # how much room the receivers' fields take
        self._room = 16_777_215, 16_777_215  # the most height in pixels, and what it takes of its own accord
        self._opened: Opened | None = None  # None also while the field's text is exchanged, which is not typing
        self.field = DraftField()
        self.head = Destination(bench)
        self.whom = Whom(bench, frame, self.head, self.field)
        self.words = Words(bench, frame, self.field, self.whom)
        self.manners = BeforeReply(bench, frame, self.field)
        self.draft = DraftKeeper(bench, self.field, self.words.language, self.whom)
        self.held, self.closed, self.closing = HeldNotice(bench), ClosedNotice(bench), ClosingNotice(bench)
        self.came_back, self.careful = CameBackNotice(bench), Careful(bench)
        self.answered, self.address = AnsweredNotice(bench, self._note_permission), AddressOffer(bench, frame)
        self.promising = Promising(bench, frame, self.words, self.draft, self.whom)
        self.second = SecondDraft(bench, frame, self.draft)
        self.files = OutgoingFilesRow(bench, frame, self._whose)
        self.words.templates.carry = self.files.take_template
        self.field.takes_files = True
        self.buttons = SendBar(frame, self.words.counter, self.words.earlier)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*_OUTER_MARGINS)
        box = FieldBox(self.field)
        outer.addWidget(box)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(box.column.spacing())
        self.inner = Fitted(inner, box)  # all but where it goes and the buttons, which are always in sight
        self.inner.beside = self.words.voice.strip  # why the words are underlined is read with them
        box.column.addWidget(self.head.target)
        box.column.addWidget(self.inner)
        self.head.add_chip(self.words.language)
        self.head.add_chip(self.words.templates.chip)
        self.whom.receiving.follows = self.words.language
        voice = self.words.voice
        for part in (
            self.manners.strip, self.head, self.words.spoken, self.whom.receiving, self.whom.hindrance, self.second,
            self.closed, self.closing, self.held, self.careful, self.came_back, self.answered, self.address,
            self.manners.question, self.whom.arrived, self.field, self.words.ending, self.files, voice.strip,
            voice.spelling.line, self.words.length,
        ):  # fmt: skip
            column.addWidget(part, int(part is self.field))
        box.column.addWidget(self.promising)
        box.column.addLayout(self.buttons)

    def _connect(self) -> None:
        voice = self.words.voice
        self.field.textChanged.connect(self._changed)
        self.field.left.connect(self._leave)
        self.draft.refused.connect(self._frame.fail)
        self._later = QTimer(self)  # the layouts within are done by then: what came or went has its height
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._fit)
        self.manners.fits.connect(self._fit_room)
        self.manners.spoken.connect(self._readdress)
        self.words.checked.connect(self.promising.look)
        self.words.checked.connect(self._fit_room)
        self.words.spoken.changed.connect(self._fit_room)
        voice.changed.connect(self._fit_room)  # also one found on a thread, after the check
        self.promising.changed.connect(self._fit_room)
        self.whom.hindered.connect(self._fit_room)
        voice.spelling.changed.connect(self._fit_room)
        self.words.length.threaded.connect(self.threaded)
        self.words.templates.chip.clicked.connect(self.ask_template)
        self.buttons.insert.clicked.connect(self.ask_template)
        self.buttons.later.clicked.connect(self.delayed)
        self.buttons.clip.clicked.connect(self.files.ask)
        self.field.files_brought.connect(self.files.take)
        self.files.changed.connect(self._fit_room)
        self._drop = DropTarget(self, self.files.take)
        self.head.addressed.connect(self.field.setAccessibleDescription)
        self.head.known.connect(self.words.limit.set_room)
        self.head.by_hand.connect(self.buttons.set_by_hand)
        self.head.planned.connect(self.words.ending.set_way)
        self.head.planned.connect(self.held.set_way)
        self.came_back.drafted.connect(self.tell_answer)
        self.came_back.told.connect(self._told)
        self.head.planned.connect(self._show_manners)
        self.head.planned.connect(self._show_closed)
        self.whom.receiving.spread.connect(self._make_room)

    # --- the conversation

    def show_conversation(self, opened: Opened) -> None:
        """Switch to a conversation and load its saved draft; the previous draft is saved first."""
        self.draft.save()
        shown, opened = opened, self.draft.with_unsaved(opened)
        self._opened = None
        self.manners.rest()
        self.words.show_conversation(opened)
        self.draft.show_conversation(shown)
        self._opened = opened
        self._show_files()
        self.second.show_conversation(opened)
        self.came_back.show_conversation(opened, brief=self._has_words())
        self.answered.show_conversation(opened)
        self.address.show_conversation(opened)
        self.careful.show_conversation(opened)
        self.whom.show_conversation(opened)
        self.promising.show_conversation(opened)
        self.words.check()

    def refresh(self, opened: Opened) -> None:
        """Update from the same conversation re-read: typed text stays; undoing a send restores its draft."""
        self._opened = opened
        self.words.refresh(opened)
        self.draft.refresh(opened)
        self.second.show_conversation(opened)
        self.came_back.show_conversation(opened, brief=self._has_words())
        self.answered.show_conversation(opened)
        self.address.show_conversation(opened)
        self.careful.show_conversation(opened)
        self._show_files()
        self.whom.refresh(opened)
        self.promising.refresh(opened)

    def shows(self, opened: Opened) -> bool:
        """Whether it shows just this: no longer once the draft was sent, even where that is undone before a re-read."""
        return self._opened == opened

    def _whose(self) -> Whose | None:
        """Which draft a file is added to."""
        from app.outbox import of_reply  # noqa: PLC0415  the first paint does without the outbox

        return of_reply(self._opened.row.id) if self._opened is not None else None

    def _show_files(self) -> None:
        """Show the draft's files, if it has any: most have none, and then the outbox is not loaded for it."""
        opened = self._opened
        if opened is None or not (opened.files or self.files.files):
            self.files.hide()
        self.files.set_kind(opened.row.kind if opened is not None else "")
        if opened is not None and (opened.files or self.files.files):
            self.files.show_files(self._whose(), opened.row.kind)

    def set_low(self, *, low: bool) -> None:
        """Show less around the words in a low pane."""
        self.head.set_low(low=low)
        self.words.ending.set_low(low=low)
        self.manners.strip.set_low(low=low)

    def set_room(self, pixels: int, share: int) -> None:
        """Take at most so much height: what is above the buttons scrolls where that is not enough.

        `share` is what it takes of its own accord, of the room of `pixels`; more only while receivers are typed, or the
        manners of the place are shown.
        """
        self._room = pixels, share
        self._fit_room()

    def _fit_room(self) -> None:
        pixels, share = self._room
        line = self.field.line_height()
        hinted = not self.words.voice.strip.isHidden()
        self.came_back.set_crowded(crowded=hinted)
        self.answered.set_crowded(crowded=hinted)
        self.address.set_crowded(crowded=hinted)
        around, chips = self._height_around(), self.promising.wanted()
        if chips and hinted:  # a finding and three lines of words come before the chips
            others = self.inner.wanted() - self.field.height()
            crowded = int(share * _WITH_HINT) < around + chips + _BOX_SPACING + others + _LEAST_LINES * line
            self.promising.set_crowded(crowded=crowded)
        else:
            self.promising.set_crowded(crowded=False)
        around += chips + _BOX_SPACING if chips and not self.promising.isHidden() else 0
        more = self._spread != FOLDED or self._is_to_be_dealt_with()
        share = int(share * _WITH_HINT) if hinted else share
        wanted = pixels if more else min(pixels, max(share, around + _LEAST_LINES * line))
        most = max(wanted - around, 2 * line)
        self.inner.set_most(most)
        self._fit()
        self._later.start()

    def _note_permission(self) -> None:
        self._frame.run("permission")

    def _has_words(self) -> bool:
        return bool(self.field.toPlainText().strip())

    def _is_to_be_dealt_with(self) -> bool:
        """Whether something is shown whole that is gone once it is read: a hindrance, manners unfolded or not alone."""
        strip, notices = self.manners.strip, (self.closed, self.closing, self.held, self.whom.arrived)
        alone = all(notice.isHidden() for notice in notices)
        told = (self.came_back, self.answered, self.address)
        if not all(notice.isHidden() for notice in told) and not self._has_words():
            return True
        return strip.takes_room() or not self.whom.hindrance.isHidden() or not (strip.isHidden() or alone)

    def _height_around(self) -> int:
        """The height in pixels of all that never scrolls but the chips: margins, where it goes, and the buttons.

        Summed up here, as layouts that hold others know of a changed part only once the event loop has run.
        """
        left, top, right, bottom = _OUTER_MARGINS
        wide = self.width() - left - right - 2 * _BOX_MARGIN
        target = self.head.target
        high = target.heightForWidth(wide) if target.hasHeightForWidth() and wide > 0 else target.sizeHint().height()
        return top + bottom + 2 * _BOX_MARGIN + high + self.buttons.minimumSize().height() + 2 * _BOX_SPACING

    def keep(self) -> None:
        """Save the draft, its language and its receivers, if they changed. Raises UserError if that fails."""
        self.draft.keep()

    def forget(self) -> None:
        """Let the conversation go without saving: its draft is in another one now."""
        self.draft.forget()
        self._opened = None

    def is_typing(self) -> bool:
        """Whether a reply is being typed: the field has the focus, or its text was changed since it was shown."""
        return self.field.hasFocus() or self.field.document().isUndoAvailable()

    def answer(self, message: int) -> None:
        """Address the reply to the author of that message."""
        self.whom.answer(message)

    def reply_to_all(self) -> bool:
        """Address the letter to all whom it answers; False if there is nobody else."""
        return self.whom.reply_to_all()

    def reply_to_list(self) -> bool:
        """Address the letter to its mailing list; False if it came through none."""
        return self.whom.reply_to_list()

    def prefer_receiver(self, member: int | None) -> None:
        """Address the reply to that member, unless a draft is already begun."""
        self.whom.prefer(member)

    def write(self) -> None:
        """Focus the field, with the cursor at the end."""
        self.words.write()
        self.manners.offer()

    def ask_template(self) -> None:
        """Open the template list at the cursor."""
        self.words.picker.ask()

    def insert(self, number: int) -> None:
        """Insert a template by its id."""
        self.words.insert(number)

    def tell_answer(self) -> None:
        """Begin the words that tell what a teammate answered."""
        from app.following import ANSWER  # noqa: PLC0415  loaded at first use

        if self.came_back.owed:
            self.write()
            self.insert(self._bench.following.template(ANSWER))

    def _told(self, handoff: int) -> None:
        """Note that the member was told in another way."""
        desk = self._bench.handoffs
        with undoable(self._frame, tr("{name} has been told.").format(name=text.name(desk.get(handoff).member))):
            desk.tell(handoff)

    def _show_manners(self, goes: Way | None) -> None:
        self.manners.show_way(self._opened, goes, self.whom.addressing.sender)

    def _show_closed(self, _goes: Way | None) -> None:
        if self._opened is not None:
            self.closed.show_conversation(self._opened)
            self.closing.show_conversation(self._opened)

    def _readdress(self) -> None:
        """Say anew where the reply goes: another of us speaks now."""
        if self._opened is not None:
            self.whom.refresh(self._opened)

    def _leave(self) -> None:
        """Esc in the field: the manners go first."""
        if not self.manners.dismiss():
            self.left.emit()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The handlers of the commands that concern the draft alone, by command id."""
        voice = self.words.voice
        return {
            "choose_receiver": self.whom.offer,
            "add_receivers": self.whom.add_receivers,
            "take_hint": voice.take,
            "insert_fact": self._ask_fact,
            "draft_language": self.words.take_language,
            **self.promising.handlers(),
            "next_hint": voice.next,
            "next_slip": lambda: next_slip(voice.spelling),
            **({"tell_answer": self.tell_answer} if self.came_back.owed else {}),
        }

    def _ask_fact(self) -> None:
        self.write()
        self.words.ask_fact()

    # --- typing

    def _changed(self) -> None:
        if self._opened is None:
            return
        self.draft.save_soon()
        self.came_back.set_brief(brief=self._has_words())
        self.inner.show_part(self.field)
        self.manners.typed()
        self._fit_room()
        self.words.typed()

    def _fit(self) -> None:
        """Fit the field's height to its text, between three lines and two fifths of the pane."""
        wanted = int(self.field.document().size().height()) + self.field.line_height() // 2
        holder = self.parentWidget()
        pane = holder.parentWidget() if holder is not None else None  # the parent is only as tall as the composer
        most = int((pane.height() if pane is not None else 600) * _MAX_SHARE_OF_PANE)
        strip = self.words.length
        most -= 0 if strip.isHidden() else strip.sizeHint().height()  # so that the messages stay in sight
        if self._spread == WHOLE:
            self.field.setFixedHeight(self.field.line_height())
            return
        others = self.inner.wanted() - self.field.height()  # what is beside the words: the audience, hints, files
        most = min(most, self.inner.most - others)  # the words scroll, so that all of these are in sight
        least = 2 * self.field.line_height() if self._spread == WRONG else fonts.px(_MIN_FIELD_HEIGHT)
        if not self.whom.hindrance.isHidden():  # it and the words are both in sight, also in a low window
            least = max(2 * self.field.line_height(), min(least, most))
        least = min(least, self.inner.most)  # the caret is then always in sight
        self.field.setFixedHeight(max(least, min(wanted, max(most, least))))

    def _make_room(self, spread: int) -> None:
        """Show one line of the words while receivers are typed, so that their fields have room in a low window."""
        self._spread = spread
        self._fit_room()
        self.words.ending.set_aside(aside=spread != FOLDED)
        self.head.set_aside(aside=spread != FOLDED)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Refit: the text wraps differently at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_room()

    # --- sending

    def parts(self) -> int:
        """The number of messages it would be sent as; above 1 if the draft is too long and the channel has threads."""
        return self.words.limit.count()

    def ready(self) -> bool:
        """Whether the draft can be scheduled; if not, show why.

        A draft too long for one message is fine if it can be sent as a thread.
        """
        if self._opened is None or not self.words.text():
            self._frame.fail(tr("Write something first."))
            self.write()
            return False
        return not self.whom.receiving.stops() and not self.words.limit.stops(thread=True)

    def send(self, *, then_done: bool, at: int | None = None, thread: bool = False, solved: str = "") -> None:
        """Clear the draft with the voice guide and send it, `at` a time (Unix UTC) if given; show what blocks it.

        One that would close an unhappy or difficult conversation asks first how it was `solved`, as Done does.
        """
        if self._opened is None or self.whom.receiving.stops() or self.words.limit.stops(thread=thread):
            return
        row = self._opened.row
        if then_done and not solved and (row.unhappy or row.hard) and self.words.text():
            self._sender.ask_solved(lambda done, how: self.send(then_done=done, at=at, thread=thread, solved=how))
            return
        from app.voice import Stopped  # noqa: PLC0415  11 ms of imports that the first paint does not wait for

        try:
            cleared = self.words.cleared()
        except Stopped as why:
            self.words.insist(why)
            return
        typed, parts = self.words.text(), self.parts() if thread else 1
        self.draft.keep()  # so that another draft that is there by now is kept beside it
        opened, self._opened = self._opened, None
        self.words.clear()
        self._opened = opened
        try:
            self._sender.send(
                cleared, then_done=then_done, at=at, parts=parts, answers=self.whom.answers,
                addressing=self.whom.addressing, keep_held=self.held.keeps, solved=solved,
            )  # fmt: skip
        except UserError as why:
            self.field.setPlainText(typed)
            self.write()
            self._frame.fail(str(why))
            return
        whose = self._whose()
        if whose is not None and whose.id == row.id:  # else the next conversation is open, and has its own receivers
            self._opened = opened._replace(draft="", answering=None)
            self.draft.sent()
            self.promising.sent()
            self.whom.sent()
            self.held.sent()
            self.came_back.sent()
            self.manners.sent()
