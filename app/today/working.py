"""What Today asks of working time: when something falls due, how long it takes, and when the blocks are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from app.settings import Settings

_HOUR_SECONDS, _DAY_SECONDS = 3600, 86_400


class Block(NamedTuple):
    """A working block that is under way or comes next, in Unix seconds."""

    starts: int
    ends: int


class Working(Protocol):
    """Working time, as it is set."""

    def due_at(self, account_id: int, since: int) -> int:
        """When somebody who has waited since then (Unix seconds) should have a reply, in working time."""
        ...

    def estimates(self) -> Mapping[str, int]:
        """How many minutes each kind takes this person."""
        ...

    def current(self, now: int) -> Block | None:
        """The block that is under way; None between blocks."""
        ...

    def following(self, now: int) -> Block | None:
        """The first block that begins after `now`; None if there is none."""
        ...


class AroundTheClock:
    """Working time without blocks: every hour counts, and the next block is tomorrow."""

    def __init__(self, settings: Settings) -> None:
        """The reply target is the settings'."""
        self._settings = settings

    def due_at(self, account_id: int, since: int) -> int:  # noqa: ARG002  as the protocol has it
        """When the reply target is over."""
        return since + self._settings.number("answer_hours") * _HOUR_SECONDS

    def estimates(self) -> Mapping[str, int]:
        """None are known."""
        return {}

    def current(self, now: int) -> Block | None:  # noqa: ARG002  as the protocol has it
        """There are none."""
        return None

    def following(self, now: int) -> Block | None:
        """The same time tomorrow, for an hour."""
        return Block(now + _DAY_SECONDS, now + _DAY_SECONDS + _HOUR_SECONDS)
