"""What is known of a message that a rule asks about, and whether a rule's conditions hold for it. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING

from app.base.emoji import emoji_in
from app.mail.quotes import own_words
from app.rules.rule import ADDRESS, EMOJI, LINK, Conditions
from app.search.spelled import HitWords, Word, word
from app.store import index

if TYPE_CHECKING:
    from app.wordforms import Reading

_LINK = re.compile(r"\b(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)
_MENTION = re.compile(r"(?<![\w@])@[\w.-]+(?:@[\w.-]+)?|<@!?\d+>")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NUMBER = re.compile(r"\d+")
_NOT_WORDS = re.compile(r"[\s.,;:!?…·•–—-]+")
# A house: a word and its number ("Husova 12/3", "Ermou 5"), or the number first ("12 High Street").
_HOUSE = re.compile(
    r"(?<![^\W\d_])[^\W\d_]{3,40}\.? {1,2}\d{1,4}(?:/\d{1,4})?[a-zA-Z]?(?!\d)"
    r"|(?<!\d)\d{1,4}[a-zA-Z]?,? {1,2}[^\W\d_]{3,40} [^\W\d_]{2}"
)
# A postal code beside the name of a town: 110 00 Praha, 1051 Budapest, 101 Reykjavík, London SW1A 1AA.
_CODE = re.compile(
    r"(?<!\d)(?:\d{3} ?\d{2}|\d{4,5}|\d{3})(?!\d) {1,2}(?P<town>[^\W\d_]{3,40})"
    r"|(?<![^\W\d_])(?P<before>[^\W\d_]{3,40}),? {1,2}(?:\d{3} ?\d{2}|\d{5})(?!\d)"
    r"|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]\d[\dW] ?[A-Z\d]{4}\b"
)
_NEAR = 60
"""How many characters a house and the postal code of its town are apart at most."""


class Facts:
    """A message: who wrote it is told by `member`, their kind; `text` is all of it, with what it quotes."""

    def __init__(
        self, text: str, account_id: int, language: str = "", member: str = "", *, first_time: bool = False
    ) -> None:
        """What is asked of the words is only worked out when a rule asks for it."""
        self._text = text
        self.account_id, self.language, self.member, self.first_time = account_id, language, member, first_time

    @cached_property
    def own(self) -> str:
        """The words of its writer, without what they quote."""
        return own_words(self._text)

    @cached_property
    def count(self) -> int:
        """How many words its writer wrote."""
        return sum(1 for _ in _WORD.finditer(self.own))

    @cached_property
    def hit(self) -> HitWords:
        """The words as the search looks through them."""
        return HitWords(self.own)

    @cached_property
    def reading(self) -> Reading:
        """The words as their forms are looked for."""
        from app.wordforms import Reading  # noqa: PLC0415  loaded with the first rule that asks for words

        return Reading(self.own)

    def is_only(self, what: str) -> bool:
        """Whether it is nothing but emoji, or nothing but mentions."""
        own = self.own.strip()
        if what == EMOJI and _LETTER.search(own):
            return False
        if what == EMOJI:
            found = emoji_in(own)
            return bool(found) and not _NOT_WORDS.sub("", _without(own, [(one.start, one.end) for one in found]))
        mentions = [hit.span() for hit in _MENTION.finditer(own)]
        return bool(mentions) and not _NOT_WORDS.sub("", _without(own, mentions))

    def has(self, what: str) -> bool:
        """Whether there is a link, or an address, in its words."""
        if what == LINK:
            return _LINK.search(self.own) is not None
        has_email = "@" in self.own and _EMAIL.search(self.own) is not None
        return what == ADDRESS and (has_email or has_postal_address(self.own))


def has_postal_address(text: str) -> bool:
    """Whether a house with its number stands near a town with its postal code, before or behind it."""
    if sum(1 for _ in _NUMBER.finditer(text)) < 2:  # noqa: PLR2004  that of the house, and the code of the town
        return False
    houses = [hit.span() for hit in _HOUSE.finditer(text)]
    if not houses:
        return False
    return any(
        0 <= code.start() - end <= _NEAR or 0 <= start - code.end() <= _NEAR
        for code in _CODE.finditer(text)
        if (code["town"] or code["before"] or "X")[0].isupper()  # "2025 and" is no town
        for start, end in houses
    )


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    kept, at = [], 0
    for start, end in spans:
        kept.append(text[at:start])
        at = end
    return "".join([*kept, text[at:]])


class Asked:
    """The conditions of a rule, ready to be asked of many messages."""

    def __init__(self, conditions: Conditions) -> None:
        """Work out the spellings of its words."""
        self._asked = conditions
        self._words: list[Word] = [found for typed in conditions.words if (found := word(typed)) is not None]
        self._typed = tuple(one.typed for one in self._words)

    @property
    def has_words(self) -> bool:
        """Whether it asks for words."""
        return bool(self._words)

    def expression(self, languages: Collection[str]) -> str:
        """What the search index is asked for where messages are in these languages, if it `has_words`.

        It finds all that has one of the words, in any form, and more.
        """
        from app.rules.forms import expressions  # noqa: PLC0415  as above

        wanted = [one for one in languages if self._asked.language in ("", one)]
        return index.one_of([*(one.asked(one.plain) for one in self._words), *expressions(self._typed, wanted)])

    def matches(self, facts: Facts) -> bool:
        """Whether all conditions hold; the cheap ones are asked first."""
        asked = self._asked
        if not self._fits(facts):
            return False
        if asked.fewer_than and facts.count >= asked.fewer_than:
            return False
        if self._words and not any(one.matches(facts.hit) for one in self._words) and not self._has_form(facts):
            return False
        return all(map(facts.has, asked.has)) and (not asked.only or facts.is_only(asked.only))

    def _has_form(self, facts: Facts) -> bool:
        """Whether one of the words is there in another form, in the message's language."""
        from app.rules.forms import lexicon  # noqa: PLC0415  as above

        known = lexicon(self._typed, facts.language)
        return known is not None and facts.reading.has_any_of(known)

    def _fits(self, facts: Facts) -> bool:
        """Whether it is from there, from such a member, and in such a language."""
        asked = self._asked
        return (
            asked.account_id in (None, facts.account_id)
            and asked.member in ("", facts.member)
            and asked.language in ("", facts.language)
            and (facts.first_time or not asked.first_time)
        )


def matches(conditions: Conditions, facts: Facts) -> bool:
    """Whether all conditions hold for a message."""
    return Asked(conditions).matches(facts)
