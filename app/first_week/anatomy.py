"""A letter's parts: how it greets, what it says, how it takes leave, and who signs. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from app.base.text import fold, folded_words
from app.first_week.phrases import FAREWELLS, GREETINGS, MOST_WORDS

_SIGNATURE_MARK = "--"  # RFC 3676, 4.3
_MOST_GREETING_CHARS, _MOST_GREETING_WORDS = 60, 6
_MOST_FAREWELL_CHARS, _MOST_NAME_CHARS, _MOST_NAME_WORDS = 60, 30, 3
_MOST_END_LINES = 3
_END_OF_GREETING = re.compile(r"[,!.;:·–—-](?=\s|$)")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PARAGRAPH = re.compile(r"\n[ \t]*\n+")
_MIN_SHARED, _MOST_ENDING = 3, 2  # letters that a form shares with its name, and those in which it differs


class Parts(NamedTuple):
    """A letter taken apart; "" for what it does not have.

    `greeting` is as it was written, without the mark at its end; `greeted` its phrase folded, a key of GREETINGS;
    `phrase` the same as written, and `addressed` the words after it. `core` is what is said, `farewell` and `signed`
    stand below. `mark` ends the greeting.
    """

    greeting: str
    greeted: str
    phrase: str
    addressed: str
    mark: str
    core: str
    farewell: str
    signed: str

    @property
    def paragraphs(self) -> list[str]:
        """What is said, by its paragraphs."""
        return [part.strip() for part in _PARAGRAPH.split(self.core) if part.strip()]


def take_apart(text: str) -> Parts:
    """The parts of a letter's own words."""
    lines = [line.rstrip() for line in text.strip().split("\n")]
    lines = lines[: next((at for at, line in enumerate(lines) if line == _SIGNATURE_MARK), len(lines))]
    greeting, phrase, mark, rest = _greeting(lines)
    body, farewell, signed = _ending(rest)
    addressed = greeting[len(phrase) :].strip(" ,")
    return Parts(greeting, folded_words(phrase), phrase, addressed, mark, "\n".join(body).strip(), farewell, signed)


def _greeting(lines: Sequence[str]) -> tuple[str, str, str, list[str]]:
    """The greeting, its phrase, the mark at its end, and the lines below; what follows on its line is kept."""
    at = next((at for at, line in enumerate(lines) if line.strip()), None)
    if at is None:
        return "", "", "", []
    line = lines[at].strip()
    phrase = _begins_with(line)
    if not phrase:
        return "", "", "", list(lines)
    end = _END_OF_GREETING.search(line, len(phrase))
    greeting = line[: end.start()] if end else line
    if len(greeting) > _MOST_GREETING_CHARS or len(greeting.split()) > _MOST_GREETING_WORDS:
        return "", "", "", list(lines)
    rest = line[end.end() :].strip() if end else ""
    return greeting.strip(), phrase, end[0] if end else "", [*([rest] if rest else []), *lines[at + 1 :]]


def _begins_with(line: str) -> str:
    """The longest greeting that the line begins with, as it is written there."""
    words = list(_WORD.finditer(line))[:MOST_WORDS]
    if not words or line[: words[0].start()].strip():
        return ""
    for many in range(len(words), 0, -1):
        written = line[words[0].start() : words[many - 1].end()]
        if folded_words(written) in GREETINGS:
            return written
    return ""


def _ending(lines: list[str]) -> tuple[list[str], str, str]:
    """The lines above the farewell, the farewell, and who signs."""
    whole = list(lines)
    while whole and not whole[-1].strip():
        whole.pop()
    below: list[str] = []
    for _ in range(_MOST_END_LINES):
        if not whole:
            break
        farewell, name = _farewell(whole[-1])
        if farewell:
            return whole[:-1], farewell, name or " ".join(reversed(below))
        if below or not _is_name(whole[-1]) or len(whole) == 1:
            break
        below.append(whole.pop().strip(" ,.!"))
        while whole and not whole[-1].strip():
            whole.pop()
    if below and whole:
        return whole, "", below[0]
    return lines, "", ""


def _farewell(line: str) -> tuple[str, str]:
    """The farewell on a line as it is written, and the name behind it: `Hezký den, Marta`; "" for none."""
    bare = line.strip()
    if not bare or len(bare) > _MOST_FAREWELL_CHARS or "?" in bare:
        return "", ""
    phrase, comma, name = bare.partition(",")
    if folded_words(bare) in FAREWELLS:
        return bare.strip(" ,.!"), ""
    if comma and folded_words(phrase) in FAREWELLS and _is_name(name):
        return phrase.strip(" ,.!"), name.strip(" ,.!")
    return "", ""


def _is_name(line: str) -> bool:
    bare = line.strip(" ,.!")
    words = _WORD.findall(bare)
    if not words or len(words) > _MOST_NAME_WORDS or len(bare) > _MOST_NAME_CHARS or len(bare.split()) != len(words):
        return False
    return words[0][:1].isupper() or not words[0][:1].isalpha()


def is_form_of(word: str, name: str) -> bool:
    """Whether a word is a name, or one of its forms: Jano, Petře, Ελένης, Önnu of Anna (which it is not: too far)."""
    one, other = fold(word), fold(name)
    if one == other:
        return True
    shared = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    longest = max(len(one), len(other))
    return shared >= _MIN_SHARED and longest - shared <= _MOST_ENDING and word[:1].isupper()


def replace_names(text: str, names: Collection[str], blank: str, forms: str) -> str:
    """The text with the names in it replaced: by `blank` where it stands as it is, by `forms` where it is inflected.

    `names` are single words; neighbours become one blank.
    """
    out, past, was_blank = "", 0, False
    for hit in _WORD.finditer(text):
        between = text[past : hit.start()]
        known = next((name for name in names if is_form_of(hit[0], name)), None)
        if known is None:
            out += between + hit[0]
        elif not (was_blank and not between.strip()):
            out += between + (blank if fold(known) == fold(hit[0]) else forms)
        was_blank = known is not None
        past = hit.end()
    return out + text[past:]
