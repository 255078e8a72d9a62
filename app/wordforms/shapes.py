"""What the tables of each language are made of: a stem, and the endings that follow it."""

from __future__ import annotations

from typing import NamedTuple


class Shape(NamedTuple):
    """Part of a word's forms: `stem` with any of `endings`, which are shared between words and may be ("",)."""

    stem: str
    endings: frozenset[str]


WHOLE = frozenset({""})
"""The ending of a form that stands by itself."""


def endings(*lines: str) -> frozenset[str]:
    """A set of endings, written in lines with spaces between; `-` is the empty one."""
    return frozenset("" if one == "-" else one for line in lines for one in line.split())


def as_they_stand(*forms: str) -> list[Shape]:
    """Forms that stand by themselves."""
    return [Shape(form, WHOLE) for form in forms]


def table(*lines: str) -> dict[str, tuple[str, ...]]:
    """A table of irregular words: `láhev lahv láhv` is the word and what stands beside it."""
    rows = (line.split() for line in lines)
    return {row[0]: tuple(row[1:]) for row in rows if row}
