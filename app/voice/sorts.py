"""What a rule may ask of a draft besides not saying its words, in one language or all, on one kind of channel or all.

Required words, one or the other, at most so many of a word; how many emoji and exclamation marks a message may have and
how long a sentence may be; with which words a letter begins and ends. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from app.base.emoji import emoji_in
from app.base.words import counted, tr
from app.voice.clearing import Draft
from app.voice.folding import folded_text
from app.voice.matching import in_rules
from app.voice.patterns import is_plain, pattern_of
from app.voice.rule import EITHER, EMOJI, EXCLAIM, GREETING, MOST, NOTE, SENTENCE, SIGN_OFF, WITH, Finding, Rule

_MARK = re.compile("[!\uff01\u203c\u2757\u2755]")
_ENDS = re.compile("[.!?\u2026\u037e]+(?=[\\s\"'”“»)]|$)|\n")
_GREEK_ENDS = re.compile("[.!?\u2026\u037e;]+(?=[\\s\"'”“»)]|$)|\n")
_WORD = re.compile(r"[^\W_]+(?:['’.,:-][^\W_]+)*")
_LINE = re.compile(r"[^\n]+")
_LAST_LINES = 4
"""A letter ends with its sign-off: in one of so many lines, with the name below it."""
_MOST_TOLD = 60


def asked(draft: Draft, rules: tuple[Rule, ...]) -> tuple[Finding, ...]:
    """The findings of the rules that ask for more than that their words are not there, in the order of SORT_NAMES."""
    mine = _sorted_out(rules)
    if not mine or not draft.text.strip():
        return ()
    found: list[Finding] = []
    for sort, find in _FINDERS.items():
        for rule in _nearest(mine, sort, draft):
            found += find(draft, rule)
    return (*_by_words(draft, mine), *found)


@lru_cache(maxsize=8)
def _sorted_out(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if rule.sort)


def _holds_on(rule: Rule, draft: Draft) -> bool:
    if rule.channel:
        return rule.channel == draft.channel
    return draft.letter or rule.sort not in (GREETING, SIGN_OFF)


def _nearest(rules: Iterable[Rule], sort: str, draft: Draft) -> list[Rule]:
    """The rule of a sort that is most meant for this draft: what is said of a channel or a language goes before."""
    holding = [
        rule for rule in rules if rule.sort == sort and rule.language in ("", draft.language) and _holds_on(rule, draft)
    ]
    return sorted(holding, key=lambda rule: (not rule.channel, not rule.language))[:1]


# --- by their words


def _by_words(draft: Draft, rules: tuple[Rule, ...]) -> Iterator[Finding]:
    holding = tuple(rule for rule in rules if rule.sort in (WITH, EITHER, MOST) and _holds_on(rule, draft))
    if not holding:
        return
    hits: dict[int, list[Finding]] = {}
    for hit in in_rules(draft.text, folded_text(draft.text), draft.language, _probes(holding)):
        hits.setdefault(hit.rule_id or 0, []).append(hit)
    for place, rule in enumerate(holding):
        ours, others = (sorted(hits.get(2 * place + half, ()), key=lambda hit: hit.start) for half in (1, 2))
        if rule.sort == WITH and ours and not others:
            yield _missing(draft, rule, ours[0])
        elif rule.sort == EITHER and ours and others:
            first, later = sorted((ours[0], others[0]), key=lambda hit: hit.start)
            kept = rule.words if first is ours[0] else rule.also
            better = next((word.removeprefix("=") for word in kept if is_plain(word)), "")
            yield _at(rule, later.start, later.end, later.words, rule.why, better)
        elif rule.sort == MOST and rule.most is not None and len(ours) > rule.most:
            hit = ours[rule.most]
            yield _at(rule, hit.start, hit.end, hit.words, _with_reason(_times(rule, ours), rule))


@lru_cache(maxsize=8)
def _probes(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Two rules for each, which find its words and those that it speaks of as well; numbered from 1 on."""
    pairs = [(2 * place, rule) for place, rule in enumerate(rules)]
    return tuple(
        probe
        for number, rule in pairs
        for probe in (
            Rule(number + 1, rule.words, NOTE, rule.why, rule.language, forms=rule.forms, not_forms=rule.not_forms),
            Rule(number + 2, rule.also, NOTE, rule.why, rule.language),
        )
    )


def _missing(draft: Draft, rule: Rule, hit: Finding) -> Finding:
    """What lacks is offered for the end of the text where it is a hashtag, which belongs there."""
    tag = next((word for word in rule.also if word.startswith("#") and "*" not in word), "")
    end = len(draft.text.rstrip())
    return Finding(
        hit.start, hit.end, rule.level, rule.risk, rule.why, hit.words, f" {tag}" if tag else "", rule.id, rule.kind,
        rule.owner, (end, end) if tag else None,
    )  # fmt: skip


