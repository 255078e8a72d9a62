"""Forms of English words: plurals, verbs with the irregular ones, comparison, British and American spelling."""

from __future__ import annotations

import re

from app.wordforms.shapes import Shape, as_they_stand, endings, table

UNCHANGED = endings(
    "a about after again all already also always am an and any are as at be been before both but by can could did "
    "do does done each else even ever every for from had has have he her here him his how i if in into is it its "
    "just less like me more most must my no none nobody not nothing now of off on once one only or other our out "
    "over own per quite rather shall she should since so some such than that the their them then there these they "
    "this those though through to too under until up us very was we were what when where which while who why will "
    "with within would yes yet you your whose during something anything everything"
)
"""Words of the closed classes, which are no terms: they are looked for as they stand."""
_VERBS = table(
    "arise arose arisen", "awake awoke awoken", "bear bore borne", "beat beaten", "become became",
    "begin began begun", "bend bent", "bet", "bid", "bind bound", "bite bit bitten", "bleed bled",
    "blow blew blown", "break broke broken", "breed bred", "bring brought", "build built", "burn burnt",
    "buy bought", "catch caught", "choose chose chosen", "come came", "cost", "creep crept", "cut", "deal dealt",
    "dig dug", "draw drew drawn", "dream dreamt", "drink drank drunk", "drive drove driven", "eat ate eaten",
    "fall fell fallen", "feed fed", "feel felt", "fight fought", "find found", "flee fled", "fly flew flown",
    "forbid forbade forbidden", "forget forgot forgotten", "forgive forgave forgiven", "freeze froze frozen",
    "get got gotten", "give gave given", "go went gone goes", "grind ground", "grow grew grown", "hang hung",
    "hear heard", "hide hid hidden", "hit", "hold held", "hurt", "keep kept", "know knew known", "lay laid",
    "lead led", "lean leant", "learn learnt", "leave left", "lend lent", "let", "lie lay lain lying", "lose lost",
    "make made", "mean meant", "meet met", "pay paid", "put", "quit", "read", "ride rode ridden", "ring rang rung",
    "rise rose risen", "run ran", "say said", "see saw seen", "seek sought", "sell sold", "send sent", "set",
    "shake shook shaken", "shed", "shine shone", "shoot shot", "show shown", "shrink shrank shrunk", "shut",
    "sing sang sung", "sink sank sunk", "sit sat", "sleep slept", "slide slid", "smell smelt",
    "speak spoke spoken", "spell spelt", "spend spent", "spill spilt", "spin spun", "split", "spoil spoilt",
    "spread", "spring sprang sprung", "stand stood", "steal stole stolen", "stick stuck", "sting stung",
    "stink stank stunk", "strike struck stricken", "swear swore sworn", "sweep swept", "swim swam swum",
    "swing swung", "take took taken", "teach taught", "tear tore torn", "tell told", "think thought",
    "throw threw thrown", "understand understood", "wake woke woken", "wear wore worn", "weep wept", "win won",
    "withdraw withdrew withdrawn", "write wrote written", "overcome overcame", "undo undid undone",
    "mislead misled", "withhold withheld",
)  # fmt: skip
_NOUNS = table(
    "child children", "man men", "woman women", "foot feet", "tooth teeth", "goose geese", "mouse mice",
    "louse lice", "ox oxen", "person people persons", "leaf leaves", "knife knives", "life lives", "wife wives",
    "shelf shelves", "half halves", "loaf loaves", "thief thieves", "wolf wolves", "self selves", "calf calves",
    "scarf scarves", "criterion criteria", "phenomenon phenomena", "medium media", "datum data", "index indices",
    "appendix appendices", "die dice", "penny pence",
)  # fmt: skip
_COMPARED = endings(
    "bad big bold bright broad cheap clean clear close cold cool dark dear deep dull fair fast fat fine firm fit "
    "flat free fresh full good great green grey gross hard high hot large late light long loud low mad mean mild "
    "near neat new nice odd old pale plain poor pure quick quiet rare raw red rich ripe rough rude sad safe sharp "
    "short shy sick simple slow small smart smooth soft sour sparse steep stiff strange strict strong stupid sure "
    "sweet tall thick thin tight tiny tough true vague vast warm weak wet white wide wild wise young"
)
_OWN_COMPARISON = {"good": ("better", "best"), "bad": ("worse", "worst"), "far": ("further", "furthest")}
_SPELLINGS = (
    ("our", "or"), ("ise", "ize"), ("isation", "ization"), ("yse", "yze"), ("tre", "ter"), ("ogue", "og"),
    ("ence", "ense"), ("lling", "ling"), ("ement", "ment"),
)  # fmt: skip
_SPELLED_TWICE = endings(
    "flavour colour honour labour favour favourite neighbour behaviour rumour humour harbour odour savour vapour "
    "armour centre litre fibre theatre metre catalogue dialogue analogue licence defence offence pretence"
)
_VOWELS = "aeiou"
_DOUBLING = re.compile(r"^(?:.*[^aeiou])?[aeiou][bcdfgklmnprtvz]$")
_BOTH = frozenset({"burn", "dream", "lean", "learn", "smell", "spell", "spill", "spoil"})
_SYLLABLE = re.compile("[aeiouy]+")
_STRESSED_ENDS = ("mit", "fer", "cur", "gret", "get", "gin", "quip", "pel", "bel", "bet", "per", "set", "run", "put")
_LONG = 7


