"""The composer: receiver, draft, voice guide findings, templates, and sending."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.base.errors import UserError
from app.inbox import Opened, Receiver
from ui.commands.table import by_id
from ui.look import fonts, languages, text
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

_SAVE_DELAY_MS, _CHECK_DELAY_MS = 400, 250
_MIN_FIELD_HEIGHT, _MAX_SHARE_OF_PANE = 72, 0.4


class Sender(Protocol):
    """Sends a cleared draft."""

    def send(
        self, cleared: Cleared, *, then_done: bool, at: int | None = None, parts: int = 1, answers: int | None = None
    ) -> None:
        """Submit it to the outbox, scheduled `at` that time (Unix seconds) if given, as a thread of `parts`.

        `answers` is the id of the message whose author receives it.
        """


class Composer(QWidget):
    """Stays at the bottom of the conversation; grows with the draft up to two fifths of the pane's height."""

    left = Signal()

    def __init__(self, bench: Workbench, frame: Frame, sender: Sender, parent: QWidget | None = None) -> None:
        """Start empty, until `show_conversation`."""
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
        self._save_timer = self._timer(_SAVE_DELAY_MS, self.keep)
        self._check_timer = self._timer(_CHECK_DELAY_MS, self.check)
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
        self.whom.changed.connect(self._receiver_changed)
        self.head.by_hand.connect(self._title_send_buttons)
        self.strip.taken.connect(self.take_hint)
        self.strip.moved.connect(self.next_hint)

    # --- the conversation

    def show_conversation(self, opened: Opened) -> None:
        """Switch to a conversation and load its saved draft; the previous draft is saved first."""
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
        """Update from the same conversation re-read: typed text stays; undoing a send restores its draft."""
        before, typed = self._opened.draft if self._opened is not None else "", self.field.toPlainText()
        self._opened = opened
        if opened.draft and not before and not typed:
            self.field.setPlainText(opened.draft)
            self.whom.show_conversation(opened)  # with its receiver
        elif before and not opened.draft and typed == before:  # redo has sent it again
            self.field.setPlainText("")
        elif typed.strip() and opened.draft not in ("", before, typed):
            self._join(opened.draft, before, typed)
        self.whom.refresh(opened)

    def _join(self, draft: str, before: str, typed: str) -> None:
        """Put a draft restored by undo before what was typed since, as `app.inbox` joins them."""
        back = draft.removesuffix(f"\n\n{before}") if before else draft
        if back != draft or not before:
            self.field.setPlainText(f"{back}\n\n{typed}")
            cursor = self.field.textCursor()
            cursor.movePosition(cursor.MoveOperation.End)
            self.field.setTextCursor(cursor)

    def _title_send_buttons(self, mine: bool) -> None:  # noqa: FBT001  a signal's
        """Title the send buttons: "Send", or "Copy and post" if the person posts by hand (`mine`)."""
        icon = "hand" if mine else "send"
        self.sending.set_title(tr("Copy, post & done") if mine else tr(by_id("send_done").title), icon)
        self.keeping.set_title(tr("Copy and post…") if mine else tr("Send"), icon)

    def _set_language(self, language: str) -> None:
        self._language = language
        self.language.set_title(languages.own_name(language) if language else tr("Language"))

    def keep(self) -> None:
        """Save the draft, its language and its receiver, if they changed."""
        self._save_timer.stop()
        typed = self.field.toPlainText()
        if self._opened is None:
            return
        to = self.whom.choice.to if typed else None  # saved, since others may write before it is resumed
        if (typed, to) != (self._opened.draft, self._opened.answering):
            self._opened = self._opened._replace(draft=typed, answering=to)
            self._bench.inbox.keep_draft(self._opened.row.id, typed, self._language, to.message_id if to else None)

    def forget(self) -> None:
        """Let the conversation go without saving: its draft is in another one now."""
        self._save_timer.stop()
        self._opened = None

    def is_typing(self) -> bool:
        """Whether a reply is being typed: the field has the focus, or its text was changed since it was shown."""
        return self.field.hasFocus() or self.field.document().isUndoAvailable()

    def answer(self, message: int) -> None:
        """Address the reply to the author of that message."""
        self.whom.answer(message)

    def prefer_receiver(self, member: int | None) -> None:
        """Address the reply to that member, unless a draft is already begun."""
        self.whom.prefer(member)

    def offer_receivers(self) -> None:
        """Open the menu of possible receivers."""
        self.whom.offer()

    def _receiver_changed(self) -> None:
        """Save; warn that an inserted template was filled in with the previous receiver's name."""
        self.keep()
        to = self.whom.choice.to
        if self._filled_for is not None and to is not None and to.identity_id != self._filled_for.identity_id:
            before = text.name(self._filled_for.label)
            self._frame.toast(tr("The template was filled in for {name}: check the greeting.").format(name=before))

    def write(self) -> None:
        """Focus the field, with the cursor at the end."""
        self.field.setFocus()
        cursor = self.field.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.field.setTextCursor(cursor)

    # --- typing

    def _changed(self) -> None:
        if self._opened is None:
            return
        self._save_timer.start()
        self._check_timer.start()
        self._fit()
        self.limit.typed()

    def _fit(self) -> None:
        """Fit the field's height to its text, between three lines and two fifths of the pane."""
        wanted = int(self.field.document().size().height()) + self.field.line_height() // 2
        holder = self.parentWidget()
        pane = holder.parentWidget() if holder is not None else None  # the parent is only as tall as the composer
        most = int((pane.height() if pane is not None else 600) * _MAX_SHARE_OF_PANE)
        most -= 0 if self.length.isHidden() else self.length.sizeHint().height()  # so that the messages stay in sight
        self.field.setFixedHeight(max(fonts.px(_MIN_FIELD_HEIGHT), min(wanted, max(most, fonts.px(_MIN_FIELD_HEIGHT)))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Refit: the text wraps differently at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    # --- voice guide

    def check(self) -> None:
        """Check the draft against the voice guide: mark the findings in the field and show the current one."""
        self._check_timer.stop()
        typed = self.field.toPlainText()
        self._findings = self._bench.voice.check(typed, self._language) if typed.strip() else ()
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
        """Show the next finding and select its words in the field."""
        if self._findings:
            self._hint = (self._hint + 1) % len(self._findings)
            self._show_hint()
            self.field.go_to(self._findings[self._hint])

    def take_hint(self) -> None:
        """Replace the finding's words by its suggestion; without a suggestion (an unfilled blank) select them."""
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
        """Open the template list at the cursor as if "/" had been typed; letters typed next filter it."""
        self.field.setFocus()
        if self.field.slash() is None:
            self._own_slash = True
            self.field.type_slash()
        else:
            self._show_templates("")

    def _show_templates(self, letters: str) -> None:
        if self._list is None:
            from ui.pages.inbox.template_list import TemplateList  # noqa: PLC0415  loaded at first use

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
        """Insert a template (its id as text) in the member's language; ask for the language if it is unknown."""
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
        """The language on the chip if the template has it, otherwise "": `templates.pick` decides."""
        return self._language if self._language in self._bench.templates.get(number).languages else ""

    def _choose_language(self, offered: object = None, number: str = "") -> None:
        menu = QMenu(self)
        for code in offered if isinstance(offered, tuple) else languages.HOUSE:
            action = QAction(languages.own_name(code), menu)
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
        """The number of messages it would be sent as; above 1 if the draft is too long and the channel has threads."""
        return self.limit.count()

    def ready(self) -> bool:
        """Whether the draft can be scheduled; if not, show why.

        A draft too long for one message is fine if it can be sent as a thread.
        """
        if self._opened is None or not self.field.toPlainText().strip():
            self._frame.fail(tr("Write something first."))
            self.write()
            return False
        return not self.limit.stops(thread=True)

    def send(self, *, then_done: bool, at: int | None = None, thread: bool = False) -> None:
        """Clear the draft with the voice guide and send it, `at` a time (Unix UTC) if given; show what blocks it."""
        if self._opened is None or self.limit.stops(thread=thread):
            return
        from app.voice import Draft, Stopped  # noqa: PLC0415  11 ms of imports that the first paint does not wait for

        typed = self.field.toPlainText().strip()
        template, variant = self._template or (None, "")
        draft = Draft(typed, self._language, template, variant)
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
            self.field.setPlainText(typed)
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
        self._hint = next((n for n, finding in enumerate(self._findings) if finding.key == first.key), 0)
        self.strip.insist(first)
        self.field.mark(self._findings, tried=True)
        self._show_hint()
        if first.level != "ask":
            self.field.go_to(first)


class ComposerBox(Panel):
    """The composer's frame; its border is darker while the field has the focus."""

    def __init__(self, field: QWidget) -> None:
        """`field` is the widget whose focus counts."""
        super().__init__(radius=10, margin=12)
        self._field = field
        self.column.setSpacing(8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box."""
        edge = "control" if self._field.hasFocus() else "border"
        paint.box(QPainter(self), self.rect(), fill="surface", edge=edge, radius=10)
