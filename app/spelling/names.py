"""Names that a spelling checker should know: of members, teammates, the brand and its products, and the person's words.

A name also counts in the forms that a language gives it: Guðrúnu, Katalinnak, Petře, Παπαδοπούλου.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from app.base.scripts import in_latin
from app.base.text import fold
from app.store.sqlite import Connection
from app.templates import known_names

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?…:\n\"“„«]\s?$")
_MIN_STEM, _MAX_CUT = 3, 2
_ENDINGS = {
    "en": "s",
    "is": "s ar ur u i a um ir na nni nnar nar ns in inn id una unni unnar num",
    "hu": "t at et ot nak nek val vel ra re rol ban ben bol hoz hez tol nal nel ba be ert ig on en ek ok ak k e ei"
    " i us ek ekt ekek eknel ekhez ektol eket jat jet janak jenek je ja m d nk tok tek ke",
    "cs": "a e i o u y em ou ovi ove um ach ich uv ova ovo ovy ovu ovou ovi ovych in ina ino iny inu inou im ami em"
    " ce ze se re ie",
    "el": "ς σ α ε η ο ι υ ου ον ας ης ες οι ων ους ος εις ια ιας ιοι",
}
_REPLACING = ("is", "cs", "el")
"""Languages whose endings take the place of a name's last letters; the others add theirs."""
_ASSIMILATED = re.compile(r"([^\Waeiou\d_])\1?[ae]l")  # Hungarian -val, -vel: Péterrel, Katalinnal
_POSSESSIVE = re.compile(r"'s?$")
_PEOPLE = "SELECT name FROM member UNION SELECT name FROM identity UNION SELECT handle FROM identity"
_HOUSE = (
    "SELECT name FROM teammate UNION SELECT name FROM account UNION SELECT speaks_as FROM account"
    " UNION SELECT value FROM setting WHERE key IN ('community', 'speaks_as')"
    " UNION SELECT name FROM gift_item"
)
_GUIDE = "SELECT who_we_are FROM voice_guide UNION SELECT do FROM voice_example"
_INSTEAD = "SELECT instead FROM voice_rule WHERE archived = 0"


class Names:
    """A set of names, asked by word and language."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        """`names` may have several words each; words of one letter are not kept."""
        composed = [unicodedata.normalize("NFC", name) for name in names]
        found = {word for name in composed for word in _WORD.findall(name) if len(word) > 1}
        self._written = found | set(composed)
        self._exact = {word.casefold() for word in self._written}
        self._whole = {fold(word) for word in found}
        self._stems = {stem for word in self._whole for stem in _stems(word)}

    def know(self, word: str, language: str) -> bool:
        """Whether it is one of the names, or, if capitalised, a form of one in this language."""
        if word in self._written:
            return True
        bare = _POSSESSIVE.sub("", word)
        return bare[:1].isupper() and (bare.casefold() in self._exact or self._is_form(fold(bare), language))

    def _is_form(self, folded: str, language: str) -> bool:
        endings = _ENDINGS_OF.get(language, frozenset())
        stems = self._stems if language in _REPLACING else self._whole
        for cut in range(_MIN_STEM, len(folded)):
            ending = folded[cut:]
            if folded[:cut] in stems and (ending in endings or (language == "hu" and _ASSIMILATED.fullmatch(ending))):
                return True
        return False


_ENDINGS_OF = {language: frozenset(fold(endings).split()) for language, endings in _ENDINGS.items()}


def _stems(folded: str) -> Iterable[str]:
    """What may stand before an ending: the name, and the name without its last letters if these are an ending."""
    for cut in range(_MAX_CUT + 1):
        stem = folded[: len(folded) - cut]
        if len(stem) >= _MIN_STEM:
            yield stem


def read(conn: Connection) -> Names:
    """The names of this community: people's, the house's own, and what the voice guide writes with a capital."""
    names = [str(row[0] or "") for query in (_PEOPLE, _HOUSE, _INSTEAD) for row in conn.execute(query)]
    names += [latin for name in names if (latin := in_latin(name)) != name]
    return Names([*names, *(word for row in conn.execute(_GUIDE) for word in products(str(row[0] or "")))])


@lru_cache(maxsize=1)
def given() -> frozenset[str]:
    """The frequent given names of the five languages and their neighbours."""
    return frozenset(known_names.GIVEN_NAMES.split())


def products(text: str) -> list[str]:
    """The words of the guide that begin with a capital in the midst of a sentence: names of products and places."""
    return [
        hit.group()
        for hit in _WORD.finditer(text)
        if hit.group()[0].isupper()
        and hit.start()
        and not _SENTENCE_END.search(text[max(0, hit.start() - 4) : hit.start()])
    ]
