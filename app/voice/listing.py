"""The rules of a voice guide as they are listed: those that a person looks for, in groups, with counts. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from app.base.text import fold
from app.base.words import tr
from app.voice.rule import RISK_NAMES, RISKS, SORT_NAMES, Rule


class Group(NamedTuple):
    """Rules about one kind of risk, or of one sort, in the guide's order."""

    title: str
    rules: tuple[Rule, ...]


def sought(rules: Iterable[Rule], words: str = "", language: str = "") -> tuple[Rule, ...]:
    """Return the rules that hold in a language ("": any), and that say all of these words somewhere."""
    parts = fold(words).split()
    return tuple(
        rule
        for rule in rules
        if (not language or rule.language in ("", language)) and all(part in _said(rule) for part in parts)
    )


def _said(rule: Rule) -> str:
    return fold("\n".join((rule.named, rule.why, rule.instead, rule.owner, tr(RISK_NAMES.get(rule.risk, "")))))


def grouped(rules: Iterable[Rule]) -> list[Group]:
    """Return words to avoid by their kind of risk, then the other sorts; groups without rules are left out."""
    known = tuple(rules)
    by_risk = [
        Group(tr(RISK_NAMES[risk]), tuple(rule for rule in known if not rule.sort and rule.risk == risk))
        for risk in RISKS
    ]
    by_sort = [
        Group(tr(title), tuple(rule for rule in known if rule.sort == sort))
        for sort, title in SORT_NAMES.items()
        if sort
    ]
    return [group for group in (*by_risk, *by_sort) if group.rules]


def counts(rules: Iterable[Rule]) -> dict[str, int]:
    """Return how many rules hold in each language that has any of its own, and under "" how many there are."""
    known = tuple(rules)
    codes = sorted({rule.language for rule in known if rule.language})
    return {"": len(known)} | {code: len(sought(known, language=code)) for code in codes}
