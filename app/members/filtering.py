"""What is typed to find members, taken apart: words of a name or note, and conditions such as `city:Brno`. No desk.

    kind:press lang:cs city:Brno involvement:core label:baker on:mastodon is:fits -kind:staff petra

It is written as a search in the inbox is (`app.search.language`), with operators of its own. Each condition is SQL on a
row `p` of `member`. A value that nothing here can be is said, and then nobody is found, instead of everybody.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from app.base.language_names import codes
from app.base.text import fold, words
from app.base.words import N_, tr
from app.search.language import Term, parse
from app.search.operators import Operator, in_latin_keys
from app.store.sqlite import Connection

LEVELS = {
    "visitor": N_("Visitor"), "participant": N_("Participant"), "contributor": N_("Contributor"), "core": N_("Core"),
}  # fmt: skip
"""How far somebody takes part, from the least to the most; Charlene Li's engagement pyramid has the same steps."""
LEVEL = "coalesce((SELECT level FROM involvement WHERE id = p.id), '')"
"""SQL for the level of a member `p`, one pinned by hand too; '' while there is none."""
OPERATORS = (
    Operator("kind", ("είδος", "típus", "druh", "tegund"), "press", N_("customer, partner, press, staff ...")),
    Operator("lang", ("language", "γλώσσα", "nyelv", "jazyk", "tungumál"), "el", N_("a language that they know")),
    Operator("city", ("place", "πόλη", "város", "město", "staður"), "Brno", N_("where they live")),
    Operator("label", ("labels", "ετικέτα", "címke", "štítek", "merki"), "baker", N_("a label of the member")),
    Operator(
        "involvement", ("level", "συμμετοχή", "részvétel", "zapojení", "þátttaka"), "core",
        N_("visitor, participant, contributor or core"),
    ),
    Operator("on", ("channel", "κανάλι", "csatorna", "kanál", "rás"), "forum", N_("a channel that they use")),
    Operator("is", ("είναι", "je", "er"), "fits", N_("fits, minor, not-to-contact, no-gifts, noted")),
)  # fmt: skip
_IS = {
    "fits": "p.fits = 1",
    "minor": "p.minor = 1",
    "not-to-contact": "p.do_not_contact = 1",
    "no-gifts": "p.do_not_gift = 1",
    "noted": "p.note <> ''",
}


class Condition(NamedTuple):
    """SQL on a member `p`, with a `?` for each of `values`."""

    sql: str
    values: tuple[str, ...] = ()


class Wanted(NamedTuple):
    """`words` are looked for in names and notes; `problem` is a sentence about what could not be understood, or ""."""

    words: str = ""
    conditions: tuple[Condition, ...] = ()
    problem: str = ""


def named(name: str) -> str:
    """The key of an operator by any of its names, also one typed with the Greek layout on; "" if there is none."""
    folded = fold(name)
    return _names().get(folded) or _names().get(in_latin_keys(folded), "")


@cache
def _names() -> dict[str, str]:
    return {fold(name): known.key for known in OPERATORS for name in (known.key, *known.names)}


def understood(conn: Connection, typed: str, kinds: Mapping[str, str]) -> Wanted:
    """What somebody looks for; `kinds` are the kinds of members with their titles."""
    plain, conditions = list[str](), list[Condition]()
    for term in parse(typed, named):
        if not term.operator and not term.negated:
            plain.append(term.text)
            continue
        made = _condition(conn, term, kinds)
        if isinstance(made, str):
            return Wanted(problem=made)
        if made is not None:
            conditions.append(Condition(f"NOT ({made.sql})", made.values) if term.negated else made)
    return Wanted(" ".join(plain), tuple(conditions))


