"""The voice guide: who we are, how we write, which words to avoid; and the check that a draft must pass to be sent.

Terms: a *trait* is a quality of our style with example pairs per language, a *rule* lists words with a level (note,
ask, block), a *finding* is a match of a rule in a draft, *cleared* is a draft that has passed the check.
"""

from __future__ import annotations

from app.voice.clearing import ANYONE, RECEIVER, TEAM, Cleared, Draft, Passed, Stopped, clear
from app.voice.desk import Voice
from app.voice.guard import ASK, BLOCK, KIND_NAMES, LEVEL_NAMES, LEVELS, NOTE, RISKS, Finding, Rule, check
from app.voice.guide import Example, Guide, Trait, read
from app.voice.limits import MAX_EMOJI

__all__ = [
    "ANYONE", "ASK", "BLOCK", "KIND_NAMES", "LEVELS", "LEVEL_NAMES", "MAX_EMOJI", "NOTE",
    "RECEIVER", "RISKS", "TEAM", "Cleared", "Draft", "Example", "Finding", "Guide",
    "Passed", "Rule", "Stopped", "Trait", "Voice", "check", "clear", "read",
]  # fmt: skip
