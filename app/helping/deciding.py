"""Which messages of an exchange help another member. Pure.

| a member's message | and | is |
| --- | --- | --- |
| answers a question of another member | nobody of us answered that before | help |
| answers one that we answered before | whoever asked thanks for it, or it is marked as the solution | help |
| says "me too", "no idea", only asks back, only thanks | | none |
| answers a question after people ("Who's coming?"), or a poll | | none |
| is contradicted by whoever asked, who doesn't thank for it | | none |
| answers what only the title asks, and isn't thanked for | | none |
| is the second to the same member within a day | | none: one help, told in two messages |

Ours, our teammates' and suppliers' answers are no help between members. What a message answers is told by its channel;
else, where everybody reads along, it is the latest question that is open, or that of whom it names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from app.base.phrases import sentences, spaced
from app.base.text import folded_words
from app.helping.words import ABOUT_US, DISAGREES, NO_ANSWER, OPENERS, SEEKS, THANKS
from app.inbox.asking import is_question
from app.inbox.exchange import Exchange, Utterance
from app.intake.closers import is_closer
from app.mail.quotes import own_words

NO_MEMBERS = ("staff", "former_staff", "vendor", "supplier", "partner", "press")
"""Kinds of people whose answers are their work."""
_DAY_SECONDS, _OPEN_SECONDS = 86_400, 21 * 86_400
_MAX_BETWEEN = 8
"""Messages after a question in which its answer is looked for, where no channel tells what a message answers."""
_MAX_CHAIN = 3
_LEAST_WORDS, _LEAST_UNTHANKED = 2, 3
_LAST_SENTENCES = 2
_ASKS_BACK_WORDS = 4
"""A question of so few words to whoever just answered asks back; it opens nothing."""
_QUOTES = re.compile(r"[“”„«»\"][^“”„«»\"\n]{0,200}[“”„«»\"]")


class Found(NamedTuple):
    """A message that helped: its id, by whom and whom, as ids of members, and under which names (identities)."""

    message_id: int
    helper: int
    helped: int
    identity_id: int
    helped_identity_id: int


def helps(talk: Exchange) -> list[Found]:
    """The messages that help another member, in their order."""
    said = [one for one in talk.said if one.text.strip()]
    found: list[Found] = []
    last: dict[tuple[int, int], int] = {}
    for place, one in enumerate(said):
        if one.out or not one.who or one.kind in NO_MEMBERS or one.identity_id is None:
            continue
        question = _answered(talk, said, place)
        if question is None or question.identity_id is None or not _is_help(said, place, question):
            continue
        pair = (one.who, question.who)
        if pair in last and one.at - last[pair] < _DAY_SECONDS and not one.solution:
            continue
        last[pair] = one.at
        found.append(Found(one.id, one.who, question.who, one.identity_id, question.identity_id))
    return found


def seeks(text: str, title: str = "", language: str = "") -> bool:
    """Whether a text asks for something that another member can know; `title` is that of a conversation it begins."""
    own = own_words(text) or text
    parts = sentences(own)
    asked = [part for part in parts if _asks(part, language)]
    if not asked and title and _asks(title, language):
        asked = [title]
    return (
        bool(asked)
        and not all(ABOUT_US.stand_in(spaced(part)) for part in asked)
        and not _is_poll(own, title, language)
    )


def _is_poll(text: str, title: str, language: str) -> bool:
    """Whether its first question is after people: what is added to that ("Anybody?") is, too."""
    first = next((part for part in [title, *sentences(text)] if part and _asks(part, language)), "")
    return ABOUT_US.stand_in(spaced(first)) or ABOUT_US.begin(spaced(text))


def _asks(sentence: str, language: str) -> bool:
    words = spaced(sentence)
    if is_question(sentence) or SEEKS.stand_in(words):
        return True
    return (
        not sentence.endswith(("!", ".", "…")) and OPENERS.begin(words, language) and len(words.split()) > _LEAST_WORDS
    )


def _answered(talk: Exchange, said: Sequence[Utterance], place: int) -> Utterance | None:
    """The question of another member that a message answers; None if there is none."""
    one = said[place]
    if one.answers is not None:
        return _up_the_chain(talk, said, one)
    if not talk.public:
        return None
    asked = _open_questions(talk, said, place)
    named = [question for question in asked if _names(one.text, question)]
    if named:
        return named[-1]
    return asked[-1] if asked else None


def _up_the_chain(talk: Exchange, said: Sequence[Utterance], one: Utterance) -> Utterance | None:
    """The nearest message above that asks, unless it is the writer's own, or one of ours stands between."""
    known = {each.id: each for each in said}
    above, steps = known.get(one.answers or 0), 0
    while above is not None and steps < _MAX_CHAIN:
        if above.out:
            return None
        if above.who != one.who and _opens(talk, said, above):
            return above
        if above.who == one.who and steps:
            return None
        above, steps = known.get(above.answers or 0), steps + 1
    return None


