"""The selected hand-off: request, member, teammate, status, answer, and next steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.base import clock, ids
from app.base.words import N_
from app.given import Given
from app.handoffs import ANSWERED, STATE_NAMES, STATUSES, Handoff, state
from app.inbox import Opened
from ui.look import text
from ui.look.text import tr
from ui.pages.handoffs import words
from ui.pages.handoffs.foot import Choice, Foot
from ui.shared.story import Story
from ui.widgets.avatar import Chip
from ui.widgets.buttons import LINK_INSET, IconButton, LinkButton
from ui.widgets.flow import Flow
from ui.widgets.labels import ElidedLabel, Heading, Label
from ui.widgets.panels import Panel, Scroll
from ui.widgets.scaled import scaled
from ui.widgets.segments import SegmentSwitch

_KINDS = {
    "problem": N_("problem"),
    "question": N_("question"),
    "feedback": N_("feedback"),
    "legal": N_("legal"),
    "press": N_("press"),
    "product": N_("product"),
}
_CHIP_TONES = {"danger": "danger", "warn": "warn", "ok": "ok", "accent": "accent"}
_TOLD_BY_CHIP = ("came_back", "tell_member", "closed")
"""States that no other part of the view says: that it is late stands with its date, the rest is its status."""
_MAX_COLUMN_WIDTH = 760
_LINK_HEIGHT = 26  # of a LinkButton, in CSS pixels


class AnswerField(QPlainTextEdit):
    """The teammate's answer; `left` is emitted on focus out, so that it can be saved."""

    left = Signal()

    def __init__(self) -> None:
        """Let Tab move the focus on."""
        super().__init__()
        self.setTabChangesFocus(True)
        self.setAccessibleName(tr("Answer"))
        self.setPlaceholderText(tr("What the teammate answered"))
        scaled(self, height=92)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Emit `left`, except when a context menu takes the focus."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class CaseView(QWidget):
    """`asked` carries the pressed button's name, `status` the chosen status, `answered` the changed answer."""

    asked = Signal(str)
    status = Signal(str)
    answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty, until `show_case`."""
        super().__init__(parent)
        self._handoff: Handoff | None = None
        self._given: tuple[Given, ...] = ()
        self._saved_answer = ""
        self.unsaved: dict[int, str] = {}
        """Answers that could not be saved, by hand-off: they are shown in place of those in the file."""
        self.pane = Scroll((28, 20, 24, 16), 10)
        inner = self.pane.column
        inner.addLayout(self._head())
        inner.addWidget(self._ask_panel())
        inner.addWidget(self._facts())
        self.steps = Label("", "body", "text2", wrap=True)
        inner.addWidget(self.steps)
        inner.addSpacing(4)
        inner.addWidget(Heading(tr("Status")))
        self.statuses = SegmentSwitch([(key, tr(STATE_NAMES[key])) for key in STATUSES], "sent", tr("Status"))
        self.statuses.chosen.connect(self.status)
        inner.addWidget(self.statuses)
        self.answer = AnswerField()
        self.answer.left.connect(self.keep_answer)
        scaled(self.answer, max_width=_MAX_COLUMN_WIDTH)
        inner.addWidget(Heading(tr("Answer")))
        inner.addWidget(self.answer)
        self._context_head = Heading(tr("The conversation"))
        self.story = Story()
        scaled(self.story, min_height=220)
        scaled(self.story, max_width=_MAX_COLUMN_WIDTH)
        self.context = Label("", "body", "text2", wrap=True)
        scaled(self.context, max_width=_MAX_COLUMN_WIDTH)
        self.context.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inner.addSpacing(4)
        inner.addWidget(self._context_head)
        inner.addWidget(self.context)
        inner.addWidget(self.story, 1)
        inner.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pane, 1)
        column.addWidget(self._foot())

    def _head(self) -> QVBoxLayout:
        self.title = Label("", "conversation", wrap=True)
        self.chip = Chip("")
        self.line = ElidedLabel("", "meta", "text2")
        self.edit = IconButton("pencil", tr("Edit"))
        self.edit.follow("edit_handoff")
        self.edit.setObjectName("edit")
        self.edit.clicked.connect(self._pressed)
        row = QHBoxLayout()
        row.addWidget(self.title, 1)
        row.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignTop)
        below = QHBoxLayout()
        below.setSpacing(10)
        below.addWidget(self.chip)
        below.addWidget(self.line, 1)
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addLayout(row)
        head.addLayout(below)
        return head

    def _ask_panel(self) -> QWidget:
        panel = Panel(fill="subtle", margin=14)
        scaled(panel, max_width=_MAX_COLUMN_WIDTH)
        self.ask_head = Label("", "meta", "text2", wrap=True)
        self.ask = Label("", "message", wrap=True)
        self.ask.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        panel.column.addWidget(self.ask_head)
        panel.column.addWidget(self.ask)
        return panel

    def _facts(self) -> QWidget:
        """The facts side by side, below one another where long names leave no room."""
        facts = QWidget()
        flow = Flow(facts, 18)
        self.member, self.teammate = LinkButton("", role="row"), LinkButton("", role="row")
        self.needed, self.ticket = Label("", "row"), Label("", "row")
        titles = [
            Label(title, "badge", "text2", weight=400)
            for title in (tr("For"), tr("With"), tr("Needed by"), tr("Ticket"))
        ]
        for plain in (self.needed, self.ticket):
            scaled(plain, min_height=_LINK_HEIGHT)  # so that all of them stand on one line
        for named in titles[:2]:  # the words of what is below begin there
            named.setContentsMargins(LINK_INSET, 0, 0, 0)
        for title, widget in zip(titles, (self.member, self.teammate, self.needed, self.ticket), strict=True):
            self._ticket = QWidget(facts)  # the last one is kept
            cell = QVBoxLayout(self._ticket)
            cell.setContentsMargins(0, 0, 0, 0)
            cell.setSpacing(2)
            cell.addWidget(title)
            cell.addWidget(widget)
            flow.addWidget(self._ticket)
        for key, button in (("member", self.member), ("teammate", self.teammate)):
            button.setObjectName(key)
            button.clicked.connect(self._pressed)
        return facts

    def _foot(self) -> QWidget:
        self.foot = Foot(
            (
                Choice("reopen", tr("Reopen"), "undo-2", "close_handoff", "outline"),
                Choice("close", tr("Close"), "circle-check", "close_handoff", "quiet"),
                Choice("told", tr("Mark as told"), "check", "", "quiet"),
                Choice("next", tr("Remind"), "arrow-right", "next_step", "primary"),
                Choice("talk", tr("Conversation"), "message-square", "", "outline"),
                Choice("tell", tr("Tell member"), "reply", "tell_member", "primary"),
            )
        )
        self.hint, self.buttons = self.foot.hint, self.foot.buttons
        self.foot.pressed.connect(self.asked)
        return self.foot

    # Reading

    @property
    def current(self) -> Handoff | None:
        """The hand-off shown, or None."""
        return self._handoff

    def show_case(self, handoff: Handoff | None, today: date, given: Sequence[Given] = ()) -> None:
        """Show a hand-off; an answer being typed is kept if it is the same hand-off as before.

        `given` are the files that it went out in, the latest first.
        """
        same = handoff is not None and self._handoff is not None and self._handoff.id == handoff.id
        typed = self.answer.toPlainText()
        dirty = same and typed.strip() != self._saved_answer
        self._handoff = handoff
        if handoff is None:
            return
        _, word, tone = words.sign(handoff, today)
        self.title.setText(words.title(handoff))
        self.chip.set(word, _CHIP_TONES.get(tone, ""))
        self.chip.setVisible(state(handoff, today) in _TOLD_BY_CHIP)
        opened = text.day(clock.local(handoff.opened_at).date(), today)
        self._given = tuple(given)
        line = tr("{kind} · opened {day} · {file}") if given else tr("{kind} · opened {day}")
        file = words.given_in(given[0], today) if given else ""
        kind = tr(_KINDS.get(handoff.kind, handoff.kind)).capitalize()
        self.line.setText(line.format(kind=kind, day=opened, file=file))
        whom = (
            tr("You asked {name}").format(name=text.isolate(handoff.teammate)) if handoff.teammate else tr("You asked")
        )
        self.ask_head.setText(text.sentence(whom))
        self.ask.setText(handoff.ask)
        self._show_facts(handoff, today)
        self.statuses.set_title("sent", tr(words.TO_SEND) if handoff.exported_at is None else tr("Sent"))
        self.statuses.set_current(handoff.status)
        self._saved_answer = handoff.answer.strip()
        if not dirty:
            self.answer.setPlainText(self.unsaved.get(handoff.id, handoff.answer))
        self.context.setText(handoff.context)
        self._show_foot(handoff)

    def show_talk(self, opened: Opened | None, now: int) -> None:
        """Show the conversation that it is about, or else its context as text. `now` is Unix UTC."""
        self.story.setVisible(opened is not None)
        self.context.setVisible(opened is None and bool(self.context.text()))
        self._context_head.setVisible(opened is not None or bool(self.context.text()))
        if opened is not None:
            self.story.show_conversation(opened, now)

    def show_ladder(self, taken: str, offered: str, button: str) -> None:
        """Show what was done while no answer came, and what is offered next; "" for nothing."""
        said = "\n".join(filter(None, (taken, offered)))
        self.steps.setText(said)
        self.steps.setVisible(bool(said))
        self.buttons["next"].setVisible(bool(offered))
        if offered:
            self.buttons["next"].set_title(button)
        self.foot.fit()

    def _show_facts(self, handoff: Handoff, today: date) -> None:
        self.member.set_title(text.plain(handoff.member) or tr("nobody"))
        self.member.setEnabled(handoff.member_id is not None)
        self.teammate.set_title(text.plain(handoff.teammate) or tr("nobody yet"))
        late = bool(handoff.needed_by) and handoff.needed_by < today.isoformat() and handoff.status not in ANSWERED
        late = late and handoff.closed_at is None
        day = words.when(handoff.needed_by, today) or tr("no date")
        self.needed.setText(words.late_since(handoff.needed_by, today) if late else day)
        self.needed.set_tone("danger" if late else "text")
        self.ticket.setText(text.plain(handoff.ticket))
        self._ticket.setVisible(bool(handoff.ticket.strip()))

    def _show_foot(self, handoff: Handoff) -> None:
        closed, answered = handoff.closed_at is not None, handoff.status in ANSWERED
        owed = answered and not closed and handoff.member_id is not None and handoff.told_at is None
        self.buttons["reopen"].setVisible(closed)
        self.buttons["close"].setVisible(not closed)
        self.buttons["told"].setVisible(owed)
        self.buttons["tell"].setVisible(owed and handoff.conversation_id is not None)
        self.buttons["talk"].setVisible(
            handoff.conversation_id is not None and not self.buttons["tell"].isVisibleTo(self)
        )
        self.hint.setText(text.sentence(self._hint(handoff, owed=owed, closed=closed)))
        self.foot.fit()

    def _hint(self, handoff: Handoff, *, owed: bool, closed: bool) -> str:
        if closed:
            return (
                tr("Closed: {reason}").format(reason=handoff.closed_why)
                if handoff.closed_why
                else tr("Closed; the member has been told.")
            )
        if owed:
            return tr("{name} hasn't been told yet.").format(name=text.isolate(handoff.member))
        if not handoff.exported_at:
            return tr("Changed since it was sent.") if self._given else tr("Not sent in a file yet.")
        sentence = tr("Sent in a file, as {id}.")
        if self._given and self._given[0].standing in ("draft", "not_sent"):
            sentence = tr("In a letter that isn't sent yet, as {id}.")
        return sentence.format(id=ids.display(ids.HANDOFF, handoff.id))

    def keep_answer(self) -> None:
        """Emit `answered` if the answer was changed."""
        typed = self.answer.toPlainText().strip()
        if self._handoff is not None and typed != self._saved_answer:
            self._saved_answer = typed
            self.answered.emit(typed)

    def _pressed(self) -> None:
        self.asked.emit(self.sender().objectName())
