"""The composer: where the answer goes, the words, what the voice guide says of them, and sending."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from app.errors import UserError
from app.inbox import Opened
from ui import fonts, text
from ui.inbox.draft import DraftField
from ui.text import tr
from ui.widgets import paint
from ui.widgets.avatar import Icon
from ui.widgets.buttons import ActionButton, CommandButton, IconButton
from ui.widgets.labels import ElidedLabel, Label
from ui.widgets.panels import Panel

if TYPE_CHECKING:
    from app.voice import Cleared, Finding, Stopped
    from app.workbench import Workbench
    from ui.inbox.templatelist import TemplateList
    from ui.pages.base import Frame

LANGUAGES = {"en": "English", "is": "Íslenska", "hu": "Magyar", "cs": "Čeština", "el": "Ελληνικά"}
_KEEP_MS, _CHECK_MS = 400, 250
_LEAST, _TALLEST = 72, 0.4


class Sender(Protocol):
    """Whoever sends what has been cleared: the page."""

    def send(self, cleared: Cleared, *, then_done: bool) -> None:
        """Hand it to the outbox."""


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
        self._findings: tuple[Finding, ...] = ()
        self._hint = 0
        self._own_slash = False
        self.field = DraftField()
        self.where, self.where_icon = ElidedLabel("", "meta", "text2"), Icon("reply", "text2", 14)
        self.template = ActionButton(tr("Template"), "quote", kind="chip", height=24)
        self.language = ActionButton("", "languages", kind="chip", height=24)
        self.strip = HintStrip()
        self.counter = Label("", "meta", "text2")
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
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.where_icon)
        head.addWidget(self.where, 1)
        head.addWidget(self.template)
        head.addWidget(self.language)
        column.addLayout(head)
        column.addWidget(self.field, 1)
        column.addWidget(self.strip)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        insert = IconButton("quote", tr("Insert a template (Ctrl+T)"))
        insert.clicked.connect(self.ask_template)
        foot.addWidget(insert)
        foot.addWidget(self.counter)
        foot.addStretch(1)
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
        self.strip.taken.connect(self.take_hint)
        self.strip.moved.connect(self.next_hint)

    # --- a conversation comes and goes

    def show_conversation(self, opened: Opened) -> None:
        """Put the composer before a conversation, with the draft that was left there."""
        self.keep()
        self._opened = None
        self._template = None
        self.strip.clear_reason()
        self.field.setPlainText(opened.draft)
        self._opened = opened
        self._set_language(opened.row.language)
        self._say_where(opened)
        self.template.hide()
        self.check()
        self._fit()

    def refresh(self, opened: Opened) -> None:
        """The same conversation, read again: the words being written stay; a sending taken back brings its own."""
        before = self._opened.draft if self._opened is not None else ""
        self._opened = opened
        if opened.draft and not before and not self.field.toPlainText():
            self.field.setPlainText(opened.draft)
        self._say_where(opened)

    def _say_where(self, opened: Opened) -> None:
        row = opened.row
        place = text.isolate(row.account)
        words = tr("Public reply on {0}") if row.public else tr("Private reply by {0}")
        if row.kind == "email":
            words = tr("E-mail to {0}")
            place = text.isolate(text.plain(row.member or tr("nobody yet")))
        speaks = tr(", as {0}").format(text.isolate(opened.speaks_as)) if opened.speaks_as else ""
        self.where.setText(words.format(place) + speaks)
        self.where_icon.set("globe" if row.public else "lock")

    def _set_language(self, language: str) -> None:
        self._language = language
        self.language.set_title(LANGUAGES.get(language, language or tr("Language")))

    def keep(self) -> None:
        """Keep the draft with its conversation."""
        self._keeping.stop()
        if self._opened is not None and self.field.toPlainText() != self._opened.draft:
            from dataclasses import replace  # noqa: PLC0415

            self._opened = replace(self._opened, draft=self.field.toPlainText())
            self._bench.inbox.keep_draft(self._opened.row.id, self.field.toPlainText(), self._language)

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
        self._count()

    def _count(self) -> None:
        length = len(self.field.toPlainText())
        self.counter.setText(text.counted(length, "{0} character", "{0} characters") if length else "")

    def _fit(self) -> None:
        """As tall as the words, between three lines and two fifths of the pane."""
        wanted = int(self.field.document().size().height()) + self.field.line_height() // 2
        holder = self.parentWidget()
        pane = holder.parentWidget() if holder is not None else None  # the holder is as tall as we are
        most = int((pane.height() if pane is not None else 600) * _TALLEST)
        self.field.setFixedHeight(max(fonts.px(_LEAST), min(wanted, max(most, fonts.px(_LEAST)))))

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
        self.field.mark(self._findings)
        self._show_hint()
        self._count()

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
            from ui.inbox.templatelist import TemplateList  # noqa: PLC0415  at its first use

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
                int(number), self._opened.row.id, language or self._language_for(int(number))
            )
        except UserError as why:
            self._frame.fail(str(why))
            return
        if picked is None:
            self._choose_language(self._bench.templates.get(int(number)).languages, number)
            return
        self.field.take_out_slash()
        self.field.textCursor().insertText(picked.filled.text)
        self._template = (picked.template.id, picked.text.variant)
        self.template.set_title(picked.template.name)
        self.template.show()
        self._set_language(picked.text.language)
        self.field.setFocus()
        if picked.filled.stops:
            self.field.next_blank()
        if picked.had_at is not None:
            self._frame.toast(
                tr("{0} has had these words before.").format(text.isolate(self._opened.row.member)), undo=None
            )
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

    def send(self, *, then_done: bool) -> None:
        """Clear the draft and hand it on; what stands in the way is shown in the strip."""
        if self._opened is None:
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
        self.field.clear()
        self.strip.clear_reason()
        self._findings = ()
        self._show_hint()
        self._opened = opened
        try:
            self._sender.send(cleared, then_done=then_done)
        except UserError as why:
            self.field.setPlainText(said)
            self._frame.fail(str(why))

    def _stopped(self, why: Stopped) -> None:
        self.check()
        if not why.findings:
            self._frame.fail(str(why))
            self.field.setFocus()
            return
        first = why.findings[0]
        self._hint = next((n for n, one in enumerate(self._findings) if one.key == first.key), 0)
        self._show_hint()
        self.strip.insist(first)
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


class HintStrip(QWidget):
    """What the guide says of the draft: what, why, the better wording; and for "ask first", room for the reason."""

    taken = Signal()
    moved = Signal()

    def __init__(self) -> None:
        """Hidden while there is nothing to say."""
        super().__init__()
        self._tone = "warn"
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(10)
        self._icon = Icon("shield-alert", "warn", 16)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._what, self._why = Label("", "strong", wrap=True), Label("", "meta", "text2", wrap=True)
        self._insisted = False
        self._reason = QLineEdit()
        self._reason.setPlaceholderText(tr("Why it may go all the same, then send again"))
        self._reason.setAccessibleName(tr("Reason for sending all the same"))
        words.addWidget(self._what)
        words.addWidget(self._why)
        words.addWidget(self._reason)
        self._take = ActionButton(tr("Replace"), key="Alt ↵", height=26)
        self._more = ActionButton("", key="F8", kind="plain", height=26)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        row.addWidget(self._more)
        row.addWidget(self._take)
        self._take.clicked.connect(self.taken)
        self._more.clicked.connect(self.moved)
        self._reason.hide()

    def show_finding(self, finding: Finding, place: int, count: int) -> None:
        """Say one finding; which of how many."""
        blocks, asks = finding.level == "block", finding.level == "ask"
        self._tone = "danger" if blocks else "warn"
        self._icon.set("octagon-x" if blocks else "shield-alert" if asks else "info", self._tone)
        lead = tr("cannot be sent") if blocks else tr("wants a reason") if asks else tr("think again")
        self._what.setText(f"“{text.plain(finding.words)}” {lead}")
        better = tr("Say instead: {0}").format(text.isolate(finding.instead)) if finding.instead else ""
        self._why.setText(" ".join(part for part in (finding.why, better) if part))
        self._take.setVisible(bool(finding.instead))
        self._more.set_title(tr("{0} of {1}").format(place, count))
        self._more.setVisible(count > 1)
        self._reason.setVisible(asks and self._insisted)
        self.setAccessibleName(f"{self._what.text()}. {self._why.text()}")
        self.show()
        self.update()

    def insist(self, finding: Finding) -> None:
        """The person tried to send: go to the field for the reason where one helps."""
        if finding.level == "ask":
            self._insisted = True
            self._reason.show()
            self._reason.setFocus()

    def reason(self) -> str:
        """The reason written so far."""
        return self._reason.text().strip() if self.isVisible() else ""

    def clear_reason(self) -> None:
        """Forget the reason."""
        self._reason.clear()
        self._insisted = False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A tint in the finding's tone."""
        paint.box(QPainter(self), self.rect(), fill=f"{self._tone}_bg", radius=6)
