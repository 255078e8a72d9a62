"""Strips below the views: a rule, and a trait with its examples."""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.base import clock
from app.voice import KIND_NAMES, LEVEL_NAMES, LEVELS, RISKS, Example, Rule, Trait
from app.voice.rule import FORMLESS, NEEDS_ALSO, RANGES, RISK_NAMES, SORT_NAMES, WORDLESS
from ui.frame.working import Working
from ui.look import languages, text
from ui.look.text import tr
from ui.shared.date_field import DateField
from ui.widgets.buttons import LinkButton
from ui.widgets.fields import Choice, Spin
from ui.widgets.labels import Label
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.workbench import Workbench

_MOST_OF_ANY = 200
_MOST_OF_EACH = 16
"""Forms of a word that are shown where a rule is edited; `rapport voice rule forms` tells all."""


class RuleStrip(Strip):
    """Adds or edits a rule."""

    def __init__(self, bench: Workbench, rule: Rule | None, language: str = "") -> None:
        """Start with the saved rule, or for None a new one in this language."""
        super().__init__(tr("Edit rule") if rule else tr("New rule"), "shield-alert", tr("Save"))
        self._bench, self._rule = bench, rule
        self.about = rule.id if rule is not None else ("new", language)
        self.words = QLineEdit(", ".join(rule.words) if rule else "")
        self.sort = Choice([(key, tr(name)) for key, name in SORT_NAMES.items()], rule.sort if rule else "")
        self.also = QLineEdit(", ".join(rule.also) if rule else "")
        self.also.setPlaceholderText(tr("#ad, advert"))
        self.most = Spin()
        self.most.setRange(0, _MOST_OF_ANY)
        self.most.setValue(rule.most if rule and rule.most is not None else 1)
        self.channel = Choice(_channels(bench, rule), rule.channel if rule else "")
        self.words.setPlaceholderText(tr("refund, money back, detox* (* for any ending, = for just that word)"))
        self.forms = Label(role="meta", tone="text2", wrap=True)
        self.why, self.instead = QLineEdit(rule.why if rule else ""), QLineEdit(rule.instead if rule else "")
        self.why.setPlaceholderText(tr("Shown to whoever is writing"))
        self.level = Choice([(key, tr(LEVEL_NAMES[key])) for key in LEVELS], rule.level if rule else "note")
        self.risk = Choice([(key, tr(RISK_NAMES[key])) for key in RISKS], rule.risk if rule else "tone")
        known = [("", tr("All")), *((code, languages.own_name(code)) for code in languages.HOUSE)]
        self.language = Choice(known, rule.language if rule else language)
        until = clock.local(rule.until).date().isoformat() if rule and rule.until else ""
        self.until = DateField(bench.dates, until)
        self.until.line.setPlaceholderText(tr("no end date"))
        self.field(tr("Rule"), self.sort, 0, 0)
        self.field(tr("Words, separated by commas"), self.words, 0, 1, 2)
        self.field(tr("Language"), self.language, 0, 3)
        self.field(tr("Reason"), self.why, 1, 0, 3)
        self.field(tr("Action"), self.level, 1, 3)
        self.field(tr("Say instead"), self.instead, 2, 0)
        self.field(tr("Other words"), self.also, 2, 0)
        self.field(tr("At most"), self.most, 2, 0)
        self.field(tr("About"), self.risk, 2, 1)
        self.field(tr("Valid through"), self.until, 2, 2)
        self.kind = Choice([(key, tr(name)) for key, name in KIND_NAMES.items()], rule.kind if rule else "")
        self.owner = QLineEdit(rule.owner if rule else "")
        self.owner.setPlaceholderText(tr("whom to ask"))
        self.field(tr("The words are"), self.kind, 2, 3)
        self.field(tr("Owner"), self.owner, 3, 3)
        self.field(tr("Channel"), self.channel, 3, 2)
        self.field(tr("Found in these forms"), self.forms, 3, 0, 2)
        self.added = QLineEdit(", ".join(rule.forms) if rule else "")
        self.struck = QLineEdit(", ".join(rule.not_forms) if rule else "")
        self.field(tr("Other forms to find"), self.added, 4, 0, 2)
        self.field(tr("Forms not to find"), self.struck, 4, 2, 2)
        self.sort.currentIndexChanged.connect(self._sorted)
        self._sorted()
        for line in (self.words, self.added, self.struck):
            line.editingFinished.connect(self._look_up)
        self.language.picked.connect(self._look_up)
        self._look_up()
        for field in (self.words, self.why, self.instead, self.also, self.added, self.struck):
            field.setCursorPosition(0)

    def start(self) -> None:
        """Focus the words."""
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sorted(self, *_: object) -> None:
        """Show the fields that this sort of rule has; the words stay as they are."""
        sort = self.sort.key()
        self.words.setEnabled(sort not in WORDLESS)
        for field, shown in (
            (self.instead, sort == ""), (self.also, sort in NEEDS_ALSO), (self.most, sort in RANGES),
            (self.forms, sort not in FORMLESS), (self.added, sort not in FORMLESS), (self.struck, sort not in FORMLESS),
        ):  # fmt: skip
            field.setVisible(shown)
            for label in self.findChildren(Label):
                if label.buddy() is field:
                    label.setVisible(shown)
        if sort in RANGES:
            self.most.setRange(*RANGES[sort])

    def _look_up(self, *_: object) -> None:
        """Show the forms in which the words are found; the tables of a language are read on a thread."""
        asked = self._asked()
        reading = Working(lambda _progress, _stop: (asked, _forms(asked)), "word-forms")
        reading.finished.connect(self._show_forms)
        reading.start()

    def _asked(self) -> Rule:
        """The words and their forms as they are typed now."""
        words, added, struck = (_parts(line.text()) for line in (self.words, self.added, self.struck))
        return Rule(0, words, "", "", self.language.key(), forms=added, not_forms=struck)

    def _show_forms(self, found: tuple[Rule, str]) -> None:
        asked, forms = found
        if asked == self._asked():
            self.forms.setText(forms)

    def do(self) -> str:
        """Save the rule; return the toast. Raises UserError for an unreadable date."""
        words, also = _parts(self.words.text()), _parts(self.also.text())
        rule_id = self._rule.id if self._rule else 0
        position = self._rule.position if self._rule else 0
        level, language, risk = (choice.key() for choice in (self.level, self.language, self.risk))
        instead, until = self.instead.text().strip(), _until(self.until.iso())
        kind, owner = self.kind.key(), self.owner.text()
        sort, most = self.sort.key(), self.most.value()
        rule = Rule(
            rule_id, words, level, self.why.text(), language, risk, instead, until, position, kind, owner, sort,
            also if sort in NEEDS_ALSO else (), most if sort in RANGES else None, self.channel.key(),
            *((_parts(line.text()) if sort not in FORMLESS else ()) for line in (self.added, self.struck)),
        )  # fmt: skip
        if self._rule is not None:
            self._bench.voice.change_rule(rule)
        else:
            self.made = self._bench.voice.add_rule(rule)
        return tr("Rule saved: {words}.").format(words=text.embed(rule.named, 60))


