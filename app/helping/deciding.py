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
from collections.abc import Collection
from functools import lru_cache
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
_MAX_CHAIN, _MAX_LOOKED_BACK, _MAX_CHARS = 3, 100, 4_000
_LEAST_WORDS, _LEAST_UNTHANKED = 2, 3
_LAST_SENTENCES = 2
_REMEMBERED = 1024
"""Texts whose judgement is kept: of a talk that goes on, most were read a moment ago."""
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


def helps(talk: Exchange, new: Collection[int] = ()) -> list[Found]:
    """The messages that help another member, in their order.

    With `new`, ids of messages, only those are judged on which these can bear: they and what stood before them, and
    what the same people wrote before.
    """
    read = _Reading(talk)
    judged = read.near(new) if new else None
    found: list[Found] = []
    last: dict[tuple[int, int], int] = {}
    for place, one in enumerate(read.said):
        if judged is not None and one.who not in judged:
            continue
        if one.out or not one.who or one.kind in NO_MEMBERS or one.identity_id is None:
            continue
        question = read.answered(place)
        if question is None or question.identity_id is None or not read.is_help(place, question):
            continue
        pair = (one.who, question.who)
        if pair in last and one.at - last[pair] < _DAY_SECONDS and not one.solution:
            continue
        last[pair] = one.at
        found.append(Found(one.id, one.who, question.who, one.identity_id, question.identity_id))
    return found


def judged_people(talk: Exchange, new: Collection[int]) -> set[int]:
    """Whose messages `helps` judges where these are new."""
    return _Reading(talk).near(new)


@lru_cache(_REMEMBERED)
def seeks(text: str, title: str = "", language: str = "") -> bool:
    """Whether a text asks for something that another member can know; `title` is that of a conversation it begins."""
    own = _own(text)
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


@lru_cache(_REMEMBERED)
def _asks(sentence: str, language: str) -> bool:
    words = spaced(sentence)
    if is_question(sentence) or SEEKS.stand_in(words):
        return True
    return (
        not sentence.endswith(("!", ".", "…")) and OPENERS.begin(words, language) and len(words.split()) > _LEAST_WORDS
    )


