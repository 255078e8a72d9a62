"""Members as tables for other programs: HubSpot and Google Contacts take these as they are; and a table of our own.

Headers: HubSpot, "Set up your import files" (the default properties of contacts); Google Contacts, the template of its
Import. Both fail on an apostrophe before a number, so their files are unguarded, and said to be so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from app.base import ids
from app.contacts.outgoing import Entry

OURS, HUBSPOT, GOOGLE = "rapport", "hubspot", "google"
FORMS = (OURS, HUBSPOT, GOOGLE)
FOR_PROGRAMS = (HUBSPOT, GOOGLE)
"""Files for programs: no cell is guarded against formulas."""
_MOST_VALUES = 3
_SEVERAL = " ::: "
_HUBSPOT = (
    "First Name", "Last Name", "Email", "Additional email addresses", "Phone Number", "Company Name", "Job Title",
    "Website URL", "Street Address", "City", "Postal Code", "Country/Region", "Preferred language", "Notes",
)  # fmt: skip
_OURS = (
    "name", "first_name", "last_name", "email", "other_email", "phone", "other_phone", "company", "job_title",
    "website", "language", "languages", "kind", "birthday", "pronouns", "time_zone", "labels", "address_1", "address_2",
    "postal_code", "city", "country", "note", "consent", "do_not_contact", "do_not_gift", "do_not_why",
    "minor", "identifier",
)  # fmt: skip
BARE = frozenset(("identifier", "birthday"))
"""Columns of our own table that we generate: they need no guard."""
PHONES = frozenset(("phone", "other_phone"))
"""Columns in which a number in international form is bare, for programs take no apostrophe for a guard."""


def header(form: str, kinds: Sequence[str] = ()) -> tuple[str, ...]:
    """The columns of one of FORMS; ours has one more for each of these kinds of channel, with the handles there."""
    if form == HUBSPOT:
        return _HUBSPOT
    if form == OURS:
        return (*_OURS, *kinds)
    mails = [f"E-mail {number} - {part}" for number in range(1, _MOST_VALUES + 1) for part in ("Label", "Value")]
    numbers = [f"Phone {number} - {part}" for number in range(1, _MOST_VALUES + 1) for part in ("Label", "Value")]
    parts = ("Label", "Street", "Extended Address", "City", "Postal Code", "Country")
    where = [f"Address 1 - {part}" for part in parts]
    return (
        "First Name", "Last Name", "Organization Name", "Organization Title", "Birthday", "Notes", "Labels", *mails,
        *numbers, *where, "Website 1 - Label", "Website 1 - Value",
    )  # fmt: skip


def rows(form: str, members: Iterable[Entry], kinds: Sequence[str] = ()) -> Iterator[Sequence[str]]:
    """A row of each, in the order of `header`."""
    if form == OURS:
        return ((*_ours(entry), *_handles(entry, kinds)) for entry in members)
    return map(_hubspot if form == HUBSPOT else _google, members)


def _handles(entry: Entry, kinds: Sequence[str]) -> Iterator[str]:
    known = {one.kind: one.handle for one in reversed(entry.handles)}
    return (known.get(kind, "") for kind in kinds)


def _hubspot(entry: Entry) -> Sequence[str]:
    language = entry.languages[0] if entry.languages else ""
    return (
        entry.given, entry.family, _at(entry.emails, 0), ";".join(entry.emails[1:]), _at(entry.phones, 0),
        entry.company, entry.job_title, entry.website, "\n".join(entry.street), entry.city, entry.postal_code,
        entry.country, language, entry.note,
    )  # fmt: skip


def _google(entry: Entry) -> Sequence[str]:
    """Google's table: values beyond the third share its cell, as Google itself writes them."""
    pairs = [_values(entry.emails), _values(entry.phones)]
    where = (_at(entry.street, 0), "\n".join(entry.street[1:]), entry.city, entry.postal_code, entry.country)
    return (
        entry.given, entry.family, entry.company, entry.job_title, f"--{entry.birthday}" if entry.birthday else "",
        entry.note, _SEVERAL.join((*entry.labels, "* myContacts")), *pairs[0], *pairs[1], "", *where, "",
        entry.website,
    )  # fmt: skip


def _values(values: Sequence[str]) -> list[str]:
    cells = [*values[: _MOST_VALUES - 1], _SEVERAL.join(values[_MOST_VALUES - 1 :])]
    cells += [""] * (_MOST_VALUES - len(cells))
    return [cell for value in cells for cell in ("", value)]


def _ours(entry: Entry) -> Sequence[str]:
    wishes = dict(entry.wishes)
    return (
        entry.name, entry.given, entry.family, _at(entry.emails, 0), "; ".join(entry.emails[1:]), _at(entry.phones, 0),
        _SEVERAL.join(entry.phones[1:]), entry.company, entry.job_title, entry.website, _at(entry.languages, 0),
        ",".join(entry.languages[1:]), entry.kind, f"--{entry.birthday}" if entry.birthday else "", entry.pronouns,
        entry.time_zone, _labels(entry), _at(entry.street, 0),
        "\n".join(entry.street[1:]), entry.postal_code, entry.city, entry.country, entry.note,
        *(wishes.get(key, "") for key in ("consent", "do_not_contact", "do_not_gift", "do_not_why", "minor")),
        ids.display(ids.MEMBER, entry.id),
    )  # fmt: skip


def _labels(entry: Entry) -> str:
    """Labels as they are read back: a comma in one of them parts none."""
    joined = _SEVERAL.join(entry.labels)
    return f"{joined}{_SEVERAL.rstrip()}" if len(entry.labels) == 1 and ("," in joined or ";" in joined) else joined


def _at(values: Sequence[str], place: int) -> str:
    return values[place] if len(values) > place else ""
