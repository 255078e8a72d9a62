"""The panel to try a draft: checks typed text with the voice guide as a reply would be, and offers replacements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.base.text import words
from app.voice import Finding, Guide
from ui.commands.keys import make_form
from ui.frame.working import Working
from ui.look import languages, text
from ui.look.text import tr
from ui.shared.draft_field import DraftField
from ui.shared.voice_check import MOST_AT_ONCE
from ui.widgets.avatar import Chip, Icon
from ui.widgets.buttons import ActionButton
from ui.widgets.emptying import Grown, empty
from ui.widgets.fields import Choice
from ui.widgets.labels import Heading, Label, Rule
from ui.widgets.panels import Panel, SidePanel

if TYPE_CHECKING:
    from app.workbench import Workbench

_CHECK_DELAY_MS = 250
_MAX_FINDINGS_SHOWN = 8
LEVELS = {"block": ("octagon-x", "danger"), "ask": ("shield-alert", "warn"), "note": ("info", "text2")}


class _Line(QWidget):
    """One finding: the words, why, and the button to replace or cut them. `take` carries its index."""

    take = Signal(object)

    def __init__(self, finding: Finding, place: int) -> None:
        super().__init__()
        self._place = place
        icon, tone = LEVELS[finding.level]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(8)
        row.addWidget(Icon(icon, tone), 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(Label(text.plain(finding.words), "meta", tone, wrap=True, weight=600))
        start, end = finding.replaces or (finding.start, finding.end)
        fitted = tr("Say “{words}”.") if finding.fits else tr("Say “{words}”, in the form that fits.")
        advice = tr("Add “{words}”.") if start == end else fitted
        better = advice.format(words=text.isolate(finding.instead.strip())) if finding.instead else ""
        texts.addWidget(Label(" ".join(part for part in (finding.why, better) if part), "meta", "text2", wrap=True))
        row.addLayout(texts, 1)
        title = tr("Cut") if not finding.instead else tr("Add") if start == end else tr("Replace")
        button = ActionButton(title, height=26)
        button.clicked.connect(self._pressed)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def _pressed(self) -> None:
        self.take.emit(self._place)


class TryPanel(SidePanel):
    """A summary of the traits, then the draft. `edit` asks for the whole guide."""

    edit = Signal()

    def __init__(self, bench: Workbench) -> None:
        """Start with an empty draft."""
        super().__init__(312)
        make_form(self)
        self._bench = bench
        self.findings: tuple[Finding, ...] = ()
        self._asked = "", ""  # what is checked on a thread: the draft and its language
        self._check_timer = QTimer(self)
        self._check_timer.setSingleShot(True)
        self._check_timer.setInterval(_CHECK_DELAY_MS)
        self._check_timer.timeout.connect(self.check)
        self.traits = QWidget()
        self._traits = QVBoxLayout(self.traits)
        self._traits.setContentsMargins(0, 0, 0, 0)
        self._traits.setSpacing(2)
        self.column.addWidget(self.traits)
        known = [("", tr("Any language")), *((code, languages.own_name(code)) for code in languages.HOUSE)]
        self.language = Choice(known, name=tr("Language of the draft"))
        self.language.picked.connect(self._picked)
        head = QHBoxLayout()
        head.addWidget(Heading(tr("Try a draft")), 1)
        head.addWidget(self.language)
        self.column.addLayout(head)
        panel = Panel(edge="control", margin=12)
        self.field = DraftField()
        self.field.setAccessibleName(tr("A draft to try"))
        self.field.setPlaceholderText(tr("Type as if writing to a member"))
        Grown(self.field, 5, 11)
        self.field.textChanged.connect(self._typed)
        panel.column.addWidget(self.field)
        self.column.addWidget(panel)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self.column.addLayout(self._lines)
        self.column.addStretch(1)
        foot = QHBoxLayout()
        self.count, self.verdict = Label("", "meta", "text2"), Chip("", "ok")
        foot.addWidget(self.count, 1)
        foot.addWidget(self.verdict)
        self.column.addLayout(foot)
        self._show()

    def show_guide(self, guide: Guide, *, traits: bool) -> None:
        """Check the draft with this guide; `traits` shows a summary of them, for views without the guide itself."""
        empty(self._traits)
        self.traits.setVisible(traits)
        if traits:
            head = Heading(
                tr("Voice guide"), count=f"v{guide.version}" if guide.version else "", aside=tr("Edit"), link=True
            )
            head.activated.connect(self.edit)
            self._traits.addWidget(head)
            for trait in guide.traits:
                self._traits.addWidget(Label(text.plain(trait.name), "meta", wrap=True, weight=600))
                if trait.why:
                    self._traits.addWidget(Label(text.plain(trait.why), "meta", "text2", wrap=True))
                self._traits.addSpacing(4)
            if not guide.traits:
                self._traits.addWidget(Label(tr("Say who you are and how you sound."), "meta", "text2", wrap=True))
            self._traits.addSpacing(8)
            self._traits.addWidget(Rule())
            self._traits.addSpacing(4)
        self.check()

    def _picked(self, _code: str) -> None:
        self.check()

    def _typed(self) -> None:
        self._check_timer.start()

    def check(self) -> None:
        """Check the draft and show the findings: at once, or on a thread where a language has to be loaded first."""
        draft, language = self.field.toPlainText(), self.language.key()
        self._asked = draft, language
        voice = self._bench.voice
        if not draft.strip():
            self._found(())
        elif len(draft) <= MOST_AT_ONCE and voice.is_ready(draft, language):
            self._found(voice.check(draft, language))
        else:
            checking = Working(lambda _progress, _stop: (draft, language, voice.check(draft, language)), "try-draft")
            checking.finished.connect(self._checked)
            checking.start()

    def _checked(self, found: tuple[str, str, tuple[Finding, ...]]) -> None:
        draft, language, findings = found
        if (draft, language) == self._asked:
            self._found(findings)

    def _found(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        self.field.mark(findings)
        self._show()

    def _show(self) -> None:
        empty(self._lines)
        for place, finding in enumerate(self.findings[:_MAX_FINDINGS_SHOWN]):
            line = _Line(finding, place)
            line.take.connect(self.take)
            self._lines.addWidget(line)
        draft = self.field.toPlainText()
        self.count.setText(text.counted(len(words(draft)), "{count} word", "{count} words") if draft.strip() else "")
        self.verdict.setVisible(bool(draft.strip()))
        self.verdict.set(*verdict(self.findings))

    def take(self, place: int) -> None:
        """Replace the words of the finding at this index with its suggestion, or cut them if it has none."""
        if 0 <= place < len(self.findings):
            finding = self.findings[place]
            self.field.replace(*(finding.replaces or (finding.start, finding.end)), finding.instead)
            self.check()


def verdict(findings: tuple[Finding, ...]) -> tuple[str, str]:
    """Return (words, tone) that sum up the findings: "1 block, 2 to review"."""
    blocks = sum(finding.level == "block" for finding in findings)
    rest = len(findings) - blocks
    if not findings:
        return tr("Sounds like us"), "ok"
    parts = [tr("{count} block").format(count=blocks)] if blocks else []
    parts += [tr("{count} to review").format(count=rest)] if rest else []
    return ", ".join(parts), "danger" if blocks else "warn"
