"""Whether what somebody wrote asks for anything. Pure functions on texts in five languages.

It decides whether a conversation may be closed by less than a reply, so in doubt something asks: what stays open
without need is noticed, what is closed wrongly is not. Thanks that tell of something broken ask as well.
"""

from __future__ import annotations

import re
from functools import cache

from app.base.text import fold, folded_words

_LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
_MARK = re.compile(r"[?\uff1f\u061f\u037e\u00bf\u2047-\u2049\u2753\u2754]")
_GREEK_MARK = re.compile(r"(?<=[\w)»”\"])\s?;(?![-']?[)(DPp])")  # typed as a semicolon; a winking face is none
_GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")
_LETTER = re.compile(r"[^\W\d_]")
_SENTENCE = re.compile(r"[^.!\n…]+[.!…]*")
_BEFORE = re.compile(r"[.!\n…?;\u037e]")

# Words that a question begins with, where it has no mark of one.
_OPENERS = {
    "en": (
        "who whom whose what when where why which how; can you; can i; could you; could i; would you; will you; do you;"
        " does it; did you; are you; are there; is there; is it; may i; should i; any chance"
    ),
    "el": "ποιος ποια ποιο ποιοι ποιες πότε πού πώς γιατί τι πόσο πόσα πόση πόσες πόσοι μήπως υπάρχει μπορώ μπορούμε",
    "hu": (
        "ki kik kinek mi mit miért mikor meddig hol hova hová honnan hogyan mennyi mennyibe mennyiért melyik melyikből"
        " milyen hány lehet kaphatok kaphatnék"
    ),
    "cs": (
        "kdo koho komu co čeho kdy kde kam odkud proč jak kolik který která které jaký jaká jaké čí máte mohu můžu"
        " můžeme dá lze"
    ),
    "is": (
        "hver hverjir hvers hverju hvað hvenær hvar hvert hvaðan hvernig hví hvaða hvor hversu hve má eigið eruð"
        " geturðu getið"
    ),
}
# Words and phrases with which somebody asks for something, or says that something is wrong; * is any ending.
_REQUESTS = {
    "en": (
        "please; let me know; can you; could you; would you; i need; i still need; help me; need help; tell me;"
        " send me; i would like to know; wondering; i want; still waiting; waiting for; still no; no answer; no reply;"
        " refund*; broke; broken; missing; wrong; damaged; complain*; disappoint*; never arrived; not arrived;"
        " hasn t arrived; hasn t come; didn t arrive; didn t come; doesn t work; not working; leak*; sick; allerg*"
    ),
    "el": (
        "παρακαλώ; σας παρακαλώ; πείτε μου; πες μου; θα ήθελα; χρειάζομαι; μπορείτε; μπορείς; στείλτε; στείλε;"
        " απαντήστε; βοήθεια; βοηθήστε; περιμένω; επιστροφ*; αποζημίωσ*; σπασμέν*; έσπασ*; χαλασμέν*; λείπει; λείπουν;"
        " λάθος; δεν ήρθε; δεν έφτασε; δεν ήρθαν; δεν λειτουργεί; παράπον*; απογοητ*; αλλεργ*"
    ),
    "hu": (
        "kérem; kérlek; kérnék; kérném; szeretném megtudni; szeretném tudni; szeretnék kérdezni; érdekelne;"
        " tudnátok; tudnál; tudtok; tudnának; segít*; írjátok meg; írd meg; küldjét*; küldd; várom; várok;"
        " nem érkezett; nem jött; nincs meg; törött*; eltör*; hiány*; hibás*; rossz*; reklam*; panasz*; csalód*;"
        " visszatér*; nem működik; allergi*"
    ),
    "cs": (
        "prosím; prosil*; potřebuj*; chtěl bych; chtěla bych; dejte vědět; dej vědět; napište; napiš; pošlete; pošli;"
        " můžete; můžeš; mohli byste; mohl byste; mohla byste; pomoc; pomozte; čekám; nepřišl*; nedoraz*; rozbit*;"
        " rozbil*; chybí; chyběl*; špatn*; vadn*; reklam*; vrátit; vrácení; stížnost*; zklam*; nefunguj*; alergi*"
    ),
    "is": (
        "vinsamlega*; látið mig vita; láttu mig vita; mig vantar; vantar; þarf; gætuð; gætir; getið þið; hjálp*;"
        " sendið; svarið; bíð; beið; brotin*; brotn*; skemmd*; gölluð; gallað*; rangt; röng; kom ekki; barst ekki;"
        " ekki komin; ekki kominn; ekki komið; endurgreið*; kvört*; vonsvik*; virkar ekki; ofnæmi*"
    ),
}


# Questions that expect no answer, wherever they stand.
_POLITE = (
    "anything else; how are you; how are things; how s it going; guess what; who knows; isn t it;"
    " τι κάνετε; τι κάνεις; κάτι άλλο; hogy vagy; hogy vagytok; segíthetek még; jak se máte; jak se máš; něco dalšího;"
    " hvað segirðu; hvað segið þið; eitthvað fleira"
)


def asks(text: str, language: str = "") -> bool:
    """Whether the text asks for something: a question, a request, or word of something wrong.

    `language` is its code, "" if unknown: then the words of all five are looked for. Quoted lines and links do not
    count.
    """
    own = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith((">", "|")))
    bare = _LINK.sub(" ", own)
    if _MARK.search(bare) or (_is_greek(bare) and _GREEK_MARK.search(bare)):
        return True
    words = f" {folded_words(bare)} "
    openers, requests = _tables(language if language in _REQUESTS else "")
    if any(phrase in words for phrase in requests):
        return True
    sentences = (one.group().strip() for one in _SENTENCE.finditer(bare))
    return any(
        f" {folded_words(sentence)} ".startswith(openers) for sentence in sentences if not sentence.endswith("!")
    )


def is_question(text: str) -> bool:
    """Whether a text of ours asks something: by its mark of a question, in Greek a semicolon, outside of links.

    What is quoted does not count, nor does a question that is only polite ("Anything else?").
    """
    own = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith((">", "|")))
    bare = _LINK.sub(" ", own)
    ends = [hit.end() for hit in _MARK.finditer(bare)]
    if _is_greek(bare):
        ends = sorted([*ends, *(hit.end() for hit in _GREEK_MARK.finditer(bare))])
    return any(not _is_polite(_BEFORE.split(bare[:end].rstrip("?;\u037e\uff1f "))[-1]) for end in ends)


def _is_polite(question: str) -> bool:
    words = f" {folded_words(question)} "
    return any(phrase in words for phrase in _polite())


@cache
def _polite() -> tuple[str, ...]:
    return tuple(f" {folded_words(phrase)} " for phrase in _POLITE.split(";"))


def _is_greek(text: str) -> bool:
    """Whether most of its letters are Greek."""
    return 2 * len(_GREEK.findall(text)) > len(_LETTER.findall(text))


@cache
def _tables(language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a question begins with, and what stands anywhere in a request, as they stand between blanks when folded."""
    codes = (language,) if language else tuple(_REQUESTS)
    openers: list[str] = []
    requests: list[str] = []
    for code in codes:
        single, *phrases = _OPENERS[code].split(";")
        openers += [*single.split(), *phrases]
        requests += _REQUESTS[code].split(";")
    return tuple(map(_between_blanks, openers)), tuple(map(_between_blanks, requests))


def _between_blanks(phrase: str) -> str:
    stem = phrase.strip().removesuffix("*")
    return f" {' '.join(fold(stem).split())}" if phrase.endswith("*") else f" {folded_words(stem)} "
