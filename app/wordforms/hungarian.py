"""Forms of Hungarian words: chains of suffixes by vowel harmony, stems that change, verbs with and without a prefix."""

from __future__ import annotations

import re
from functools import lru_cache

from app.wordforms.shapes import Shape, as_they_stand, endings, table

UNCHANGED = endings(
    "a az e ez és de egy ha hogy is mi mint mind már még meg ne nem ni nincs én te ő mi ti ők vagy van vannak "
    "volt lesz való be ki le el fel föl át rá ide oda össze vissza alatt után előtt ahogy akkor ami amely aki azt "
    "ezt azzal ezzal arra erre csak szerint miatt nélkül között közt felé mert olyan ilyen így úgy itt ott most "
    "majd ma holnap tegnap jövőre idén más sem se senki semmi minden nagyon kell lehet tud jövő évi új belső meg "
    "alá fölé mellé le"
)
_TWO, _LEAST_BEFORE = 2, (5, 3)  # letters of a compound before its last part, if that has two, or more
_BACK, _FRONT, _ROUND = "back", "front", "round"
VOWELS = "aáeéiíoóöőuúüű"
_BACK_VOWELS, _ROUND_VOWELS = frozenset("aáoóuú"), frozenset("öőüű")
_DIGRAPHS = ("dzs", "sz", "zs", "cs", "gy", "ny", "ty", "ly", "dz")
_BACK_NEUTRAL = endings(
    "híd cél díj íj nyíl síp zsír ír bír hív nyit nyíl sír szíj csík vív kín díj irt iszik sík szít derék"
)
_STEMS = table(
    "ló lov", "tó tav", "kő köv", "mű műv", "szó szav", "hó hav", "fű füv", "cső csöv", "lé lev", "nyár nyar",
    "kéz kez", "madár madar", "név nev", "levél level", "szekér szeker", "tél tel", "tűz tüz", "víz viz", "út ut",
    "úr ur", "kenyér kenyer", "bogár bogar", "kosár kosar", "pohár pohar", "sugár sugar", "tehén tehen",
    "egér eger", "gyökér gyöker", "cserép cserep", "fazék fazek", "jég jeg", "hét het", "ín in", "nyíl nyil",
    "szél szel", "fedél fedel", "kötél kötel", "fenék fenek", "veréb vereb", "kút kut", "lúd lud", "rúd rud",
    "híd hid", "dél del", "ég eg", "tűz tüz", "szűz szüz", "közép közep", "bél bel", "szén szen", "mész mesz",
    "könyök könyök", "falu falv", "daru darv", "eső es", "erő erej", "idő idej", "tető tetej", "ajtó ajtaj",
    "teher terh", "pehely pelyh", "kehely kelyh", "hiány",
)  # fmt: skip
_CHANGING = tuple(sorted(_STEMS, key=len, reverse=True))
_FLEETING = re.compile(rf"^.*[{VOWELS}](?:[bcdfghjklmnprstvz]|sz|gy|cs|ny|zs|ty)[oeö](?:[mrlkgnzdt]|cs|ly|gy)$")
_PREFIXES = (
    "meg", "el", "ki", "be", "fel", "föl", "le", "vissza", "át", "össze", "hozzá", "oda",
    "ide", "rá", "túl", "szét", "végig", "agyon", "félre", "előre", "tovább", "bele", "hátra",
)  # fmt: skip
_CASES = {
    _BACK: "ban ba ból nak nál hoz ra ról tól ig ért ként kor stul nként nkénti beli",
    _FRONT: "ben be ből nek nél hez re ről től ig ért ként kor stül nként nkénti beli",
    _ROUND: "ben be ből nek nél höz re ről től ig ért ként kor stül nként nkénti beli",
}
_VERB = {
    _BACK: (
        "- ok sz asz ol unk tok otok nak anak om od ja juk játok ják lak alak t tt ott tam ottam tál ottál tunk "
        "ottunk tatok ottatok tak ottak otta ta ottad tad ottuk tuk ották ták ottátok tátok na ana nék anék nál "
        "anál nánk anánk nátok anátok nának anának nám anám nád anád ná aná nák anák j jon jak jál junk jatok "
        "janak jam jad jék ni ani nom nod nia nunk niuk anom anod ania anunk aniuk va ván ható hatók hatóan hat "
        "hatok hatsz hatunk hattok hatnak hatom hatod hatja hatjuk hatják hatna tat tatja tatni tatják andó endő"
    ),
    _FRONT: (
        "- ek sz esz el ünk tek etek nek enek em ed i ik jük itek lek elek t tt ett tem ettem tél ettél tünk "
        "ettünk tetek ettetek tek ettek ette te etted ted ettük tük ették ték ettétek tétek ne ene nék enék nél "
        "enél nénk enénk nétek enétek nének enének ném eném néd enéd né ené nék enék j jen jek jél jünk jetek "
        "jenek jem jed jék je jék ni eni nem ned nie nünk niük nem ned nie enem ened enie enünk eniük ve vén hető "
        "hetők hetően het hetek hetsz hetünk hettek hetnek hetem heted heti hetjük hetik hetne tet teti tetni "
        "tetik endő"
    ),
}
_VERB[_ROUND] = _VERB[_FRONT] + " ök öm öd öl tök ötök ött öttem"
_COMMAND = {
    _BACK: "on ak ál unk atok anak a am ad uk átok ák d alak -",
    _FRONT: "en ek él ünk etek enek e em ed ük étek ék d elek -",
    _ROUND: "ön en ek él ünk etek enek e em ed ük étek ék d elek -",
}
_VERB_ENDS = (
    "ít",
    "at",
    "et",
    "ol",
    "el",
    "öl",
    "ál",
    "ul",
    "ül",
    "ik",
    "oz",
    "ez",
    "öz",
    "az",
    "áz",
    "éz",
    "ad",
    "úz",
    "űz",
    "jt",
    "szt",
)
_VERBS_LISTED = endings(
    "beszél mesél ígér kísér dicsér cserél ítél remél fél kér mér ér ír nyit hív vár zár jár áll száll küld "
    "mond kezd tart old fog hagy vesz tesz visz hisz lesz hoz húz néz nyom lop csal hív hazud ró szór sért "
    "ért dönt bont ront önt ejt tilt told küzd keres keresd mos"
)


