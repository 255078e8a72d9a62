"""Who spoke, of a notice: the name stands in its subject or its sender's name, and again among its words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from app.base.text import fold, legible, words
from app.intake.notices.phrases import CHROME, GREETING, META, NOBODY, OURS, SPOKE, STARS

_MAX_NAME_CHARS, _MAX_NAME_WORDS = 60, 7
_MAX_HEADING_CHARS = 300
_FIRST_PICTURE = "\U0001f000"
_MAX_ENDING = 3  # characters that a case adds or takes
_SEVERAL = 5  # words
_MIN_INSIDE = 2  # a service's name of two letters is part of too many names


def _folded_set(words_in_it: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words_in_it.split())


# Words between a name and its verb, or before a name, folded.
_AROUND = _folded_set(
    "has have had just also and is was recently je se si vás tě ti vám te téged az a egy új nový novou nová nové "
    "ný nýja nýtt nýjan hefur er þér þig νέα νέο νέος σας σου μια ένα έναν μόλις éppen most právě právě "
    "felhasználó the new your you on in to of for"
)
_TITLES = _folded_set(
    "Ο Η Ο/Η Οι ο η ο/η χρήστης χρήστρια χρήστη User Uživatel Uživatelka uživatele uživatelky Notandinn"
)
FROM = _folded_set("from by od frá από τον την της του tőle: tőle feladó: feladó þann")
_ABOUT = _folded_set("για σε με προς σχετικά περί")
"""Before an article: what follows is what was written about, not who wrote."""
_ENDS = _folded_set(
    "on in at for about to via with á í um við fyrir na v ve k ke pro o u k: σε στο στη στην στον για με a az at "
    "- – — | · :"
)
_NEW = _folded_set(
    "new your a an you új újabb egy nový nová nové noví nových nýtt ný nýja nýjar nýir nýjan "
    "νέα νέο νέος νέες νέοι ένα μια"
)
_HAS = _folded_set("has have is hefur má mají έχει")
_GOT = _folded_set(
    "received receive got gets fékk fengið kapott érkezett obdržel obdržela obdrželo dostal"
    " dostala dostalo obdrželi dostali έλαβε"
)
_OF = _folded_set("of for about um fyrir o na pro για")
_ARTICLES = _folded_set("the a az τη την το τον τις τα")
_MADE = _NEW - _folded_set("a an your you egy ένα μια")
_RECEIVED = _folded_set(
    "received receive got get gets fékk hefur fengið kapott kaptál kaptatok obdržel obdržela dostal dostala "
    "obdrželi dostali má mají máte máš έχει έλαβε έλαβες λάβατε έχετε έχεις þú"
)
_SEPARATORS = frozenset("·•|–—-,")
_OTHERS = re.compile(
    r" (?:and|og|és|a|et|και|,) (?:(?:további|další|άλλοι|άλλα|αλλα) )?\d{1,5}\b.{0,80}$", re.IGNORECASE
)
_OTHER_WORDS = frozenset(
    fold(word) for word in ["others", "fleiri", "ember", "mások", "další", "ostatní", "άλλοι", "ακόμη"]
)
_WHEN = re.compile(
    r" (?:[·•|–—-] ?)?(?:\d{1,3} ?(?:h|d|m|min|w|s|hod|perc|óra|klst|ω|λ|ώ|ó"
    r"|ώρ\w{1,3}|λεπτ\w{0,2})\.?|\d{1,3} \w{1,12} ago"
    r"|(?:an?|one) \w{1,8} ago|just now|yesterday|fyrir \d{1,3} \w{1,10}\.?"
    r"|\d{1,3} \w{1,10}(?:ja|je)|před \d{1,3} \w{1,10}"
    r"|πριν (?:από )?\d{1,3} \w{1,10})$",
    re.IGNORECASE,
)
_BESIDE = re.compile(r" [·•] ")
"""Before a country, how long ago, how many votes: u/lemon · 3h · 1 vote."""
_BESIDE_COUNTS = re.compile(r" \| \d{1,6} ?[^\W\d].{0,80}$")
_VIA = re.compile(
    r" (?:\(?(?:via|on|at|from|á|přes|na|μέσω|στο) [\w .-]{1,60}\)?|[|·–—-] ?[\w .]{1,60}|\([\w .]{1,60}\)) ?$",
    re.IGNORECASE,
)
_HANDLE = re.compile(r" ?[(\[]?@([\w.·-]{1,60})[)\]]? ?$")
_ONE_HANDLE = re.compile(r"(?:@[\w.·-]{2,60}|_?[^\W_]{1,40}[._][\w.]{0,60}\w)$")
"""What can only be a handle: jam.and.toast, @jam-1958."""
_OF_PICTURE = re.compile(
    r"(?:['’]s (?:profile (?:photo|picture|image)|avatar|photo|picture)|(?:profile (?:photo|picture|image)|avatar|photo"
    r"|picture) (?:of|for)|prófílmynd|profilképe|profilkép|profilový obrázek|profilová fotka|φωτογραφία προφίλ)\s?:?",
    re.IGNORECASE,
)
_HOST = re.compile(r" ?\[[\w-]{1,40}(?:\.[\w-]{1,40}){1,5}(?:\]|$)")
"""Where a link leads, as a program writes it into plain text."""
_SENTENCE = re.compile(r"[.!?…:;]\s*$|…\s?\w|[?!]|[^\W\d_A-Z]{4}[.:;] |https?:|\n|\d{4,}|[“”„«»\"]")
_STOP = re.compile(r"(?:[^\W\d_]{3}|\d|[)\]])[.!?…]{1,3}\s+\S|\n\s{0,20}\S")
_STRIPPED = ". \t\n:,;·•|-–—“”„\"'’‘»«[](){}"


def tidy(name: str) -> str:
    """A name without what stands around it; one in a script from right to left without the marks of direction."""
    shown = _HOST.sub("", " ".join(legible(name).split())[:200])
    beside = _BESIDE.split(shown, maxsplit=1)[0]
    name = beside if any(letter.isalpha() for letter in beside) else shown
    bare = _OTHERS.sub("", name).strip(_STRIPPED)
    bare = _BESIDE_COUNTS.sub("", bare)
    bare = _WHEN.sub("", bare) or bare
    handle = _HANDLE.search(bare)
    if handle and bare[: handle.start()].strip(_STRIPPED):
        name = bare = bare[: handle.start()].strip()
        bare = bare.strip(_STRIPPED)
    begin = _begin(bare)
    return f"{bare[begin:]}." if _is_initial(name) else bare[begin:]


def spellings(name: str) -> set[str]:
    """A name, folded, and a handle with and without its mark; an empty set for ""."""
    bare = fold(name).lstrip("@")
    return ({bare} if " " in bare else {bare, f"@{bare}"}) if bare else set()


def without_from(line: str) -> str:
    """A line of a name without a small “from” or “by” before it."""
    first, _, rest = line.partition(" ")
    return rest if first[:1].islower() and fold(first) in FROM and is_name(rest) else line


def _begin(name: str) -> int:
    """Where a name begins: at its first letter, or at pictures that stand right before it."""
    begin = next((at for at, letter in enumerate(name) if letter.isalnum() or letter in "@_"), len(name))
    pictures = name[:begin].rpartition(" ")[2]
    shown = pictures and all(letter >= _FIRST_PICTURE or letter in "\ufe0f\u200d" for letter in pictures[1:])
    whole = shown and (pictures[0] >= _FIRST_PICTURE or pictures[1:2] == "\ufe0f")
    return begin - len(pictures) if whole else begin


def is_name(text: str, *, spoke: bool = False) -> bool:  # noqa: PLR0911  one question after the other
    """Whether a block, or a run of words in it, may be a name and nothing else.

    Before a verb (`spoke`) two capital words are a name even if the first one greets or is a button's: Míla, Škoda.
    """
    bare = tidy(text)
    parts = words(bare)
    if not parts or len(bare) > _MAX_NAME_CHARS or len(bare.split()) > _MAX_NAME_WORDS:
        return False
    folded = fold(bare)
    if folded in NOBODY or not any(letter.isalpha() for letter in bare):
        return False
    if _ONE_HANDLE.match(text.strip()):
        return True
    if STARS.search(folded) or "," in bare:
        return False
    if _SENTENCE.search(text.strip().removesuffix(":")) and not _is_initial(text):
        return False
    if spoke and len(bare.split()) > 1 and all(part[0].isupper() for part in bare.split()):
        return not (META.match(folded) or OURS.match(folded))
    if _is_mostly_small(bare):
        return False
    return not (META.match(folded) or CHROME.match(folded) or GREETING.match(folded) or OURS.match(folded))


def _is_mostly_small(text: str) -> bool:
    """Whether most of many words are small ones: a sentence, or the title of a post."""
    tokens = text.split()
    return len(tokens) >= _SEVERAL and sum(token[0].islower() for token in tokens) > len(tokens) // 2


def last_sentence(text: str) -> str:
    """What a text says after its last stop or line's end that has more after it."""
    ends = [match.end() - 1 for match in _STOP.finditer(text[:2000])]
    return text[ends[-1] :] if ends else text


