"""The forms of the page: a fact, and an embargoed subject."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from ui.look import languages, text
from ui.look.text import tr
from ui.shared.date_field import DateField
from ui.widgets.fields import CheckBox
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.facts import Fact
    from app.facts.embargoes import Embargo
    from app.workbench import Workbench


def _named(code: str) -> str:
    return languages.own_name(code) if code else tr("All languages")


def _fields(values: Mapping[str, str]) -> dict[str, QLineEdit]:
    """A field for all languages, for each of ours, and for those that have words."""
    codes = dict.fromkeys(("", *languages.HOUSE, *values))
    fields = {code: QLineEdit(values.get(code, "")) for code in codes}
    for field in fields.values():
        field.setCursorPosition(0)
    return fields


def _words(fields: Mapping[str, QLineEdit]) -> dict[str, str]:
    return {code: field.text() for code, field in fields.items()}


class FactStrip(Strip):
    """Adds or changes a fact."""

    def __init__(self, bench: Workbench, fact: Fact | None = None) -> None:
        """Start with the saved fact, or for None a new one."""
        super().__init__(tr("Change the fact") if fact else tr("New fact"), "clipboard-list", tr("Save"))
        self.about = fact.id if fact is not None else "new"
        self._bench, self._fact = bench, fact
        self.name, self.key = QLineEdit(fact.name if fact else ""), QLineEdit(fact.key if fact else "")
        self.owner, self.source = QLineEdit(fact.owner if fact else ""), QLineEdit(fact.source if fact else "")
        self.name.setPlaceholderText(tr("Price of a crate"))
        self.key.setPlaceholderText(tr("made of the name"))
        self.owner.setPlaceholderText(tr("Who knows when it changes"))
        self.source.setPlaceholderText(tr("A page, a list"))
        self.look = DateField(bench.dates, fact.look_on if fact else "")
        self.look.line.setPlaceholderText(tr("never"))
        self.values = _fields({value.language: value.words for value in fact.values} if fact else {})
        self.field(tr("Name"), self.name, 0, 0, 2)
        self.field(tr("Shortcut"), self.key, 0, 2)
        self.field(tr("Owner"), self.owner, 1, 0)
        self.field(tr("Source"), self.source, 1, 1)
        self.field(tr("Look again on"), self.look, 1, 2)
        for place, (code, field) in enumerate(self.values.items()):
            self.field(_named(code), field, 2 + place // 3, place % 3)
        self.wording = CheckBox(tr("It only says the same in other words: nobody has to be told"))
        self.wording.setVisible(fact is not None)
        self.form.addWidget(self.wording, 20, 0, 1, 3)
        self.aside.setText(tr("What is the same in all languages needs no others."))
        for field in (self.name, self.key, self.owner, self.source):
            field.setCursorPosition(0)

    def start(self) -> None:
        """Focus the name, or the first value of a fact that is there."""
        first = self.name
        if self._fact is not None:
            first = next((one for one in self.values.values() if one.text()), self.name)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self) -> str:
        """Save it as one undo step; return the toast, with how many were told the old value."""
        desk, name, look = self._bench.facts, self.name.text(), self.look.iso()
        owner, source = self.owner.text(), self.source.text()
        if self._fact is None:
            number = desk.add(name, _words(self.values), self.key.text(), owner=owner, source=source, look_on=look)
            return tr("{name} saved.").format(name=text.embed(desk.get(number).name))
        number, before = self._fact.id, self._fact.owed
        with self._bench.store.write(tr("Changed fact: {name}").format(name=name)):
            desk.change(number, name=name, key=self.key.text(), owner=owner, source=source, look_on=look)
            desk.put_values(number, _words(self.values), is_wording=self.wording.isChecked())
        owed = desk.get(number).owed - before
        if owed <= 0:
            return tr("{name} saved.").format(name=text.embed(name))
        return text.counted(
            owed, "{name} saved. {count} message told the old value: it is below.",
            "{name} saved. {count} messages told the old value: they are below.", name=text.embed(name),
        )  # fmt: skip


class EmbargoStrip(Strip):
    """Adds or changes an embargoed subject."""

    def __init__(self, bench: Workbench, embargo: Embargo | None = None) -> None:
        """Start with the saved one, or for None a new one."""
        title = tr("Change the embargo") if embargo else tr("New embargo")
        super().__init__(title, "clipboard-list", tr("Save"))
        self.about = embargo.id if embargo is not None else "new"
        self._bench, self._embargo = bench, embargo
        self.subject = QLineEdit(embargo.subject if embargo else "")
        self.words = QLineEdit(", ".join(embargo.words) if embargo else "")
        self.words.setPlaceholderText(tr("new flavour*, elderflower* (* matches any ending)"))
        self.until = DateField(bench.dates, embargo.day if embargo else "")
        lines = {value.language: value.words for value in embargo.line.values} if embargo else {}
        self.holding, self.news = _fields(lines), _fields(embargo.news if embargo else {})
        self.field(tr("Subject"), self.subject, 0, 0)
        self.field(tr("Public from"), self.until, 0, 1)
        self.field(tr("Words that stop a reply, separated by commas"), self.words, 1, 0, 2)
        for column, fields, label in (
            (0, self.holding, tr("Until then we say, {language}")), (1, self.news, tr("The news, {language}")),
        ):  # fmt: skip
            for place, (code, field) in enumerate(fields.items()):
                self.field(label.format(language=_named(code)), field, 2 + place, column)
        for field in (self.subject, self.words):
            field.setCursorPosition(0)

    def start(self) -> None:
        """Focus the subject."""
        self.subject.setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self) -> str:
        """Save it; return the toast."""
        desk, subject, until = self._bench.embargoes, self.subject.text(), self.until.iso()
        words = tuple(part.strip() for part in self.words.text().split(",") if part.strip())
        if self._embargo is None:
            desk.add(subject, words, until, _words(self.holding), _words(self.news))
        else:
            desk.change(self._embargo.id, subject, words, until, _words(self.holding), _words(self.news))
        return tr("Embargo saved: {subject}.").format(subject=text.embed(subject))
