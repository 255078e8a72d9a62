"""Facts: what is true of prices, opening hours, allergens and the like; and who was told which value of them.

Terms: a *fact* has a key, by which the blank `{{fact:key}}` names it, and a *value* in each language, or one for all.
Somebody was *told* a value when a message of ours with it was sent. They are *owed* a word when it has changed since.
"""

from __future__ import annotations

from app.facts.desk import Facts
from app.facts.rows import CORRECTED, CURRENT, OWED, RIGHTED, SETTLED, STATE_NAMES, WITHDRAWN, Fact, Told, Value
from app.facts.telling import note_told

__all__ = [
    "CORRECTED", "CURRENT", "OWED", "RIGHTED", "SETTLED", "STATE_NAMES", "WITHDRAWN", "Fact", "Facts", "Told", "Value",
    "note_told",
]  # fmt: skip
