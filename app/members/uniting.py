"""What is known of two members who turn out to be one person, put together. Pure.

Nothing is lost: what one of them lacks is taken from the other, and what differs is written into the note.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.base.addresses import address_key
from app.base.text import words
from app.base.words import N_, tr

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
}
_USUAL_KIND = "customer"
UNITED = ("name", "note", "kind", "fits", "consent", *STREET, *_DIFFERS)


def united(kept: Mapping[str, str | int], gone: Mapping[str, str | int]) -> dict[str, str | int]:
    """Return the columns of `kept` that change when `gone` becomes the same person; both have all of UNITED.

    A refusal of `consent` by either of them holds.
    """
    new: dict[str, str | int] = {}
    more: list[str] = []
    for column, sentence in _DIFFERS.items():
        ours, theirs = str(kept[column]), str(gone[column])
        if theirs and not ours:
            new[column] = theirs
        elif theirs and not _is_same(column, ours, theirs):
            more.append(tr(sentence).format(value=theirs))
    more += _street(kept, gone, new)
    if kept["kind"] != gone["kind"] != _USUAL_KIND:
        if kept["kind"] == _USUAL_KIND:
            new["kind"] = gone["kind"]
        else:
            more.append(tr("Also: {kind}").format(kind=str(gone["kind"]).replace("_", " ")))
    if gone["fits"] and not kept["fits"]:
        new["fits"] = 1
    if gone["consent"] and kept["consent"] != "no" and gone["consent"] != kept["consent"]:
        new["consent"] = gone["consent"]
    if sorted(words(str(gone["name"]))) != sorted(words(str(kept["name"]))):
        more.append(tr("Also known as {name}").format(name=gone["name"]))
    note = _joined(str(kept["note"]), str(gone["note"]), *more)
    return {**new, "note": note} if note != kept["note"] else new


def _street(kept: Mapping[str, str | int], gone: Mapping[str, str | int], new: dict[str, str | int]) -> list[str]:
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


def _joined(note: str, *more: str) -> str:
    """The note with these texts below it, each once."""
    for text in more:
        lines = note.split("\n")
        added = "\n".join(line for line in text.strip().split("\n") if not line or line not in lines)
        note = f"{note}\n{added.strip()}".strip() if added.strip() else note
    return note
