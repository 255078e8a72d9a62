"""The time of day in what was typed: "at 2pm", "half two", "v půl třetí", "negyed három", "στις 3 και μισή". Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from app.base.clock import EVENING
from app.base.text import fold
from app.calendar.tokens import Pieces
from app.calendar.words import Token

HOUR, NOON, DAY = 60, 12 * 60, 24 * 60
"""Minutes."""
_AFTERNOON = 14 * HOUR
_FIRST, _LAST = 7 * HOUR, 22 * HOUR
"""When a spoken hour is thought of: half seven at three in the afternoon is in the evening, not at night."""
_NIGHT_ENDS, _WRITTEN_NIGHT_ENDS = 7 * HOUR, 6 * HOUR
_SMALL_HOURS = 5 * HOUR
PARTS: dict[str, int | None] = {
    "morning": None, "noon": NOON, "afternoon": _AFTERNOON, "evening": EVENING.hour * HOUR, "midnight": DAY,
}  # fmt: skip
"""Minutes of the day of its parts; a morning is the program's own."""


class Hour(NamedTuple):
    """A time of day: minutes, and how it was said: `written` (2:30), `exact` (02:30), or `spoken` (half two)."""

    minutes: int
    how: str


def hour_in(pieces: Pieces) -> Hour | None:
    """The time that words or minutes beside it tell to be one; it is taken from the pieces."""
    for pattern, meaning in _PATTERNS:
        taken = pieces.take(pattern)
        if taken:
            return meaning(taken)
    return None


def bare_hour(pieces: Pieces) -> Hour | None:
    """A number that nothing else took, if the day has such an hour."""
    number = pieces.first("N")
    return _hour(pieces.take("N")) if number is not None and number.number * HOUR <= DAY else None


def _written(number: Token, minutes: int) -> Hour:
    return Hour(minutes, "exact" if number.value.startswith("0") else "written")


def _clock(taken: list[Token]) -> Hour:
    return _written(taken[0], taken[0].number)


def _numbers(taken: Iterable[Token]) -> list[Token]:
    return [token for token in taken if token.kind == "N"]


def _hour(taken: list[Token]) -> Hour:
    number = _numbers(taken)[0]
    return _written(number, number.number * HOUR)


def _quarter_beside(taken: list[Token]) -> Hour:
    """Quarter past two; quarter to three; in Greek the hour comes first."""
    less = any(token.kind in "mn" for token in taken)
    return Hour(_numbers(taken)[0].number * HOUR + (-15 if less else 15), "spoken")


def _on_the_way(taken: list[Token]) -> Hour:
    """Czech and Hungarian: a quarter or three quarters on the way to the hour."""
    gone = 15 if taken[0].kind == "Q" else 45
    return Hour((_numbers(taken)[0].number - 1) * HOUR + gone, "spoken")


def _half_after(taken: list[Token]) -> Hour:
    return Hour(_numbers(taken)[0].number * HOUR + 30, "spoken")


def _half_before(taken: list[Token]) -> Hour:
    """Half two: in English half past it, elsewhere half way to it. Icelandic without its accent has its own numbers."""
    half, number = next(token for token in taken if token.kind == "H"), _numbers(taken)[0]
    icelandic = number.language == "is" or any(fold(token.word).startswith("kl") for token in taken)
    english = half.word.casefold().startswith("half") and not icelandic
    return Hour((number.number - (not english)) * HOUR + 30, "spoken")


def _minutes_first(taken: list[Token]) -> Hour:
    """Ten past two; ten to three."""
    minutes, hour = _numbers(taken)
    less = any(token.kind == "m" for token in taken)
    return Hour(hour.number * HOUR + (-minutes.number if less else minutes.number), "spoken")


def _hour_first(taken: list[Token]) -> Hour:
    """As Greek says it: three and ten; three less ten."""
    hour, minutes = _numbers(taken)
    less = any(token.kind == "n" for token in taken)
    return Hour(hour.number * HOUR + (-minutes.number if less else minutes.number), "spoken")


def _one_word(taken: list[Token]) -> Hour:
    return Hour(taken[-1].number, "spoken")


_PATTERNS: tuple[tuple[str, Callable[[list[Token]], Hour]], ...] = (
    ("C", _clock),
    ("T?Q[pm]N", _quarter_beside),
    ("T?N[qn]Q", _quarter_beside),
    ("T?NqH", _half_after),
    ("T?[QR]N", _on_the_way),
    ("T?HN", _half_before),
    ("T?NU?[pm]N", _minutes_first),
    ("T?N[qn]N", _hour_first),
    ("T?J", _one_word),
    ("T?N(?=t)|NK|TN(?![MUO])", _hour),
)


def fixed(hour: Hour | None, said: list[str]) -> Hour | None:
    """The hour with am, pm or the part of the day that was said beside it; a part alone is an hour, but the morning."""
    if hour is None:
        alone = [PARTS[part] for part in said if part in PARTS]
        return Hour(alone[0], "exact") if alone and alone[0] is not None else None
    minutes = hour.minutes
    for part in said:
        if part in {"am", "morning"}:
            return Hour(minutes % NOON if part == "am" else minutes, "exact")
        if part == "midnight" or (part == "evening" and minutes % DAY < _SMALL_HOURS):
            return Hour(DAY if minutes == NOON else minutes, "exact")
        return Hour(
            minutes + NOON if minutes < NOON and (part != "noon" or minutes < _SMALL_HOURS) else minutes, "exact"
        )
    return hour


def by_day(hour: Hour) -> int:
    """Minutes of the day where any day is named: what is at night by the figures is in the afternoon by the words."""
    ends = {"written": _WRITTEN_NIGHT_ENDS, "spoken": _NIGHT_ENDS}.get(hour.how, 0)
    return hour.minutes + NOON if HOUR <= hour.minutes < ends else hour.minutes


def still_today(hour: Hour, minute: int) -> int | None:
    """Minutes of today where no day is named, after this minute of it; None if that time is over."""
    times = (hour.minutes, hour.minutes + NOON) if hour.how == "spoken" and hour.minutes < NOON else (by_day(hour),)
    inside = [at for at in times if at > minute and (hour.how != "spoken" or _FIRST <= at <= _LAST)]
    return inside[0] if inside else None
