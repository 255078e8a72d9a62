"""The page of facts and embargoed subjects: what is true or may be said, and below it who was told it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.base import clock, dates
from app.base.errors import UserError
from app.base.words import N_
from app.facts import OWED, Told
from ui.frame.doing import show_errors, undoable
from ui.frame.strip_page import StripPage
from ui.look import text
from ui.look.text import tr
from ui.pages.facts.strips import EmbargoStrip, FactStrip
from ui.pages.facts.tables import EmbargoModel, FactModel, LineDelegate, ToldModel
from ui.widgets.buttons import CommandButton
from ui.widgets.labels import ElidedLabel
from ui.widgets.labels import Rule as HairLine
from ui.widgets.panels import EmptyState, PageHeader
from ui.widgets.rowview import RowView
from ui.widgets.segments import SegmentSwitch
from ui.widgets.stack import Stack

if TYPE_CHECKING:
    from app.facts import Fact
    from app.facts.embargoes import Embargo
    from app.store.changes import Changes
    from ui.widgets.strip import Strip

_TABLES = ("fact", "fact_value", "fact_told", "embargo", "embargo_news", "voice_rule", "message", "identity", "member")
_LOOK_DAYS = 91
_BUTTONS = ("put_right", "correct_told", "leave_told", "put_right_all", "still_true", "edit_fact")


class FactsPage(StripPage):
    """Facts and embargoes; Enter on whoever was told opens the conversation."""

    id, title, icon = "facts", N_("Facts"), "clipboard-list"

    def build(self) -> None:
        """Build the lists."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.switch = SegmentSwitch(
            [("facts", tr("Facts")), ("embargoes", tr("Not to be told yet"))], "facts", tr("View")
        )
        self.switch.chosen.connect(self._switched)
        header = PageHeader(tr("Facts"))
        header.add_left(self.switch)
        header.add(CommandButton("new_fact", self.frame))
        column.addWidget(header)
        column.addSpacing(8)  # the first row doesn't touch the line below the head
        self.facts, self.embargoes, self.told_model = FactModel(), EmbargoModel(), ToldModel()
        self.fact_rows = self._rows(tr("Facts"), self.facts)
        self.embargo_rows = self._rows(tr("Not to be told yet"), self.embargoes)
        self.told = RowView(tr("Who was told"), LineDelegate(self))
        self.told.setModel(self.told_model)
        self.told.opened.connect(self._open_told)
        self.told.menu_asked.connect(self.frame.show_menu)
        self.views = Stack(self)
        self.views.addWidget(self.fact_rows)
        self.views.addWidget(self.embargo_rows)
        more = tr(
            "A template can hold one: {blank}. When a fact changes, everybody who was told the old one is listed."
        )
        self.nothing = {
            "facts": EmptyState(
                "clipboard-list", tr("Prices, opening hours, allergens"), more=more.format(blank="{{fact:price}}"),
                buttons=[CommandButton("new_fact", self.frame)],
            ),
            "embargoes": EmptyState(
                "clipboard-list", tr("What may not be told yet"), buttons=[CommandButton("new_fact", self.frame)],
                more=tr("Until its day, no reply with its words goes out. An honest holding line can go out instead."),
            ),
        }  # fmt: skip
        self.under = QVBoxLayout()
        self.under.setSpacing(0)
        self.under.addWidget(self.views, 3)
        for empty in self.nothing.values():
            self.under.addWidget(empty, 3)
        self.under.addWidget(self._about())
        column.addLayout(self.under, 1)
        self._fill()

    def _rows(self, name: str, model: FactModel | EmbargoModel) -> RowView:
        rows = RowView(name, LineDelegate(self))
        rows.setModel(model)
        rows.moved.connect(self._moved)
        rows.opened.connect(self._edit)
        rows.menu_asked.connect(self.frame.show_menu)
        return rows

    def _about(self) -> QWidget:
        """What is below the list: who was told the chosen one, and what can be done about it."""
        self.about = QWidget()
        self.heading = ElidedLabel("", "heading", "text")
        bar = QHBoxLayout()
        bar.setSpacing(8)
        self.buttons = {command_id: CommandButton(command_id, self.frame, kind="plain") for command_id in _BUTTONS}
        for button in self.buttons.values():
            bar.addWidget(button)
        bar.addStretch(1)
        head = QVBoxLayout()
        head.setContentsMargins(14, 8, 20, 8)
        head.setSpacing(4)
        named = QHBoxLayout()
        named.setContentsMargins(10, 0, 0, 0)  # what a plain button keeps before its icon
        named.addWidget(self.heading)
        head.addLayout(named)
        head.addLayout(bar)
        column = QVBoxLayout(self.about)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(HairLine())
        column.addLayout(head)
        column.addWidget(self.told, 1)
        return self.about

    # Reading

    def _is_facts(self) -> bool:
        return self.switch.current() == "facts"

    def _list(self) -> RowView:
        return self.fact_rows if self._is_facts() else self.embargo_rows

    def fact(self) -> Fact | None:
        """The chosen fact; None in the other view."""
        return self.facts.row_at(self.fact_rows.place()) if self._is_facts() else None

    def embargo(self) -> Embargo | None:
        """The chosen embargo; None in the other view."""
        return None if self._is_facts() else self.embargoes.row_at(self.embargo_rows.place())

    def _here(self) -> Fact | Embargo | None:
        return self.fact() or self.embargo()

    def chosen_told(self) -> Told | None:
        """Who is chosen below."""
        return self.told_model.row_at(self.told.place())

    def _fill(self, keep: int | None = None) -> None:
        """Read both lists anew; the chosen row stays, or `keep` is chosen."""
        current = self._here()
        keep = keep if keep is not None else current.id if current is not None else None
        model: FactModel | EmbargoModel
        if self._is_facts():
            model = self.facts
            self.facts.show_rows(self.bench.facts.listed())
        else:
            model, desk = self.embargoes, self.bench.embargoes
            every = desk.listed()
            self.embargoes.show(every, [len(desk.waiting(one)) for one in every])
        place = max(self._list().place(), 0)
        at = model.place_of(keep) if keep is not None else -1
        self.views.setCurrentIndex(0 if self._is_facts() else 1)
        self.views.setVisible(bool(model.rows))
        for view, empty in self.nothing.items():
            empty.setVisible(not model.rows and view == self.switch.current())
        self._list().choose(at if at >= 0 else min(place, len(model.rows) - 1))
        self.about.setVisible(bool(model.rows) and self.strip is None)
        self._moved(self._list().place())

    def _moved(self, _place: object) -> None:
        before = self.chosen_told()
        fact, embargo = self.fact(), self.embargo()
        if fact is not None:
            self.told_model.show(self.bench.facts.tellings(fact.id))
            self.heading.setText(text.plain(fact.name))
        elif embargo is not None:
            waiting = frozenset(one.id for one in self.bench.embargoes.waiting(embargo))
            self.told_model.show(self.bench.embargoes.tellings(embargo), waiting)
            self.heading.setText(text.plain(embargo.subject))
        else:
            self.told_model.show(())
        at = self.told_model.place_of(before.id) if before is not None else 0
        self.told.choose(min(max(at, 0), len(self.told_model.rows) - 1))
        self._show_buttons()

    def _show_buttons(self) -> None:
        """Only what the chosen one can need: a fact that is told, or news that may be."""
        able = self.handlers()
        for command_id, button in self.buttons.items():
            button.setVisible(command_id in able)

    def _switched(self, _view: str) -> None:
        self.end_strip()
        self._fill()

    # Page

    def refresh(self, changes: Changes) -> None:
        """Read the lists anew if anything in them changed."""
        if changes.touches(*_TABLES):
            self._fill()

    def home(self) -> QWidget:
        """The list of the current view; without rows the switch, as it is hidden then."""
        return self._list() if self._here() is not None else self.switch

    def open(self, target: object) -> None:
        """A fact by its id, 0 for the one that was chosen; "embargoes" for these."""
        self.switch.set_current("embargoes" if target == "embargoes" else "facts")
        self.end_strip()
        self._fill(target if isinstance(target, int) and target else None)

    def panes(self) -> Sequence[QWidget]:
        """The switch, the list, the strip, and who was told."""
        return (self.switch, self._list(), *([self.strip] if self.strip else []), self.told)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """The command handlers available now."""
        own: dict[str, Callable[[], object]] = {"new_fact": self._new, "back": self.back}
        if self._here() is None:
            return own
        list_ = self.told if self.told.hasFocus() else self._list()
        own |= {
            "next": list_.next, "previous": list_.previous, "open": self._open, "edit_fact": self._edit,
            "drop_fact": self._remove,
        }  # fmt: skip
        fact, told = self.fact(), self.chosen_told()
        if fact is not None:
            own["still_true"] = self._still_true
        if self._owed():
            own["put_right_all"] = self._draft_all
        if told is not None and told.id in {one.id for one in self._owed()}:
            own["put_right"] = self._draft
        if told is not None and told.id in self._may_be_left():
            own["leave_told"] = self._leave
            if fact is not None and self.bench.righting.correction(told.id) is not None:
                own["correct_told"] = self._correct
        return own

    def _owed(self) -> list[Told]:
        """Those to whom something is owed in the chosen one: what puts it right, or the news."""
        fact, embargo = self.fact(), self.embargo()
        if fact is not None:
            return [one for one in self.told_model.rows if one.state == OWED]
        if embargo is not None and embargo.is_released:
            return self.bench.embargoes.waiting(embargo)
        return []

    def _may_be_left(self) -> set[int]:
        """The ids of those to whom something is owed, or will be once the news are out."""
        embargo = self.embargo()
        owed = self._owed() if embargo is None else self.bench.embargoes.waiting(embargo)
        return {one.id for one in owed}

    # Commands

    def _new(self) -> None:
        self.show_strip(FactStrip(self.bench) if self._is_facts() else EmbargoStrip(self.bench))

    def _edit(self, _place: object = None) -> None:
        fact, embargo = self.fact(), self.embargo()
        if fact is not None:
            self.show_strip(FactStrip(self.bench, fact))
        elif embargo is not None:
            self.show_strip(EmbargoStrip(self.bench, embargo))

    def _open(self) -> None:
        if self.told.hasFocus():
            self._open_told(self.told.place())
        else:
            self._edit()

    def _open_told(self, place: object) -> None:
        told = self.told_model.row_at(place) if isinstance(place, int) else None
        if told is not None:
            self.frame.go("inbox", told.conversation_id)

    def _remove(self) -> None:
        fact, embargo = self.fact(), self.embargo()
        if fact is not None:
            with undoable(self.frame, tr("{name} removed.").format(name=text.embed(fact.name))):
                self.bench.facts.remove(fact.id)
        elif embargo is not None:
            words = tr("{subject}: replies about it are no longer stopped.").format(subject=text.embed(embargo.subject))
            with undoable(self.frame, words):
                self.bench.embargoes.remove(embargo.id)

    def _still_true(self) -> None:
        fact = self.fact()
        if fact is None:
            return
        day = (clock.local(clock.now()).date() + timedelta(days=_LOOK_DAYS)).isoformat()
        words = tr("{name} still holds. Look again on {day}.")
        with undoable(self.frame, words.format(name=text.embed(fact.name), day=dates.written(day))):
            self.bench.facts.looked(fact.id, day)

    def _draft(self) -> None:
        """Begin the reply, and go on with it where it was begun."""
        told = self.chosen_told()
        if told is not None:
            with show_errors(self.frame):
                begun = self.bench.righting.draft(told.id)
                self.frame.go("inbox", ("answer", begun.conversation_id, told.member_id))
                self.frame.run("reply")

    def _draft_all(self) -> None:
        begun, wrong = 0, ""
        for one in self._once():
            try:
                self.bench.righting.draft(one.id)
            except UserError as why:
                wrong = str(why)
            else:
                begun += 1
        if wrong:
            self.frame.fail(wrong)
        if begun:
            words = text.counted(begun, "{count} reply is drafted.", "{count} replies are drafted.")
            self.frame.toast(words, self._show_drafts, tr("Show drafts"))

    def _once(self) -> list[Told]:
        """Those to whom something is owed, each once."""
        fact = self.fact()
        return self.bench.facts.owed_of(fact.id) if fact is not None else self._owed()

    def _show_drafts(self) -> None:
        self.frame.go("drafts")

    def _correct(self) -> None:
        told = self.chosen_told()
        offered = self.bench.righting.correction(told.id) if told is not None else None
        if told is not None and offered is not None:
            self.frame.go("inbox", ("correct", told.conversation_id, *offered))

    def _leave(self) -> None:
        told = self.chosen_told()
        if told is not None:
            words = tr("Left as it is: what {name} was told.").format(name=text.name(told.who or tr("everybody")))
            embargo = self.embargo()
            with undoable(self.frame, words):
                if embargo is not None:
                    self.bench.embargoes.leave(embargo.id, told.id)
                else:
                    self.bench.facts.settle(told.id)

    def show_strip(self, strip: Strip) -> None:
        """Show a form in the room of what is below the list."""
        self.about.hide()
        super().show_strip(strip)

    def finish(self, done: str) -> None:
        """Close the strip and read anew what it changed."""
        super().finish(done)
        self._fill()
