"""The page of rules: in their order, what each asks for and does, and below all that the chosen one has done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.base import clock
from app.base.words import N_
from app.rules import Rule
from app.search import toggled
from ui.frame import unsaved
from ui.frame.doing import undoable
from ui.frame.page import Page
from ui.look import text
from ui.look.text import tr
from ui.pages.rules.form import RuleForm
from ui.pages.rules.tables import HitDelegate, HitModel, RuleDelegate, RuleModel
from ui.shared.rule_names import names_of
from ui.widgets.buttons import CommandButton
from ui.widgets.labels import ElidedLabel
from ui.widgets.labels import Rule as Line
from ui.widgets.panels import EmptyState, PageHeader
from ui.widgets.rowview import RowView

if TYPE_CHECKING:
    from app.store.changes import Changes

_TABLES = ("rule", "rule_hit", "account", "teammate", "template", "member", "identity", "message")


class RulesPage(Page):
    """Rules for what comes in; Enter on a hit opens its conversation."""

    id, title, icon = "rules", N_("Rules"), "list-filter"

    def build(self) -> None:
        """Build the two lists."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        header = PageHeader(tr("Rules"), tr("Applied to incoming messages in this order. Rules never send anything."))
        header.add(CommandButton("new_rule", self.frame))
        column.addWidget(header)
        column.addSpacing(8)  # the first row doesn't touch the line below the head
        self.model, self.hit_model = RuleModel(), HitModel()
        self.rows = RowView(tr("Rules"), RuleDelegate())
        self.rows.setModel(self.model)
        self.rows.moved.connect(self._moved)
        self.rows.opened.connect(self._edit)
        self.hits = RowView(tr("What the rule did"), HitDelegate())
        self.hits.setModel(self.hit_model)
        self.hits.opened.connect(self._open_hit)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._lists())
        more = tr("A rule can label or snooze what comes in, move it to Quiet, or offer a template or a hand-off.")
        adding = CommandButton("new_rule", self.frame)
        self._pages.addWidget(EmptyState("list-filter", tr("No rules yet."), more=more, buttons=[adding]))
        column.addWidget(self._pages, 1)
        self._fill()

    def _lists(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.rows, 2)
        self.heading = ElidedLabel("", "heading", "text")
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for command_id in ("edit_rule", "turn_rule", "rule_talks", "undo_hit", "undo_hits"):
            title = tr("Conversations") if command_id == "rule_talks" else ""
            bar.addWidget(CommandButton(command_id, self.frame, kind="plain", title=title))
        bar.addStretch(1)
        head = QVBoxLayout()
        head.setContentsMargins(14, 8, 20, 8)
        head.setSpacing(4)
        named = QHBoxLayout()
        named.setContentsMargins(10, 0, 0, 0)  # what a plain button keeps before its icon
        named.addWidget(self.heading)
        head.addLayout(named)
        head.addLayout(bar)
        column.addWidget(Line())
        column.addLayout(head)
        column.addWidget(self.hits, 3)
        return whole

    def _current(self) -> Rule | None:
        return self.model.row_at(self.rows.place())

    def _fill(self, keep: int | None = None) -> None:
        current = self._current()
        keep = keep if keep is not None else current.id if current is not None else None
        self.model.show(self.bench.rules.every(), names_of(self.bench))
        self._pages.setCurrentIndex(0 if self.model.rows else 1)
        self.rows.choose(max(self.model.place_of(keep) if keep is not None else 0, 0))
        self._moved(self.rows.place())

    def _moved(self, _place: object) -> None:
        rule = self._current()
        self.heading.setText(text.plain(rule.name) if rule is not None else "")
        place = max(self.hits.place(), 0)
        hits = self.bench.rules.hits(rule.id) if rule is not None else []
        self.hit_model.show(hits, self.model.names, clock.now())
        self.hits.choose(min(place, len(hits) - 1))

    def refresh(self, changes: Changes) -> None:
        """Read both lists anew if anything in them changed."""
        if changes.touches(*_TABLES):
            self._fill()

    def activate(self) -> None:
        """Focus the rules."""
        self._fill()
        self.rows.setFocus()

    def panes(self) -> Sequence[QWidget]:
        """The rules, and what the chosen one did."""
        return (self.rows, self.hits)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The command handlers available now."""
        own: dict[str, Callable[[], object]] = {"new_rule": self._new, "back": self._back}
        rule = self._current()
        if rule is None:
            return own
        list_ = self.hits if self.hits.hasFocus() else self.rows
        own |= {
            "next": list_.next, "previous": list_.previous, "open": self._open, "edit_rule": self._edit,
            "turn_rule": self._turn, "remove_rule": self._remove, "rule_up": self._up, "rule_down": self._down,
        }  # fmt: skip
        hit = self.hit_model.row_at(self.hits.place())
        if hit is not None and hit.undone_at is None:
            own["undo_hit"] = self._undo_hit
        if rule.hits:
            own |= {"undo_hits": self._undo_hits, "rule_talks": self._show_talks}
        return own

    def _back(self) -> None:
        if self.hits.hasFocus() or not self.frame.leave(by_link=True):
            self.rows.setFocus()

    def _open(self) -> None:
        if self.hits.hasFocus():
            self._open_hit(self.hits.place())
        else:
            self._edit()

    def _open_hit(self, place: object) -> None:
        hit = self.hit_model.row_at(place) if isinstance(place, int) else None
        if hit is not None:
            self.frame.go("inbox", hit.conversation_id)

    def _show_talks(self) -> None:
        self.frame.go("inbox", ("search", toggled("", "rule", self._here().name)))

    def _new(self) -> None:
        unsaved.open_dialog(self.frame, RuleForm(self.frame), "rule")

    def _edit(self, _place: object = None) -> None:
        rule = self._current()
        if rule is not None:
            unsaved.open_dialog(self.frame, RuleForm(self.frame, rule), ("rule", rule.id))

    def _turn(self) -> None:
        rule = self._here()
        words = tr("Rule “{name}” turned off.") if rule.active else tr("Rule “{name}” turned on.")
        with undoable(self.frame, _named(words, rule)):
            self.bench.rules.activate(rule.id, on=not rule.active)

    def _remove(self) -> None:
        rule = self._here()
        with undoable(self.frame, _named(tr("Rule “{name}” removed; what it did stays."), rule)):
            self.bench.rules.remove(rule.id)

    def _up(self) -> None:
        self.bench.rules.move(self._here().id, -1)

    def _down(self) -> None:
        self.bench.rules.move(self._here().id, 1)

    def _undo_hit(self) -> None:
        hit = self.hit_model.row_at(self.hits.place())
        if hit is not None:
            words = tr("{name}: undone. The rule won't do it again for this message.").format(
                name=text.name(hit.who or tr("Unknown"))
            )
            with undoable(self.frame, words):
                self.bench.rules.undo([hit.id])

    def _undo_hits(self) -> None:
        rule = self._here()
        words = text.counted(
            rule.hits, "What the rule did for {count} message is undone.",
            "What the rule did for {count} messages is undone.",
        )  # fmt: skip
        with undoable(self.frame, words):
            self.bench.rules.undo_all(rule.id)

    def _here(self) -> Rule:
        rule = self._current()
        if rule is None:
            raise LookupError
        return rule


def _named(words: str, rule: Rule) -> str:
    return words.format(name=text.isolate(text.plain(rule.name)))
