"""What one's own reply promises: "I'll check and write on Friday", "Péntekig választ kapsz". Pure, in five languages.

It is offered and never taken by itself, so it may miss a promise, and says nothing in doubt. It builds on how a promise
is made: the first person and a deed that is still to be done (in English and Greek by the future, else by verbs that
are only said of what is to come), or what the member will hear or get by a day. A question, a denial, a perhaps, a
condition, what others promise, what is over, what is quoted: these are none. The words stand in `words.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from app.base.text import fold
from app.calendar.typed import Now, local
from app.promises.days import days_in
from app.promises.words import WORDS, Words

_MOST = 20
"""Promises that are looked for in one text: nobody makes more."""
_MOST_CHARS, _MOST_TEXT = 800, 50_000
"""Longer sentences and texts are no reply that somebody types."""
_SENTENCE = re.compile(r"[^.!?…\n\u037e]+(?:[.!?…\u037e]+|$|\n)?")
_QUOTED = re.compile(r"[“„«\"][^“”„«»\"\n]{0,300}[”“»\"]")
_GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")
_CLAUSE = re.compile(r"[,;:()\[\]–—]+|\s-+\s")
_NOT_A_WORD = re.compile(r"[^\w&]+")
_SHORT_FORMS = (
    (re.compile(r"\bwon't\b"), "will not"), (re.compile(r"\bcan't\b"), "can not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'ll\b"), " will"), (re.compile(r"'m\b"), " am"), (re.compile(r"'re\b"), " are"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"\bgonna\b"), "going to"),
)  # fmt: skip
_ABBREVIATED = 4
_SIGNATURE = re.compile(r"^--\s*$")


class Offer(NamedTuple):
    """A promise in a text: its sentence, the last local day for it (YYYY-MM-DD; "": none is named) and where it is."""

    what: str
    due_on: str
    start: int
    end: int


class _Patterns(NamedTuple):
    deeds: re.Pattern[str]
    now: re.Pattern[str]
    vows: re.Pattern[str]
    told: re.Pattern[str]
    goes: re.Pattern[str]
    thing: re.Pattern[str]
    ours: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    clause: re.Pattern[str]
    sentence: re.Pattern[str]
    carriers: re.Pattern[str]
    splits: re.Pattern[str]


def promises_in(text: str, languages: Sequence[str], now: Now) -> list[Offer]:
    """The promises of a reply: those with a day first, the soonest of them first, then in their order.

    `languages` are those that it may be in, as codes: others than we know are passed over, and without any that we
    know all five are tried. Days are counted from `now`, in its zone. It never fails, and takes time in proportion to
    the text: 1 ms for an ordinary reply.
    """
    known = [code for code in languages if code in WORDS] or list(WORDS)
    found: list[Offer] = []
    for start, sentence in _sentences(text[:_MOST_TEXT]):
        offer = next(filter(None, (_offer(sentence, start, code, now) for code in known)), None)
        if offer is not None:
            found.append(offer)
        if len(found) == _MOST:
            break
    return sorted(found, key=lambda offer: (not offer.due_on, offer.due_on, offer.start))


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences that we say ourselves, each with its place: not what is quoted, nor a signature."""
    place, pending, begun = 0, "", 0
    for line in text.splitlines(keepends=True):
        if _SIGNATURE.match(line.rstrip("\r\n")):
            break
        wrapped = bool(pending) and line[:1].islower()
        if not wrapped and pending:
            yield from _parted(pending, begun)
            pending = ""
        if not line.lstrip().startswith(">"):
            if not pending:
                begun = place
            pending += line
        place += len(line)
    if pending:
        yield from _parted(pending, begun)


def _parted(block: str, begun: int) -> Iterator[tuple[int, str]]:
    """The sentences of a block; a point behind a number or an abbreviation ends none."""
    block = block.replace("\n", " ").replace("\r", " ")
    start, end = 0, 0
    for match in _SENTENCE.finditer(block):
        end = match.end()
        if _goes_on(block, end):
            continue
        yield begun + start, block[start:end]
        start = end
    if start < len(block):
        yield begun + start, block[start:]


