"""What a list can be narrowed to by choosing instead of typing: the same operators, put into a search and taken out."""

from __future__ import annotations

from typing import NamedTuple

from app.base import language_names as languages
from app.base.text import fold
from app.base.words import N_, tr
from app.search.language import Term, parse, written
from app.search.operators import TITLES, VALUES
from app.search.understanding import fixed_value
from app.store.sqlite import Connection

_LOOKED_AT = 5_000  # conversations, the latest first, whose languages are offered
_ACCOUNTS = "SELECT name FROM account WHERE state <> 'removed' ORDER BY name"
_LANGUAGES = (
    "SELECT DISTINCT language FROM (SELECT language FROM conversation WHERE state <> 'empty' ORDER BY last_at DESC,"
    " id DESC LIMIT ?) WHERE language <> ''"
)
_KINDS = "SELECT DISTINCT kind FROM member WHERE merged_into IS NULL"
_LABELS = "SELECT name FROM label ORDER BY name"
_RULES = (
    "SELECT name FROM rule r WHERE EXISTS (SELECT 1 FROM rule_hit h WHERE h.rule_id = r.id AND h.undone_at IS NULL)"
    " ORDER BY place, id"
)
_ALSO = (("is", "unhappy"), ("is", "hard"), ("is", "draft"), ("is", "closing"), ("is", "public"), ("is", "private"),
         ("has", "gift"), ("has", "promise"), ("has", "attachment"))  # fmt: skip


class Choice(NamedTuple):
    """Something to narrow a list to: an operator with a value, and whether the search has it."""

    operator: str
    value: str
    title: str
    on: bool


class Group(NamedTuple):
    """Choices of one sort; of several that are on, either is meant, or if `together`, all have to hold."""

    title: str
    choices: tuple[Choice, ...]
    together: bool = False


def groups(conn: Connection, typed: str) -> list[Group]:
    """All that can be chosen now, for what is typed in the search; groups without choices are left out."""
    terms = [term for term in parse(typed) if term.operator and not term.negated]
    codes = {code for (code,) in conn.execute(_LANGUAGES, (_LOOKED_AT,))}
    there = {kind for (kind,) in conn.execute(_KINDS)}
    offered = (
        (tr(N_("Channel")), [("channel", name, name) for (name,) in conn.execute(_ACCOUNTS)], False),
        (tr(N_("Language")), [("lang", code, languages.name(code)) for code in _in_order(codes)], False),
        (tr(N_("Kind of member")), [_fixed("kind", kind) for kind in VALUES["kind"] if kind in there], False),
        (tr(N_("Label")), [("label", name, name) for (name,) in conn.execute(_LABELS)], True),
        (tr(N_("What a rule did")), [("rule", name, name) for (name,) in conn.execute(_RULES)], False),
        (tr(N_("Marked as")), [_fixed(key, value) for key, value in _ALSO], True),
    )
    made = [
        Group(title, tuple(_choice(terms, *one) for one in choices), together) for title, choices, together in offered
    ]
    return [group for group in made if group.choices]


def toggled(typed: str, operator: str, value: str) -> str:
    """The search with this choice put in, or taken out where it has it. The rest of it means the same."""
    terms = parse(typed)
    rest = [term for term in terms if term.negated or not _is(term, operator, value)]
    if len(rest) == len(terms):
        rest.append(Term(value, operator))
    return written(rest)


def _choice(terms: list[Term], operator: str, value: str, title: str) -> Choice:
    return Choice(operator, value, title, any(_is(term, operator, value) for term in terms))


def _is(term: Term, operator: str, value: str) -> bool:
    if term.operator != operator:
        return False
    if operator == "lang":
        return languages.codes(term.text) == languages.codes(value)
    if operator in VALUES:
        return fixed_value(operator, term.text) == fixed_value(operator, value)
    return fold(term.text).strip() == fold(value).strip()


def _fixed(key: str, value: str) -> tuple[str, str, str]:
    """The operator, the value as it is typed, and its title with a capital letter."""
    title = tr(TITLES[value])
    return key, VALUES[key][value][0], title[:1].upper() + title[1:]


def _in_order(codes: set[str]) -> list[str]:
    """Our five languages first, then the others."""
    known = languages.offered()
    return [code for code in known if code in codes] + sorted(codes - set(known))