def is_plausible(name: str) -> bool:
    """Whether a name can be one as it is written: no sentence, and no words of speaking in small letters."""
    tokens = name.split()
    small = [token for token in tokens if token[0].islower()]
    if len(tokens) > 1 and small and any(len(token) > _MAX_ENDING and SPOKE.match(fold(token)) for token in small):
        return False
    if any(mark in name for mark in '?!:"“”„«»\n') or (tokens and tokens[0].isdigit() and small):
        return False
    begins = bool(tokens) and tokens[0] == (small[0] if small else "")
    handle = bool(tokens) and (_ONE_HANDLE.match(tokens[0]) is not None or tokens[0].startswith("u/"))
    return not begins or len(tokens) == 1 or handle or len(tokens[0]) <= _MAX_ENDING


def tells(text: str) -> bool:
    """Whether words that might be a name have one of speaking among their small ones: “You have a new review”."""
    small = [token for token in text.split()[1:] if token[0].islower()]
    return any(len(token) > _MAX_ENDING and SPOKE.match(fold(token)) for token in small)


def _is_initial(text: str) -> bool:
    """“Jana N.” ends with a point, and is a name."""
    bare = text.strip()
    last = bare.rpartition(" ")[2].rstrip(".")
    return bare.endswith(".") and 1 <= len(last) <= 2 and last[0].isupper() and len(bare.split()) <= 4  # noqa: PLR2004  a shortened name: "Anna B."


