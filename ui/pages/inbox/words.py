"""The words of a reply: the draft's field, its language, templates, the voice guide's findings and the length limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ui.look.text import tr
from ui.pages.inbox.earlier import EarlierReplies
from ui.pages.inbox.ending import Ending
from ui.pages.inbox.spoken import SpokenNotice
from ui.pages.inbox.template_filling import TemplateFilling
from ui.shared.language_chip import LanguageChip
from ui.shared.room import LengthStrip, Limit
from ui.shared.template_picker import TemplatePicker
from ui.shared.voice_check import VoiceCheck
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.inbox import Opened
    from app.voice import Cleared, Draft, Stopped
    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.pages.inbox.whom import Whom
    from ui.shared.draft_field import DraftField
    from ui.shared.fact_menu import FactMenu

_CHECK_DELAY_MS = 250


class Words(QObject):
    """Makes the parts that look after the text, and keeps them in step; the composer lays their widgets out."""

    checked = Signal()
    """The draft was checked: strips may have appeared or gone."""

    def __init__(self, bench: Workbench, frame: Frame, field: DraftField, whom: Whom) -> None:
        """Start with an empty `field`; templates are filled in for the receiver that `whom` says."""
        super().__init__(field)
        self._bench, self._frame, self._field, self._whom = bench, frame, field, whom
        self._talk = 0
        self.language = LanguageChip()
        self.voice = VoiceCheck(bench, field, self.language, self._read_by)
        self.spoken = SpokenNotice(self.language)
        self.voice.spoken = self.spoken.show_finding
        self.voice.strip.asks = True
        self.voice.strip.asked.connect(lambda: frame.run("ask_first"))
        self.counter, self.length = Label("", "meta", "text2"), LengthStrip()
        self.limit = Limit(field, self.counter, self.length)
        self.templates = TemplateFilling(bench, frame, field, self.language, whom)
        self.picker = TemplatePicker(bench, field, self.templates.pick, self.templates.spoken)
        self.ending = Ending(bench, self.language)
        self.earlier = EarlierReplies(bench, frame, whom)
        self._check_timer = QTimer(self)
        self._check_timer.setSingleShot(True)
        self._check_timer.setInterval(_CHECK_DELAY_MS)
        self._check_timer.timeout.connect(self.check)
        self.language.changed.connect(self.check)
        self.voice.replaced.connect(self.check)
        self.picker.taken.connect(self._insert)
        self.facts: FactMenu | None = None

    def show_conversation(self, opened: Opened) -> None:
        """Show another conversation's draft; `check` it once its receiver is shown too."""
        self._talk = opened.row.id
        self.voice.forget(opened.row.id)
        self._field.setPlainText(opened.draft)
        self.language.set_language(opened.row.language)
        self.templates.show_conversation(opened)
        self.earlier.show_conversation(opened)

    def refresh(self, opened: Opened) -> None:
        """Update from the same conversation re-read; the text stays. Somebody may have answered what a rule stops."""
        self.templates.refresh(opened)
        if self.voice.is_held():
            self.voice.look()

    def text(self) -> str:
        """What would be sent: the draft without blank space around it."""
        return self._field.toPlainText().strip()

    def write(self) -> None:
        """Focus the field, with the cursor at the end."""
        self._field.setFocus()
        self._field.move_to_end()

    def take_language(self) -> None:
        """Mark the draft as the language that it is in."""
        if not self.spoken.change():
            self._frame.fail(tr("The reply is in the language that it's marked as, as far as one can tell."))

    def typed(self) -> None:
        """Count at once, and check when typing pauses."""
        self._check_timer.start()
        self.limit.typed()

    def check(self) -> None:
        """Check the draft against limit and voice guide: mark the findings in the field and show the current one."""
        self._check_timer.stop()
        self.limit.look()  # first: it says where the parts of a thread begin, which is marked with the findings
        self.voice.look()
        self.ending.refresh()
        self.checked.emit()

    def insert(self, number: int) -> None:
        """Insert a template by its id, in the member's language; ask for the language if it is unknown."""
        self.picker.hide()
        if self.templates.insert(number):
            self.check()

    def ask_fact(self) -> None:
        """Open the menu of facts at the cursor."""
        if self.facts is None:
            from ui.shared.fact_menu import FactMenu  # noqa: PLC0415  loaded at first use

            self.facts = FactMenu(self._frame, self._field, self.language, lambda: self._talk)
            self.facts.inserted.connect(self.check)
        self.facts.ask()

    def _insert(self, number: str) -> None:
        self.insert(int(number))

    def cleared(self) -> Cleared:
        """The draft, cleared by the voice guide; raises `Stopped` if it may not be sent like this."""
        from app.voice import Draft  # noqa: PLC0415  11 ms of imports that the first paint does not wait for

        template, variant = self.templates.used or (None, "")
        draft = Draft(self.text(), self.language.code, template, variant)
        return self._bench.voice.clear(self._read_by(draft), reason=self.voice.reason())

    def draft(self) -> Draft:
        """The draft as it would be sent, with who is going to read it."""
        from app.voice import Draft  # noqa: PLC0415  as in `cleared`

        return self._read_by(Draft(self.text(), self.language.code))

    def _read_by(self, draft: Draft) -> Draft:
        """The draft with who is going to read it, and the files that go along."""
        return self._bench.outbox.read_by(draft, self._talk, self._whom.answers, self._whom.addressing)

    def insist(self, why: Stopped) -> None:
        """Show why the draft was not sent."""
        self.check()
        if why.findings:
            self.voice.insist(why)
        else:
            self._frame.fail(str(why))
            self._field.setFocus()

    def clear(self) -> None:
        """Empty the field and the strips: the draft was sent."""
        self._field.clear()
        self.limit.look()
        self.voice.clear()
