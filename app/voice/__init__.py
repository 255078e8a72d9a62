"""The voice guide: who we are, how we sound, which words make one stop; and the gate that a draft passes to be sent.

Words: a *trait* is a manner of ours with example pairs per language, a *rule* names words with a level (note, ask,
block), a *finding* is a place in a draft that a rule speaks of, *cleared* is a draft that has passed the gate.
"""

from __future__ import annotations

from app.voice.clearing import Cleared, Draft, Passed, Stopped, clear
from app.voice.desk import Voice
from app.voice.guard import ASK, BLOCK, LEVEL_NAMES, LEVELS, NOTE, RISKS, Finding, Rule, check
from app.voice.guide import Example, Guide, Trait, read

__all__ = [
    "ASK", "BLOCK", "LEVELS", "LEVEL_NAMES", "NOTE", "RISKS", "Cleared", "Draft", "Example", "Finding", "Guide",
    "Passed", "Rule", "Stopped", "Trait", "Voice", "check", "clear", "read",
]  # fmt: skip
