"""The composer: where the answer goes, the words, what the voice guide says of them, and sending."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.base.errors import UserError
from app.inbox import Opened, Receiver
from ui.commands.table import by_id
from ui.look import fonts, text
from ui.look.text import tr
from ui.pages.inbox.destination import Destination
from ui.pages.inbox.hints import HintStrip
from ui.pages.inbox.room import LengthStrip, Limit
from ui.pages.inbox.whom import Whom
from ui.shared.draft_field import DraftField
from ui.widgets import paint
from ui.widgets.buttons import ActionButton, CommandButton, IconButton
from ui.widgets.labels import Label
from ui.widgets.panels import Panel

if TYPE_CHECKING:
    from app.voice import Cleared, Finding, Stopped
    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.pages.inbox.template_list import TemplateList

LANGUAGES = {"en": "English", "is": "Íslenska", "hu": "Magyar", "cs": "Čeština", "el": "Ελληνικά"}
_KEEP_MS, _CHECK_MS = 400, 250
_FIELD_HEIGHT, _PART_OF_PANE = 72, 0.4


class Sender(Protocol):
    """Whoever sends what has been cleared."""

    def send(
        self, cleared: Cleared, *, then_done: bool, at: int | None = None, parts: int = 1, answers: int | None = None
    ) -> None:
        """Hand it to the outbox: to go `at` that time (Unix seconds) if given, in so many parts of a thread.

        `answers` is the message to whose author it goes.
        """


class Composer(QWidget):
    """Always at the bottom of the conversation; grows with the words up to two fifths of the height."""

    left = Signal()

    def __init__(self, bench: Workbench, frame: Frame, sender: Sender, parent: QWidget | None = None) -> None:
        """Empty until `show_conversation`."""
        super().__init__(parent)
        self._bench, self._frame, self._sender = bench, frame, sender
        self._opened: Opened | None = None
        self._language = ""
        self._template: tuple[int, str] | None = None
        self._filled_for: Receiver | None = None
        self._findings: tuple[Finding, ...] = ()
        self._hint = 0
        self._own_slash = False
        self.field = DraftField()
        self.head = Destination(bench)
        self.whom = Whom(bench, frame, self.head, self.field)
        self.template = ActionButton(tr("Template"), "quote", kind="chip", height=24)
        self.language = ActionButton("", "languages", kind="chip", height=24)
        self.strip, self.length = HintStrip(), LengthStrip()
        self.counter = Label("", "meta", "text2")
        self.limit = Limit(self.field, self.counter, self.length)
        self.later = IconButton("calendar-clock", tr("Send later (Ctrl+L)"))
        self.sending = CommandButton("send_done", frame, kind="primary", height=32)
        self.keeping = CommandButton("send_keep", frame, title=tr("Send"), kind="plain", height=32)
        self._list: TemplateList | None = None
        self._lay_out()
        self._keeping = self._timer(_KEEP_MS, self.keep)
        self._checking = self._timer(_CHECK_MS, self.check)
        self._connect()

    def _timer(self, after: int, act: object) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(after)
        made.timeout.connect(act)
        return made

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 0, 16, 16)
        self._box = ComposerBox(self.field)
        outer.addWidget(self._box)
        column = self._box.column
        self.head.row.addWidget(self.template)
        self.head.row.addWidget(self.language)
        column.addWidget(self.head)
        column.addWidget(self.whom.hindrance)
        column.addWidget(self.whom.arrived)
        column.addWidget(self.field, 1)
        column.addWidget(self.strip)
        column.addWidget(self.length)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        insert = IconButton("quote", tr("Insert a template (Ctrl+T)"))
        insert.clicked.connect(self.ask_template)
        foot.addWidget(insert)
        foot.addWidget(self.counter)
        foot.addStretch(1)
        foot.addWidget(self.later)
        foot.addWidget(self.keeping)
        foot.addWidget(self.sending)
        column.addLayout(foot)
        self.strip.hide()

    def _connect(self) -> None:
        field = self.field
        field.textChanged.connect(self._changed)
        field.asked.connect(self._show_templates)
        field.dropped.connect(self._hide_templates)
        field.steered.connect(self._steer)
        field.left.connect(self.left)
        self.template.clicked.connect(self.ask_template)
        self.language.clicked.connect(self._choose_language)
        self.head.known.connect(self.limit.set_room)
        self.whom.changed.connect(self._readdressed)
        self.head.by_hand.connect(self._say_who_posts)
        self.strip.taken.connect(self.take_hint)
        self.strip.moved.connect(self.next_hint)

    # --- a conversation comes and goes

    def show_conversation(self, opened: Opened) -> None:
        """Put the composer before a conversation, with the draft that was left there."""
        self.keep()
        self._opened = None
        self._template = self._filled_for = None
        self.strip.clear_reason()
        self.field.setPlainText(opened.draft)
        self._opened = opened
        self._set_language(opened.row.language)
        self.whom.show_conversation(opened)
        self.template.hide()
        self.check()
        self._fit()

    def refresh(self, opened: Opened) -> None:
        """The same conversation, read again: the words being written stay; a sending taken back brings its own."""
        before, said = self._opened.draft if self._opened is not None else "", self.field.toPlainText()
        self._opened = opened
        if opened.draft and not before and not said:
            self.field.setPlainText(opened.draft)
            self.whom.show_conversation(opened)  # with whom they were written to
        elif before and not opened.draft and said == before:  # submitted again by redo
            self.field.setPlainText("")
        elif said.strip() and opened.draft not in ("", before, said):
            self._join(opened.draft, before, said)
        self.whom.refresh(opened)

    def _join(self, draft: str, before: str, said: str) -> None:
        """Words that came back by undo stand before what has been begun since (as `app.inbox` joins them)."""
        back = draft.removesuffix(f"\n\n{before}") if before else draft
        if back != draft or not before:
            self.field.setPlainText(f"{back}\n\n{said}")
            cursor = self.field.textCursor()
            cursor.movePosition(cursor.MoveOperation.End)
            self.field.setTextCursor(cursor)

    def _say_who_posts(self, mine: bool) -> None:  # noqa: FBT001  a signal's
        """The buttons say what they do: send, or hold the words ready for the person to post."""
        icon = "hand" if mine else "send"
        self.sending.set_title(tr("Copy, post & done") if mine else tr(by_id("send_done").title), icon)
        self.keeping.set_title(tr("Copy and post…") if mine else tr("Send"), icon)

    def _set_language(self, language: str) -> None:
        self._language = language
        self.language.set_title(LANGUAGES.get(language, language or tr("Language")))

    def keep(self) -> None:
        """Keep the draft with its conversation."""
        self._keeping.stop()
        said = self.field.toPlainText()
        if self._opened is None:
            return
        to = self.whom.choice.to if said else None  # others may write before the person comes back to it
        if (said, to) != (self._opened.draft, self._opened.answering):
            self._opened = self._opened._replace(draft=said, answering=to)
            self._bench.inbox.keep_draft(self._opened.row.id, said, self._language, to.message_id if to else None)

    def answer(self, message: int) -> None:
        """Let the reply go to the author of that message."""
        self.whom.answer(message)

    def prefer_receiver(self, member: int | None) -> None:
        """Let the reply go to that member, unless one is begun already."""
        self.whom.prefer(member)

    def offer_receivers(self) -> None:
        """The menu of everybody the reply can go to."""
        self.whom.offer()

    def _readdressed(self) -> None:
        """The reply goes to somebody else: what a template said to the one before may be wrong for them."""
        self.keep()
        to = self.whom.choice.to
        if self._filled_for is not None and to is not None and to.identity_id != self._filled_for.identity_id:
            before = text.name(self._filled_for.label)
            self._frame.toast(tr("The template was filled in for {name}: check the greeting.").format(name=before))

    def write(self) -> None:
        """Give the field the keys, at the end of what is there."""
        self.field.setFocus()
        cursor = self.field.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.field.setTextCursor(cursor)

    # --- typing

    def _changed(self) -> None:
        if self._opened is None:
            return
        self._keeping.start()
        self._checking.start()
        self._fit()
        self.limit.typed()

    def _fit(self) -> None:
        """As tall as the words, between three lines and two fifths of the pane."""
        wanted = int(self.field.document().size().height()) + self.field.line_height() // 2
        holder = self.parentWidget()
        pane = holder.parentWidget() if holder is not None else None  # the holder is as tall as we are
        most = int((pane.height() if pane is not None else 600) * _PART_OF_PANE)
        most -= 0 if self.length.isHidden() else self.length.sizeHint().height()  # what was said stays in sight
        self.field.setFixedHeight(max(fonts.px(_FIELD_HEIGHT), min(wanted, max(most, fonts.px(_FIELD_HEIGHT)))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other lines."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    # --- what the voice guide says

    def check(self) -> None:
        """Mark what the guide finds and show the worst."""
        self._checking.stop()
        said = self.field.toPlainText()
        self._findings = self._bench.voice.check(said, self._language) if said.strip() else ()
        self._hint = min(self._hint, max(0, len(self._findings) - 1))
        self.limit.look()
        self.field.mark(self._findings, tried=self.strip.tried)
        self._show_hint()
        self._fit()

    def _show_hint(self) -> None:
        if self._findings:
            self.strip.show_finding(self._findings[self._hint], self._hint + 1, len(self._findings))
        else:
            self.strip.hide()

    def next_hint(self) -> None:
        """Show the next hint and select its words."""
        if self._findings:
            self._hint = (self._hint + 1) % len(self._findings)
            self._show_hint()
            self.field.go_to(self._findings[self._hint])

    def take_hint(self) -> None:
        """Put the better wording in; a blank that is left is selected instead."""
        if not self._findings:
            return
        finding = self._findings[self._hint]
        if finding.instead:
            self.field.replace(finding.start, finding.end, finding.instead)
            self.check()
        else:
            self.field.go_to(finding)

    # --- templates

    def ask_template(self) -> None:
        """Open the list of templates at the caret: as if a slash had been typed, and the letters follow it."""
        self.field.setFocus()
        if self.field.slash() is None:
            self._own_slash = True
            self.field.type_slash()
        else:
            self._show_templates("")

    def _show_templates(self, letters: str) -> None:
        if self._list is None:
            from ui.pages.inbox.template_list import TemplateList  # noqa: PLC0415  at its first use

            self._list = TemplateList(self.window())
            self._list.taken.connect(self.insert)
        desk = self._bench.templates
        found = [desk.get(number) for number in desk.find(letters)]
        at = self.field.mapTo(self.window(), QPoint(self.field.caret().left(), self.field.caret().top()))
        self.field.choosing = True
        self._list.show_at(found, at)

    def _hide_templates(self) -> None:
        self.field.choosing = False
        if self._own_slash and self.field.slash() == (self.field.textCursor().positionInBlock() - 1, ""):
            self.field.take_out_slash()
        self._own_slash = False
        if self._list is not None:
            self._list.hide()

    def _steer(self, way: str) -> None:
        if self._list is None:
            return
        if way == "take":
            current = self._list.current()
            if current is not None:
                self.insert(str(current.id))
            else:
                self._hide_templates()
        else:
            self._list.step(-1 if way == "up" else 1)

    def insert(self, number: str, language: str = "") -> None:
        """Insert a template in the member's language; where that is not known, ask which."""
        self._hide_templates()
        if self._opened is None:
            return
        try:
            picked = self._bench.templates.pick(
                int(number), self._opened.row.id, language or self._language_for(int(number)), self.whom.answers
            )
        except UserError as why:
            self._frame.fail(str(why))
            return
        if picked is None:
            self._choose_language(self._bench.templates.get(int(number)).languages, number)
            return
        self.field.take_out_slash()
        self.field.textCursor().insertText(picked.filled.text)
        self._template, self._filled_for = (picked.template.id, picked.text.variant), self.whom.choice.to
        self.template.set_title(picked.template.name)
        self.template.show()
        self._set_language(picked.text.language)
        self.field.setFocus()
        if picked.filled.stops:
            self.field.next_blank()
        if picked.had_at is not None:
            to = self.whom.choice.to
            whom = text.name(to.label if to else self._opened.row.member)
            self._frame.toast(tr("{name} has already had this text.").format(name=whom), undo=None)
        self.check()

    def _language_for(self, number: int) -> str:
        """The language shown on the chip, where the template has it; else the desk decides."""
        return self._language if self._language in self._bench.templates.get(number).languages else ""

    def _choose_language(self, offered: object = None, number: str = "") -> None:
        menu = QMenu(self)
        for code in offered if isinstance(offered, tuple) else LANGUAGES:
            action = QAction(LANGUAGES.get(code, code), menu)
            action.setData((code, number))
            action.triggered.connect(self._language_chosen)
            menu.addAction(action)
        menu.exec(self.language.mapToGlobal(self.language.rect().bottomLeft()))
        menu.deleteLater()

    def _language_chosen(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            code, number = sender.data()
            self._set_language(code)
            self.check()
            if number:
                self.insert(number, code)

    # --- sending

    def parts(self) -> int:
        """How many messages the draft would go out in: more than 1 where it is too long and there are threads."""
        return self.limit.count()

    def ready(self) -> bool:
        """Whether there is something to send, for which a time may be chosen; else it is said what stands in the way.

        Too long for one message is no hindrance where it can go as a thread.
        """
        if self._opened is None or not self.field.toPlainText().strip():
            self._frame.fail(tr("Write something first."))
            self.write()
            return False
        return not self.limit.stops(thread=True)

    def send(self, *, then_done: bool, at: int | None = None, thread: bool = False) -> None:
        """Clear the draft and hand it on, to go `at` a time if given; what stands in the way is shown in a strip."""
        if self._opened is None or self.limit.stops(thread=thread):
            return
        from app.voice import Draft, Stopped  # noqa: PLC0415  11 ms of imports that the first paint does not wait for

        said = self.field.toPlainText().strip()
        template, variant = self._template or (None, "")
        draft = Draft(said, self._language, template, variant)
        try:
            cleared = self._bench.voice.clear(draft, reason=self.strip.reason())
        except Stopped as why:
            self._stopped(why)
            return
        opened, self._opened = self._opened, None
        parts = self.limit.count() if thread else 1
        self.field.clear()
        self.limit.look()
        self.strip.clear_reason()
        self._findings = ()
        self._show_hint()
        self._opened = opened
        try:
            self._sender.send(cleared, then_done=then_done, at=at, parts=parts, answers=self.whom.answers)
        except UserError as why:
            self.field.setPlainText(said)
            self.write()
            self._frame.fail(str(why))
        else:
            self.whom.sent()

    def _stopped(self, why: Stopped) -> None:
        self.check()
        if not why.findings:
            self._frame.fail(str(why))
            self.field.setFocus()
            return
        first = why.findings[0]
        self._hint = next((n for n, one in enumerate(self._findings) if one.key == first.key), 0)
        self.strip.insist(first)
        self.field.mark(self._findings, tried=True)
        self._show_hint()
        if first.level != "ask":
            self.field.go_to(first)


class ComposerBox(Panel):
    """The composer's edge: darker while it is written in."""

    def __init__(self, field: QWidget) -> None:
        """`field` is whose focus counts."""
        super().__init__(radius=10, margin=12)
        self._field = field
        self.column.setSpacing(8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The box."""
        edge = "control" if self._field.hasFocus() else "border"
        paint.box(QPainter(self), self.rect(), fill="surface", edge=edge, radius=10)
