"""How heated the talk between two members is. Pure.

| in a member's words to another | points |
| --- | --- |
| a name that they call them, "shut up" | 4 each, at most 8 |
| a reproach to their face | 2 each, at most 6 |
| a harsh word in a sentence that speaks to them ("You're unbearable") | 3, once |
| an angry emoji | 2 |
| "!!", "?!", or three words in capitals, beside one of these | 1 each |
| the same beside a laugh, a thank-you or a wink | half, rounded down; a reproach alone 0 |

What is said to whom is told by the answer's mark, a name or a quotation; else it is said to whoever spoke before, if it
has one of the above. A quarrel takes both: HOT points between the same two, some from each side. Where one of them was
as sharp as that, each of their messages that only speaks to the other ("You broke it") has one point, at most three in
all. From the third sharp
message on, and where four go back and forth within an hour, one point is added each. Words of peace take HOT away from
what was said before. Sarcasm, jokes and product names in capitals have no points.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from app.base.phrases import sentences, spaced
from app.base.text import folded_words
from app.inbox.exchange import Exchange, Utterance
from app.mail.quotes import own_words
from app.quarrels.innocent import without_innocent
from app.quarrels.words import HARSH, INSULTS, NOT_TO_YOU, SETTLES, SHARP, SOFTENS, YOU

HOT = 6
"""Points from which it is a quarrel."""
_INSULT, _REPROACH, _MOST_INSULTS, _MOST_REPROACHES, _HARSH, _ANGRY = 4, 2, 2, 3, 3, 2
_LEAST_SHARP, _MOST_BLUNT = 4, 3
_ONE_SIDED = 10
"""Points of one side from which the other's answering at all makes it a quarrel."""
_MANY_SHARP, _QUICK, _HOUR = 3, 4, 3600
_LEAST_CAPITALS = 3
_LOOKED_BACK, _MAX_CHARS = 40, 4_000
_LEAST_STEM, _NAME_ENDING = 3, 2
_FACE = re.compile(
    r"(?<!\w)(?:[:;=8xX][-']?[)DPp]|\^_?\^|<3)|[\U0001f600-\U0001f60f\U0001f642\U0001f643\U0001f602\U0001f605"
    r"\U0001f923\U0001f61c\U0001f61d\U0001f970\u2764]"
)
_ANGER = re.compile("[\U0001f620\U0001f621\U0001f92c\U0001f595\U0001f624]")
_MARKS = re.compile(r"!\s?!|\?\s?!|!\s?\?")
_CAPITALS = re.compile(r"\b[^\W\d_a-z]{3,}\b")


class Side(NamedTuple):
    """One who takes part: the member's id, name and identity."""

    who: int
    name: str
    identity_id: int


class Heat(NamedTuple):
    """How heated it is between two, and by what: ids of the sharp messages, in their order."""

    points: int
    sides: tuple[Side, Side]
    messages: tuple[int, ...]


class _Pointed(NamedTuple):
    one: Utterance
    to: int
    points: int


def quarrel(talk: Exchange) -> Heat | None:
    """The most heated pair of members of an exchange, if they quarrel; else None."""
    found = [heat for heat in _pairs(talk) if heat is not None]
    return max(found, key=lambda heat: heat.points, default=None)


@lru_cache(1024)
def sharpness(text: str, language: str = "") -> int:
    """The points of one text in that language ("" if unknown), to whomever it is said."""
    own = _own(text)
    insults = reproaches = harsh = 0
    for sentence in sentences(without_innocent(own)):
        words = spaced(sentence)
        if NOT_TO_YOU.stand_in(words):
            continue
        insults += INSULTS.count(words, language)
        reproaches += SHARP.count(words, language)
        harsh += HARSH.count(words, language) and YOU.count(words, language)
    points = _INSULT * min(insults, _MOST_INSULTS) + _REPROACH * min(reproaches, _MOST_REPROACHES)
    points += _HARSH * bool(harsh)
    angry = bool(_ANGER.search(own))
    points += _ANGRY * angry
    if not points:
        return 0
    soft = SOFTENS.stand_in(spaced(own)) or bool(_FACE.search(own))
    if soft and not angry:
        return points // 2 if insults or harsh else 0
    capitals = [word for word in _CAPITALS.findall(own) if word.isupper()]
    return points + bool(_MARKS.search(own)) + (len(capitals) >= _LEAST_CAPITALS)


def _pairs(talk: Exchange) -> list[Heat | None]:
    said = [one for one in talk.said if one.text.strip()]
    pointed = [found for place in range(len(said)) if (found := _pointed(said, place)) is not None]
    pairs = {(min(each.one.who, each.to), max(each.one.who, each.to)) for each in pointed if each.points}
    by_pair = {pair: [one for one in pointed if {one.one.who, one.to} == set(pair)] for pair in sorted(pairs)}
    return [_between(said, found, *pair) for pair, found in by_pair.items()]


