"""Dates that the person types or chooses by a letter, by their hours, working blocks and country."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.base import clock
from app.base.clock import Choice, Hours
from app.calendar import asking
from app.calendar.asking import Told
from app.calendar.choices import still_offered, until
from app.calendar.completing import completions
from app.calendar.typed import Now
from app.settings import Settings

_LANGUAGES = {"hu": "hu", "cz": "cs", "sk": "sk"}
"""Countries whose language settles what figures or one letter mean."""


class Dates:
    """Reads typed dates; `next_start` says when the next working block begins that has not begun (Unix seconds)."""

    def __init__(self, settings: Settings, next_start: Callable[[int], int]) -> None:
        """Take hours and country from the settings."""
        self._settings, self._next_start = settings, next_start

    def moment(self, typed: str, *, back: bool = False) -> int:
        """Unix seconds of typed words, to come; with `back` over. Raises UserError where that cannot be said."""
        return asking.moment(typed, self.now(back=back), self.hours())

    def day(self, typed: str, *, back: bool = False) -> str:
        """The day of typed words as it is stored (YYYY-MM-DD); "" for blank. Raises UserError where it means none."""
        return asking.day(typed, self.now(back=back))

    def explain(self, typed: str, *, timed: bool, back: bool = False) -> Told:
        """What a field says of what is typed: of a time if `timed`, else of a day."""
        now = self.now(back=back)
        return asking.told_moment(typed, now, self.hours()) if timed else asking.told_day(typed, now)

    def completions(self, typed: str, *, back: bool = False) -> list[str]:
        """Whole lines that what is typed may become; see `app/calendar/completing.py`."""
        return completions(typed, self.now(back=back))

    def offered(self, choices: Sequence[Choice]) -> list[tuple[Choice, int]]:
        """Those of the choices that are worth offering now, each with its time (Unix seconds)."""
        now, hours, next_block = clock.local(clock.now()), self.hours(), self.now().next_block
        timed = [(choice, until(choice.key, now, hours, next_block)) for choice in choices]
        return [(choice, at) for choice, at in timed if still_offered(choice, at, now)]

    def hours(self) -> Hours:
        """When a morning begins, and how far "later today" is away."""
        return self._settings.hours()

    def now(self, *, back: bool = False) -> Now:
        """What words are read by at this moment."""
        at = clock.now()
        try:
            block: int | None = self._next_start(at)
        except ValueError:  # no block within reach
            block = None
        return Now(at, None, block, _LANGUAGES.get(self._settings.text("country"), ""), back)
