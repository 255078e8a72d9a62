"""What a blank is called where it is read: `{{first_name}}` "first name", `{{name:dative}}` "dative of the name"."""

from __future__ import annotations

from app.base.words import N_, tr
from app.templates.blanks import FACT
from app.templates.name_forms import CASES

_KNOWN = {
    "first_name": N_("first name"), "name": N_("name"), "greeting": N_("greeting"), "post": N_("the post's title"),
    "subject": N_("the subject"), "gift": N_("the last gift"), "gift_date": N_("when the gift was sent"),
    "gift_worth": N_("what the gift is worth"), "today": N_("today's date"), "who_helps": N_("who helps"),
    "teammate": N_("the teammate"), "answer": N_("the teammate's answer"), "our_name": N_("our name"),
    "community": N_("the community's name"),
}  # fmt: skip
_OF_NAMES = {"first_name": N_("{case} of the first name"), "name": N_("{case} of the name")}
_VOUCHER = "voucher:"


def words(inner: str) -> str:
    """What stands between the braces in words; "" for nothing. What is left out if unknown is said after it."""
    name, bar, fallback = (part.strip() for part in inner.partition("|"))
    said = _name(name)
    return tr("{blank}, or “{words}”").format(blank=said, words=fallback) if said and bar and fallback else said


def _name(name: str) -> str:
    base, _, case = name.partition(":")
    if name in _KNOWN:
        return tr(_KNOWN[name])
    if base in _OF_NAMES and case in CASES:
        return tr(_OF_NAMES[base]).format(case=tr(CASES[case]))
    if name.startswith(FACT):
        return tr("fact: {name}").format(name=_spaced(name.removeprefix(FACT).replace("-", " ")))
    if name.casefold().startswith(_VOUCHER):
        return tr("code of voucher {number}").format(number=name[len(_VOUCHER) :])
    return _spaced(name)


def _spaced(name: str) -> str:
    """A name of the person's own as it is read: without its underscores."""
    return " ".join(name.replace("_", " ").split())