def _pointed(said: Sequence[Utterance], place: int) -> _Pointed | None:
    """A member's message that has points, or speaks bluntly to somebody, and to whom; None for any other."""
    one = said[place]
    if one.out or not one.who:
        return None
    points = sharpness(one.text, one.language)
    own = _own(one.text)
    words = spaced(own)
    blunt = not points and YOU.count(words, one.language) and not SOFTENS.stand_in(words) and not _FACE.search(own)
    to = _addressed(said, place) if points or blunt else 0
    return _Pointed(one, to, points) if to else None


def _addressed(said: Sequence[Utterance], place: int) -> int:
    """The member whom a message speaks to; 0 for us, nobody, or nobody known."""
    one, before = said[place], said[max(0, place - _LOOKED_BACK) : place]
    if one.answers is not None:
        above = next((each for each in before if each.id == one.answers), None)
        if above is not None and above.who != one.who:
            return above.who
    others = {each.who: each for each in before if each.who not in (0, one.who)}
    own = _own(one.text)
    named = [each.who for each in others.values() if _calls(own, each)]
    if named:
        return named[-1]
    quoted = _quoted(one.text)
    if quoted:
        for each in reversed(before):
            if each.who in others and quoted in folded_words(each.text):
                return each.who
    last = next((each for each in reversed(before) if each.who != one.who or each.out), None)
    return 0 if last is None or last.out else last.who


def _own(text: str) -> str:
    """What its writer said in a text, as far as it is looked at."""
    return (own_words(text) or text)[:_MAX_CHARS]


def _quoted(text: str) -> str:
    """The folded words of the lines that a message quotes; "" for none."""
    return folded_words(" ".join(line.lstrip(" >") for line in text.splitlines() if line.startswith(">")))


def _calls(text: str, other: Utterance) -> bool:
    """Whether a text calls somebody by their handle or first name, also in another case ("Petře", "Αντώνη")."""
    if other.handle and f"@{other.handle}".casefold() in text.casefold():
        return True
    first = next(iter(folded_words(other.name).split()), "")
    stem = first[: max(_LEAST_STEM, len(first) - _NAME_ENDING)]
    ending = _NAME_ENDING + 1
    return len(first) >= _LEAST_STEM and any(
        word.startswith(stem) and len(word) <= len(stem) + ending for word in folded_words(text).split()
    )


def _between(said: Sequence[Utterance], pointed: Sequence[_Pointed], left: int, right: int) -> Heat | None:
    ours = [each for each in pointed if {each.one.who, each.to} == {left, right}]
    made_up = max((one.at for one in said if one.who in (left, right) and _settles(one)), default=None)
    ours = [each for each in ours if made_up is None or each.one.at > made_up]
    sharp = [each for each in ours if each.points]
    blunt = [each for each in ours if not each.points]
    by_side = {who: sum(each.points for each in sharp if each.one.who == who) for who in (left, right)}
    points = sum(by_side.values()) + max(0, len(sharp) - _MANY_SHARP + 1) + _is_quick(sharp)
    points += min(len(blunt), _MOST_BLUNT) if max((each.points for each in sharp), default=0) >= _LEAST_SHARP else 0
    if points < HOT or not (min(by_side.values()) or _answers(ours, by_side)):
        return None
    people = {one.who: one for one in said if one.who in (left, right)}
    sides = [Side(who, people[who].name, people[who].identity_id or 0) for who in (left, right)]
    return Heat(points, (sides[0], sides[1]), tuple(each.one.id for each in sharp))


def _answers(ours: Sequence[_Pointed], by_side: Mapping[int, int]) -> bool:
    """Whether the side without a sharp word speaks to the other at all, and that is sharp enough for two."""
    quiet = min(by_side, key=lambda who: by_side[who])
    sharp = [each for each in ours if each.points]
    blunt = [each for each in ours if each.one.who == quiet]
    loud = max(by_side.values())
    return bool(blunt) and (len(sharp) > 1 or loud >= _ONE_SIDED or len(ours) > len(sharp) + 1)


def _settles(one: Utterance) -> bool:
    return SETTLES.stand_in(spaced(_own(one.text))) and not sharpness(one.text, one.language)


def _is_quick(sharp: Sequence[_Pointed]) -> bool:
    """Whether four sharp messages came within an hour."""
    times = [each.one.at for each in sharp]
    return any(last - first <= _HOUR for first, last in zip(times, times[_QUICK - 1 :], strict=False))
