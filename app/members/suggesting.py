"""Who may be the same person as another member, and why. Pure: rows are read once, by `app.members.pairs`.

Two who only share a family name are no pair, and what looks like a family name in Iceland is none: two Jónsdóttir are
daughters of two men called Jón. What many share (info@, a handle of a whole family, the fifth Jan Novák) says nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import NamedTuple

from app.base.addresses import PERSON_MARK, address_key
from app.base.phones import LEAST_DIGITS, normalized
from app.base.scripts import GREEK, latin_spellings
from app.base.text import fold, words
from app.members.short_names import full_names

ADDRESS, PHONE, SITE, THREAD = "address", "phone", "site", "thread"
HANDLE, NAME, FORM = "handle", "name", "form"
_WEIGHTS = {ADDRESS: 90, PHONE: 60, SITE: 60, THREAD: 60, HANDLE: 50, NAME: 40, FORM: 30}
_MANY = 4
"""What more members than this share is nobody's own."""
_FEW_SPEAKERS = 8
"""In a conversation with more who write by mail, two addresses are two people."""
_LEAST_HANDLE, _LEAST_NICKNAME, _LEAST_LOCAL, _WHOLE_NAME = 4, 5, 6, 2
GENERIC = frozenset((
    "admin", "administrator", "anonymous", "anonym", "bestellung", "billing", "bot", "community", "contact", "customer",
    "editor", "feedback", "feladat", "guest", "hello", "help", "hilfe", "hostmaster", "ertesites", "info", "info1",
    "iroda", "jobs", "kontakt", "mail", "mailer", "mailerdaemon", "marketing", "me", "media", "member", "moderator",
    "news", "newsletter", "noreply", "obchod", "office", "official", "order", "orders", "pantanir", "post",
    "postmaster", "press", "redaktion", "root", "sales", "service", "shop", "skrifstofa", "staff", "status", "store",
    "support", "sysop", "team", "test", "user", "verslun", "webmaster", "web", "welcome", "whoever", "www",
))  # fmt: skip
"""Handles and names before an @ that many have, as RFC 2142 and what shops and societies use."""
_PATRONYMIC = re.compile(r"\w{2,}(?:sson|dottir|sdottir|arson|ursson|bur)")
"""What follows an Icelandic given name, folded: a father's or mother's name, and no family's."""
_SQUASHED = (("ou", "u"), ("ei", "i"), ("oi", "i"), ("ai", "e"), ("y", "i"), ("ph", "f"), ("kh", "h"), ("ch", "h"),
             ("gk", "g"), ("mp", "b"), ("nt", "d"), ("ks", "x"), ("w", "o"))  # fmt: skip
_DOUBLED = re.compile(r"(.)\1")
_DIVIDED = re.compile(r"[._-]")
"""What divides the words of a handle, and is not allowed in all places: nadia.reads is nadia_reads elsewhere."""
_PARTS = re.compile(r"[._+\-\d]+")


class Name(NamedTuple):
    """A name on a channel; `by_address` says that its key is an e-mail address, `by_phone` a telephone number."""

    id: int
    kind: str
    handle: str
    key: str
    url: str = ""
    by_address: bool = False
    by_phone: bool = False


class Person(NamedTuple):
    """What of a member says who they are; `home` as in `app.base.phones.normalized`."""

    id: int
    name: str
    language: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    names: tuple[Name, ...] = ()
    home: str = ""


class Reason(NamedTuple):
    """Why two may be one person: one of the codes above, and what they share.

    `what` is the address, number, page, handle or name; `where` are the kinds of the two channels of a handle, and
    of a name the two languages; `conversation` is that in which both wrote. `full` is the given name that `what` is a
    form of.
    """

    code: str
    what: str = ""
    where: tuple[str, str] = ("", "")
    conversation: int = 0
    full: str = ""


