"""Whether somebody's words only end a talk: "Thanks!", "ok", an emoji. Pure functions on texts in five languages.

A text ends a talk when each of its words belongs to a phrase that does so (`app.intake.closer_words`), and nothing in
it asks: no question mark in any form, no number, no word that is not known. In doubt it does not: what stays open
without need is noticed, what is closed wrongly is not. Only what the person typed counts, not what they quote, nor
their signature. Measured: 2 µs for a long text, 40 µs for a short one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

from app.base.text import folded_words, visible
from app.inbox.asking import asks
from app.intake.closer_words import COMMON, GLAD, SENT_FROM, WORDS
from app.mail import leads
from app.mail.quotes import own_words

THANKS, SETTLED = "thanks", "settled"
"""How it ends: with thanks, agreement or a greeting; with word that a matter is settled, which answers a question."""

_MAX_CHARS, _MAX_LINES, _MAX_WORDS = 400, 14, 30
_MAX_NAME_WORDS, _MAX_NAME_CHARS = 3, 16
_MAX_SIGNED_CHARS, _MAX_SIGNED_WORDS = 60, 7
_MIN_STEM = 3  # letters that an inflected name has in common with its first form
_MAX_ENDING = 3
_MENTION = re.compile(r"(?<![\w.])@[\w.-]+(?:@[\w.-]+)?")
_FACE = re.compile(r"(?<!\w)(?:[:;=8xX][-']?[)DPp*3]+|\^_?\^|<3+|:-?\*|\(:)(?!\w)")
_ASKING_MARK = re.compile(r"[?\uff1f\u061f\u037e\u00bf\u2047-\u2049\u2753\u2754\d@#%&/\\<>=+$€£|\[\]{}_^]")
_UNHAPPY_FACE = re.compile(r"[:;=][-']?[(\[|/\\cCoOsS](?!\w)")
_GREEK_MARK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff][^\w\n]*;")
_SIGNATURE = re.compile(r"^(?:--|—|–|__+|\*\*+|==+)\s*$")
_POSTSCRIPT = re.compile(r"^(?:p\W?\s?s|u\W?\s?i|υ\W?\s?γ|ps)\b", re.IGNORECASE)
_CONTACT = re.compile(r"@|https?://|www\.|(?:\d[\s()./-]*){6,}")
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f\u200d\u2640\u2642]")
_GLAD = re.compile(f"[{re.escape(''.join(GLAD))}]")
_PICTURE = re.compile("[\u2300-\u2bff\U0001f000-\U0010ffff]")  # blocks of pictures in Unicode
_CONNECTORS = frozenset(folded_words("and a i és og και").split())
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def is_closer(text: str, language: str = "", names: Collection[str] = ()) -> bool:
    """Whether the text only ends a talk, so that nobody waits for an answer to it.

    `language` is its code, "" if unknown: its words are looked for first. `names` are those that may be called or sign
    in it: its writer's and ours.
    """
    return bool(closing(text, language, names))


def closing(text: str, language: str = "", names: Collection[str] = ()) -> str:
    """How a text ends a talk, SETTLED or THANKS; "" if it does not."""
    if len(text) > _MAX_CHARS and "\n" not in text:
        return ""
    lines = _lines(text)
    if not lines or len(lines) > _MAX_LINES:
        return ""
    known = frozenset(word for name in names for word in folded_words(name).split())
    for end in range(len(lines), 0, -1):
        if end == len(lines) or _is_signed(lines[end - 1], lines[end:], known):
            found = _ends(lines[:end], language, known)
            if found:
                return found
    return ""


class _Line(NamedTuple):
    """A line of what was typed; `apart`: blank ones are above it."""

    words: str
    apart: bool


def _lines(text: str) -> list[_Line]:
    """The lines that somebody typed, without what is quoted, and what stands below a signature's mark."""
    lines: list[_Line] = []
    apart = False
    for line in own_words(text).split("\n"):
        bare = visible(line).strip() if not line.isascii() else line.strip()
        if _SIGNATURE.match(bare):
            break
        if not bare or _is_added(bare):
            apart = True
            continue
        lines.append(_Line(bare, apart))
        apart = False
    if len(lines) > 1 and "\n>" in text and _leads_in(lines[-1].words):
        lines.pop()
    return lines


