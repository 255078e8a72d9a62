"""How we write, told from the last replies: habits that the voice guide can hold as traits, and a limit of emoji. Pure.

A habit is proposed where most replies keep it, and enough of them could; each comes with replies that show it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from app.base.emoji import emoji_in
from app.base.language_names import name as language_name
from app.base.text import fold, folded_words, preview, words
from app.base.words import counted, forms, tr
from app.first_week.anatomy import replace_names
from app.first_week.phrases import FAMILIAR, FORMAL, GREETINGS, PRONOUNS, YOU
from app.first_week.replies import Reply
from app.templates import known_names
from app.voice.guide import Example, Trait

LEAST_REPLIES = 12
"""Fewer tell no habit."""
_LEAST_OF_LANGUAGE = 5
_MOSTLY, _SELDOM = 0.6, 0.1
_SURELY = 0.8
_SHORT_WORDS, _LONG_WORDS = 60, 150
_LEAST_EMOJI_SHARE = 0.2
_NINE_OF_TEN = 0.9
_EXAMPLE_CHARS = 160
_ELLIPSIS = "…"
_SENTENCE = re.compile(r"(?<=[.!?;…])\s+|\n\s*\n")
_OF_ALL = forms("In {count} of {all} replies.", "In {count} of {all} replies.")


class Habit(NamedTuple):
    """A habit: what the voice guide would say, and replies that show it.

    `key` is its own. `emoji_most` is the limit of emoji that it sets, None where it is a trait. `times` of `of`
    replies keep it. `shown` are replies as they were written, the newest first.
    """

    key: str
    trait: Trait
    times: int
    of: int
    shown: tuple[str, ...]
    emoji_most: int | None = None


def habits(replies: Sequence[Reply], known: Iterable[str] = (), *, has_emoji_limit: bool = False) -> list[Habit]:
    """The habits that these replies tell; `known` are the names of traits that the guide has already.

    `has_emoji_limit`: how many emoji a message may have is settled.
    """
    if len(replies) < LEAST_REPLIES:
        return []
    there = {fold(name) for name in known}
    found = [
        *_greeting(replies), *_first_names(replies), *_you(replies), *_farewell(replies), *_signed(replies),
        *_length(replies), *_exclamations(replies), *(() if has_emoji_limit else _emoji(replies)),
    ]  # fmt: skip
    return [habit for habit in found if fold(habit.trait.name) not in there]


def _habit(
    key: str, name: str, keeping: Sequence[Reply], every: Sequence[Reply], said: Callable[[Reply], str] | None = None
) -> Habit:
    """A trait with an example in each language that is written often; `said` is what of a reply shows it."""
    why = counted(len(keeping), *_OF_ALL, all=len(every))
    examples = tuple(_examples(keeping, said)) if said is not None else ()
    return Habit(key, Trait(name, why, examples), len(keeping), len(every), _shown(keeping))


def _shown(keeping: Sequence[Reply]) -> tuple[str, ...]:
    return tuple(reply.text for reply in keeping[:3])


def _examples(keeping: Sequence[Reply], said: Callable[[Reply], str]) -> Iterator[Example]:
    by_language = defaultdict[str, Counter[str]](Counter)
    for reply in keeping:
        example = said(reply) if reply.language else ""
        if example:
            by_language[reply.language][example] += 1
    for language, told in sorted(by_language.items(), key=lambda pair: (-pair[1].total(), pair[0])):
        if told.total() >= _LEAST_OF_LANGUAGE:
            yield Example(language, told.most_common(1)[0][0])


def _opening(reply: Reply) -> str:
    """The greeting without anybody's name."""
    parts = reply.parts
    bare = replace_names(parts.greeting, reply.names, _ELLIPSIS, _ELLIPSIS)
    if parts.addressed and _ELLIPSIS not in bare:
        bare = f"{parts.phrase} {_ELLIPSIS}"
    return bare if bare.endswith(_ELLIPSIS) and parts.mark in ".…" else f"{bare}{parts.mark}"


def _sentence(reply: Reply, you: frozenset[str]) -> str:
    """The first sentence with such a "you", without anybody's name; "" for none."""
    for sentence in _SENTENCE.split(reply.parts.core):
        if you & set(words(sentence)):
            return preview(replace_names(sentence, reply.names, _ELLIPSIS, _ELLIPSIS), _EXAMPLE_CHARS)
    return ""


def _greeting(replies: Sequence[Reply]) -> Iterator[Habit]:
    greeted = [reply for reply in replies if reply.parts.greeting]
    bare = [reply for reply in replies if not reply.parts.greeting]
    if len(greeted) >= _MOSTLY * len(replies):
        yield _habit("greeting", tr("Begin with a greeting"), greeted, replies, _opening)
    elif len(bare) >= (1 - _SELDOM) * len(replies):
        yield _habit("greeting", tr("No greeting: straight to the point"), bare, replies)


