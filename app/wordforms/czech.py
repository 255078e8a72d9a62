"""Forms of Czech words: nouns, adjectives and verbs by the end of the word, with the irregular ones that are common.

The class of a word is guessed by its end. Where several fit, the forms of all are taken: a form that no Czech says hits
nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from app.wordforms.shapes import Shape, as_they_stand, endings, table

UNCHANGED = endings(
    "a aby ale ani ano asi až bez bude budou by byl byla bylo byly být co či do ho i já jak jako je jeho její "
    "jejich jen jenom ještě jsem jsi jsme jsou jste již k kde kdo kdy ke která které který ku má mě mezi mi mít "
    "mně mnou můj my na nad nám námi nás naše náš ne nebo nebyl nebyla nebylo není nic nikdo no o od on ona oni "
    "ono po pod podle pro proč proto před při s se si sice snad svůj ta tady tak také takže tam te tě ten tento "
    "ti to tobě tohle tom toto třeba tu tvůj ty u už v vám vámi vás váš vaše ve více vy z za zde ze že jiný zpět "
    "zpátky jaký první už roku rok"
)
_HARD_A = endings("a y e ě u o ou ám ách ami ama ovi ové é ů ům ech ích i")
_HARD = endings("- a u e ě ovi y em i ové é ů ům ech ách ích ama ama")
_SOFT = endings("- e ě i ovi em ěm ové é í ů ům ích ím emi ěmi mi ech")
_BONE = endings("- i í e ě em ěm ím ech ích emi ěmi mi")
_ROSE = endings("e ě i í em ěm ím emi ěmi ích ům ů ové mi")
_CALF = endings("ete ěte eti ěti etem ětem ata at atům atech aty ata")
_TOWN = endings("o a u e ě em ům ů ech ách ích y ama")
_BUILDING = endings("í ího ímu ím ích ími íma")
_YOUNG = endings("ý á é ého ému ém ou ým ých ými ej ýho ýmu ejch ejma ýma")
_SOFT_ADJECTIVE = _BUILDING
_BETTER = endings("ější ějšího ějšímu ějším ějších ějšími ejší ejšího ejšímu ejším ejších ejšími")
_OWNED = endings("ův ova ovo ovu ově ovou ovým ových ovými ovi ovy")
_ET = endings("- u em ech y a ům")
_EUM = endings("um a u em ích ím i í")
_SAID = endings("l la lo li ly")
_DONE = endings(
    "en ena eno eni eny enu ený ená ené eného enému eném enou eným ených enými ení ením eních eními ěn ěna ěno "
    "ěni ěny ěnu ěný ěná ěné ěného ěnému ěném ěnou ěným ěných ěnými ění ěním ěních ěními"
)
_DONE_AN = endings("án ána áno áni ány ánu aný aná ané aného anému aném anou aným aných anými aní ání áním áních áními")
_DONE_UT = endings("ut uta uto uti uty utý utá uté utého utému utém utou utým utých utými utí utím utích utími")
_IT = endings(
    "ím íš í íme íte ejí ějí ě e i eme ěme ete ěte me te - íc ící ícího ícímu ícím ících ícími ějící ejícího "
    "ejícímu ejícím ejících ejícími ející"
)
_AT = endings("ám áš á áme áte ají ej ejte ejme ající ajícího ajícímu ajícím ajících ajícími")
_OVAT = endings("uji uju uješ uje ujeme ujete ují ujou uj ujte ujme ující ujícího ujícímu ujícím ujících ujícími ujíc")
_NE = endings("u i eš e eme ete ou me te ete ěte ěme - oucí oucího oucímu oucím oucích oucími ouc")
_NOUT = endings(
    "nu neš ne neme nete nou ni něte něme nul nula nulo nuli nuly noucí noucího noucímu noucím noucích noucími"
)
_SOFTENED = {"k": "c", "h": "z", "g": "z", "r": "ř", "ch": "š"}
_CALLED = {"k": "č", "h": "ž", "g": "ž", "c": "č", "ch": "š", "z": "ž", "r": "ř"}
_PASSED = {"st": "št", "zd": "žd", "sl": "šl", "t": "c", "d": "z", "s": "š", "z": "ž"}
_MARKED = {"t": "ť", "d": "ď", "n": "ň"}
_SHORT = {"á": "a", "é": "e", "í": "i", "ý": "y", "ů": "o", "ú": "u", "ou": "u"}
_INFINITIVES = ("at", "át", "it", "ít", "et", "ět", "out", "ýt", "ést", "ézt", "íst")
_VOWELS = frozenset("aáeéěiíoóuúůyý")
_SOFT_ENDS = frozenset("cčďjňřšťž")
_HARD_ENDS = frozenset("hkrdtng")
_STEMS = table(
    "láhev lahv láhv", "chléb chleb", "sníh sněh", "vítr větr", "mráz mraz", "hrách hrach", "práh prah",
    "déšť dešt", "přítel přátel", "nepřítel nepřátel", "dům dom", "kůň kon koň", "den dn", "týden týdn",
    "loket lokt", "kámen kamen", "kořen", "břevno břeven", "víra věr", "míra měr", "díra děr", "síla sil",
    "dílo děl", "jméno jmen", "kráva krav", "brána bran", "lípa lip", "houba hub", "chvíle chvil", "práce prac",
    "svíce svic", "dvůr dvor", "hůl hol", "sůl sol", "myšlenka myšlenek", "věc", "řeč", "pomoc", "mzda mezd",
    "hůlka hůlek",
    "smlouva smluv", "zásilka zásilek", "sedm", "vejce vajec", "nůž nož", "vůz voz", "stůl stol", "důl dol",
)  # fmt: skip
_WORDS = table(
    "peníze peníze peněz penězům penězích penězi peníz penízky penězma",
    "člověk člověka člověku člověče člověkem člověkovi lidé lidi lidí lidem lidech lidmi",
    "dítě dítěte dítěti dítětem děti dětí dětem dětech dětmi", "oko oka oku okem očí oči očím očích očima",
    "ucho ucha uchu uchem uši uší uším uších ušima", "ruka ruky ruce ruku rukou ruk rukách rukama rukám",
    "noha nohy noze nohu nohou noh nohách nohama nohám", "pes psa psovi psu psem psi psů psům psech psy",
    "léto léta létu létě létem let létům létech léty", "rok roku rokem roce roky roků rokům rocích letech let",
    "kuře kuřete kuřeti kuřetem kuřata kuřat kuřatům kuřatech kuřaty", "kost kosti kostí kostem kostech kostmi",
    "dobrý lepší lepšího lepšímu lepším lepších lepšími nejlepší nejlepšího nejlepšímu nejlepším nejlepších "
    "nejlepšími",
    "špatný horší horšího horšímu horším horších horšími nejhorší",
    "velký větší většího většímu větším větších většími největší",
    "malý menší menšího menšímu menším menších menšími nejmenší",
    "vědět vím víš ví víme víte vědí věz vězte věděl věděla věděli",
    "jíst jím jíš jí jíme jíte jedí jez jezte jedl jedla jedli",
    "brát beru bereš bere bereme berete berou ber berte bral brala brali",
    "psát píšu píši píšeš píše píšeme píšete píšou píší piš pište psal psala psali psán psána psáno psaní",
    "dát dám dáš dá dáme dáte dají dej dejte dal dala dalo dali dán dána dáno dány dání",
    "nést nesu neseš nese neseme nesete nesou nes neste nesl nesla nesli nesen nesena neseno nesení",
    "vést vedu vedeš vede vedeme vedete vedou veď veďte vedl vedla vedli veden vedena vedeno vedení",
    "péct peču pečeš peče pečeme pečete pečou pekl pekla pekli pečen pečená pečené pečení",
    "lhát lžu lžeš lže lžeme lžete lžou lhal lhala lhali",
    "krást kradu kradeš krade krademe kradete kradou kradl kradla kradli kraden kradena kradené kradení ukradl "
    "ukradla ukradli",
    "platit", "pít piji piju piješ pije pijeme pijete pijí pijou pij pijte pil pila pili pití",
)  # fmt: skip


@lru_cache(maxsize=4096)
def shapes(word: str) -> list[Shape]:
    """The forms of a word, in lower case."""
    if word in UNCHANGED or len(word) < 3 or not word.isalpha():  # noqa: PLR2004  two letters are no word with forms
        return as_they_stand(word)
    found = as_they_stand(word, *_WORDS.get(word, ()))
    for stem in _STEMS.get(word, ()):
        found += _by_stem(word, stem)
    if word[-1] in _VOWELS:
        found += _ends_in_vowel(word)
    else:
        found += _ends_in_consonant(word)
    return [shape for shape in found if shape.stem]


def _by_stem(word: str, stem: str) -> list[Shape]:
    sets = (_HARD, _SOFT) if word[-1] not in _VOWELS else (endings("-"),)
    found = [Shape(stem, one) for one in sets]
    return [*found, *(Shape(soft, endings("e i í em ích ů")) for soft in _changed(stem, _SOFTENED))]


def _ends_in_vowel(word: str) -> list[Shape]:
    stem, end = word[:-1], word[-1]
    for ends, make in _BY_END:
        if end in ends:
            return make(stem)
    return []


def _a(stem: str) -> list[Shape]:
    return [*_woman(stem), *([Shape(f"{stem}t", _ET)] if stem.endswith("m") else []), *_neuter_plural(stem)]


def _soft_e(stem: str) -> list[Shape]:
    calf = [Shape(stem, _CALF)] if stem[-1:] in "tnřlbďčp" else []
    return [Shape(stem, _ROSE), *_many(stem), *calf]


def _woman(stem: str) -> list[Shape]:
    return [Shape(stem, _HARD_A), *_many(stem), *_soft_cases(stem)]


def _neuter_plural(stem: str) -> list[Shape]:
    return [Shape(stem, _EUM)] if stem.endswith(("i", "e")) else []


def _soft_cases(stem: str) -> list[Shape]:
    """Žena: the dative of stems that soften: sbírka, sbírce; mléko, mléce, jablkách, jablcích."""
    return [Shape(soft, endings("e ích i í")) for soft in _changed(stem, _SOFTENED)]


def _changed(stem: str, how: dict[str, str]) -> list[str]:
    for length in (2, 1):
        if stem[-length:] in how:
            return [stem[:-length] + how[stem[-length:]]]
    return []


def _many(stem: str) -> list[Shape]:
    """The genitive plural without an ending: láhví, lahviček, karet, měst, přítelkyň, děl."""
    found = [stem]
    if stem[-1:] in _MARKED and stem[-1:]:
        found.append(stem[:-1] + _MARKED[stem[-1]])
    if len(stem) > 2 and stem[-1] not in _VOWELS and stem[-2] not in _VOWELS:  # noqa: PLR2004  two consonants
        found.append(f"{stem[:-1]}e{stem[-1]}")
        if stem[-2] in "ďťň":
            found.append(f"{stem[:-2]}{ {'ď': 'd', 'ť': 't', 'ň': 'n'}[stem[-2]] }ě{stem[-1]}")
    return as_they_stand(*found)


def _ends_in_consonant(word: str) -> list[Shape]:
    if word.endswith("ův"):
        return [Shape(word[:-2], _OWNED)]
    found = [*_man(word), *(_verb(word) if word.endswith(_INFINITIVES) else [])]
    if word.endswith("um"):
        found += [Shape(word[:-2], _EUM), Shape(word[:-2], _TOWN), Shape(word[:-2], endings("um -"))]
    if word.endswith("us"):
        found.append(Shape(word[:-2], _HARD))
    return found


def _man(word: str) -> list[Shape]:
    """Nouns that end in a consonant: pán, hrad, muž, stroj, píseň, kost."""
    found: list[Shape] = []
    for stem in _oblique(word):
        last = stem[-1:]
        if last in _SOFT_ENDS or last not in _HARD_ENDS:
            bare = stem[:-1] + {"ď": "d", "ť": "t", "ň": "n"}.get(last, last)
            found += [Shape(stem, _SOFT), Shape(bare, _SOFT), Shape(bare, _BONE)]
        if last not in _SOFT_ENDS:
            found.append(Shape(stem, _HARD))
            found += [Shape(soft, endings("i ích í")) for soft in _changed(stem, _SOFTENED)]
            found += [Shape(called, endings("e i")) for called in _changed(stem, _CALLED)]
        if word.endswith(("st", "ť", "oc", "eč", "ěť")):
            found.append(Shape(stem[:-1] + {"ť": "t"}.get(last, last), _BONE))
    return found


def _oblique(word: str) -> list[str]:
    """The word, without the e that falls out (dárek, dárku), with the vowel that gets short (stůl, stolu)."""
    found = [word]
    if len(word) > 3 and word[-2] in "eě" and word[-3] not in _VOWELS:  # noqa: PLR2004  pes is in the table
        before = word[:-2]
        before = before[:-1] + _MARKED.get(before[-1], before[-1]) if word[-2] == "ě" else before
        found.append(before + word[-1])
    if len(word) > 2 and word[-2] == "ů":  # noqa: PLR2004  as above
        found.append(f"{word[:-2]}o{word[-1]}")
    return found


def _adjective(stem: str) -> list[Shape]:
    found = [Shape(stem, _YOUNG)]
    for soft in _softened_adjective(stem):
        found += [Shape(soft, endings("í")), Shape(soft, _BETTER), Shape(f"nej{soft}", _BETTER)]
    found += [Shape(stem, _BETTER), Shape(f"nej{stem}", _BETTER)]
    return found


def _softened_adjective(stem: str) -> list[str]:
    if stem.endswith("sk"):
        return [f"{stem[:-2]}št"]
    if stem.endswith("ck"):
        return [f"{stem[:-2]}čt"]
    return [*_changed(stem, _SOFTENED), *_changed(stem, _CALLED)] or [stem]


def _verb_of(stem: str, end: str) -> list[Shape]:
    """What a form of a verb belongs to: léčí to léčit, vrátí to vrátit, hubne to hubnout, sleduje to sledovat."""
    if end == "í":
        return [one for infinitive in (f"{stem}it", f"{stem}ět", f"{stem}et") for one in _verb(infinitive)]
    if stem.endswith("uj"):
        return _verb(f"{stem[:-2]}ovat")
    return _verb(f"{stem}out") if stem.endswith("n") and len(stem) > 3 else []  # noqa: PLR2004  a syllable before it


def _verb(word: str) -> list[Shape]:
    stem, kind = word[:-2], word[-2:]
    found: list[Shape] = [*as_they_stand(word, f"{word}i"), Shape(word[:-1], _SAID)]
    if word.endswith("ovat"):
        found += [Shape(word[:-4], _OVAT), Shape(stem, _DONE_AN)]
    elif word.endswith("nout"):
        root = word[:-4]
        found += [Shape(root, _NOUT), Shape(root, _SAID), Shape(f"{root}n", _DONE_UT), *as_they_stand(root)]
        found += [Shape(root, _DONE), *(Shape(one, _DONE) for one in _changed(root, _CALLED))]
    elif kind in ("at", "át"):
        found += [Shape(stem, _AT), Shape(stem, _DONE_AN), Shape(f"{stem}a", _SAID)]
        found += [Shape(one, _NE) for one in _changed(stem, {**_CALLED, "s": "š", "t": "č"})]
    else:
        for one in (stem, *_shortened(stem)):
            found += [Shape(one, _IT), *_imperative(one)]
        found += [Shape(stem, _DONE), *(Shape(one, _DONE) for one in _changed(stem, _PASSED))]
    found += [Shape(f"ne{shape.stem}", shape.endings) for shape in found]
    return found


def _imperative(stem: str) -> list[Shape]:
    marked = stem[:-1] + _MARKED.get(stem[-1:], stem[-1:])
    return [Shape(marked, endings("- te me"))]


def _shortened(stem: str) -> list[str]:
    """With the last vowel short, for the imperative: vrátit, vrať; koupit, kup."""
    for at in range(len(stem) - 1, -1, -1):
        if stem[at] in _VOWELS:
            if stem[at] == "u" and at and stem[at - 1] == "o":
                return [f"{stem[: at - 1]}u{stem[at + 1 :]}"]
            short = _SHORT.get(stem[at])
            return [stem[:at] + short + stem[at + 1 :]] if short else []
    return []


@lru_cache(maxsize=1)
def every_ending() -> frozenset[str]:
    """The endings of all classes together."""
    nouns = (_HARD_A, _HARD, _SOFT, _BONE, _ROSE, _CALF, _TOWN, _BUILDING, _YOUNG, _BETTER, _OWNED, _EUM)
    verbs = (_SAID, _DONE, _DONE_AN, _DONE_UT, _IT, _AT, _OVAT, _NOUT)
    return frozenset().union(*nouns, *verbs)


_BY_END: tuple[tuple[str, Callable[[str], list[Shape]]], ...] = (
    ("a", _a),
    ("e", lambda stem: [*_soft_e(stem), *_verb_of(stem, "e")]),
    ("ě", _soft_e),
    ("o", lambda stem: [Shape(stem, _TOWN), *_many(stem), *_soft_cases(stem)]),
    ("í", lambda stem: [Shape(stem, _BUILDING), *_verb_of(stem, "í")]),
    ("ýáé", _adjective),
    ("y", lambda stem: [*_woman(stem), *_man(stem)]),
    ("iů", lambda stem: [*_man(stem), Shape(stem, _BONE)]),
)


def usual(word: str) -> list[Shape]:
    """The forms to be shown: nouns without those of classes that they are hardly in, verbs without ne-."""
    stem, last, before = word[:-1], word[-1:], word[-2:-1]
    if word in UNCHANGED or word in _WORDS or word in _STEMS or last in "íiyůú" or word.endswith(_INFINITIVES):
        return [one for one in shapes(word) if not one.stem.startswith("ne") or word.startswith("ne")]
    soft = [Shape(one, endings("e")) for one in _changed(stem, _SOFTENED)]
    if last in "ýáé":
        plain = Shape(stem, endings("ý á é ého ému ém ou ým ých ými"))
        return [plain, *(Shape(one, endings("í")) for one in _softened_adjective(stem)[:1])]
    if last == "a":
        here = "ě" if before in list("bpvmfdtn") else "e" if before in ("l", "s", "z") else "a"
        return [Shape(stem, endings(f"a y u o ou ám ách ami {here}")), *soft, *_many(stem)[-1:]]
    if last == "o":
        where = "ách" if before in ("k", "g", "h") else "ech ě"
        return [Shape(stem, endings(f"o a u em ům y {where}")), *_many(stem)[-1:]]
    if last in "eě":
        return [Shape(stem, endings(f"{last} i í ím ích {last}mi"))]
    if word.endswith("tel"):
        hard, found = endings("- e i em é ů ům ích ovi"), [word]
    else:
        hard = endings("- u a em y ů ům ech") if last not in _SOFT_ENDS else endings("- e i em í ů ům ích")
        found = _oblique(word)[-1:]
    return [*as_they_stand(word), *(Shape(one, hard) for one in found)]


def irregular() -> tuple[str, ...]:
    """The words whose forms are listed, as some begin otherwise than the word."""
    return (
        *_STEMS,
        *_WORDS,
    )
