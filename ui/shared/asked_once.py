"""A step that asks before it is done, such as one that goes over the budget: the same key pressed again is a yes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from app.base.errors import UserError
from app.gifts import NotYetError
from ui.look.text import tr

_Result = TypeVar("_Result")


class AskedOnce:
    """Remembers what was asked last, and about what."""

    def __init__(self) -> None:
        """Nothing was asked yet."""
        self._about: object = None
        self._asked = ""

    def step(self, about: object, do: Callable[[str], _Result]) -> _Result:
        """Call `do` with the sentence that was asked last if that was about the same, else "", and return its result.

        Raises UserError with the question if it asks, also if by now another question is true.
        """
        asked = self._asked if self._about == about else ""
        self._about, self._asked = None, ""
        try:
            return do(asked)
        except NotYetError as why:
            self._about, self._asked = about, str(why)
            msg = tr("{question} Press again to do it all the same.").format(question=why)
            raise UserError(msg) from why
