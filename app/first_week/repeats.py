"""What we wrote again and again, as templates: near-identical replies, and near-identical paragraphs of others. Pure.

Two are near-identical when they share most of the pieces of their words (`app.stacks`); names, greeting and farewell do
not count. What is a person's own in the one that stands for all, such as a name or a number, becomes a blank.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from app.base.text import fold, folded_words
from app.first_week.anatomy import replace_names
from app.first_week.phrases import FORMAL, GREETINGS, NEUTRAL
from app.first_week.replies import Reply
from app.stacks import neighbours, pieces
from app.templates import blanks

LEAST = 3
"""So often something has to have been written, in as many conversations."""
MOST = 8
"""So many templates are proposed, those written most often."""
_ALIKE_WHOLE, _ALIKE = 0.75, 0.6  # of the pieces of both: of whole replies, else one has a sentence of its own
_KNOWN = 0.5  # of the pieces, from which a template that exists counts as the same
_MOST_CHARS = 2_000
_LEAST_PARAGRAPH_WORDS = 8
_NAME_CHARS, _KEY_WORDS = 40, 3
_INFLECTING = ("cs", "el", "is")
"""Languages in which a first name is inflected within a sentence; in Czech and Greek in a greeting as well."""
_FIRST_NAME, _FORM = "{{first_name|}}", "{{first_name}}"
_DETAILS = "{{details}}"
_TOKEN = re.compile(r"\S+")
_SENTENCE = re.compile(r"(?<=[.!?;])\s")
_ENDS = re.compile(r"[.!?…:]$")
_EDGES = " .,;:!?()[]«»„“”\"'…"


class Repeat(NamedTuple):
    """What was written `times` times in as many conversations: a template's key, name and text in a language.

    `samples` are some of the replies as they were written, the newest first; `whole` where it is all of a reply.
    """

    key: str
    name: str
    language: str
    body: str
    times: int
    whole: bool
    samples: tuple[str, ...]


class _Unit(NamedTuple):
    """A reply, or one of its paragraphs: its words without anybody's name are what is compared."""

    reply: Reply
    words: str
    bare: str
    whole: bool


def repeats(replies: Sequence[Reply], known: Iterable[str] = (), taken_keys: Collection[str] = ()) -> list[Repeat]:
    """What was written at least LEAST times, the most often first.

    `known` are the texts of templates that exist, which are not proposed again; `taken_keys` their keys.
    """
    fresh = [reply for reply in replies if not reply.templated and reply.language and reply.parts.core]
    there = [pieces(blanks.bare(body), _MOST_CHARS) for body in known]
    wholes = [_Unit(reply, reply.parts.core, _bare(reply, reply.parts.core), whole=True) for reply in fresh]
    found, used = _groups(wholes, _ALIKE_WHOLE)
    left = [reply for at, reply in enumerate(fresh) if at not in used]
    paragraphs = [
        _Unit(reply, words, _bare(reply, words), whole=False)
        for reply in left
        for words in reply.parts.paragraphs if len(words.split()) >= _LEAST_PARAGRAPH_WORDS
    ]  # fmt: skip
    groups = found + _groups(paragraphs, _ALIKE)[0]
    groups.sort(key=lambda group: -len(group))
    keys, told = set(taken_keys), list[Repeat]()
    for group in groups:
        repeat = _repeat(group, keys)
        if repeat is not None and not _is_known(repeat.body, there):
            keys.add(repeat.key)
            told.append(repeat)
        if len(told) == MOST:
            break
    return told


def _bare(reply: Reply, words: str) -> str:
    return replace_names(words, reply.names, "", "")


def _groups(units: Sequence[_Unit], share: float) -> tuple[list[list[_Unit]], set[int]]:
    """The units that are near-identical, first the one that is most like all; and the places of all of them."""
    told = [pieces(unit.bare, _MOST_CHARS) for unit in units]
    near = neighbours(told, share)
    groups, used = list[list[_Unit]](), set[int]()
    for leader in sorted(near, key=lambda at: (-len(near[at]), at)):
        if leader in used:
            continue
        same = [at for at in sorted(near[leader] - used) if units[at].reply.language == units[leader].reply.language]
        group = [units[leader], *(units[at] for at in same)]
        if len({unit.reply.conversation_id for unit in group}) >= LEAST:
            used.update((leader, *same))
            groups.append(group)
    return groups, used


def _is_known(body: str, there: Iterable[frozenset[str]]) -> bool:
    own = pieces(blanks.bare(body), _MOST_CHARS)
    return any(own and len(own & other) >= _KNOWN * len(own | other) for other in there)


