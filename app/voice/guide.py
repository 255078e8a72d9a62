"""The data types of a voice guide, and a parser for TOML (the format of the starter guides and the demo)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.base import clock
from app.base.errors import UserError
from app.base.words import tr
from app.voice.rule import KIND_NAMES, LEVELS, NEEDS_ALSO, RANGES, RISKS, SORT_NAMES, WORDLESS, Rule


@dataclass(frozen=True, slots=True)
class Example:
    """How we say it in a language (`do`), and how we do not (`dont`)."""

    language: str
    do: str
    dont: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Trait:
    """A quality of our style, with the reason and example pairs."""

    name: str
    why: str = ""
    examples: tuple[Example, ...] = ()
    id: int = 0

    def example(self, language: str) -> Example | None:
        """Return the pair in that language, else the first one; None if there is none."""
        fitting = [example for example in self.examples if example.language == language]
        return next(iter([*fitting, *self.examples]), None)


@dataclass(frozen=True, slots=True)
class Guide:
    """A whole voice guide. `version` is incremented with each change of `who_we_are`.

    `emoji_most` is how many emoji a message may have before that is noted; None for any number.
    """

    who_we_are: str
    traits: tuple[Trait, ...] = ()
    rules: tuple[Rule, ...] = ()
    version: int = 1
    emoji_most: int | None = None


def read(source: str) -> Guide:
    """Parse a guide from TOML; raises UserError if it is invalid."""
    try:
        parsed = tomllib.loads(source)
        traits = tuple(_trait(table) for table in parsed.get("trait", ()))
        rules = tuple(rule_of(table, position) for position, table in enumerate(parsed.get("rule", ())))
        about = parsed["guide"]
        emoji_most = int(about["emoji_most"]) if "emoji_most" in about else None
        return Guide(about["who_we_are"].strip(), traits, rules, int(about.get("version", 1)), emoji_most)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as why:
        msg = tr("Rapport can't read this voice guide: {why}.").format(why=why)
        raise UserError(msg) from why


def _trait(table: Mapping[str, Any]) -> Trait:
    examples = tuple(Example(pair["language"], pair["do"], pair.get("dont", "")) for pair in table.get("example", ()))
    return Trait(table["name"], table.get("why", ""), examples)


def rule_of(table: Mapping[str, Any], position: int) -> Rule:
    """Return the rule of a table of TOML; raises UserError if it lacks something."""
    rest = {key: table[key] for key in ("language", "risk", "instead", "kind", "owner", "sort", "most", "channel")
            if key in table}  # fmt: skip
    rest |= {key: tuple(table.get(key, ())) for key in ("also", "forms", "not_forms")}
    if "until" in table:
        rest["until"] = clock.from_iso(str(table["until"]))
    words, why = tuple(table.get("words", ())), table.get("why", "")
    return validated(Rule(0, words, table["level"], why, position=position, **rest))


def validated(rule: Rule) -> Rule:
    """Return the rule if it is valid, its forms tidied; raises UserError."""
    _refuse_sort(rule)
    rule = with_forms(rule, rule.forms, rule.not_forms)
    if rule.level not in LEVELS:
        msg = tr("“{level}” isn't a level. Choose from: {levels}.").format(level=rule.level, levels=", ".join(LEVELS))
        raise UserError(msg)
    if rule.risk not in RISKS:
        msg = tr("“{risk}” isn't a kind of risk. Choose from: {risks}.").format(risk=rule.risk, risks=", ".join(RISKS))
        raise UserError(msg)
    if rule.kind not in KIND_NAMES:
        kinds = ", ".join(filter(None, KIND_NAMES))
        msg = tr("“{kind}” isn't a kind of words. Choose from: {kinds}, or leave it out.").format(
            kind=rule.kind, kinds=kinds
        )
        raise UserError(msg)
    if not rule.why.strip() and rule.sort in ("", *NEEDS_ALSO):
        msg = tr("A rule needs a reason: it's shown to whoever is writing.")
        raise UserError(msg)
    return rule


def _refuse_sort(rule: Rule) -> None:
    """Raise UserError unless the rule has what its sort needs: words, other words, a number."""
    if rule.sort not in SORT_NAMES:
        msg = tr("“{sort}” isn't a sort of rule. Choose from: {sorts}, or leave it out.").format(
            sort=rule.sort, sorts=", ".join(filter(None, SORT_NAMES))
        )
        raise UserError(msg)
    if rule.sort not in WORDLESS and not _any_words(rule.words):
        msg = tr("A rule needs at least one word to look for.")
        raise UserError(msg)
    if rule.sort in NEEDS_ALSO and not _any_words(rule.also):
        msg = tr("A rule of this sort needs the other words as well.")
        raise UserError(msg)
    if rule.sort in RANGES:
        low, high = RANGES[rule.sort]
        if rule.most is None or not low <= rule.most <= high:
            msg = tr("The number has to be between {least} and {most}.").format(least=low, most=high)
            raise UserError(msg)


def with_forms(rule: Rule, forms: Iterable[str], not_forms: Iterable[str]) -> Rule:
    """Return the rule with these forms added, and these struck out; raises UserError for what is no form of a word."""
    added, struck = _tidied(forms), _tidied(not_forms)
    both = next((form for form in added if form.casefold() in {one.casefold() for one in struck}), None)
    if both is not None:
        msg = tr("“{form}” is both added and struck out. Choose one of them.").format(form=both)
        raise UserError(msg)
    return replace(rule, forms=added, not_forms=struck)


def _tidied(forms: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for form in (" ".join(one.split()) for one in forms):
        if form and (set(form) & set("*=") or not any(map(str.isalnum, form))):
            msg = tr("“{form}” isn't a form of a word. Write the form itself, without * or =.").format(form=form)
            raise UserError(msg)
        if form:
            found.setdefault(form.casefold(), form)
    return tuple(found.values())


def _any_words(words: tuple[str, ...]) -> bool:
    return any(word.strip(" *=") for word in words)