class _Reading:
    """An exchange while it is read: each message once, in its writer's own words."""

    def __init__(self, talk: Exchange) -> None:
        self.said = [one._replace(text=_own(one.text)) for one in talk.said if one.text.strip()]
        self._public, self._title = talk.public, talk.title
        self._places = {one.id: place for place, one in enumerate(self.said)}
        self._opens: dict[int, bool] = {}

    def near(self, new: Collection[int]) -> set[int]:
        """Who wrote these messages, or one that they may react to."""
        places = [self._places[number] for number in new if number in self._places]
        return {one.who for place in places for one in self.said[max(0, place - _MAX_BETWEEN) : place + 1]}

    def answered(self, place: int) -> Utterance | None:
        """The question of another member that a message answers; None if there is none."""
        one = self.said[place]
        if one.answers is not None:
            return self._up_the_chain(one)
        if not self._public:
            return None
        asked = self._open_questions(place)
        named = [question for question in asked if _names(one.text, question)]
        if named:
            return named[-1]
        return asked[-1] if asked else None

    def _above(self, one: Utterance) -> Utterance | None:
        place = self._places.get(one.answers or 0)
        return None if place is None else self.said[place]

    def _up_the_chain(self, one: Utterance) -> Utterance | None:
        """The nearest message above that asks, unless it is the writer's own, or one of ours stands between."""
        above, steps = self._above(one), 0
        while above is not None and steps < _MAX_CHAIN and not above.out:
            if above.who != one.who and self._is_open(above):
                return above
            if above.who == one.who and steps:
                return None
            above, steps = self._above(above), steps + 1
        return None

    def _open_questions(self, place: int) -> list[Utterance]:
        """The questions of others before a message that nobody has closed with thanks since, the latest last."""
        one, found = self.said[place], list[Utterance]()
        for asked in self.said[max(0, place - _MAX_BETWEEN) : place]:
            if asked.out or asked.who in (0, one.who) or one.at - asked.at > _OPEN_SECONDS:
                continue
            if self._is_open(asked):
                found = [*(each for each in found if each.who != asked.who), asked]
            elif _thanks(asked.text):
                found = [each for each in found if each.who != asked.who]
        return found

    def _is_open(self, asked: Utterance) -> bool:
        """Whether a message asks something that is open to all: no mere asking back, nothing put to us alone."""
        if asked.id not in self._opens:
            self._opens[asked.id] = self._judged(asked)
        return self._opens[asked.id]

    def _judged(self, asked: Utterance) -> bool:
        place = self._places[asked.id]
        title = self._title if place == 0 else ""
        if asked.who == 0 or not seeks(asked.text, title, asked.language):
            return False
        if place == 0:
            return True
        if self.said[place - 1].out and asked.answers is None:  # put to us
            return False
        ends = sentences(asked.text)[
            -_LAST_SENTENCES:
        ]  # an answer that begins with "You boiled it, right?" asks nobody
        long = len(folded_words(asked.text).split()) > _ASKS_BACK_WORDS
        return long and any(_asks(end, asked.language) for end in ends)

    def is_help(self, place: int, question: Utterance) -> bool:
        """Whether a message helps with the question that it answers."""
        one, said = self.said[place], self.said
        if one.solution:
            return True
        thanked, refused = self._reaction(place, question)
        if not _may_answer(one.text, one.language, one.name, thanked=thanked) or (refused and not thanked):
            return False
        between = said[max(self._places[question.id] + 1, place - _MAX_LOOKED_BACK) : place]
        debated = any(each.who == question.who and DISAGREES.begin(spaced(each.text)) for each in between)
        if debated and not thanked:
            return False
        if not thanked and not seeks(question.text, language=question.language):  # only its title asks
            return False
        ours_first = any(each.out for each in between)
        return thanked or not ours_first or one.answers == question.id

    def _reaction(self, place: int, question: Utterance) -> tuple[bool, bool]:
        """Whether whoever asked thanked for an answer, and whether they contradicted it."""
        one, thanked, refused = self.said[place], False, False
        near = self.said[max(0, place - _MAX_BETWEEN) : place + 1 + _MAX_BETWEEN]
        others = [each for each in near if each.who not in (one.who, question.who, 0)]
        for after in self.said[place + 1 : place + 1 + _MAX_BETWEEN]:
            if after.who != question.who or after.out:
                continue
            words = spaced(after.text)
            to_another = any(_names(after.text, each) for each in others) and not _names(after.text, one)
            thanked = thanked or (_thanks(after.text) and not to_another)
            refused = refused or DISAGREES.begin(words) or (DISAGREES.stand_in(words) and not THANKS.stand_in(words))
            if thanked or refused or after.answers == one.id:
                break
        return thanked, refused


@lru_cache(_REMEMBERED)
def _may_answer(text: str, language: str, name: str, *, thanked: bool) -> bool:
    """Whether a text can be an answer: no thanks, no "me too", and more than a question back; `name` may sign it.

    Where it was `thanked` for, a "me too" may stand beside the answer.
    """
    own = text.strip()
    words = spaced(_QUOTES.sub(" ", own))
    least = _LEAST_WORDS if thanked else _LEAST_UNTHANKED  # "Yes, very." is an answer, and seldom help
    if len(words.split()) < least and not any(map(str.isdigit, own)) and "://" not in own:
        return False
    if is_closer(own, language, (name,)) or (THANKS.begin(words) and len(words.split()) < 2 * _ASKS_BACK_WORDS):
        return False
    parts = [part for part in sentences(own) if not NO_ANSWER.stand_in(spaced(part))]
    if NO_ANSWER.stand_in(words) and not (thanked and parts):
        return False
    return not all(_asks(part, language) for part in parts)


def _own(text: str) -> str:
    """What its writer said in a text, as far as it is looked at."""
    return (own_words(text) or text)[:_MAX_CHARS]


@lru_cache(_REMEMBERED)
def _thanks(text: str) -> bool:
    words = spaced(text)
    return THANKS.stand_in(words) and not DISAGREES.begin(words)


def _names(text: str, question: Utterance) -> bool:
    """Whether a text calls somebody by their handle or first name."""
    words = set(folded_words(text).split())
    first = folded_words(question.name).split()[:1]
    return bool(set(first) & words) or bool(question.handle and f"@{question.handle}".casefold() in text.casefold())
