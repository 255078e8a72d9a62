"""Greek names in sentences: the article before a name, and the vocative by which somebody is called. Pure."""

from __future__ import annotations

from app.base.scripts import GREEK, without_accents

_BOTH_ARTICLES = "ο/η"
_ARTICLES = ("ο", "η", _BOTH_ARTICLES)
_FEMININE_ENDINGS = ("α", "η", "ω")


def with_article(name: str) -> str:
    """Return the name with its nominative article, by its ending: η Κατερίνα, ο Νίκος; ο/η if that is ambiguous.

    Ambiguous are names in -ις (ο Πάρις, η Άρτεμις), and names in other scripts.
    """
    end = without_accents(name)
    if not GREEK.search(name) or end.endswith("ις"):
        return f"{_BOTH_ARTICLES} {name}"
    if end.endswith("ς"):
        return f"ο {name}"
    return f"η {name}" if end.endswith(_FEMININE_ENDINGS) else f"{_BOTH_ARTICLES} {name}"


def begun(words: str) -> str:
    """Return words as they begin a sentence: their article, if they have one, is a capital (Ο Νίκος, Ο/Η Jón)."""
    article, space, name = words.partition(" ")
    return f"{article.upper()}{space}{name}" if article in _ARTICLES else words


_IN_O = frozenset(("στελιοσ", "μενιοσ"))
"""Names in -ιος that are called by -ιο, though their accent stands three vowels before the end."""
_IN_E = frozenset(("λυκουργοσ", "αυγουστοσ"))
"""Names with the accent near the end that are called by -ε all the same."""
_BY_O, _BY_E = ("ακοσ", "εκοσ", "ικοσ", "ουλοσ", "ιτσοσ"), ("ινοσ", "ισκοσ", "ανοσ", "φοροσ")
_UNCHANGED = (*"ηαωμβδκλφθιυ", "ετ")
_MALE_CONSONANTS = ("ηλ", "ωφ", "ακ", "αμ", "ιδ", "ων", "ωβ", "ειμ")
_VOWELS = frozenset("αεηιουω")
_ACCENTED = frozenset("άέήίόύώΐΰ")
_ONE_SOUND = ("ου", "αι", "ει", "οι", "υι", "αυ", "ευ")
_SECOND, _THIRD = 2, 3  # syllables from the end


def vocative(name: str) -> str:
    """A first name as its bearer is called (Νίκος: Νίκο, Αλέξανδρος: Αλέξανδρε); "" where the form is not sure.

    Names in another script are not declined in Greek, but a Greek one in Latin letters (Nikos) would have to be.
    """
    if not GREEK.search(name):
        return "" if name[-1:].lower() == "s" else name
    end = _bare(name)
    if end.endswith("οσ"):
        return _of_os(name, end)
    if end.endswith(("ισ", "ευσ", "ων", "ωρ")):
        return ""
    if end.endswith("σ"):
        return name[:-1]
    return name if end.endswith(_UNCHANGED) else ""


def family_vocative(family: str, of: str) -> str:
    """A family name after κύριε ("m") or κυρία ("f"): Μαυρίδης: Μαυρίδη, Βλάχος: Βλάχο; "" where it is not sure."""
    if not GREEK.search(family):
        return ""
    end = _bare(family)
    if of == "f":
        return "" if end.endswith("σ") else family
    if end.endswith("οσ"):
        stress = _stress(family)
        return f"{family[:-2]}{'ε' if stress >= _THIRD else 'ο'}" if stress > 1 else ""
    return family[:-1] if end.endswith("σ") else family


def gender(first: str) -> str:
    """Whether a Greek first name is a man's ("m") or a woman's ("f"), by its ending; "" where that does not tell."""
    end = _bare(first)
    if not GREEK.search(first) or end.endswith(("ισ", "ετ")):
        return ""
    if end.endswith(("σ", *_MALE_CONSONANTS)):
        return "m"
    return "f" if end.endswith(_FEMININE_ENDINGS) else ""


def _bare(name: str) -> str:
    return without_accents(name).replace("ς", "σ")


def _of_os(name: str, end: str) -> str:
    """The vocative of a name in -ος, by where its accent stands."""
    stem, stress = name[:-2], _stress(name)
    if end in _IN_O:
        return f"{stem}ο"
    if end in _IN_E or stress >= _THIRD:
        return f"{stem}ε"
    if stress == 1 and end.endswith("ανοσ"):
        return f"{stem}έ"
    if stress == _SECOND and (len(_sounds(name)) == _SECOND or end.endswith(_BY_O)):
        return f"{stem}ο"
    return f"{stem}ε" if stress == _SECOND and end.endswith(_BY_E) else ""


def _sounds(word: str) -> list[str]:
    """The vowels of its syllables; two that are one sound (ου, αι, ει) are one."""
    found: list[str] = []
    low, bare = word.lower(), _bare(word)
    for at, letter in enumerate(low):
        if bare[at] not in _VOWELS:
            continue
        before = low[at - 1] if at else ""
        glide = before == "ι" and letter in _ACCENTED  # Γιώργος is of two syllables
        pair = bare[at - 1 : at + 1] in _ONE_SOUND and before not in _ACCENTED and letter not in "ϊϋΐΰ"
        if found and (glide or pair):
            found[-1] += letter
        else:
            found.append(letter)
    return found


def _stress(word: str) -> int:
    """Which syllable from the end has the accent, 1 for the last; 0 where none is written."""
    sounds = _sounds(word)
    return next((len(sounds) - at for at, sound in enumerate(sounds) if set(sound) & _ACCENTED), 0)
