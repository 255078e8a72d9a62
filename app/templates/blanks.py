"""Parse and fill the blanks in a template's text: `{{first_name}}`, or with a fallback `{{name|you}}`. Pure.

A blank of a name may ask for a form of it, `{{first_name:vocative}}`: see `app.templates.name_forms`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.base.words import tr
from app.templates.greek import begun

_BLANK = re.compile(r"\{\{[ \t]*(\w{1,40}(?::[\w-]{1,40})?)[ \t]*(?:\|([^{}\n]{0,200}))?\}\}")
_BRACES = re.compile(r"\{\{|\}\}")
_SPACE = re.compile(r"\s+")
_BEGINS = re.compile(r"(?:^|\n|[.!?;…]\s)\s{0,9}$")  # a sentence; the Greek question mark is ;
_AFTER_GAP = frozenset(" ,.!?;:·…)»”\n")
_MAX_VALUE_CHARS = 80  # maximum characters of a value: a member chooses their own name, and may put a whole text there
NAMES = ("first_name", "name")
"""Blanks that may ask for a form of the name."""
FORMS = ("accusative", "dative", "genitive", "vocative")
_TO_THE_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_DIRECTIONS = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_APART, _APART_END = "\u2068", "\u2069"
FACT = "fact:"
"""What the name of a blank begins with that stands for a fact."""
_MAX_FACT_CHARS = 500
_LONGER = {
    "answer": 1000,
    "was": 500,
    "now": 500,
}  # what a teammate answered is read by the person before it goes to anybody


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank and its span in the text. `fallback` None: it must be filled in; "": it may be left out."""

    name: str
    fallback: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with the known blanks filled in; `stops` are the (start, end) of the remaining ones, in order."""

    text: str
    stops: tuple[tuple[int, int], ...]


def parse(body: str) -> tuple[Blank, ...]:
    """Return the blanks of a text, in order."""
    return tuple(Blank(hit[1], hit[2], *hit.span()) for hit in _BLANK.finditer(body))


def bare(body: str) -> str:
    """Return the text without its blanks, for searching."""
    return _BLANK.sub(" ", body)


def named(body: str) -> str:
    """Return the text with its blanks as they are shown: `{Hello}`, the fallback, or else `{first_name}`, the name."""
    return _BLANK.sub(lambda hit: f"{{{(hit[2] or '').strip() or hit[1]}}}", body)


def fill(body: str, values: Mapping[str, str]) -> Filled:
    """Fill in the known values; other blanks stay as `{{what_broke}}`, for the person to tab through.

    An empty blank is removed with the space before it: "Hi {{first_name|}}!" becomes "Hi!".
    """
    done = ""
    stops: list[tuple[int, int]] = []
    past = 0
    for blank in parse(body):
        done += body[past : blank.start]
        past = blank.end
        word = _one_line(values.get(blank.name, ""), _most(blank.name)) or blank.fallback
        if word is None:
            stops.append((len(done), len(done) + len(blank.name) + 4))
            done += f"{{{{{blank.name}}}}}"
        elif word.strip():
            done += begun(word) if _BEGINS.search(done) else word
        else:
            done, past = _left_out(done, body, past)
    return Filled(done + body[past:], tuple(stops))


def _left_out(done: str, body: str, past: int) -> tuple[str, int]:
    """Remove the gap of an empty blank: the space before it or, at the start of a line, spaces and commas after it.

    Returns the text before the blank and the offset in `body` to continue from.
    """
    follows = body[past : past + 1]
    if done.endswith(" ") and (not follows or follows in _AFTER_GAP):
        return done[:-1], past
    if (not done or done.endswith("\n")) and follows in {" ", ","}:
        return done, past + len(body[past:]) - len(body[past:].lstrip(" ,"))
    return done, past


def _most(name: str) -> int:
    """How many characters of a value are filled in: a fact is our own words, and has a limit of its own."""
    return _MAX_FACT_CHARS if name.startswith(FACT) else _LONGER.get(name, _MAX_VALUE_CHARS)


def _one_line(value: str, most: int) -> str:
    """A value as it is put in: literally, without marks of direction of its own.

    A name that is written to the left is kept apart, so that it does not turn the figures and marks beside it.
    """
    line = _SPACE.sub(" ", _DIRECTIONS.sub("", value)).strip()[:most]
    return f"{_APART}{line}{_APART_END}" if _TO_THE_LEFT.search(line) else line


def problems(body: str) -> Iterator[str]:
    """Yield one sentence for each error in a template's text; nothing if it is valid."""
    if not body.strip():
        yield tr("The text is empty.")
    for blank in parse(body):
        base, colon, form = blank.name.partition(":")
        if colon and f"{base}:" != FACT and (base not in NAMES or form not in FORMS):
            yield tr(
                "“{blank}” isn't a blank that can be filled in. After a colon, a name takes one of: {forms}."
            ).format(blank=blank.name, forms=", ".join(FORMS))
    rest = _BLANK.sub("", body)
    if _BRACES.search(rest):
        yield (
            tr(
                "A blank is incomplete. Write it like {{first_name}} or {{first_name|friend}}, with "
                "letters, digits and _."
            )
        )