def _leads_in(line: str) -> bool:
    """Whether a line above a quotation names who wrote that, without a date, as some programs do."""
    evidence = leads.Evidence(line)
    return bool(evidence.colon and evidence.verb)


def _is_added(line: str) -> bool:
    """Whether a mail program added it."""
    return line.casefold().startswith(SENT_FROM)


def _ends(lines: Sequence[_Line], language: str, names: Collection[str]) -> str:
    said = "\n".join(line.words for line in lines)
    if len(said) > _MAX_CHARS:
        return ""
    plain = _FACE.sub(" ", _MENTION.sub(" ", said))
    bare = _without_glad(plain)
    if bare is None or _asks_by_mark(plain, bare):
        return ""
    words, is_glad = folded_words(bare).split(), bare != plain or bool(_FACE.search(said))
    if not words:
        return THANKS if is_glad else ""  # a mention alone calls somebody
    trails_off = bare.rstrip().endswith(("..", "…")) and not is_glad
    if len(words) > _MAX_WORDS or trails_off or words[-1] in _CONNECTORS:
        return ""
    called = frozenset(_greeted(bare)) | frozenset(names)
    return next(filter(None, (_read(words, code, called) for code in _languages(language))), "")


def _asks_by_mark(plain: str, bare: str) -> bool:
    """Whether a sign, a number or a face says that there is more to it; `bare` is the text without emoji."""
    return bool(_UNHAPPY_FACE.search(plain) or _ASKING_MARK.search(bare) or _GREEK_MARK.search(bare))


def _languages(first: str) -> Iterator[str]:
    if first in WORDS:
        yield first
    yield from (code for code in WORDS if code != first)


def _without_glad(text: str) -> str | None:
    """The text without the emoji that end a talk; None if there is another one."""
    if text.isascii():
        return text
    bare = _GLAD.sub(" ", _SKIN.sub("", text))
    return None if _PICTURE.search(bare) else bare


def _greeted(text: str) -> Iterator[str]:
    """Whom the first line greets by name: "Hi Anna,"; nobody if it greets none so."""
    first, mark, _ = text.lstrip().partition("\n")
    head, comma, _ = first.partition(",")
    if not comma:
        head, comma, _ = first.partition("!")
    if not (comma or mark):
        return
    found = _WORD.findall(head)
    for count in range(1, min(len(found), 4)):
        called = found[count:]
        if folded_words(" ".join(found[:count])) in _hails() and _may_be_name(called):
            yield from (folded_words(word) for word in called)


def _may_be_name(words: Sequence[str]) -> bool:
    return 0 < len(words) <= _MAX_NAME_WORDS and all(
        word[0].isupper() and (word[1:].islower() or len(word) == 1) and len(word) <= _MAX_NAME_CHARS
        for word in (part for one in words for part in re.split(r"['’-]", one) if part)
    )


def _is_signed(above: _Line, below: Sequence[_Line], names: Collection[str]) -> bool:
    """Whether the lines below are a signature: the writer's name, and perhaps who and where they are."""
    name, rest = below[0], below[1:]
    typed = _WORD.findall(name.words)
    if not typed or name.words.rstrip(".,").lower() != " ".join(typed).lower():
        return False
    is_known = all(_is_name(folded_words(word), names) for word in typed) and len(typed) <= _MAX_NAME_WORDS
    leads = name.apart or above.words.endswith(",") or folded_words(above.words) in _regards()
    if not (is_known or (leads and _may_be_name(typed) and not asks(name.words) and not _has_meaning(typed))):
        return False
    return all(_belongs_to_signature(line.words) for line in rest)


def _has_meaning(typed: Sequence[str]) -> bool:
    """Whether it reads as words of a talk, and not as a name."""
    return any(bool(_read([folded_words(word)], code, ())) for word in typed for code in WORDS)


def _belongs_to_signature(line: str) -> bool:
    if len(line) > _MAX_SIGNED_CHARS or _POSTSCRIPT.match(line) or asks(line):
        return False
    if _CONTACT.search(line):
        return True
    words = _WORD.findall(line)
    if not words or len(words) > _MAX_SIGNED_WORDS or line.endswith((".", "!", "…", ";")):
        return False
    long = [word for word in words if len(word) > _MIN_STEM]
    return bool(words[0][0].isupper()) and 2 * sum(word[0].isupper() for word in long) >= len(long)