@lru_cache(maxsize=4096)
def shapes(word: str) -> list[Shape]:
    """The forms of a word, in lower case."""
    if word in UNCHANGED or len(word) < 2 or not word.isalpha():  # noqa: PLR2004  íz has two letters
        return as_they_stand(word)
    found = [*as_they_stand(word), *_noun(word)]
    for verb in _verbs(word):
        found += verb
    return found


def usual(word: str) -> list[Shape]:
    """The forms to be shown: the chains of one or two suffixes, and verbs without another prefix."""
    if word in UNCHANGED or len(word) < 2 or not word.isalpha():  # noqa: PLR2004  as above
        return as_they_stand(word)
    found = [*as_they_stand(word)]
    harmony = _harmonies(word)[0]
    for stem in oblique(word):
        closing = last_consonant(stem)
        links = _links(harmony) if closing else ("",)
        plural = {f"{link}k{case}" for link in links for case in _cases("k", harmony)}
        found.append(Shape(stem, frozenset({*_cases(closing, harmony), *plural})))
        found += _with_val(stem, harmony)
    for root in _roots(word):
        for one in _harmonies(root)[:1]:
            found += [
                Shape(root, endings(_VERB[one])),
                *(Shape(stem, endings(_COMMAND[one])) for stem in _commanding(root)),
            ]
    return found


def parted(word: str) -> tuple[str, str] | None:
    """The prefix and the rest of a verb, which may change places: visszafizet, fizetjük vissza; None for any other."""
    for prefix in _PREFIXES:
        rest = word.removeprefix(prefix)
        if rest != word and len(rest) > 2 and _is_verb(rest):  # noqa: PLR2004  a syllable
            return prefix, rest
    return None


def harmony(word: str) -> str:
    """Which vowels the suffixes of a word have: back, front or round; "" where both are possible, as of hotel."""
    if word.endswith(("és", "ség", "elő", "ető")):
        return _harmonies(word[-2:])[0]
    kinds = _harmonies(word)
    return "" if _BACK in kinds and len(kinds) > 1 else kinds[0]


def has_other_stem(word: str) -> bool:
    """Whether its stem changes as few do: levél, levelek; it may be the last part of a compound."""
    return any(word == one or _is_last(word, one) for one in _CHANGING)


