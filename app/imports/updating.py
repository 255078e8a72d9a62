"""What a row changes in a member who is known already: old and new by field, and which spelling is the better. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from app.base import phones
from app.base.addresses import address_key
from app.base.text import fold
from app.imports.rows import Person

_SCHEMES = ("https://", "http://")


def changed(ours: Mapping[str, str], person: Person) -> dict[str, str]:
    """The columns that a row changes, with their new values; `ours` are the member's columns and the note.

    A blank changes nothing, nor does a value that says the same in a worse spelling. A note is added to ours.
    """
    wanted = dict(person.columns)
    if wanted["name"] in person.addresses or _says_less(ours["name"], wanted["name"]):
        del wanted["name"]  # keep our name rather than an address, or a part of it
    if address_key(ours.get("email", "")) in map(address_key, person.addresses):
        wanted.pop("email", None)  # the same, or another one of theirs
    new = {column: value for column, value in wanted.items() if value and _is_better(column, ours[column], value)}
    if person.note and person.note not in ours["note"]:
        new["note"] = f"{ours['note']}\n{person.note}".strip()
    return new


def _is_better(column: str, ours: str, theirs: str) -> bool:
    """Whether a value is another one than ours, or the same in a better spelling."""
    if column == "phone":
        return not phones.is_same(ours, theirs)
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
    """Whether a name has no word that ours does not have: the same in another order, or a part of it."""
    old, new = fold(ours).split(), fold(theirs).split()
    return old != new and set(new) <= set(old)


def _bare(page: str) -> str:
    text = page.strip().casefold().rstrip("/")
    for scheme in _SCHEMES:
        text = text.removeprefix(scheme)
    return text.removeprefix("www.")
