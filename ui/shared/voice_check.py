"""Checking a draft against the voice guide while it is written, and clearing it before it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.frame.working import Working
from ui.shared.aids import help_writing
from ui.shared.hints import HintStrip

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.voice import Draft, Finding, Stopped
    from app.workbench import Workbench
    from ui.shared.draft_field import DraftField
    from ui.shared.language_chip import LanguageChip

MOST_AT_ONCE = 8_000
"""Characters of a draft that is checked without a thread: some 15 ms."""


class VoiceCheck(QObject):
    """Marks the findings in the field and shows one of them in the strip; `spelling` marks slips in the same field."""

    changed = Signal()
    """The strip came, went or says something else: it may take another height."""
    replaced = Signal()
    """The words of a finding were replaced by its suggestion."""

    def __init__(
        self, bench: Workbench, field: DraftField, language: LanguageChip, read_by: Callable[[Draft], Draft]
    ) -> None:
        """Check nothing until `look`; `read_by` adds to a draft who is going to read it and what goes along."""
        super().__init__(field)
        self.read_by = read_by
        self.spoken: Callable[[Finding | None], object] | None = None
        """Shows that the draft is in another language, in the place of the strip."""
        self._bench, self._field, self._language = bench, field, language
        self._findings: tuple[Finding, ...] = ()
        self._shown = 0  # which of them is in the strip
        self._asked = ""  # what is checked on a thread
        self.spelling = help_writing(bench, field, lambda: language.code)
        language.changed.connect(self.spelling.look)
        self.strip = HintStrip()
        self.strip.hide()
        self.strip.taken.connect(self.take)
        self.strip.moved.connect(self.next)
        self.spelling.crowded = lambda: not self.strip.isHidden()  # two strips leave no room for the messages

    def look(self) -> None:
        """Check the draft again: at once, or on a thread of its own if it is long or its language isn't loaded yet."""
        typed = self._field.toPlainText()
        if not typed.strip():
            self._take(())
            return
        draft = self._draft(typed)
        if len(typed) <= MOST_AT_ONCE and self._bench.voice.is_ready(typed, draft.language):
            self._take(self._bench.voice.look(draft))
            return
        self._asked = typed
        looking = Working(lambda _progress, _stop: self._bench.voice.look(draft), "voice-check")
        looking.finished.connect(self._looked)
        looking.start()

    def _looked(self, findings: tuple[Finding, ...]) -> None:
        if self._field.toPlainText() == self._asked:
            self._take(findings)

    def _take(self, findings: tuple[Finding, ...]) -> None:
        if self.spoken is not None:
            self.spoken(next((finding for finding in findings if finding.language), None))
            findings = tuple(finding for finding in findings if not finding.language)
        self._findings = findings
        self._shown = min(self._shown, max(0, len(self._findings) - 1))
        self._field.mark(self._findings, tried=self.strip.tried)
        self._show()

    def _draft(self, typed: str) -> Draft:
        from app.voice import Draft  # noqa: PLC0415  11 ms of imports that the first paint does not wait for

        return self.read_by(Draft(typed, self._language.code))

    def _show(self) -> None:
        if self._findings:
            self.spelling.line.hide()
            self.strip.show_finding(self._findings[self._shown], self._shown + 1, len(self._findings))
        else:
            self.strip.hide()
        self.changed.emit()

    def next(self) -> None:
        """Show the next finding and select its words in the field."""
        if self._findings:
            self._shown = (self._shown + 1) % len(self._findings)
            self._show()
            self._field.go_to(self._findings[self._shown])

    def take(self) -> None:
        """Replace the finding's words by its suggestion; without one (an unfilled blank) select them.

        A draft in another language is marked as that.
        """
        if not self._findings:
            return
        finding = self._findings[self._shown]
        if finding.language:
            self._language.set_language(finding.language)
            self._language.changed.emit()
        elif finding.instead:
            start, end = finding.replaces or (finding.start, finding.end)
            self._field.replace(start, end, finding.instead, select=not finding.fits)
            if finding.fact:
                self._bench.facts.note_put(finding.fact, finding.instead, self.spelling.draft or None)
            self.replaced.emit()
        else:
            self._field.go_to(finding)

    def is_held(self) -> bool:
        """Whether a rule stops the draft, or somebody was asked about it."""
        return any(
            finding.asked or (finding.rule_id is not None and finding.level != "note") for finding in self._findings
        )

    def waiting(self) -> str:
        """The sentence that says who has not answered yet; "" if nobody is asked."""
        return next((finding.why for finding in self._findings if finding.asked == "waiting"), "")

    def stopped(self) -> Finding | None:
        """What somebody can be asked about: the finding in the strip, else the first one; None if no rule stops it."""
        from app.handoffs.approvals import stopped_first  # noqa: PLC0415  loaded at first use

        shown = self._findings[self._shown : self._shown + 1]
        return stopped_first((*shown, *self._findings))

    def reason(self) -> str:
        """The reason typed for sending in spite of a finding; "" if there is none."""
        return self.strip.reason()

    def forget(self, draft: int = 0) -> None:
        """Forget the reason and that sending was tried: another draft follows, of a conversation if its id is given."""
        self.strip.clear_reason()
        self.spelling.forget(draft)

    def clear(self) -> None:
        """Show nothing: the draft was sent."""
        self.forget(self.spelling.draft)
        self._take(())

    def insist(self, why: Stopped) -> None:
        """Show the finding that stopped the draft from being sent. `why` has at least one."""
        first = why.findings[0]
        self._shown = next((n for n, finding in enumerate(self._findings) if finding.key == first.key), 0)
        self.strip.insist(first)
        self._field.mark(self._findings, tried=True)
        self._show()
        if first.level != "ask":
            self._field.go_to(first)