def shapes(word: str) -> list[Shape]:
    """The forms of a word, in lower case."""
    if word in UNCHANGED or not word.isascii() or not word.isalpha():
        return as_they_stand(word)
    found: dict[str, None] = {}
    for base in _bases(word):
        for spelled in _spelled(base):
            found.update(dict.fromkeys(_forms(spelled)))
    found[word] = None
    return as_they_stand(*found)


def _bases(word: str) -> list[str]:
    """The word, and what it may be a form of."""
    bases = [word]
    for irregular, others in (*_VERBS.items(), *_NOUNS.items()):
        if word in others and word != irregular:
            bases.append(irregular)
    if word.endswith("ies") and len(word) > len("dies"):
        bases.append(f"{word[:-3]}y")
    elif word.endswith(("ches", "shes", "sses", "xes", "zes", "oes")):
        bases += [word[:-2], word[:-1]]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > len("gas"):
        bases.append(word[:-1])
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) >= _LONG - (ending == "ed"):
            bases += _undone(word[: -len(ending)])
    return bases


def _undone(stem: str) -> list[str]:
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "lsz":  # noqa: PLR2004  a doubled letter
        return [stem[:-1]]
    if stem.endswith("i"):
        return [f"{stem[:-1]}y"]
    return [stem] if stem.endswith(("nd", "nt", "ck", "ll", "ss", "rd", "al", "il", "st", "lt")) else [stem, f"{stem}e"]


def _spelled(base: str) -> list[str]:
    """A base in British and American spelling."""
    spelled = [base]
    for british, american in _SPELLINGS:
        for one, other in ((british, american), (american, british)):
            if not base.endswith(one):
                continue
            turned = base[: -len(one)] + other
            if one in ("ise", "ize", "yse", "yze", "isation", "ization") or {base, turned} & _SPELLED_TWICE:
                spelled.append(turned)
    return spelled


def _forms(base: str) -> list[str]:
    return [
        base,
        *_NOUNS.get(base, ()),
        *_VERBS.get(base, ()),
        *(one for made in _endings(base).values() for one in made),
    ]


