"""Where the words of rules stand in a draft: in all their forms, in the language of each sentence. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import NamedTuple

from app.base.text import fold
from app.voice.fitting import as_advice, in_case_of, in_form_of, is_sentence
from app.voice.folding import Folded, as_typed
from app.voice.patterns import is_plain, literal_of, pattern_of
from app.voice.rule import BLOCK, Finding, Rule
from app.wordforms import Lexicon, Term, Token, Without, is_loaded, sentences, spoken, tokens, with_article

_AROUND = 40
"""Characters before and after a finding that tell whether everything there is in capitals."""
_OWN_LETTERS = {"en": "", "is": "áéíóúýþðæö", "hu": "áéíóöőúüű", "cs": "áčďéěíňóřšťúůýž"}
"""The letters of a language's alphabet besides a to z."""
_LETTER = r"[^\W\d_]"
_SIGNS = " .*_|/·•-"
_APART = re.compile(rf"(?<![^\W_]){_LETTER}(?:([{_SIGNS}]){_LETTER})(?:\1{{1,3}}{_LETTER}){{2,60}}(?![^\W_])")
"""Letters with a space or a point between each: s p a c e d, d.o.t.t.e.d."""
_LONGEST_JOINED = 24
_TYPED = re.compile(r"[^\W_]+")


class _Sentence(NamedTuple):
    """A sentence: where it is in the draft, and which language it is in for certain ("" if none)."""

    start: int
    end: int
    language: str


class _Hit(NamedTuple):
    rule: Rule
    start: int
    end: int


def in_rules(text: str, folded: Folded, language: str, rules: tuple[Rule, ...]) -> Iterator[Finding]:
    """The findings of the rules whose words are to be avoided, in no order."""
    rules = avoided(rules)
    if not rules or not folded.text.strip():
        return
    said = [_Sentence(start, end, spoken(text[start:end])) for start, end in sentences(text)]
    words = _words_of(rules)
    hits = [*_by_patterns(text, folded, language, words, said), *_by_forms(text, folded, language, words, said)]
    if _APART.search(folded.text):
        joined = _joined_up(folded)
        hits += _by_patterns(text, joined, language, words, said)
        hits += _by_forms(text, joined, language, words, said)
        hits += _apart(text, folded, language, words, said)
    for hit in _widest(hits):
        rule = hit.rule
        found = text[hit.start : hit.end]
        around = text[max(0, hit.start - _AROUND) : hit.start] + text[hit.end : hit.end + _AROUND]
        why, better, fits, replaces = rule.why, "", True, None
        if is_sentence(rule.instead, found):
            why = as_advice(rule)
        elif rule.instead:
            here = _language_at(said, hit.start) or language
            better, fits = in_form_of(as_typed(text, hit.start, hit.end), rule, here)
            better = in_case_of(found, rule, better, around)
            article = with_article(text[: hit.start], better, rule.language or here)
            if article is not None:
                better, replaces = article[1] + better, (hit.start - len(article[0]), hit.end)
        yield Finding(
            hit.start, hit.end, rule.level, rule.risk, why, found, better, rule.id, rule.kind, rule.owner, replaces,
            fits=fits,
        )  # fmt: skip


