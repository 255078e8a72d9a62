"""What a conversation is about: its post, and what happened so far; each fact leads to where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.base import clock
from app.inbox.desk import EVERY
from ui.look.text import tr
from ui.shared.revealing import MESSAGES, reveal

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.inbox.so_far import Fact
    from ui.pages.inbox.pane import Pane


class Leading(QObject):
    """Scrolls the conversation to a fact, with its earlier messages where it is among these."""

    def __init__(self, pane: Pane) -> None:
        """Lead within this page's conversation."""
        super().__init__()
        self._pane = pane

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The command handlers available with a conversation open."""
        return {"whole_post": self._pane.talk.post.whole.turn}

    def to(self, fact: Fact) -> None:
        """Show where a fact stands; a draft is gone on with."""
        from app.inbox import so_far  # noqa: PLC0415  loaded with the first fact

        talk = self._pane.talk
        if fact.kind == so_far.DRAFT:
            talk.composer.write()
            return
        kinds: tuple[str, ...] = (fact.kind,)
        number = fact.id
        if fact.kind in (so_far.MESSAGE, so_far.WAITS, so_far.ANSWERED, so_far.FILE):
            kinds, number = MESSAGES, fact.message or fact.id
        if fact.kind == so_far.SNOOZED:
            self._pane.frame.run("snooze")
        elif not reveal(talk.story, kinds, number):
            self.show_earlier()
            if not reveal(talk.story, kinds, number):
                self._pane.frame.toast(tr("That is no longer in this conversation."))

    def to_message(self, number: int) -> None:
        """Show a message of the open conversation, also where it is among the earlier ones."""
        if not reveal(self._pane.talk.story, MESSAGES, number):
            self.show_earlier()
            reveal(self._pane.talk.story, MESSAGES, number)

    def show_earlier(self) -> None:
        """Show the messages as well that are left out of a conversation with many."""
        talk = self._pane.talk
        talk.whole = self._pane.here().row.id
        talk.show_conversation(self._pane.bench.inbox.open(talk.whole, EVERY), clock.now())
