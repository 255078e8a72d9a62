"""Working blocks as people type them, "Tue 17-19, Sat 10-12", by the days of five languages, and as we write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, NoReturn

from app.base import weekdays
from app.base.dates import SHORT_DAYS, WEEKDAYS
from app.base.errors import UserError
from app.base.text import fold
from app.base.words import tr
from app.calendar.working import DAY_MINUTES, Block

DAYS = weekdays.folded(weekdays.NAMES, weekdays.OF_EACH_WEEK)
"""Folded names and abbreviations of the days -> 0 (Monday) to 6."""
_TO = {fold(word) for word in ("to", "until", "till", "až", "do", "til", "έως", "ως", "μέχρι", "ig", "tól", "től")}
_FILLER = {
    fold(word)
    for word in (
        "and", "on", "from", "every", "at", "a", "v", "ve", "od", "vždy", "každý", "každou", "každé", "h", "hod", "és",
        "óra", "órától", "óráig", "minden", "og", "á", "frá", "kl", "klukkan", "και", "κάθε", "από", "στις", "τη",
        "την", "το", "ώρα",
    )
}  # fmt: skip
_TOKEN = re.compile(r"(?P<time>\d{1,2}(?:\s*[:.h]\s*\d{2})?(?:\s*[ap]\.?m\b\.?)?)|(?P<word>[^\W\d_]+)|(?P<dash>[-–—−])")
_TIME = re.compile(r"(\d+)(?:\s*[:.h]\s*(\d+))?\s*([ap])?")
_NOON = 12


class _Token(NamedTuple):
    kind: str  # day, time, to
    value: int = 0
    typed: str = ""
    half: str = ""  # a or p, where the hour is one of twelve


def understood(typed: str) -> list[Block]:
    """The blocks that were typed, by weekday and hour. Raises UserError, in one sentence, for what is none."""
    reading = _Reading()
    for token in _tokens(typed):
        reading.take(token)
    blocks = sorted(reading.over())
    refuse_overlap(blocks)
    return blocks


def refuse_overlap(blocks: Sequence[Block]) -> None:
    """Raise UserError if two of these blocks, in order, have a minute in common."""
    for first, second in pairwise(blocks):
        if first.weekday == second.weekday and second.starts < first.ends:
            msg = tr("{second} overlaps {first}. A block begins when the one before it is over.").format(
                first=spelled(first), second=spelled(second)
            )
            raise UserError(msg)


def spelled(block: Block) -> str:
    """A block in words: "Tuesday 17:00–19:00"."""
    return tr("{weekday} {starts}–{ends}").format(
        weekday=tr(WEEKDAYS[block.weekday]), starts=_hour(block.starts), ends=_hour(block.ends)
    )


def in_words(blocks: Sequence[Block]) -> str:
    """Blocks to be read: "Monday to Friday 09:00–17:00, Saturday 10:00–12:00"; "" for none."""
    return ", ".join(
        tr("{days} {starts}–{ends}").format(days=_spoken_days(days), starts=_hour(starts), ends=_hour(ends))
        for (starts, ends), days in _by_hours(blocks).items()
    )


def written(blocks: Sequence[Block]) -> str:
    """Blocks as they can be typed: "Mon-Fri 9-17, Sat 10-12"; "" for none."""
    return ", ".join(
        f"{_typed_days(days)} {_typed(starts)}-{_typed(ends)}" for (starts, ends), days in _by_hours(blocks).items()
    )


def _by_hours(blocks: Sequence[Block]) -> dict[tuple[int, int], list[int]]:
    """The days that have the same hours."""
    days: dict[tuple[int, int], list[int]] = {}
    for block in sorted(blocks):
        days.setdefault((block.starts, block.ends), []).append(block.weekday)
    return days


def _is_span(days: list[int]) -> bool:
    return len(days) > 2 and days[-1] - days[0] == len(days) - 1  # noqa: PLR2004  of two a list is as short


def _spoken_days(days: list[int]) -> str:
    names = [tr(WEEKDAYS[day]) for day in days]
    return tr("{first} to {last}").format(first=names[0], last=names[-1]) if _is_span(days) else ", ".join(names)


def _typed_days(days: list[int]) -> str:
    names = [tr(SHORT_DAYS[day]) for day in days]
    return f"{names[0]}-{names[-1]}" if _is_span(days) else ", ".join(names)


def _typed(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}" if minute else str(hour)


def _hour(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}"


def _known_days() -> dict[str, int]:
    """The days by their names, those of the language in use too."""
    own = {fold(tr(name)): day for names in (WEEKDAYS, SHORT_DAYS) for day, name in enumerate(names)}
    return {**own, **DAYS}


def _tokens(typed: str) -> Iterator[_Token]:
    folded, known = fold(typed), _known_days()
    found = list(_TOKEN.finditer(folded))
    for place, hit in enumerate(found):
        word = hit[0]
        then = found[place + 1][0] if place + 1 < len(found) else ""
        if hit["time"]:
            yield _time(word)
        elif hit["dash"] or word in _TO:
            yield _Token("to")
        elif word in known and not (word in _FILLER and (then in known or not then[:1].isdigit())):
            yield _Token("day", known[word], word)
        elif word not in _FILLER:
            msg = tr("“{word}” is neither a day nor a time. Write blocks like Tue 17-19, Sat 10-12.").format(word=word)
            raise UserError(msg)


def _time(typed: str) -> _Token:
    hit = _TIME.match(typed)
    hour, minute, half = (int(hit[1]), int(hit[2] or 0), hit[3] or "") if hit else (99, 0, "")
    if half and 1 <= hour <= _NOON:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    if minute > 59 or hour * 60 + minute > DAY_MINUTES:  # noqa: PLR2004  minutes of an hour
        msg = tr("“{typed}” isn't a time of day.").format(typed=typed.strip())
        raise UserError(msg)
    return _Token("time", hour * 60 + minute, typed.strip(), half)


class _Reading:
    """Reads tokens from the left: days, then their hours."""

    def __init__(self) -> None:
        self._days: list[int] = []
        self._blocks: list[Block] = []
        self._begun: _Token | None = None
        self._to = self._used = False

    def take(self, token: _Token) -> None:
        """Read one more."""
        if token.kind == "to":
            self._to = True
            return
        if token.kind == "day":
            self._day(token)
        else:
            self._hour(token)
        self._to = False

    def over(self) -> list[Block]:
        """All that was read. Raises UserError for a day without hours, or none at all."""
        if self._begun is not None:
            _refuse_half(self._begun)
        if not self._blocks and not self._days:
            msg = tr("Write blocks like Tue 17-19, Sat 10-12.")
            raise UserError(msg)
        if not self._used:
            _refuse_day(self._days[-1])
        return self._blocks

    def _day(self, token: _Token) -> None:
        if self._begun is not None:
            _refuse_half(self._begun)
        if self._to and self._days and not self._used:
            first = self._days[-1]
            self._days += [(first + step) % 7 for step in range(1, (token.value - first) % 7 + 1)]
            return
        if self._used:
            self._days, self._used = [], False
        self._days.append(token.value)

    def _hour(self, token: _Token) -> None:
        if not self._days:
            msg = tr("Which day is {time}? Write blocks like Tue 17-19, Sat 10-12.").format(time=token.typed)
            raise UserError(msg)
        if self._begun is None:
            self._begun = token
            return
        starts, ends = self._begun.value, token.value or DAY_MINUTES
        if token.half and not self._begun.half and starts + _NOON * 60 < ends:
            starts += _NOON * 60  # 5-7pm
        if ends <= starts:
            self._refuse_night(starts, ends)
        self._blocks += [Block(day, starts, ends) for day in dict.fromkeys(self._days)]
        self._begun, self._used = None, True

    def _refuse_night(self, starts: int, ends: int) -> NoReturn:
        day = self._days[-1]
        if starts == ends:
            msg = tr("A block that starts at {time} has to end later than that.").format(time=_hour(starts))
            raise UserError(msg)
        two = written((Block(day, starts, DAY_MINUTES),)), written((Block((day + 1) % 7, 0, ends),))
        msg = tr("A block ends on the day on which it starts. For work over midnight, write two: {first}, {second}.")
        raise UserError(msg.format(first=two[0], second=two[1]))


def _refuse_half(begun: _Token) -> NoReturn:
    msg = tr("Until when does the block from {time} last? Write blocks like Tue 17-19, Sat 10-12.")
    raise UserError(msg.format(time=begun.typed))


def _refuse_day(day: int) -> NoReturn:
    msg = tr("Which hours on {day}? Write blocks like Tue 17-19, Sat 10-12.").format(day=tr(WEEKDAYS[day]))
    raise UserError(msg)