def names_others(sentence: str) -> bool:
    """Whether a sentence tells of more people than it names: “Anna Bell and 2 others”."""
    sentence = " ".join(sentence.split())[:_MAX_HEADING_CHARS]
    return any(_OTHERS.search(sentence[:end]) for end in _ends_of_words(sentence)) or any(
        fold(token).strip(".,:") in _OTHER_WORDS for token in sentence.split()
    )


def _ends_of_words(sentence: str) -> Iterator[int]:
    """Where a count may end that follows a name, with the word after it."""
    for match in re.finditer(r"\d{1,5} \w{1,20}", sentence[:_MAX_HEADING_CHARS]):
        yield match.end()


def before_verb(sentence: str) -> str:
    """The name in a sentence of somebody having spoken ("Anna Bell commented on ...", "New review from Anna Bell")."""
    tokens = legible(sentence)[:_MAX_HEADING_CHARS].split()
    folded = [fold(token).strip(".,:“”\"'()[]") for token in tokens]
    verb = next((at for at in range(len(tokens)) if SPOKE.match(" ".join(folded[at : at + 4]))), None)
    if verb is None:
        return ""
    if received_by(sentence) or not _RECEIVED.isdisjoint(folded[:verb]) or "you" in folded[:verb]:
        return _after(tokens[verb:], folded[verb:])
    return _subject(tokens[:verb], folded[:verb]) or _after(tokens[verb:], folded[verb:])