def _harmonies(word: str) -> tuple[str, ...]:
    vowels = [letter for letter in word if letter in VOWELS]
    if not vowels:
        return (_BACK, _FRONT)
    last = vowels[-1]
    if last in _BACK_VOWELS or word in _BACK_NEUTRAL:
        return (_BACK,)
    if last in _ROUND_VOWELS:
        return (_ROUND, _FRONT)
    if any(vowel in _BACK_VOWELS for vowel in vowels):  # papír, hotel: the last back vowel often decides, not always
        return (_BACK, _FRONT)
    return (_FRONT, _BACK) if word.endswith(tuple(_BACK_NEUTRAL)) else (_FRONT,)


def _noun(word: str) -> list[Shape]:
    found: list[Shape] = []
    for harmony in _harmonies(word):
        for stem in oblique(word):
            found.append(Shape(stem, _chains(last_consonant(stem), harmony)))
            found += _with_val(stem, harmony)
        found += [Shape(word, _cases(last_consonant(word), harmony))]
        if word[-1] not in VOWELS:
            found.append(Shape(word, _chains(last_consonant(word), harmony)))
    for stem in oblique(word)[:1]:  # olcsó, legolcsóbb
        found.append(Shape(f"leg{stem}", _higher(_harmonies(word)[0])))
    if word[-1] in "óő":  # idő, ideje; erő, erejük
        found.append(Shape(word, _chains(last_consonant(word), _harmonies(word)[0])))
    return found


@lru_cache(maxsize=8)
def _higher(harmony: str) -> frozenset[str]:
    """The endings of the comparative."""
    links = {_BACK: ("", "a", "o"), _FRONT: ("", "e"), _ROUND: ("", "e", "ö")}[harmony]
    return frozenset(f"{link}bb{case}" for link in links for case in _chains("b", harmony))


def _with_val(stem: str, harmony: str) -> list[Shape]:
    """With -val after two letters for one sound: ásszal, ággyal, könyvvel needs none of it."""
    closing = last_consonant(stem)
    if len(closing) < 2:  # noqa: PLR2004  one letter is doubled by the cases
        return []
    low, long_ = ("al", "á") if harmony == _BACK else ("el", "é")
    return as_they_stand(*(stem[: -len(closing)] + closing[0] + closing + end for end in (low, long_)))


def oblique(word: str) -> list[str]:
    """The stem before suffixes: alma, almá-; szabadalom, szabadalm-; levél, level-; szó, szav-."""
    found = []
    if word[-1] in "ae":
        found.append(word[:-1] + {"a": "á", "e": "é"}[word[-1]])
    else:
        found.append(word)
    for changing in _CHANGING:
        if word == changing or _is_last(word, changing):
            found += [word[: len(word) - len(changing)] + other for other in _STEMS[changing]]
            break
    fleeting = _FLEETING.match(word)
    if fleeting and len(word) > 3:  # noqa: PLR2004  no word of one syllable
        at = max(word.rfind(vowel) for vowel in "oeö")
        found.append(word[:at] + word[at + 1 :])
    return found


def _is_last(compound: str, part: str) -> bool:
    """Whether a word is a compound that ends in this part: gyümölcslé."""
    before = len(compound) - len(part)
    return compound.endswith(part) and before >= _LEAST_BEFORE[len(part) > _TWO]


def last_consonant(stem: str) -> str:
    """How a stem ends: "" in a vowel, else its last consonant, which -val doubles."""
    if stem[-1] in VOWELS:
        return ""
    return next((one for one in _DIGRAPHS if stem.endswith(one)), stem[-1])


@lru_cache(maxsize=256)
def _cases(closing: str, harmony: str) -> frozenset[str]:
    """The case endings of a stem, the accusative among them."""
    low = "a" if harmony == _BACK else "e"
    long_ = "á" if harmony == _BACK else "é"
    found = {*_CASES[harmony].split(), "", "é", "éi", "ét", "ének", "ért"}
    if closing:
        found |= {f"{vowel}t" for vowel in _links(harmony)} | {f"{vowel}n" for vowel in _links(harmony)} | {"t"}
        if len(closing) == 1:
            found |= {closing + low + "l", closing + long_}
    else:
        found |= {"t", "n", f"v{low}l", f"v{long_}"}
    return frozenset(found)


def _links(harmony: str) -> tuple[str, ...]:
    return {_BACK: ("o", "a"), _FRONT: ("e",), _ROUND: ("ö", "e")}[harmony]


