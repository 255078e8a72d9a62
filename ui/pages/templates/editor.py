"""The editor of a template: its name, key and use, its texts by language and variant, its blanks, and a preview."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from app.base import clock
from app.base.text import preview
from app.templates import Template, Text, parse
from app.templates.unfinished import Unfinished
from ui.commands.keys import make_form
from ui.look import fonts, text
from ui.look.text import tr
from ui.pages.templates.listing import missing
from ui.pages.templates.preview import Preview
from ui.pages.templates.tabs import LanguageTabs
from ui.shared.draft_field import DraftField
from ui.widgets.buttons import ActionButton, IconButton
from ui.widgets.emptying import Grown, empty
from ui.widgets.labels import ElidedLabel, Figure, Heading, Label, Rule
from ui.widgets.panels import Panel, Scroll
from ui.widgets.segments import SegmentSwitch

if TYPE_CHECKING:
    from app.workbench import Workbench

KNOWN = ("first_name", "name", "greeting", "who_helps", "gift", "post", "subject", "our_name", "community")
"""Blanks that are filled by themselves from what is known; any other word is filled in while writing."""
_AFTER_MS = 200
_COLUMN_WIDTH = 820
Place = tuple[str, str]


class TemplateEditor(QWidget):
    """`edited` when words changed, `asked` carries "save" or "archive"."""

    edited = Signal()
    asked = Signal(str)

    def __init__(self, bench: Workbench) -> None:
        """Empty until `show_template`."""
        super().__init__()
        make_form(self)
        self._bench = bench
        self.template: Template | None = None
        self._drafts: dict[int, dict[Place, str]] = {}
        self._called: dict[int, tuple[str, str, str]] = {}
        self._variant = "A"
        self._loading = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_AFTER_MS)
        self._later.timeout.connect(self._look)
        self.pane = Scroll((20, 18, 20, 16), 10)
        shell = QWidget()
        shell.setMaximumWidth(fonts.px(_COLUMN_WIDTH))
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
        self.tabs.chosen.connect(self._tabbed)
        column.addWidget(self.tabs)
        column.addWidget(self._writing())
        column.addLayout(self._variants())
        column.addSpacing(4)
        self.preview = Preview(self._bench)
        column.addWidget(self.preview)
        self.goes = Heading(tr("Usage"))
        column.addWidget(self.goes)
        figures = QHBoxLayout()
        self.figures = [Figure("", caption) for caption in (tr("uses"), tr("last used"), tr("languages"), tr("texts"))]
        for figure in self.figures:
            figures.addWidget(figure)
            figures.addStretch(1)
        column.addLayout(figures)
        column.addStretch(1)

    def _names(self) -> QGridLayout:
        grid = QGridLayout()
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
        return grid

    def _writing(self) -> QWidget:
        panel = Panel(edge="control", margin=14)
        self.field = DraftField()
        self.field.setAccessibleName(tr("Template text"))
        self.field.setPlaceholderText(tr("Write the reply; {{first_name}} and the like are filled in for you"))
        Grown(self.field, 6, 14)
        self.field.textChanged.connect(self._typed)
        panel.column.addWidget(self.field)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(Label(tr("Blanks"), "meta", "text2"))
        self._chips = QHBoxLayout()
        self._chip_buttons: list[ActionButton] = []
        self._chips.setSpacing(6)
        row.addLayout(self._chips)
        self.more = IconButton("plus", tr("Insert a blank"), size=26, glyph=14)
        self.more.clicked.connect(self._offer)
        row.addWidget(self.more)
        row.addStretch(1)
        panel.column.addLayout(row)
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
        self.save = ActionButton(tr("Save"), "check", "Ctrl S", kind="primary", height=32)
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

    # Showing

    def show_template(self, template: Template | None) -> None:
        """Show a template, or an empty one to write; what is not saved yet comes back."""
        same = template is not None and self.template is not None and template.id == self.template.id
        dirty = same and self.named()
        self.template = template
        self._loading = True
        if not dirty:
            kept = (template.name, template.key, template.use) if template else ("", "", "")
            names = self._called.pop(self.number, kept)
            for field, words in zip((self.name, self.key, self.use), names, strict=True):
                field.setText(words)
        for field in (self.name, self.key, self.use):
            if not field.hasFocus():
                field.setCursorPosition(0)
        has = template.languages if template else ()
        self.tabs.show_languages(has, missing(template) if template else ())
        if not same and has and self.tabs.current() not in has:
            self.tabs.set_current(has[0])
        self.archive.setVisible(template is not None)
        self.archive.set_title(tr("Unarchive") if template is not None and template.archived else tr("Archive"))
        self._loading = False
        self._show_text(keep=same)
        self._show_figures()

    @property
    def number(self) -> int:
        """The template's id; 0 for one that is not kept yet."""
        return self.template.id if self.template is not None else 0

    def _texts(self) -> dict[Place, str]:
        kept = {(one.language, one.variant): one.body for one in self.template.texts} if self.template else {}
        return kept | self._drafts.get(self.number, {})

    def _show_text(self, *, keep: bool = False) -> None:
        language = self.tabs.current()
        letters = sorted({place[1] for place in self._texts() if place[0] == language}) or ["A"]
        if not (keep and self._variant in letters):
            self._variant = letters[0]
        self._show_letters(letters)
        body = self._texts().get((language, self._variant), "")
        if self.field.toPlainText() != body:
            self._loading = True
            self.field.setPlainText(body)
            self._loading = False
        self.drop_variant.setVisible((language, self._variant) in self._texts())
        self._look()

    def _show_letters(self, letters: list[str]) -> None:
        """The switch of the variants; the same letters are left alone, for the focus may be on one."""
        if letters == self._letters:
            self.variants.set_current(self._variant)
            return
        self._letters = letters
        fresh = SegmentSwitch([(letter, letter) for letter in letters], self._variant, tr("Variant"))
        fresh.chosen.connect(self._lettered)
        self._switch_row.replaceWidget(self.variants, fresh)
        self.variants.hide()
        self.variants.deleteLater()
        self.variants = fresh

    def _show_figures(self) -> None:
        one = self.template
        used = text.age(one.used_at, clock.now()) if one is not None and one.used_at else "–"
        shown = (text.number(one.uses), used, str(len(one.languages)), str(len(one.texts))) if one else ("–",) * 4
        for figure, value in zip(self.figures, shown, strict=True):
            figure.set(value)

    def _look(self) -> None:
        """Mark the blanks, show them as chips, and how it reads."""
        body = self.field.toPlainText()
        self.field.mark(())
        self.preview.show_body(body, self.tabs.current())
        self.begins.setText(preview(body, 90))
        self._show_blanks(list(dict.fromkeys(blank.name for blank in parse(body))))
        self._say()

    def _show_blanks(self, names: list[str]) -> None:
        """A chip for each blank; the same ones are left alone, for the focus may be on one."""
        if names == [chip.objectName() for chip in self._chip_buttons]:
            return
        empty(self._chips)
        self._chip_buttons = []
        for name in names:
            chip = ActionButton(name, kind="chip", height=24)
            chip.setObjectName(name)
            chip.setToolTip(tr("Insert it again"))
            chip.clicked.connect(self._chipped)
            self._chips.addWidget(chip)
            self._chip_buttons.append(chip)

    def _say(self) -> None:
        unsaved = self.unsaved()
        lacking = missing(self.template) if self.template is not None else ()
        lacks = tr("Languages missing: {count}.").format(count=len(lacking)) if lacking else ""
        self.hint.setText(tr("Not saved yet.") if unsaved else lacks)
        self.hint.set_tone("warn" if unsaved or lacking else "text2")

    # What is not saved yet

    def named(self) -> bool:
        """Whether name, key or use differ from what is kept."""
        one = self.template
        kept = (one.name, one.key, one.use) if one is not None else ("", "", "")
        return (self.name.text(), self.key.text(), self.use.text()) != kept

    def changes(self) -> list[Text]:
        """The texts that differ from what is kept; an emptied text that was never kept is none."""
        kept = {(one.language, one.variant): one.body for one in self.template.texts} if self.template else {}
        drafts = self._drafts.get(self.number, {})
        return [
            Text(*place, body) for place, body in drafts.items()
            if body != kept.get(place, "") and (body.strip() or place in kept)
        ]  # fmt: skip

    def unsaved(self) -> bool:
        """Whether anything would be lost."""
        return self.named() or bool(self.changes())

    def unsaved_templates(self) -> frozenset[int]:
        """The templates that have words not saved yet."""
        return (
            frozenset({self.number} if self.unsaved() else ())
            | frozenset(number for number, drafts in self._drafts.items() if drafts and number != self.number)
            | frozenset(self._called)
        )

    def unfinished(self) -> list[Unfinished]:
        """What is typed and not saved, of every template, to be kept until the next time."""
        names = dict(self._called)
        if self.named():
            names[self.number] = (self.name.text(), self.key.text(), self.use.text())
        texts = {number: drafts for number, drafts in self._drafts.items() if number != self.number}
        if own := {(one.language, one.variant): one.body for one in self.changes()}:
            texts[self.number] = own
        return [
            Unfinished(
                number, names.get(number), tuple(Text(*place, body) for place, body in texts.get(number, {}).items())
            )
            for number in sorted(names.keys() | texts.keys())
        ]

    def take_up(self, unfinished: Iterable[Unfinished]) -> None:
        """Go on with what was kept; the new template among it is shown at once."""
        for one in unfinished:
            if one.names is not None:
                self._called[one.template_id] = one.names
            if one.texts:
                self._drafts[one.template_id] = {(text.language, text.variant): text.body for text in one.texts}
            if one.template_id == 0:
                self.show_template(None)
                if one.texts:
                    self.tabs.set_current(one.texts[0].language)
                    self._show_text()

    def forget(self) -> None:
        """What was typed has been kept, or is not wanted."""
        self._drafts.pop(self.number, None)

    # Typing

    def _typed(self) -> None:
        if self._loading:
            return
        self._drafts.setdefault(self.number, {})[(self.tabs.current(), self._variant)] = self.field.toPlainText()
        self._later.start()
        self._changed()

    def _changed(self, _typed: str = "") -> None:
        if not self._loading:
            self._say()
            self.edited.emit()

    def _tabbed(self, _code: str) -> None:
        self._show_text()

    def _lettered(self, letter: str) -> None:
        self._variant = letter
        self._show_text(keep=True)

    def _another(self) -> None:
        language = self.tabs.current()
        taken = {place[1] for place in self._texts() if place[0] == language}
        letter = next(one for one in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if one not in taken)
        self._drafts.setdefault(self.number, {})[(language, letter)] = ""
        self._variant = letter
        self._show_text(keep=True)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop(self) -> None:
        place = (self.tabs.current(), self._variant)
        self._drafts.get(self.number, {}).pop(place, None)
        if self.template is not None and any((one.language, one.variant) == place for one in self.template.texts):
            self.asked.emit(f"drop {place[0]} {place[1]}")
        else:
            self._show_text()

    def _chipped(self) -> None:
        self._insert(self.sender().objectName())

    def _offer(self) -> None:
        menu = QMenu(self)
        for name in KNOWN:
            menu.addAction(name).setData(name)
        menu.triggered.connect(self._picked)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _picked(self, action: object) -> None:
        self._insert(str(action.data()))  # type: ignore[attr-defined]  # a QAction

    def _insert(self, name: str) -> None:
        self.field.insertPlainText(f"{{{{{name}}}}}")
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        self.asked.emit("save")

    def _archive(self) -> None:
        self.asked.emit("archive")
