"""What is proposed on the page, to be ticked: teammates, templates, traits, each with why it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.base.language_names import name as language_name
from app.base.words import N_, forms
from app.first_week import TEAMMATES, TEMPLATES, TRAITS, Overview
from app.first_week import words as said
from app.templates.blanks import named
from ui.frame.doing import undoable
from ui.look import fonts, text
from ui.look.text import tr
from ui.look.theme import theme
from ui.pages.firstweek.section import Section
from ui.widgets.buttons import ActionButton, LinkButton
from ui.widgets.fields import CheckBox
from ui.widgets.labels import Label
from ui.widgets.panels import Panel, empty_layout

if TYPE_CHECKING:
    from app.first_week.colleagues import Colleague
    from app.first_week.habits import Habit
    from app.first_week.repeats import Repeat
    from app.workbench import Workbench
    from ui.frame.page import Frame

_BODY_CHARS, _SAMPLE_CHARS, _NAMES_SAID = 360, 240, 3
_BELOW_TICK = 27
_ADD = {
    TEAMMATES: N_("Add as teammates"), TEMPLATES: N_("Add as templates"), TRAITS: N_("Add to the voice guide"),
}  # fmt: skip
_ADD_MANY = {
    TEAMMATES: forms("Add {count} teammate", "Add {count} teammates"),
    TEMPLATES: forms("Add {count} template", "Add {count} templates"),
    TRAITS: forms("Add {count} to the voice guide", "Add {count} to the voice guide"),
}
_LEAST_WIDE = 120


class Tick(CheckBox):
    """A check box whose words end in an ellipsis where there is no room for them."""

    def __init__(self, words: str) -> None:
        """`words` are a name; an & in them is one."""
        super().__init__(text.plain(words).replace("&", "&&"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        return QSize(fonts.px(_LEAST_WIDE), self.sizeHint().height())


class Shown(NamedTuple):
    """One proposal as it is shown: `key` tells it from the others, `samples` are replies that it comes from."""

    key: str
    name: str
    why: str
    body: str = ""
    samples: tuple[str, ...] = ()


class Proposal(QWidget):
    """A tick with why it is proposed, its text, and the replies that it comes from, folded at first."""

    def __init__(self, shown: Shown, changed: Callable[[], object]) -> None:
        """`changed` is called when the tick is."""
        super().__init__()
        self.shown = shown
        self.tick = Tick(shown.name)
        self.tick.setAccessibleDescription(text.plain(f"{shown.why} {shown.body}"))
        self.tick.toggled.connect(changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.tick)
        self._below = below = QVBoxLayout()
        below.setSpacing(4)
        below.addWidget(Label(text.plain(shown.why), "meta", "text2", wrap=True))
        if shown.body:
            panel = Panel(fill="subtle", margin=10)
            panel.column.addWidget(Label(text.short(shown.body, _BODY_CHARS), "body", "text", wrap=True))
            below.addWidget(panel)
        self._samples = [
            Label(text.short(sample, _SAMPLE_CHARS), "meta", "text2", wrap=True) for sample in shown.samples
        ]
        if self._samples:
            self.more = LinkButton(tr("Show where it's from"), tone="text2")
            self.more.setAccessibleName(tr("Show where it's from: {name}").format(name=text.plain(shown.name)))
            self.more.clicked.connect(self._unfold)
            below.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
            for label in self._samples:
                label.hide()
                below.addWidget(label)
        column.addLayout(below)
        self._indent()
        theme().changed.connect(self._indent)

    def _indent(self) -> None:
        """What is below the tick stands below its name, in any text size."""
        self._below.setContentsMargins(fonts.px(_BELOW_TICK), 0, 0, 4)

    def _unfold(self) -> None:
        hidden = self._samples[0].isHidden()
        for label in self._samples:
            label.setVisible(hidden)
        self.more.set_title(tr("Hide where it's from") if hidden else tr("Show where it's from"))


class ProposalsSection(Section):
    """Ticks and a button that takes what is ticked; ticks stay while the letters are read again."""

    def __init__(self, bench: Workbench, frame: Frame, step: str, title: str, about: str) -> None:
        """The proposals come with `show_overview`."""
        super().__init__(step, title, about)
        self._bench, self._frame = bench, frame
        self._every: dict[str, Any] = {}
        self._shown: tuple[Shown, ...] = ()
        self.proposals: list[Proposal] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        self.body.addLayout(self._column)
        self.button = ActionButton(tr(_ADD[step]), "plus")
        self.button.clicked.connect(self._take)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def every(self, made: Overview) -> Sequence[tuple[Shown, object]]:
        """What is shown, with what it stands for."""
        raise NotImplementedError

    def take(self, chosen: Sequence[Any]) -> None:
        """Do it; one undoable action."""
        raise NotImplementedError

    def taken_words(self, names: str, many: int) -> str:
        """The toast: `names` are whom or what it is about."""
        raise NotImplementedError

    def show_overview(self, made: Overview) -> None:
        """Show the state and the proposals."""
        pairs = self.every(made)
        shown = tuple(pair[0] for pair in pairs)
        self._every = {pair[0].key: pair[1] for pair in pairs}
        if shown != self._shown:
            ticked = set(self._ticked())
            focused = next((one.shown.key for one in self.proposals if one.tick.hasFocus()), "")
            self._shown = shown
            empty_layout(self._column)
            self.proposals = [Proposal(one, self._ticks_changed) for one in shown]
            for one in self.proposals:
                one.tick.setChecked(one.shown.key in ticked)
                self._column.addWidget(one)
                if one.shown.key == focused:
                    one.tick.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_step(made.step(self.step))
        self._ticks_changed()

    def focus(self) -> None:
        """Focus the first tick."""
        if self.proposals:
            self.proposals[0].tick.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().focus()

    def _ticked(self) -> list[str]:
        return [one.shown.key for one in self.proposals if one.tick.isChecked()]

    def _ticks_changed(self) -> None:
        many = len(self._ticked())
        self.button.set_title(text.counted(many, *_ADD_MANY[self.step]) if many else tr(_ADD[self.step]))
        self.button.setEnabled(many > 0)

    def _take(self) -> None:
        keys = self._ticked()
        names = [text.name(one.shown.name) for one in self.proposals if one.shown.key in keys]
        listed = ", ".join(names[:_NAMES_SAID]) + (" …" if len(names) > _NAMES_SAID else "")
        with undoable(self._frame, self.taken_words(listed, len(keys))):
            self.take([self._every[key] for key in keys])
            for one in self.proposals:
                one.tick.setChecked(False)


class TeammatesSection(ProposalsSection):
    """People of our own domain, or whom our letters are copied or passed on to."""

    def __init__(self, bench: Workbench, frame: Frame) -> None:
        """See `ProposalsSection`."""
        about = tr("People in your mail whom you may hand things to. They get files or letters, and never log in here.")
        super().__init__(bench, frame, TEAMMATES, tr("Teammates"), about)

    def every(self, made: Overview) -> Sequence[tuple[Shown, object]]:
        """Those who are proposed, with their address and language."""
        return [(Shown(one.address, one.name, _why_teammate(one)), one) for one in made.teammates]

    def take(self, chosen: Sequence[Any]) -> None:
        """Add them."""
        self._bench.first_week.add_teammates(chosen)

    def taken_words(self, names: str, many: int) -> str:
        """Whom it is about."""
        return text.counted(many, "New teammate: {names}.", "{count} new teammates: {names}.", names=names)


class TemplatesSection(ProposalsSection):
    """What was written again and again."""

    def __init__(self, bench: Workbench, frame: Frame) -> None:
        """See `ProposalsSection`."""
        about = tr("What you often write, from your last 300 replies. Names and numbers are now blanks to fill in.")
        super().__init__(bench, frame, TEMPLATES, tr("Templates"), about)

    def every(self, made: Overview) -> Sequence[tuple[Shown, object]]:
        """The texts, with how often they were written."""
        return [(_template(one), one) for one in made.templates]

    def take(self, chosen: Sequence[Any]) -> None:
        """Add them."""
        self._bench.first_week.add_templates(chosen)

    def taken_words(self, names: str, many: int) -> str:
        """What it is about."""
        return text.counted(many, "New template: {names}.", "{count} new templates: {names}.", names=names)


class TraitsSection(ProposalsSection):
    """How we write."""

    def __init__(self, bench: Workbench, frame: Frame) -> None:
        """See `ProposalsSection`."""
        about = tr("Habits in your last 300 replies. The voice guide shows them to whoever writes for you.")
        super().__init__(bench, frame, TRAITS, tr("How you write"), about)

    def every(self, made: Overview) -> Sequence[tuple[Shown, object]]:
        """The habits, with in how many replies, and examples."""
        return [(_trait(one), one) for one in made.traits]

    def take(self, chosen: Sequence[Any]) -> None:
        """Put them into the guide."""
        self._bench.first_week.add_traits(chosen)

    def taken_words(self, names: str, many: int) -> str:
        """What it is about."""
        return text.counted(
            many, "In the voice guide: {names}.", "{count} habits in the voice guide: {names}.", names=names
        )


def _why_teammate(one: Colleague) -> str:
    languages = ", ".join(tr(language_name(code)) for code in one.languages)
    told = tr("{address}: {reasons}").format(address=one.address, reasons=said.why(one))
    return tr("{sentence}; writes in {languages}").format(sentence=told, languages=languages) if languages else told


def _template(one: Repeat) -> Shown:
    why = said.written(one.times, tr(language_name(one.language)))
    return Shown(f"{one.language} {one.body}", one.name, why, named(one.body), one.samples)


def _trait(one: Habit) -> Shown:
    examples = "  ".join(tr("“{words}”").format(words=example.do) for example in one.trait.examples)
    why = f"{one.trait.why} {examples}".strip()
    return Shown(one.key, one.trait.name, why, "", one.shown)
