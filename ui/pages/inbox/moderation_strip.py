"""The strip that asks what to do at the channel, to which message, on which guideline, and for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy, QWidget

from app.base import clock
from app.mail.quotes import first_words
from app.moderation.verbs import NEED_NO_GUIDELINE
from app.moderation.words import MUTES, means, title, upstream_in_words
from ui.look import text
from ui.look.text import tr
from ui.widgets.fields import Choice
from ui.widgets.labels import Label
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.inbox import Line, Opened
    from app.moderation.desk import Moderation

_MAX_EXCERPT_CHARS = 40
_DAY = "86400"
_TO_DECIDE = ("reported", "held")
"""States at the channel in which somebody has to decide about a message, the most urgent first."""


class Doer(Protocol):
    """Carries out what the strip asks."""

    def do(self, message: int, verb: str, guideline: str, why: str, evidence: str, seconds: int) -> None:
        """Log it and hold it for its undo. Raises UserError if the guideline is missing."""


class ModerationStrip(Strip):
    """Asks for the action, the message, the guideline, the reason and evidence."""

    def __init__(
        self, doer: Doer, desk: Moderation, opened: Opened, offered: list[Line], message: int, verb: str
    ) -> None:
        """Preselect that message id and verb; 0 and "" select the first offered."""
        super().__init__(tr("Moderation"), "shield", tr("Apply on the channel"))
        self._doer, self._desk, self._conversation = doer, desk, opened.row.id
        self._lines = {line.id: line for line in offered}
        self.message = Choice([(str(line.id), one_line(line)) for line in offered], str(message or ""))
        self.message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.verb = Choice()
        self.lasts = Choice([(str(seconds), tr(span)) for seconds, span in MUTES], _DAY)
        self.guideline = Choice([("", name) for name in desk.guidelines()])
        self._typed = QLineEdit()
        self.guideline.setLineEdit(self._typed)
        self.guideline.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.guideline.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.guideline.setCurrentIndex(-1)
        self.why, self.evidence = QLineEdit(), QLineEdit()
        self._account, self._kind = text.isolate(opened.row.account), opened.row.kind
        self._lay_out()
        self._fit_verbs(verb)
        self.message.activated.connect(self._message_chosen)
        self.verb.activated.connect(self._verb_chosen)

    def topic(self) -> object:
        """What was asked for, or else the conversation, in which one message after the other may be looked at."""
        return self.about or self._conversation

    def _lay_out(self) -> None:
        self._typed.setTextMargins(-2, 0, 0, 0)  # the combo box adds its own; more would cut the first letter
        self._typed.setPlaceholderText(tr("Used before (↓), or a new one"))
        self._typed.setAccessibleName(tr("Guideline"))
        self.why.setPlaceholderText(tr("Optional"))
        self.evidence.setPlaceholderText(tr("Optional: a link, or where a picture is kept"))
        self.field(tr("What"), self.verb, 0, 0)
        self.field(tr("Guideline"), self.guideline, 0, 1, 2)
        self.field(tr("Message"), self.message, 1, 0, 2)
        self.field(tr("For how long"), self.lasts, 1, 2)
        self.field(tr("Reason"), self.why, 2, 0)
        self.field(tr("Evidence"), self.evidence, 2, 1, 2)
        for column, stretch in enumerate((2, 2, 1)):
            self.form.setColumnStretch(column, stretch)

    def _chosen(self) -> Line:
        return self._lines[int(self.message.key())]

    def _fit_verbs(self, verb: str = "") -> None:
        """List the verbs of the chosen message in the channel's order; "show" comes first where it is to be decided."""
        line = self._chosen()
        able = list(self._desk.verbs(line.id))
        if line.upstream in _TO_DECIDE and "show" in able:
            able.insert(0, able.pop(able.index("show")))
        self.verb.set_choices([(key, title(key, line.upstream, self._kind)) for key in able], verb)
        self._verb_chosen()

    def _message_chosen(self, _place: int) -> None:
        self._fit_verbs(self.verb.key())

    def _verb_chosen(self, _place: int = 0) -> None:
        """Ask for what the verb needs, and say what follows from it."""
        usual, verb = tr("No guideline broken"), self.verb.key()
        if verb == "show" and not self.guideline.currentText():
            self.guideline.setEditText(usual)
        elif verb != "show" and self.guideline.currentText() == usual:
            self.guideline.setEditText("")
        self._show_field(self.lasts, wanted=verb == "mute")
        self.form.addWidget(self.message, 3, 0, 1, 2 if verb == "mute" else 3)  # in its place, wider or narrower
        for field in (self.guideline, self.why, self.evidence):
            self._show_field(field, wanted=verb not in NEED_NO_GUIDELINE)
        happens = means(verb, self._chosen().upstream, self._kind, self._account)
        happens = happens or tr("This happens on {channel}.").format(channel=self._account)
        self.aside.setText(
            tr("{what_happens} You have a few seconds to undo it, and it is kept in the log.").format(
                what_happens=happens
            )
        )

    def _show_field(self, field: QWidget, *, wanted: bool) -> None:
        """Show or hide a field with its label."""
        field.setVisible(wanted)
        for label in self.sheet.findChildren(Label):
            if label.buddy() is field:
                label.setVisible(wanted)

    def start(self) -> None:
        """Focus the first field to be filled in; with no guideline asked for, what is to be done."""
        if self.verb.key() in NEED_NO_GUIDELINE:
            self.verb.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.guideline.setFocus(Qt.FocusReason.OtherFocusReason)
        self._typed.selectAll()

    def do(self) -> str:
        """Log the action and start its hold; returns "", since the inbox shows its own toast with Undo."""
        verb = self.verb.key()
        asked = "" if verb in NEED_NO_GUIDELINE else self.guideline.currentText()
        why, evidence = ("", "") if verb in NEED_NO_GUIDELINE else (self.why.text(), self.evidence.text())
        seconds = int(self.lasts.key()) if verb == "mute" else 0
        self._doer.do(self._chosen().id, verb, asked, why, evidence, seconds)
        return ""


def to_be_decided_first(lines: list[Line]) -> list[Line]:
    """These messages, those first that somebody has to decide about: the reported, then the held ones."""
    order = {upstream: place for place, upstream in enumerate(_TO_DECIDE)}
    return sorted(lines, key=lambda line: order.get(line.upstream, len(order)))


def one_line(line: Line) -> str:
    """A message as one line of a list box."""
    body = text.plain(first_words(line.text, 2 * _MAX_EXCERPT_CHARS))
    words = f"{body[:_MAX_EXCERPT_CHARS].rstrip()}…" if len(body) > _MAX_EXCERPT_CHARS else body
    author = text.embed(line.author) if line.author else (tr("You") if line.out else "")
    state = upstream_in_words(line.upstream)
    parts = [author, text.stamp(line.at, clock.now()), state, text.isolate(words)]
    return text.sentence(" · ".join(part for part in parts if part))
