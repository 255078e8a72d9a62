"""Reacting to a message: giving it, taking it back, and deciding about one that did not arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.base.errors import UserError
from app.base.words import form, forms
from app.inbox.reactions import Pressed, title
from ui.frame.doing import TakeBack, announce, show_errors, undoable
from ui.look import text
from ui.look.text import tr
from ui.widgets.lettermenu import LetterMenu

if TYPE_CHECKING:
    from app.outbox.reacting import ReactionDesk
    from ui.pages.inbox.pane import Pane

_GIVEN = forms(
    "{reaction} for {name} in {count} second. {sentence}", "{reaction} for {name} in {count} seconds. {sentence}"
)
_TAKEN_BACK = forms(
    "{reaction} for {name} is taken back in {count} second.", "{reaction} for {name} is taken back in {count} seconds."
)
_MAX_NAME_CHARS = 40


class Reacting(QObject):
    """The inbox page's reactions."""

    def __init__(self, pane: Pane) -> None:
        """Act on this page."""
        super().__init__()
        self._pane = pane
        self._message = 0  # that the menu of `choose` is about, and what it offers: (reaction, whether it is new)
        self._choices: list[tuple[str, bool]] = []

    @property
    def _desk(self) -> ReactionDesk:
        return self._pane.bench.outbox.reactions

    def press(self) -> None:
        """React to the last word in the open conversation with the usual reaction; where it is given, take it back."""
        with show_errors(self._pane.frame):
            message = self._desk.latest(self._pane.here().row.id)
            does, which = self._desk.pressed(message)
            if which is None:
                self.react(message)
            elif does is Pressed.TAKE_BACK:
                self.take_back(message, which.what)
            elif does is Pressed.CANCEL:
                self.cancel(which.id)
            else:
                self._pane.frame.go("outbox", which.id)

    def choose(self) -> None:
        """Offer the channel's reactions for the last word in the open conversation, each with a digit."""
        pane = self._pane
        with show_errors(pane.frame):
            self._message = self._desk.latest(pane.here().row.id)
            why = self._desk.why_not(self._message)
            if why:
                pane.frame.toast(why)
                return
            able, given = self.offered(self._message)
            self._choices = [(what, True) for what in able] + [(what, False) for what in given]
            titles = [title(what) if new else _taking_back(what) for what, new in self._choices]
            rows = [(str(number), words, "") for number, words in enumerate(titles[:9], 1)]
            menu = LetterMenu(rows, tr("React with"), pane.window())
            menu.chosen.connect(self._picked)
            menu.popup_at(pane.talk.done)

    def _picked(self, digit: str) -> None:
        what, new = self._choices[int(digit) - 1]
        (self.react if new else self.take_back)(self._message, what)

    def react(self, message: int, what: str = "") -> None:
        """Queue a reaction to a message, the usual one for "", and say whom it reaches; the list stays where it is."""
        pane, desk = self._pane, self._desk
        with show_errors(pane.frame):
            why = desk.why_not(message)
            if why:
                pane.frame.toast(why)
                return
            sentence, hold = desk.consequence(message, what), pane.bench.settings.number("hold_seconds")
            number = desk.react(message, what, hold)
            self._started(number, _GIVEN, hold, sentence)

    def take_back(self, message: int, what: str) -> None:
        """Queue the taking back of a reaction that is there."""
        with show_errors(self._pane.frame):
            hold = self._pane.bench.settings.number("hold_seconds")
            self._started(self._desk.unreact(message, what, hold), _TAKEN_BACK, hold)

    def _started(self, number: int, sentences: tuple[str, str], hold: int, sentence: str = "") -> None:
        pane = self._pane
        entry = pane.bench.outbox.get(number)
        pane.list.keep_open(pane.here().row.id)
        pane.list.focus_rows()
        words = form(hold, *sentences).format(
            reaction=title(entry.reaction), name=text.embed(entry.to_whom, _MAX_NAME_CHARS), count=hold,
            sentence=text.sentence(sentence),
        )  # fmt: skip
        undone = tr("Undone: nothing happened on the channel.")
        pane.frame.toast(words.strip(), TakeBack(pane.frame, pane.bench.store.last_action or 0, undone))

    def cancel(self, number: int) -> None:
        """Cancel one that is not done, by its outbox id."""
        with show_errors(self._pane.frame):
            before = self._pane.bench.store.last_action
            entry = self._pane.bench.outbox.get(number)
            self._pane.bench.outbox.discard(number)
            given = entry.purpose == "react"
            words = tr("To {name}: no reaction is sent.") if given else tr("To {name}: the reaction stays.")
            announce(self._pane.frame, words.format(name=text.name(entry.to_whom)), before)
            self._pane.frame.show_again((self._pane.here().row.id,))

    def retry(self, number: int) -> None:
        """Try a failed one again, by its outbox id."""
        to = text.name(self._pane.bench.outbox.get(number).to_whom)
        with undoable(self._pane.frame, tr("To {name}: Rapport will try again.").format(name=to)):
            self._pane.bench.outbox.retry(number)

    def offered(self, message: int) -> tuple[list[str], list[str]]:
        """For a menu: the reactions that can be given to a message, and those that can be taken back."""
        try:
            if self._desk.why_not(message):
                return [], []
        except UserError:
            return [], []
        given = self._desk.given(message)
        there = [one.what for one in given if one.is_settled]
        return [what for what in self._desk.offered(message) if what not in [one.what for one in given]], there


def _taking_back(what: str) -> str:
    return tr("Take back {reaction}").format(reaction=title(what))
