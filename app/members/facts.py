"""What is known of a member on their own row: which columns a person writes, and what each may hold. Pure.

One place checks it all, for the form, the shell and whoever adds members by a program. What people type is taken as
they type it (a birthday in words, a language by its name, "Prague" for a time zone) and kept in one form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from app.base import corrected_forms, ids, language_names
from app.base.errors import NotFoundError, UserError
from app.base.text import fold, legible
from app.base.words import N_, tr
from app.calendar.yearly import day_of_year, part_of_date

KIND_NAMES = {
    "customer": N_("Customer"), "partner": N_("Partner"), "staff": N_("Staff"), "former_staff": N_("Former staff"),
    "applicant": N_("Applicant"), "vendor": N_("Supplier"), "press": N_("Press"), "peer": N_("Peer"),
    "ambassador": N_("Ambassador"),
}  # fmt: skip
KINDS = tuple(KIND_NAMES)
TYPED_KINDS = {"supplier": "vendor"}
"""Other words for a kind that the shell takes."""
LEVELS = ("visitor", "participant", "contributor", "core")
"""The levels of involvement that can be pinned."""
ADDRESS_FORMS = {"familiar": N_("familiar"), "formal": N_("formal")}
CONSENTS = {"offers": N_("said yes"), "no": N_("said no")}
NO_NAME_DAY = "none"
MARKS = ("fits", "do_not_contact", "do_not_gift", "minor", "public_servant")
"""Columns that say yes or no."""
EDITABLE = (
    "name", "language", "kind", "greeting", "fits", "fits_why", "note", "city", "recipient", "address_1", "address_2",
    "address_3", "postal_code", "country", "email", "phone", "company", "job_title", "website", "consent", "consent_on",
    "consent_how", "languages", "form_of_address", "pronouns", "time_zone", "birthday", "name_day", "interests",
    "met_how", "met_on", "met_through", "met_through_id", "do_not_contact", "do_not_gift", "do_not_why", "minor",
    "public_servant", "sort_name", "rhythm_days", "pinned", "name_forms",
)  # fmt: skip
_MAX_CHARS = {"name": 300, "pronouns": 60, "sort_name": 300, "met_how": 500, "do_not_why": 500, "consent_how": 500}
_MAX_RHYTHM_DAYS = 3650
_FORMS = {
    "familiar": "familiar", "informal": "familiar", "first name": "familiar", "tykani": "familiar", "ty": "familiar",
    "tegezes": "familiar", "te": "familiar", "tegezodes": "familiar", "ενικοσ": "familiar", "thu": "familiar",
    "formal": "formal", "polite": "formal", "vykani": "formal", "vy": "formal", "magazas": "formal", "on": "formal",
    "onozes": "formal", "πληθυντικοσ": "formal", "ther": "formal",
}  # fmt: skip
"""How people say that they are on familiar or formal terms, folded, in five languages."""
_YES, _NO = frozenset(("yes", "1", "true", "on")), frozenset(("no", "0", "false", "off", ""))
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Nobody types these, and programs take NUL for the end of a text."""
_SEPARATORS = re.compile(r"[,;/\n]|\s(?:and|und|és|og|και|a)\s")


def checked(values: Mapping[str, Any], language: str = "") -> dict[str, Any]:
    """The values by column (keys of EDITABLE) as they are kept; raises UserError, one sentence for the first wrong one.

    `language` is the member's, by which a birthday in figures is read; a `language` among the values goes before it.
    """
    for key in values:
        if key not in EDITABLE:
            msg = tr("“{key}” isn't a member's field. Choose from: {fields}.").format(
                key=key, fields=", ".join(EDITABLE)
            )
            raise UserError(msg)
    kept = {key: _CONTROL.sub("", value) if isinstance(value, str) else value for key, value in values.items()}
    if "language" in kept:
        kept["language"] = language = _language(str(kept["language"]))
    for key, value in kept.items():
        if key in _CHECKS:
            kept[key] = _CHECKS[key](value, language)
        if key in _MAX_CHARS and len(kept[key]) > _MAX_CHARS[key]:
            raise UserError(_too_long(key, len(kept[key])))
    return kept


def with_consent(values: Mapping[str, Any], before: Mapping[str, Any], today: str) -> dict[str, Any]:
    """The values, with the day on which consent was given or refused, `today` (YYYY-MM-DD) where none is told.

    Without consent there is no day and no way in which it was given. `before` has the columns as they were.
    """
    new = dict(values)
    if "consent" not in new or new["consent"] == before.get("consent", ""):
        return new
    if not new["consent"]:
        return {**new, "consent_on": "", "consent_how": ""}
    if not new.get("consent_on"):
        new["consent_on"] = today
    new.setdefault("consent_how", "")
    return new


def by_hand(before: str, written: Mapping[str, Any]) -> str:
    """`member.by_hand` when these columns are written by hand as well: columns in the order of EDITABLE, with commas.

    A column that was emptied is by hand too, so that no import fills it again.
    """
    marked = {*before.split(","), *written}
    return ",".join(column for column in EDITABLE if column in marked)


def languages_of(codes: str) -> list[str]:
    """The codes that the column `languages` holds."""
    return [code for code in codes.split(",") if code]


def _too_long(key: str, length: int) -> str:
    if key == "name":
        return tr("A name has at most {most} characters; this one has {count}.").format(
            most=_MAX_CHARS[key], count=length
        )
    return tr("“{key}” has at most {most} characters; this text has {count}.").format(
        key=key, most=_MAX_CHARS[key], count=length
    )


def _name(value: object, _language: str) -> str:
    name = " ".join(legible(str(value)).split())
    if not name:
        raise UserError(tr("A member needs a name."))
    return name