def _condition(conn: Connection, term: Term, kinds: Mapping[str, str]) -> Condition | str | None:
    """The condition of a term, or a sentence about what is wrong with it; None while its value is not typed yet."""
    typed = term.text.strip()
    if not typed:
        return None
    if not term.operator:  # a word with a minus
        begins = " AND ".join(f'"{word}"*' for word in words(typed))
        found = "p.id IN (SELECT rowid FROM member_index WHERE member_index MATCH ?)"
        return Condition(found, (begins,)) if begins else None
    read: dict[str, Callable[[], Condition | str]] = {
        "kind": lambda: _one_of("p.kind", typed, {**kinds, "supplier": ""}, {"supplier": "vendor"}),
        "lang": lambda: _language(typed),
        "city": lambda: _city(conn, typed),
        "label": lambda: _label(conn, typed),
        "involvement": lambda: _one_of(LEVEL, typed, LEVELS),
        "on": lambda: _channel(conn, typed),
        "is": lambda: _being(typed),
    }
    return read[term.operator]()


def _one_of(
    column: str, typed: str, known: Mapping[str, str], also: Mapping[str, str] | None = None
) -> Condition | str:
    asked = fold(typed).replace("-", "_").replace(" ", "_")
    found = [key for key, title in known.items() if asked in (key, fold(tr(title)).replace(" ", "_"))]
    if not found:
        names = ", ".join(dict.fromkeys(tr(title).lower() for title in known.values() if title))
        return tr("“{typed}” isn't one of these: {values}.").format(typed=typed, values=names)
    return Condition(f"{column} = ?", ((also or {}).get(found[0], found[0]),))


def _language(typed: str) -> Condition | str:
    found = codes(typed)
    if not found:
        return tr("There's no language “{typed}”.").format(typed=typed)
    marks = ", ".join("?" * len(found))
    others = " OR ".join(["instr(',' || replace(p.languages, ' ', '') || ',', ?) > 0"] * len(found))
    return Condition(f"(p.language IN ({marks}) OR {others})", (*found, *(f",{code}," for code in found)))


def _city(conn: Connection, typed: str) -> Condition | str:
    asked = fold(typed)
    known = [str(row["city"]) for row in conn.execute("SELECT DISTINCT city FROM member WHERE city <> ''")]
    found = [city for city in known if fold(city).startswith(asked)]
    if not found:
        return tr("Nobody is known to live in “{typed}”.").format(typed=typed)
    return Condition("p.city IN (SELECT value FROM json_each(?))", (json.dumps(found),))


def _label(conn: Connection, typed: str) -> Condition | str:
    asked = fold(typed)
    names = {str(row["name"]): int(row["id"]) for row in conn.execute("SELECT id, name FROM label")}
    found = [number for name, number in names.items() if fold(name) == asked] or [
        number for name, number in names.items() if fold(name).startswith(asked)
    ]
    if not found:
        return tr("There's no label “{typed}”.").format(typed=typed)
    marks = ", ".join("?" * len(found))
    return Condition(
        f"EXISTS (SELECT 1 FROM member_label ml WHERE ml.member_id = p.id AND ml.label_id IN ({marks}))",
        tuple(map(str, found)),
    )


def _channel(conn: Connection, typed: str) -> Condition | str:
    asked = fold(typed)
    known = {str(row["kind"]) for row in conn.execute("SELECT DISTINCT kind FROM account")}
    known |= {str(row["kind"]) for row in conn.execute("SELECT DISTINCT kind FROM identity")}
    found = [kind for kind in known if asked in (kind, fold(kind))] or [
        kind for kind in known if kind.startswith(asked)
    ]
    if not found:
        return tr("Nobody is known on “{typed}”.").format(typed=typed)
    marks = ", ".join("?" * len(found))
    return Condition(
        f"EXISTS (SELECT 1 FROM identity i WHERE i.member_id = p.id AND i.kind IN ({marks}))", tuple(sorted(found))
    )


def _being(typed: str) -> Condition | str:
    key = fold(typed).replace("_", "-").replace(" ", "-")
    if key not in _IS:
        return tr("“{typed}” isn't one of these: {values}.").format(typed=typed, values=", ".join(_IS))
    return Condition(_IS[key])