def _times(rule: Rule, hits: list[Finding]) -> str:
    return counted(
        rule.most or 0, "The voice guide allows this {count} time in a message; here it is {used}.",
        "The voice guide allows this {count} times in a message; here it is {used}.", used=len(hits),
    )  # fmt: skip


# --- by numbers


def _emoji(draft: Draft, rule: Rule) -> Iterator[Finding]:
    if rule.most is None or draft.text.isascii():
        return
    found = emoji_in(draft.text)
    if len(found) > rule.most:
        why = counted(
            rule.most, "The voice guide allows {count} emoji in a message; this one has {used}.",
            "The voice guide allows {count} emoji in a message; this one has {used}.", used=len(found),
        )  # fmt: skip
        one = found[rule.most]
        yield _at(rule, one.start, one.end, one.sign, _with_reason(why, rule))


def _exclaimed(draft: Draft, rule: Rule) -> Iterator[Finding]:
    found = list(_MARK.finditer(draft.text))
    if rule.most is not None and len(found) > rule.most:
        why = counted(
            rule.most, "The voice guide allows {count} exclamation mark in a message; this one has {used}.",
            "The voice guide allows {count} exclamation marks in a message; this one has {used}.", used=len(found),
        )  # fmt: skip
        one = found[rule.most]
        yield _at(rule, one.start(), one.end(), one[0], _with_reason(why, rule))


def _long(draft: Draft, rule: Rule) -> Iterator[Finding]:
    begin, most = 0, rule.most
    ends = [hit.end() for hit in (_GREEK_ENDS if draft.language == "el" else _ENDS).finditer(draft.text)]
    for end in (*ends, len(draft.text)):
        words = list(_WORD.finditer(draft.text, begin, end))
        begin = end
        if most is not None and len(words) > most:
            why = counted(
                most, "The voice guide allows {count} word in a sentence; this one has {used}.",
                "The voice guide allows {count} words in a sentence; this one has {used}.", used=len(words),
            )  # fmt: skip
            one = words[most]
            yield _at(rule, one.start(), one.end(), one[0], _with_reason(why, rule))


# --- how a letter begins and ends


def _begins(draft: Draft, rule: Rule) -> Iterator[Finding]:
    first = next(_lines(draft.text), None)
    if first is not None and not _says(rule, first[0]):
        word = _WORD.search(draft.text, first.start()) or first
        why = tr("A letter begins with a greeting of the voice guide, such as “{words}”.").format(words=_shown(rule))
        yield _at(rule, word.start(), word.end(), word[0], _with_reason(why, rule))


def _closes(draft: Draft, rule: Rule) -> Iterator[Finding]:
    lines = list(_lines(draft.text))
    if lines and not _says(rule, "\n".join([*(line[0] for line in lines[-_LAST_LINES:]), draft.ending])):
        last = list(_WORD.finditer(lines[-1][0]))
        start, end = last[-1].span() if last else (0, len(lines[-1][0]))
        start, end = start + lines[-1].start(), end + lines[-1].start()
        why = tr("A letter ends with a sign-off of the voice guide, such as “{words}”.").format(words=_shown(rule))
        yield _at(rule, start, end, draft.text[start:end], _with_reason(why, rule))


def _lines(text: str) -> Iterator[re.Match[str]]:
    """The lines that have words."""
    return (line for line in _LINE.finditer(text) if not line[0].isspace())


def _says(rule: Rule, line: str) -> bool:
    pattern = pattern_of(tuple(word.removeprefix("=") for word in rule.words))
    return pattern is not None and pattern.search(folded_text(line).text) is not None


def _shown(rule: Rule) -> str:
    return rule.words[0].strip("=* ")[:_MOST_TOLD] if rule.words else ""


def _at(rule: Rule, start: int, end: int, words: str, why: str, instead: str = "") -> Finding:
    risk = rule.sort if rule.sort not in (WITH, EITHER, MOST) else rule.risk
    return Finding(start, end, rule.level, risk, why, words, instead, rule.id, rule.kind, rule.owner)


def _with_reason(why: str, rule: Rule) -> str:
    return " ".join(part for part in (why, rule.why) if part)


_FINDERS: dict[str, Callable[[Draft, Rule], Iterator[Finding]]] = {
    EMOJI: _emoji, EXCLAIM: _exclaimed, SENTENCE: _long, GREETING: _begins, SIGN_OFF: _closes,
}  # fmt: skip
