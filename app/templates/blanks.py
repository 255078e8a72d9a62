"""Blanks in a template's text, pure: `{{first_name}}`, with what stands there when nothing is known: `{{name|you}}`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.base.words import tr

_BLANK = re.compile(r"\{\{[ \t]*(\w{1,40})[ \t]*(?:\|([^{}\n]{0,200}))?\}\}")
_SCRAP = re.compile(r"\{\{|\}\}")
_SPACE = re.compile(r"\s+")
_CLOSING = frozenset(" ,.!?;:·…)»”\n")
_LONGEST = 80  # characters of a value: a name from outside is no place for a letter


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank and where it stands. `fallback` None: it has to be filled in; "": it may be left out."""

    name: str
    fallback: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its blanks filled as far as is known; `stops` are the (start, end) of those left, in order."""

    text: str
    stops: tuple[tuple[int, int], ...]


def parse(body: str) -> tuple[Blank, ...]:
    """The blanks of a text, in order."""
    return tuple(Blank(hit[1], hit[2], *hit.span()) for hit in _BLANK.finditer(body))


def bare(body: str) -> str:
    """The text without its blanks: the words that it can be found by."""
    return _BLANK.sub(" ", body)


def fill(body: str, values: Mapping[str, str]) -> Filled:
    """The text with what is known in its blanks; the others stay as `{{what_broke}}`, to be tabbed through.

    Where a blank is left out, so is the space before it: "Hi {{first_name|}}!" becomes "Hi!".
    """
    done = ""
    stops: list[tuple[int, int]] = []
    past = 0
    for blank in parse(body):
        done += body[past : blank.start]
        past = blank.end
        word = _one_line(values.get(blank.name, "")) or blank.fallback
        if word is None:
            stops.append((len(done), len(done) + len(blank.name) + 4))
            done += f"{{{{{blank.name}}}}}"
        elif word.strip():
            done += word
        else:
            done, past = _left_out(done, body, past)
    return Filled(done + body[past:], tuple(stops))


def _left_out(done: str, body: str, past: int) -> tuple[str, int]:
    """Close the gap that a blank without a word leaves: the space before it, or what is left at a line's head."""
    follows = body[past : past + 1]
    if done.endswith(" ") and (not follows or follows in _CLOSING):
        return done[:-1], past
    if (not done or done.endswith("\n")) and follows in {" ", ","}:
        return done, past + len(body[past:]) - len(body[past:].lstrip(" ,"))
    return done, past


def _one_line(value: str) -> str:
    return _SPACE.sub(" ", value).strip()[:_LONGEST]


def problems(body: str) -> Iterator[str]:
    """What is wrong with a text as a template, a sentence each; nothing when it can be kept."""
    if not body.strip():
        yield tr("The text is empty.")
    rest = _BLANK.sub("", body)
    if _SCRAP.search(rest):
        yield (
            tr(
                "A blank is incomplete. Write it like {{first_name}} or {{first_name|friend}}, with "
                "letters, digits and _."
            )
        )