class Suggestion(NamedTuple):
    """Two members who may be one person, the lower id first, with the strongest reason first."""

    one: int
    other: int
    reasons: tuple[Reason, ...]

    @property
    def weight(self) -> int:
        """How much speaks for it."""
        return sum(_WEIGHTS[reason.code] for reason in self.reasons)


def suggestions(
    people: Sequence[Person], talks: Mapping[int, Collection[int]], apart: Collection[tuple[int, int]]
) -> list[Suggestion]:
    """Pairs of members who may be one person, the likeliest first.

    `talks` has the identities that wrote by mail in a conversation, by its id, where there are two or more; `apart` the
    pairs, lower id first, of whom the person said that they are not one.
    """
    found = defaultdict[tuple[int, int], dict[str, Reason]](dict)
    by_id = {person.id: person for person in people}
    for one, other, reason in _all(people, by_id, talks):
        pair = (min(one, other), max(one, other))
        if one != other and pair not in apart:
            found[pair].setdefault(reason.code, reason)
    order = list(_WEIGHTS)
    pairs = [
        Suggestion(one, other, tuple(sorted(reasons.values(), key=lambda reason: order.index(reason.code))))
        for (one, other), reasons in found.items()
    ]
    return sorted(pairs, key=lambda pair: (-pair.weight, -pair.other, -pair.one))


_Found = tuple[int, int, Reason]


def _all(
    people: Sequence[Person], by_id: Mapping[int, Person], talks: Mapping[int, Collection[int]]
) -> Iterator[_Found]:
    yield from _by_address(people)
    yield from _by_phone(people)
    yield from _by_site(people)
    yield from _by_talk(people, by_id, talks)
    yield from _by_handle(people, by_id)
    yield from _by_name(people, by_id)
    yield from _by_form(people, by_id)


def _pairs(blocks: Mapping[str, Iterable[int]]) -> Iterator[tuple[str, int, int]]:
    for shared, numbers in blocks.items():
        distinct = sorted(set(numbers))
        if 1 < len(distinct) <= _MANY:
            for one, other in combinations(distinct, 2):
                yield shared, one, other


def _by_address(people: Sequence[Person]) -> Iterator[_Found]:
    blocks = defaultdict[str, set[int]](set)
    told_apart = set[str]()
    for person in people:
        for name in person.names:
            if PERSON_MARK in name.key:  # the person said that two write from this address
                told_apart.add(name.key.partition(PERSON_MARK)[0])
            elif name.by_address:
                blocks[name.key].add(person.id)
        if "@" in person.email:
            blocks[address_key(person.email)].add(person.id)
    for address, one, other in _pairs(blocks):
        if address not in told_apart and address.partition("@")[0] not in GENERIC:
            yield one, other, Reason(ADDRESS, address)


def _by_phone(people: Sequence[Person]) -> Iterator[_Found]:
    blocks = defaultdict[str, set[int]](set)
    for person in people:
        typed = [person.phone, *(name.key for name in person.names if name.by_phone)]
        for number in (normalized(one, person.home) for one in typed if one):
            if len(number) > LEAST_DIGITS:
                blocks[number].add(person.id)
    for number, one, other in _pairs(blocks):
        yield one, other, Reason(PHONE, number)


def _by_site(people: Sequence[Person]) -> Iterator[_Found]:
    """Who names as their site the page that another has on a channel."""
    pages, sites = defaultdict[str, set[int]](set), defaultdict[str, set[int]](set)
    for person in people:
        if person.website:
            sites[_page(person.website)].add(person.id)
        for name in person.names:
            if name.url:
                pages[_page(name.url)].add(person.id)
    for page, theirs in sites.items():
        others = pages.get(page, set[int]()) - theirs
        if page and others and len(theirs | others) <= _MANY:
            for one in theirs:
                for other in others:
                    yield one, other, Reason(SITE, page)


def _page(url: str) -> str:
    bare = url.strip().casefold().partition("://")
    return (bare[2] or bare[0]).removeprefix("www.").rstrip("/")


