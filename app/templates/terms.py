"""On which terms a text is with its reader: familiar (te, ty, εσύ) or formal (Ön, vy, εσείς). Pure.

Told by words that only one of them has; what a plural or another word may have as well does not count. Icelandic and
English have one form for everybody.
"""

from __future__ import annotations

import re
from typing import NamedTuple

FAMILIAR, FORMAL, MIXED = "familiar", "formal", "mixed"
LANGUAGES = ("hu", "cs", "el")
"""Those in which somebody is on familiar or on formal terms with whoever is written to."""
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_QUOTED = re.compile(r"„[^“”\n]{0,300}[“”]|«[^»\n]{0,300}»|“[^”\n]{0,300}”|^>.*$", re.MULTILINE)
"""What is quoted is somebody else's way of speaking."""

_HU_FAMILIAR = """
te téged neked veled tőled rólad hozzád nálad benned érted miattad tied tiéd szia szió szevasz heló helló kérlek
köszi írj írjál küldj küldd szólj nézd nézz gyere mondd mondj hívj hívd légy próbáld tedd vedd hidd leszel
tudsz tudod szeretnéd kérdezted írtál írtad küldtél küldted kaptál voltál láttál láttad mondtad mondtál kértél kérted
vettél vetted hoztál jöttél rendeltél megírtad megkaptad szeretsz akarsz kapsz kérsz várlak hívlak
"""
_HU_FORMAL = """
ön önt önnek önnel öntől önről önhöz önnél öné önért önre tisztelt kérem szíveskedjen szíveskedjék
írjon küldjön küldje szóljon nézze nézzen jöjjön mondja mondjon hívjon tegye tegyen vegye uram asszonyom
"""
_CS_FAMILIAR = """
tě tebe tobě tebou tvůj tvoje tvá tvé tvého tvému tvém tvým tvou tvých tvými tvoji ahoj čau jsi máš můžeš budeš chceš
víš napiš pošli dej řekni zavolej zkus podívej mrkni přijď vezmi počkej koukni měj dostaneš najdeš
uvidíš potřebuješ myslíš
"""
_CS_FORMAL = """
vám vás vámi váš vaše vaši vašeho vašemu vašem vaší vašich vašim vašimi vážený vážená máte můžete budete chcete víte
napište pošlete dejte řekněte zavolejte zkuste podívejte mrkněte přijďte vezměte počkejte jste dostanete najdete uvidíte
potřebujete myslíte pane paní
"""
_EL_FAMILIAR = """
σου εσύ εσένα στείλε γράψε πες δες έλα πάρε δοκίμασε ρίξε κοίτα κράτα είσαι έχεις μπορείς θέλεις θες ξέρεις έγραψες
έστειλες ρώτησες είπες πήρες βρεις δεις χρειάζεσαι κάνεις
"""
_EL_FORMAL = """
σας εσάς εσείς στείλτε στείλετε γράψτε γράψετε πείτε δείτε ελάτε πάρτε δοκιμάστε ρίξτε κοιτάξτε κρατήστε είστε έχετε
μπορείτε θέλετε ξέρετε γράψατε στείλατε ρωτήσατε είπατε πήρατε βρείτε χρειάζεστε κάνετε κύριε κυρία
"""


class Sign(NamedTuple):
    """A word that tells the terms: its place in the text, and which they are."""

    start: int
    end: int
    form: str


def _words(table: str) -> frozenset[str]:
    return frozenset(word.lower() for word in table.split())


_SIGNS = {
    "hu": (_words(_HU_FAMILIAR), _words(_HU_FORMAL)),
    "cs": (_words(_CS_FAMILIAR), _words(_CS_FORMAL)),
    "el": (_words(_EL_FAMILIAR), _words(_EL_FORMAL)),
}


def signs(text: str, language: str) -> list[Sign]:
    """The words of a text that tell its terms, in order; none in a language without such forms."""
    if language not in _SIGNS:
        return []
    familiar, formal = _SIGNS[language]
    plain = _QUOTED.sub(lambda hit: " " * len(hit[0]), text)
    found = []
    for hit in _WORD.finditer(plain):
        word = hit[0].lower()
        if word in familiar or word in formal:
            found.append(Sign(*hit.span(), FAMILIAR if word in familiar else FORMAL))
    return found


def form_of(text: str, language: str) -> str:
    """The terms of a text: FAMILIAR, FORMAL, MIXED, or "" where no word tells them."""
    forms = {sign.form for sign in signs(text, language)}
    return MIXED if len(forms) > 1 else next(iter(forms), "")


def strays(text: str, language: str, form: str = "") -> list[Sign]:
    """The words that are not on the terms `form`, or where that is "", not on those of most of the text's words."""
    told = signs(text, language)
    familiar = sum(sign.form == FAMILIAR for sign in told)
    kept = form or (FAMILIAR if 2 * familiar > len(told) else FORMAL)
    if not form and familiar in (0, len(told)):
        return []
    return [sign for sign in told if sign.form != kept]
