"""Rules to begin with, for each language: spin, getting defensive, preaching, insults. A person adds them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from app.base import resources
from app.base.text import fold
from app.voice.guide import rule_of
from app.voice.rule import Rule

LANGUAGES = ("en", "is", "hu", "cs", "el")


class Starter(NamedTuple):
    """A rule with a sentence in which it finds something, and one in which no starter does."""

    rule: Rule
    found: str
    innocent: str


@lru_cache(maxsize=1)
def starters() -> tuple[Starter, ...]:
    """Return all of them, in the order of the file."""
    tables = tomllib.loads(resources.ROOT.joinpath("starter", "guides.toml").read_text("utf-8"))["rule"]
    return tuple(Starter(rule_of(table, at), table["found"], table["innocent"]) for at, table in enumerate(tables))


def lacking(language: str, known: Iterable[Rule]) -> list[Rule]:
    """Return the starters of a language that the known rules lack, each without the words that one of those has."""
    ours = {
        fold(word.removeprefix("="))
        for rule in known
        if not rule.sort and rule.language in ("", language)
        for word in rule.words
    }
    found = []
    for rule in (one.rule for one in starters() if one.rule.language == language):
        words = tuple(word for word in rule.words if fold(word.removeprefix("=")) not in ours)
        if words:
            found.append(replace(rule, words=words))
    return found