def _by_talk(
    people: Sequence[Person], by_id: Mapping[int, Person], talks: Mapping[int, Collection[int]]
) -> Iterator[_Found]:
    owner = {name.id: person.id for person in people for name in person.names}
    for conversation, identities in talks.items():
        writers = sorted({owner[number] for number in identities if number in owner})
        if 1 < len(writers) <= _FEW_SPEAKERS:
            for one, other in combinations(writers, 2):
                if is_alike(by_id[one], by_id[other]):
                    yield one, other, Reason(THREAD, conversation=conversation)


def _by_handle(people: Sequence[Person], by_id: Mapping[int, Person]) -> Iterator[_Found]:
    blocks = defaultdict[str, list[tuple[int, Name]]](list)
    for person in people:
        for name in person.names:
            handle = _handle(name)
            if handle:
                blocks[handle].append((person.id, name))
    for handle, having in blocks.items():
        if not 1 < len({number for number, _ in having}) <= _MANY:
            continue
        for (one, mine), (other, theirs) in combinations(having, 2):
            if one != other and _says_something(handle, by_id[one], by_id[other]):
                yield one, other, Reason(HANDLE, mine.handle, (mine.kind, theirs.kind))


def _handle(name: Name) -> str:
    """The handle as it would be on another kind of channel too; "" for one that many have."""
    if PERSON_MARK in name.key:
        return ""
    local = _DIVIDED.sub("", fold(name.key.lstrip("@").partition("@")[0]))
    least = _LEAST_LOCAL if name.by_address else _LEAST_HANDLE
    if len(local) < least or local in GENERIC or local.isdigit():
        return ""
    return local


def _says_something(handle: str, one: Person, other: Person) -> bool:
    """Whether two with this handle may be one: two whole names that share no word say no, and Anna is many people's."""
    mine, theirs = _said(one), _said(other)
    if len(mine) >= _WHOLE_NAME and len(theirs) >= _WHOLE_NAME and not _forms(mine) & _forms(theirs):
        return False
    if handle in mine & theirs:
        return is_alike(one, other) and len(mine & theirs) >= _WHOLE_NAME
    return handle not in mine | theirs or len(handle) >= _LEAST_NICKNAME


def _said(person: Person) -> frozenset[str]:
    """The words of a name that is one: neither initials nor a handle that stands in for it, written small."""
    if person.name.islower() and " " not in person.name:
        return frozenset()
    return frozenset(word for word in name_words(person) if len(word) > 1)


def _by_name(people: Sequence[Person], by_id: Mapping[int, Person]) -> Iterator[_Found]:
    blocks = defaultdict[str, set[int]](set)
    greek = False
    for person in people:
        whole = _whole(person)
        if whole:
            blocks[" ".join(sorted(whole))].add(person.id)
            greek |= bool(GREEK.search(person.name))
    for _, one, other in _pairs(blocks):
        mine, theirs = by_id[one], by_id[other]
        if not mine.language or not theirs.language or mine.language == theirs.language:
            yield one, other, Reason(NAME, mine.name, (mine.language, theirs.language))
    if greek:
        yield from _across_scripts(people, by_id)


def _by_form(people: Sequence[Person], by_id: Mapping[int, Person]) -> Iterator[_Found]:
    """Kati Nagy and Katalin Nagy, where nobody else is called so: one has the full name, the other a form of it."""
    blocks = defaultdict[tuple[str, ...], dict[int, str]](dict)
    whole = {person.id: names for person in people if (names := _whole(person))}
    for number, names in whole.items():
        for word, rest in _each(names):
            for full in full_names(word, by_id[number].language):
                blocks[full, *rest][number] = word
    for number, names in whole.items():
        for word, rest in _each(names):
            if (word, *rest) in blocks:
                blocks[word, *rest][number] = word
    for (full, *_rest), having in blocks.items():
        if len(having) == 2 and sum(word == full for word in having.values()) == 1:  # noqa: PLR2004  a pair
            one, other = sorted(having, key=lambda number: having[number] == full)
            mine, theirs = by_id[one], by_id[other]
            if not mine.language or not theirs.language or mine.language == theirs.language:
                written = (_written(mine.name, having[one]), _written(theirs.name, full))
                yield one, other, Reason(FORM, written[0], (mine.language, theirs.language), full=written[1])


