"""The kinds of phrases that a language gives. See `__init__`."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """The phrases of one language; see above."""

    deeds: str
    now: str
    vows: str
    told: str
    goes: str
    thing: str
    ours: str
    before: str
    after: str
    clause: str
    sentence: str
    carriers: str
    splits: str