def received_by(sentence: str) -> str:
    """Who was spoken to in a sentence that tells of no one else: “Stand Lemonade has a new review”; "" in any other."""
    tokens = legible(sentence)[:_MAX_HEADING_CHARS].split()
    folded = [fold(token).strip(_STRIPPED) for token in tokens]
    for at in range(1, len(tokens)):
        got = folded[at] in _GOT
        if not got and folded[at] not in _HAS:
            continue
        after = at + 1
        while after < len(tokens) and (folded[after] in _NEW or folded[after] in _GOT or tokens[after][0].isdigit()):
            after += 1
        told = SPOKE.match(" ".join(folded[after : after + 3])) is not None
        if told and (got or any(word in _MADE or word[:1].isdigit() for word in folded[at + 1 : after])):
            return tidy(" ".join(tokens[:at]))
    return ""


def reviewed_in(sentence: str) -> str:
    """What was reviewed, by a sentence that tells of that: “New review of Stand Lemonade”; "" in any other."""
    tokens = legible(sentence)[:_MAX_HEADING_CHARS].split()
    folded = [fold(token).strip(_STRIPPED) for token in tokens]
    verb = next((at for at in range(len(tokens)) if SPOKE.match(folded[at])), len(tokens))
    at = next((at for at in range(verb + 1, len(tokens) - 1) if folded[at] in _OF), -1)
    if at < 0:
        return ""
    rest = tokens[at + 1 :]
    while len(rest) > 1 and (fold(rest[0]) in _ARTICLES or rest[0][0].islower()):
        rest = rest[1:]
    end = next((end for end in range(1, len(rest)) if fold(rest[end]) in FROM), len(rest))
    name = tidy(" ".join(rest[:end]))
    return name if is_name(name) else ""


def is_nobodys(sentence: str) -> bool:
    """Whether a sentence tells that somebody spoke, and not who."""
    tokens = legible(sentence)[:_MAX_HEADING_CHARS].split()
    spoke = next((at for at, token in enumerate(tokens) if SPOKE.match(fold(token))), 0)
    return any(_is_nobody(token) for token in tokens[:spoke])


def _is_nobody(token: str) -> bool:
    return token[0].islower() and fold(token).strip(".,:") in NOBODY


def _subject(tokens: list[str], folded: list[str]) -> str:
    common = False  # what follows “your” or “new” in small letters is no name
    while tokens and _is_before_name(tokens[0], folded):
        common = folded[0] in _NEW
        tokens, folded = tokens[1:], folded[1:]
    if common and tokens and tokens[0][0].islower() and not _ONE_HANDLE.match(tokens[0]):
        return ""
    tokens, folded = _without_object(tokens, folded)
    while tokens and (folded[-1] in _AROUND or not any(letter.isalnum() for letter in tokens[-1])):
        tokens, folded = tokens[:-1], folded[:-1]
    if tokens and any(word in FROM for word in folded[:-1]) and not _begins_a_name(tokens[0]):
        at = max(index for index, word in enumerate(folded[:-1]) if word in FROM)
        tokens = tokens[at + 1 :]
    if tokens and tokens[0].startswith("[") and "]" in " ".join(tokens):  # [Lemonade] Anna Bell commented
        tokens = " ".join(tokens).partition("]")[2].split()
    if any(_is_nobody(token) for token in tokens):
        return ""  # Lemonade, somebody wrote
    if len(tokens) > 1 and tokens[-1].isdigit() and tokens[-2] in _SEPARATORS:
        return ""  # Local guide · 31 reviews
    name = tidy(" ".join(_capital(" ".join(tokens).rpartition(": ")[2].split())))
    return name if is_name(name, spoke=True) else ""


def _is_before_name(token: str, folded: Sequence[str]) -> bool:
    """Whether the first word before a verb is none of the name: who they are, what is new, or how many."""
    if folded[0] in _TITLES or folded[0] in _NEW or not any(letter.isalnum() for letter in token):
        return True
    return token.isdigit() and (len(folded) == 1 or folded[1] in _NEW)


