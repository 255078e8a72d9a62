"""Two members side by side: in which facts they differ, and which of two names says more. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from app.base import language_names
from app.base.errors import UserError
from app.base.text import words
from app.base.words import N_, counted, tr
from app.calendar.yearly import in_words
from app.members.facts import KIND_NAMES, NO_NAME_DAY
from app.members.merging import CHOOSABLE
from app.members.uniting import STREET

ADDRESS = "address"
"""The name under which all columns of a postal address are compared, and chosen, as one."""
TITLES = {
    "name": N_("Name"), "kind": N_("Kind"), "language": N_("Language"), "greeting": N_("Greeting"),
    "email": N_("E-mail"), "phone": N_("Phone"), "company": N_("Company"), "job_title": N_("Job title"),
    "website": N_("Website"), ADDRESS: N_("Address"), "languages": N_("Other languages"),
    "form_of_address": N_("Form of address"), "pronouns": N_("Pronouns"), "time_zone": N_("Time zone"),
    "birthday": N_("Birthday"), "name_day": N_("Name day"), "interests": N_("Interests"),
    "met_how": N_("How you met"), "met_on": N_("When you met"), "met_through": N_("Met through"),
    "sort_name": N_("Sorted as"), "name_forms": N_("Forms of the name"),
    "pinned": N_("Involvement"), "rhythm_days": N_("In touch every"),
    "consent_on": N_("Consent given on"), "consent_how": N_("Consent given how"), "do_not_why": N_("Reason"),
}  # fmt: skip
_WHOLE_NAME = 2
USUAL = "customer"
"""A kind that says nothing: the other one is taken."""


class Compared(NamedTuple):
    """Two members side by side: ids, the facts in which they differ, and which of both names is the better one."""

    kept: int
    gone: int
    facts: tuple[Fact, ...]
    name: str


class Known(NamedTuple):
    """How much is known of a member: facts and names that they have, and messages that they wrote."""

    name: str
    facts: int
    messages: int


class Fact(NamedTuple):
    """A fact in which two differ; `column` is ADDRESS for all of a postal address. Values are as they are kept.

    `clashes` says that both have one, so that it is a choice: the other goes into the note. Else the one that there is
    is taken.
    """

    column: str
    kept: str
    other: str
    clashes: bool


def differing(kept: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[Fact]:
    """The facts in which two members differ, in the order of a form."""
    for column in TITLES:
        if column == ADDRESS:
            mine, theirs = _street(kept), _street(other)
        elif column in CHOOSABLE and column in kept:
            mine, theirs = _value(kept[column]), _value(other[column])
        else:
            continue
        if mine.casefold() != theirs.casefold():
            yield Fact(
                column, mine, theirs, bool(mine and theirs) and not (column == "kind" and USUAL in (mine, theirs))
            )


def columns_kept(typed: Iterable[str]) -> frozenset[str]:
    """The columns behind the names of facts: those of TITLES. Raises UserError for a name that is none of a choice."""
    found = set[str]()
    for name in typed:
        key = name.strip().casefold()
        if key == ADDRESS:
            found |= set(STREET)
        elif key in TITLES and key in CHOOSABLE:
            found.add(key)
        else:
            fields = ", ".join(key for key in TITLES if key == ADDRESS or key in CHOOSABLE)
            msg = tr("“{name}” isn't a field to choose. Choose from: {fields}.").format(name=name, fields=fields)
            raise UserError(msg)
    return frozenset(found)


def _street(facts: Mapping[str, Any]) -> str:
    return ", ".join(str(facts[column]) for column in STREET if facts.get(column))


def value_in_words(column: str, value: str) -> str:
    """A value of a fact as people read it: "Press" for press, "Greek" for el, "5 March" for 03-05."""
    if column == "kind":
        return tr(KIND_NAMES.get(value, value))
    if column == "language" and value:
        return tr(language_names.name(value))
    if column == "birthday" or (column == "name_day" and value != NO_NAME_DAY):
        return in_words(value) if value else ""
    if column == "rhythm_days" and value:
        return counted(int(value), "{count} day", "{count} days")
    return value


def _value(value: object) -> str:
    return str(value) if value else ""


def better_name(one: Known, other: Known) -> str:
    """The name of the two that says more: a whole one before a handle or an address, else that of the richer record.

    The record that knows more facts is the richer one, and of two that know as many the one that wrote more.
    """
    best = max((one, other), key=lambda known: (_says(known.name), known.facts, known.messages))
    return one.name if _is_tied(one, other) else best.name


def _says(name: str) -> int:
    """How much of a name it is: 2 a whole one, 1 a single word, 0 an address or nothing."""
    said = words(name)
    if "@" in name or not said or any(letter.isdigit() for letter in name):
        return 0
    return min(len(said), _WHOLE_NAME)


def _is_tied(one: Known, other: Known) -> bool:
    return (_says(one.name), one.facts, one.messages) == (_says(other.name), other.facts, other.messages)
