"""Forms about one give-away, from which one comes back to it: strike, promise, call off, pass a prize on, a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.giveaways import STRUCK_NAMES, Entry, Giveaway, Plan, parted
from app.giveaways.when import boundary
from ui.look import text
from ui.look.text import tr
from ui.shared.date_field import DateField
from ui.widgets.fields import Spin
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.workbench import Workbench

_MOST_PRIZES = 9_999


class GiveawayForm(Strip):
    """A form about the give-away with the id `giveaway`, which the page shows again once the form is closed."""

    giveaway: int | None = None

    def refresh(self) -> None:
        """Show what has changed meanwhile, if it shows anything of that."""


class NewGiveawayStrip(GiveawayForm):
    """Adds a give-away; `giveaway` is its id once it is added."""

    def __init__(self, bench: Workbench) -> None:
        """Start with one prize and no dates."""
        super().__init__(tr("New give-away"), "ticket", tr("Add"))
        self._bench = bench
        self.name, self.prize, self.rules, self.promise = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.fallback = QLineEdit()
        self.prizes = Spin()
        self.prizes.setRange(1, _MOST_PRIZES)
        self.opens, self.closes = DateField(bench.dates), DateField(bench.dates)
        self.promise.setPlaceholderText(tr("A public value to come, such as Saturday's lottery numbers"))
        self.fallback.setPlaceholderText(tr("Such as the numbers of the week after"))
        self.field(tr("Name"), self.name, 0, 0, 2)
        self.field(tr("What they win"), self.prize, 0, 2)
        self.field(tr("How many prizes"), self.prizes, 0, 3)
        self.field(tr("Rules"), self.rules, 1, 0, 2)
        self.field(tr("Opens"), self.opens, 1, 2)
        self.field(tr("Closes"), self.closes, 1, 3)
        self.field(tr("The seed is going to be"), self.promise, 2, 0, 2)
        self.field(tr("If that never comes"), self.fallback, 2, 2, 2)

    def start(self) -> None:
        """Focus the name."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self) -> str:
        """Add it; return the toast. Raises UserError."""
        now = self._bench.dates.now()
        plan = Plan(
            self.name.text(), self.prizes.value(), self.prize.text(), None, self.rules.text(), self.promise.text(),
            boundary(self.opens.text(), now, ends=False), boundary(self.closes.text(), now, ends=True),
            self.fallback.text(),
        )  # fmt: skip
        self.giveaway = self._bench.giveaways.add(plan)
        return tr("Give-away added: {name}").format(name=text.embed(self._bench.giveaways.get(self.giveaway).name))


class StrikeStrip(GiveawayForm):
    """Takes an entry out of the draw, for a reason."""

    def __init__(self, bench: Workbench, giveaway: Giveaway, entry: Entry) -> None:
        """For this entry."""
        title = tr("Strike {name} from “{giveaway}”")
        names = {"name": text.name(entry.name), "giveaway": text.embed(giveaway.name)}
        super().__init__(title.format(**names), "ticket", tr("Strike"))
        self._bench, self._entry, self.giveaway, self.about = bench, entry, giveaway.id, entry.id
        self.why = QLineEdit(entry.note if entry.struck == "hand" else "")
        self.why.setPlaceholderText(tr("Only a link, no comment"))
        self.field(tr("Why"), self.why, 0, 0)
        if entry.struck and entry.struck != "hand":
            reason = tr(STRUCK_NAMES[entry.struck])
            self.aside.setText(tr("The rules strike it already: {reason}.").format(reason=reason))

    def start(self) -> None:
        """Focus the reason."""
        self.why.setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self) -> str:
        """Strike it; return the toast. Raises UserError."""
        self._bench.giveaways.strike(self.giveaway or 0, [self._entry.id], self.why.text())
        return tr("{name} is out of the draw.").format(name=text.name(self._entry.name))


class SeedStrip(GiveawayForm):
    """Says anew where the seed is going to come from, before the give-away is closed."""

    def __init__(self, bench: Workbench, giveaway: Giveaway) -> None:
        """With what is promised so far."""
        title = tr("Where the seed of “{name}” comes from").format(name=text.embed(giveaway.name))
        super().__init__(title, "ticket", tr("Save"))
        self._bench, self.giveaway, self.about = bench, giveaway.id, giveaway.id
        self.promise, self.fallback = (QLineEdit(words) for words in parted(giveaway.seed_promise))
        self.promise.setPlaceholderText(tr("A public value to come, such as Saturday's lottery numbers"))
        self.fallback.setPlaceholderText(tr("Such as the numbers of the week after"))
        self.field(tr("The seed is going to be"), self.promise, 0, 0)
        self.field(tr("If that never comes"), self.fallback, 0, 1)
        for field in (self.promise, self.fallback):
            field.setCursorPosition(0)
        self.aside.setText(tr("It's published with the list, and can't be changed once the give-away is closed."))

    def start(self) -> None:
        """Focus the promise."""
        self.promise.setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self) -> str:
        """Save it; return the toast. Raises UserError."""
        self._bench.giveaways.promise(self.giveaway or 0, self.promise.text(), self.fallback.text())
        return tr("The seed is going to be: {promise}").format(
            promise=text.embed(self._bench.giveaways.get(self.giveaway or 0).seed_promise)
        )


class CallOffStrip(GiveawayForm):
    """Asks once more before a give-away is called off."""

    def __init__(self, bench: Workbench, giveaway: Giveaway) -> None:
        """For this one."""
        title = tr("Call off “{name}”?").format(name=text.embed(giveaway.name))
        super().__init__(title, "ticket", tr("Call it off"))
        self._bench, self._giveaway, self.giveaway, self.about = bench, giveaway, giveaway.id, giveaway.id
        said = tr("Nobody wins, and nobody can enter any more. The entries stay, and you can tell those who took part.")
        self.aside.setText(said)

    def start(self) -> None:
        """Focus the button."""
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self) -> str:
        """Call it off; return the toast. Raises UserError."""
        self._bench.giveaways.call_off(self._giveaway.id)
        return tr("Called off: {name}").format(name=text.embed(self._giveaway.name))


class PassOnStrip(GiveawayForm):
    """Passes a winner's prize on to the next in the order of the same draw."""

    def __init__(self, bench: Workbench, giveaway: Giveaway, winner: Entry) -> None:
        """For this winner."""
        title = tr("{name} doesn't take the prize").format(name=text.name(winner.name))
        super().__init__(title, "ticket", tr("Pass it on"))
        self._bench, self._winner, self.giveaway, self.about = bench, winner, giveaway.id, winner.id
        self.why = QLineEdit()
        self.why.setPlaceholderText(tr("Said no, thank you"))
        self.field(tr("Why"), self.why, 0, 0)
        self.aside.setText(tr("The next in the order of the same draw gets it, as anybody can check."))

    def start(self) -> None:
        """Focus the reason."""
        self.why.setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self) -> str:
        """Pass it on; the toast says who is next. Raises UserError."""
        following = self._bench.giveaways.pass_on(self.giveaway or 0, self._winner.id, self.why.text())
        if following is None:
            return tr("Passed on. Everybody who took part has won already: nobody is next.")
        return tr("Passed on. Next in the draw: {name}.").format(name=text.name(following.name))