def _first_names(replies: Sequence[Reply]) -> Iterator[Habit]:
    """Whether people are greeted by their first names, or by title and family name."""
    named = [reply for reply in replies if reply.parts.addressed]
    if len(named) < _LEAST_OF_LANGUAGE:
        return
    titled = [reply for reply in named if _has_title(reply)]
    first = [reply for reply in named if reply not in titled]
    if len(first) >= _SURELY * len(named):
        yield _habit("address", tr("Use first names"), first, named, _opening)
    elif len(titled) >= _SURELY * len(named):
        yield _habit("address", tr("Use titles and family names"), titled, named, _opening)


def _has_title(reply: Reply) -> bool:
    titles = set(map(fold, (known_names.TITLES + " " + known_names.COURTESIES).split()))
    tone = GREETINGS[reply.parts.greeted].tone
    told = words(reply.parts.greeting)
    return tone == FORMAL or not titles.isdisjoint(told)


def _you(replies: Sequence[Reply]) -> Iterator[Habit]:
    """Which form of "you" is used, in each language that has two."""
    for language, (familiar, formal) in PRONOUNS.items():
        told = [(reply, tone) for reply in replies if reply.language == language and (tone := _tone(reply))]
        for tone, word, you in zip((FAMILIAR, FORMAL), (familiar, formal), YOU[language], strict=True):
            keeping = [reply for reply, which in told if which == tone]
            if len(keeping) >= max(_LEAST_OF_LANGUAGE, _SURELY * len(told)):
                name = tr("Say “{word}” in {language}").format(word=word, language=tr(language_name(language)))
                yield _habit(
                    f"you-{language}", name, keeping, [reply for reply, _ in told], partial(_sentence, you=you)
                )


def _tone(reply: Reply) -> str:
    """FAMILIAR or FORMAL by the words for "you", else by the greeting; "" where nothing or both tell."""
    familiar, formal = YOU[reply.language]
    told = set(folded_words(reply.parts.core).split())
    both = (bool(told & familiar), bool(told & formal))
    if both[0] != both[1]:
        return FAMILIAR if both[0] else FORMAL
    greeted = GREETINGS.get(reply.parts.greeted)
    return greeted.tone if greeted is not None and not any(both) else ""


def _farewell(replies: Sequence[Reply]) -> Iterator[Habit]:
    keeping = [reply for reply in replies if reply.parts.farewell]
    if len(keeping) >= _MOSTLY * len(replies):
        yield _habit("farewell", tr("End with a farewell"), keeping, replies, lambda reply: reply.parts.farewell)


def _signed(replies: Sequence[Reply]) -> Iterator[Habit]:
    names = Counter(reply.parts.signed for reply in replies if reply.parts.signed)
    for name, many in names.most_common(1):
        if many >= _MOSTLY * len(replies):
            keeping = [reply for reply in replies if reply.parts.signed == name]
            yield _habit("signed", tr("Sign as {name}").format(name=name), keeping, replies)


def _length(replies: Sequence[Reply]) -> Iterator[Habit]:
    long = {reply.message_id: len(words(reply.parts.core)) for reply in replies}
    from statistics import median  # noqa: PLC0415  loads decimal and fractions, which the week itself never needs

    usual = round(median(long.values()))
    if usual <= _SHORT_WORDS:
        keeping = [reply for reply in replies if long[reply.message_id] <= _SHORT_WORDS]
        name = tr("Short: at most {count} words").format(count=_SHORT_WORDS)
    elif usual >= _LONG_WORDS:
        keeping = [reply for reply in replies if long[reply.message_id] >= _LONG_WORDS]
        name = tr("Take your time: {count} words and more").format(count=_LONG_WORDS)
    else:
        return
    if len(keeping) >= _MOSTLY * len(replies):
        habit = _habit("length", name, keeping, replies)
        why = tr("{sentence} Half of them have at most {count} words.").format(sentence=habit.trait.why, count=usual)
        yield habit._replace(trait=Trait(name, why))


def _exclamations(replies: Sequence[Reply]) -> Iterator[Habit]:
    """By what is said: in some languages a greeting itself ends in one."""
    calling = [reply for reply in replies if "!" in reply.parts.core]
    calm = [reply for reply in replies if "!" not in reply.parts.core]
    if len(calling) <= _SELDOM * len(replies):
        yield _habit("exclamations", tr("No exclamation marks"), calm, replies)
    elif len(calling) >= _MOSTLY * len(replies):
        yield _habit("exclamations", tr("Exclamation marks are welcome"), calling, replies)


def _emoji(replies: Sequence[Reply]) -> Iterator[Habit]:
    """The limit that nine of ten replies keep."""
    found = [(reply, len(emoji_in(reply.text))) for reply in replies]
    many = sorted(count for _, count in found)
    most = many[min(len(many) - 1, int(_NINE_OF_TEN * len(many)))]
    using = len(many) - many.count(0)
    if most and using < _LEAST_EMOJI_SHARE * len(many):
        return
    keeping = [reply for reply, count in found if count <= most]
    showing = [reply for reply, count in found if 0 < count <= most] or keeping
    name = (
        tr("No emoji")
        if not most
        else counted(most, "At most {count} emoji a message", "At most {count} emoji a message")
    )
    why = counted(len(keeping), *_OF_ALL, all=len(replies))
    yield Habit("emoji", Trait(name, why), len(keeping), len(replies), _shown(showing), emoji_most=most)
