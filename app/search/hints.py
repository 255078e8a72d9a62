"""What can be typed next in a search: operators that begin so, and values of the operator at the cursor."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from app.base import language_names as languages
from app.base.scripts import latin_spellings
from app.base.text import fold, words
from app.base.words import N_, tr
from app.search.language import Term, at_cursor, written
from app.search.operators import OPERATORS, TITLES, VALUES, named
from app.search.people import People, members_named
from app.store.sqlite import Connection

MOST = 6
_LOOKED_AT = 60  # members, the latest heard from first
_NAMED = {
    "channel": "SELECT name FROM account WHERE state <> 'removed' ORDER BY name",
    "label": "SELECT name FROM label ORDER BY name",
    "rule": "SELECT name FROM rule ORDER BY place, id",
    "passed": "SELECT DISTINCT by_name FROM passed_on ORDER BY by_name",
}
"""SQL for the names that an operator takes."""
_DAYS = (N_("today"), N_("yesterday"), N_("this week"), N_("last week"), N_("last month"), N_("this year"))
_NAMES = "SELECT id, name FROM member WHERE merged_into IS NULL {} ORDER BY last_at DESC, id DESC LIMIT ?"


class Hint(NamedTuple):
    """`title` is what would be put in, `about` what it means; `text` is the whole search then, `cursor` its place."""

    title: str
    about: str
    text: str
    cursor: int


def hints(conn: Connection, people: People, typed: str, cursor: int) -> list[Hint]:
    """At most MOST, the likeliest first; [] where nothing can be completed at the cursor."""
    term = at_cursor(typed, cursor)
    if term is None:
        return []
    if not term.operator:
        offered = _operators(term)
    else:
        offered = [(Term(value, term.operator), about) for value, about in _values(conn, people, term)]
    if [one.text for one, _ in offered] == [term.text]:  # it is there already
        return []
    return [_hint(one, about, term, typed, cursor) for one, about in offered[:MOST]]


def _hint(one: Term, about: str, term: Term, typed: str, cursor: int) -> Hint:
    title = written([one])
    put_in = written([one._replace(negated=term.negated)]) + (" " if one.text else "")
    begun = typed[: term.start] + put_in
    return Hint(title, about, begun + typed[cursor:].lstrip(), len(begun))


def _operators(term: Term) -> list[tuple[Term, str]]:
    begun = fold(term.text)
    if term.quoted or not begun.isalpha():
        return []
    return [
        (Term("", known.key), tr(known.help))
        for known in OPERATORS
        if any(fold(name).startswith(begun) for name in (known.key, *known.names)) or named(term.text) == known.key
    ]


def _values(conn: Connection, people: People, term: Term) -> list[tuple[str, str]]:
    """The values that begin with what was typed, each with what it means."""
    key, begun = term.operator, fold(term.text).strip()
    if key in ("from", "to"):
        return _members(conn, people, begun)
    if key == "passed":
        anybody = _beginning((("yes", tr("by anybody")), ("no", tr("by nobody"))), begun)
        return [*_named_in(conn, _NAMED[key], begun), *anybody]
    if key in _NAMED:
        return _named_in(conn, _NAMED[key], begun)
    if key == "lang":
        return [
            (code, languages.name(code))
            for code in languages.offered()
            if code.startswith(begun) or code in languages.codes(begun)
        ]
    if key in ("before", "after"):
        return _beginning(((tr(day), "") for day in _DAYS), begun)
    return _beginning(((called[0], tr(TITLES[value])) for value, called in VALUES[key].items()), begun)


def _beginning(offered: Iterable[tuple[str, str]], begun: str) -> list[tuple[str, str]]:
    return [
        (value, "" if fold(about) == fold(value) else about)
        for value, about in offered
        if fold(value).startswith(begun) or fold(about).startswith(begun)
    ]


def _named_in(conn: Connection, sql: str, begun: str) -> list[tuple[str, str]]:
    there = [name for (name,) in conn.execute(sql)]
    firsts = [name for name in there if fold(name).startswith(begun)]
    return [(name, "") for name in (*firsts, *(name for name in there if begun in fold(name) and name not in firsts))]


def _is_called(name: str, begun: str) -> bool:
    spelled = " ".join([fold(name), *(form for word in words(name) for form in latin_spellings(word))])
    return f" {begun}" in f" {spelled}"


def _members(conn: Connection, people: People, begun: str) -> list[tuple[str, str]]:
    """Members by the beginning of a name, handle or address, the latest heard from first; and us."""
    us = [("me", tr("what we wrote"))] if "me".startswith(begun) else []
    asked = words(begun)
    if not asked:
        names: list[tuple[int, str]] = conn.execute(_NAMES.format(""), (MOST,)).fetchall()
    else:
        chosen = json.dumps(sorted(members_named(conn, people, asked)))
        only = "AND id IN (SELECT value FROM json_each(?))"
        names = conn.execute(_NAMES.format(only), (chosen, _LOOKED_AT)).fetchall()
        names.sort(key=lambda row: not _is_called(row[1], begun))  # before those whose address begins so
    return [*us, *((name, "") for name in dict.fromkeys(name for _, name in names) if name.strip())]
