"""The template editor: name, shortcut and use, texts by language and variant, blanks, and a preview."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.base import clock
from app.base.text import preview
from app.templates import Template, Text, parse
from app.templates.blanks import named
from app.templates.unfinished import Unfinished
from ui.commands.keys import make_form
from ui.look import fonts, text
from ui.look.languages import HOUSE
from ui.look.text import tr
from ui.look.theme import theme
from ui.pages.templates.blanks import BlankRow
from ui.pages.templates.files import TemplateFilesRow
from ui.pages.templates.listing import missing
from ui.pages.templates.preview import Preview
from ui.pages.templates.suits import Suits
from ui.pages.templates.tabs import LanguageTabs
from ui.shared.aids import help_writing
from ui.shared.bringing import DropTarget
from ui.shared.draft_field import DraftField
from ui.widgets.buttons import ActionButton, IconButton
from ui.widgets.emptying import Grown
from ui.widgets.labels import ElidedLabel, Figure, Heading, Label, Rule
from ui.widgets.panels import Panel, Scroll
from ui.widgets.scaled import scaled
from ui.widgets.segments import SegmentSwitch

if TYPE_CHECKING:
    from app.templates.stale import Wear
    from app.workbench import Workbench
    from ui.frame.page import Frame

_PREVIEW_DELAY_MS = 200
_MAX_COLUMN_WIDTH = 820
_MAX_KEY_WIDTH, _FIELD_EDGES = 170, 24
"""CSS pixels: the most that a shortcut takes, and what its field has around the words."""
Place = tuple[str, str]
"""(language, variant) of a text."""


class TemplateEditor(QWidget):
    """`edited` is emitted on changes; `asked` carries "save", "archive" or "drop <language> <variant>"."""

    edited = Signal()
    asked = Signal(str)

    def __init__(self, bench: Workbench, frame: Frame, parent: QWidget | None = None) -> None:
        """Start empty, until `show_template`."""
        super().__init__(parent)
        make_form(self)
        self._bench = bench
        self.files = TemplateFilesRow(bench, frame, self._saved_number)
        DropTarget(self, self.files.take)
        self.template: Template | None = None
        self._drafts: dict[int, dict[Place, str]] = {}
        self._unsaved_names: dict[int, tuple[str, str, str]] = {}
        self._worn: Wear | None = None
        self._variant = "A"
        self._loading = False
        self._preview_timer = QTimer(self)
        self._preview_timer.setSingleShot(True)
        self._preview_timer.setInterval(_PREVIEW_DELAY_MS)
        self._preview_timer.timeout.connect(self._refresh_preview)
        self.pane = Scroll((20, 18, 20, 16), 10)
        shell = QWidget()
        scaled(shell, max_width=_MAX_COLUMN_WIDTH)
        column = QVBoxLayout(shell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._build(column)
        self.pane.column.addWidget(shell)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.pane, 1)
        outer.addLayout(self._foot())

    def _build(self, column: QVBoxLayout) -> None:
        column.addLayout(self._names())
        self.tabs = LanguageTabs(tr("Language of the text"))
        self.tabs.chosen.connect(self._language_chosen)
        column.addWidget(self.tabs)
        column.addWidget(self._writing())
        column.addLayout(self._variants())
        self.suits = Suits(self._bench)
        column.addWidget(self.suits)
        column.addSpacing(4)
        self.preview = Preview(self._bench)
        column.addWidget(self.preview)
        self.goes = Heading(tr("Usage"))
        column.addWidget(self.goes)
        figures = QHBoxLayout()
        captions = (tr("uses"), tr("last used"), tr("languages"), tr("texts"), tr("times thanked"))
        self.figures = [Figure("", caption) for caption in captions]
        for figure in self.figures:
            figures.addWidget(figure)
            figures.addStretch(1)
        column.addLayout(figures)
        column.addStretch(1)

    def _names(self) -> QGridLayout:
        self._names_grid = grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        self.name, self.key, self.use = QLineEdit(), QLineEdit(), QLineEdit()
        for place, (title, field, stretch) in enumerate(
            ((tr("Name"), self.name, 5), (tr("Shortcut"), self.key, 3), (tr("When to use it"), self.use, 6))
        ):
            grid.addWidget(Label(title, "badge", "text2", weight=400), 0, place)
            grid.addWidget(field, 1, place)
            grid.setColumnStretch(place, stretch)
            field.setAccessibleName(title)
            field.textEdited.connect(self._changed)
        self.key.textChanged.connect(self._fit_key)
        theme().changed.connect(self._fit_key)  # the text size may have changed
        return grid

    def _fit_key(self, _words: str = "") -> None:
        """Give the shortcut the room that it needs, within limits: it is what is typed elsewhere, letter by letter."""
        needed = self.key.fontMetrics().horizontalAdvance(self.key.text()) + fonts.px(_FIELD_EDGES)
        self._names_grid.setColumnMinimumWidth(1, min(needed, fonts.px(_MAX_KEY_WIDTH)))

    def _writing(self) -> QWidget:
        panel = Panel(edge="control", margin=14)
        self.field = DraftField()
        self.field.setAccessibleName(tr("Template text"))
        self.field.setPlaceholderText(tr("Write the reply; blanks such as the first name are filled in for you"))
        self.field.takes_files = True
        self.field.files_brought.connect(self.files.take)
        Grown(self.field, 6, 14)
        self.field.textChanged.connect(self._typed)
        self.spelling = help_writing(self._bench, self.field, self.tabs.current)
        panel.column.addWidget(self.field)
        panel.column.addWidget(self.spelling.line)
        self.blanks = BlankRow(self._bench, self.tabs.current)
        self.blanks.wanted.connect(self._insert)
        self.clip = IconButton("paperclip", tr("Attach files"), size=26, glyph=14)
        self.clip.clicked.connect(self.files.ask)
        self.blanks.add(self.clip)
        panel.column.addWidget(self.blanks)
        panel.column.addWidget(self.files)
        return panel

    def _variants(self) -> QVBoxLayout:
        self.variants = SegmentSwitch([("A", "A")], "A", tr("Variant"))
        self._letters = ["A"]
        self._switch_row = QHBoxLayout()
        self._switch_row.addWidget(self.variants)
        self.add_variant = IconButton("plus", tr("Add a variant"), size=26, glyph=14)
        self.drop_variant = IconButton("trash-2", tr("Remove this text"), size=26, glyph=14)
        self.add_variant.clicked.connect(self._another)
        self.drop_variant.clicked.connect(self._drop)
        self._switch_row.addWidget(self.add_variant)
        self._switch_row.addWidget(self.drop_variant)
        self.begins = ElidedLabel("", "meta", "text2")
        self._switch_row.addWidget(self.begins, 1)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(Heading(tr("Variants"), aside=tr("members get one they haven't had yet")))
        column.addLayout(self._switch_row)
        return column

    def _foot(self) -> QVBoxLayout:
        self.hint = ElidedLabel("", "meta", "text2")
        self.archive = ActionButton(tr("Archive"), "archive", kind="quiet")
        self.save = ActionButton(tr("Save"), "check", kind="primary", height=32)
        self.save.follow("save")
        self.archive.clicked.connect(self._archive)
        self.save.clicked.connect(self._save)
        row = QHBoxLayout()
        row.setContentsMargins(20, 10, 20, 12)
        row.setSpacing(8)
        row.addWidget(self.hint, 1)
        row.addWidget(self.archive)
        row.addWidget(self.save)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Rule())
        column.addLayout(row)
        return column

    # Reading

    def show_template(self, template: Template | None) -> None:
        """Show a template, or None for a new one, with its unsaved changes."""
        same = template is not None and self.template is not None and template.id == self.template.id
        dirty = same and self.named()
        self.template = template
        self._loading = True
        if not dirty:
            saved = (template.name, template.key, template.use) if template else ("", "", "")
            names = self._unsaved_names.pop(self.number, saved)
            for field, words in zip((self.name, self.key, self.use), names, strict=True):
                field.setText(words)
        for field in (self.name, self.key, self.use):
            if not field.hasFocus():
                field.setCursorPosition(0)
        has = template.languages if template else (self.tabs.current(),)
        self.tabs.show_languages(has, missing(template) if template else ())
        if not same and has and self.tabs.current() not in has:
            self.tabs.set_current(has[0])
        self.archive.setVisible(template is not None)
        self.archive.set_title(tr("Unarchive") if template is not None and template.archived else tr("Archive"))
        self._loading = False
        self.files.show_template(template)
        self._show_figures()
        self._show_text(keep=same)

    def begin(self) -> None:
        """Begin a new template, or go on with the one that was begun, in the language that is likeliest."""
        if not self._drafts.get(0):
            own = QLocale().name().partition("_")[0]
            likely = self._bench.templates.likely_language() or (own if own in HOUSE else HOUSE[0])
            self.tabs.show_languages([likely])
            self.tabs.set_current(likely)
        self.show_template(None)

    def _saved_number(self) -> int:
        """The template's id, once a new one is saved; 0 if it cannot be yet."""
        if self.template is None:
            self.asked.emit("save")
        return self.number

    @property
    def number(self) -> int:
        """The template's id; 0 for a new one."""
        return self.template.id if self.template is not None else 0

    def _texts(self) -> dict[Place, str]:
        saved = {(text_.language, text_.variant): text_.body for text_ in self.template.texts} if self.template else {}
        return saved | self._drafts.get(self.number, {})

    def _letters_of(self, language: str) -> set[str]:
        """The variants that there are in this language."""
        return {letter for code, letter in self._texts() if code == language}

    def _show_text(self, *, keep: bool = False) -> None:
        language = self.tabs.current()
        letters = sorted(self._letters_of(language)) or ["A"]
        if not (keep and self._variant in letters):
            self._variant = letters[0]
        self._show_letters(letters)
        body = self._texts().get((language, self._variant), "")
        if self.field.toPlainText() != body:
            self._loading = True
            self.field.setPlainText(body)
            self._loading = False
        self.drop_variant.setVisible((language, self._variant) in self._texts())
        self.suits.show_text(self.template, language, self._variant)
        self._refresh_preview()

    def _show_letters(self, letters: list[str]) -> None:
        """Rebuild the switch of variants; left alone if unchanged, since one may have the focus."""
        if letters == self._letters:
            self.variants.set_current(self._variant)
            return
        self._letters = letters
        fresh = SegmentSwitch([(letter, letter) for letter in letters], self._variant, tr("Variant"))
        fresh.chosen.connect(self._variant_chosen)
        self._switch_row.replaceWidget(self.variants, fresh)
        self.variants.hide()
        self.variants.deleteLater()
        self.variants = fresh

    def _show_figures(self) -> None:
        template = self.template
        self._worn = self._bench.templates.wear().get(template.id) if template is not None else None
        used = text.age(template.used_at, clock.now()) if template is not None and template.used_at else "–"
        values = (
            (
                text.number(template.uses),
                used,
                str(len(template.languages)),
                str(len(template.texts)),
                text.number(self._worn.thanked if self._worn is not None else 0),
            )
            if template
            else ("–",) * 5
        )
        for figure, value in zip(self.figures, values, strict=True):
            figure.set(value)

    def _refresh_preview(self) -> None:
        """Mark the blanks in the text, show them as chips, and update the preview."""
        body = self.field.toPlainText()
        self.field.mark(())
        self.preview.show_body(body, self.tabs.current())
        self.begins.setText(preview(named(body), 90))
        self.blanks.show_blanks(list(dict.fromkeys(blank.name for blank in parse(body))))
        self._show_hint()

    def _show_hint(self) -> None:
        unsaved = self.unsaved()
        lacking = missing(self.template) if self.template is not None else ()
        worn = self._worn
        lacks = tr("Languages missing: {count}.").format(count=len(lacking)) if lacking else ""
        lacks = tr("{reason} Archive it?").format(reason=worn.why) if worn is not None and worn.why else lacks
        self.save.setEnabled(unsaved)
        self.hint.setText(tr("Not saved yet.") if unsaved else lacks)
        self.hint.set_tone("warn" if unsaved or lacking else "text2")

    # Unsaved changes

    def named(self) -> bool:
        """Whether name, shortcut or use differ from those saved."""
        template = self.template
        saved = (template.name, template.key, template.use) if template is not None else ("", "", "")
        return (self.name.text(), self.key.text(), self.use.text()) != saved

    def changes(self) -> list[Text]:
        """The texts that differ from those saved; an empty text that was never saved does not count."""
        saved = {(text_.language, text_.variant): text_.body for text_ in self.template.texts} if self.template else {}
        drafts = self._drafts.get(self.number, {})
        return [
            Text(*place, body)
            for place, body in drafts.items()
            if body != saved.get(place, "") and (body.strip() or place in saved)
        ]

    def unsaved(self) -> bool:
        """Whether there are unsaved changes to this template."""
        return self.named() or bool(self.changes())

    def is_whole(self) -> bool:
        """Whether it can be saved: a new template needs a name and a text; until then it is kept as it is."""
        return self.template is not None or bool(self.name.text().strip() and self.changes())

    def unsaved_templates(self) -> frozenset[int]:
        """The ids of the templates with unsaved changes; 0 for a new one."""
        return (
            frozenset({self.number} if self.unsaved() else ())
            | frozenset(number for number, drafts in self._drafts.items() if drafts and number != self.number)
            | frozenset(self._unsaved_names)
        )

    def unfinished(self) -> list[Unfinished]:
        """The unsaved changes of every template, to be stored until the next run."""
        names = dict(self._unsaved_names)
        if self.named():
            names[self.number] = (self.name.text(), self.key.text(), self.use.text())
        texts = {number: drafts for number, drafts in self._drafts.items() if number != self.number}
        if own := {(text_.language, text_.variant): text_.body for text_ in self.changes()}:
            texts[self.number] = own
        return [
            Unfinished(
                number, names.get(number), tuple(Text(*place, body) for place, body in texts.get(number, {}).items())
            )
            for number in sorted(names.keys() | texts.keys())
        ]

    def take_up(self, unfinished: Iterable[Unfinished]) -> None:
        """Restore stored unsaved changes; a new template among them is shown at once."""
        for changes in unfinished:
            if changes.names is not None:
                self._unsaved_names[changes.template_id] = changes.names
            if changes.texts:
                self._drafts[changes.template_id] = {(text.language, text.variant): text.body for text in changes.texts}
            if changes.template_id == 0:
                self.show_template(None)
                if changes.texts:
                    self.tabs.set_current(changes.texts[0].language)
                    self._show_text()

    def forget(self) -> None:
        """Drop this template's unsaved texts."""
        self._drafts.pop(self.number, None)

    # Typing

    def _typed(self) -> None:
        if self._loading:
            return
        self._drafts.setdefault(self.number, {})[(self.tabs.current(), self._variant)] = self.field.toPlainText()
        self._preview_timer.start()
        self._changed()

    def _changed(self, _typed: str = "") -> None:
        if not self._loading:
            self._show_hint()
            self.edited.emit()

    def _language_chosen(self, _code: str) -> None:
        self._show_text()

    def _variant_chosen(self, letter: str) -> None:
        self._variant = letter
        self._show_text(keep=True)

    def _another(self) -> None:
        language = self.tabs.current()
        taken = self._letters_of(language)
        letter = next(candidate for candidate in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if candidate not in taken)
        self._drafts.setdefault(self.number, {})[(language, letter)] = ""
        self._variant = letter
        self._show_text(keep=True)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop(self) -> None:
        language, letter = self.tabs.current(), self._variant
        self._drafts.get(self.number, {}).pop((language, letter), None)
        if self.template is not None and any(
            (text_.language, text_.variant) == (language, letter) for text_ in self.template.texts
        ):
            self.asked.emit(f"drop {language} {letter}")
        else:
            self._show_text()

    def _insert(self, name: str) -> None:
        self.field.insertPlainText(f"{{{{{name}}}}}")
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        self.asked.emit("save")

    def _archive(self) -> None:
        self.asked.emit("archive")
