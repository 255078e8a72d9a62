"""Correcting and withdrawing our own messages: the two strips, undo and retry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from app.base import clock
from app.base.words import forms
from app.inbox import Line, Opened
from app.outbox import CORRECT, WITHDRAW
from app.voice import Draft
from ui.frame.doing import TakeBack, announce, show_errors, undoable
from ui.look import fonts, text
from ui.look.text import tr
from ui.pages.inbox.about import about
from ui.shared.aids import help_writing
from ui.shared.draft_field import DraftField
from ui.widgets.fields import Choice
from ui.widgets.labels import Label
from ui.widgets.panels import Panel
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.voice import Cleared
    from app.workbench import Workbench
    from ui.pages.inbox.answering import Answering
    from ui.pages.inbox.pane import Pane

_MAX_MESSAGES_OFFERED = 40
"""Only the latest messages are offered in the strip; older ones have the context menu."""
_MAX_EXCERPT_CHARS = 60
_PAUSE_MS = 250  # without typing, after which the voice guide looks at the words
_MAX_LINES, _MIN_LINES = 8, 3
_TOASTS = {
    CORRECT: forms(
        "To {name}: will be corrected on the channel in {count} second.",
        "To {name}: will be corrected on the channel in {count} seconds.",
    ),
    WITHDRAW: forms(
        "To {name}: will be withdrawn on the channel in {count} second.",
        "To {name}: will be withdrawn on the channel in {count} seconds.",
    ),
}


class ChangeStrip(Strip):
    """What both strips share: the message that is chosen, and who sees what becomes of it."""

    purpose = ""

    def __init__(self, changing: Changing, offered: list[Line], title: str, icon: str, action: str) -> None:
        """`offered` are the messages that can be changed, the chosen one first."""
        super().__init__(title, icon, action)
        self._changing, self._bench = changing, changing.bench
        self._lines = {line.id: line for line in offered}
        self.message = Choice([(str(line.id), _one_line(line)) for line in offered])
        self.message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.field(tr("Message"), self.message, 0, 0)
        self.message.activated.connect(self._message_chosen)
        self.unsaved.apart = (self.message,)

    def chosen(self) -> Line:
        """The message that is chosen."""
        return self._lines[int(self.message.key())]

    def show_chosen(self) -> None:
        """Show what belongs to the chosen message."""
        self.aside.setText(text.sentence(self._bench.outbox.consequence(self.chosen().id, self.purpose)))

    def topic(self) -> object:
        """The message that is chosen."""
        return self.chosen().id

    def _message_chosen(self, _place: int) -> None:
        self.turn(self.show_chosen)


class WithdrawalStrip(ChangeStrip):
    """Asks before a message of ours is deleted on its channel."""

    purpose = WITHDRAW

    def __init__(self, changing: Changing, offered: list[Line]) -> None:
        """Withdraw the first of these, unless another is chosen."""
        super().__init__(changing, offered, tr("Withdraw this message"), "trash-2", tr("Withdraw"))
        self.show_chosen()

    def start(self) -> None:
        """Focus the message."""
        self.message.setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self) -> str:
        """Start its hold; returns "", since the inbox shows its own toast with Undo."""
        self._changing.withdraw(self.chosen().id)
        return ""


class _Words(DraftField):
    """The words of a message."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("The new words"))
        self.setPlaceholderText("")
        self.document().documentLayout().documentSizeChanged.connect(self.fit)

    def fit(self) -> None:
        """Fit the height to the text, within limits."""
        lines = max(_MIN_LINES, min(_MAX_LINES, round(self.document().size().height() / self.line_height())))
        self.setFixedHeight(lines * self.line_height() + fonts.px(6))


