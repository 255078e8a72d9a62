"""The inbox page: list, conversation, member card, composer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from app.base import clock, ids
from app.base.errors import UserError
from app.base.words import N_
from app.calendar.choices import OWN
from app.inbox import Opened
from app.inbox.desk import EVERY, LATEST
from ui.frame.doing import TakeBack, undoable
from ui.frame.links import open_address
from ui.frame.listed import Listed
from ui.frame.page import Page
from ui.look import fonts, text
from ui.look.text import tr
from ui.look.theme import theme
from ui.pages.inbox.about import about
from ui.pages.inbox.acting import Acting
from ui.pages.inbox.adding import Adding
from ui.pages.inbox.answering import Answering
from ui.pages.inbox.between import Between
from ui.pages.inbox.card import MemberCard
from ui.pages.inbox.carding import Carding
from ui.pages.inbox.conversations import ConversationList
from ui.pages.inbox.deciding import Deciding
from ui.pages.inbox.drawer import Drawer, ListWidth
from ui.pages.inbox.hit_marks import HitMarks
from ui.pages.inbox.joining import Joining
from ui.pages.inbox.kindness import Kindness
from ui.pages.inbox.leading import Leading
from ui.pages.inbox.moving import Moving
from ui.pages.inbox.onward import Onward
from ui.pages.inbox.reading import Reading
from ui.pages.inbox.saving_files import SavingFiles
from ui.pages.inbox.talk import Talk
from ui.pages.inbox.timing import Timing
from ui.pages.inbox.viewing import Viewing
from ui.widgets.scaled import scaled

if TYPE_CHECKING:
    from app.store.changes import Changes
    from ui.pages.inbox.composer import Composer
    from ui.shared.act import Act
    from ui.shared.row_marks import Marks
    from ui.widgets.strip import Strip

_ONE_PANE_WIDTH = 690
"""The page's width in pixels below which only one pane fits; scaled with the text size."""
_MINUTE_MS = 60_000
_TABLES = (
    "conversation", "message", "outbox", "moderation", "handoff", "gift", "promise", "member", "identity", "label",
    "conversation_label", "draft_beside", "conversation_link", "known_name", "letter_draft", "outgoing_file",
    "account", "block", "passed_on", "work", "help",
)  # fmt: skip
MENU = (
    ("unhappy", "hard", "kind_word", "labels", "edit_labels", "note", "write_down"),
    ("join", "part", "link", "unlink", "not_passed_on"),
    ("correct", "withdraw", "moderate", "solution", "helped", "raise_quarrel", "moderation_log"),
    ("react", "react_with", "forward", "to_private", "write_member"),
    ("quotations", "left_out", "save_original", "save_file", "pictures"),
    ("manners",),
    ("whole_post", "beside", "all_from", "card"),
    ("save_view", "edit_views"),
)