def _without_object(tokens: list[str], folded: list[str]) -> tuple[list[str], list[str]]:
    """What stands before a verb without what was made (“@anna új megjegyzést írt”), and a handle for itself."""
    handle = bool(tokens) and len(tokens[0]) > 1 and _ONE_HANDLE.match(tokens[0].rstrip(":,")) is not None
    small = all(token[0].islower() for token in tokens[1:])
    if handle and small and (tokens[0][0] == "@" or tokens[0][0].islower()):
        return tokens[:1], folded[:1]
    end = next((at for at in range(1, len(tokens)) if folded[at] in _MADE and tokens[at][0].islower()), len(tokens))
    return tokens[:end], folded[:end]


def _begins_a_name(token: str) -> bool:
    """Whether what stands first is a capital word that tells of no speaking: Dolly from Hull."""
    letters = token.lstrip("".join(letter for letter in token if not letter.isalpha()))
    return letters[:1].isupper() and not SPOKE.match(fold(letters))


def _capital(tokens: list[str]) -> list[str]:
    """A name of several words without the small words after it: parts of a verb ("Jón Jónsson skildi eftir ...")."""
    while len(tokens) > 1 and tokens[0][0].isupper() and tokens[-1][0].islower():
        tokens = tokens[:-1]
    return tokens


def _after(tokens: list[str], folded: list[str]) -> str:
    for at, word in enumerate(folded):
        if word not in FROM or (at and folded[at - 1] in _ABOUT):
            continue
        rest = tokens[at + 1 :]
        while rest and (fold(rest[0]) in FROM or fold(rest[0]) in _TITLES):
            rest = rest[1:]
        name: list[str] = []
        for token in rest[:_MAX_NAME_WORDS]:
            if name and (fold(token) in _ENDS or token[0] in '“„«"('):
                break
            name.append(token)
            if token.endswith((":", ",", "!")):
                break
        found = tidy(" ".join(name))
        if is_name(found):
            return found
    spoke = (at for at, token in enumerate(tokens[:-1]) if token.endswith(":") and SPOKE.match(folded[at]))
    colon = next(spoke, len(tokens))
    rest = tokens[colon + 1 :]
    last = tidy(" ".join(rest))
    quoted = bool(rest) and rest[0][0] in '“„«"'  # what it is called, or what was said
    return last if last and not quoted and is_name(last) and last[0].isupper() else ""


def before_quotation(subject: str) -> str:
    """The name in a subject that is a name and what its bearer said: “anna.bell: "Where is..."”; "" in any other."""
    who, colon, said = " ".join(subject.split())[:_MAX_HEADING_CHARS].partition(": ")
    named = is_name(who) and not SPOKE.search(fold(who)) and fold(who).partition(" ")[0] not in _NEW
    return tidy(who) if colon and said[:1] in '“„«"' and named else ""


def is_declined(sentence: str, name: str) -> bool:
    """Whether a name stands behind a preposition there, so that it may be in another case than the first."""
    before = [fold(word).strip(".,:") for word in sentence.partition(name)[0].split()]
    while before and before[-1] in _TITLES:
        before.pop()
    return bool(before) and before[-1] in FROM


def is_form_of(name: str, other: str) -> bool:
    """Whether two are one name, inflected: “od Pavla D.” of Pavel D., “frá Guðrúnu” of Guðrún."""
    mine, theirs = words(name), words(other)
    return bool(mine) and len(mine) == len(theirs) and all(map(_is_inflected, mine, theirs))


def _is_inflected(one: str, two: str) -> bool:
    least = max(2, min(len(one), len(two)) - 2)
    return one == two or (one[:least] == two[:least] and abs(len(one) - len(two)) <= _MAX_ENDING)


def of_sender(name: str, services: Collection[str]) -> str:
    """The name in a sender's ("Anna Bell via Facebook"); "" where it is the service's own."""
    bare = tidy(_VIA.sub("", " ".join(name.split())[:200]))
    folded = fold(bare)
    if (
        "@" in bare
        or not is_name(bare)
        or any(service == folded or (len(service) > _MIN_INSIDE and service in folded) for service in services)
    ):
        return ""
    return bare


def of_pictures(alts: Sequence[str]) -> Iterator[str]:
    """Names that descriptions of pictures give."""
    for alt in alts:
        bare = tidy(_OF_PICTURE.sub("", alt))
        if is_name(bare):
            yield bare