def _endings(base: str) -> dict[str, list[str]]:
    """The regular forms, by what is added: "s" (plurals, and he or she), "ing", "ed", "er" and "est"."""
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        stem = base[:-1]
        found = {"s": [f"{stem}ies"], "ed": [f"{stem}ied"], "ing": [f"{base}ing"], "er": [f"{stem}ier", f"{stem}iest"]}
    elif base.endswith("e"):
        going = f"{base}ing" if base.endswith(("ee", "oe", "ye")) else f"{base[:-1]}ing"
        found = {"s": [f"{base}s"], "ed": [f"{base}d"], "ing": [going]}
    else:
        hissing = base.endswith(("s", "x", "z", "ch", "sh", "o"))
        plural = [*([f"{base}es"] if hissing else []), *([] if hissing and base[-1] != "o" else [f"{base}s"])]
        doubled = [base + base[-1]] if _doubles(base) else []
        stems = doubled if doubled and base[-1] != "l" else [base, *doubled]
        past = [f"{stem}ed" for stem in stems if base not in _VERBS or base in _BOTH]
        found = {"s": plural, "ing": [f"{stem}ing" for stem in stems], "ed": past}
    if base.endswith("sis"):
        found["s"] = [f"{base[:-2]}es", *found["s"]]
    compared = _compared(base)
    return {**found, "er": [*found.get("er", ()), *compared]}


def _doubles(base: str) -> bool:
    """Whether the last consonant is doubled: stop, stopped; travel, travelled; admit, admitted; but visit, visited."""
    if not _DOUBLING.match(base):
        return False
    return len(_SYLLABLE.findall(base)) == 1 or base.endswith(("l", *_STRESSED_ENDS))


def _compared(base: str) -> list[str]:
    if base in _OWN_COMPARISON:
        return list(_OWN_COMPARISON[base])
    if base not in _COMPARED:
        return []
    stem = base[:-1] if base.endswith(("e", "y")) else base
    stem = f"{base[:-1]}i" if base.endswith("y") else stem
    stem = base + base[-1] if _DOUBLING.match(base) else stem
    return [f"{stem}er", f"{stem}est"]


def every_ending() -> frozenset[str]:
    """The regular endings."""
    return frozenset({"", "s", "es", "d", "ed", "ing", "er", "est"})


_MASS = endings("feedback advice information help support news equipment research progress money work time care")
"""Words that have no plural: "complaints" and "feedback" make "feedback"."""
_PARTICLES = endings("up out in on off down away back over through forward along around together")
_NEVER_MANY = ("ed", "ing", "ly", "ful", "ous", "ive", "able", "ible", "less", "ic", "ish")
_UNLIKE_OTHERS = frozenset({"become", "come", "run", "overcome", "beat"})
"""Verbs with two parts alike, of which the one list of theirs doesn't say which."""


def like(form: str, word: str, better: str) -> str | None:
    """`better`, of one word or more, in the form that `form` is of `word`; None where it isn't certain."""
    kinds = [kind for kind, made in _kinds(word).items() if form in made]
    found = {_put(kind, better.split()) for kind in kinds}
    return found.pop() if len(found) == 1 else None


def _kinds(word: str) -> dict[str, list[str]]:
    """The forms of a word by what they are: "s", "ing", "past" and "done"; of comparison nothing is said."""
    regular = {kind: [one for base in _spelled(word) for one in _endings(base)[kind]] for kind in ("s", "ing", "ed")}
    plural, verb = _NOUNS.get(word, ()), _VERBS.get(word)
    found = {"s": [*plural, *regular["s"]], "ing": regular["ing"]}
    if verb is None:
        return {**found, "past": regular["ed"], "done": regular["ed"]}
    if word in _UNLIKE_OTHERS:
        return found
    past = [verb[0] if verb else word, *regular["ed"]]
    return {**found, "past": past, "done": [verb[1], *regular["ed"]] if len(verb) > 1 else past}


def _put(kind: str, words: list[str]) -> str | None:
    first, last = words[0], words[-1]
    is_verb = len(words) > 1 and (last in _PARTICLES or first in _VERBS)
    at = 0 if is_verb or kind != "s" else len(words) - 1
    if kind == "s" and not is_verb:
        if last in _MASS:
            return " ".join(words)
        if last in _COMPARED or last in UNCHANGED or last.endswith(_NEVER_MANY):
            return None
    if not words[at].isascii() or not words[at].isalpha() or words[at] in UNCHANGED:
        return None
    made = _kinds(words[at]).get(kind)
    return " ".join([*words[:at], made[0], *words[at + 1 :]]) if made else None
