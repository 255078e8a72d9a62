"""Who deserves a gift, in words: why, what they have had, and why somebody is left out; for every face alike."""

from __future__ import annotations

from app.base import clock
from app.base.text import preview
from app.base.words import N_, counted, tr
from app.deserving.deeds import HELPED_DAYS
from app.deserving.rows import LEFT_OUT_NAMES, Deed, LeftOut, Person, Proposal
from app.gifts import sums_in_words

_MOST_CHARS = 80
_MONTH_DAYS, _DAY_SECONDS = 30, 86_400
_LONG_DAYS = 60
_PLAIN = {
    "lost": N_("Sorry: “{what}” got lost on its way"),
    "returned": N_("Sorry: “{what}” came back to us"),
    "problem": N_("Sorry: {what}"),
    "unhappy": N_("Sorry: {what}"),
    "mended": N_("Reported what is fixed now: {what}"),
}

_OUTSIDE = {"vendor": N_("a supplier"), "applicant": N_("an applicant"), "press": N_("a journalist")}


def why(deed: Deed) -> str:
    """The reason in one line, as a gift for it would say it."""
    if deed.kind in _PLAIN:
        return tr(_PLAIN[deed.kind]).format(what=deed.what)
    return _COUNTED[deed.kind](deed)


def _late(deed: Deed) -> str:
    if deed.is_open:
        return counted(
            deed.number, "Sorry: “{what}” is {count} day late", "Sorry: “{what}” is {count} days late", what=deed.what
        )
    return counted(
        deed.number, "Sorry: “{what}” came {count} day late", "Sorry: “{what}” came {count} days late", what=deed.what
    )


def _helped(deed: Deed) -> str:
    return counted(
        deed.number, "Helped another member {count} time in {days} days",
        "Helped other members {count} times in {days} days", days=HELPED_DAYS,
    )  # fmt: skip


def _anniversary(deed: Deed) -> str:
    years = counted(deed.number, "{count} year since the first message", "{count} years since the first message")
    return _on(years, deed.days)


def _loyal(deed: Deed) -> str:
    years = counted(deed.number, "{count} year", "{count} years")
    return counted(
        deed.days, "Here for {years}, wrote on {count} day, and never had a gift",
        "Here for {years}, wrote on {count} days, and never had a gift", years=years,
    )  # fmt: skip


def _named(deed: Deed) -> str:
    name = tr("Name day of {name}").format(name=deed.what) if deed.what else tr("Name day")
    return _on(name, deed.days)


def _birthday(deed: Deed) -> str:
    return _on(tr("Birthday"), deed.days)


def _on(what: str, days: int) -> str:
    if not days:
        return tr("{what}: today").format(what=what)
    return counted(days, "{what}: tomorrow", "{what}: in {count} days", what=what)


_COUNTED = {
    "late_promise": _late,
    "helped": _helped,
    "anniversary": _anniversary,
    "loyal": _loyal,
    "name_day": _named,
    "birthday": _birthday,
}


def reason(proposal: Proposal) -> str:
    """The reason that a gift starts with: the weightiest one, short enough for a line."""
    return preview(why(proposal.deeds[0]), _MOST_CHARS)


def had(person: Person, currency: str, now: int) -> str:
    """What somebody has had: "No gift so far", or when the last one was and what they had this year."""
    if not person.last_at:
        return tr("No gift so far")
    whole = ((currency, person.year_sum),) if person.year_sum else ()
    sums = sums_in_words((*whole, *person.other_sums), currency)
    when = _ago(clock.local(now).date().toordinal() - clock.local(person.last_at).date().toordinal())
    if not sums:
        return tr("Last gift {when}").format(when=when)
    return tr("Last gift {when}; this year {sums}").format(when=when, sums=sums)


def _ago(days: int) -> str:
    if days <= 0:
        return tr("today")
    if days < _LONG_DAYS:
        return counted(days, "{count} day ago", "{count} days ago")
    months = days // _MONTH_DAYS
    return counted(months, "{count} month ago", "{count} months ago")


def left_out(one: LeftOut, cool_down_days: int, now: int) -> str:
    """Why somebody is left out, with what is known: until when, how long ago, which idea."""
    person = one.person
    if one.why == "not_now":
        return tr("not now, until {day}").format(day=person.passed_until)
    if one.why == "idea":
        return tr("has an idea open: {item}").format(item=preview(person.idea, _MOST_CHARS))
    if one.why == "cool_down":
        days = max(0, (now - person.last_at) // _DAY_SECONDS)
        return tr("had a gift {when}; the next after {days} days").format(when=_ago(days), days=cool_down_days)
    if one.why == "outside" and person.kind in _OUTSIDE:
        return tr(_OUTSIDE[person.kind])
    words = tr(LEFT_OUT_NAMES[one.why])
    asked = person.do_not_why.strip().rstrip(".")
    if one.why in ("no_gifts", "no_contact") and asked:
        return tr("{words}: {reason}").format(words=words, reason=preview(asked, _MOST_CHARS))
    return words
