"""The limits of a message that hold in all languages and on all channels, each a rule of the voice guide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from app.voice.rule import EMOJI, EXCLAIM, NOTE, RANGES, SENTENCE, Rule

LIMITS = (EMOJI, EXCLAIM, SENTENCE)
"""The sorts of rules that are limits."""
MAX_EMOJI = RANGES[EMOJI][1]


class Limits(NamedTuple):
    """The most of each; None for any number."""

    emoji: int | None = None
    exclaim: int | None = None
    sentence: int | None = None


def of(rules: Iterable[Rule]) -> Limits:
    """Return the limits among the rules."""
    known = tuple(rules)
    found = {what: general(known, what) for what in LIMITS}
    return Limits(**{what: None if rule is None else rule.most for what, rule in found.items()})


def general(rules: Iterable[Rule], what: str) -> Rule | None:
    """Return the rule of this sort that holds in all languages and on all channels; None if there is none."""
    return next((rule for rule in rules if rule.sort == what and not rule.language and not rule.channel), None)


def made(what: str, most: int) -> Rule:
    """Return the rule of a new limit: a note, which holds nothing up."""
    return Rule(0, (), NOTE, "", sort=what, most=most)
