"""Which members a word of a search means: by what we have noted about them, and by names in another script."""

from __future__ import annotations

import json
import threading
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from app.base.name_forms import names_of
from app.base.scripts import latin_spellings
from app.base.text import folded_words, words
from app.store.index import beginning
from app.store.sqlite import Connection, OperationalError, scalar

MOST_IDENTITIES = 300
"""Names whose messages are asked for one by one; of more people, each hit is looked at for who wrote it."""
_LEAST_LETTERS = 3
_MOST_BY_HANDLE = 20  # members whom a word may mean by handle or address: of more it is the beginning of many names
_VERSION = "SELECT block FROM member_index_data WHERE id = 10"
"""FTS5's own record of its segments: it is another after each change of the index of members, and only then."""
_NOTED = """
SELECT id, note || ' ' || city || ' ' || company || ' ' || job_title FROM member
WHERE merged_into IS NULL AND (note <> '' OR city <> '' OR company <> '' OR job_title <> '')
"""
_NAMES = """
SELECT member_id, name FROM identity WHERE name GLOB '*[Ά-ώ]*'
UNION SELECT id, name FROM member WHERE merged_into IS NULL AND name GLOB '*[Ά-ώ]*'
"""

_CALLED = """
SELECT p.id, p.name || char(10) || p.email || char(10)
  || coalesce((SELECT group_concat(i.handle || char(10) || i.name, char(10)) FROM identity i
    WHERE i.member_id = p.id), '')
FROM member_index f CROSS JOIN member p ON p.id = f.rowid WHERE f.member_index MATCH ? AND p.merged_into IS NULL
"""


class People:
    """Reads the members once, and again when they have changed. Thread-safe: each thread keeps its own."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        self._kept = threading.local()

    def meant(self, conn: Connection, folded: str) -> frozenset[int]:
        """The identities of members by their handle or address, or a word of their note, city, company, or Greek name.

        Empty for a very short word, and for one that fits so many people that it means nobody.
        """
        if len(folded) < _LEAST_LETTERS:
            return frozenset()
        members = set(_few(conn, [folded]))
        if " " not in folded:
            noted, names = self._read(conn)
            members |= {*_beginning(noted, folded), *_beginning(names, folded)}
        numbers = identities(conn, members) if members else []
        return frozenset(numbers if len(numbers) <= MOST_IDENTITIES else ())

    def by_script(self, conn: Connection, folded: str) -> set[int]:
        """The members whose Greek name begins with a word in Latin letters."""
        return set(_beginning(self._read(conn)[1], folded))

    def _read(self, conn: Connection) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
        """Words with the members they belong to, sorted: what is noted of them, and their names in Latin letters."""
        version = scalar(conn, _VERSION)
        if getattr(self._kept, "version", None) != version:
            noted = {(word, number) for number, text in conn.execute(_NOTED) for word in _words(text)}
            names = {
                (spelled, number)
                for number, name in conn.execute(_NAMES)
                for word in words(name)
                for spelled in latin_spellings(word)
            }
            self._kept.version, self._kept.pairs = version, (sorted(noted), sorted(names))
        known: tuple[list[tuple[str, int]], list[tuple[str, int]]] = self._kept.pairs
        return known


def _beginning(known: Sequence[tuple[str, int]], folded: str) -> Iterator[int]:
    at = bisect_left(known, (folded, 0))
    while at < len(known) and known[at][0].startswith(folded):
        yield known[at][1]
        at += 1


def _few(conn: Connection, asked: Sequence[str]) -> list[int]:
    """The members that the index of members has by these words, if they are few."""
    sql = "SELECT rowid FROM member_index WHERE member_index MATCH ? LIMIT ?"
    try:
        rows = conn.execute(sql, (_expression(asked), _MOST_BY_HANDLE + 1)).fetchall()
    except OperationalError:  # a token that FTS5 parses differently from us matches nobody
        return []
    return [number for (number,) in rows] if len(rows) <= _MOST_BY_HANDLE else []


def _expression(asked: Sequence[str]) -> str:
    """The words, of which each may go on; those of an address but the last are whole, as their lists are long."""
    return " AND ".join(beginning(word) for word in asked)


def _words(text: str) -> set[str]:
    return set(folded_words(text).split())


def identities(conn: Connection, members: Collection[int]) -> list[int]:
    """The ids of the names that these members go by."""
    rows = conn.execute(
        "SELECT i.id FROM json_each(?) j CROSS JOIN identity i ON i.member_id = j.value", (json.dumps(list(members)),)
    )
    return [number for (number,) in rows]


def named(conn: Connection, people: People, typed: str) -> list[int]:
    """The identities of the members whose name, handle or address begins with the words, in either script."""
    asked = [" ".join(words(piece)) for piece in typed.split() if words(piece)]
    if not asked:
        return []
    return identities(conn, members_named(conn, people, asked))


def members_named(conn: Connection, people: People, asked: Sequence[str]) -> set[int]:
    """The members whose name, handle or address begins with these folded words, in either script."""
    return _by_index(conn, asked) | _by_script(conn, people, asked)


def _by_index(conn: Connection, asked: Sequence[str]) -> set[int]:
    """Members by name, handle or address; if the words stand together with some, only those.

    Their index knows their notes too, which do not count here. A word may be a form of their name: "Petře" is Petr.
    """
    forms = {word: names_of(word) for word in asked}
    expression = " AND ".join(
        "(" + " OR ".join([beginning(word), *(f'"{name}"' for name in names)]) + ")" for word, names in forms.items()
    )
    try:
        rows = conn.execute(_CALLED, (expression,)).fetchall()
    except OperationalError:  # a token that FTS5 parses differently from us matches nobody
        return set()
    named = [(number, [f" {folded_words(line)} " for line in text.split("\n")]) for number, text in rows]
    together = {number for number, lines in named if any(f" {' '.join(asked)}" in line for line in lines)}
    if together and not (len(asked) == 1 and forms[asked[0]]):
        return together
    return {
        number for number, lines in named
        if all(f" {word}" in "".join(lines) or any(f" {name} " in "".join(lines) for name in names)
               for word, names in forms.items())
    }  # fmt: skip


def _by_script(conn: Connection, people: People, asked: Sequence[str]) -> set[int]:
    """Members by their names in the other script: eleni is Ελένη, and ελενη is Eleni."""
    latin = [latin_spellings(word) for word in asked]
    if any(latin):
        spelled = [spellings[-1] if spellings else word for word, spellings in zip(asked, latin, strict=True)]
        return _by_index(conn, spelled)
    return set.intersection(*(people.by_script(conn, word) for word in asked))
