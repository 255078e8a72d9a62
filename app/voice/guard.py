"""Find in a draft what may not go out. Pure.

A rule's words are found in all their forms in the rule's language (see `app.wordforms`); those with a star match any
ending or beginning, as they are written. Words are compared folded (ignoring case, missing accents, invisible marks and
kinds of apostrophe or dash), also s p a c e d or d.o.t.t.e.d, but findings have offsets in the text as typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from app.base import codes
from app.base.words import N_, tr
from app.voice.folding import Folded, folded_text
from app.voice.rule import ASK, BLOCK, KIND_NAMES, LEVEL_NAMES, LEVELS, NOTE, RISKS, Finding, Rule

__all__ = ["ASK", "BLOCK", "KIND_NAMES", "LEVELS", "LEVEL_NAMES", "NOTE", "RISKS", "Finding", "Rule", "check"]

_BLANK = re.compile(r"\{\{([^{}\n]{0,200})\}\}")
_BLANK_FRAGMENT = re.compile(r"\{\{|\}\}|\{[a-z][a-z0-9]*(?:_[a-z0-9]+)+\}")
_UNNAMED_BLANK = N_("A template blank isn't filled in.")


def check(text: str, language: str, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    """Return the findings in a draft, worst first, then in text order.

    What counts is the language of each sentence where it can be told, else the draft's `language`. Rules of other
    languages are skipped, except BLOCK ones: a wrongly set language must not let these pass. With `language` ""
    (unknown) all rules apply. A match of another language's rule that is only due to ignored accents is dropped: the
    Hungarian Móron (in the town of Mór) is not the English moron, nor the Czech čůrek a cure.
    """
    from app.voice.matching import in_rules  # noqa: PLC0415  words and their forms are loaded with the first draft

    folded = folded_text(text)
    known = tuple(rules)
    findings = [*_blanks(text, folded), *in_rules(text, folded, language, known)]
    return tuple(
        sorted(
            findings,
            key=lambda finding: (LEVELS.index(finding.level), finding.start, finding.end, finding.rule_id or 0),
        )
    )


def _blanks(text: str, folded: Folded) -> Iterator[Finding]:
    """Find unfilled template blanks: complete ones are BLOCK, fragments are ASK."""
    if "{" not in folded.text and "}" not in folded.text:
        return
    covered: list[tuple[int, int]] = []
    for hit in _BLANK.finditer(folded.text):
        covered.append(hit.span())
        start, end = folded.span(*hit.span())
        if codes.is_blank(text[start:end]):  # filled in where the words go out
            continue
        name = text[start:end].strip("{}").partition("|")[0].strip()
        why = tr("The blank “{name}” isn't filled in.").format(name=name) if name else tr(_UNNAMED_BLANK)
        yield Finding(start, end, BLOCK, "blank", why, text[start:end])
    for hit in _BLANK_FRAGMENT.finditer(folded.text):
        if not any(low <= hit.start() < high for low, high in covered):
            start, end = folded.span(*hit.span())
            yield Finding(start, end, ASK, "blank", tr("This looks like part of a blank."), text[start:end])