def _goes_on(block: str, end: int) -> bool:
    if end >= len(block) or block[end - 1] != ".":
        return False
    if not block[end].isspace():
        return True  # 3.5, example.com
    following = block[end:].lstrip()[:1] if end + 1 < len(block) else ""
    last = block[max(0, end - 16) : end - 1].rpartition(" ")[2]
    return bool(following) and not following.isupper() and (last[-1:].isdigit() or len(last) <= _ABBREVIATED)


def _offer(sentence: str, start: int, language: str, now: Now) -> Offer | None:
    said = sentence.strip()
    if not said or len(said) > _MOST_CHARS or _asks(said):
        return None
    by = _patterns(language)
    clauses = _clauses(said, by)
    if by.sentence.search(" ".join(clauses)):
        return None
    hits, needy = _hits(clauses, by)
    if not hits and not needy:
        return None
    due = _due(said, clauses, hits or needy, language, now)
    if not hits and due is None:
        return None
    at = start + sentence.find(said)
    return Offer(said, due.isoformat() if due is not None else "", at, at + len(said))


def _asks(said: str) -> bool:
    bare = said.rstrip(' \t"”»)')
    return bare.endswith(("?", "\u037e")) or (bare.endswith(";") and _GREEK.search(said) is not None)


def _clauses(said: str, by: _Patterns) -> list[str]:
    """The clauses of a sentence, folded, in plain words; all but the first begin with &."""
    bare = fold(_QUOTED.sub(" ", said).replace("’", "'"))
    for pattern, whole in _SHORT_FORMS:
        bare = pattern.sub(whole, bare)
    pieces = (piece for part in _CLAUSE.split(bare.replace("&", " ")) for piece in by.splits.split(f" {part} "))
    plain = [words for piece in pieces if (words := _NOT_A_WORD.sub(" ", piece).strip())]
    return [words if not place else f"& {words}" for place, words in enumerate(plain)]


def _hits(clauses: Sequence[str], by: _Patterns) -> tuple[list[int], list[int]]:
    """The clauses that promise by themselves, and those that do if a day is named."""
    hits, needy = [], []
    whole = " ".join(clauses)
    goes = not by.carriers.search(whole)
    for place, clause in enumerate(clauses):
        if by.clause.search(clause):
            continue
        told = _stands(by.told, clause, by)
        if _vowed(clause, by) or _stands(by.deeds, clause, by) or (told and by.ours.search(whole)):
            hits.append(place)
        elif told or _stands(by.now, clause, by) or (by.thing.search(clause) and goes and _stands(by.goes, clause, by)):
            needy.append(place)
    return hits, needy


def _vowed(clause: str, by: _Patterns) -> bool:
    return any(not by.before.search(clause[: match.start()]) for match in by.vows.finditer(clause))


def _stands(pattern: re.Pattern[str], clause: str, by: _Patterns) -> bool:
    """Whether something that this pattern finds is said without a word that takes it back."""
    return any(
        not by.before.search(clause[: match.start()]) and not by.after.match(clause[match.end() :].lstrip())
        for match in pattern.finditer(clause)
    )


def _due(said: str, clauses: Sequence[str], hits: Sequence[int], language: str, now: Now) -> date | None:
    """The last day that the clauses of a promise name, else the last one of its sentence; none that is over."""
    today = local(now.at, now.zone).date()
    for words in (" , ".join(clauses[place] for place in hits), said):
        days = [day for day in days_in(words, language, now) if day >= today]
        if days:
            return max(days)
    return None


@cache
def _patterns(language: str) -> _Patterns:
    words: Words = WORDS[language]
    made = {name: _compiled(phrases) for name, phrases in words._asdict().items()}
    return _Patterns(**made)


_GAP = "\0"


def _compiled(phrases: str) -> re.Pattern[str]:
    """One pattern for these phrases, whose words are folded."""
    alternatives = [_phrase(phrase.strip()) for phrase in phrases.split(";") if phrase.strip()]
    return re.compile(rf"(?<![\w&])(?:{'|'.join(alternatives)})(?!\w)")


def _phrase(phrase: str) -> str:
    immediate = phrase.endswith("$")
    folded = fold(phrase.removesuffix("$").replace(".. ", _GAP).replace("..", _GAP))
    folded = re.sub(r"(?<!\))\*", r"\\w*", folded)
    folded = folded.replace(_GAP, r"(?:\S+ ){0,4}").replace("(", "(?:").replace("(?:?", "(?")
    return folded + r"\s*$" if immediate else folded
