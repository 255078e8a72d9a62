"""Failures belong to the page on which they happened: they wait there, and are gone once what failed has worked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.widgets.toast import Toast


class Failures:
    """What failed, by page: its sentence, and the command that failed ("" where it was none)."""

    def __init__(self) -> None:
        """Nothing has failed."""
        self._waiting: dict[str, tuple[str, str]] = {}
        self._shown = ("", "")
        self._running = ""
        self._count = 0

    def note(self, words: str) -> None:
        """Remember what is shown now, and which command led to it."""
        self._shown = (words, self._running)
        self._count += 1

    def turn(self, toast: Toast | None, before: str, after: str) -> None:
        """Put the failure of the page that is left aside, and show that of the page that comes."""
        if toast is None or before == after:
            return
        if toast.is_wrong():
            self._waiting[before] = self._shown
            toast.hide()
        waiting = self._waiting.pop(after, None)
        if waiting is not None:
            self._shown = waiting
            toast.say(waiting[0], wrong=True)

    @contextmanager
    def running(self, command_id: str, toast: Toast | None) -> Iterator[None]:
        """While a command runs: if it failed before and now does not, its failure is mended and goes."""
        before, count, self._running = self._running, self._count, command_id
        try:
            yield
        finally:
            self._running = before
        mended = self._count == count and self._shown[1] == command_id
        if mended and toast is not None and toast.is_wrong():
            toast.hide()