@lru_cache(maxsize=256)
def _chains(closing: str, harmony: str) -> frozenset[str]:
    """All chains of suffixes: number, whose it is, case."""
    found = set(_cases(closing, harmony))
    links = _links(harmony) if closing else ("",)
    back = harmony == _BACK
    for link in links:
        for end in ("k", "m", "d"):
            found |= {f"{link}{end}{case}" for case in _cases(end, harmony)}
        tok = "tok" if back else ("tök" if harmony == _ROUND else "tek")
        for whose in (tok, "tek") if harmony == _ROUND else (tok,):
            found |= {f"{link}{whose}{case}" for case in _cases("k", harmony)}
    theirs = ("uk", "juk") if back else ("ük", "jük")
    ours = ("unk",) if back else ("ünk",)
    for whose in (*theirs, *(ours if closing else ("nk",)), *(("nk",) if not closing else ())):
        found |= {f"{whose}{case}" for case in _cases("k", harmony)}
    for owned, lengthened in (("a", "á"), ("ja", "já")) if back else (("e", "é"), ("je", "jé")):
        found.add(owned)
        found |= {f"{lengthened}{case}" for case in _cases("", harmony) if case}
    for many in ("ai", "jai", "i") if back else ("ei", "jei", "i"):
        tails = ("", "m", "d", "nk", "tok" if back else "tek", "k")
        for tail in tails:
            found |= {f"{many}{tail}{case}" for case in _cases(last_consonant(f"{many}{tail}"), harmony)}
    after = "an ak at nak ban ról" if back else "en ek et nek ben ről"
    found |= {f"{link}bb{case}" for link in (*links, "a" if back else "e") for case in ("", *after.split())}
    return frozenset(found)


def _is_verb(word: str) -> bool:
    if word in _VERBS_LISTED or any(
        word == prefix + verb for prefix in _PREFIXES for verb in _VERBS_LISTED if word[-1] == verb[-1]
    ):
        return True
    return word.endswith(_VERB_ENDS) and len(word) > 3  # noqa: PLR2004  a syllable before the ending


def _verbs(word: str) -> list[list[Shape]]:
    """The forms of what may be a verb, in its third person (gyógyít) or infinitive (gyógyítani)."""
    return [_conjugated(root) for root in _roots(word)]


def _roots(word: str) -> list[str]:
    roots = []
    if word.endswith("ni") and len(word) > 4:  # noqa: PLR2004  a syllable before it
        root = word[:-2]
        roots += [root, *([root[:-1]] if root[-1] in "ae" else [])]
    if _is_verb(word):
        roots.append(word.removesuffix("ik") if len(word) > 4 else word)  # noqa: PLR2004  as above
    return [root for root in roots if len(root) > 1]


def _conjugated(root: str) -> list[Shape]:
    shapes: list[Shape] = []
    for harmony in _harmonies(root):
        shapes.append(Shape(root, endings(_VERB[harmony])))
        shapes += [Shape(one, endings(_COMMAND[harmony])) for one in _commanding(root)]
        back = harmony == _BACK
        for nominal in ("ó", "ás") if back else ("ő", "és"):
            shapes.append(Shape(f"{root}{nominal}", _chains(last_consonant(nominal), harmony)))
    if not _starts_with_prefix(root):
        shapes += [Shape(prefix + shape.stem, shape.endings) for prefix in _PREFIXES for shape in tuple(shapes)]
    return list(dict.fromkeys(shapes))


def _starts_with_prefix(root: str) -> bool:
    return any(root.startswith(prefix) and len(root) > len(prefix) + 2 for prefix in _PREFIXES)


def _commanding(root: str) -> list[str]:
    """The stem of the imperative: gyógyíts-, fizess-, keress-, játssz-, hozz-."""
    if root.endswith("szt"):
        return [f"{root[:-3]}ssz"]
    if root.endswith("t"):
        return [f"{root}s", f"{root[:-1]}ss"]
    if root.endswith(("s", "z")):
        return [f"{root[:-2]}ssz" if root.endswith("sz") else f"{root}{root[-1]}"]
    return [f"{root}j", *([f"{root}" + "y"] if root.endswith("g") else [])]


@lru_cache(maxsize=1)
def every_ending() -> frozenset[str]:
    """All chains of suffixes of nouns, and the endings of verbs."""
    found: set[str] = set()
    for harmony in (_BACK, _FRONT, _ROUND):
        found |= endings(_VERB[harmony])
        for closing in ("", *"bcdfghjklmnprstvz", "sz", "gy"):
            found |= _chains(closing, harmony)
    return frozenset(found)


def irregular() -> tuple[str, ...]:
    """The words whose forms are listed, as some begin otherwise than the word."""
    return (*_STEMS,)
