"""What a row changes in a member who is known already: old and new by field, and which spelling is the better. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from app.base import phones
from app.base.addresses import address_key
from app.base.text import fold, words
from app.base.words import tr
from app.contacts.person import STREET, Person
from app.members.uniting import with_lines

_SCHEMES = ("https://", "http://")
_LISTED = ("languages",)
"""Columns with several values between commas: what is new is added."""


class Changed(NamedTuple):
    """The columns that a row changes, with their new values, and those that were written by hand, which it may not."""

    new: dict[str, str]
    kept: dict[str, str]


def changed(ours: Mapping[str, str], person: Person, by_hand: Collection[str] = (), home: str = "") -> dict[str, str]:
    """The columns that a row changes, with their new values; `ours` are the member's columns and the note.

    A blank changes nothing, nor does a value that says the same in a worse spelling, nor any where `by_hand` has the
    column. Lines of a note that ours lacks are added to it, and the name that another one takes the place of. `home` as
    in `app.base.phones.normalized`.
    """
    return compared(ours, person, by_hand, home).new


def compared(ours: Mapping[str, str], person: Person, by_hand: Collection[str] = (), home: str = "") -> Changed:
    """What changes, and what would if it were not written by hand. A postal address changes whole or not at all."""
    wanted = dict(person.columns)
    name = wanted["name"]
    if name in person.addresses or _says_less(ours["name"], name) or _is_noted(ours, name):
        del wanted["name"]  # keep our name rather than an address, a part of it, or another that is known
    if address_key(ours.get("email", "")) in map(address_key, person.addresses):
        wanted.pop("email", None)  # the same, or another one of theirs
    if any(phones.is_same(ours.get("phone", ""), number, home) for number in person.phones):
        wanted.pop("phone", None)
    wanted |= {column: _together(ours[column], wanted[column]) for column in _LISTED if column in wanted}
    if wanted.get("languages"):
        wanted["languages"] = _without(wanted["languages"], wanted.get("language") or ours.get("language", ""))
    if ours.get("do_not_why"):
        wanted.pop("do_not_why", None)
    new = {column: value for column, value in wanted.items() if value and _is_better(column, ours[column], value, home)}
    theirs = set(by_hand) | (set(STREET) if set(by_hand) & set(STREET) else set())
    kept = {column: value for column, value in new.items() if column in theirs}
    new = {column: value for column, value in new.items() if column not in theirs}
    also = [_also(ours["name"])] if "name" in new and is_another(ours["name"], new["name"]) else []
    note = with_lines(ours["note"], person.note, *also)
    if note != ours["note"]:
        new["note"] = note
    return Changed(new, kept)


def _together(ours: str, theirs: str) -> str:
    return ",".join(dict.fromkeys(filter(None, (*ours.split(","), *theirs.split(",")))))


def _without(listed: str, one: str) -> str:
    return ",".join(code for code in listed.split(",") if code != one)


def _is_better(column: str, ours: str, theirs: str, home: str) -> bool:
    """Whether a value is another one than ours, or the same in a better spelling."""
    if ours == theirs:
        return False
    if column == "phone":
        return not phones.is_same(ours, theirs, home)
    if column == "website":
        return _bare(ours) != _bare(theirs)
    old, new = " ".join(ours.split()), " ".join(theirs.split())
    if fold(old) != fold(new):
        return True
    return _quality(new) > _quality(old)


def _quality(text: str) -> tuple[int, bool]:
    """How well a text is spelt: by the letters that an old program loses, then by whether it has both cases."""
    marked = sum(letter.isalpha() and not letter.isascii() for letter in text)
    return marked, not (text.isupper() or text.islower())


def _says_less(ours: str, theirs: str) -> bool:
    """Whether a name has no word that ours does not have: the same in another order, a part of it, or initials."""
    old, new = fold(ours).split(), fold(theirs).split()
    return old != new and all(word in old or _is_initial(word, old) for word in new)


def _is_initial(word: str, names: list[str]) -> bool:
    letter = word.rstrip(".")
    return len(letter) == 1 and any(name.startswith(letter) for name in names)


def is_another(ours: str, theirs: str) -> bool:
    """Whether two names are no two forms of one: neither has all the words of the other. An address is no name."""
    old, new = set(fold(ours).split()), set(fold(theirs).split())
    return "@" not in ours + theirs and not (old <= new or new <= old)


def _is_noted(ours: Mapping[str, str], name: str) -> bool:
    """Whether our note says that they go by this name as well."""
    said = sorted(words(_also(name)))
    return any(sorted(words(line)) == said for line in ours["note"].split("\n"))


def _also(name: str) -> str:
    return tr("Also known as {name}").format(name=name)


def _bare(page: str) -> str:
    text = page.strip().casefold().rstrip("/")
    for scheme in _SCHEMES:
        text = text.removeprefix(scheme)
    return text.removeprefix("www.")
