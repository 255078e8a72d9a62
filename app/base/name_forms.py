"""Names in the forms that five languages give them: whom "Petře", "Jóni", "Katalinnak" or "Γιώργου" may mean. Pure.

Czech, Icelandic and Greek endings take the place of a name's own (vocative, genitive, dative, accusative,
instrumental); Hungarian ones are added. A form may be that of several names: "Petra" is Petra, and Petr's. Sources:
Česká mluvnice (vzory pán, muž, předseda, žena), Íslensk málfræði (beyging mannanafna), A magyar helyesírás szabályai,
Νεοελληνική γραμματική (κλίση των κυρίων ονομάτων).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.base.text import fold

_LEAST_STEM, _LEAST_NAME = 2, 3
_FORMS = tuple(
    (tuple(fold(endings).split()), tuple(fold(names).split()))
    for endings, names in (
        ("a e i o u y em ou ovi ove", "- a"),  # Czech: Petra, Petře, Honzo, Honzovi, Janou
        ("i s ar nar u a um", "- i a ur r"),  # Icelandic: Jóni, Jóns, Guðrúnar, Guðrúnu, Bjarna, Sigurði
        ("t at et ot nak nek ert hoz hez ra re rol tol nal nel ban ben ba be ek eket", "-"),  # Hungarian
        ("ου ο ε", "ος"),  # Greek: Γιώργου, Πέτρε
        ("ης", "η"),
        ("ας", "α"),
        ("ως", "ω"),
        ("η", "ης"),
        ("α", "ας"),
    )
)
_ADDED_WITH_ITS_LETTER = re.compile(r"(.{2,}?([^aeiou\W\d_]))\2[ae]l")  # Hungarian -val, -vel: Péterrel, Katalinnal
_FLEETING = re.compile(r"(.*[^aeiouy\W\d_])([^aeiouy\W\d_])")  # Czech Pavl-a, Mark-u: Pavel, Marek
_SOFTENED = {"c": "k", "z": "g"}  # Czech Radc-e, Olz-e: Radka, Olga
_DOUBLED = "nl"  # Icelandic Svein-i, Pál-i: Sveinn, Páll
_UMLAUT = re.compile(r"o(?=[^aeiouy\W\d_]+$)")  # Icelandic Önn-u: Anna


def names_of(folded: str) -> tuple[str, ...]:
    """The names, folded, that a folded word may be a form of, without itself; each is a whole name, no beginning."""
    found = dict.fromkeys(_every(folded))
    return tuple(name for name in found if len(name) >= _LEAST_NAME and name != folded)


def _every(folded: str) -> Iterator[str]:
    added = _ADDED_WITH_ITS_LETTER.fullmatch(folded)
    if added is not None:
        yield added[1]
    for endings, names in _FORMS:
        for ending in endings:
            stem = folded.removesuffix(ending)
            if stem != folded and len(stem) >= _LEAST_STEM:
                for name in names:
                    yield from _from_stem(stem, name.strip("-"))


def _from_stem(stem: str, ending: str) -> Iterator[str]:
    """The name of a stem, and of what the stem was before the ending changed it."""
    yield stem + ending
    if not ending:
        fleeting = _FLEETING.fullmatch(stem)
        if fleeting is not None:
            yield f"{fleeting[1]}e{fleeting[2]}"
        if stem[-1] in _DOUBLED:
            yield stem + stem[-1]
    elif ending == "a":
        yield _UMLAUT.sub("a", stem) + ending
        if stem[-1] in _SOFTENED:
            yield f"{stem[:-1]}{_SOFTENED[stem[-1]]}{ending}"
