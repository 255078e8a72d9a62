"""Strips of give-aways: add one; and enter, close, draw and prove one, with its entrants and why some are struck."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.base import clock
from app.base.errors import UserError
from app.giveaways import STATE_NAMES, Giveaway, Plan, few
from app.giveaways.when import boundary
from ui.frame import files
from ui.frame.doing import announce
from ui.look import text
from ui.look.text import tr
from ui.pages.delight.entrants import EntrantDelegate, EntrantModel
from ui.shared.date_field import DateField
from ui.widgets.buttons import LinkButton
from ui.widgets.fields import Choice, Spin
from ui.widgets.labels import Label
from ui.widgets.rowview import RowView
from ui.widgets.scaled import scaled
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from pathlib import Path

    from app.workbench import Workbench
    from ui.frame.page import Frame

_MOST_PRIZES = 9_999
_LIST_HEIGHT = 132


class NewGiveawayStrip(Strip):
    """Adds a give-away; `made` is its id once it is added."""

    made: int | None = None

    def __init__(self, bench: Workbench) -> None:
        """Start with one prize and no dates."""
        super().__init__(tr("New give-away"), "ticket", tr("Add"))
        self._bench = bench
        self.name, self.prize, self.rules, self.promise = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.prizes = Spin()
        self.prizes.setRange(1, _MOST_PRIZES)
        self.opens, self.closes = DateField(bench.dates), DateField(bench.dates)
        self.promise.setPlaceholderText(tr("A public value to come, such as Saturday's lottery numbers"))
        self.field(tr("Name"), self.name, 0, 0, 2)
        self.field(tr("What they win"), self.prize, 0, 2)
        self.field(tr("How many prizes"), self.prizes, 0, 3)
        self.field(tr("Rules"), self.rules, 1, 0, 2)
        self.field(tr("Opens"), self.opens, 1, 2)
        self.field(tr("Closes"), self.closes, 1, 3)
        self.field(tr("The seed is going to be"), self.promise, 2, 0, 4)

    def start(self) -> None:
        """Focus the name."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self) -> str:
        """Add it; return the toast. Raises UserError."""
        now = self._bench.dates.now()
        plan = Plan(
            self.name.text(), self.prizes.value(), self.prize.text(), None, self.rules.text(), self.promise.text(),
            boundary(self.opens.text(), now, ends=False), boundary(self.closes.text(), now, ends=True),
        )  # fmt: skip
        self.made = self._bench.giveaways.add(plan)
        return tr("Give-away added: {name}").format(name=text.embed(self._bench.giveaways.get(self.made).name))


