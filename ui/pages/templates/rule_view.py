"""The view of the rules, filtered by language, with buttons for the selected one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.voice import Rule
from app.voice.listing import counts, sought
from ui.look import languages
from ui.look.text import tr
from ui.pages.templates.rules import COLUMNS, MARGINS, RuleDelegate, RuleModel
from ui.widgets.buttons import ActionButton
from ui.widgets.columns import TableHead
from ui.widgets.fields import Choice, SearchField
from ui.widgets.labels import ElidedLabel
from ui.widgets.panels import EmptyState
from ui.widgets.rowview import RowView


class RulesView(QWidget):
    """`asked` carries "change" or "drop" for the selected rule, or "new"."""

    asked = Signal(str)

    def __init__(self, more: QWidget, parent: QWidget | None = None) -> None:
        """Start empty, until `show_rules`; `more` stands at the end of the row above the list."""
        super().__init__(parent)
        self.more = more
        self._rules: tuple[Rule, ...] = ()
        self.language = Choice(
            [("", tr("All languages")), *((code, languages.own_name(code)) for code in languages.HOUSE)],
            name=tr("Language"),
        )
        self.language.picked.connect(self._picked)
        self.search = SearchField(tr("Filter"), "filter")
        self.search.textChanged.connect(self._picked)
        self.search.left.connect(self._to_list)
        self.search.below.connect(self._to_list)
        self.search.returnPressed.connect(self._to_list)
        self.count = ElidedLabel("", "meta", "text2")
        self.change_button = ActionButton(tr("Change"), "pencil", "Enter")
        self.drop_button = ActionButton(tr("Remove"), "trash-2", kind="quiet")
        self.drop_button.follow("drop_rule")
        self.change_button.clicked.connect(self.change)
        self.drop_button.clicked.connect(self.drop)
        self.model = RuleModel()
        delegate = RuleDelegate(self)
        self.list = RowView(tr("Rules"), delegate)
        self.list.setModel(self.model)
        self.list.opened.connect(self._opened)
        head = TableHead(COLUMNS, MARGINS)
        head.stand_over(self.list)
        self.none = EmptyState("shield-alert", tr("Words to watch for appear here"), tr("New rule"), self._new)
        top = QHBoxLayout()
        top.setContentsMargins(24, 14, 20, 6)
        top.setSpacing(8)
        top.addWidget(self.search)
        top.addWidget(self.language)
        top.addWidget(self.count, 1)
        top.addWidget(self.drop_button)
        top.addWidget(self.change_button)
        top.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(head)
        column.addWidget(self.list, 1)
        column.addWidget(self.none, 1)

    def show_rules(self, rules: Sequence[Rule]) -> None:
        """Show the rules of the chosen language, keeping the selection."""
        current, place = self.rule(), self.list.place()
        self._rules = tuple(rules)
        self._show_languages()
        matching = sought(self._rules, self.search.text(), self.language.key())
        self.model.show_rules(matching)
        few = len(matching) < len(self._rules)
        words = tr("{number} of {total}").format(number=len(matching), total=len(self._rules))
        self.count.setText(words if few else "")
        kept = self.model.place_of(current.id) if current is not None else -1
        near = kept if kept >= 0 else max(0, min(place, self.model.rowCount() - 1))
        self.list.choose(self.model.first(near))  # a rule stands under its headings
        self.list.setVisible(bool(matching))
        self.none.setVisible(not matching)
        self.none.set_more(tr("None of your rules says that.") if self._rules else "")
        self.change_button.setEnabled(bool(matching))
        self.drop_button.setEnabled(bool(matching))

    def _show_languages(self) -> None:
        """Say in the choice of languages how many rules hold in each."""
        known, wanted = counts(self._rules), self.language.key()
        codes = [*languages.HOUSE, *(code for code in known if code and code not in languages.HOUSE)]
        titles = {code: languages.own_name(code) if code else tr("All languages") for code in ("", *codes)}
        many = {code: known.get(code, len(sought(self._rules, language=code))) for code in titles}
        self.language.set_choices([(code, f"{title} ({many[code]})") for code, title in titles.items()], wanted)

    def _to_list(self) -> None:
        self.list.setFocus()

    def rule(self) -> Rule | None:
        """The selected rule, or None."""
        return self.model.row_at(self.list.place())

    def change(self) -> None:
        """Ask to edit the selected rule."""
        self.asked.emit("change")

    def drop(self) -> None:
        """Ask to remove the selected rule."""
        self.asked.emit("drop")

    def _new(self) -> None:
        self.asked.emit("new")

    def _opened(self, _place: int) -> None:
        self.change()

    def _picked(self, _code: str) -> None:
        self.show_rules(self._rules)
