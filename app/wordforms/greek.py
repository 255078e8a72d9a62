"""Forms of Greek words: nouns, adjectives and verbs by the end of the word. Without accents, which move."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import chain

from app.base.text import fold
from app.wordforms.shapes import Shape, as_they_stand, endings, table

UNCHANGED = endings(
    "α αλλα αν ανα απο αυτα αυτες αυτη αυτην αυτης αυτο αυτοι αυτον αυτος αυτου αυτους αυτων για γιατι δεν δε δια "
    "εαν εγω εδω ειμαι ειναι εις εκει εμας εμεις εμενα ενα εναν ενας ενος εσας εσεις εσενα εσυ ετσι εχει εχεις "
    "εχετε εχουμε εχουν εχω η ηδη ηταν θα και κατα κι κατι λιγο μα μας με μεσα μετα μεχρι μη μην μια μιας μου να "
    "ναι ο οι ολα ολοι ομως οπως οσο οταν οτι ουτε οχι παντα παρα περι πιο πολυ που πως πρεπει πριν προς πισω σα "
    "σαν σας σε σου στα στη στην στης στις στο στον στους συ τα τι τις το τον του τους τη την της των τωρα υπο ως "
    "επισης"
)
_MAN_OS = endings("ος ου ο ον ε οι ων ους")
_PLACE_OS = endings("η ους ων")
_ADJECTIVE = endings("ος ου ο ον ε οι ων ους η ης ην ες α ας")
_ADJECTIVE_I = endings("ος ου ο ον ε οι ων ους α ας ες")
_HIGHER = endings(
    *(
        f"{step}{end}"
        for step in ("οτερ", "οτατ", "υτερ", "υτατ")
        for end in (["ος", "ου", "ο", "ον", "ε", "οι", "ων", "ους", "η", "ης", "ες", "α", "ας"])
    )
)
_NEUTER_O = endings("ο ου α ων")
_NEUTER_I = endings("ι ιου ια ιων")
_NEUTER_MA = endings("μα ματος ματα ματων")
_FEMALE = endings("α ας ες ων αν")
_FEMALE_I = endings("η ης ες ων εις εως εων ην")
_MAN_AS = endings("ας α ες ων αδες αδων ου")
_MAN_EAS = endings("εας εα εις εων εες")
_MAN_IS = endings("ης η ες ων ηδες ηδων εις ους α ην")
_PRESENT = endings("ω εις ει ουμε ομε ετε ουν ουνε ε οντας ωντας")
_PAST = endings("α ες ε αμε ατε αν ανε ασι")
_ONCE = endings("ω εις ει ουμε ομε ετε ουν ουνε ε τε ου")
_PASSIVE = endings(
    "ομαι εσαι εται ομαστε ομασταν εστε εσθε ονται ομουν οσουν οταν οσασταν οσαστε ονταν ουμαι ομενος ομενη ομενο"
)
_PASSIVE_PAST = endings("ηκα ηκες ηκε ηκαμε ηκατε ηκαν ηκανε ω εις ει ουμε ειτε ουν ουνε")
_DONE = endings("μενος μενη μενο μενου μενης μενον μενην μενοι μενες μενα μενων μενους μενε")
_LOVE = endings(
    "ω αω ας αει α αμε αν ανε ατε ουμε ουν ουνε εις ει ειτε ουσα ουσες ουσε ουσαμε ουσατε ουσαν αγα αγες αγε "
    "αγαμε αγατε αγαν ωντας ιεμαι ιεσαι ιεται ιομαστε ιεστε ιουνται ουμαι εισαι ειται ουμαστε ειστε ουνται ιομουν "
    "ιοταν ιονταν αμαι ασαι αται ομαστε αστε ουνταν ουντο ωμαι"
)
_AFTER_LOVE = ("ησ", "ασ", "εσ", "ηξ", "αξ")
_WORDS = table(
    "φως φωτοσ φωτα φωτων", "γαλα γαλατοσ γαλακτοσ γαλατα", "μεγαλος μεγαλυτερος μεγαλυτερη μεγαλυτερο μεγιστος",
    "πολυς πολλοι πολλες πολλα πολλων πολλη πολλησ πολυ πολυν πολλουσ", "κακος χειροτερος χειροτερη χειροτερο",
    "καλος καλυτερος καλυτερη καλυτερο αριστος",
    "λεω λες λεει λεμε λετε λενε ειπα ειπες ειπε ειπαμε ειπατε ειπαν πω πεις πει πουμε πειτε πουν πες πειτε",
    "βλεπω ειδα ειδες ειδε ειδαμε ειδατε ειδαν δω δεις δει δουμε δειτε δουν δες",
    "τρωω τρως τρωει τρωμε τρωτε τρωνε εφαγα εφαγε φαω φαει φαμε φατε φανε",
    "πινω ηπια ηπιε ηπιαμε πιω πιεις πιει πιουμε πιειτε πιουν",
    "παιρνω πηρα πηρες πηρε πηραμε πηρατε πηραν παρω παρεις παρει παρουμε παρετε παρουν παρε",
    "δινω εδωσα εδωσε δωσαμε δωσατε εδωσαν δωσω δωσεις δωσει δωσουμε δωσετε δωσουν δωσε δοθηκε δοθει δοθουν "
    "δοσμενο",
    "στελνω εστειλα εστειλε στειλαμε στειλατε εστειλαν στειλω στειλεις στειλει στειλουμε στειλετε στειλουν στειλε "
    "σταλθηκε σταλθει σταλμενο",
    "βαζω εβαλα εβαλε βαλαμε βαλω βαλεις βαλει βαλουμε βαλετε βαλουν βαλε",
    "βγαζω εβγαλα εβγαλε βγαλω βγαλει βγαλουμε", "κανω εκανα εκανε καναμε κανατε εκαναν",
    "φερνω εφερα εφερε φεραμε φερατε εφεραν φερω φερεις φερει φερουμε φερετε φερουν φερε",
    "μενω εμεινα εμεινε μειναμε μεινω μεινεις μεινει μεινουμε",
    "παω πας παει παμε πατε πανε πηγα πηγε πηγαμε πηγαν", "σκαω σκασε σκαστε σκασω σκασεις σκασει εσκασα εσκασε",
    "γυναικα", "χερι", "ανδρας", "κρεας κρεατος κρεατα κρεατων", "περας περατος περατα", "παν παντος",
    "συμβαν συμβαντος συμβαντα συμβαντων", "ενδιαφερον ενδιαφεροντος ενδιαφεροντα ενδιαφεροντων", "προϊον",
    "προιον προιοντος προιοντα προιοντων", "μελλον μελλοντος", "παρον παροντος", "περιβαλλον περιβαλλοντος",
    "καθεστως καθεστωτος καθεστωτα", "γεγονος γεγονοτος γεγονοτα γεγονοτων", "ειδωλο", "αστυ",
    "οξυ οξεος οξεα οξεων", "δορυ", "βραδυ βραδιου βραδια", "πλοιο", "παππους παππου παππουδες παππουδων",
    "αλεπου αλεπουδες αλεπουδων αλεπους", "μαθαινω εμαθα εμαθε μαθαμε μαθω μαθεις μαθει μαθουμε μαθετε μαθουν",
    "πεθαινω πεθανα πεθανε πεθανω",
    "καταλαβαινω καταλαβα καταλαβες καταλαβε καταλαβω καταλαβεις καταλαβει καταλαβουμε καταλαβετε καταλαβουν",
    "πληρωνω", "αφηνω αφησα αφησε αφησω", "ανεβαινω ανεβηκα ανεβηκε ανεβω", "σερνω", "περνω", "αρεσω αρεσα αρεσε",
)  # fmt: skip
_ADJECTIVE_ENDS = ("ικ", "ακ", "ιν", "ιμ", "ερ", "ηρ", "ωτ", "τ", "μεν", "λ", "φ", "δ", "υκ", "αιν")
_I_ENDS = ("ι", "αι", "ει", "ε", "ρ")
_PREFIXES = (
    "επι",
    "απο",
    "κατα",
    "ανα",
    "παρα",
    "δια",
    "μετα",
    "υπο",
    "εκ",
    "εν",
    "συν",
    "προσ",
    "αντι",
    "περι",
    "υπερ",
    "εισ",
    "προ",
)
_AUGMENTED = {
    "επι": "επε", "απο": "απε", "κατα": "κατε", "ανα": "ανε", "παρα": "παρε", "δια": "διε",
    "μετα": "μετε", "υπο": "υπε", "εκ": "εξε", "εν": "ενε", "συν": "συνε", "προσ": "προσε",
    "αντι": "αντε", "περι": "περιε", "υπερ": "υπερε", "εισ": "εισε", "προ": "προε",
}  # fmt: skip
_AORISTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("στρεφ", ("στρεψ", "στραφ", "στρεφθ")), ("τρεπ", ("τρεψ", "τραπ")),
    ("γραφ", ("γραψ", "γραφ", "γραφτ", "γραφθ")), ("κοβ", ("κοψ", "κοπ")), ("ευ", ("ευσ", "εψ", "ευθ", "ευτ")),
    ("αυ", ("αυσ", "αψ")), ("αιν", ("αν", "υν", "ανθ", "ασ")), ("ων", ("ωσ", "ωθ")), ("υν", ("υν", "υνθ")),
    ("ιν", ("ιν", "εισ", "ισ", "ινθ", "ισθ", "ιστ", "ιθ", "εισθ", "ειστ")), ("αν", ("ασ", "αν", "αθ")),
    ("ην", ("ησ", "ηθ")), ("ν", ("σ", "ν", "θ")), ("ιζ", ("ισ", "ιξ", "ιστ", "ισθ", "ιχτ", "ιχθ")),
    ("αζ", ("ασ", "αξ", "αστ", "ασθ", "αχτ", "αχθ")), ("οζ", ("οσ", "οξ", "οστ", "οχτ")),
    ("ζ", ("σ", "ξ", "στ", "χτ", "χθ")), ("πτ", ("ψ", "φτ", "φθ")), ("φτ", ("ψ", "φτ")),
    ("φ", ("ψ", "φτ", "φθ", "φ")), ("β", ("ψ", "φτ", "φθ", "βηξ")), ("π", ("ψ", "φτ", "φθ")), ("χν", ("ξ", "χτ")),
    ("γγ", ("γξ", "γχτ", "γχθ")), ("γ", ("ξ", "χτ", "χθ", "γ")), ("χ", ("ξ", "χτ", "χθ", "σχ")),
    ("κ", ("ξ", "χτ", "χθ")), ("σσ", ("ξ", "χτ", "χθ")), ("ττ", ("ξ", "χτ", "χθ")), ("θ", ("σ", "στ", "σθ")),
    ("δ", ("σ", "στ", "σθ")), ("λλ", ("λ", "ιλ", "λθ", "λ")), ("ελ", ("ειλ", "ελ", "αλθ")), ("λ", ("λ", "ιλ", "λθ")),
    ("ερ", ("ειρ", "ερ", "αρθ", "ερθ")), ("ρ", ("ρ", "ρθ")), ("ου", ("ουσ", "ουστ")), ("υ", ("υσ", "υθ")),
    ("ε", ("ευσ",)), ("ο", ("ουσ",)), ("ι", ("ισ",)),
)  # fmt: skip
_DONE_STEMS = {"σ": ("σ", ""), "ψ": ("μ",), "ξ": ("γ",), "ν": ("σ", "μ")}
_AFTER_VOWEL = re.compile("^[αεηιουω]")
_NUCLEUS = re.compile("αι|ει|οι|ου|υι|αυ|ευ|ηυ|[αεηιουω]")
_SYLLABLE = re.compile("[αεηιουω]+")


@lru_cache(maxsize=4096)
def shapes(word: str) -> list[Shape]:
    """The forms of a word, folded: no accents, σ for ς."""
    bare = fold(word)
    if bare in _FOLDED_UNCHANGED or len(bare) < 3 or not bare.isalpha():  # noqa: PLR2004  two letters have no forms
        return as_they_stand(bare)
    found = [*as_they_stand(bare, *map(fold, _FOLDED_WORDS.get(bare, ()))), *_noun(bare, word), *_verb(bare, word)]
    return [Shape(shape.stem, _folded(shape.endings)) for shape in found if shape.stem]


@lru_cache(maxsize=512)
def _folded(kinds: frozenset[str]) -> frozenset[str]:
    return frozenset(one.replace("ς", "σ") for one in kinds)


_FOLDED_UNCHANGED = frozenset(map(fold, UNCHANGED))
_FOLDED_WORDS = {fold(word): others for word, others in _WORDS.items()}


def _noun(bare: str, word: str) -> list[Shape]:
    if word.endswith(("ός", "όσ")) and not bare.endswith("μοσ"):  # φτηνός; a noun with these endings is no word
        return [*_adjective(bare[:-2]), Shape(bare[:-2], _MAN_OS)]
    for end, make in _BY_END:
        if bare.endswith(end) and len(bare) > len(end) + 1:
            return make(bare[: -len(end)])
    return []


def _adjective(stem: str) -> list[Shape]:
    return [Shape(stem, _ADJECTIVE), Shape(stem, _HIGHER)]


def _is_adjective(stem: str) -> bool:
    return stem.endswith(_ADJECTIVE_ENDS)


def _os(stem: str) -> list[Shape]:
    if _is_adjective(stem):
        return _adjective(stem)
    if stem.endswith(("ι", "ε")):
        return [Shape(stem, _ADJECTIVE_I), Shape(stem, _HIGHER)]
    return [Shape(stem, _MAN_OS), Shape(stem, _PLACE_OS)]


def _o(stem: str) -> list[Shape]:
    return [*([Shape(f"{stem[:-2]}ι", _NEUTER_MA)] if stem.endswith("ιμ") else []), Shape(stem, _NEUTER_O),
            *(_adjective(stem) if _is_adjective(stem) else [])]  # fmt: skip


def _a(stem: str) -> list[Shape]:
    found = [Shape(stem, _FEMALE)]
    if stem.endswith("μ"):
        found.append(Shape(stem[:-1], _NEUTER_MA))
    if stem.endswith("ματ"):
        found.append(Shape(stem[:-3], _NEUTER_MA))
    if stem.endswith(("ι", "ει", "μεν", "ικ", "ητ")):
        found += [Shape(stem, _NEUTER_O), *([Shape(stem[:-1], _NEUTER_I)] if stem.endswith("ι") else [])]
    if stem.endswith(("μεν", "ικ", "ητ")):
        found += _adjective(stem)
    if stem.endswith("ε"):
        found.append(Shape(stem[:-1], _MAN_EAS))
    return found


def _i(stem: str) -> list[Shape]:
    found = [Shape(stem, _FEMALE_I)]
    return [
        *found,
        *(_adjective(stem) if stem.endswith(("ικ", "ακ", "ιν", "ιμ", "ηρ", "μεν", "τικ", "ατ", "ητ")) else []),
    ]


def _plural(stem: str) -> list[Shape]:
    return [Shape(stem, endings("α ας ες ων η ης ου")), *([Shape(f"{stem}α", endings("ς"))])]


_BY_END = (
    ("εασ", lambda stem: [Shape(stem, _MAN_EAS)]),
    ("εισ", lambda stem: [Shape(stem, _FEMALE_I), Shape(stem, _MAN_IS)]),
    ("ουσ", lambda stem: [Shape(stem, endings("ους ου ουδες ουδων"))]),
    ("ων", lambda stem: [Shape(stem, _NEUTER_O), *_os(stem)]),
    ("οσ", _os),
    ("ασ", lambda stem: [Shape(stem, _MAN_AS)]),
    ("ησ", lambda stem: [Shape(stem, _MAN_IS)]),
    ("υσ", lambda stem: [Shape(stem, endings("υς υ ια ιας ιες ιοι ιων ιους εις εα εων εος υν")), Shape(stem, _HIGHER)]),
    ("εσ", _plural),
    ("οι", _os),
    ("ου", lambda stem: [Shape(stem, endings("ου ους ουδες ουδων"))]),
    ("μα", lambda stem: [Shape(stem, _NEUTER_MA), Shape(f"{stem}μ", _FEMALE)]),
    ("ο", _o),
    ("α", _a),
    ("η", _i),
    ("ι", lambda stem: [Shape(stem, _NEUTER_I)]),
    ("υ", lambda stem: [Shape(stem, endings("υ υος υα υων ιου ια ιων"))]),
    ("ω", lambda stem: [Shape(stem, endings("ω ως"))]),
)


def _verb(bare: str, word: str) -> list[Shape]:
    for end in ("ουμαι", "ιεμαι", "αμαι", "ομαι"):
        if bare.endswith(end):
            stem = bare[: -len(end)]
            return [*_contracted(stem), Shape(stem, _PASSIVE)] if end != "ομαι" else _plain(stem)
    if bare.endswith("αω"):
        return _contracted(bare[:-2])
    if not bare.endswith("ω"):
        return _plain(bare[:-2]) if bare.endswith("ει") and len(bare) > 4 else []  # noqa: PLR2004  θεραπεύει
    if word.endswith("ώ"):
        return _contracted(bare[:-1])
    return [*_plain(bare[:-1]), *(_contracted(bare[:-1]) if word == bare else [])]


def _plain(stem: str) -> list[Shape]:
    found = [Shape(stem, _PRESENT), Shape(stem, _PAST), Shape(stem, _PASSIVE)]
    pasts = [stem]
    for end, becomes in _AORISTS:
        if stem.endswith(end):
            for one in becomes:
                found += _after(stem[: len(stem) - len(end)] + one)
                pasts.append(stem[: len(stem) - len(end)] + one)
            break
    found += [Shape(augmented, _PAST) for one in pasts for augmented in _augmented(one)]
    return found


def _after(aorist: str) -> list[Shape]:
    found = [Shape(aorist, _PAST), Shape(aorist, _ONCE), Shape(aorist, _PASSIVE_PAST)]
    return [*found, *(Shape(aorist[:-1] + one, _DONE) for one in _DONE_STEMS.get(aorist[-1], ()))]


def _contracted(stem: str) -> list[Shape]:
    found = [Shape(stem, _LOVE)]
    for middle in _AFTER_LOVE:
        found += [Shape(f"{stem}{middle}", _PAST), Shape(f"{stem}{middle}", _ONCE)]
        found += [Shape(augmented, _PAST) for augmented in _augmented(f"{stem}{middle}")]
    found += list(
        chain.from_iterable((Shape(f"{stem}{vowel}θ", _PASSIVE_PAST), Shape(f"{stem}{vowel}", _DONE)) for vowel in "ηε")
    )
    return [*found, Shape(f"{stem}αστ", _PASSIVE_PAST), Shape(f"{stem}εστ", _PASSIVE_PAST), Shape(f"{stem}ασ", _DONE)]


def _augmented(stem: str) -> list[str]:
    """With the ε of the past: γράφω, έγραψα; επιστρέφω, επέστρεψα."""
    found = [] if _AFTER_VOWEL.match(stem) or len(_SYLLABLE.findall(stem)) > 1 else [f"ε{stem}"]
    return found + [
        _AUGMENTED[prefix] + stem[len(prefix) :]
        for prefix in _PREFIXES
        if stem.startswith(prefix) and len(stem) > len(prefix) + 1
    ]


def with_accent(form: str, word: str) -> str:
    """A form with ς at its end and an accent where that of the word it is of leads it; near enough to be read."""
    bare = fold(word)
    letters = unicodedata.normalize("NFD", word.casefold()).replace("\u0308", "")
    mark = letters.find("\u0301")
    text = f"{form[:-1]}ς" if form.endswith("σ") else form
    syllables = list(_NUCLEUS.finditer(text))
    if mark < 1 or len(syllables) < 2:  # noqa: PLR2004  words of one syllable have no accent
        return text
    at = mark - 1
    if bare[: at + 1] == form[: at + 1] and at < len(text):
        place = next((n for n, one in enumerate(syllables) if one.start() <= at < one.end()), len(syllables) - 1)
        place = max(place, len(syllables) - 3)
    else:
        place = len(syllables) - 1 if at >= len(bare) - 3 else max(0, len(syllables) - 3)
    end = syllables[place].end()
    return unicodedata.normalize("NFC", f"{text[:end]}\u0301{text[end:]}")


@lru_cache(maxsize=1)
def every_ending() -> frozenset[str]:
    """The endings of all classes together, folded."""
    nouns = (
        _MAN_OS,
        _ADJECTIVE,
        _HIGHER,
        _NEUTER_O,
        _NEUTER_I,
        _NEUTER_MA,
        _FEMALE,
        _FEMALE_I,
        _MAN_AS,
        _MAN_EAS,
        _MAN_IS,
    )
    return _folded(frozenset().union(*nouns, _PRESENT, _PAST, _ONCE, _PASSIVE, _DONE, _LOVE))


def irregular() -> tuple[str, ...]:
    """The words whose forms are listed, as some begin otherwise than the word."""
    return (*_WORDS,)
