"""Whom a row of a table or a card is about, and what it changes in a member: what readers give to `People`. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from app.base import language_names
from app.base.text import fold

ON = "on:"
"""Before a kind of channel: the field that holds a member's handle there."""
NAME_MOST = 300
"""Letters of a name; what is longer is a text that slipped into its column, not what somebody is called."""
_WHY_MOST = 500
STREET = ("address_1", "address_2", "postal_code", "city", "country")
"""A postal address: it is taken whole or not at all."""
MARKED = ("do_not_contact", "do_not_gift", "minor")
"""Columns that hold us back: YES is taken, and no file lifts one."""
WISHES = (*MARKED, "do_not_why", "consent")
"""What `wishes_of` reads."""
YES = "1"
_YES = frozenset(map(fold, ("yes", "y", "true", "1", "x", "on", "já", "igen", "ano", "ναι", "ja", "oui", "sí")))
_NO = frozenset(
    map(fold, ("", "no", "n", "false", "0", "-", "off", "nei", "nem", "ne", "όχι", "nein", "falsch", "non"))
)
_LANGUAGES = {
    "icelandic": "is", "islenska": "is", "hungarian": "hu", "magyar": "hu", "czech": "cs", "cestina": "cs",
    "cesky": "cs", "greek": "el", "ελληνικα": "el", "english": "en", "german": "de", "deutsch": "de", "slovak": "sk",
    "slovencina": "sk",
}  # fmt: skip
_LANGUAGE_CODE = re.compile(r"([a-z]{2})(?:[-_].*)?")


@dataclass(frozen=True, slots=True)
class Person:
    """A member from a row or a card: the non-blank columns of `member`, the note, and handles by kind of channel.

    `addresses` are all their e-mail addresses as written; the first is in the columns as well. So it is with `phones`.
    `number` is the id of the member that the row says it is about (a file that Rapport wrote), else None. `labels` are
    names of labels.
    """

    columns: dict[str, str]
    addresses: tuple[str, ...] = ()
    note: str = ""
    handles: dict[str, str] = field(default_factory=dict)
    number: int | None = None
    phones: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What an import changes in a field of a member who is known already.

    `kept`: it changes nothing, as the person wrote what is there by hand; `key` is then what chooses it all the same
    ("P-7:phone").
    """

    member: str
    field: str
    before: str
    after: str
    kept: bool = False
    key: str = ""


def is_yes(written: str) -> bool | None:
    """Whether a cell says yes, in several languages; False for no and for a blank, None for what is neither."""
    word = fold(written).strip()
    return True if word in _YES else False if word in _NO else None


def wishes_of(said: Mapping[str, str]) -> dict[str, str]:
    """What somebody refused, and that they are under age: columns of `member`, without those of which nothing is said.

    `said` has what a row or a card says, by column of WISHES; a word of a mark that is neither yes nor no holds us back
    as well. A reason stands with a refusal alone. Of consent only a no is taken: a yes is written by hand.
    """
    found = {mark: YES for mark in MARKED if is_yes(said.get(mark, "")) is not False}
    why = " ".join(said.get("do_not_why", "").split())[:_WHY_MOST]
    if why and {"do_not_contact", "do_not_gift"} & found.keys():
        found["do_not_why"] = why
    if fold(said.get("consent", "")).strip() == "no":
        found["consent"] = "no"
    return found


def language_of(written: str) -> str:
    """The language's code of two letters, from a code or a name; "" for none that is known."""
    bare = fold(written)
    code = _LANGUAGE_CODE.fullmatch(bare)
    return _LANGUAGES.get(bare, code[1] if code else "")


def languages_of(written: Sequence[str]) -> list[str]:
    """The codes of several languages, each by its code or name, each once, in their order; what is none is left out."""
    found = (_code(one.strip()) for one in written if one)
    return list(dict.fromkeys(filter(None, found)))


@lru_cache(maxsize=512)
def _code(written: str) -> str:
    return language_of(written) or language_names.known(written)