def _each(names: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each word of a name, with the others in order."""
    for place, word in enumerate(names):
        yield word, tuple(sorted(names[:place] + names[place + 1 :]))


def _written(name: str, folded: str) -> str:
    """A folded word as it is written in a name."""
    return next((word.strip(".,") for word in name.split() if words(word) == [folded]), folded)


def _across_scripts(people: Sequence[Person], by_id: Mapping[int, Person]) -> Iterator[_Found]:
    """Ελένη Παπαδοπούλου and Eleni Papadopoulou: where the script changes, the language may change too."""
    in_greek, in_latin = defaultdict[str, set[int]](set), defaultdict[str, set[int]](set)
    for person in people:
        whole = _whole(person)
        if not whole:
            continue
        if all(GREEK.search(word) for word in whole):
            for spelled in range(2):
                options = [latin_spellings(word) for word in whole]
                key = " ".join(sorted(_squash(option[min(spelled, len(option) - 1)]) for option in options))
                in_greek[key].add(person.id)
        else:
            in_latin[" ".join(sorted(map(_squash, whole)))].add(person.id)
    for key, theirs in in_greek.items():
        others = in_latin.get(key, set[int]())
        if others and len(theirs | others) <= _MANY:
            for one in theirs:
                for other in others:
                    yield one, other, Reason(NAME, by_id[one].name, (by_id[one].language, by_id[other].language))


@cache
def _squash(word: str) -> str:
    """A word in Latin letters, folded, as all ways to spell Greek in them have it: Heleni, Eleni and Elenē are one."""
    for letters, one in _SQUASHED:
        word = word.replace(letters, one)
    return _DOUBLED.sub(r"\1", word.removeprefix("h"))


def _whole(person: Person) -> tuple[str, ...]:
    """The folded words of a name that can be told from others'; () for a handle, an address, or a patronymic's bearer.

    A given name with a patronymic is many people's; with a second given name, or a family's, it is one's own.
    """
    if "@" in person.name:
        return ()
    said = tuple(words(person.name))
    own = [word for word in said if not is_patronymic(word, person.language)]
    return said if len(own) >= _WHOLE_NAME and all(len(word) > 1 for word in said) else ()


def is_patronymic(word: str, language: str) -> bool:
    """Whether a folded word is a father's or mother's name as Icelanders have it, and so says nothing of a family.

    In other languages the same endings make family names: Andersson, Pearson.
    """
    return language in ("is", "") and _PATRONYMIC.fullmatch(word) is not None


def name_words(person: Person) -> frozenset[str]:
    """The folded words of a member's name; of somebody known by an address, the words before its @."""
    name = person.name
    if "@" in name:
        name = " ".join(_PARTS.split(name.partition("@")[0]))
    return frozenset(word for word in words(name) if word not in GENERIC)


def is_alike(one: Person, other: Person) -> bool:
    """Whether two names may be one person's: one says no more than the other, and more than a patronymic."""
    mine, theirs = name_words(one), name_words(other)
    less, more = (mine, theirs) if len(mine) <= len(theirs) else (theirs, mine)
    speaker = one if less is mine else other
    own = any(not is_patronymic(word, speaker.language) for word in less)
    return own and _forms(less) <= _forms(more)


def _forms(said: Iterable[str]) -> frozenset[str]:
    """Words as they compare across scripts."""
    return frozenset(_squash((latin_spellings(word) or (word,))[-1]) for word in said)