class CorrectionStrip(ChangeStrip):
    """Asks for the new words of a message of ours; the voice guide looks at them as at a reply."""

    purpose = CORRECT

    def __init__(self, changing: Changing, offered: list[Line]) -> None:
        """Correct the first of these, unless another is chosen."""
        super().__init__(changing, offered, tr("Correct this message"), "pencil", tr("Correct"))
        self.words = _Words()
        box = Panel(edge="control", radius=6, margin=8)
        box.column.addWidget(self.words)
        spelling = help_writing(self._bench, self.words, lambda: changing.language)
        box.column.addWidget(spelling.line)
        self.field(tr("The new words"), box, 1, 0)
        self.hint = Label("", "meta", "warn", wrap=True)
        self.hint.hide()
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(tr("Reason for sending it anyway"))
        self.reason.setAccessibleName(tr("Reason"))
        self.reason.hide()
        self.form.addWidget(self.hint, 4, 0)
        self.form.addWidget(self.reason, 5, 0)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._check)
        self.words.textChanged.connect(self._pause.start)
        self.words.left.connect(self.close_strip)
        self.show_chosen()

    def show_chosen(self) -> None:
        """Show the words of the chosen message."""
        super().show_chosen()
        self.words.setPlainText(self.chosen().text)

    def start(self) -> None:
        """Focus the words, with the cursor at their end."""
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        cursor = self.words.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.words.setTextCursor(cursor)

    def _draft(self) -> Draft:
        words = Draft(self.words.toPlainText(), self._changing.language)
        return self._bench.outbox.read_by(words, self._changing.conversation)

    def _check(self) -> None:
        """Mark what the voice guide finds; the worst is said, and a reason asked for where one is needed."""
        draft = self._draft()
        found = self._bench.voice.look(draft)
        self.words.mark(found)
        words = tr("“{words}”: {why}").format(words=found[0].words, why=found[0].why) if found else ""
        self.hint.setText(text.plain(words))
        self.hint.setVisible(bool(found))
        self.reason.setVisible(any(finding.level == "ask" for finding in found))

    def do(self) -> str:
        """Start its hold; returns "", since the inbox shows its own toast with Undo."""
        self._check()
        cleared = self._bench.voice.clear(self._draft(), reason=self.reason.text())
        self._changing.correct(self.chosen().id, cleared)
        return ""


