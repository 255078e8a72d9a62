"""Icelandic names in their cases: first names, and what sons and daughters are called by. Pure.

By Íslensk málfræði (beyging mannanafna) and Beygingarlýsing íslensks nútímamáls, Árni Magnússon Institute. Names that
follow no rule stand in a table; a name that is no Icelandic one gives "": the person writes it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from app.templates import known_names

_CASES = ("accusative", "dative", "genitive")
_OWN = """
Björk Björk Björk Bjarkar | Björg Björgu Björgu Bjargar | Dröfn Dröfn Dröfn Drafnar | Sjöfn Sjöfn Sjöfn Sjafnar
Hrund Hrund Hrund Hrundar | Sif Sif Sif Sifjar | Margrét Margréti Margréti Margrétar | Rakel Rakel Rakel Rakelar
Elísabet Elísabetu Elísabetu Elísabetar | Ester Ester Ester Esterar | Karen Karen Karen Karenar | Rut Rut Rut Rutar
Agnes Agnesi Agnesi Agnesar | Ýr Ýri Ýri Ýrar | Eygló Eygló Eygló Eyglóar | Ólöf Ólöfu Ólöfu Ólafar
Rós Rós Rós Rósar | Sigurrós Sigurrós Sigurrós Sigurrósar | Dagbjört Dagbjörtu Dagbjörtu Dagbjartar
Salvör Salvöru Salvöru Salvarar | Íris Írisi Írisi Írisar | Karítas Karítas Karítas Karítasar
Örn Örn Erni Arnar | Björn Björn Birni Björns | Sigurbjörn Sigurbjörn Sigurbirni Sigurbjörns
Ásbjörn Ásbjörn Ásbirni Ásbjörns | Þorbjörn Þorbjörn Þorbirni Þorbjörns | Sveinbjörn Sveinbjörn Sveinbirni Sveinbjörns
Snæbjörn Snæbjörn Snæbirni Snæbjörns | Hjörtur Hjört Hirti Hjartar | Þröstur Þröst Þresti Þrastar
Hörður Hörð Herði Harðar | Njörður Njörð Nirði Njarðar | Jökull Jökul Jökli Jökuls | Egill Egil Agli Egils
Ketill Ketil Katli Ketils | Karl Karl Karli Karls | Páll Pál Páli Páls | Sigurpáll Sigurpál Sigurpáli Sigurpáls
Njáll Njál Njáli Njáls | Már Má Má Más | Freyr Frey Frey Freys | Týr Tý Tý Týs | Dagur Dag Degi Dags
Pétur Pétur Pétri Péturs | Baldur Baldur Baldri Baldurs | Haukur Hauk Hauki Hauks | Valur Val Val Vals
Hlynur Hlyn Hlyni Hlyns | Svanur Svan Svani Svans | Sigurður Sigurð Sigurði Sigurðar | Þórður Þórð Þórði Þórðar
Þórarinn Þórarin Þórarni Þórarins | Kristinn Kristin Kristni Kristins | Óðinn Óðin Óðni Óðins
Skarphéðinn Skarphéðin Skarphéðni Skarphéðins | Sveinn Svein Sveini Sveins | Steinn Stein Steini Steins
Hreinn Hrein Hreini Hreins | Sturla Sturlu Sturlu Sturlu | Davíð Davíð Davíð Davíðs | Daníel Daníel Daníel Daníels
Hákon Hákon Hákoni Hákonar | Benedikt Benedikt Benedikt Benedikts | Alexander Alexander Alexander Alexanders
Mikael Mikael Mikael Mikaels | Emil Emil Emil Emils | Jóel Jóel Jóel Jóels | Axel Axel Axel Axels
Valdimar Valdimar Valdimar Valdimars | Hafsteinn Hafstein Hafsteini Hafsteins | Guðjón Guðjón Guðjóni Guðjóns
Þorlákur Þorlák Þorláki Þorláks | Björgvin Björgvin Björgvin Björgvins | Ásgeir Ásgeir Ásgeiri Ásgeirs
Geir Geir Geir Geirs | Þór Þór Þór Þórs | Kolbeinn Kolbein Kolbeini Kolbeins | Bogi Boga Boga Boga
Finnur Finn Finni Finns | Hrafn Hrafn Hrafni Hrafns | Hrafnkell Hrafnkel Hrafnkeli Hrafnkels
Þorkell Þorkel Þorkeli Þorkels | Daði Daða Daða Daða | Fanney Fanneyju Fanneyju Fanneyjar
Ingveldur Ingveldi Ingveldi Ingveldar | Ágúst Ágúst Ágústi Ágústs | Baldvin Baldvin Baldvin Baldvins
Ellert Ellert Ellerti Ellerts | Friðrik Friðrik Friðriki Friðriks | Gústaf Gústaf Gústafi Gústafs
Halldór Halldór Halldóri Halldórs | Hinrik Hinrik Hinriki Hinriks | Jens Jens Jens Jens | Jósef Jósef Jósef Jósefs
Kjartan Kjartan Kjartani Kjartans | Konráð Konráð Konráði Konráðs | Róbert Róbert Róberti Róberts
Theódór Theódór Theódóri Theódórs | Vilhelm Vilhelm Vilhelmi Vilhelms | Ottó Ottó Ottó Ottós
Þorvarður Þorvarð Þorvarði Þorvarðar | Höskuldur Höskuld Höskuldi Höskulds
Össur Össur Össuri Össurar | Marinó Marinó Marinó Marinós
"""
_WOMEN = (
    ("dís", ("dísi", "dísi", "dísar")), ("hildur", ("hildi", "hildi", "hildar")), ("ríður", ("ríði", "ríði", "ríðar")),
    ("heiður", ("heiði", "heiði", "heiðar")), ("gerður", ("gerði", "gerði", "gerðar")),
    ("auður", ("auði", "auði", "auðar")), ("unnur", ("unni", "unni", "unnar")), ("unn", ("unni", "unni", "unnar")),
    ("ún", ("únu", "únu", "únar")), ("ín", ("ínu", "ínu", "ínar")), ("björg", ("björgu", "björgu", "bjargar")),
    ("laug", ("laugu", "laugu", "laugar")), ("veig", ("veigu", "veigu", "veigar")),
    ("borg", ("borgu", "borgu", "borgar")), ("ljót", ("ljótu", "ljótu", "ljótar")),
    ("lind", ("lindi", "lindi", "lindar")), ("ey", ("eyju", "eyju", "eyjar")), ("ný", ("nýju", "nýju", "nýjar")),
)  # fmt: skip
_MEN = (
    ("mundur", ("mund", "mundi", "mundar")), ("steinn", ("stein", "steini", "steins")),
    ("geir", ("geir", "geiri", "geirs")), ("ir", ("i", "i", "is")), ("ur", ("", "i", "s")), ("i", ("a", "a", "a")),
)  # fmt: skip
_MEN_IN_CONSONANTS = ("ar", "jón", "Jón", "þór", "mann", "hann", "ján", "fán", "ak", "ob", "or", "on", "mar")
_MEN_IN_S = ("as", "us", "ús", "es", "ías", "ís")
_CHILD = {
    "son": ("son", "syni", "sonar"), "dóttir": ("dóttur", "dóttur", "dóttur"), "bur": ("bur", "bur", "burs"),
}  # fmt: skip
_LAST_A = re.compile(r"a(?=[^aáeéiíoóuúyýæö]*$)", re.IGNORECASE)


class _Forms(NamedTuple):
    accusative: str
    dative: str
    genitive: str


@cache
def _own() -> dict[str, _Forms]:
    rows = [row.split() for row in _OWN.replace("\n", " | ").split("|") if row.strip()]
    return {name: _Forms(*forms) for name, *forms in rows}


@cache
def _known() -> frozenset[str]:
    return frozenset(known_names.ICELANDIC.split())


def case_of(name: str, case: str) -> str:
    """A first name in the accusative, dative or genitive; "" where the form is not sure."""
    if case not in _CASES:
        return ""
    forms = _own().get(name)
    if forms is None and name in _known():
        forms = _by_rule(name)
    return getattr(forms, case) if forms is not None else ""


def of_parent(word: str, case: str) -> str:
    """What a son or daughter is called by, in that case: Jónsdóttir: Jónsdóttur; "" for any other word."""
    for ending, forms in _CHILD.items():
        if word.endswith(ending) and len(word) > len(ending) + 2 and case in _CASES:
            return word.removesuffix(ending) + forms[_CASES.index(case)]
    return ""


def _by_rule(name: str) -> _Forms | None:
    low = name.lower()
    if low.endswith("a"):
        oblique = f"{_umlaut(name[:-1])}u"
        return _Forms(oblique, oblique, oblique)
    for ending, forms in (*_WOMEN, *_MEN):
        if low.endswith(ending):
            stem = name[: len(name) - len(ending)]
            made = [f"{stem}{form}" for form in forms]
            return _Forms(*(one[:1].upper() + one[1:] for one in made))
    if low.endswith(_MEN_IN_S):
        return _Forms(name, f"{name}i", f"{name}ar")
    if name.endswith(_MEN_IN_CONSONANTS):
        return _Forms(name, f"{name}i", f"{name}s")
    return None


def _umlaut(stem: str) -> str:
    """The stem before u: its last vowel a becomes ö (Anna: Önnu)."""
    return _LAST_A.sub(lambda hit: "Ö" if hit[0] == "A" else "ö", stem)
