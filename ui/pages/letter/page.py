"""The page of a new message. It is kept as it is typed, and offered again until it is sent or discarded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.base.errors import UserError
from app.base.words import N_
from app.outbox import Destination, LetterDraft, of_letter
from app.promises import drafted_text
from ui.commands.in_use import keymap
from ui.commands.keys import make_form
from ui.frame.doing import undoable
from ui.frame.page import Page
from ui.frame.saving import saved_after
from ui.look import text
from ui.look.text import tr
from ui.pages.letter.careful import Careful
from ui.pages.letter.keeping import Keeping
from ui.pages.letter.named import addressed, entitle, name_parts
from ui.pages.letter.picking import languages_of, picked_for, put
from ui.pages.letter.promising import Promising
from ui.pages.letter.sent import say_sent
from ui.pages.letter.unfinished import UnfinishedRow, letter_title
from ui.pages.letter.whom import POST, Whom
from ui.shared.bringing import DropTarget
from ui.shared.draft_field import DraftField
from ui.shared.field_box import FieldBox
from ui.shared.language_chip import LanguageChip
from ui.shared.outgoing_files import OutgoingFilesRow
from ui.shared.room import LengthStrip, Limit
from ui.shared.template_picker import TemplatePicker
from ui.shared.voice_check import VoiceCheck
from ui.widgets.buttons import CommandButton, IconButton, LinkButton
from ui.widgets.labels import Label
from ui.widgets.panels import Scroll
from ui.widgets.scaled import scaled
from ui.widgets.timers import once_after

if TYPE_CHECKING:
    from app.outbox.files import Whose
    from app.store.changes import Changes
    from app.voice import Cleared

_MAX_WIDTH, _MIN_FIELD_HEIGHT = 760, 120
_SAVE_DELAY_MS, _CHECK_DELAY_MS, _MAX_ENDING_LINES = 400, 250, 14
_TABLES = ("letter_draft", "outgoing_file", "account", "identity", "member", "signature", "promise")


class LetterPage(Page):
    """Writes one draft at a time. Targets: "new"; "post"; ("draft", id); ("member", id); ("forward", message id)."""

    id: ClassVar[str] = "letter"
    title: ClassVar[str] = N_("New message")
    icon: ClassVar[str] = "square-pen"

    def build(self) -> None:
        """Build the form; a draft is shown by `open`."""
        self.draft, self._goes = LetterDraft(), Destination("", 0)
        self._begun, self._keeping = LetterDraft(), Keeping(self.bench, self.frame)
        self._used: tuple[int, str] | None = None
        self._said_no_subject = self._filling = False
        self.heading, self.reply_there = Label("", "title"), LinkButton("")
        self.unfinished, read_by = UnfinishedRow(self.bench), self.bench.letters.read_by
        self.whom, self.careful = Whom(self.bench), Careful(self.bench)
        self.subject, self.field, self.language = QLineEdit(), DraftField(), LanguageChip()
        self.field.takes_files = True
        self.ending = Label("", "meta", "text3", wrap=True)
        self.files = OutgoingFilesRow(self.bench, self.frame, self._begin_files)
        self.voice = VoiceCheck(self.bench, self.field, self.language, lambda words: read_by(words, self._written()))
        self.picker = TemplatePicker(
            self.bench, self.field, lambda number: picked_for(self, number), lambda: languages_of(self)
        )
        self.promising = Promising(self.bench, self.frame, self._written, self.keep)
        self.counter, self.too_long = Label("", "meta", "text2"), LengthStrip()
        self.limit = Limit(self.field, self.counter, self.too_long)
        self._save_timer = saved_after(self.frame, _SAVE_DELAY_MS, self.keep, self)
        self._check_timer = once_after(_CHECK_DELAY_MS, self._check, self)
        self._lay_out()
        self._connect()
        make_form(self)

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        scroll = Scroll((20, 14, 20, 8), 10)
        outer.addWidget(scroll, 1)
        sheet, foot = QWidget(), QWidget()
        for inner, into in ((sheet, scroll.column), (foot, outer)):
            scaled(inner, max_width=_MAX_WIDTH)
            centred = QHBoxLayout()
            centred.addStretch(1)
            centred.addWidget(inner, 1000)
            centred.addStretch(1)
            into.addLayout(centred)
        under = QVBoxLayout(foot)  # always in sight, however much there is above
        under.setContentsMargins(0, 0, 0, 0)
        under.setSpacing(0)
        self.promising.setContentsMargins(20, 4, 20, 4)
        under.addWidget(self.promising)
        under.addLayout(self._bar())
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._head())
        for widget in (self.unfinished, self.reply_there, self.careful, self.whom, self.subject):
            column.addWidget(widget)
        box = FieldBox(self.field)
        box.column.addWidget(self.field, 1)
        for part in (self.ending, self.files, self.too_long, self.voice.strip, self.voice.spelling.line):
            box.column.addWidget(part)
        column.addWidget(box, 1)
        scaled(self.field, min_height=_MIN_FIELD_HEIGHT)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.heading)
        row.addStretch(1)
        self.discard = IconButton("trash-2", tr("Discard this message"))
        self.close_button = IconButton("x", tr("Close; what you wrote is kept (Esc)"))
        row.addWidget(self.discard)
        row.addWidget(self.close_button)
        return row

    def _bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(20, 4, 20, 14)
        row.setSpacing(4)
        self.insert = IconButton("quote", tr("Insert a template"))
        self.clip = IconButton("paperclip", tr("Attach files"))
        self.later = IconButton("calendar-clock", tr("Send later"))
        for button, command_id in ((self.insert, "insert_template"), (self.clip, "attach"), (self.later, "send_later")):
            button.follow(command_id)
        self.sending = CommandButton("send_letter", self.frame, kind="primary", height=32)
        row.addStretch(1)
        for widget in (self.counter, self.language, self.insert, self.clip, self.later, self.sending):
            row.addWidget(widget)
        return row

    def _connect(self) -> None:
        self.whom.changed.connect(self._receivers_changed)
        self.whom.readdressed.connect(self._readdressed)
        self.whom.turned.connect(self._turned)
        self.whom.venue.failed.connect(self.frame.fail)
        self.too_long.threaded.connect(self._send_thread)
        self.whom.entered.connect(self._to_words)
        self.whom.left.connect(self._leave)
        self.subject.textEdited.connect(self._typed)
        self.subject.returnPressed.connect(self.field.setFocus)
        self.field.textChanged.connect(self._typed)
        self.field.left.connect(self._leave)
        self.field.files_brought.connect(self.files.take)
        self.language.changed.connect(self._language_changed)
        self.voice.replaced.connect(self._check)
        self.picker.taken.connect(self._insert)
        self.unfinished.chosen.connect(self._open_draft)
        self.reply_there.clicked.connect(self._reply_there)
        self.discard.clicked.connect(self._discard)
        self.close_button.clicked.connect(self._leave)
        self.insert.clicked.connect(self.picker.ask)
        self.clip.clicked.connect(self.files.ask)
        self.later.clicked.connect(self._send_later)
        self._drop = DropTarget(self, self.files.take)

    # --- Page

    def open(self, target: object) -> None:
        """Show a draft, or begin one. What was being written is kept."""
        self.keep()
        letters = self.bench.letters
        match target:
            case ("draft", int(number)):
                self._show(letters.get(number))
            case ("member", int(number)):
                self._show(letters.to_member(number))
            case ("forward", int(number)):
                self._show(letters.forward_of(number))
            case "post":
                self._begin(letters.new_post)
            case _:
                self._begin(letters.new)

    def _begin(self, new: Callable[[], LetterDraft]) -> None:
        """Begin a draft; where no account can send such, leave the page and say so."""
        try:
            self._show(new())
        except UserError:
            self.frame.leave()
            raise

    def activate(self) -> None:
        """Focus what is missing first: a receiver or a post's place, the subject, or the words."""
        if not any(box.address for box in self.draft.receivers):
            self.whom.focus_first()
        elif not self.subject.isHidden() and not self.subject.text():
            self.subject.setFocus()
        else:
            self.field.setFocus()
            self.field.move_to_end()

    def in_hand(self) -> Sequence[QWidget]:
        """All of it."""
        return (self,)

    def panes(self) -> Sequence[QWidget]:
        """The words, and the button that sends them."""
        return (self.field, self.sending)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The commands of this page."""
        return {
            "back": self._leave, "send_letter": self._send, "send_later": self._send_later, "attach": self.files.ask,
            "send_thread": self._send_thread, "cool_off": self._cool_off,
            "insert_template": self.picker.ask, "insert_fact": self._ask_fact,
            "take_hint": self.voice.take, "next_hint": self.voice.next,
            "add_receivers": self.whom.focus_first, "next_slip": self.voice.spelling.next, **self.promising.handlers(),
        }  # fmt: skip

    def _ask_fact(self) -> None:
        from ui.shared.fact_menu import FactMenu  # noqa: PLC0415  loaded at first use

        FactMenu(self.frame, self.field, self.language, lambda: None).ask()

    def refresh(self, changes: Changes) -> None:
        """Show files, a post's places, and what another program wrote, as they are now; typed words stay."""
        if changes.touches(*_TABLES) and self.isVisible():
            there = None if self.field.hasFocus() else self._keeping.elsewhere(self._written())
            if there is not None:
                self._show(there)
            self._show_files()
            self.promising.look()
            if self._goes.post and changes.touches("account"):  # a check may have brought other places
                self.draft = self._written()
                self._show_destination()

    def closing(self) -> None:
        """Keep the draft, and stop the timers: they would read a closed file."""
        self._check_timer.stop()
        self.keep()

    def keep(self) -> None:
        """Save what is written; a blank draft is not kept."""
        self._save_timer.stop()
        written = self._written()
        if not self._filling and (self.draft.id or not self.bench.letters.is_blank(written, self._begun)):
            self.draft = self._keeping.save(written, self._begun)

    # --- the draft

    def _show(self, draft: LetterDraft) -> None:
        self._filling = True
        self.draft, self._used = draft, None
        self._keeping.begin(draft)
        self.promising.show_draft(draft)
        self._begun, self._said_no_subject = LetterDraft() if draft.id else draft, False
        entitle(self, self.heading, letter_title(draft))
        self.subject.setText(draft.subject)
        self.field.setPlainText(draft.text)
        self.language.set_language(draft.language)
        self.voice.forget()
        self._filling = False
        self._show_destination()
        self._show_files()
        fresh = not draft.id and draft.member_id is None
        self.unfinished.show_drafts(self.bench.letters.drafts() if fresh else (), draft.id)
        self._show_reply_there()
        self._check()

    def _show_destination(self) -> None:
        self._goes = self.bench.letters.destination(self.draft)
        self.whom.show_draft(self.draft, self._goes)
        self.careful.show_draft(self.draft)
        self.subject.setVisible(self._goes.titles)
        name_parts(self._goes, self.subject, self.field, self.sending, self.discard)
        ending = self.bench.letters.ending(self.draft)
        lines = ending.splitlines()
        shown = lines[:_MAX_ENDING_LINES] + (["…"] if len(lines) > _MAX_ENDING_LINES else [])
        self.ending.setText("\n".join(text.breakable(text.embed(line)) for line in shown))
        self.ending.setVisible(bool(ending))

    def _show_reply_there(self) -> None:
        """Offer to reply in the latest private conversation with the member instead, if there is one."""
        member, number = self.draft.member_id, None
        if member is not None and self.draft.linked_id is None and self.draft.forwards_id is None:
            number = self.bench.letters.latest_private(member)
        self._reply_in = number
        self.reply_there.setVisible(number is not None)
        if number is not None:
            title = self.bench.inbox.row(number).title
            self.reply_there.set_title(tr("Reply in “{title}” instead").format(title=text.plain(title)[:60]))

    def _show_files(self) -> None:
        self.files.show_files(of_letter(self.draft.id) if self.draft.id else None, self._goes.kind)

    def _begin_files(self) -> Whose | None:
        self.draft = self._keeping.save_blank_too(self._written())
        return of_letter(self.draft.id)

    def _written(self) -> LetterDraft:
        """The draft with what stands in the fields by now."""
        draft = self.draft._replace(
            subject=self.subject.text(), text=self.field.toPlainText(), language=self.language.code,
            template_id=self._used[0] if self._used else self.draft.template_id,
            promise=drafted_text(self.promising.drafted),
        )  # fmt: skip
        return self.whom.value(draft, by_mail=self._goes.by_mail)

    def _typed(self) -> None:
        if not self._filling:
            self._save_timer.start()
            self._check_timer.start()
            self.limit.typed()

    def _check(self) -> None:
        self.voice.look()
        self.promising.look()
        self.limit.set_room(self.bench.letters.room(self.draft))

    def _receivers_changed(self) -> None:
        self.draft = self._written()
        self._show_destination()
        self._show_files()
        entitle(self, self.heading, letter_title(self.draft))
        self._typed()

    def _turned(self, what: str) -> None:
        """Make a post of the words, or a message to somebody, as the person says."""
        written, letters = self._written(), self.bench.letters
        try:
            turned = letters.as_post(written) if what == POST else letters.as_message(written)
        except UserError as why:
            self.frame.fail(str(why))
            self._show_destination()
            return
        self._readdressed(turned)
        entitle(self, self.heading, letter_title(self.draft))
        self.whom.focus_first()

    def _readdressed(self, draft: LetterDraft) -> None:
        written = self._written()
        self.draft = written._replace(
            account_id=draft.account_id, receivers=draft.receivers, sender=draft.sender, member_id=draft.member_id,
            together=draft.together,
        )  # fmt: skip
        self._show_destination()
        self._show_files()
        self._check()
        self._typed()

    def _language_changed(self) -> None:
        self.draft = self.draft._replace(language=self.language.code)
        self._show_destination()
        self._check()
        self._typed()

    def _insert(self, number: str) -> None:
        """Insert a template, in the member's language."""
        picked = picked_for(self, int(number))
        if picked is None:
            if self.language.choose(self.bench.templates.get(int(number)).languages):
                self._insert(number)
            return
        self._used = (picked.template.id, picked.text.variant)
        put(self, picked)
        self._check()

    def _to_words(self) -> None:
        (self.subject if not self.subject.isHidden() and not self.subject.text() else self.field).setFocus()

    def _open_draft(self, number: int) -> None:
        self.open(("draft", number))
        self.activate()

    def _reply_there(self) -> None:
        if self._reply_in is not None:
            self.frame.go("inbox", ("answer", self._reply_in, self.draft.member_id))
            self.frame.run("reply")

    # --- leaving and sending

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves, in fields too that have no use for it."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        self.keep()
        kept = bool(self.draft.id)
        self._show(LetterDraft())
        self.frame.leave()
        if kept:
            self.frame.toast(tr("Kept. Press {key} to go on with it.").format(key=keymap().name("new_message")))

    def _discard(self) -> None:
        self.keep()
        number = self.draft.id
        to = addressed(self.bench, number)
        self._show(LetterDraft())
        self.frame.leave()
        if number:
            with undoable(self.frame, tr("Draft to {name} discarded.").format(name=to)):
                self.bench.letters.delete(number)

    def _send_later(self) -> None:
        from ui.pages.letter.later import choose_time  # noqa: PLC0415  rarely needed

        if self._is_ready():
            choose_time(self.frame, self.later, self._send)

    def _is_ready(self) -> bool:
        """Whether it can be sent as it is; if not, say why and focus what is wrong."""
        self.whom.settle()
        if self.whom.problem():
            self.whom.fields.go_to_problem()
            return False
        self.draft = self._written()
        self._show_destination()
        problem = self._goes.problem or self.files.problem()
        if problem:
            self.frame.fail(problem)
            if self._goes.problem:
                self.whom.focus_first()
            return False
        question = self.careful.question(self.draft)
        if question:
            self.frame.fail(question)
            return False
        needed = self._goes.titles and (self._goes.by_mail or self._goes.post)
        if needed and not self.draft.subject.strip() and not self._said_no_subject:
            self._said_no_subject = True
            self.subject.setFocus()
            words = tr("There's no subject. Send again to send it without one.")
            if self._goes.post:
                words = tr("There's no title. Send again to use the first words as one.")
            self.frame.fail(words)
            return False
        return True

    def _cool_off(self) -> None:
        from app.cooling import BY_CHOICE  # noqa: PLC0415  it knows the outbox

        self._send(BY_CHOICE)

    def _send_thread(self) -> None:
        self._send(thread=True)

    def _send(self, at: int | None = None, *, thread: bool = False) -> None:
        """Clear the words with the voice guide and send them, `at` a time (Unix seconds) if given.

        With `thread` a post that is too long goes out in parts.
        """
        if not self._is_ready() or self.limit.stops(thread=thread):
            return
        cleared = self._cleared()
        if cleared is None:
            return
        self.keep()
        by_hand = self._goes.by_hand  # not held for Undo: posting starts at once, unless it is scheduled
        hold = 0 if by_hand else self.bench.settings.number("hold_seconds")
        try:
            numbers = self.bench.cooling.letter(cleared, self.draft, hold_seconds=hold, at=at, thread=thread)
        except UserError as why:
            self.frame.fail(str(why))
            return
        number = self.draft.id
        self._show(LetterDraft())
        self.frame.leave()
        sent = self.bench.outbox.get(numbers[0])
        at = sent.held_until if sent.cools else at
        if by_hand and at is None:
            self.frame.post(numbers[0])
        else:
            say_sent(self.frame, numbers, number, hold=hold, at=at)

    def _cleared(self) -> Cleared | None:
        """The words, cleared by the voice guide; None if they may not be sent like this, which is shown."""
        from app.voice import Draft, Stopped  # noqa: PLC0415  the check is loaded when it is needed

        template, variant = self._used or (self.draft.template_id, "")
        draft = Draft(self.field.toPlainText().strip(), self.language.code, template, variant)
        try:
            known, wordless = self.voice.read_by(draft), self.draft.forwards_id is not None
            return self.bench.voice.clear(known, reason=self.voice.reason(), wordless=wordless)
        except Stopped as why:
            self._check()
            if why.findings:
                self.voice.insist(why)
            else:
                self.frame.fail(str(why))
                self.field.setFocus()
            return None
