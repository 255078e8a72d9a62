"""Czech names as somebody is spoken to: the vocative of first names, and of family names after pane and paní. Pure.

Endings by Česká mluvnice (vzory pán, muž, předseda, žena, růže) and the language institute's handbook. A name that is
no Czech one and ends in a consonant may be a man's or a woman's, and gives "": the person writes it.
"""

from __future__ import annotations

from functools import cache

from app.base.text import fold
from app.templates import known_names

_UNCHANGED = tuple("eěéiíyýoóuúů")
_FLEETING_EL = frozenset(("karel", "pavel", "havel"))
_SOFTENED = {"n": "ň", "t": "ť", "d": "ď"}
_OWN = {"král": "li"}
_SOFT = tuple("žščřcjďťňxsz")
_HARD_BACK = ("k", "g", "h", "ch", "q")
_SHORTEST_WITH_EK = 3
_VOWELS = "aáeéěiíoóuúůyý"
_WOMEN_IN_CONSONANTS = """
Dagmar Ester Miriam Ingrid Karin Vivien Nikol Nicol Carmen Doris Iris Ines Rút Rut Ruth Elizabeth Elisabeth Edit Judit
Margit Astrid Karen Kirsten Kristin Katrin Karolin Evelin Jennifer Noemi Abigail Rachel Ráchel Sarah Hannah Deborah
Judith Edith Hildegard Gertrud Sigrid Ingeborg Solveig Marion Yasmin Jasmin Jazmín Kim Jacqueline Vivian Lilian Megan
Helen Ellen Allison Alison Meryl Isabel Annabel Mercedes Agnes Megi Elen Zoja Dorian
"""
_MEN = """
Adrian Albert Albín Aleš Alfons Alfréd Ambrož Amos Andrej Anton Ariel Arnold Augustin August Bartoloměj Benedikt
Benjamin Bernard Bertold Bohdan Bohuš Boleslav Bonifác Branislav Bruno Brian Cecil Ctibor Čeněk Čestmír David Dobroslav
Dobromil Dalimír Daniel Denis Dimitrij Dušan Edmund Edgar Edvard Egon Emanuel Emerich Ervín Evald Fabián Felix
Fridrich Gustav Havel Heřman Herbert Hostimil Hynek Ignác Isidor Ivan Jan Jáchym Jaromil Jaroslav Jeremiáš Jeroným
Jošt Jonatan Josef Karol Kašpar Kazimír Kevin Kliment Kornel Kosma Krištof Květoslav Leopold Levoslav
Liboslav Lubor Lubomil Luděk Ludvík Lukáš Maroš Martin Maxim Max Medard Melichar Michael Milíč Mojmír Moric Nikodém
Norbert Oliver Olin Oskar Oto Pankrác Patrik Petr Pravoslav Quido Radan Radoš Rafael Rastislav Řehoř René Rostislav
Sebastian Servác Silvestr Slavoj Soběslav Spytihněv Svatoboj Sylvestr Šebestián Theodor Teodor Timotej Tom Tobiáš
Urban Valentin Valentýn Věnceslav Věroslav Viktorin Vladivoj Vojen Vojmír Wolfgang Zbyšek Zdislav Zikmund Zoran
Jozef Juraj Ján Pavol Matej Ľuboš Ľubomír Štefan Rastislav Marián Peter
"""
_MEN_IN_A = """
Honza Jirka Franta Jarda Kuba Tonda Standa Ota Jára Jenda Venca Lojza Pepa Zdenda Béda Mára Vojta Ondra Láďa Míra Luka
Saša Nikita Ilja Sváťa Slávek Vašík Pepča Matěja Fanda Míca Joska Mikoláša
"""
_EITHER = "Nikola Saša Péťa Míša Míla Sláva Alex Robin Vlasta"
_MEN_IN_VOWELS = (
    "Jiří René Bruno Hugo Ivo Oto Otto Quido Leo Mario Noe Pepino Brunno Teo Milo Eli Andy Tony Jimmy Bobby"
)


@cache
def _women() -> frozenset[str]:
    return frozenset(fold(name) for name in _WOMEN_IN_CONSONANTS.split())


@cache
def _czech() -> frozenset[str]:
    return frozenset(fold(name) for name in f"{known_names.CZECH} {_MEN} {_MEN_IN_A}".split())


@cache
def _men_in_vowels() -> frozenset[str]:
    return frozenset(fold(name) for name in f"{_MEN_IN_A} {_MEN_IN_VOWELS}".split())


@cache
def _either() -> frozenset[str]:
    return frozenset(fold(name) for name in _EITHER.split())


def vocative(name: str) -> str:
    """A first name as its bearer is called (Petr: Petře); "" where the form is not sure."""
    low, folded = name.casefold(), fold(name)
    if not name.isalpha() or not low or low[-1] not in "abcčdďeěéfghijíklmnňoópqrřsštťuúůvwxyýzž":
        return ""
    if low.endswith("a"):
        return f"{name[:-1]}o"
    if low.endswith(_UNCHANGED) or folded in _women():
        return name
    if folded not in _czech() or low.endswith("ius"):
        return ""
    return _of_a_man(name, fleeting=folded in _FLEETING_EL)


def gender(first: str) -> str:
    """Whether a first name is a man's ("m") or a woman's ("f"); "" where it may be either, or is not a Czech one."""
    folded = fold(first)
    if folded in _either() or not folded:
        return ""
    if folded in _women():
        return "f"
    if folded in _men_in_vowels():
        return "m"
    if folded not in _czech():
        return ""
    return "f" if fold(first)[-1] in "aeiy" else "m"


def family_vocative(family: str, of: str) -> str:
    """A family name after pane ("m") or paní ("f"): Novák: Nováku, Šimková: Šimková; "" where it is not sure."""
    low = family.casefold()
    if not low or not family.isalpha():
        return ""
    if of == "f":
        return family if low.endswith(("á", "í", "ů", "ých")) else ""
    if low.endswith("a"):
        return f"{family[:-1]}o"
    if low.endswith((*_UNCHANGED, "ých")):
        return family
    unsure = low.endswith("el") and low not in _FLEETING_EL
    return "" if unsure else _of_a_man(family, fleeting=not unsure)


def _of_a_man(name: str, *, fleeting: bool) -> str:
    """The vocative of a man's name in a consonant; `fleeting`: whether it loses its e before l (Pavel, but Daniel)."""
    low = name.casefold()
    if low in _OWN:
        return f"{name[:-1]}{_OWN[low]}"
    if low.endswith("ěk") and len(low) > _SHORTEST_WITH_EK and low[-3] in _SOFTENED:
        return f"{name[:-3]}{_SOFTENED[low[-3]]}ku"
    if low.endswith(("ek", "ěk")) and len(low) > _SHORTEST_WITH_EK:
        return f"{name[:-2]}ku"
    if low.endswith("el") and fleeting:
        return f"{name[:-2]}le"
    if low.endswith("r") and low[-2:-1] not in _VOWELS:
        return f"{name[:-1]}ře"
    return _with_ending(name, low)


def _with_ending(name: str, low: str) -> str:
    if low.endswith(("inec", "ěmec", "vec")):
        return f"{name[:-2]}če"
    if low.endswith(_HARD_BACK):
        return f"{name}u"
    return f"{name}i" if low.endswith((*_SOFT, "el")) else f"{name}e"