class Changing(QObject):
    """The inbox page's commands on our own messages."""

    def __init__(self, pane: Pane, answering: Answering) -> None:
        """Act on this page; a letter is answered anew through `answering`."""
        super().__init__()
        self._pane, self._answering = pane, answering
        self.bench: Workbench = pane.bench

    @property
    def language(self) -> str:
        """The language of the open conversation."""
        return str(self._pane.here().row.language)

    @property
    def conversation(self) -> int:
        """The id of the open conversation."""
        return int(self._pane.here().row.id)

    def ask(self, purpose: str, message: int = 0, words: str = "") -> None:
        """Open the strip for a message id; for 0, for the latest one of ours. A reply that is not sent is edited.

        `words` are new words that were written before, to go on with.
        """
        opened = self._pane.here()
        if not message and self._edit_unsent(opened):
            return
        offered = self._offered(opened, message, purpose)
        if not offered:
            self._say_why_not(opened, message, purpose)
            return
        strip = CorrectionStrip(self, offered) if purpose == CORRECT else WithdrawalStrip(self, offered)
        strip.about = (purpose, message or offered[0].id)
        self._pane.show_strip(strip)
        shown = self._pane.talk.strip
        if words and isinstance(shown, CorrectionStrip):
            shown.words.setPlainText(words)
            shown.words.move_to_end()

    def _offered(self, opened: Opened, message: int, purpose: str) -> list[Line]:
        """Our messages that can be changed so, that one first, then the latest."""
        ours = [line for line in opened.lines if line.kind == "said" and line.out and not line.gone]
        near = ours[::-1][:_MAX_MESSAGES_OFFERED]
        if message:
            near = [line for line in ours if line.id == message]
        return [line for line in near if not self.bench.outbox.can_change(line.id).why_not(purpose)]

    def _edit_unsent(self, opened: Opened) -> bool:
        """Take the latest reply back into the draft if it is not sent yet; whether there was one."""
        waits = [line for line in opened.lines if line.kind == "outbox" and line.state in ("held", "queued")]
        if not waits:
            return False
        with show_errors(self._pane.frame):
            before = self.bench.store.last_action
            back = self.bench.outbox.discard(waits[-1].id)
            words = tr("It isn't sent yet: your reply is back in the draft.")
            announce(self._pane.frame, words if back else tr("Send undone. Your new draft stays."), before)
            self._pane.frame.show_again((opened.row.id,))
        return True

    def _say_why_not(self, opened: Opened, message: int, purpose: str) -> None:
        ours = [line.id for line in opened.lines if line.kind in ("said", "offline") and line.out]
        if not ours:
            self._pane.frame.toast(tr("You haven't written anything here yet."))
            return
        why = self.bench.outbox.can_change(message or ours[-1]).why_not(purpose)
        self._pane.frame.toast(why, self._answering.reply, link=tr("Reply"))

    def correct(self, message: int, cleared: Cleared) -> None:
        """Queue a correction and show a toast with Undo, which brings the new words back. Raises UserError."""
        hold = self.bench.settings.number("hold_seconds")
        self.bench.outbox.correct(message, cleared, hold)
        self._started(CORRECT, hold, _AskAgain(self, self._pane.here().row.id, message, cleared.draft.text))

    def withdraw(self, message: int) -> None:
        """Queue a withdrawal and show a toast with Undo. Raises UserError if it can't be withdrawn."""
        hold = self.bench.settings.number("hold_seconds")
        self.bench.outbox.withdraw(message, hold)
        self._started(WITHDRAW, hold, None)

    def _started(self, purpose: str, hold: int, then: _AskAgain | None) -> None:
        pane = self._pane
        pane.list.keep_open(pane.here().row.id)
        pane.close_strip()
        pane.list.focus_rows()
        undone = tr("Undone: nothing happened on the channel.")
        back = TakeBack(pane.frame, self.bench.store.last_action or 0, undone, then)
        pane.frame.toast(text.counted(hold, *_TOASTS[purpose], name=about([pane.here().row])), back)

    def cancel(self, number: int) -> None:
        """Cancel one that is not done, by its outbox id; the new words of a correction can be gone on with."""
        with show_errors(self._pane.frame):
            before = self.bench.store.last_action
            entry = self.bench.outbox.get(number)
            self.bench.outbox.discard(number)
            announce(
                self._pane.frame,
                tr("To {name}: the message stays as it is.").format(name=text.name(entry.to_whom)),
                before,
            )
            if entry.purpose == CORRECT and entry.about_id is not None:
                self.ask(CORRECT, entry.about_id, entry.text)

    def retry(self, number: int) -> None:
        """Try a failed one again, by its outbox id."""
        to = text.name(self.bench.outbox.get(number).to_whom)
        with undoable(self._pane.frame, tr("To {name}: Rapport will try again.").format(name=to)):
            self.bench.outbox.retry(number)

    def open_again(self, conversation: int, message: int, words: str) -> None:
        """Show a conversation with the strip of a correction, and the words that were written."""
        self._pane.frame.go("inbox", conversation)
        self.ask(CORRECT, message, words)


class _AskAgain:
    """Opens the correction again after Undo, with its words."""

    def __init__(self, changing: Changing, conversation: int, message: int, words: str) -> None:
        self._changing, self._about = changing, (conversation, message, words)

    def __call__(self) -> None:
        self._changing.open_again(*self._about)


def _one_line(line: Line) -> str:
    """A message as one line of a list box."""
    body = text.plain(line.text)
    words = f"{body[:_MAX_EXCERPT_CHARS].rstrip()}…" if len(body) > _MAX_EXCERPT_CHARS else body
    return f"{text.stamp(line.at, clock.now())} · {text.isolate(words)}"
