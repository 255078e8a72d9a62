"""The strip of a give-away: its entrants, why some are struck, and what comes next: close, draw, make gifts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from app.base import clock
from app.base.errors import UserError
from app.base.text import fold
from app.giveaways import STATE_NAMES, Closed, Entry, Giveaway, early, few, twice
from ui.frame import files
from ui.frame.doing import announce, show_errors
from ui.frame.working import Working
from ui.look import text
from ui.look.text import tr
from ui.pages.delight.entrants import EntrantDelegate, EntrantModel
from ui.pages.delight.giveaway_forms import CallOffStrip, NewGiveawayStrip, PassOnStrip, SeedStrip, StrikeStrip
from ui.shared.asked_once import AskedOnce
from ui.widgets.buttons import LinkButton
from ui.widgets.fields import Choice
from ui.widgets.flow import Flow
from ui.widgets.labels import Label
from ui.widgets.rowview import RowView
from ui.widgets.scaled import scaled
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from pathlib import Path

    from app.giveaways.pieces import Progress
    from ui.frame.page import Frame

_LIST_HEIGHT = 132
_FEW = 2_000
"""More entries than these are read, and closed, away from the window's thread."""


class GiveawayStrip(Strip):
    """One give-away with its entrants. The button does what comes next: close it, draw it, make the winners' gifts."""

    def __init__(self, frame: Frame, show: Callable[[Strip], object], number: int | None = None) -> None:
        """Show the give-away with this id, or the latest; `show` shows a form about it. There has to be one."""
        super().__init__(tr("Give-aways"), "ticket", tr("Close it"))
        self._frame, self._desk, self._show = frame, frame.bench.giveaways, show
        self._once, self._again = AskedOnce(), False
        self._working: Working | None = None
        self._then: Callable[[object], object] = self._read
        self._entries: list[Entry] = []
        every = self._desk.listed()
        self.choice = Choice([(str(one.id), one.name) for one in every], str(number or every[0].id))
        self.choice.picked.connect(self._picked)
        self.facts, self.proof = Label("", "meta", "text2", wrap=True), QLineEdit()
        self.proof.setReadOnly(True)
        self.words, self.sought = QLineEdit(), QLineEdit()
        self.sought.textChanged.connect(self._list)
        self.sought.setPlaceholderText(tr("A name, an address or a handle"))
        self.model = EntrantModel()
        self.rows = RowView(tr("Entrants"), EntrantDelegate())
        self.rows.setModel(self.model)
        self.rows.moved.connect(self._offer)
        scaled(self.rows, height=_LIST_HEIGHT)
        nobody = tr("Nobody takes part yet. Collect them from comments, a conversation, a label or a table.")
        self.nobody = Label(nobody, "body", "text2", wrap=True)
        self.field(tr("Give-away"), self.choice, 0, 0)
        self.field(tr("SHA-256 of its list"), self.proof, 0, 1)
        self.field(tr("Seed"), self.words, 0, 2)
        self.field(tr("Find an entrant"), self.sought, 0, 3)
        self.form.addWidget(self.facts, 2, 0, 1, 4)
        self.form.addWidget(self.rows, 3, 0, 1, 4)
        self.form.addWidget(self.nobody, 3, 0, 1, 4)
        self.form.addWidget(self._links(), 4, 0, 1, 4)
        self._fill()

    def _links(self) -> QWidget:
        holder = QWidget()
        row = Flow(holder, gap=16)
        self.links: dict[str, tuple[str, Callable[[], object]]] = {
            "collect": (tr("Collect entrants"), self.collect), "strike": (tr("Strike"), self.strike),
            "keep": (tr("Keep in"), self._keep), "restore": (tr("Let the rules decide"), self._restore),
            "promise": (tr("The seed"), self.promise), "proof": (tr("Write the proof"), self._prove),
            "post_hash": (tr("Post the hash"), self.post_hash),
            "tell": (tr("Tell the entrants"), self.tell), "pass_on": (tr("Pass the prize on"), self.pass_on),
            "reopen": (tr("Reopen"), self._reopen), "call_off": (tr("Call off"), self.call_off),
            "new": (tr("New give-away"), self._new),
        }  # fmt: skip
        self.buttons = dict[str, LinkButton]()
        for key, (title, deed) in self.links.items():
            button = self.buttons[key] = LinkButton(title)
            button.clicked.connect(deed)
            row.addWidget(button)
        return holder

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What can be done with the give-away that is shown, by the ids of commands."""
        shown = {key for key, button in self.buttons.items() if not button.isHidden()}
        commands = {
            "giveaway_collect": ("collect", self.collect), "giveaway_strike": ("strike", self.strike),
            "giveaway_promise": ("promise", self.promise), "giveaway_tell": ("tell", self.tell),
            "giveaway_post_hash": ("post_hash", self.post_hash),
            "giveaway_pass_on": ("pass_on", self.pass_on), "giveaway_call_off": ("call_off", self.call_off),
        }  # fmt: skip
        return {command: deed for command, (key, deed) in commands.items() if key in shown}

    def start(self) -> None:
        """Focus the seed where one is waited for, else the choice of a give-away."""
        field = self.words if self._one().state(clock.now()) == "closed" else self.choice
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _one(self) -> Giveaway:
        return self._desk.get(int(self.choice.key()))

    def show_giveaway(self, number: int) -> None:
        """Show another give-away, if it is not shown already."""
        if number != self._one().id:
            self.choice.set_choices([(str(one.id), one.name) for one in self._desk.listed()], str(number))
            self._picked(str(number))

    def _picked(self, _key: str) -> None:
        self.aside.setText("")
        self.wrong.hide()
        self.words.clear()
        self._fill()

    def _fill(self) -> None:
        """Show how it stands, and offer what can be done now; very many entries are read on a thread of their own."""
        number = self._one().id
        if self._working is not None:
            self._again = True
            return
        if self._desk.size(number) <= _FEW:
            self._show_entries(self._desk.entries(number))
            return
        self.facts.setText(tr("Reading the entries…"))
        self._work(lambda _progress: (number, self._desk.entries(number)), self._read)

    def _read(self, found: object) -> None:
        if isinstance(found, tuple) and found[0] == self._one().id:
            self._show_entries(found[1])
        else:
            self._fill()

    def _show_entries(self, entries: list[Entry]) -> None:
        one, place = self._one(), self.rows.place()
        self._entries = entries
        self.rows.setVisible(bool(entries))
        self.nobody.setVisible(not entries)
        struck = sum(entry.struck not in ("", "passed") for entry in entries)
        self._list()
        self.rows.choose(max(0, min(place, self.model.rowCount() - 1)))
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
            self.words.setCursorPosition(0)
        self.words.setReadOnly(state != "closed")
        titles = {"closed": tr("Draw"), "drawn": tr("Make their gifts"), "called_off": tr("Tell the entrants")}
        approving = state == "drawn" and self._desk.ideas(one.id) > 0
        self.go.set_title(tr("Approve their gifts") if approving else titles.get(state, tr("Close it")))
        self._offer()

    def _list(self, _typed: str = "") -> None:
        """Show the entrants that are looked for."""
        wanted = fold(self.sought.text().strip())
        self.model.show([one for one in self._entries if not wanted or wanted in fold(f"{one.name} {one.contact}")])
        if self.rows.place() < 0 and self.model.rowCount():
            self.rows.choose(0)

    def _offer(self, _place: int = 0) -> None:
        """Show the links for what can be done now, also with the entrant who is chosen."""
        one, entry = self._one(), self.model.row_at(self.rows.place())
        state = one.state(clock.now())
        is_open = state in ("coming", "open", "over")
        by_hand = entry is not None and (entry.kept_by_hand or entry.struck == "hand")
        wins = entry is not None and entry.place is not None and not entry.struck
        shown = {
            "collect": is_open, "strike": is_open and entry is not None, "keep": is_open and entry is not None,
            "restore": is_open and by_hand, "promise": is_open, "proof": state in ("closed", "drawn"),
            "post_hash": state == "closed", "tell": state in ("drawn", "called_off"),
            "pass_on": state == "drawn" and wins,
            "reopen": state in ("closed", "called_off"), "call_off": is_open or state == "closed",
        }  # fmt: skip
        for key, visible in shown.items():
            self.buttons[key].setVisible(visible)

    def act(self) -> None:
        """Do what comes next; the strip stays open."""
        deeds = {"closed": self._draw, "drawn": self._give}
        state = self._one().state(clock.now())
        if state == "called_off":
            self.tell()
        elif state not in deeds and self._desk.size(self._one().id) > _FEW:
            number = self._one().id
            self._work(lambda progress: self._desk.close(number, progress=progress), self._closed)
        else:
            self._do(deeds.get(state, self._close))

    def _work(self, work: Callable[[Progress], object], done: Callable[[object], object]) -> None:
        """Do it on a thread of its own, with how far it is; nothing else is done meanwhile."""
        if self._working is not None:
            return
        self.go.setEnabled(False)
        self._then = done
        self._working = Working(lambda progress, _stop: work(progress), "giveaway")
        self._working.progressed.connect(self._progressed)
        self._working.finished.connect(self._worked)
        self._working.failed.connect(self._failed)
        self._working.start()

    def _progressed(self, done: int, total: int) -> None:
        self.aside.setText(tr("{done} of {total} entries").format(done=text.number(done), total=text.number(total)))

    def _worked(self, found: object) -> None:
        self._working = None
        self.go.setEnabled(True)
        self._then(found)
        if self._again:
            self._again = False
            self._fill()

    def _failed(self, why: object) -> None:
        self._working, self._again = None, False
        self.go.setEnabled(True)
        self.aside.setText("")
        if isinstance(why, UserError):
            self.wrong.setText(str(why))
            self.wrong.show()

    def _closed(self, done: object) -> None:
        if isinstance(done, Closed):
            said = self._closed_words(done)
            self.aside.setText(said)
            announce(self._frame, said)
            self._again = True

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
        return self._closed_words(self._desk.close(self._one().id))

    def _closed_words(self, done: Closed) -> str:
        said = tr("Closed. Publish its hash before the seed is known: {hash}").format(hash=done.hash)
        one = self._one()
        return " ".join(filter(None, [said, early(one, one.closed_at or 0), few(one, done.entries)]))

    def _draw(self) -> str:
        won = self._desk.draw(self._one().id, self.words.text())
        return text.counted(len(won), "Drawn: {count} winner.", "Drawn: {count} winners.")

    def _give(self) -> str:
        """Make the winners' gifts as ideas; if they are there, approve them, asked once if that is over the budget."""
        number = self._one().id
        if self._desk.ideas(number):
            made = self._once.step(number, lambda asked: self._desk.to_gifts(number, "approved", over=asked))
            return text.counted(made, "{count} gift approved.", "{count} gifts approved.")
        made = self._desk.to_gifts(number)
        said = text.counted(made, "{count} gift for a winner, as an idea.", "{count} gifts for winners, as ideas.")
        return " ".join(filter(None, [said, twice(self._desk.winners(number))]))

    def _entry(self) -> Entry | None:
        return self.model.row_at(self.rows.place())

    def collect(self) -> None:
        """Open the form that collects entrants."""
        from ui.pages.delight.collecting import CollectStrip  # noqa: PLC0415  loaded at first use

        self._show(CollectStrip(self._frame.bench, self._one()))

    def strike(self) -> None:
        """Open the form that strikes the entrant who is chosen."""
        entry = self._entry()
        if entry is not None:
            self._show(StrikeStrip(self._frame.bench, self._one(), entry))

    def promise(self) -> None:
        """Open the form for where the seed comes from."""
        self._show(SeedStrip(self._frame.bench, self._one()))

    def tell(self) -> None:
        """Open the form that tells the entrants."""
        from ui.pages.delight.telling import TellStrip  # noqa: PLC0415  as above

        self._show(TellStrip(self._frame, self._one()))

    def post_hash(self) -> None:
        """Begin the post that publishes the hash, and show it."""
        with show_errors(self._frame):
            self._frame.go("letter", ("draft", self._frame.bench.notices.post_hash(self._one().id).id))

    def pass_on(self) -> None:
        """Open the form by which the chosen winner's prize goes to the next."""
        entry = self._entry()
        if entry is not None:
            self._show(PassOnStrip(self._frame.bench, self._one(), entry))

    def call_off(self) -> None:
        """Ask whether it is to be called off."""
        self._show(CallOffStrip(self._frame.bench, self._one()))

    def _new(self) -> None:
        self._show(NewGiveawayStrip(self._frame.bench))

    def _keep(self) -> None:
        self._decide(self._desk.keep, tr("{name} takes part, whatever the rules say."))

    def _restore(self) -> None:
        self._decide(self._desk.restore, tr("For {name} the rules decide again."))

    def _decide(self, how: Callable[[int, list[int]], None], words: str) -> None:
        entry = self._entry()
        if entry is None:
            return

        def deed() -> str:
            how(self._one().id, [entry.id])
            return words.format(name=text.name(entry.name))

        self._do(deed)

    def _reopen(self) -> None:
        off = self._one().called_off_at is not None

        def deed() -> str:
            self._desk.reopen(self._one().id)
            if off:
                return tr("It goes on as it stood.")
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
