"""A step that asks before it is done, such as one that goes over the budget: the same key pressed again is a yes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from app.base.errors import UserError
from app.base.words import N_
from app.gifts import NotYetError
from ui.look.text import tr

_Result = TypeVar("_Result")
_AGAIN = N_("{question} Press again to do it all the same.")


class AskedOnce:
    """Remembers what was asked last, and about what."""

    def __init__(self) -> None:
        """Nothing was asked yet."""
        self._about: object = None
        self._asked = ""

    def step(self, about: object, do: Callable[[str], _Result], warning: str = "") -> _Result:
        """Call `do` with the sentence that was asked last if that was about the same, else "", and return its result.

        Raises UserError with the question if it asks, also if by now another question is true; and first with the
        `warning`, if there is one.
        """
        asked = self._asked if self._about == about else ""
        self._about, self._asked = None, ""
        if warning not in asked:
            self._about, self._asked = about, warning
            raise UserError(tr(_AGAIN).format(question=warning))
        try:
            return do(asked)
        except NotYetError as why:
            self._about, self._asked = about, " ".join(filter(None, (warning, str(why))))
            raise UserError(tr(_AGAIN).format(question=why)) from why
