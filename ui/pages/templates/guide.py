"""The voice guide view: who we are, and the traits of our voice with examples in the chosen language."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.voice import Guide, Trait
from app.voice.limits import Limits
from app.voice.rule import EMOJI, EXCLAIM, RANGES, SENTENCE
from ui.look import text
from ui.look.text import tr
from ui.pages.templates.tabs import LanguageTabs
from ui.shared.note_field import NoteField
from ui.widgets.avatar import Icon
from ui.widgets.buttons import ActionButton, IconButton
from ui.widgets.emptying import empty
from ui.widgets.fields import Spin
from ui.widgets.labels import Heading, Label
from ui.widgets.panels import Panel, Scroll
from ui.widgets.scaled import scaled

_MAX_COLUMN_WIDTH, _SPIN_WIDTH = 760, 140


class GuideView(QWidget):
    """`who` carries the changed "Who we are" text, `trait` the id of the trait to edit, or None for a new one."""

    who = Signal(str)
    limited = Signal(str, object)
    """A limit was set: its key, and the most, or None for any number."""
    trait = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty, until `show_guide`."""
        super().__init__(parent)
        self._guide = Guide("")
        self._limits = Limits()
        self.pane = Scroll((24, 18, 24, 20), 10, most=_MAX_COLUMN_WIDTH)
        shell = QWidget()
        column = QVBoxLayout(shell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.version = Heading(tr("Who we are"))
        column.addWidget(self.version)
        self.page = NoteField()
        self.page.setAccessibleName(tr("Who we are"))
        self.page.setPlaceholderText(tr("Three sentences: who replies here, how you talk, what you promise"))
        self.page.left.connect(self.keep)
        column.addWidget(self.page)
        self.limits: dict[str, Spin] = {}
        for what, title in (
            (EMOJI, tr("Emoji in a message, at most")),
            (EXCLAIM, tr("Exclamation marks in a message, at most")), (SENTENCE, tr("Words in a sentence, at most")),
        ):  # fmt: skip
            column.addLayout(self._limit_row(what, title))
        column.addSpacing(6)
        head = QHBoxLayout()
        head.addWidget(Heading(tr("How we sound")), 1)
        self.add = ActionButton(tr("New trait"), "plus", height=26)
        self.add.clicked.connect(self._new)
        head.addWidget(self.add)
        column.addLayout(head)
        self.tabs = LanguageTabs(tr("Language of the examples"))
        self.tabs.chosen.connect(self._tabbed)
        column.addWidget(self.tabs)
        self._traits = QVBoxLayout()
        self._traits.setSpacing(10)
        column.addLayout(self._traits)
        column.addStretch(1)
        self.pane.column.addWidget(shell)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.pane)

    def _limit_row(self, what: str, title: str) -> QHBoxLayout:
        """A field for a limit; below the least that it can be stands any number."""
        low, high = RANGES[what]
        spin = self.limits[what] = Spin()
        spin.setRange(low - 1, high)
        spin.setSpecialValueText(tr("Any number"))
        spin.setAccessibleName(title)
        spin.setKeyboardTracking(False)
        scaled(spin, width=_SPIN_WIDTH)
        spin.setValue(low - 1)
        spin.valueChanged.connect(partial(self._limited, what))
        row = QHBoxLayout()
        row.addWidget(Label(title, "row"), 1)
        row.addWidget(spin)
        return row

    def _limited(self, what: str, most: int) -> None:
        wanted = None if most < RANGES[what][0] else most
        if wanted != getattr(self._limits, what):
            self._limits = self._limits._replace(**{what: wanted})
            self.limited.emit(what, wanted)

    def show_limits(self, limits: Limits) -> None:
        """Show the guide's limits."""
        self._limits = limits
        for what, spin in self.limits.items():
            most = getattr(limits, what)
            spin.setValue(RANGES[what][0] - 1 if most is None else most)

    def show_guide(self, guide: Guide) -> None:
        """Show a guide; text being typed is kept."""
        typed = self.page.toPlainText()
        if typed.strip() == self._guide.who_we_are.strip():
            self.page.setPlainText(guide.who_we_are)
        self._guide = guide
        self.version.count.setText(f"v{guide.version}" if guide.version else "")
        lacking = {
            code
            for code in self.tabs.codes()
            if guide.traits and not all(_has_example(trait, code) for trait in guide.traits)
        }
        self.tabs.show_languages((), lacking)
        self._show_traits()

    def keep(self) -> None:
        """Emit `who` if the text was changed."""
        typed = self.page.toPlainText().strip()
        if typed != self._guide.who_we_are.strip():
            self.who.emit(typed)

    def language(self) -> str:
        """The language code of the examples shown."""
        return self.tabs.current()

    def _show_traits(self) -> None:
        empty(self._traits)
        for trait in self._guide.traits:
            panel = _TraitPanel(trait, self.tabs.current())
            panel.change.connect(self.trait)
            self._traits.addWidget(panel)
        if not self._guide.traits:
            words = tr("A trait of our voice, with an example of how we say it and how we don't.")
            self._traits.addWidget(Label(words, "body", "text2", wrap=True))

    def _tabbed(self, _code: str) -> None:
        self._show_traits()

    def _new(self) -> None:
        self.trait.emit(None)


def _has_example(trait: Trait, language: str) -> bool:
    return any(example.language == language for example in trait.examples)


class _TraitPanel(Panel):
    """A trait with its do and don't examples; `change` carries its id."""

    change = Signal(object)

    def __init__(self, trait: Trait, language: str) -> None:
        super().__init__(margin=14)
        self._number = trait.id
        head = QHBoxLayout()
        head.addWidget(Label(text.plain(trait.name), "name", wrap=True), 1)
        edit = IconButton("pencil", tr("Edit “{name}”").format(name=trait.name), size=26, glyph=14)
        edit.clicked.connect(self._pressed)
        head.addWidget(edit, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(head)
        if trait.why:
            self.column.addWidget(Label(trait.why, "meta", "text2", wrap=True))
        pair = next((example for example in trait.examples if example.language == language), None)
        if pair is None:
            self.column.addWidget(Label(tr("No example in this language yet."), "meta", "warn", wrap=True))
            return
        for icon, tone, words in (("check", "ok", pair.do), ("x", "danger", pair.dont)):
            if words:
                row = QHBoxLayout()
                row.setSpacing(8)
                row.addWidget(Icon(icon, tone), 0, Qt.AlignmentFlag.AlignTop)
                row.addWidget(Label(words, "body", "text" if tone == "ok" else "text2", wrap=True), 1)
                self.column.addLayout(row)

    def _pressed(self) -> None:
        self.change.emit(self._number)
