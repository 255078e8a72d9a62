"""The strip under the draft that shows a finding of the voice guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.base.words import N_
from ui.look import text
from ui.look.text import tr
from ui.widgets import paint
from ui.widgets.avatar import Icon
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.voice import Finding


_ASKED = {"waiting": N_("waits for an answer"), "yes": N_("may be sent like this")}
"""What is said of words that somebody was asked about; after a no the rule says what it always says."""


class HintStrip(QWidget):
    """Shows one finding: the words, why, a suggestion; for "needs approval" also a field for the reason."""

    taken = Signal()
    moved = Signal()
    asked = Signal()

    def __init__(self) -> None:
        """Start hidden, until `show_finding`."""
        super().__init__()
        self.asks = False
        """Whether somebody can be asked about what a rule stops: in a reply."""
        self._tone = "warn"
        self.tried = False
        """Whether sending was tried; until then an unfilled blank of a template is not shown as an error."""
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(10)
        self._icon = Icon("shield-alert", "warn", 16)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._problem, self._advice = Label("", "strong", wrap=True), Label("", "meta", "text2", wrap=True)
        self._insisted = False
        self._reason = QLineEdit()
        self._reason.setPlaceholderText(tr("Reason for sending anyway, then send again"))
        self._reason.setAccessibleName(tr("Reason for sending anyway"))
        words.addWidget(self._problem)
        words.addWidget(self._advice)
        self._reason_row = QWidget()  # with the distance to the words above it, which goes along
        room = QVBoxLayout(self._reason_row)
        room.setContentsMargins(0, 6, 0, 0)
        room.addWidget(self._reason)
        words.addWidget(self._reason_row)
        self._take = ActionButton(tr("Use it"), height=26)
        self._more = ActionButton("", kind="plain", height=26)
        self._take.follow("take_hint")
        self._more.follow("next_hint")
        self._ask = ActionButton(tr("Ask…"), kind="plain", height=26)
        self._ask.follow("ask_first")
        self._ask.hide()
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        row.addWidget(self._more)
        does = QVBoxLayout()  # below each other: the words beside them need the width
        does.setSpacing(4)
        does.addWidget(self._take)
        does.addWidget(self._ask)
        row.addLayout(does)
        self._take.clicked.connect(self.taken)
        self._more.clicked.connect(self.moved)
        self._ask.clicked.connect(self.asked)
        self._reason_row.hide()

    def show_finding(self, finding: Finding, place: int, count: int) -> None:
        """Show a finding, number `place` (from 1) of `count`."""
        from app.voice.asked import may_be_asked  # noqa: PLC0415  the first paint does not wait for it

        blocks, asks = finding.level == "block", finding.level == "ask"
        early = finding.risk == "blank" and blocks and not self.tried
        self._tone = "accent" if early else "danger" if blocks else "warn"
        icon = "text-cursor-input" if early else "octagon-x" if blocks else "shield-alert" if asks else "info"
        self._icon.set(icon, self._tone)
        lead = tr("can't be sent") if blocks else tr("needs a reason") if asks else tr("is worth a second look")
        lead = tr("needs filling in") if early else lead
        lead = tr(_ASKED[finding.asked]) if finding.asked in _ASKED else lead
        words = _named(finding.words) if finding.risk == "blank" else finding.words
        self._problem.setText(f"“{text.plain(words)}” {lead}")
        why = tr("Press Tab to go to it.") if early else finding.why
        start, end = finding.replaces or (finding.start, finding.end)
        adds = start == end  # nothing is replaced: something is missing
        fitted = tr("Say instead: {words}") if finding.fits else tr("Say instead, in the form that fits: {words}")
        advice = tr("Add: {words}") if adds else fitted
        better = advice.format(words=text.isolate(finding.instead.strip())) if finding.instead else ""
        self._advice.setText(" ".join(part for part in (why, better) if part))
        self._take.setVisible(bool(finding.instead or finding.language))
        replaces = tr("Replaces {words}") if finding.fits else tr("Replaces {words}, and selects it for you to adapt")
        says = tr("Puts it at the end") if adds else replaces.format(words=text.embed(finding.words))
        self._take.setToolTip(tr("Changes the draft's language") if finding.language else says)
        self._ask.setVisible(self.asks and may_be_asked(finding))
        self._more.set_title(tr("{number} of {total}").format(number=place, total=count))
        self._more.setVisible(count > 1)
        self._reason_row.setVisible(asks and self._insisted)
        self.setAccessibleName(f"{self._problem.text()}. {self._advice.text()}")
        self.show()
        self.update()

    def insist(self, finding: Finding) -> None:
        """React to an attempt to send: show and focus the reason field if a reason would allow it."""
        self.tried = True
        if finding.level == "ask":
            self._insisted = True
            self._reason_row.show()
            self._reason.setFocus()

    def reason(self) -> str:
        """The reason typed so far; "" while hidden."""
        return self._reason.text().strip() if self.isVisible() else ""

    def clear_reason(self) -> None:
        """Clear the reason and the record of the attempt."""
        self._reason.clear()
        self._insisted = self.tried = False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill with the finding's tone."""
        paint.box(QPainter(self), self.rect(), fill=f"{self._tone}_bg", radius=6)


def _named(words: str) -> str:
    """A blank by its name, without its braces."""
    from app.templates.blanks import named  # noqa: PLC0415  a start without a template does not load them

    return named(words)