def kind_of(typed: str) -> str:
    """The kind of member that somebody types, by its key or its name in any capitals; "" for what is none."""
    word = fold(typed).strip().replace(" ", "_")
    kind = TYPED_KINDS.get(word, word)
    return kind if kind in KINDS else ""


def _kind(value: object, _language: str) -> str:
    kind = kind_of(str(value))
    if not kind:
        msg = tr("“{kind}” isn't a kind of member. Choose from: {kinds}.").format(
            kind=value, kinds=", ".join(typed_kind(kind) for kind in KINDS)
        )
        raise UserError(msg)
    return kind


def typed_kind(kind: str) -> str:
    """How a kind is typed in the shell: `supplier` for vendor."""
    return next((typed for typed, known in TYPED_KINDS.items() if known == kind), kind)


def _language(typed: str) -> str:
    """The code of a language that is known by name; else what was typed."""
    return language_names.known(typed) or typed.strip()


def _languages(value: object, _language: str) -> str:
    found: list[str] = []
    for part in _SEPARATORS.split(f" {value} "):
        if not part.strip():
            continue
        code = language_names.known(part)
        if not code:
            msg = tr("“{language}” isn't a language that Rapport knows. Write its name in English, or its code.")
            raise UserError(msg.format(language=part.strip()[:40]))
        found.append(code)
    return ",".join(dict.fromkeys(found))


def _form_of_address(value: object, _language: str) -> str:
    typed = str(value).strip()
    if not typed:
        return ""
    form = _FORMS.get(fold(typed))
    if form is None:
        msg = tr("“{value}” isn't a form of address. Choose from: familiar, formal.").format(value=typed[:40])
        raise UserError(msg)
    return form


def _time_zone(value: object, _language: str) -> str:
    typed = str(value).strip()
    if not typed:
        return ""
    asked = typed.casefold().replace(" ", "_")
    zones = _zones()
    found = zones.get(asked) or next((zones[zone] for zone in zones if zone.rpartition("/")[2] == asked), None)
    if found is None:
        msg = tr("“{zone}” isn't a time zone. Write one like Europe/Prague.").format(zone=typed[:40])
        raise UserError(msg)
    return found


@cache
def _zones() -> dict[str, str]:
    """The names of the IANA time zone database by themselves in small letters; regions before cities' other names."""
    regions = ("Europe/", "America/", "Asia/", "Africa/", "Australia/", "Atlantic/", "Pacific/", "Indian/")
    from zoneinfo import available_timezones  # noqa: PLC0415  0.8 MB, of which only the form of a member has a use

    every = sorted(available_timezones(), key=lambda zone: (not zone.startswith(regions), zone))
    return {zone.casefold(): zone for zone in every}


def time_zones() -> list[str]:
    """The time zones to offer, sorted by name."""
    return sorted(zone for zone in _zones().values() if "/" in zone and not zone.startswith("Etc/"))


def _birthday(value: object, language: str) -> str:
    return day_of_year(str(value), language)


def _name_day(value: object, language: str) -> str:
    return NO_NAME_DAY if fold(str(value)).strip() == NO_NAME_DAY else day_of_year(str(value), language)


def _day(value: object, language: str) -> str:
    return part_of_date(str(value), language)


def _consent(value: object, _language: str) -> str:
    typed = str(value).strip().casefold()
    known = {"": "", "offers": "offers", "yes": "offers", "no": "no"}
    if typed not in known:
        msg = tr("“{value}” isn't an answer about gifts and offers. Choose from: offers, no.").format(value=typed[:40])
        raise UserError(msg)
    return known[typed]


def _one_line(value: object, _language: str) -> str:
    return " ".join(str(value).split())


def _name_forms(value: object, language: str) -> str:
    return corrected_forms.tidy(str(value), language)


def _rhythm(value: object, _language: str) -> int:
    typed = str(value).strip() or "0"
    if not (typed.isascii() and typed.isdigit() and int(typed[:9]) <= _MAX_RHYTHM_DAYS):
        msg = tr("“{value}” isn't a number of days. Write one from 0 to {most}.").format(
            value=typed[:40], most=_MAX_RHYTHM_DAYS
        )
        raise UserError(msg)
    return int(typed)


def _pinned(value: object, _language: str) -> str:
    typed = str(value).strip().casefold()
    if typed and typed not in LEVELS:
        msg = tr("“{value}” isn't a level of involvement. Choose from: {levels}.").format(
            value=typed[:40], levels=", ".join(LEVELS)
        )
        raise UserError(msg)
    return typed


def _through_id(value: object, _language: str) -> int | None:
    if value is None or isinstance(value, int):
        return value
    try:
        return ids.number("P", str(value)) if str(value).strip() else None
    except NotFoundError as why:
        raise UserError(str(why)) from why


def _mark(key: str) -> Callable[[object, str], int]:
    def check(value: object, _language: str) -> int:
        typed = str(int(value)) if isinstance(value, (bool, int)) else str(value).strip().casefold()
        if typed not in _YES | _NO:
            raise UserError(tr("“{key}” has to be yes or no, not “{value}”.").format(key=key, value=typed[:40]))
        return int(typed in _YES)

    return check


_CHECKS: dict[str, Callable[[object, str], Any]] = {
    "name": _name, "kind": _kind, "languages": _languages, "form_of_address": _form_of_address, "pronouns": _one_line,
    "time_zone": _time_zone, "birthday": _birthday, "name_day": _name_day, "met_how": _one_line, "met_on": _day,
    "met_through": _one_line, "met_through_id": _through_id, "consent": _consent, "consent_on": _day,
    "consent_how": _one_line, "do_not_why": _one_line, "sort_name": _one_line, "rhythm_days": _rhythm,
    "pinned": _pinned, "name_forms": _name_forms, **{key: _mark(key) for key in MARKS},
}  # fmt: skip
