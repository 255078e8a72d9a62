"""How letters begin and end in five languages: greetings and farewells as they are written. Data.

Which of them are for strangers and which for friends is common usage, by our own judgement; what is said to both has no
tone. A greeting whose form depends on who is greeted is marked, since no template can choose it.
"""

from __future__ import annotations

from typing import NamedTuple

from app.base.text import folded_words

FORMAL, FAMILIAR = "formal", "familiar"


class Greeting(NamedTuple):
    """A greeting's language; its `tone` is FORMAL, FAMILIAR or "". `by_person`: its form depends on who is greeted."""

    language: str
    tone: str = ""
    by_person: bool = False


_PLAIN = {
    "en": "Hi; Hello; Hey; Hi there; Hello there; Dear; Good morning; Good afternoon; Good evening",
    "is": "Hæ; Halló; Góðan dag; Góðan daginn; Gott kvöld; Heil og sæl; Komið þið sæl",
    "hu": "Kedves; Helló; Üdv; Jó reggelt; Jó estét; Szép napot",
    "cs": "Dobrý den; Dobré ráno; Dobré dopoledne; Dobré odpoledne; Dobrý večer; Zdravím; Zdravíme",
    "el": "Γεια; Καλημέρα; Καλησπέρα",
}
_FAMILIAR = {
    "is": "Elsku",
    "hu": "Szia; Sziasztok; Szervusz; Szevasz",
    "cs": "Ahoj; Čau; Nazdar",
    "el": "Γεια σου; Καλημέρα σου; Καλησπέρα σου",
}
_FORMAL = {
    "en": "Dear Sir; Dear Madam; Dear Sir or Madam; Dear Mr; Dear Mrs; Dear Ms; Dear Dr",
    "hu": "Tisztelt; Jó napot; Jó napot kívánok; Üdvözlöm",
    "el": "Χαίρετε; Αξιότιμε; Αξιότιμη",
}
_BY_PERSON = {
    "is": "Kæri; Kæra; Sæl; Sæll; Sæl og blessuð; Sæll og blessaður; Blessuð; Blessaður; Komdu sæl; Komdu sæll",
    "cs": "Milý; Milá",
    "el": "Αγαπητέ; Αγαπητή; Αγαπητέ μου; Αγαπητή μου",
}
_FORMAL_BY_PERSON = {"cs": "Vážený; Vážená; Vážený pane; Vážená paní"}
NEUTRAL = {"en": "Hello", "is": "Góðan dag", "hu": "Jó napot", "cs": "Dobrý den", "el": "Γεια σας"}
"""What a greeting says where the person greeted is not known."""

_FAREWELLS = {
    "en": (
        "Regards; Best; All the best; Kind regards; Best regards; Best wishes; Warm regards; Warmly; Many thanks; "
        "Thanks; Thank you; Cheers; Sincerely; Yours; Yours sincerely; Take care; Have a lovely day; Have a nice day; "
        "Have a good day; Have a great day; Have a nice weekend; Have a lovely weekend; See you; See you soon; Bye; "
        "Talk soon"
    ),
    "is": (
        "Kveðja; Með kveðju; Bestu kveðjur; Kær kveðja; Kærar kveðjur; Góðar kveðjur; Með bestu kveðju; Takk; "
        "Kærar þakkir; Hafðu það gott; Eigðu góðan dag; Góða helgi; Bless; Sjáumst"
    ),
    "hu": (
        "Üdvözlettel; Üdv; Köszönöm; Köszönettel; Köszi; Szép napot; Szép napot kívánok; Minden jót; Puszi; "
        "Baráti üdvözlettel; Tisztelettel; Szép hétvégét; Szia; Ölelés"
    ),
    "cs": (
        "S pozdravem; S přátelským pozdravem; S přáním hezkého dne; Zdravím; Děkuji; Děkujeme; Díky; Hezký den; "
        "Pěkný den; Krásný den; Přeji hezký den; Mějte se; Mějte se hezky; Měj se; Měj se hezky; Hezký víkend; "
        "Ahoj; Na shledanou"
    ),
    "el": (
        "Με εκτίμηση; Ευχαριστώ; Ευχαριστούμε; Χαιρετισμούς; Χαιρετισμοί; Πολλούς χαιρετισμούς; Φιλικά; Καλή συνέχεια; "
        "Καλή μέρα; Καλή σου μέρα; Να είσαι καλά; Να είστε καλά; Τα λέμε; Φιλιά; Καλό απόγευμα; Καλό σαββατοκύριακο"
    ),
}


def _phrases(words: str) -> list[str]:
    return [folded_words(phrase) for phrase in words.split(";")]


def _greetings() -> dict[str, Greeting]:
    found: dict[str, Greeting] = {}
    for table, tone, by_person in (
        (_PLAIN, "", False), (_FAMILIAR, FAMILIAR, False), (_FORMAL, FORMAL, False), (_BY_PERSON, "", True),
        (_FORMAL_BY_PERSON, FORMAL, True),
    ):  # fmt: skip
        for language, words in table.items():
            for phrase in _phrases(words):
                found.setdefault(phrase, Greeting(language, tone, by_person))
    return found


GREETINGS = _greetings()
"""By their folded words. One that two languages share stands under the first of them."""
FAREWELLS = frozenset(phrase for words in _FAREWELLS.values() for phrase in _phrases(words))
"""Their folded words."""
MOST_WORDS = max(len(phrase.split()) for phrase in (*GREETINGS, *FAREWELLS))

_YOU = {
    "hu": ("te neked téged hozzád veled rólad tőled tied nálad", "ön önnek önt önnel önök önöknek önöket öntől önnél"),
    "cs": ("ty tě tebe tobě ti tebou tvůj tvoje tvá tvého tvou", "vy vás vám vámi váš vaše vaši vašeho vaší vašem"),
    "el": ("εσύ εσένα σου", "εσείς εσάς σας"),
}
"""Words for "you", to a friend and to a stranger. Greek σε is a preposition as well, and left out; English and
Icelandic have one form for both today."""
PRONOUNS = {"hu": ("te", "Ön"), "cs": ("ty", "Vy"), "el": ("εσύ", "εσείς")}
"""The two forms as they are named."""
YOU = {language: tuple(frozenset(folded_words(words).split()) for words in both) for language, both in _YOU.items()}
"""By language: the folded words for a friend, and those for a stranger."""
