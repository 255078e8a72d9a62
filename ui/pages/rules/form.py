"""The form of a rule: what a message has to be, what is done then, and what it would have hit in the last 30 days."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.base import clock
from app.base.errors import UserError
from app.inbox.snooze import CHOICES
from app.members import KIND_NAMES
from app.rules import Conditions, Deeds, Preview, Rule
from app.rules.rule import ADDRESS, LINK, MOST_WORDS, ONLY
from ui.frame.doing import announce
from ui.frame.working import Working
from ui.look import languages, text
from ui.look.text import tr
from ui.widgets.fields import CheckBox, Choice, Spin
from ui.widgets.form_dialog import FormDialog, labelled
from ui.widgets.labels import Label
from ui.widgets.panels import empty_layout

if TYPE_CHECKING:
    from app.workbench import Workbench
    from ui.frame.page import Frame

_PAUSE_MS = 250
_MOST_LISTED = 8


class RuleForm(FormDialog):
    """Shows live what the rule would have hit; with a tick it is applied to that when it is saved."""

    def __init__(self, frame: Frame, rule: Rule | None = None) -> None:
        """Start empty, or with a rule that is to be changed."""
        intro = tr("All conditions have to match. A rule never sends anything, and everything it does can be undone.")
        title = tr("Change the rule") if rule is not None else tr("New rule")
        super().__init__(frame.window(), title, title, intro, tr("Cancel"))
        self._frame, self._bench, self._rule = frame, frame.bench, rule
        self._working: Working | None = None
        self._make_fields(frame.bench)
        self._add_fields()
        if rule is not None:
            self._show_rule(rule)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self._follow()
        self._look()
        self.fit()
        self.name.setFocus()

    def _make_fields(self, bench: Workbench) -> None:
        anything, nothing = tr("Anything"), tr("Nothing")
        self.name, self.words, self.label = QLineEdit(), QLineEdit(), QLineEdit()
        self.only = Choice([("", anything), *((key, tr(title).capitalize()) for key, title in ONLY.items())])
        self.link = CheckBox(tr("Has a link"))
        self.address = CheckBox(tr("Has an e-mail or postal address"))
        self.first = CheckBox(tr("Their first message"))
        self.fewer = Spin()
        self.fewer.setRange(0, MOST_WORDS)
        self.fewer.setSpecialValueText(tr("Any number"))
        accounts = [(str(number), text.plain(name)) for number, name in bench.inbox.accounts()]
        self.account = Choice([("", tr("Any account")), *accounts])
        self.member = Choice([("", tr("Anybody")), *((key, tr(title)) for key, title in KIND_NAMES.items())])
        self.language = Choice(
            [("", tr("Any language")), *((code, languages.own_name(code)) for code in languages.HOUSE)]
        )
        self.unhappy, self.quiet = CheckBox(tr("Mark it unhappy")), CheckBox(tr("Move the message to Quiet"))
        self.snooze = Choice([("", tr("Don't snooze")), *((one.key, tr(one.title)) for one in CHOICES)])
        templates = [(one.key, text.plain(one.name)) for one in bench.templates.all()]
        self.template = Choice([("", nothing), *templates])
        self.mate = Choice([("", nothing), *((str(one.id), text.plain(one.name)) for one in bench.teammates.all())])
        self.found, self.lately = Label("", "strong", wrap=True), CheckBox(tr("Apply it to these as well"))

    def _add_fields(self) -> None:
        for row in (
            labelled(self.name, tr("Name")), Label(tr("If a message"), "heading"),
            labelled(self.only, tr("Is only"), left=True), self.link, self.address,
            labelled(self.fewer, tr("Has fewer words than"), left=True),
            labelled(
                self.words, tr("Has any of these words"),
                tr("Separated by commas. They're found in any form: “bottle” finds “bottles”, “láhev” finds “lahve”."),
            ),
            labelled(self.account, tr("Came in on"), left=True), labelled(self.member, tr("Was written by"), left=True),
            self.first, labelled(self.language, tr("Is in"), left=True), Label(tr("Then"), "heading"),
            labelled(self.label, tr("Label")), self.unhappy, self.quiet,
            labelled(self.snooze, tr("Snooze"), left=True),
            labelled(self.template, tr("Offer the template"), left=True),
            labelled(self.mate, tr("Offer to hand it off to"), left=True),
        ):  # fmt: skip
            self.fields.addWidget(row)
        self._column.insertWidget(self._column.indexOf(self.wrong), self.found)  # in sight wherever one has scrolled
        holder = QWidget()
        self._listed = QVBoxLayout(holder)
        self._listed.setContentsMargins(0, 0, 0, 0)
        self._listed.setSpacing(2)
        self._lines: list[Label] = []
        self.fields.addWidget(holder)
        self.fields.addWidget(self.lately)
        self.fields.addStretch(1)

    def _follow(self) -> None:
        for field in (self.words, self.name):
            field.textEdited.connect(self._changed)
        for box in (self.link, self.address, self.first):
            box.toggled.connect(self._changed)
        for choice in (self.only, self.account, self.member, self.language):
            choice.currentIndexChanged.connect(self._changed)
        self.fewer.valueChanged.connect(self._changed)

    def _show_rule(self, rule: Rule) -> None:
        asked, deeds = rule.conditions, rule.deeds
        self.name.setText(text.plain(rule.name))
        self.words.setText(", ".join(asked.words))
        self.label.setText(deeds.label)
        for box, on in (
            (self.link, LINK in asked.has), (self.address, ADDRESS in asked.has), (self.first, asked.first_time),
            (self.unhappy, deeds.unhappy), (self.quiet, deeds.quiet),
        ):  # fmt: skip
            box.setChecked(on)
        self.fewer.setValue(asked.fewer_than)
        for choice, key in (
            (self.only, asked.only), (self.account, _key(asked.account_id)), (self.member, asked.member),
            (self.language, asked.language), (self.snooze, deeds.snooze), (self.template, deeds.template),
            (self.mate, _key(deeds.teammate_id)),
        ):  # fmt: skip
            choice.set_key(key)

    def conditions(self) -> Conditions:
        """What is asked for by now."""
        has = [key for key, box in ((LINK, self.link), (ADDRESS, self.address)) if box.isChecked()]
        words = tuple(word.strip() for word in self.words.text().split(",") if word.strip())
        return Conditions(
            self.only.key(), tuple(has), self.fewer.value(), words, _number(self.account.key()), self.member.key(),
            self.first.isChecked(), self.language.key(),
        )  # fmt: skip

    def deeds(self) -> Deeds:
        """What is done then by now."""
        return Deeds(
            self.label.text(), self.unhappy.isChecked(), self.snooze.key(), self.quiet.isChecked(),
            self.template.key(), _number(self.mate.key()),
        )  # fmt: skip

    def _changed(self, _value: object = None) -> None:
        self._pause.start()

    def _look(self) -> None:
        """Ask a worker what it would have hit; what was asked before is left."""
        if self._working is not None:
            self._working.leave()
        self._working = Working(_Look(self._bench, self.conditions()), "rule")
        self._working.finished.connect(self._show_found)
        self._working.failed.connect(self._show_why)
        self._working.start()

    def _show_found(self, found: Preview) -> None:
        self._list([f"{text.name(one.who)}: {text.plain(one.words)}" for one in found.shown[:_MOST_LISTED]])
        self.found.setText(found.sentence)
        self.lately.setEnabled(found.hits > 0)

    def _show_why(self, why: object) -> None:
        """Say why it finds nothing: there is no condition yet, or it would never hit."""
        self._list([])
        self.found.setText(str(why) if isinstance(why, UserError) else "")
        self.lately.setEnabled(False)

    def _list(self, lines: list[str]) -> None:
        empty_layout(self._listed)
        self._lines = [Label(line, "meta", "text2", wrap=True) for line in lines]
        for label in self._lines:
            self._listed.addWidget(label)

    def listed(self) -> list[str]:
        """The messages that are listed."""
        return [label.text() for label in self._lines]

    def keep(self) -> None:
        """Save the rule; a UserError is shown in the dialog, which stays open."""
        before, rules = self._bench.store.last_action, self._bench.rules
        lately = self.lately.isChecked() and self.lately.isEnabled()
        asked = (self.name.text(), self.conditions(), self.deeds())
        try:
            if self._rule is None:
                rules.add(*asked, to_lately=lately, now=clock.now())
                words = tr("Rule “{name}” added.")
            else:
                rules.change(self._rule.id, *asked, to_lately=lately, now=clock.now())
                words = tr("Rule “{name}” changed; what it did stays.")
        except UserError as why:
            self.complain(str(why))
            return
        announce(self._frame, words.format(name=text.isolate(text.plain(self.name.text().strip()))), before)
        self.accept()

    def done(self, outcome: int) -> None:
        """Leave the worker, and close."""
        if self._working is not None:
            self._working.leave()
        super().done(outcome)


class _Look:
    """Asks what a rule would have hit, on the worker."""

    def __init__(self, bench: Workbench, conditions: Conditions) -> None:
        self._rules, self._asked = bench.rules, conditions

    def __call__(self, _progress: Callable[[int, int], object], stop: threading.Event) -> Preview:
        return self._rules.preview(self._asked, stop=stop.is_set)


def _key(number: int | None) -> str:
    return "" if number is None else str(number)


def _number(key: str) -> int | None:
    return int(key) if key else None
