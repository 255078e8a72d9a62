"""How far a member takes part: visitor, participant, contributor or core, by what they did, never by who follows them.

The thresholds are settings. A level that was pinned by hand holds; staff have none, and no program is a member.
"""

from __future__ import annotations

from typing import NamedTuple

from app.members import filtering
from app.settings import SETTINGS
from app.store.sqlite import Connection

LEVEL_NAMES = filtering.LEVELS
VISITOR, PARTICIPANT, CONTRIBUTOR, CORE = LEVELS = tuple(LEVEL_NAMES)
"""From the outermost to the innermost."""
NONE = "none"
"""What the shell calls no level, and no pin."""

_KEYS = {
    "participant_days": "involved_participant_days",
    "contributor_days": "involved_contributor_days",
    "contributor_helped": "involved_contributor_helped",
    "core_days": "involved_core_days",
    "core_deeds": "involved_core_deeds",
}


class Thresholds(NamedTuple):
    """From how many days on which they wrote, and deeds for others, somebody has a level."""

    participant_days: int
    contributor_days: int
    contributor_helped: int
    core_days: int
    core_deeds: int


class Deeds(NamedTuple):
    """What somebody did: `days` on which they wrote, conversations they `started`, whom they `helped` and `cheered`.

    Days are counted for each of their names, so that a day on two channels counts twice.
    """

    messages: int = 0
    days: int = 0
    started: int = 0
    helped: int = 0
    cheered: int = 0


def thresholds(conn: Connection) -> Thresholds:
    """Those in the settings; a value that is none counts as the default."""
    defaults = {setting.key: int(setting.default) for setting in SETTINGS if setting.key in _KEYS.values()}
    stored = {
        row["key"]: int(row["value"])
        for row in conn.execute("SELECT key, value FROM setting WHERE key GLOB 'involved_*'")
        if str(row["value"]).isdigit()
    }
    return Thresholds(**{name: stored.get(key, defaults[key]) for name, key in _KEYS.items()})


def level(did: Deeds, from_: Thresholds) -> str:
    """The level by deeds alone; "" for who never wrote. `LEVEL` in SQL says the same."""
    if not did.messages:
        return ""
    if did.days >= from_.core_days and did.helped + did.started + did.cheered >= from_.core_deeds:
        return CORE
    if did.days >= from_.contributor_days or did.helped >= from_.contributor_helped:
        return CONTRIBUTOR
    return PARTICIPANT if did.days >= from_.participant_days else VISITOR


LEVEL = """CASE WHEN days >= :core_days AND helped + started + cheered >= :core_deeds THEN 'core'
  WHEN days >= :contributor_days OR helped >= :contributor_helped THEN 'contributor'
  WHEN days >= :participant_days THEN 'participant' ELSE 'visitor' END"""
"""SQL for the level of who wrote, on the sums of `activity`, with the Thresholds as values."""
