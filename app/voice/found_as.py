"""In which forms the words of a rule are found, to be shown where the rule is edited."""

from __future__ import annotations

from typing import NamedTuple

from app.voice.patterns import is_plain
from app.voice.rule import FORMLESS, Rule
from app.wordforms import Without, forms


class FoundAs(NamedTuple):
    """A word of a rule, or of a phrase of it, and the forms in which it is found, the usual one first.

    `term` is what stands in the rule: the word itself, or the phrase.
    """

    term: str
    word: str
    forms: tuple[str, ...]


def found_as(rule: Rule) -> tuple[FoundAs, ...]:
    """Return the words of a rule with their forms, without those that are struck out; then the forms that were added.

    What stands for itself (with a star or =, a whole sentence, a rule for all languages) is its only form.
    """
    without = Without(rule.not_forms, rule.language)
    found = [one._replace(forms=tuple(form for form in one.forms if not without.has(form))) for one in _known(rule)]
    return (*found, *(FoundAs(form, form, (form,)) for form in rule.forms))


def _known(rule: Rule) -> list[FoundAs]:
    found: list[FoundAs] = []
    for word in rule.words:
        if not rule.language or rule.sort in FORMLESS or word.startswith("=") or not is_plain(word):
            found.append(FoundAs(word, word, (word.removeprefix("="),)))
        else:
            found += [FoundAs(word, some[0], some) for some in forms(word, rule.language)]
    return found
