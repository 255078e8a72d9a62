"""Doing things from the window: what fails is said in a sentence, what was done can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.base.errors import UserError
from ui.look.text import tr

if TYPE_CHECKING:
    from ui.frame.page import Frame


class TakeBack:
    """Undoes one action when called, as the toast's Undo does."""

    def __init__(self, frame: Frame, action: int, words: str = "", then: Callable[[], object] | None = None) -> None:
        """`action` is the id that the store gave it; afterwards `words` are said and `then` is called."""
        self._frame, self._action, self._words, self._then = frame, action, words, then

    def __call__(self) -> None:
        """Take it back; a sentence where that is no longer possible."""
        with show_errors(self._frame):
            self._frame.bench.actions.undo(self._action)
            if self._then is not None:
                self._then()
            if self._words:
                self._frame.toast(self._words)


@contextmanager
def show_errors(frame: Frame) -> Iterator[None]:
    """Run what is inside; a UserError ends it and is shown to the person."""
    try:
        yield
    except UserError as why:
        frame.fail(str(why))


@contextmanager
def undoable(frame: Frame, words: str) -> Iterator[None]:
    """As `show_errors`; when all went well, `words` are shown with an Undo for the last action that was kept."""
    before = frame.bench.store.last_action
    with show_errors(frame):
        yield
        announce(frame, words, before)


def announce(frame: Frame, words: str, before: int | None = None) -> None:
    """Say what was done, with an Undo if an action was kept since the action `before`.

    What is taken back from the list of what was done only gets a link to that.
    """
    action = frame.bench.store.last_action
    if action is None or action == before:
        frame.toast(words)
    elif frame.bench.actions.get(action).only_from_list:
        frame.toast(words, frame.show_history, link=tr("What was done"))
    else:
        frame.toast(words, TakeBack(frame, action))
