"""Kind words: keeping what somebody wrote (Y), and offering one of them after three hard conversations in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ui.frame.doing import announce, show_errors
from ui.look import text
from ui.look.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ui.pages.inbox.pane import Pane

_AFTER_UNDO_SECONDS = 2
"""The offer comes once the toast with Undo has gone: it takes nobody's Undo away."""
_REMEMBERED = 3


class Kindness(QObject):
    """The inbox page's command for the shelf, and what it remembers of the conversations handled before."""

    def __init__(self, pane: Pane) -> None:
        """Nothing was handled yet."""
        super().__init__()
        self._pane = pane
        self._handled: list[bool] = []
        self._offer = QTimer(self)
        self._offer.setSingleShot(True)
        self._offer.timeout.connect(self._offer_now)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The command handlers that need an open conversation, by command id."""
        return {"kind_word": self.keep}

    def keep(self) -> None:
        """Keep the message that is read, if they wrote it, else their last one; again takes it off the shelf."""
        pane, shelf = self._pane, self._pane.bench.kind_words
        line = pane.talk.story.being_read()
        is_theirs = line is not None and not line.out and line.kind in ("said", "offline")
        with show_errors(pane.frame):
            number = line.id if line is not None and is_theirs else shelf.latest_of(pane.here().row.id)
            before = pane.bench.store.last_action
            who, kept = shelf.toggle(number)
            self._say(who, before, kept=kept)

    def _say(self, who: str, before: int | None, *, kept: bool) -> None:
        sentence = tr("Kept the kind words of {name}.") if kept else tr("Took the words of {name} off the shelf.")
        announce(self._pane.frame, sentence.format(name=text.name(who)), before)

    def handled(self, hard: Iterable[bool]) -> None:
        """Note of conversations that were dealt with whether they were hard or unhappy, in their order."""
        if not self._pane.bench.settings.get("kind_after_hard"):
            return
        from app.kind_words import is_due  # noqa: PLC0415  the first paint does without

        self._handled = [*self._handled, *hard][-_REMEMBERED:]
        if is_due(self._handled):
            self._handled = []
            seconds = self._pane.bench.settings.number("hold_seconds") + _AFTER_UNDO_SECONDS
            self._offer.start(seconds * 1000)

    def _offer_now(self) -> None:
        if self._pane.bench.kind_words.every():
            words = tr("Three hard ones in a row. Somebody wrote something kind, too.")
            self._pane.frame.toast(words, self._read, link=tr("Read it"))

    def _read(self) -> None:
        self._pane.frame.run("kind_words")

    def leave(self) -> None:
        """Offer nothing any more: the file is going to be closed."""
        self._offer.stop()