class GiveawayStrip(Strip):
    """One give-away with its entrants. The button does what comes next: close it, draw it, make the winners' gifts."""

    def __init__(self, frame: Frame, add: Callable[[], object], number: int | None = None) -> None:
        """Show the give-away with this id, or the latest; `add` opens the form for a new one. There has to be one."""
        super().__init__(tr("Give-aways"), "ticket", tr("Close it"))
        self._frame, self._desk = frame, frame.bench.giveaways
        every = self._desk.listed()
        self.choice = Choice([(str(one.id), one.name) for one in every], str(number or every[0].id))
        self.choice.picked.connect(self._picked)
        self.facts, self.proof = Label("", "meta", "text2", wrap=True), QLineEdit()
        self.proof.setReadOnly(True)
        self.words = QLineEdit()
        self.model = EntrantModel()
        self.rows = RowView(tr("Entrants"), EntrantDelegate())
        self.rows.setModel(self.model)
        scaled(self.rows, height=_LIST_HEIGHT)
        self.field(tr("Give-away"), self.choice, 0, 0)
        self.field(tr("SHA-256 of its list"), self.proof, 0, 1)
        self.field(tr("Seed"), self.words, 0, 2)
        self.form.addWidget(self.facts, 2, 0, 1, 3)
        self.form.addWidget(self.rows, 3, 0, 1, 3)
        self.form.addWidget(self._links(add), 4, 0, 1, 3)
        self._fill()

    def _links(self, add: Callable[[], object]) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        self.links = {
            "enter": (tr("Enter a file"), self._enter), "strike": (tr("Strike"), self._strike),
            "keep": (tr("Keep in"), self._keep), "reopen": (tr("Reopen"), self._reopen),
            "proof": (tr("Write the proof"), self._prove), "new": (tr("New give-away"), add),
        }  # fmt: skip
        self.buttons = dict[str, LinkButton]()
        for key, (title, deed) in self.links.items():
            button = self.buttons[key] = LinkButton(title)
            button.clicked.connect(deed)
            row.addWidget(button)
        row.addStretch(1)
        return holder

    def start(self) -> None:
        """Focus the seed where one is waited for, else the choice of a give-away."""
        field = self.words if self._one().state(clock.now()) == "closed" else self.choice
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _one(self) -> Giveaway:
        return self._desk.get(int(self.choice.key()))

    def _picked(self, _key: str) -> None:
        self.aside.setText("")
        self.wrong.hide()
        self.words.clear()
        self._fill()

    def _fill(self) -> None:
        """Show how it stands, and offer what can be done now."""
        one, entries = self._one(), self._desk.entries(int(self.choice.key()))
        struck, place = sum(entry.struck != "" for entry in entries), self.rows.place()
        self.model.show(entries)
        self.rows.choose(max(0, min(place, len(entries) - 1)))
        state = one.state(clock.now())
        parts = [
            tr(STATE_NAMES[state]),
            text.counted(one.prizes, "{count} prize", "{count} prizes"),
            tr("{entries} taking part").format(entries=text.number(len(entries) - struck)),
            tr("{struck} struck").format(struck=text.number(struck)),
            one.seed_promise,
        ]
        self.facts.setText(" · ".join(part for part in parts if part))
        self.proof.setText(one.list_sha256)
        self.proof.setCursorPosition(0)  # a hash is told from another by its beginning
        if state != "closed" or self.words.isReadOnly():
            self.words.setText(one.seed)
        self.words.setReadOnly(state != "closed")
        titles = {"closed": tr("Draw"), "drawn": tr("Make their gifts")}
        self.go.set_title(titles.get(state, tr("Close it")))
        still_open = one.closed_at is None
        shown = {"enter": still_open, "strike": still_open, "keep": still_open, "reopen": state == "closed",
                 "proof": not still_open}  # fmt: skip
        for key, visible in shown.items():
            self.buttons[key].setVisible(visible)

    def act(self) -> None:
        """Do what comes next; the strip stays open."""
        deeds = {"closed": self._draw, "drawn": self._give}
        self._do(deeds.get(self._one().state(clock.now()), self._close))

    def _do(self, deed: Callable[[], str]) -> None:
        """Do something, say it with Undo, and show what has changed; a UserError is shown in the strip."""
        before = self._frame.bench.store.last_action
        try:
            with self.unsaved.saving():
                said = deed()
        except UserError as why:
            self.wrong.setText(str(why))
            self.wrong.show()
            return
        self.wrong.hide()
        self._fill()
        self.aside.setText(said)
        announce(self._frame, said, before)

    def _close(self) -> str:
        one = self._one()
        done = self._desk.close(one.id)
        said = tr("Closed. Publish its hash before the seed is known: {hash}").format(hash=done.hash)
        return " ".join(filter(None, [said, few(one, done.entries)]))

    def _draw(self) -> str:
        won = self._desk.draw(self._one().id, self.words.text())
        return text.counted(len(won), "Drawn: {count} winner.", "Drawn: {count} winners.")

    def _give(self) -> str:
        warning = self._desk.warning(self._one().id)
        made = self._desk.to_gifts(self._one().id)
        said = text.counted(made, "{count} gift for a winner, as an idea.", "{count} gifts for winners, as ideas.")
        return " ".join(filter(None, [said, warning]))

    def _enter(self) -> None:
        path = files.open_path(self, tr("Entrants"), tr("Tables (*.csv)"))
        if path is None:
            return

        def deed() -> str:
            done = self._desk.enter(self._one().id, path, self._frame.bench.dates.now(back=True))
            said = text.counted(done.new, "{count} entry.", "{count} entries.")
            known = text.counted(done.known, "{count} was entered before.", "{count} were entered before.")
            return f"{said} {known}" if done.known else said

        self._do(deed)

    def _strike(self) -> None:
        self._decide(self._desk.strike, tr("{name} is out of the draw."))

    def _keep(self) -> None:
        self._decide(self._desk.keep, tr("{name} takes part, whatever the rules say."))

    def _decide(self, how: Callable[[int, list[int]], None], words: str) -> None:
        entry = self.model.row_at(self.rows.place())
        if entry is None:
            return

        def deed() -> str:
            how(self._one().id, [entry.id])
            return words.format(name=text.name(entry.name))

        self._do(deed)

    def _reopen(self) -> None:
        def deed() -> str:
            self._desk.reopen(self._one().id)
            return tr("Open again. If you published its hash, tell everybody that there'll be a new one.")

        self._do(deed)

    def _prove(self) -> None:
        folder = files.choose_folder(self, tr("A folder for the proof"))
        if folder is not None:
            self._do(lambda: self._written(folder))

    def _written(self, folder: Path) -> str:
        self._desk.prove(self._one().id, folder)
        return tr("Written to {folder}: the list, the script, and how to repeat the draw.").format(folder=folder)

    def refresh(self) -> None:
        """Show what an undo, or a command beside the window, has changed."""
        if any(one.id == int(self.choice.key()) for one in self._desk.listed()):
            self._fill()
        else:
            self.close_strip()
