"""Inputs made of good ones: pieces cut out, doubled, swapped or put in, and repeated until they are very long.

All of it follows from the random numbers that are given, so the same seed makes the same inputs again.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

PIECES = (
    *' \t\n\r"\'<>()[]{}@,;:.!?-_=+*/\\|&#%$~^`0127aZ\x00\x1b',
    "\r\n", "\n\n", "  ", "''", "--", "__", ">>", "> ", "<<", "</", "<!--", "-->", "<![CDATA[", "]]>", '<a href="',
    "<div>", "</p>", "&#", "&amp;", "&#x41;", "=?utf-8?Q?", "?=", "=?x?B?", "From ", "From: ", "Date: ", "Mon, ",
    "1 Jan 2025", "10:00:00", "+0100", "https://", "mailto:", "a@b.is", "<a@b.is>", "{{", "}}", "{{name|", "![",
    "](", "[quote", "[/quote]", "@anna", "#tag", "<@U1|", "wrote:", "Re: ", "null", "2026-13-45", "þ", "Ω", "é",
    "é", "\u200b", "\u202e", "\ufeff", "\u2028", "ש", "\U0001f469\u200d\U0001f469\u200d\U0001f467", "\ud800",
    "\U0010ffff", "9" * 40, "-1", "1e999",
)  # fmt: skip
"""What means something to one reader or another."""
LONGEST = 200_000
ODD: tuple[Any, ...] = (None, True, -1, 3.5, 10**30, "", [], {}, [None], {"id": 3})


def text(random: Random, seeds: Sequence[str]) -> str:
    """Another input like these."""
    found = random.choice(seeds)
    for _ in range(random.choice((1, 1, 2, 3, 6, 12))):
        found = _changed(random, found, random.choice(seeds))[:LONGEST]  # each time: twelve doublings are gigabytes
    return found


def octets(random: Random, seeds: Sequence[bytes]) -> bytes:
    """The same of bytes: each byte is one letter, so nothing is lost, and pieces come as UTF-8."""
    made = text(random, [seed.decode("latin-1") for seed in seeds])
    return b"".join(
        letter.encode("latin-1") if letter < "\u0100" else letter.encode("utf-8", "surrogatepass") for letter in made
    )


def _changed(random: Random, found: str, other: str) -> str:
    begin, end = sorted((random.randint(0, len(found)), random.randint(0, len(found))))
    piece = random.choice(PIECES)
    if random.random() < 0.25:
        piece += random.choice(PIECES)
    many = random.choice((2, 20, 60, *(size // len(piece) for size in (400, 4_000, 40_000))))
    ways = (
        lambda: found[:begin] + found[end:],
        lambda: found[:begin] + piece + found[begin:],
        lambda: found[:begin] + piece * many + found[random.choice((begin, end)) :],
        lambda: found[:end] + found[begin:end] * random.choice((1, 2, 20)) + found[end:],
        lambda: found[:begin] + other[random.randint(0, len(other)) :],
        lambda: "".join(random.sample(lines := found.splitlines(keepends=True), len(lines))),
        lambda: "".join(random.choice(PIECES) if random.random() < 0.05 else letter for letter in found[:2_000]),
    )
    return random.choice(ways)()


def thing(random: Random, seeds: Sequence[Any]) -> Any:
    """Another JSON value like these: some of its words are others, and now and then one is of another kind."""
    found = copy.deepcopy(random.choice(seeds))
    places = list(paths(found))
    for _ in range(random.choice((1, 2, 4))):
        place = random.choice(places)
        old = _at(found, place)
        if isinstance(old, str) and random.random() < 0.9:
            new: Any = text(random, [old, "x"])
        elif random.random() < 0.3:
            new = copy.deepcopy(random.choice(ODD))
        else:
            continue
        if place:
            _at(found, place[:-1])[place[-1]] = new
            places = list(paths(found))
    return found


def paths(found: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where each value of a JSON document is, the whole first: the keys that lead to it."""
    yield here
    below = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    for name, value in below:
        yield from paths(value, (*here, name))


def _at(found: Any, place: tuple[Any, ...]) -> Any:
    for name in place:
        found = found[name]
    return found