def _open_questions(talk: Exchange, said: Sequence[Utterance], place: int) -> list[Utterance]:
    """The questions of others before a message that nobody has closed with thanks since, the latest last."""
    one, found = said[place], list[Utterance]()
    for before in range(max(0, place - _MAX_BETWEEN), place):
        asked = said[before]
        if asked.out or asked.who in (0, one.who) or one.at - asked.at > _OPEN_SECONDS:
            continue
        if _opens(talk, said, asked):
            found = [*(each for each in found if each.who != asked.who), asked]
        elif _thanks(asked.text):
            found = [each for each in found if each.who != asked.who]
    return found


def _opens(talk: Exchange, said: Sequence[Utterance], asked: Utterance) -> bool:
    """Whether a message asks something that is open to all: no mere asking back, nothing put to us alone."""
    first = said[0].id == asked.id
    if asked.who == 0 or not seeks(asked.text, talk.title if first else "", asked.language):
        return False
    if first:
        return True
    own = own_words(asked.text) or asked.text
    before = said[next(place for place, each in enumerate(said) if each.id == asked.id) - 1]
    if before.out and asked.answers is None:  # put to us
        return False
    ends = sentences(own)[-_LAST_SENTENCES:]  # an answer that begins with "You boiled it, right?" asks nobody
    return len(folded_words(own).split()) > _ASKS_BACK_WORDS and any(_asks(end, asked.language) for end in ends)


def _is_help(said: Sequence[Utterance], place: int, question: Utterance) -> bool:
    one = said[place]
    if one.solution:
        return True
    start = next(number for number, each in enumerate(said) if each.id == question.id)
    thanked, refused = _reaction(said, place, question)
    if not _may_answer(one, thanked=thanked) or (refused and not thanked):
        return False
    between = said[start + 1 : place]
    debated = any(each.who == question.who and DISAGREES.begin(spaced(each.text)) for each in between)
    if debated and not thanked:
        return False
    if not thanked and not seeks(question.text, language=question.language):  # only its title asks
        return False
    ours_first = any(each.out for each in between)
    return thanked or not ours_first or one.answers == question.id


def _may_answer(one: Utterance, *, thanked: bool) -> bool:
    """Whether its words can be an answer: no thanks, no "me too", and more than a question back.

    Where it was `thanked` for, a "me too" may stand beside the answer.
    """
    own = (own_words(one.text) or one.text).strip()
    words = spaced(_QUOTES.sub(" ", own))
    least = _LEAST_WORDS if thanked else _LEAST_UNTHANKED  # "Yes, very." is an answer, and seldom help
    if len(words.split()) < least and not any(map(str.isdigit, own)) and "://" not in own:
        return False
    if is_closer(own, one.language, (one.name,)) or (THANKS.begin(words) and len(words.split()) < 2 * _ASKS_BACK_WORDS):
        return False
    parts = [part for part in sentences(own) if not NO_ANSWER.stand_in(spaced(part))]
    if NO_ANSWER.stand_in(words) and not (thanked and parts):
        return False
    return not all(_asks(part, one.language) for part in parts)


def _reaction(said: Sequence[Utterance], place: int, question: Utterance) -> tuple[bool, bool]:
    """Whether whoever asked thanked for an answer, and whether they contradicted it."""
    one, thanked, refused = said[place], False, False
    for after in said[place + 1 : place + 1 + _MAX_BETWEEN]:
        if after.who != question.who or after.out:
            continue
        words = spaced(own_words(after.text) or after.text)
        thanks = THANKS.stand_in(words) and not DISAGREES.begin(words)
        others = [each for each in said if each.who not in (one.who, question.who, 0)]
        to_another = any(_names(after.text, each) for each in others) and not _names(after.text, one)
        thanked = thanked or (thanks and not to_another)
        refused = refused or DISAGREES.begin(words) or (DISAGREES.stand_in(words) and not THANKS.stand_in(words))
        if thanked or refused or after.answers == one.id:
            break
    return thanked, refused


def _thanks(text: str) -> bool:
    words = spaced(own_words(text) or text)
    return THANKS.stand_in(words) and not DISAGREES.begin(words)


def _names(text: str, question: Utterance) -> bool:
    """Whether a text calls somebody by their handle or first name."""
    words = set(folded_words(text).split())
    first = folded_words(question.name).split()[:1]
    return bool(set(first) & words) or bool(question.handle and f"@{question.handle}".casefold() in text.casefold())
