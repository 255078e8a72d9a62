"""Running actions from the window: errors are shown, and what was done gets a toast with Undo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.base.errors import UserError
from ui.look import text
from ui.look.text import tr

if TYPE_CHECKING:
    from app.actions import Action
    from ui.frame.page import Frame


def undo_action(frame: Frame, number: int) -> Action:
    """Undo an action by its id, and show the conversation that it decided on; returns it. Raises UserError."""
    decided = frame.bench.actions.decided(number)
    undone = frame.bench.actions.undo(number)
    frame.show_again(decided)
    return undone


def undone_words(undone: Action) -> str:
    """The toast for an action that was undone: its title, and what else is to be known."""
    words = tr("Undone: {title}").format(title=text.isolate(undone.title))
    return f"{words}. {undone.remark}" if undone.remark else words


class TakeBack:
    """A callable that undoes one action, for a toast's Undo."""

    def __init__(self, frame: Frame, action: int, words: str = "", then: Callable[[], object] | None = None) -> None:
        """`action` is the action's id in the store; afterwards `then` is called and `words` are shown, or its title."""
        self._frame, self._action, self._words, self._then = frame, action, words, then

    def __call__(self) -> None:
        """Undo it; a UserError, if that is no longer possible, is shown."""
        with show_errors(self._frame):
            undone = undo_action(self._frame, self._action)
            if self._then is not None:
                self._then()
            self._frame.toast(self._words or undone_words(undone))


@contextmanager
def show_errors(frame: Frame) -> Iterator[None]:
    """A context manager that shows a UserError of its body to the person."""
    try:
        yield
    except UserError as why:
        frame.fail(str(why))


@contextmanager
def undoable(frame: Frame, words: str) -> Iterator[None]:
    """Like `show_errors`; on success show `words`, with Undo for the action that the body recorded."""
    before = frame.bench.store.last_action
    with show_errors(frame):
        yield
        announce(frame, words, before)


def announce(frame: Frame, words: str, before: int | None = None) -> None:
    """Show a toast, with Undo if an action was recorded since the action id `before`.

    An action that can only be undone from the list of actions gets a link to it instead.
    """
    action = frame.bench.store.last_action
    if action is None or action == before:
        frame.toast(words)
    elif frame.bench.actions.get(action).only_from_list:
        frame.toast(words, frame.show_history, link=tr("What was done"))
    else:
        frame.toast(words, TakeBack(frame, action))