class InboxPage(Page):
    """All conversations, and replying to them."""

    id: ClassVar[str] = "inbox"
    title: ClassVar[str] = N_("Inbox")
    icon: ClassVar[str] = "inbox"

    def build(self) -> None:
        """Build the three panes."""
        # Each pane gets its final parent at once: reparenting a finished one would polish all its widgets again.
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.moving, self.deciding, self.adding = Moving(self), Deciding(self), Adding(self)
        self.viewing = Viewing(self)
        self.answering, self.joining = Answering(self), Joining(self)
        self.leading, self.kindness, self.timing = Leading(self), Kindness(self), Timing(self, self)
        self.onward, self.reading, self.saving_files = Onward(self), Reading(self), SavingFiles(self)
        self.acting, self.between = Acting(self, self.answering, self.onward), Between(self)
        self.list = ConversationList(self.bench, self.frame, self.split)
        self.talk = Talk(self.bench, self.frame, self.answering, self.split)
        self.card = MemberCard(self)
        self.carding = Carding(self.bench, self.card, self.talk.story)
        self.hit_marks = HitMarks(self.talk, self.list.searching)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        scaled(self.list, min_width=260)
        self.split.addWidget(self.list)
        self.split.addWidget(self.talk)
        self.split.setStretchFactor(1, 1)
        row.addWidget(self.split, 1)
        self.drawer = Drawer(self, row, self.card)
        self._list_width = ListWidth(self.split, self.frame.memory)
        self._connect()
        self._show(self.list.current_id())

    def _connect(self) -> None:
        composer, story, card = self.composer, self.talk.story, self.card
        self.list.chosen.connect(self._chosen)
        self.list.rows.doubleClicked.connect(self.answering.reply)
        self.list.rows.menu_asked.connect(self.deciding.ask_menu)
        self.talk.more.connect(self._open_menu)
        self.talk.link.connect(open_address)
        self.talk.private.connect(self.moving.go_private)
        self.talk.beside.connect(self.moving.beside)
        self.talk.links.chosen.connect(self.open)
        story.file.connect(self.saving_files.save)
        story.returned.connect(self.saving_files.read_back)
        story.files.offer_reading_back(self.saving_files.came_back)
        story.acted.connect(self.acting.act)
        story.asked.connect(self.acting.menu)
        story.earlier.connect(self.leading.show_earlier)
        self.talk.so_far.chosen.connect(self.leading.to)
        self.talk.between.pressed.connect(self.between.press)
        self.talk.rules.template.connect(self.answering.use_template)
        self.talk.rules.teammate.connect(self.adding.hand_off_to)
        composer.left.connect(self.list.focus_rows)
        composer.closed.acted.connect(self.acting.act)
        composer.delayed.connect(self.answering.send_later)
        composer.threaded.connect(self.answering.send_thread)
        card.conversation.connect(self.moving.open_conversation)
        card.member.connect(self.moving.open_member)
        card.kept.connect(self._keep_promise)
        card.dropped.connect(self.adding.drop_promise)
        card.noted.connect(self._keep_note)
        card.writing.connect(self.moving.write_member)
        card.undone.connect(self._undo_moderation)
        theme().changed.connect(self.arrange)  # the text size may have changed
        self._minute_timer = QTimer(self)
        self._minute_timer.setInterval(_MINUTE_MS)
        self._minute_timer.timeout.connect(self.list.tick)
        self._minute_timer.start()
        self._read_timer = QTimer(self)
        self._read_timer.setSingleShot(True)
        self._read_timer.setInterval(800)
        self._read_timer.timeout.connect(self._mark_read)

    # --- Page

    def panes(self) -> Sequence[QWidget]:
        """List, conversation, composer and card, in the order of F6."""
        return (self.list.rows, self.talk.story, self.composer.field, self.card)

    def in_hand(self) -> Sequence[QWidget]:
        """The composer, or the strip in its place: a toast stands above it; where only the list is shown, all of it."""
        return (self.talk.below,) if self.talk.below.isVisible() else (self,)

    def make_room(self, height: int) -> None:
        """Let the messages end above a toast that stands on the composer."""
        self.talk.make_room(height)

    def activate(self) -> None:
        """Apply changed settings and focus the list."""
        self.list.settle()
        self.list.focus_rows()

    def open(self, target: object) -> None:
        """Show a conversation by its id, whether or not it is in the current list.

        ("search", words) searches instead; ("shelf", state) lists the conversations in a state; ("answer",
        conversation, member) opens it to reply to that member; ("message", id)
        leads to that message; ("snooze", conversation) asks until which date; ("correct", conversation, message,
        words) goes on with the correction of a message of ours.
        """
        match target:
            case ("search", str(words)):
                self.list.search_for(words)
            case ("shelf", str(state)):
                self.viewing.shelf(state)
            case ("message", int(message)):
                self.open(self.bench.inbox.conversation_of(message))
                self.leading.to_message(message)
            case ("snooze", conversation):
                self.open(conversation)
                self.deciding.snoozed(OWN)
            case ("answer", conversation, int() | None as member):
                self.open(conversation)
                if self.opened is not None and self.opened.row.id == conversation:
                    self._show(conversation, again=True)  # its draft may have been begun on another page
                self.composer.prefer_receiver(member)
            case ("correct", int(conversation), int(message), str(words)):
                self.open(conversation)
                self.acting.changing.ask("correct", message, words)
            case _:
                self._open(int(str(target)))

    def _open(self, number: int) -> None:
        if not self.list.select_id(number) and not self.list.catch_up(number):
            self._show(number)
            self.list.open_outside(number)
        if not self.list.filter.takes(number):  # its row goes with the next refresh; what was asked for stays
            self.list.keep_open(number)

    def show_again(self, conversations: Sequence[int]) -> None:
        """Open one of these conversations, unless a reply or a form is being filled in: then nothing moves.

        It stays open even if it is not in the list; of several, the open one stays, else the first is opened.
        """
        if self.composer.is_typing() or self.talk.strip is not None:
            return
        here = self.opened.row.id if self.opened is not None else None
        known = [row.id for row in self.bench.inbox.rows(list(conversations))]
        if not known:
            return
        number = here if here in known else next(number for number in conversations if number in known)
        if not self.list.select_id(number, keep=True) and not self.list.catch_up(number):
            self._show(number)
            self.list.open_outside(number)
        if not self.list.filter.takes(number):  # its row goes with the next refresh
            self.list.keep_open(number)
        self.list.focus_rows()

    def refresh(self, changes: Changes) -> None:
        """Reload the list and the open conversation."""
        self.timing.changed(changes)
        self.list.model.forget(changes.within("draft"))  # of which one is saved at each pause in typing
        if self.opened is not None and changes.touches("quarrel", "quarrel_side", "introduction"):
            self.talk.between.show_conversation(self.opened.row.id, self.opened.row.member_id)
        if not changes.touches(*_TABLES):
            return
        self.carding.changed()
        if self.opened is not None and changes.touches("conversation"):
            number = self.opened.row.id
            here = self.bench.inbox.current(number)
            if here != number:  # before its row goes from the list, which would open the next one
                self._show_joined(number, here)
        before = self.opened.row.id if self.opened is not None else None
        self.list.refresh(changes)
        if self.opened is not None and self.opened.row.id == before:  # else it was opened, and read, just now
            self._show(self.opened.row.id, again=True)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The command handlers available now; most need an open conversation."""
        always = (
            self.moving.always()
            | self.viewing.always()
            | {
                "back": self._back,
                "card": self.drawer.toggle,
                "write_down": self.adding.write_down,
            }
        )
        if self.opened is None:
            return always
        parts = (
            self.moving, self.answering, self.onward, self.adding, self.acting, self.deciding, self.joining,
            self.reading, self.saving_files, self.leading, self.kindness, self.between,
        )  # fmt: skip
        handlers = always | {key: do for part in parts for key, do in part.handlers().items()}
        return handlers | self.deciding.refusals()

    def listed(self) -> Listed:
        """The conversations of the list."""
        return Listed("conversations", self.list.model.numbers, self.list.title())

    def chosen_sheet(self) -> tuple[str, int] | None:
        """The open conversation."""
        return ("conversation", self.opened.row.id) if self.opened is not None else None

    def closing(self) -> None:
        """Save the draft and the note, and stop the timers: they would read a closed file."""
        self._read_timer.stop()
        self._minute_timer.stop()
        self.carding.leave()
        self.list.searching.pause()
        self.reading.leave()
        self.kindness.leave()
        self.talk.rules.leave()
        try:
            self.keep()
        finally:
            self.timing.close()

    def keep(self) -> None:
        """Save the draft and the note. Raises UserError if one can't be saved."""
        self.card.keep_note()
        self.composer.keep()
        for member, words in list(self.card.unsaved.items()):
            self.bench.members.edit(member, {"note": words})
            del self.card.unsaved[member]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rearrange: when narrow the card is a drawer; narrower still, only one pane fits."""
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Show the panes that fit the width: all of them, or only the one that has the focus."""
        wide = self.width()
        self.drawer.arrange()
        one_pane = wide < fonts.px(_ONE_PANE_WIDTH)
        self.talk.setMinimumWidth(0 if one_pane else fonts.px(420))
        reading = self.talk.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        self.list.setVisible(not one_pane or not reading)
        self.talk.setVisible(not one_pane or reading)
        if not one_pane:
            self._list_width.arrange(self.width())  # which showing the card may have changed

    # --- the open conversation

    def _chosen(self, number: str) -> None:
        self._show(int(number) if number else None)

    def _show(self, number: int | None, *, again: bool = False) -> None:
        if number is None:
            self.timing.opened(None)
            self.talk.nothing()
            self.carding.show(None, at_once=True)
            return
        now = clock.now()
        opened = self.bench.inbox.open(number, EVERY if number == self.talk.whole else LATEST)
        if opened.row.id != number:
            self._show_joined(number, opened.row.id)
            return
        self.timing.opened(opened.row)
        self.moving.remember_waiting(opened)
        self.talk.show_conversation(opened, now)
        self.carding.show(opened.row.member_id, at_once=again)
        if not again:
            self._read_timer.start()

    def _show_joined(self, number: int, other: int) -> None:
        """Say that a conversation was joined into another, and show that; what is being typed goes along."""
        if self.opened is not None and self.opened.row.id == number:
            self.composer.draft.save()
            self.talk.forget()
        name, whole = (ids.display(ids.CONVERSATION, conversation) for conversation in (number, other))
        self.frame.toast(tr("{id} was joined into {other}.").format(id=name, other=whole))
        self.open(other)

    def _mark_read(self) -> None:
        """Mark the conversation as read, once it has been shown for long enough."""
        opened = self.talk.opened
        if opened is not None and opened.row.unread and self.isVisible() and self.window().isActiveWindow():
            with suppress(UserError):  # the person asked for nothing: it stays unread
                self.bench.inbox.seen(opened.row.id)

    # --- Pane

    @property
    def marks(self) -> Marks:
        """The marked conversations of the list."""
        return self.list.marks

    @property
    def composer(self) -> Composer:
        """The composer of the open conversation."""
        return self.talk.composer

    @property
    def opened(self) -> Opened | None:
        """The open conversation, or None."""
        return self.talk.opened

    def here(self) -> Opened:
        """The open conversation, for commands that are only available with one open."""
        opened = self.opened
        assert opened is not None  # noqa: S101  handlers() offers these commands only with a conversation open
        return opened

    def act(self, act: Act) -> None:
        """Carry out what was clicked under a message or chosen in its menu."""
        self.acting.act(act)

    def mark_help(self, message: int) -> None:
        """Mark a message as help, or take the mark off."""
        self.between.mark_help(message)

    def part(self, message: int) -> None:
        """Ask whether to part a letter from the open conversation."""
        self.joining.part(message)

    def read_as(self, message: int, charset: str) -> None:
        """Read a letter in another character set."""
        self.reading.read_as(message, charset)

    def save_original(self, message: int) -> None:
        """Ask where to save a letter as it came."""
        self.reading.save_original(message)

    def show_strip(self, strip: Strip) -> None:
        """Show a strip in the composer's place and focus its first field; an open one of the same goes on instead."""
        if self.talk.strip is not None and self.talk.strip.answers(strip):
            strip.deleteLater()
            self.talk.strip.resume()
            return
        strip.finished.connect(self._strip_finished)
        self.talk.show_strip(strip)
        first = next(
            (child for child in strip.findChildren(QWidget) if child.focusPolicy() & Qt.FocusPolicy.ClickFocus), strip
        )
        first.setFocus()
        strip.start()
        self.arrange()  # where one pane fits, it is this one now

    def close_strip(self) -> None:
        """Close the strip; the composer is back."""
        self.talk.close_strip()

    def _strip_finished(self, words: str) -> None:
        if words and self.talk.strip is not None:
            self.talk.strip.unsaved.saved()
        self.close_strip()
        self.list.focus_rows()
        if words:
            self._announce(words if words.endswith(".") else f"{words}.")

    def _announce(self, words: str) -> None:
        """Show a toast for the last action, with Undo."""
        action = self.bench.store.last_action
        self.frame.toast(words, TakeBack(self.frame, action) if action is not None else None)

    # --- the rest

    def _back(self) -> None:
        if self.talk.strip is not None:
            self.close_strip()
        elif self.composer.manners.dismiss() or (
            self.list.rows.hasFocus() and not self.marks.on and self.list.end_search()
        ):
            return
        elif self.list.rows.hasFocus():
            self.marks.clear()
        self.drawer.close()
        self.list.focus_rows()
        self.arrange()

    def _open_menu(self) -> None:
        from ui.palette.menus import command_menu  # noqa: PLC0415  loaded at first use

        menu = command_menu(self, MENU, self.handlers().__contains__, self.frame.run)
        menu.exec(self.talk.menu_corner())
        menu.deleteLater()

    def _undo_moderation(self, deed: int) -> None:
        self.acting.moderating.undo(deed)

    def _keep_promise(self, number: str) -> None:
        with undoable(self.frame, tr("Promise to {name} kept.").format(name=about([self.here().row]))):
            self.bench.promises.keep(int(number))

    def _keep_note(self, member: str, words: str) -> None:
        name = text.name(self.bench.members.get(int(member)).name)
        with undoable(self.frame, tr("Note on {name} saved.").format(name=name)):
            self.card.unsaved[int(member)] = words
            self.bench.members.edit(int(member), {"note": words})
            del self.card.unsaved[int(member)]