def _is_name(word: str, names: Collection[str]) -> bool:
    """Whether a folded word is one of the names, or a form of one."""
    if word in names:
        return True
    return any(
        len(word) > _MIN_STEM
        and abs(len(word) - len(name)) <= _MAX_ENDING
        and word[: max(_MIN_STEM, len(name) - 2)] == name[: max(_MIN_STEM, len(name) - 2)]
        for name in names
    )


class _Node:
    """A place in the tree of phrases: what can follow, and what the phrase is that ends here, None if none does."""

    __slots__ = ("kind", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.kind: int | None = None


_FILLER, _END, _SETTLED = 0, 1, 2
_NAMED = {_END: THANKS, _SETTLED: SETTLED}


def _read(words: Sequence[str], code: str, names: Collection[str]) -> str:
    """How these words end a talk, if phrases of the language make up all of them."""
    if tuple(words) in _alone(code):
        return THANKS
    best: list[int | None] = [_FILLER, *[None] * len(words)]
    for at in range(len(words)):
        here = best[at]
        if here is None:
            continue
        if _is_name(words[at], names):
            best[at + 1] = max(best[at + 1] or _FILLER, here)
        node = _tree(code)
        for end in range(at, len(words)):
            after = node.next.get(words[end]) or node.next.get(_unstretched(words[end]))
            if after is None:
                break
            node = after
            if node.kind is not None:
                best[end + 1] = max(best[end + 1] or _FILLER, here, node.kind)
    return _NAMED.get(best[-1] or _FILLER, "")


@cache
def _stretch() -> re.Pattern[str]:
    return re.compile(r"(\w)\1{2,}")


def _unstretched(word: str) -> str:
    """The word with letters that somebody held down typed once: "thaaanks"."""
    return _stretch().sub(r"\1", word)


@cache
def _tree(code: str) -> _Node:
    """The phrases of a language."""
    root, here = _Node(), WORDS[code]
    for words, kind in (
        (COMMON.ends, _END), (here.ends, _END), (here.settled, _SETTLED), (COMMON.fillers, _FILLER),
        (here.fillers, _FILLER), (here.regards, _FILLER), (here.hails, _FILLER),
    ):  # fmt: skip
        for phrase in _phrases(words):
            node = root
            for word in phrase:
                node = node.next.setdefault(word, _Node())
            node.kind = max(node.kind or _FILLER, kind)
    return root


@cache
def _alone(code: str) -> frozenset[tuple[str, ...]]:
    return frozenset(_phrases(WORDS[code].alone))


@cache
def _regards() -> frozenset[str]:
    """What stands above a signature, folded."""
    every = (phrase for words in WORDS.values() for part in (words.regards, words.ends) for phrase in _phrases(part))
    return frozenset(" ".join(phrase) for phrase in every)


@cache
def _hails() -> frozenset[str]:
    return frozenset(" ".join(phrase) for words in WORDS.values() for phrase in _phrases(words.hails))


def _phrases(notation: str) -> set[tuple[str, ...]]:
    """The folded phrases that a notation stands for (see `app.intake.closer_words`)."""
    found = (tuple(folded_words(one).split()) for part in _parts(notation, ";") for one in _expanded(part))
    return {phrase for phrase in found if phrase}


def _expanded(part: str) -> Iterator[str]:
    """All readings of a text with alternatives in braces, which may hold braces themselves."""
    pieces: list[list[str]] = []
    at = 0
    while at < len(part):
        if part[at] == "{":
            end = _closing_brace(part, at)
            inner = [one for option in _parts(part[at + 1 : end], "|") for one in _expanded(option)]
            pieces.append(inner or [""])
            at = end + 1
        else:
            end = part.find("{", at)
            end = len(part) if end < 0 else end
            pieces.append([part[at:end]])
            at = end
    return ("".join(chosen) for chosen in product(*pieces)) if pieces else iter([""])


def _closing_brace(text: str, at: int) -> int:
    depth = 0
    for here in range(at, len(text)):
        depth += {"{": 1, "}": -1}.get(text[here], 0)
        if not depth:
            return here
    msg = f"a brace is not closed: {text}"
    raise ValueError(msg)


def _parts(text: str, mark: str) -> list[str]:
    """The text parted at a mark that stands outside of braces."""
    parts, depth, begin = [], 0, 0
    for at, sign in enumerate(text):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if sign == mark and not depth:
            parts.append(text[begin:at])
            begin = at + 1
    return [*parts, text[begin:]]