def _repeat(group: Sequence[_Unit], keys: Collection[str]) -> Repeat | None:
    first = group[0]
    language = first.reply.language
    words = _with_details(first, group)
    body = replace_names(words, first.reply.names, _FORM if language in _INFLECTING else _FIRST_NAME, _FORM)
    if first.whole:
        body = _as_letter(first.reply, body)
    if any(True for _ in blanks.problems(body)):
        return None  # it has braces of its own
    name = _name(blanks.bare(replace_names(words, first.reply.names, "", "")))
    samples = tuple(unit.reply.text for unit in sorted(group, key=lambda unit: -unit.reply.message_id)[:LEAST])
    count = len({unit.reply.conversation_id for unit in group})
    return Repeat(_key(name, keys), name, language, body, count, first.whole, samples)


def _with_details(first: _Unit, group: Sequence[_Unit]) -> str:
    """Its words, with what only it has left blank: numbers, links, and names of things within a sentence."""
    others = [Counter(_stripped(token) for token in _TOKEN.findall(unit.words)) for unit in group[1:]]

    def is_shared(token: str) -> bool:
        return 2 * sum(_stripped(token) in words for words in others) >= len(others)

    out, past, was_blank, begins = "", 0, False, True
    for hit in _TOKEN.finditer(first.words):
        token = hit[0]
        core = token.strip(_EDGES)
        peculiar = any(letter.isdigit() for letter in core) or "@" in core or "://" in core
        peculiar = peculiar or (core[:1].isupper() and not begins and not _is_name_of(core, first.reply))
        between = first.words[past : hit.start()]
        if core and peculiar and not is_shared(token):
            head, _, tail = token.partition(core)
            out += tail if was_blank and between == " " else between + head + _DETAILS + tail
            was_blank = True
        else:
            out += between + token
            was_blank = False
        begins = bool(_ENDS.search(token))
        past = hit.end()
    return out


def _is_name_of(core: str, reply: Reply) -> bool:
    return replace_names(core, reply.names, "", "") != core


def _stripped(token: str) -> str:
    return fold(token.strip(_EDGES))


def _as_letter(reply: Reply, core: str) -> str:
    """What is said, between a greeting with a blank for the name and the farewell as it was written."""
    parts = reply.parts
    head = _greeting(reply)
    foot = "\n".join(part for part in (parts.farewell and f"{parts.farewell},", parts.signed) if part)
    if parts.farewell and not parts.signed:
        foot = parts.farewell
    inline = head and reply.text.split("\n", 1)[0].strip() != (parts.greeting + parts.mark).strip()
    joint = " " if inline else "\n\n"
    letter = f"{head}{joint}{core}" if head else core
    return f"{letter}\n\n{foot}" if foot else letter


def _greeting(reply: Reply) -> str:
    """The greeting with a blank: where its form depends on the name, the member's own, else a neutral one."""
    parts = reply.parts
    if not parts.greeting:
        return ""
    known = GREETINGS[parts.greeted]
    if not parts.addressed:
        return f"{parts.greeting}{parts.mark}"
    with_name = not known.by_person and known.tone != FORMAL and known.language not in ("cs", "el")
    if not with_name or _has_title(parts.addressed, reply):
        plain = NEUTRAL[known.language] if known.by_person or known.tone == FORMAL else parts.phrase
        return f"{{{{greeting|{plain}}}}}{parts.mark}"
    return f"{parts.phrase} {_FIRST_NAME}{parts.mark}"


def _has_title(addressed: str, reply: Reply) -> bool:
    """Whether more than a name is in the greeting: Mr, pane, Úr."""
    return bool(folded_words(replace_names(addressed, reply.names, "", "")))


def _name(words: str) -> str:
    """What it is called: its first sentence, else its first words."""
    line = " ".join(words.split())
    sentence = _SENTENCE.split(line, maxsplit=1)[0]
    told = sentence if len(sentence) <= _NAME_CHARS and len(sentence.split()) >= _KEY_WORDS else line
    if len(told) > _NAME_CHARS:
        told = told[:_NAME_CHARS].rpartition(" ")[0] or told[:_NAME_CHARS]
    bare = told.strip(_EDGES)
    return bare[:1].upper() + bare[1:]


def _key(name: str, keys: Collection[str]) -> str:
    base = "-".join(folded_words(name).split()[:_KEY_WORDS]) or "reply"
    return next(key for at in range(1, len(keys) + 2) if (key := base if at == 1 else f"{base}-{at}") not in keys)
