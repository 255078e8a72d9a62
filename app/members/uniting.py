"""What is known of two members who turn out to be one person, put together. Pure.

Nothing is lost: what one of them lacks is taken from the other, and what differs is written into the note.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.base import ids, language_names
from app.base.addresses import address_key
from app.base.text import words
from app.base.words import N_, tr
from app.calendar.yearly import in_words, part_in_words
from app.members.facts import CONSENTS, NO_NAME_DAY, typed_kind

STREET = ("recipient", "address_1", "address_2", "address_3", "postal_code", "city", "country")
"""A parcel goes to one of two addresses, never to a mixture of both."""
_DIFFERS = {
    "greeting": N_("Greeting: {value}"),
    "email": N_("E-mail: {value}"),
    "phone": N_("Phone: {value}"),
    "company": N_("Company: {value}"),
    "job_title": N_("Job title: {value}"),
    "website": N_("Website: {value}"),
    "language": N_("Language: {value}"),
    "fits_why": N_("Fits because: {value}"),
    "form_of_address": N_("Form of address: {value}"),
    "pronouns": N_("Pronouns: {value}"),
    "time_zone": N_("Time zone: {value}"),
    "birthday": N_("Birthday: {value}"),
    "name_day": N_("Name day: {value}"),
    "do_not_why": N_("Don't contact or send gifts because: {value}"),
    "sort_name": N_("Sorted as: {value}"),
    "name_forms": N_("Forms of the name: {value}"),
    "rhythm_days": N_("In touch every {value} days"),
    "pinned": N_("Involvement: {value}"),
}
_MET = ("met_how", "met_on", "met_through", "met_through_id")
"""How somebody was met is one story, of which no part fits another's."""
_LISTS = ("languages", "interests")
_HOLD = ("fits", "do_not_contact", "do_not_gift", "minor", "public_servant")
"""What is so of either is so of the one that they are."""
_CONSENT = ("consent", "consent_on", "consent_how")
_USUAL_KIND = "customer"
UNITED = ("name", "note", "kind", *_HOLD, *_CONSENT, *STREET, *_DIFFERS, *_LISTS, *_MET)
NEVER_CHOSEN = ("note", "fits_why", "do_not_why", *_HOLD, *_CONSENT, *_LISTS, *_MET)
"""Columns of UNITED of which both are kept, or the one that holds: nobody is asked which."""
Value = str | int | None


def united(kept: Mapping[str, Value], gone: Mapping[str, Value]) -> dict[str, Value]:
    """Return the columns of `kept` that change when `gone` becomes the same person; both have all of UNITED.

    What either of them refused holds: consent, being written to, gifts.
    """
    new: dict[str, Value] = {}
    more: list[str] = []
    for column, sentence in _DIFFERS.items():
        ours, theirs = kept[column], gone[column]
        if theirs and not ours:
            new[column] = theirs
        elif theirs and not _is_same(column, str(ours), str(theirs)):
            more.append(tr(sentence).format(value=_in_words(column, str(theirs))))
    more += _street(kept, gone, new)
    more += _met(kept, gone, new)
    more += _consent(kept, gone, new)
    for column in _LISTS:
        both = _listed(str(kept[column]), str(gone[column]), "," if column == "languages" else ", ")
        if both != kept[column]:
            new[column] = both
    if kept["kind"] != gone["kind"] != _USUAL_KIND:
        if kept["kind"] == _USUAL_KIND:
            new["kind"] = gone["kind"]
        else:
            more.append(tr("Also: {kind}").format(kind=typed_kind(str(gone["kind"])).replace("_", " ")))
    new |= {column: 1 for column in _HOLD if gone[column] and not kept[column]}
    if sorted(words(str(gone["name"]))) != sorted(words(str(kept["name"]))):
        more.append(tr("Also known as {name}").format(name=gone["name"]))
    note = with_lines(str(kept["note"]), str(gone["note"]), *more)
    return {**new, "note": note} if note != kept["note"] else new


def _in_words(column: str, value: str) -> str:
    if column == "language":
        return tr(language_names.name(value))
    is_day = column in ("birthday", "name_day") and value != NO_NAME_DAY
    return in_words(value) if is_day else value


def _met(kept: Mapping[str, Value], gone: Mapping[str, Value], new: dict[str, Value]) -> list[str]:
    """Take over how somebody was met, or return it as a line for the note where `kept` tells another story."""
    ours, theirs = ([who[column] for column in _MET] for who in (kept, gone))
    if not any(theirs) or ours == theirs:
        return []
    if not any(ours):
        new.update({column: value for column, value in zip(_MET, theirs, strict=True) if value})
        return []
    through = ids.display("P", int(gone["met_through_id"])) if gone["met_through_id"] else gone["met_through"]
    told = (str(gone["met_how"]), part_in_words(str(gone["met_on"])), str(through))
    return [tr("Met: {value}").format(value=", ".join(filter(None, told)))]


def _consent(kept: Mapping[str, Value], gone: Mapping[str, Value], new: dict[str, Value]) -> list[str]:
    """Keep a refusal, else what was said, with its day and way; what was said otherwise is a line for the note."""
    ours, theirs = ([str(who[column]) for column in _CONSENT] for who in (kept, gone))
    if not theirs[0] or ours == theirs:
        return []
    said, lost = (theirs, ours) if ours[0] != "no" and ours[0] != theirs[0] else (ours, theirs)
    if ours[0] == theirs[0]:
        said = [our or their for our, their in zip(ours, theirs, strict=True)]
        lost = [] if all(their in ("", one) for one, their in zip(said, theirs, strict=True)) else theirs
    new.update({column: value for column, value in zip(_CONSENT, said, strict=True) if value != kept[column]})
    if not any(lost[1:]):
        return []
    told = (tr(CONSENTS.get(lost[0], lost[0])), part_in_words(lost[1]), lost[2])
    return [tr("Gifts and offers: {value}").format(value=", ".join(filter(None, told)))]


def _listed(ours: str, theirs: str, comma: str) -> str:
    """Both lists in one, each thing once."""
    things = [thing.strip() for thing in ours.split(",") if thing.strip()]
    known = {thing.casefold() for thing in things}
    more = [thing.strip() for thing in theirs.split(",") if thing.strip() and thing.strip().casefold() not in known]
    return comma.join([*things, *dict.fromkeys(more)]) if more else ours


def _street(kept: Mapping[str, Value], gone: Mapping[str, Value], new: dict[str, Value]) -> list[str]:
    """Fill in the postal address, or return it as a line for the note where `kept` has another one."""
    ours, theirs = ([str(who[column]) for column in STREET] for who in (kept, gone))
    different = [
        column for column, a, b in zip(STREET, ours, theirs, strict=True) if a and b and a.casefold() != b.casefold()
    ]
    if not different:
        new.update({column: b for column, a, b in zip(STREET, ours, theirs, strict=True) if b and not a})
        return []
    return [tr("Address: {value}").format(value=", ".join(filter(None, theirs)))]


def _is_same(column: str, ours: str, theirs: str) -> bool:
    if column == "phone":
        return "".join(filter(str.isdigit, ours)) == "".join(filter(str.isdigit, theirs))
    if column == "email":
        return address_key(ours) == address_key(theirs)
    return ours.casefold() == theirs.casefold()


def with_lines(note: str, *more: str) -> str:
    """The note with these texts below it, each once."""
    for text in more:
        lines = note.split("\n")
        added = "\n".join(line for line in text.strip().split("\n") if not line or line not in lines)
        note = f"{note}\n{added.strip()}".strip() if added.strip() else note
    return note