@lru_cache(maxsize=8)
def avoided(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Those of the rules that ask for nothing else than that their words are not there."""
    return tuple(rule for rule in rules if not rule.sort)


def is_ready(text: str, language: str, rules: tuple[Rule, ...]) -> bool:
    """Whether all languages that a look at this draft needs have been loaded; if not, it takes up to half a second."""
    needed = {spoken(text[start:end]) or language for start, end in sentences(text)}
    if "" in needed:
        needed |= {rule.language for rule in rules}
    return not _words_of(rules).has_plain or all(map(is_loaded, needed))


def _by_patterns(text: str, folded: Folded, language: str, words: _Words, said: list[_Sentence]) -> Iterator[_Hit]:
    """Words with a star or a sign, which stand for themselves."""
    spoken_here = {one.language for one in said}
    for rule, pattern, literals in words.starred:
        if rule.language not in ("", language, *spoken_here) and language and rule.level != BLOCK:
            continue
        if not any(literal in folded.text for literal in literals):
            continue
        for hit in pattern.finditer(folded.text):
            if hit.start() == hit.end():
                continue
            start, end = folded.span(*hit.span())
            if rule.not_forms and _is_struck(rule, as_typed(text, start, end)):
                continue
            if _counts(rule, text[start:end], _language_at(said, start), language):
                yield _Hit(rule, start, end)


def _is_struck(rule: Rule, typed: str) -> bool:
    """Whether what a star found was struck out; where it was typed without accents, they are not asked for."""
    without = Without(rule.not_forms, rule.language)
    bare = Without(map(fold, rule.not_forms)) if typed.isascii() else without
    return bare.says(fold(typed)) or any(without.has(one[0]) or bare.has(one[0]) for one in _TYPED.finditer(typed))


def _counts(rule: Rule, words: str, here: str, language: str) -> bool:
    """Whether a match of a rule counts in a sentence that is in `here` for certain, in a draft in `language`."""
    if rule.language in ("", here or language):
        return True
    if rule.level == BLOCK or not (here or language):
        return not _is_foreign(words, rule)
    return False


def _is_foreign(words: str, rule: Rule) -> bool:
    """Whether a match contains letters that the rule's language does not have."""
    own = _OWN_LETTERS.get(rule.language)
    if own is None or words.isascii():
        return False
    known = {*own, *"".join(rule.sought).casefold()}
    letters = unicodedata.normalize("NFC", words).casefold()
    return any(char.isalpha() and not char.isascii() and char not in known for char in letters)


def _language_at(said: list[_Sentence], position: int) -> str:
    return next((one.language for one in said if one.start <= position < one.end), "")


def _by_forms(text: str, folded: Folded, language: str, words: _Words, said: list[_Sentence]) -> Iterator[_Hit]:
    """Plain words, in every form that they have in the language of the sentence."""
    if not words.has_plain:
        return
    read = tokens(folded.text)
    bare = _is_bare(text)

    def typed(token: Token) -> str:
        piece = as_typed(text, *folded.span(token.start, token.end))
        return piece if piece.isalnum() else "".join(filter(str.isalnum, piece))

    at = 0
    for sentence in said:
        mine: list[Token] = []
        while at < len(read) and folded.at[read[at].start] < sentence.end:
            mine.append(read[at])
            at += 1
        for lexicon, foreign in words.lexicons(sentence.language or language):
            for seen in lexicon.find(mine, folded.text, typed, bare=bare):
                rule = words.rules[seen.key]
                if not (foreign and seen.dressed):
                    yield _Hit(rule, *folded.span(seen.start, seen.end))


def _joined_up(folded: Folded) -> Folded:
    """The text with the letters joined that stand apart; two spaces between them part words."""
    kept: list[int] = []
    last = 0
    for run in _APART.finditer(folded.text):
        kept += range(last, run.start())
        for at in range(*run.span()):
            letter = folded.text[at] != run[1]
            between = (
                not letter and at + 1 < run.end() and folded.text[at + 1] == run[1] and folded.text[at - 1] != run[1]
            )
            if letter or between:
                kept.append(at)
        last = run.end()
    kept += range(last, len(folded.text))
    chars = [" " if _parts(folded.text, at) else folded.text[at] for at in kept]
    return Folded("".join(chars), [folded.at[at] for at in kept], folded.length)


def _parts(text: str, at: int) -> bool:
    """Whether this is the first of two signs between letters that stand apart."""
    return at + 1 < len(text) and text[at] in _SIGNS and text[at + 1] == text[at]


def _apart(text: str, folded: Folded, language: str, words: _Words, said: list[_Sentence]) -> Iterator[_Hit]:
    """Two words of which all letters stand apart alike: s h u t u p."""
    for run in _APART.finditer(folded.text):
        letters = [at for at in range(*run.span()) if folded.text[at].isalpha()]
        start, end = folded.span(*run.span())
        typed = "".join(as_typed(text, *folded.span(at, at + 1))[:1] for at in letters)
        plain = "".join(folded.text[at] for at in letters)
        for cut in range(2, min(len(letters), _LONGEST_JOINED) - 1):
            joined, written = f"{plain[:cut]} {plain[cut:]}", f"{typed[:cut]} {typed[cut:]}"
            for lexicon, foreign in words.lexicons(_language_at(said, start) or language):
                for seen in lexicon.find(tokens(joined), joined, partial(_slice, written)):
                    if not (foreign and seen.dressed):
                        yield _Hit(words.rules[seen.key], start, end)


def _slice(text: str, token: Token) -> str:
    return text[token.start : token.end]


def _is_bare(text: str) -> bool:
    """Whether a draft is written without accents, as some people do: fewer than one letter in fifty has any."""
    return text.isascii() or sum(not char.isascii() and char.isalpha() for char in text) * 50 < len(text)


class _Words:
    """The words of a guide's rules, ready to be found; a language is read when a sentence in it is first looked at."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules
        self.starred = [
            (rule, pattern, tuple(literal_of(word) for word in words))
            for rule in rules
            for words in [tuple(word for word in rule.sought if not is_plain(word))]
            for pattern in [pattern_of(words)]
            if pattern is not None
        ]
        self.has_plain = any(is_plain(word) for rule in rules for word in rule.sought)
        self._lexicons: dict[str, list[tuple[Lexicon, bool]]] = {}

    def lexicons(self, language: str) -> list[tuple[Lexicon, bool]]:
        """What is looked for in a sentence, and whether it is of another language, so that no accent may be missing."""
        if language not in self._lexicons:
            self._lexicons[language] = self._read(language)
        return self._lexicons[language]

    def _read(self, language: str) -> list[tuple[Lexicon, bool]]:
        if language:
            return [(self._lexicon(language), False), (self._blocking(language), True)]
        others = sorted({rule.language for rule in self.rules if rule.language})
        return [*((self._lexicon(code), False) for code in others), (self._lexicon(""), False)]

    def _lexicon(self, language: str) -> Lexicon:
        """The plain words of the rules of a language and of all languages."""
        mine = ("", language) if language else ("",)
        return Lexicon(
            (
                Term(number, word.removeprefix("="), word.startswith("="), rule.not_forms)
                for number, rule in enumerate(self.rules)
                if rule.language in mine
                for word in rule.sought
                if is_plain(word)
            ),
            language,
        )

    def _blocking(self, language: str) -> Lexicon:
        """The words of other languages that block, as they stand."""
        return Lexicon(
            (
                Term(number, word.removeprefix("="), exact=True, without=rule.not_forms)
                for number, rule in enumerate(self.rules)
                if rule.level == BLOCK and rule.language not in ("", language)
                for word in rule.sought
                if is_plain(word)
            ),
            "",
        )


_words_of = lru_cache(maxsize=16)(_Words)


def _widest(hits: list[_Hit]) -> Iterator[_Hit]:
    """Of the hits of one rule that share letters, the widest."""
    last: dict[int, int] = {}
    for hit in sorted(hits, key=lambda one: (one.start, -one.end)):
        key = id(hit.rule)
        if hit.start >= last.get(key, 0):
            last[key] = hit.end
            yield hit
