"""Forms of Icelandic words: from the Database of Icelandic Morphology where its package is installed, else by the end.

The package maps its data (55 MB) into memory and touches only the pages that are asked for: 12 MB after ten words.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from app.wordforms.shapes import Shape, as_they_stand, endings

UNCHANGED = endings(
    "á að af allt alls án aðeins bara beint bæði ef eftir eða eða eiga eins einn einu ekki ekkert ekki en enn er "
    "eru ert ég fram frá fyrir gegn hafa hann hana hans hef hefur hér hjá hún hvað hvar hver hvers hvernig hvort "
    "hvorki í inn já jú kom komið með mér mig mín minn mitt mun nei niður nú né og okkar okkur ofan okkar sem sér "
    "sig sín sinn sitt smá svo til um undan undir upp úr út var varst verða verður verið vel vera við ykkar ykkur "
    "yfir það þá þar þau þegar þeim þeir þeirra þennan þér þess þessi þetta þig þín þinn þinni þinnar þinnar "
    "þínum þíns þitt þótt þú því þær áður átt hefðir átti öll líka síðan strax seinna næst árið ár daginn góðir "
    "missa vertu þessu þessum sínum sínu mínum mínu"
)
_MOST_IDS = 6
_FALLBACK = {
    "i": endings("i a inn ann anum ans ar um ana unum anna arnir"),
    "a": endings("a u an una unni unnar ur um na urnar unum nanna"),
    "ur": endings("ur - i s urinn inn inum sins ar a um arnir ana unum anna ir irnar ri rar ra ri an u ri t"),
    "": endings("- i s ar a um ir in ina inni innar irnar unum anna ið inu sins u"),
}


@lru_cache(maxsize=4096)
def shapes(word: str) -> list[Shape]:
    """The forms of a word, in lower case."""
    if word in UNCHANGED or len(word) < 3 or not word.isalpha():  # noqa: PLR2004  two letters are no term
        return as_they_stand(word)
    dictionary = _dictionary()
    found = _listed(dictionary, word) if dictionary is not None else {}
    return as_they_stand(word, *found) if found else [*as_they_stand(word), *_guessed(word)]


def lemmas(word: str) -> frozenset[str]:
    """What a word may be a form of; itself alone where no dictionary knows it."""
    dictionary = _dictionary()
    if dictionary is None:
        return frozenset({word})
    _, entries = dictionary.lookup(word)
    return frozenset(entry.ord.replace("-", "") for entry in entries) | {word}


def alike(form: str, word: str, better: str) -> str | None:
    """`better` in the form that `form` is of `word`; None where no dictionary knows it, or they could be several."""
    dictionary = _dictionary()
    if dictionary is None:
        return None
    marks = {
        (_kind(one.ofl), one.mark) for one in dictionary.lookup(form)[1] if one.ord.replace("-", "").lower() == word
    }
    numbers = {
        one.bin_id
        for one in dictionary.lookup(better)[1]
        if one.bin_id and one.ord.lower() == better and any(kind == _kind(one.ofl) for kind, _ in marks)
    }
    found = {
        one.bmynd for number in numbers for one in dictionary.lookup_id(number) if (_kind(one.ofl), one.mark) in marks
    }
    return found.pop() if len(found) == 1 else None


def _kind(word_class: str) -> str:
    """The class of a word; nouns are one, whatever their gender, as they have the same cases."""
    return "noun" if word_class in ("kk", "kvk", "hk") else str(word_class)


@cache
def _dictionary() -> Any:  # noqa: ANN401  the package is looked for at the first word
    try:
        from islenska import Bin  # noqa: PLC0415  60 ms, and only where Icelandic is spoken
    except ImportError:  # no wheel for this platform
        return None
    return Bin()


def is_open() -> bool:
    """Whether the dictionary has been looked for."""
    return _dictionary.cache_info().currsize > 0


def _listed(dictionary: Any, word: str) -> dict[str, None]:  # noqa: ANN401  as above
    found: dict[str, None] = {}
    known = list(dictionary.lookup(word)[1]) or list(dictionary.lookup(word.capitalize())[1])
    meant = [entry for entry in known if entry.ord.replace("-", "").lower() == word] or known
    seen: set[tuple[str, str]] = set()
    for entry in meant:
        if (entry.ord, entry.ofl) in seen or len(seen) >= _MOST_IDS:
            continue
        seen.add((entry.ord, entry.ofl))
        before, _, last = entry.ord.rpartition("-") if not entry.bin_id else ("", "", entry.ord)
        entries = dictionary.lookup_id(entry.bin_id) if entry.bin_id else _of_last(dictionary, last, entry.ofl)
        found.update(dict.fromkeys((before.replace("-", "") + one.bmynd.replace("-", "")).lower() for one in entries))
    return found


def _of_last(dictionary: Any, last: str, kind: str) -> list[Any]:  # noqa: ANN401  as above
    """The forms of the last part of a compound that is listed nowhere: pressunar-hitastig."""
    entries = dictionary.lookup(last)[1]
    ids = dict.fromkeys(entry.bin_id for entry in entries if entry.ofl == kind and entry.bin_id)
    return [form for number in list(ids)[:2] for form in dictionary.lookup_id(number)]


def _guessed(word: str) -> list[Shape]:
    for end in ("ur", "i", "a", ""):
        if word.endswith(end) and len(word) > len(end) + 2:
            stem = word[: len(word) - len(end)]
            shifted = _shifted(stem)
            kinds = [Shape(stem, _FALLBACK[end])]
            return [*kinds, Shape(shifted, frozenset(one for one in _FALLBACK[end] if one[:1] in ("u", "")))]
    return []


def _shifted(stem: str) -> str:
    """With the a of the last syllable as ö, as before -u: flask-, flösk-."""
    at = stem.rfind("a")
    return stem if at < 0 else f"{stem[:at]}ö{stem[at + 1 :]}"


def every_ending() -> frozenset[str]:
    """The endings by which words are guessed that no dictionary knows."""
    return frozenset().union(*_FALLBACK.values())
