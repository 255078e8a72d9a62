"""The data types of facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from app.base.words import N_

CURRENT, OWED, RIGHTED, CORRECTED, WITHDRAWN, SETTLED = (
    "current", "owed", "righted", "corrected", "withdrawn", "settled",
)  # fmt: skip
STATE_NAMES = {
    CURRENT: N_("still true"),
    OWED: N_("to put right"),
    RIGHTED: N_("told the new one since"),
    CORRECTED: N_("message corrected"),
    WITHDRAWN: N_("message withdrawn"),
    SETTLED: N_("left as it is"),
}
"""How what somebody was told stands now."""


class Value(NamedTuple):
    """What a fact says in a language ("": in all of them), since when and until when (Unix seconds; None: still)."""

    id: int
    language: str
    words: str
    since: int
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact with the values that it has now; `look_on` is the ISO date on which to look again, "" for none.

    `told` is how many messages told somebody of it, `owed` how many of them said what is no longer true.
    """

    id: int
    key: str
    name: str
    owner: str = ""
    source: str = ""
    look_on: str = ""
    values: tuple[Value, ...] = ()
    told: int = 0
    owed: int = 0

    def value(self, language: str) -> Value | None:
        """The value in that language, else the one for all; None if there is neither."""
        fitting = {value.language: value for value in self.values}
        return fitting.get(language) or fitting.get("")


class Told(NamedTuple):
    """Who was told which value of a fact, by which message, and how that stands now.

    `who` is "" where a message went to nobody in particular, such as a post.
    """

    id: int
    fact_id: int
    value: Value
    member_id: int | None
    who: str
    conversation_id: int
    message_id: int | None
    at: int
    state: str