def _parts(typed: str) -> tuple[str, ...]:
    """What is typed between commas."""
    return tuple(part.strip() for part in typed.split(",") if part.strip())


def _channels(bench: Workbench, rule: Rule | None) -> list[tuple[str, str]]:
    """All channels, and the kinds of ours."""
    from app.channels.registry import channel  # noqa: PLC0415  loaded with the first rule that is edited

    kinds = {account.kind for account in bench.accounts.all()} | ({rule.channel} if rule is not None else set())
    return [("", tr("All")), *sorted((kind, tr(channel(kind).title)) for kind in kinds - {""})]


def _forms(rule: Rule) -> str:
    """The forms in which the words of a rule are found on one line, a few of each."""
    from app.voice.found_as import found_as  # noqa: PLC0415  read where a rule is edited

    shown = [
        " ".join("/".join(one.forms[:_MOST_OF_EACH]) for one in words if one.forms)
        for _, words in groupby(found_as(rule), lambda one: one.term)
    ]
    return text.plain(", ".join(filter(None, shown)))


def _until(iso: str) -> int | None:
    """The last second of that local day (Unix UTC); None for ""."""
    return clock.at_local(datetime.combine(date.fromisoformat(iso), time(23, 59, 59))) if iso else None


class TraitStrip(Strip):
    """Adds or edits a trait, with its examples in one language."""

    def __init__(self, bench: Workbench, trait: Trait | None, language: str) -> None:
        """Start with the saved trait and its examples in this language, or for None a new one."""
        super().__init__(
            tr("How we sound, in {language}").format(language=languages.name(language)), "quote", tr("Save")
        )
        self.about = (trait.id if trait is not None else "new", language)
        self._bench, self._trait, self._language = bench, trait, language
        pair = next((example for example in trait.examples if example.language == language), None) if trait else None
        self._pair = pair
        self.name, self.why = QLineEdit(trait.name if trait else ""), QLineEdit(trait.why if trait else "")
        self.do_say, self.dont_say = QLineEdit(pair.do if pair else ""), QLineEdit(pair.dont if pair else "")
        self.name.setPlaceholderText(tr("Warm, plain, short"))
        self.field(tr("Trait"), self.name, 0, 0)
        self.field(tr("Reason"), self.why, 0, 1)
        self.field(tr("We say"), self.do_say, 1, 0, 2)
        self.field(tr("We don't say"), self.dont_say, 2, 0, 2)
        self.form.setColumnStretch(1, 2)
        for field in (self.name, self.why, self.do_say, self.dont_say):
            field.setCursorPosition(0)
        if trait is not None:
            self.drop = LinkButton(tr("Remove this trait"), tone="danger")
            self.drop.clicked.connect(self._drop)
            self.form.addWidget(self.drop, 6, 0)

    def start(self) -> None:
        """Focus the name."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self) -> str:
        """Save the trait and its examples as one undo step; return the toast."""
        voice = self._bench.voice
        with self._bench.store.write(f"Trait: {self.name.text().strip()}"):
            if self._trait is None:
                pair = Example(self._language, self.do_say.text().strip(), self.dont_say.text().strip())
                voice.add_trait(self.name.text(), self.why.text(), [pair] if pair.do else [])
            else:
                voice.change_trait(self._trait.id, self.name.text(), self.why.text())
                self._save_examples(self._trait.id)
        return tr("{name} saved.").format(name=text.name(self.name.text().strip()))

    def _save_examples(self, number: int) -> None:
        say, not_say = self.do_say.text().strip(), self.dont_say.text().strip()
        if self._pair is not None and say:
            self._bench.voice.change_example(Example(self._language, say, not_say, self._pair.id))
        elif self._pair is not None:
            self._bench.voice.drop_example(self._pair.id)
        elif say:
            self._bench.voice.add_example(number, Example(self._language, say, not_say))

    def _drop(self) -> None:
        if self._trait is not None:
            self._bench.voice.drop_trait(self._trait.id)
            self.finished.emit(tr("Removed: {name}.").format(name=self._trait.name))
